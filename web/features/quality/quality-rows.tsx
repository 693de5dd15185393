import { Button } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { useList } from '../../api/queries.ts';
import type { QualityCount, QualityRow } from '../../api/types.ts';
import { AppLink, certificatePath, devicePath } from '../../components/app-link.tsx';
import { ExportMenu } from '../../components/export-menu.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { TotalWords } from '../../components/total.tsx';
import { useHref } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { furtherReason } from '../dossiers/problem-list.tsx';
import { quality } from './messages.ts';

const BytesDialog = lazy(() => import('../../components/bytes-dialog.tsx'));

interface Props {
  readonly release: string;
  readonly code: string;
  readonly count: QualityCount | undefined;
  onBack(): void;
}

/** The rows behind one count of the ledger, each with its place in the file. */
export function QualityRows({ release, code, count, onBack }: Props) {
  const t = useText(quality);
  const pick = usePick();
  const navigate = useNavigate();
  const href = useHref();
  const query = { release, code };
  const list = useList<QualityRow>('/quality/rows', query, { keep: true });
  const source = count?.source;
  const [shown, setShown] = useState<QualityRow | null>(null);
  const pathOf = (row: QualityRow) => {
    const from = row.source ?? source;
    // a refused row has no file to open
    if (!row.recordKey || !from || count?.severity === 'rejected') return null;
    return from === 'nmpa-registrations' ? certificatePath(row.recordKey) : devicePath(from, row.recordKey);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: pathOf follows `source`
  const all = useMemo<readonly Column<QualityRow>[]>(
    () => [
      {
        key: 'record',
        title: t('record'),
        width: 226,
        always: true,
        render: (row) => {
          const path = pathOf(row);
          return path ? (
            <AppLink to={path} className="mono">
              {row.recordKey}
            </AppLink>
          ) : (
            <span className="mono">{row.recordKey}</span>
          );
        },
      },
      { key: 'di', title: t('di'), width: 126, render: (row) => <span className="mono">{row.di}</span> },
      { key: 'field', title: t('field'), width: 130, render: (row) => <span className="mono">{row.field}</span> },
      {
        key: 'value',
        title: t('value'),
        width: 180,
        render: (row) => <span title={row.value ?? ''}>{row.value}</span>,
      },
      {
        key: 'reason',
        title: t('reason'),
        width: 230,
        render: (row) => <span title={row.reason ?? ''}>{furtherReason({ code, reason: row.reason })}</span>,
      },
      {
        key: 'place',
        title: t('place'),
        width: 240,
        render: (row) => {
          const file = [row.file, row.part === row.file ? null : row.part].filter(Boolean).join(' › ');
          const place = row.recordNo ? t('placeRow', { n: row.recordNo }) : t('inFile');
          return row.at === null || row.part === null ? (
            file
          ) : (
            <>
              <button type="button" className="link" title={t('showBytes')} onClick={() => setShown(row)}>
                {place}
              </button>{' '}
              <span className="hint" title={file}>
                {file}
              </span>
            </>
          );
        },
      },
    ],
    [t, source, code, count?.severity],
  );
  const columns = useColumns('quality-rows', all);
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{count ? pick(count.label) : code}</h1>
          <p className="row">
            <span className="mono">{code}</span>
            <span>{count?.releaseName ?? release}</span>
          </p>
        </div>
        <Button onClick={onBack}>{t('back')}</Button>
      </header>
      {list.isPending && <PageSkeleton rows={10} />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.first && (
        <div>
          <div className="table-tools">
            <TotalWords total={list.total} />
            <ExportMenu path="/quality/rows" query={query} total={list.total} formats={['csv', 'ndjson']} />
          </div>
          {list.rows.length === 0 ? (
            <p className="empty">{t('noRows')}</p>
          ) : (
            <DataTable
              caption={t('rows', { code })}
              columns={columns}
              rows={list.rows}
              rowKey={(row, index) => `${row.part}-${row.at}-${row.field}-${index}`}
              onOpen={(row) => {
                const path = pathOf(row);
                if (path) navigate(href(path));
                else if (row.at !== null && row.part !== null) setShown(row);
              }}
              hasMore={list.hasNextPage}
              loadingMore={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          )}
        </div>
      )}
      {shown && (
        <Suspense fallback={null}>
          <BytesDialog
            reference={{
              releaseId: release,
              part: shown.part,
              partNo: shown.partNo ?? null,
              at: shown.at,
              file: shown.file,
            }}
            value={shown.value ?? undefined}
            tag={shown.field ?? undefined}
            onClose={() => setShown(null)}
          />
        </Suspense>
      )}
    </div>
  );
}
