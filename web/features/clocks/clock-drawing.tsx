import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { usePreferences } from '../../frame/preferences.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { ClockTable } from './clock-table.tsx';
import { toneOf } from './clock-word.tsx';
import { countAt, type Lane, lanesOf, type Span, spanOf } from './lanes.ts';
import { clocks as words } from './messages.ts';
import type { Clock } from './types.ts';
import { useLeft } from './use-left.ts';
import { dayOf, holidayName, numberOf, type WorkDays, weekdayName } from './work-days.ts';

const AXIS = 40;
const LEFT = 8;
const RIGHT = 92;
const BAR = 14;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Props {
  readonly clocks: readonly Clock[];
  readonly asOf: string;
  readonly days: WorkDays;
  /** The day the page calls today. */
  readonly today: boolean;
}

/** Rough width of a text of 12 px, to know on which side it fits. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += (sign.codePointAt(0) ?? 0) > 0x2e7f ? 12 : 6.6;
  return width;
}

/**
 * The clocks of a case along time: working days solid, days off pale, stops hatched, flags on the last days. Pointing at
 * a day, or going through them with the arrow keys, gives the count of that day in every clock.
 */
export function ClockDrawing({ clocks, asOf, days, today }: Props) {
  const t = useText(words);
  const { lang } = usePreferences();
  const lanes = useMemo(() => lanesOf(clocks, asOf), [clocks, asOf]);
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  const [at, setAt] = useState<number | null>(null);
  const [scrolled, setScrolled] = useState(0);
  const span = useMemo(() => (lanes.length > 0 ? spanOf(lanes, asOf) : null), [lanes, asOf]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const read = () => setWidth(element.clientWidth);
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const total = span ? span.to - span.from + 1 : 1;
  const scale = Math.max((width - LEFT - RIGHT) / total, width < 600 ? 1.5 : 1);
  const inner = Math.max(width, Math.ceil(LEFT + total * scale + RIGHT));
  const now = numberOf(asOf);

  // a drawing wider than its box opens where today stands
  useEffect(() => {
    const element = box.current;
    if (!element || !span || inner <= width) return;
    element.scrollLeft = LEFT + (now - span.from) * scale - width * 0.4;
    setScrolled(element.scrollLeft);
  }, [span, inner, width, now, scale]);

  const drawn = useMemo(
    () =>
      span ? <Drawn lanes={lanes} span={span} scale={scale} inner={inner} now={now} days={days} today={today} /> : null,
    [lanes, span, scale, inner, now, days, today],
  );
  if (!span) return null;

  const height = heightOf(lanes);
  const clamp = (day: number) => Math.min(Math.max(day, span.from), span.to);
  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    const day = span.from + Math.floor((event.clientX - left - LEFT) / scale);
    setAt(day < span.from || day > span.to ? null : day);
  };
  const onKey = (event: KeyboardEvent) => {
    const step: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, PageDown: 7, PageUp: -7 };
    const from = at ?? clamp(now);
    const next = event.key === 'Home' ? span.from : event.key === 'End' ? span.to : from + (step[event.key] ?? 0);
    if (next === from && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    const day = clamp(next);
    setAt(day);
    const element = box.current;
    const x = LEFT + (day - span.from) * scale;
    if (element && (x < element.scrollLeft + 40 || x > element.scrollLeft + width - 120))
      element.scrollLeft = x - width / 2;
  };
  const shown = at ?? clamp(now);
  const kind = days.kindOf(shown);
  const dayWords = `${dayOf(shown)} ${weekdayName(shown, lang)} ${t(`day.${kind.kind}`, { name: holidayName(kind.name, lang) })}`;

  return (
    <figure className="clock-figure">
      <div ref={box} className="clock-box" onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}>
        <div
          role="slider"
          tabIndex={0}
          className="clock-slide"
          aria-label={`${t('drawing')}. ${t('drawingKeys')}`}
          aria-valuemin={span.from}
          aria-valuemax={span.to}
          aria-valuenow={shown}
          aria-valuetext={`${dayWords}. ${lanes
            .map((lane) => laneWords(lane, shown, days, t))
            .filter(Boolean)
            .join('; ')}`}
          onPointerMove={onMove}
          onPointerLeave={() => setAt(null)}
          onFocus={(event) => event.currentTarget.matches(':focus-visible') && setAt(clamp(now))}
          onBlur={() => setAt(null)}
          onKeyDown={onKey}
          title={t('drawingKeys')}
        >
          <svg
            width={inner}
            height={height}
            viewBox={`0 0 ${inner} ${height}`}
            aria-hidden="true"
            className="clock-svg"
          >
            {drawn}
            <Titles
              lanes={lanes}
              span={span}
              scale={scale}
              inner={inner}
              now={now}
              scrolled={inner > width ? scrolled : 0}
            />
            {at !== null && (
              <Cross at={at} span={span} scale={scale} inner={inner} lanes={lanes} days={days} words={dayWords} />
            )}
          </svg>
        </div>
      </div>
      <figcaption className="clock-key">
        <Key className="clock-worked" text={t('legendWork')} />
        <Key className="clock-off" text={t('legendOff')} />
        {lanes.some((lane) => lane.stops.length > 0) && <Key className="clock-stop-key" text={t('legendStop')} />}
        {lanes.some((lane) => lane.clock.provisional) && (
          <Key className="clock-unknown-key" text={t('legendUnknown')} />
        )}
      </figcaption>
      <details className="clock-as-table">
        <summary>{t('asTable')}</summary>
        <ClockTable clocks={lanes.map((lane) => lane.clock)} asOf={asOf} />
      </details>
    </figure>
  );
}

function Key({ className, text }: { className: string; text: string }) {
  return (
    <span className="clock-key-item">
      <span className={`clock-key-mark ${className}`} aria-hidden="true" />
      {text}
    </span>
  );
}

function laneWords(lane: Lane, day: number, days: WorkDays, t: ReturnType<typeof useText<typeof words>>): string {
  const { kind, n } = countAt(lane, day, days);
  if (kind === 'none') return '';
  return kind === 'stopped' ? t('dayStopped') : kind === 'over' ? t('dayOver', { n }) : t('dayCount', { n });
}

function tallOf(lane: Lane): boolean {
  return lane.stops.length > 0 || lane.promise !== null || lane.moved !== null;
}

function laneHeight(lane: Lane): number {
  return tallOf(lane) ? 58 : 44;
}

function heightOf(lanes: readonly Lane[]): number {
  return AXIS + lanes.reduce((sum, lane) => sum + laneHeight(lane), 0) + 4;
}

interface DrawnProps {
  readonly lanes: readonly Lane[];
  readonly span: Span;
  readonly scale: number;
  readonly inner: number;
  readonly now: number;
  readonly days: WorkDays;
  readonly today: boolean;
}

/** Everything that does not move with the pointer. */
function Drawn({ lanes, span, scale, inner, now, days, today }: DrawnProps) {
  const t = useText(words);
  const hatch = useId();
  const dots = useId();
  const height = heightOf(lanes);
  const x = (day: number) => LEFT + (day - span.from) * scale;
  const uncertain = lanes
    .map((lane) => lane.clock.uncertainFrom)
    .filter((day) => day !== null)
    .map(numberOf)
    .filter((day) => day <= span.to);
  const unknownFrom = uncertain.length > 0 ? Math.max(Math.min(...uncertain), span.from) : null;
  let y = AXIS;
  return (
    <>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className="clock-stop-ground" />
          <rect width="2.4" height="6" className="clock-stop-line" />
        </pattern>
        <pattern id={dots} width="7" height="7" patternUnits="userSpaceOnUse">
          <circle cx="2" cy="2" r="0.9" className="clock-unknown-dot" />
        </pattern>
      </defs>
      {unknownFrom !== null && (
        <rect
          x={x(unknownFrom)}
          y={AXIS - 4}
          width={x(span.to + 1) - x(unknownFrom)}
          height={height - AXIS + 4}
          fill={`url(#${dots})`}
        />
      )}
      <Axis span={span} scale={scale} height={height} />
      {lanes.map((lane) => {
        const top = y;
        y += laneHeight(lane);
        return (
          <LaneShape
            key={lane.clock.limit}
            lane={lane}
            top={top}
            span={span}
            scale={scale}
            now={now}
            days={days}
            hatch={hatch}
          />
        );
      })}
      {now >= span.from && now <= span.to && (
        <g className="clock-now">
          <line x1={x(now) + scale / 2} y1={18} x2={x(now) + scale / 2} y2={height} />
          <text
            x={x(now) + scale / 2}
            y={13}
            textAnchor={x(now) < 50 ? 'start' : x(now) > inner - 60 ? 'end' : 'middle'}
          >
            {today ? t('today') : dayOf(now)}
          </text>
        </g>
      )}
    </>
  );
}

/** Months, and years where they begin. */
function Axis({ span, scale, height }: { span: Span; scale: number; height: number }) {
  const { lang } = usePreferences();
  const marks: { day: number; month: number; year: number }[] = [];
  const first = dayOf(span.from);
  let year = Number(first.slice(0, 4));
  let month = Number(first.slice(5, 7));
  for (;;) {
    const day = numberOf(`${year}-${String(month).padStart(2, '0')}-01`);
    if (day > span.to) break;
    if (day >= span.from) marks.push({ day, month, year });
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year++;
  }
  const every = scale * 30 >= 30 ? 1 : scale * 90 >= 30 ? 3 : 12;
  return (
    <g className="clock-axis">
      {marks.map(({ day, month: m, year: ofYear }, index) => {
        if ((m - 1) % every !== 0) return null;
        const at = LEFT + (day - span.from) * scale;
        const named = m === 1 || index === 0;
        // a year and a month do not both fit between two marks that are close
        const both = scale * 30 * every >= 60;
        return (
          <g key={day}>
            <line x1={at} y1={AXIS - 12} x2={at} y2={height} className={m === 1 ? 'clock-year-line' : ''} />
            <text x={at + 3} y={AXIS - 8}>
              {named && <tspan className="clock-year">{ofYear} </tspan>}
              {(!named || both) && (lang === 'zh' ? `${m}月` : MONTHS[m - 1])}
            </text>
          </g>
        );
      })}
    </g>
  );
}

interface LaneProps {
  readonly lane: Lane;
  readonly top: number;
  readonly span: Span;
  readonly scale: number;
  readonly now: number;
  readonly days: WorkDays;
  readonly hatch: string;
}

function LaneShape({ lane, top, span, scale, now, days, hatch }: LaneProps) {
  const t = useText(words);
  const { clock, due, done } = lane;
  const tone = toneOf(clock);
  const x = (day: number) => LEFT + (Math.min(Math.max(day, span.from), span.to + 1) - span.from) * scale;
  const barTop = top + 20;
  const first = Math.max(lane.clock.window ? lane.start : lane.start + 1, span.from);
  const last = Math.min(due ?? lane.end, span.to);
  const clipped = (due ?? lane.end) > span.to;
  const spent = Math.min(done ?? now, last);
  const seen = done !== null && done <= span.to ? done : null;
  const overTo = done ?? now;
  const overFrom = due !== null && clock.status === 'overdue' && overTo > due ? due + 1 : null;
  return (
    <g className={`clock-lane clock-lane-${tone}`}>
      {lane.workdays || clock.window ? (
        days.runs(first, Math.max(first, last)).map((run) => {
          const cut = run.worked && run.from <= spent && run.to > spent;
          const piece = (from: number, to: number, past: boolean) => (
            <rect
              key={from}
              x={x(from)}
              y={run.worked ? barTop : barTop + 3}
              width={Math.max(0.6, x(to + 1) - x(from) - (scale >= 3 ? 1 : 0))}
              height={run.worked ? BAR : BAR - 6}
              className={run.worked ? (past ? 'clock-worked' : 'clock-worked clock-coming') : 'clock-off'}
            />
          );
          return cut
            ? [piece(run.from, spent, true), piece(spent + 1, run.to, false)]
            : piece(run.from, run.to, run.from <= spent);
        })
      ) : (
        <>
          <rect
            x={x(first)}
            y={barTop + 4}
            width={Math.max(2, x(last + 1) - x(first))}
            height={BAR - 8}
            className="clock-worked clock-coming"
          />
          {spent >= first && (
            <rect
              x={x(first)}
              y={barTop + 4}
              width={x(spent + 1) - x(first)}
              height={BAR - 8}
              className="clock-worked"
            />
          )}
        </>
      )}
      {lane.stops.map((stop) => {
        const from = x(stop.from + 1);
        const wide = Math.max(2, x(stop.to + 1) - from);
        const name = t(`stop.${stop.kind}` as 'stop.expert');
        return (
          <g key={`${stop.kind}-${stop.from}`}>
            <rect
              x={from}
              y={barTop - 2}
              width={wide}
              height={BAR + 4}
              fill={`url(#${hatch})`}
              className="clock-stop"
            />
            <text
              x={from + wide / 2}
              y={barTop + BAR + 15}
              textAnchor={from < 40 ? 'start' : 'middle'}
              className="clock-small"
            >
              {name}
            </text>
          </g>
        );
      })}
      {overFrom !== null && (
        <rect
          x={x(overFrom)}
          y={barTop}
          width={Math.max(2, x(overTo + 1) - x(overFrom))}
          height={BAR}
          className="clock-over"
        />
      )}
      {seen !== null && <circle cx={x(seen) + scale / 2} cy={barTop + BAR / 2} r="4.5" className="clock-done" />}
      {lane.promise && lane.promise.day <= span.to && lane.promise.day >= span.from && (
        <g className="clock-promise">
          <path d={`M${x(lane.promise.day + 1)} ${barTop - 5}v${BAR + 13}`} />
          <path d={`M${x(lane.promise.day + 1)} ${barTop + BAR + 8}l-7 -3.5l7 -3.5`} />
          <text x={x(lane.promise.day + 1) + 4} y={barTop + BAR + 16} className="clock-small">
            {t('promised', { date: lane.promise.text })}
          </text>
        </g>
      )}
      {due !== null && !clipped && (
        <g className="clock-due">
          <path d={`M${x(due + 1)} ${barTop - 6}v${BAR + 9}`} className="clock-pole" />
          <path d={`M${x(due + 1)} ${barTop - 6}l8 4l-8 4z`} className="clock-flag" />
          <text x={x(due + 1) + 10} y={barTop + 11}>
            {clock.window ? clock.window.to : clock.due}
          </text>
          {lane.moved !== null && (
            <text x={x(due + 1) + 10} y={barTop + BAR + 15} className="clock-small">
              {t('dueIfMoved')} {clock.dueIfMoved?.slice(5)}
            </text>
          )}
        </g>
      )}
      {clipped && done === null && (
        <text x={x(span.to + 1) + 6} y={barTop + 11} className="clock-clipped">
          → {clock.due ?? clock.window?.to}
        </text>
      )}
    </g>
  );
}

interface TitlesProps {
  readonly lanes: readonly Lane[];
  readonly span: Span;
  readonly scale: number;
  readonly inner: number;
  readonly now: number;
  /** The part of the drawing in view. */
  readonly scrolled: number;
}

/** The names of the clocks; in a drawing wider than its box they stay in view. */
function Titles({ lanes, span, scale, inner, now, scrolled }: TitlesProps) {
  const pick = usePick();
  const left = useLeft();
  let y = AXIS;
  return lanes.map((lane) => {
    const top = y;
    y += laneHeight(lane);
    const title = pick(lane.clock.title);
    const said = left(lane.clock, dayOf(now));
    const long = widthOf(title) + widthOf(said) + 20;
    const start = LEFT + (Math.max(lane.start, span.from) - span.from) * scale;
    const at = Math.max(scrolled + 4, Math.min(start, inner - long - 4));
    return (
      <text
        key={lane.clock.limit}
        x={Math.max(4, at)}
        y={top + 13}
        className={`clock-lane-title clock-lane-${toneOf(lane.clock)}`}
      >
        {title}
        <tspan className="clock-lane-said" dx="8">
          {said}
        </tspan>
      </text>
    );
  });
}

interface CrossProps {
  readonly at: number;
  readonly span: Span;
  readonly scale: number;
  readonly inner: number;
  readonly lanes: readonly Lane[];
  readonly days: WorkDays;
  readonly words: string;
}

/** The day pointed at, with its count in every clock. */
function Cross({ at, span, scale, inner, lanes, days, words: said }: CrossProps) {
  const t = useText(words);
  const x = LEFT + (at - span.from) * scale + scale / 2;
  const wide = widthOf(said) + 14;
  const labelX = Math.min(Math.max(x - wide / 2, 2), inner - wide - 2);
  let y = AXIS;
  return (
    <g className="clock-cross">
      <line x1={x} y1={20} x2={x} y2={heightOf(lanes)} />
      <rect x={labelX} y={0} width={wide} height={20} rx="2" />
      <text x={labelX + wide / 2} y={14} textAnchor="middle" className="clock-cross-day">
        {said}
      </text>
      {lanes.map((lane) => {
        const top = y;
        y += laneHeight(lane);
        const words = laneWords(lane, at, days, t);
        if (words === '') return null;
        const size = widthOf(words) + 10;
        const right = x + size + 6 < inner;
        return (
          <g key={lane.clock.limit}>
            <rect x={right ? x + 4 : x - size - 4} y={top + 18} width={size} height={18} rx="2" />
            <text x={right ? x + 9 : x - size + 1} y={top + 31}>
              {words}
            </text>
          </g>
        );
      })}
    </g>
  );
}
