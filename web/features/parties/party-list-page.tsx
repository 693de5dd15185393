import { Button } from 'antd';
import { type FormEvent, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { PartySummary } from '../../api/dossier-types.ts';
import { useList } from '../../api/queries.ts';
import { AppLink, partyPath } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { NothingLeft } from '../../components/nothing-left.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { DemoWord } from '../../components/state-words.tsx';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { TotalWords } from '../../components/total.tsx';
import { useHref } from '../../frame/dates.ts';
import { formatNumber, useText } from '../../i18n/text.ts';
import { parties } from './messages.ts';

export function countOf(count: PartySummary['deviceCount']): string {
  if (count === null || count === undefined) return '';
  return formatNumber(typeof count === 'number' ? count : count.value);
}

export default function PartyListPage() {
  const t = useText(parties);
  const navigate = useNavigate();
  const href = useHref();
  const [search, setSearch] = useSearchParams();
  const q = search.get('q') ?? '';
  const [text, setText] = useState(q);
  usePageTitle(t('title'));
  const list = useList<PartySummary>('/parties', { q }, { keep: true });
  const all = useMemo<readonly Column<PartySummary>[]>(
    () => [
      {
        key: 'name',
        title: t('name'),
        width: 320,
        always: true,
        render: (party) => (
          <>
            <AppLink to={partyPath(party.key)}>{party.name ?? t('unnamed')}</AppLink>{' '}
            <DemoWord demo={party.demo ?? false} />
          </>
        ),
      },
      { key: 'nameAlt', title: t('nameAlt'), width: 260, render: (party) => party.nameAlt },
      {
        key: 'creditCode',
        title: t('creditCode'),
        width: 200,
        render: (party) => <span className="mono">{party.creditCode}</span>,
      },
      { key: 'devices', title: t('devices'), width: 100, numeric: true, render: (party) => countOf(party.deviceCount) },
    ],
    [t],
  );
  const columns = useColumns('parties', all);
  const change = (value: string) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (value) after.set('q', value);
      else after.delete('q');
      return after;
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change(text.trim());
  };
  return (
    <div className="stack">
      <h1>{t('title')}</h1>
      <form className="row" onSubmit={submit}>
        <input
          className="search-input field-wide"
          type="search"
          aria-label={t('field')}
          placeholder={t('field')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="primary" htmlType="submit">
          {t('search')}
        </Button>
      </form>
      {list.isPending && <PageSkeleton rows={10} />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.first && list.rows.length === 0 && (
        <NothingLeft
          path="/parties"
          query={{ q }}
          conditions={q ? [{ name: 'q', words: `${t('q')}：${q}` }] : []}
          onRemove={() => {
            setText('');
            change('');
          }}
        />
      )}
      {list.rows.length > 0 && (
        <div>
          <div className="table-tools">
            <TotalWords total={list.total} />
          </div>
          <DataTable
            caption={t('list')}
            columns={columns}
            rows={list.rows}
            rowKey={(party) => party.key}
            onOpen={(party) => navigate(href(partyPath(party.key)))}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </div>
      )}
    </div>
  );
}
