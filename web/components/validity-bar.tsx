import { todayInShanghai } from '../frame/dates.ts';
import { useText } from '../i18n/text.ts';
import { parts } from './messages.ts';

interface Props {
  readonly from: string | null | undefined;
  readonly to: string | null | undefined;
  /** The day the page is about. */
  readonly at: string;
  readonly fromLabel: string;
  readonly toLabel: string;
  /** True when `to` ended the life of the thing early (withdrawal). */
  readonly ended?: boolean;
}

const day = (text: string) => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 86_400_000;

/** A line of time from the first to the last day, with the day of the page marked on it. */
export function ValidityBar({ from, to, at, fromLabel, toLabel, ended }: Props) {
  const t = useText(parts);
  if (!from) return null;
  const now = day(at);
  const first = day(from);
  const last = to ? day(to) : Math.max(now, first) + Math.max(365, Math.abs(now - first) * 0.25);
  const left = Math.min(first, now);
  const right = Math.max(last, now);
  const share = (value: number) => ((value - left) / Math.max(1, right - left)) * 1000;
  const mark = share(now);
  return (
    <figure
      className="validity"
      aria-label={`${fromLabel} ${from} — ${toLabel} ${to ?? t('openEnded')}; ${t('today')} ${at}`}
    >
      <svg viewBox="-6 0 1012 26" preserveAspectRatio="none" aria-hidden="true" className="validity-line">
        <rect x="0" y="12" width="1000" height="6" className="validity-ground" />
        <rect
          x={share(first)}
          y="12"
          width={Math.max(2, share(last) - share(first))}
          height="6"
          className={ended || now > last ? 'validity-past' : 'validity-span'}
        />
        <rect x={mark - 1.5} y="4" width="3" height="22" className="validity-now" />
      </svg>
      <div className="validity-marks" aria-hidden="true">
        {/* as far to the left of its mark as the mark stands to the right: it never leaves the line */}
        <span className="validity-at" style={{ left: `${mark / 10}%`, transform: `translateX(-${mark / 10}%)` }}>
          {at === todayInShanghai() ? `${t('today')} ${at}` : at}
        </span>
      </div>
      <figcaption>
        <span>
          {fromLabel} <b>{from.slice(0, 10)}</b>
        </span>
        <span>
          {toLabel} <b>{to?.slice(0, 10) ?? t('openEnded')}</b>
        </span>
      </figcaption>
    </figure>
  );
}
