import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useList } from '../../api/queries.ts';
import type { ReleaseSummary } from '../../api/types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { useSourceName } from '../../components/source-name.ts';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { formatInstant, useHref } from '../../frame/dates.ts';
import { formatNumber, useText } from '../../i18n/text.ts';
import '../../styles/releases.css';
import { ImportProgressPanel, isUnderWay } from './import-progress.tsx';
import { NotTaken, useImports } from './imports.tsx';
import { releaseText } from './messages.ts';
import { ReleaseState } from './release-state.tsx';
import { countIn } from './sizes.ts';
import { UploadPanel } from './upload-panel.tsx';

export function releasePath(releaseId: string): string {
  return `/releases/${encodeURIComponent(releaseId)}`;
}

function useReleaseColumns(): readonly Column<ReleaseSummary>[] {
  const t = useText(releaseText);
  const sourceName = useSourceName();
  return useMemo(() => {
    const count = (
      name: 'read' | 'inserted' | 'updated' | 'unchanged' | 'rejected',
      width: number,
    ): Column<ReleaseSummary> => ({
      key: name,
      title: t(name),
      width,
      numeric: true,
      render: (release) => {
        const value = countIn(release.counts, name);
        return value === null ? null : formatNumber(value);
      },
    });
    return [
      {
        key: 'name',
        title: t('release'),
        width: 256,
        always: true,
        render: (release) => <AppLink to={releasePath(release.releaseId)}>{release.releaseName}</AppLink>,
      },
      { key: 'source', title: t('source'), width: 136, render: (release) => sourceName(release.source) },
      { key: 'releasedOn', title: t('releasedOn'), width: 98, render: (release) => release.releasedOn },
      {
        key: 'recordedAt',
        title: t('recordedAt'),
        width: 134,
        render: (release) => formatInstant(release.publishedAt ?? release.recordedAt),
      },
      { key: 'state', title: t('stateColumn'), width: 84, render: (release) => <ReleaseState state={release.state} /> },
      {
        key: 'mode',
        title: t('modeColumn'),
        width: 62,
        render: (release) =>
          release.mode === 'full' || release.mode === 'update' ? t(`mode.${release.mode}`) : release.mode,
      },
      count('read', 78),
      count('inserted', 78),
      count('updated', 74),
      count('unchanged', 74),
      count('rejected', 66),
    ];
  }, [t, sourceName]);
}

export default function ReleaseListPage() {
  const t = useText(releaseText);
  const navigate = useNavigate();
  const href = useHref();
  const [search, setSearch] = useSearchParams();
  const list = useList<ReleaseSummary>('/releases', {}, { timeless: true });
  const columns = useColumns('releases', useReleaseColumns());
  usePageTitle(t('title'));
  const chosen = search.get('import');
  // imports begun elsewhere (another tab, the watched folder, the command line) are found again here
  const imports = useImports();
  const items = imports.data?.items ?? [];
  const open = items.filter((item) => isUnderWay(item.state) || item.state === 'interrupted');
  const shown = [...new Set([...(chosen ? [chosen] : []), ...open.map((item) => String(item.importId))])];
  const setImport = (importId: string | undefined) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (importId) after.set('import', importId);
      else after.delete('import');
      return after;
    });
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      <UploadPanel onStarted={setImport} />
      {shown.map((importId) => (
        <ImportProgressPanel
          key={importId}
          importId={importId}
          {...(importId === chosen ? { onClose: () => setImport(undefined) } : {})}
        />
      ))}
      {imports.data && <NotTaken imports={imports.data} />}
      <section>
        <h2 className="section-title">{t('all')}</h2>
        {list.isPending && <PageSkeleton />}
        {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
        {list.first && list.rows.length === 0 && (
          <div className="empty">
            <h2>{t('none')}</h2>
            <p>{t('noneDetail')}</p>
          </div>
        )}
        {list.rows.length > 0 && (
          <DataTable
            caption={t('all')}
            columns={columns}
            rows={list.rows}
            rowKey={(release) => release.releaseId}
            onOpen={(release) => navigate(href(releasePath(release.releaseId)))}
            tall={list.rows.length > 20}
            {...(list.hasNextPage ? { hasMore: true, onMore: () => void list.fetchNextPage() } : {})}
          />
        )}
      </section>
    </div>
  );
}
