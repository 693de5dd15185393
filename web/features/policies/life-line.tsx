import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { AppLink } from '../../components/app-link.tsx';
import { todayInShanghai } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { file as words } from './file-messages.ts';
import { type Moment, momentsOf, placeMoments } from './life-moments.ts';
import type { Act, PolicyDocument } from './types.ts';
import { policyPath, useWord } from './words.ts';

const LANE = 22;
const BASE = 20;

/** The days of an act's life on one line, with today on it; the same as a list below. */
export function LifeLine({ document, act, at }: { document: PolicyDocument; act: Act | undefined; at: string }) {
  const t = useText(words);
  const word = useWord();
  const pick = usePick();
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  const moments = useMemo(() => momentsOf(document, act), [document, act]);
  const nameOf = (moment: Moment) => (moment.words ? pick(moment.words) : word('date', moment.kind));
  const short = (moment: Moment) => {
    const name = nameOf(moment);
    return `${moment.date} ${name.length > 22 ? `${name.slice(0, 21)}…` : name}`;
  };
  const layout = placeMoments(moments, at, Math.max(width, 320), (moment) =>
    [...short(moment)].reduce((sum, one) => sum + (one > '\u2e80' ? 12.5 : 7), 0),
  );
  const height = BASE + layout.lanes * LANE + 24;
  const line = height - 18;
  if (moments.length === 0) return <p className="hint">{t('noDates')}</p>;
  return (
    <figure className="life">
      <div ref={box} className="life-box" aria-hidden="true">
        {width > 0 && (
          <svg width={width} height={height} className="life-svg" aria-hidden="true" data-testid="life-line">
            <line x1="0" y1={line} x2={width} y2={line} className="life-axis" />
            {layout.placed.map((moment, index) => {
              const top = BASE + moment.lane * LANE;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: moments of one life stand in their order
                <g key={index} className={`life-moment life-${moment.tone}`}>
                  <line x1={moment.x} y1={top - 10} x2={moment.x} y2={line} />
                  <rect x={moment.x - 4} y={line - 4} width="8" height="8" />
                  <text
                    x={moment.left ? moment.x - 6 : moment.x + 6}
                    y={top}
                    textAnchor={moment.left ? 'end' : 'start'}
                  >
                    {short(moment)}
                  </text>
                </g>
              );
            })}
            <line x1={layout.now} y1={line - 10} x2={layout.now} y2={line + 8} className="life-now" />
            <text
              x={layout.now}
              y={height - 1}
              textAnchor={layout.now > width - 60 ? 'end' : layout.now < 60 ? 'start' : 'middle'}
              className="life-today"
            >
              {at === todayInShanghai() ? t('today') : at}
            </text>
          </svg>
        )}
      </div>
      <ol className="plain-list lines life-list">
        {moments.map((moment) => (
          <li key={`${moment.date}${moment.kind}${moment.by?.id ?? ''}`}>
            <span>
              <time dateTime={moment.date} className="life-date">
                {moment.date}
              </time>{' '}
              {nameOf(moment)}
            </span>
            {moment.by && <AppLink to={policyPath(moment.by.id, moment.by.ordinal)}>{moment.by.title}</AppLink>}
          </li>
        ))}
      </ol>
    </figure>
  );
}
