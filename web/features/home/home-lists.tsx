import { useApi } from '../../api/queries.ts';
import type { ChangeRow, ReleaseSummary } from '../../api/types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { todayInShanghai } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { ReleaseState } from '../releases/release-state.tsx';
import { home } from './messages.ts';

const KINDS = ['new', 'changed', 'withdrawn', 'conflict'] as const;

export function ChangedToday({ changes }: { changes: Readonly<Record<string, number>> | null }) {
  const t = useText(home);
  const told = KINDS.filter((kind) => (changes?.[kind] ?? 0) > 0);
  return (
    <div>
      <h2>{t('changed')}</h2>
      {told.length === 0 ? (
        <p className="hint">{t('noChange')}</p>
      ) : (
        <p className="row">
          {told.map((kind) => (
            <span key={kind}>{t(`change.${kind}`, { n: changes?.[kind] ?? 0 })}</span>
          ))}
        </p>
      )}
    </div>
  );
}

export function LatestReleases({ releases }: { releases: readonly ReleaseSummary[] }) {
  const t = useText(home);
  return (
    <div>
      <h2>{t('latest')}</h2>
      <ul className="plain-list lines">
        {releases.map((release) => (
          <li key={release.releaseId}>
            <AppLink to={`/releases/${encodeURIComponent(release.releaseId)}`}>{release.releaseName}</AppLink>
            <span className="row">
              <span className="hint">{release.releasedOn}</span>
              <ReleaseState state={release.state} />
            </span>
          </li>
        ))}
      </ul>
      <AppLink to="/releases">{t('allReleases')}</AppLink>
    </div>
  );
}

interface WatchChange extends Partial<ChangeRow> {
  readonly href?: string;
  readonly label?: string;
  readonly on?: string;
}

export function WatchedChanges() {
  const t = useText(home);
  const changes = useApi<{ items: readonly WatchChange[] }>(
    '/watches/changes',
    { since: todayInShanghai() },
    { timeless: true },
  );
  const items = changes.data?.items ?? [];
  return (
    <div>
      <h2>{t('watched')}</h2>
      {items.length === 0 && <p className="hint">{t('noWatched')}</p>}
      <ul className="plain-list lines">
        {items.slice(0, 10).map((item) => (
          <li key={`${item.key}-${item.kind}`}>
            {item.href ? <AppLink to={item.href}>{item.label ?? item.key}</AppLink> : (item.label ?? item.key)}
            <span className="hint">{item.fields?.map((field) => field.name).join('、')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
