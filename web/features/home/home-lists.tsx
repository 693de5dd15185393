import { useState } from 'react';
import type { Subject, Watch } from '../../api/dossier-types.ts';
import { useApi } from '../../api/queries.ts';
import type { ReleaseSummary } from '../../api/types.ts';
import { AppLink, certificatePath, devicePath, partyPath } from '../../components/app-link.tsx';
import { formatInstant, todayInShanghai } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { ReleaseState } from '../releases/release-state.tsx';
import { countIn } from '../releases/sizes.ts';
import { home } from './messages.ts';

const KINDS = [
  ['new', 'inserted'],
  ['changed', 'updated'],
  ['withdrawn', 'withdrawn'],
] as const;

/** What the releases taken in today brought; each count opens its rows in the change report. */
export function ChangedToday({ releases }: { releases: readonly ReleaseSummary[] }) {
  const t = useText(home);
  const today = todayInShanghai();
  const fresh = releases.filter(
    (release) => release.state === 'published' && formatInstant(release.publishedAt).startsWith(today),
  );
  return (
    <div>
      <h2>{t('changed')}</h2>
      {fresh.length === 0 && <p className="hint">{t('noChange')}</p>}
      <ul className="plain-list lines">
        {fresh.map((release) => {
          const path = `/releases/${encodeURIComponent(release.releaseId)}`;
          const told = KINDS.flatMap(([kind, count]) => {
            const n = countIn(release.counts, count) ?? 0;
            return n > 0 ? [{ kind, n }] : [];
          });
          return (
            <li key={release.releaseId}>
              <AppLink to={path}>{release.releaseName}</AppLink>
              <span className="row">
                {told.map(({ kind, n }) => (
                  <AppLink key={kind} to={`${path}?kind=${kind}`}>
                    {t(`change.${kind}`, { n })}
                  </AppLink>
                ))}
                {told.length === 0 && <span className="hint">{t('unchanged')}</span>}
              </span>
            </li>
          );
        })}
      </ul>
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

interface WatchChange extends Subject {
  readonly watchId: string;
  readonly label: string | null;
  readonly what: 'versions' | 'certificates' | 'absences' | 'records';
  readonly releaseId: string | null;
  readonly recordKind: string | null;
  readonly at: string;
  readonly count: number;
}

const DAYS = 7;

function pathOf({ type, key }: Subject): string {
  if (type === 'certificate') return certificatePath(key);
  if (type === 'party') return partyPath(key);
  const cut = key.indexOf('/');
  return devicePath(key.slice(0, cut), key.slice(cut + 1));
}

/** What happened to the files I watch, and the list of these files. */
export function WatchedChanges() {
  const t = useText(home);
  const [since] = useState(() => new Date(Date.now() - DAYS * 86_400_000).toISOString());
  const watches = useApi<{ items: readonly Watch[] }>('/watches', {}, { timeless: true });
  const mine = watches.data?.items ?? [];
  const changes = useApi<{ items: readonly WatchChange[] }>(
    '/watches/changes',
    { since },
    { timeless: true, enabled: mine.length > 0 },
  );
  const items = changes.data?.items ?? [];
  const words = (item: WatchChange) => {
    const kind = `what.${item.recordKind}` as keyof typeof home;
    return item.what === 'records' && kind in home ? t(kind) : t(`what.${item.what}`, { n: item.count });
  };
  return (
    <div>
      <h2>
        {t('watched')} {mine.length > 0 && <span className="hint">{t('watchedSince')}</span>}
      </h2>
      {watches.data && mine.length === 0 && <p className="hint">{t('noWatched')}</p>}
      {mine.length > 0 && changes.data && items.length === 0 && <p className="hint">{t('watchedNone')}</p>}
      <ul className="plain-list lines">
        {items.slice(0, 12).map((item) => (
          <li key={`${item.watchId}-${item.what}-${item.releaseId}-${item.at}`}>
            <AppLink to={pathOf(item)}>{item.label ?? item.key}</AppLink>
            <span className="row">
              {item.releaseId ? (
                <AppLink to={`/releases/${encodeURIComponent(item.releaseId)}`}>{words(item)}</AppLink>
              ) : (
                <span>{words(item)}</span>
              )}
              <span className="hint">{formatInstant(item.at).slice(0, 10)}</span>
            </span>
          </li>
        ))}
      </ul>
      {mine.length > 0 && (
        <details className="watch-list">
          <summary>{t('watching', { n: mine.length })}</summary>
          <ul className="plain-list lines">
            {mine.map((watch) => (
              <li key={watch.id}>
                <AppLink to={pathOf(watch)}>{watch.label ?? watch.key}</AppLink>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
