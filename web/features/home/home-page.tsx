import { lazy, Suspense, useState } from 'react';
import { useApi } from '../../api/queries.ts';
import type { Summary } from '../../api/types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { recentFiles } from '../../components/recent-files.ts';
import { frame } from '../../frame/messages.ts';
import { SearchBox } from '../../frame/search-box.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import '../../styles/home.css';
import { ChangedToday, LatestReleases, WatchedChanges } from './home-lists.tsx';
import { home } from './messages.ts';

const NewPolicies = lazy(() => import('../policies/new-policies.tsx'));
const ClocksAtRisk = lazy(() => import('../clocks/clocks-at-risk.tsx'));

export function HomePage() {
  const t = useText(home);
  const frameText = useText(frame);
  const pick = usePick();
  const summary = useApi<Summary>('/summary', {}, { timeless: true });
  const [recent] = useState(recentFiles);
  usePageTitle('');
  const data = summary.data;
  return (
    <div className="home">
      <section className="home-search">
        <h1 className="home-what">{t('what')}</h1>
        <SearchBox id="home-search" placeholder={frameText('searchLong')} large autoFocus />
        {data?.examples && data.examples.length > 0 && (
          <p className="home-examples">
            <span className="quiet">{t('examples')}</span>
            {data.examples.slice(0, 3).map((example) => (
              <AppLink key={example.code} to={`/codes?code=${encodeURIComponent(example.code)}`}>
                <span className="mono">{example.code}</span> <span className="quiet">{pick(example.label)}</span>
              </AppLink>
            ))}
          </p>
        )}
        {data && (
          <p className="quiet">
            {data.devices === 0 ? (
              <>
                {t('emptyBase')} <AppLink to="/releases">{t('importFirst')}</AppLink>
              </>
            ) : (
              t('holds', { devices: data.devices, certificates: data.certificates, parties: data.parties })
            )}
          </p>
        )}
      </section>
      {summary.isPending && <PageSkeleton />}
      {summary.error && <Failure error={summary.error} onRetry={() => void summary.refetch()} />}
      <div className="home-columns">
        {data && (
          <section className="stack">
            <ChangedToday releases={data.releases} />
            <LatestReleases releases={data.releases} />
            <Suspense fallback={null}>
              <NewPolicies />
            </Suspense>
          </section>
        )}
        <section className="stack">
          <Suspense fallback={null}>
            <ClocksAtRisk />
          </Suspense>
          <div>
            <h2>{t('recent')}</h2>
            {recent.length === 0 && <p className="hint">{t('noRecent')}</p>}
            <ul className="plain-list lines">
              {recent.map((file) => (
                <li key={file.path}>
                  <AppLink to={file.path}>{file.label}</AppLink>
                  <span className="hint">{file.detail}</span>
                </li>
              ))}
            </ul>
          </div>
          <WatchedChanges />
        </section>
      </div>
    </div>
  );
}
