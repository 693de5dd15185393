import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Query } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import type { DeviceHit, DevicePage, Total } from '../../api/types.ts';
import { devicePath } from '../../components/app-link.tsx';
import { ExportMenu } from '../../components/export-menu.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { ColumnMenu } from '../../components/table/column-menu.tsx';
import { useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { TotalWords } from '../../components/total.tsx';
import { useHref } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { useDeviceColumns } from './device-columns.tsx';
import { devices } from './messages.ts';

interface Props {
  /** Name under which the choice of columns is kept. */
  readonly id: string;
  readonly path: string;
  readonly exportPath?: string;
  readonly query: Query;
  readonly sort?: string | undefined;
  onSort?(sort: string | undefined): void;
  /** A total counted to the end elsewhere, for lists that only estimate. */
  readonly total?: Total | undefined;
  /** Shown instead of an empty table. */
  readonly empty: ReactNode;
  readonly above?: (page: DevicePage) => ReactNode;
  /** Columns that say the same in every row of this list. */
  readonly without?: readonly string[];
}

/** A list of devices with its total, its columns and its files. */
export function DeviceTable({
  id,
  path,
  exportPath,
  query,
  sort,
  onSort,
  empty,
  above,
  total: counted,
  without,
}: Props) {
  const t = useText(devices);
  const navigate = useNavigate();
  const href = useHref();
  const columns = useColumns(id, useDeviceColumns(without));
  const asked = { ...query, sort };
  const list = useList<DeviceHit, DevicePage>(path, asked, { keep: true });
  const total = list.total?.relation === 'estimate' && counted ? counted : list.total;
  if (list.isPending) return <PageSkeleton rows={12} />;
  if (list.error && list.rows.length === 0) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      {list.first && above?.(list.first)}
      <div className="table-tools">
        <TotalWords total={total} />
        <div className="row">
          <ColumnMenu columns={columns} />
          <ExportMenu path={exportPath ?? path} query={asked} total={total} />
        </div>
      </div>
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.rows.length === 0 ? (
        empty
      ) : (
        <DataTable
          caption={t('list')}
          columns={columns}
          rows={list.rows}
          rowKey={(hit) => `${hit.source}/${hit.recordKey}`}
          onOpen={(hit) => navigate(href(devicePath(hit.source, hit.recordKey)))}
          sort={sort}
          onSort={onSort}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      )}
    </>
  );
}
