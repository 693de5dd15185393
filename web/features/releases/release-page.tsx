import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useParams } from 'react-router';
import { useApi } from '../../api/queries.ts';
import type { ReleaseDetail } from '../../api/types.ts';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { useSourceName } from '../../components/source-name.ts';
import { formatInstant } from '../../frame/dates.ts';
import { formatNumber, useText } from '../../i18n/text.ts';
import '../../styles/releases.css';
import { ChangeReport } from './change-report.tsx';
import { FailedImport } from './failed-import.tsx';
import { ImportProgressPanel } from './import-progress.tsx';
import { releaseText } from './messages.ts';
import { ReleaseState } from './release-state.tsx';
import { ProblemCounts, ReportNumbers } from './report-numbers.tsx';
import { formatBytes } from './sizes.ts';

const RevokeDialog = lazy(() => import('./revoke-dialog.tsx'));

export default function ReleasePage() {
  const t = useText(releaseText);
  const sourceName = useSourceName();
  const { releaseId = '' } = useParams();
  const path = `/releases/${encodeURIComponent(releaseId)}`;
  const answer = useApi<ReleaseDetail>(path, {}, { timeless: true });
  const [revoking, setRevoking] = useState(false);
  const release = answer.data;
  usePageTitle(release?.releaseName ?? t('title'));
  if (answer.error) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!release) return <PageSkeleton rows={10} />;
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('detail', { name: release.releaseName })}</h1>
          <p className="row">
            <ReleaseState state={release.state} />
            <span>{sourceName(release.source)}</span>
            <span>
              {t('releasedOn')} {release.releasedOn}
            </span>
            {(release.publishedAt ?? release.recordedAt) && (
              <span>
                {t('recordedAt')} {formatInstant(release.publishedAt ?? release.recordedAt)}
              </span>
            )}
            {(release.mode === 'full' || release.mode === 'update') && <span>{t(`mode.${release.mode}`)}</span>}
          </p>
          {release.revokedAt && <p>{t('revokedOn', { date: formatInstant(release.revokedAt) })}</p>}
        </div>
        {release.state === 'published' && (
          <Button danger onClick={() => setRevoking(true)}>
            {t('revoke')}
          </Button>
        )}
      </header>
      {release.state === 'running' && release.importId !== undefined && (
        <ImportProgressPanel importId={String(release.importId)} />
      )}
      {release.failure && (
        <div className="notice notice-red">
          <FailedImport failure={release.failure} />
        </div>
      )}
      <div className="report">
        <section>
          <h2 className="section-title">{t('report')}</h2>
          <ReportNumbers counts={release.counts ?? {}} />
        </section>
        <section>
          <h2 className="section-title">{t('problems')}</h2>
          <ProblemCounts problems={release.problems} releaseId={release.releaseId} none={t('noProblemsReport')} />
        </section>
      </div>
      {release.files && release.files.length > 0 && (
        <section>
          <h2 className="section-title">
            {t('files')} <span className="hint">{formatNumber(release.files.length)}</span>
          </h2>
          <ul className="plain-list lines file-list">
            {release.files.slice(0, 200).map((file) => (
              <li key={file.name}>
                <span className="mono">{file.name}</span>
                <span className="hint mono">
                  {formatBytes(Number(file.bytes))} · {file.sha256}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ChangeReport path={path} counts={release.changes} />
      {revoking && (
        <Suspense fallback={null}>
          <RevokeDialog path={path} name={release.releaseName} onClose={() => setRevoking(false)} />
        </Suspense>
      )}
    </div>
  );
}
