import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useEffect } from 'react';
import { sendJson } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import type { ImportProgress } from '../../api/types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { formatNumber, useText } from '../../i18n/text.ts';
import { FailedImport } from './failed-import.tsx';
import { releaseText } from './messages.ts';
import { ProblemCounts, ReportNumbers } from './report-numbers.tsx';
import { formatSeconds } from './sizes.ts';

const GOING = new Set(['running', 'queued', 'stopping']);
const OUTCOMES: Readonly<Record<string, keyof typeof releaseText>> = {
  failed: 'failed',
  interrupted: 'interrupted',
  'already-published': 'already',
  'dry-run': 'checked',
  revoked: 'revokedImport',
};

export function isUnderWay(state: string): boolean {
  return GOING.has(state);
}

function isGoing(data: unknown): boolean {
  return typeof data !== 'object' || data === null || GOING.has(String((data as { state?: unknown }).state));
}

/** Rows done, rate, time left, problems so far; may be left and found again, and stopped. */
export function ImportProgressPanel({ importId, onClose }: { importId: string; onClose?: () => void }) {
  const t = useText(releaseText);
  const client = useQueryClient();
  const progress = useApi<ImportProgress>(
    `/imports/${encodeURIComponent(importId)}`,
    {},
    {
      timeless: true,
      every: (data) => (isGoing(data) ? 1000 : false),
    },
  );
  const stop = useMutation({
    mutationFn: () => sendJson('POST', `/imports/${encodeURIComponent(importId)}/stop`, {}),
    onSuccess: () => progress.refetch(),
  });
  const goOn = useMutation({
    mutationFn: () => sendJson('POST', `/imports/${encodeURIComponent(importId)}/continue`, {}),
    onSuccess: () => progress.refetch(),
  });
  const data = progress.data;
  const going = data ? GOING.has(data.state) : true;
  const ended = data !== undefined && !going;
  useEffect(() => {
    if (ended)
      void client.invalidateQueries({ predicate: (query) => !String(query.queryKey[0]).startsWith('/imports') });
  }, [ended, client]);

  if (progress.error) return <Failure error={progress.error} onRetry={() => void progress.refetch()} />;
  if (!data) return null;
  const stage = `stage.${data.stage}` as keyof typeof releaseText;
  const outcome = OUTCOMES[data.state] ?? 'finished';
  return (
    <section className="panel" aria-label={t('progress')} data-testid="import-progress">
      <div className="panel-head">
        <h2>{going ? t('importing', { name: data.releaseName ?? importId }) : t(outcome)}</h2>
        <div className="row">
          {going && (
            <Popconfirm
              title={t('stopQuestion')}
              description={<p className="popconfirm-text">{t('stopDetail')}</p>}
              okText={t('stop')}
              cancelText={t('cancel')}
              onConfirm={() => stop.mutate()}
            >
              <Button danger loading={stop.isPending}>
                {t('stop')}
              </Button>
            </Popconfirm>
          )}
          {data.state === 'interrupted' && (
            <Button loading={goOn.isPending} onClick={() => goOn.mutate()}>
              {t('goOn')}
            </Button>
          )}
          {!going && data.releaseId && data.state !== 'failed' && (
            <AppLink to={`/releases/${encodeURIComponent(data.releaseId)}`}>{t('openReport')}</AppLink>
          )}
          {!going && onClose && <Button onClick={onClose}>{t('dismiss')}</Button>}
        </div>
      </div>
      <div className="panel-body stack">
        {going && (
          <>
            <progress
              className="bar"
              aria-label={t('progress')}
              {...(data.total ? { value: data.read, max: data.total } : {})}
            />
            <p className="row progress-words">
              <b>{data.total ? t('rowsOf', { read: data.read, total: data.total }) : t('rows', { read: data.read })}</b>
              {data.rate !== null && data.rate > 0 && <span>{t('rate', { n: Math.round(data.rate) })}</span>}
              {data.secondsLeft !== null && <span>{t('left', { time: formatSeconds(data.secondsLeft) })}</span>}
              {data.stage && <span className="quiet">{stage in releaseText ? t(stage) : data.stage}</span>}
            </p>
            <p className="hint">{data.state === 'stopping' ? t('stopped') : t('leave')}</p>
          </>
        )}
        {data.failure && (
          <div className="notice notice-red">
            <FailedImport failure={data.failure} />
          </div>
        )}
        {!going && data.state !== 'failed' && data.counts && <ReportNumbers counts={data.counts} />}
        <div hidden={data.state === 'failed' && Object.keys(data.problems ?? {}).length === 0}>
          <h3>{t(going ? 'problemsSoFar' : 'problems')}</h3>
          <ProblemCounts
            problems={data.problems}
            releaseId={data.releaseId ?? undefined}
            none={t(going ? 'noProblems' : 'noProblemsReport')}
          />
          {data.rejected !== undefined && data.rejected > 0 && (
            <p>
              {t('rejected')} {formatNumber(data.rejected)}
            </p>
          )}
        </div>
        {stop.error && <Failure error={stop.error} />}
        {goOn.error && <Failure error={goOn.error} />}
      </div>
    </section>
  );
}
