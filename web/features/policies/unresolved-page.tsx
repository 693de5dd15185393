import { useMemo } from 'react';
import { useList } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { TotalWords } from '../../components/total.tsx';
import { formatNumber, useText } from '../../i18n/text.ts';
import { PolicyPages } from './policy-nav.tsx';
import { review as words } from './review-messages.ts';
import { policyPath } from './words.ts';

interface Unresolved {
  readonly title: string | null;
  readonly number: string | null;
  readonly citing: number;
  readonly candidates: number;
  readonly example: {
    readonly id: string;
    readonly ordinal: number;
    readonly title: string;
    readonly quote: string;
  } | null;
}

/** Acts that are cited and are not in the library, the most cited first: what would be worth taking in. */
export default function UnresolvedPage() {
  const t = useText(words);
  usePageTitle(t('unresolved'));
  const list = useList<Unresolved>('/policies/unresolved', { limit: 100 }, { timeless: true });
  const all = useMemo<readonly Column<Unresolved>[]>(
    () => [
      {
        key: 'title',
        title: t('document'),
        width: 380,
        always: true,
        render: (row) => (
          <AppLink to={`/policies?q=${encodeURIComponent(row.title ?? row.number ?? '')}`} title={row.title ?? ''}>
            {row.title ?? row.number}
          </AppLink>
        ),
      },
      { key: 'number', title: t('field.number'), width: 160, render: (row) => row.title && row.number },
      { key: 'citing', title: t('citing'), width: 84, numeric: true, render: (row) => formatNumber(row.citing) },
      {
        key: 'candidates',
        title: t('candidates'),
        width: 84,
        numeric: true,
        render: (row) => (row.candidates > 0 ? formatNumber(row.candidates) : null),
      },
      {
        key: 'example',
        title: t('example'),
        width: 420,
        render: (row) =>
          row.example && (
            <AppLink to={policyPath(row.example.id, row.example.ordinal)} title={row.example.quote}>
              {row.example.title}
            </AppLink>
          ),
      },
    ],
    [t],
  );
  const columns = useColumns('policy-unresolved', all);
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('unresolved')}</h1>
          <p>{t('unresolvedLead')}</p>
        </div>
        <PolicyPages />
      </header>
      {list.isPending && <PageSkeleton rows={12} />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.first && list.rows.length === 0 && (
        <div className="empty">
          <h2>{t('noUnresolved')}</h2>
        </div>
      )}
      {list.rows.length > 0 && (
        <div>
          <div className="table-tools">
            <TotalWords total={list.total} />
          </div>
          <DataTable
            caption={t('unresolved')}
            columns={columns}
            rows={list.rows}
            rowKey={(row) => `${row.title}${row.number}`}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </div>
      )}
    </div>
  );
}
