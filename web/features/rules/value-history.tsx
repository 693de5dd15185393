import type { RuleValue } from '../../api/rule-types.ts';
import { todayInShanghai } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { rules } from './messages.ts';
import { SourceLine } from './rule-words.tsx';

const DAY_MS = 86_400_000;
const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
const yearStart = (year: number) => Date.UTC(year, 0, 1) / DAY_MS;
const yearOf = (at: number) => new Date(at * DAY_MS).getUTCFullYear();

/** Marks on the axis at most; a phone has room for five. */
const TICKS = 5;

interface Span {
  readonly value: RuleValue;
  readonly start: number;
  readonly end: number;
  /** The start was not found: the span comes from before the axis. */
  readonly openStart: boolean;
}

/** What held when: a later value ends the one before, and of two with one start the one recorded later holds. */
function spansOf(values: readonly RuleValue[], left: number, right: number): readonly Span[] {
  const known = values.filter((value) => value.known);
  const held = known.filter((value, i) => known[i + 1]?.from !== value.from);
  return held.flatMap((value, i) => {
    const next = held[i + 1]?.from;
    const start = value.from ? day(value.from) : left;
    const end = Math.min(value.until ? day(value.until) + 1 : right, next ? day(next) : right);
    return end > start ? [{ value, start, end, openStart: value.from === null }] : [];
  });
}

/** The dated values as a line of time with the day of the page marked on it, and under it each with its sources. */
export function ValueHistory({ values, at, title }: { values: readonly RuleValue[]; at: string; title: string }) {
  const t = useText(rules);
  return (
    <div className="stack">
      <figure className="history" aria-label={t('historyDrawing', { title })}>
        <TimeLine values={values} at={at} />
      </figure>
      <ol className="plain-list history-list">
        {[...values].reverse().map((value) => (
          <HistoryEntry key={`${value.from}-${value.recorded}-${value.words?.zh}`} value={value} at={at} />
        ))}
      </ol>
    </div>
  );
}

function TimeLine({ values, at }: { values: readonly RuleValue[]; at: string }) {
  const t = useText(rules);
  const pick = usePick();
  const now = day(at);
  const dates = values.flatMap((value) => [value.from, value.until]).flatMap((date) => (date ? [day(date)] : []));
  const first = Math.min(now, ...dates);
  const last = Math.max(now, ...dates);
  const room = Math.max(365, (last - first) * 0.12);
  const left = yearStart(yearOf(first - room / 2));
  const right = last + room;
  const share = (value: number) => ((Math.min(Math.max(value, left), right) - left) / (right - left)) * 100;
  const years = yearOf(right) - yearOf(left);
  const step = [1, 2, 5, 10, 20, 50].find((size) => years / size <= TICKS) ?? 100;
  const ticks = Array.from({ length: years + 1 }, (_, i) => yearOf(left) + i).filter(
    (year) => year % step === 0 && yearStart(year) >= left && share(yearStart(year)) < 94,
  );
  return (
    <div className="history-drawing" aria-hidden="true">
      <div className="history-now" style={{ left: `${share(now)}%` }}>
        <span className={share(now) > 60 ? 'history-now-left' : undefined}>
          {at === todayInShanghai() ? t('todayMark', { day: at }) : at}
        </span>
      </div>
      <div className="history-track">
        {spansOf(values, left, right).map(({ value, start, end, openStart }) => (
          <div
            key={`${value.from}-${value.recorded}`}
            className={[
              'history-span',
              value.words === null ? 'history-missing' : '',
              value.inForce ? 'history-current' : '',
              value.overlay ? 'history-own' : '',
              openStart ? 'history-open' : '',
            ].join(' ')}
            style={{ left: `${share(start)}%`, width: `${share(end) - share(start)}%` }}
            title={`${value.from ?? t('sinceUnknown')} ${pick(value.words) || t('notDeterminable')}`}
          >
            <span>{pick(value.words) || t('notDeterminable')}</span>
          </div>
        ))}
      </div>
      <div className="history-ticks">
        {ticks.map((year) => (
          <span key={year} style={{ left: `${share(yearStart(year))}%` }}>
            {year}
          </span>
        ))}
      </div>
    </div>
  );
}

function HistoryEntry({ value, at }: { value: RuleValue; at: string }) {
  const t = useText(rules);
  const pick = usePick();
  const from = value.from ? t('since', { day: value.from }) : t('sinceUnknown');
  return (
    <li className={value.inForce ? 'history-entry history-entry-current' : 'history-entry'}>
      <div className="row">
        <b>{pick(value.words) || t('notDeterminable')}</b>
        <span>
          {from}
          {value.until && ` ${t('until', { day: value.until })}`}
        </span>
        {value.inForce && <span className="word word-green">{t('inForce', { day: at })}</span>}
        {value.overlay && <span className="word word-amber">{t('own')}</span>}
        {!value.known && <span className="word word-grey">{t('notYetKnown')}</span>}
        <span className="hint">{t('recordedOn', { day: value.recorded })}</span>
      </div>
      {value.overlay && <p className="quiet">{t('setBy', value.overlay)}</p>}
      {value.note && <p className="quiet">{pick(value.note)}</p>}
      <ul className="plain-list">
        {value.sources.map((source) => (
          <li key={`${source.instrument}-${source.article}`}>
            <SourceLine source={source} />
          </li>
        ))}
      </ul>
    </li>
  );
}
