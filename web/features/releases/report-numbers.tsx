import { useApi } from '../../api/queries.ts';
import type { QualityCount } from '../../api/types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { formatNumber, usePick, useText } from '../../i18n/text.ts';
import { releaseText } from './messages.ts';
import { countIn } from './sizes.ts';

const NAMES = [
  'read',
  'inserted',
  'updated',
  'unchanged',
  'withdrawn',
  'rejected',
  'identifiers',
  'files',
  'seconds',
] as const;

/** The counts of a report, as they were printed by the import. */
export function ReportNumbers({ counts }: { counts: Readonly<Record<string, unknown>> }) {
  const t = useText(releaseText);
  return (
    <dl className="numbers">
      {NAMES.map((name) => {
        const count = countIn(counts, name);
        return count === null ? null : (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{formatNumber(count)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

interface ProblemProps {
  readonly problems: Readonly<Record<string, number>> | undefined;
  readonly releaseId: string | undefined;
  readonly none: string;
}

/** Problems by code; each count opens its rows in the ledger. */
export function ProblemCounts({ problems, releaseId, none }: ProblemProps) {
  const pick = usePick();
  const ledger = useApi<{ items: readonly QualityCount[] }>('/quality', {}, { timeless: true });
  const labels = new Map(ledger.data?.items.map((item) => [item.code, item.label]));
  const entries = Object.entries(problems ?? {}).sort(([, a], [, b]) => b - a);
  if (entries.length === 0) return <p className="quiet">{none}</p>;
  return (
    <ul className="plain-list problem-counts">
      {entries.map(([code, count]) => (
        <li key={code}>
          <span>
            {labels.has(code) && <span>{pick(labels.get(code))} </span>}
            <span className={labels.has(code) ? 'hint mono' : 'mono'}>{code}</span>
          </span>
          {releaseId ? (
            <AppLink to={`/quality?release=${encodeURIComponent(releaseId)}&code=${encodeURIComponent(code)}`}>
              {formatNumber(count)}
            </AppLink>
          ) : (
            <span>{formatNumber(count)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
