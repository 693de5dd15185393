import { Button } from 'antd';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useList } from '../../api/queries.ts';
import type { InstrumentRow } from '../../api/rule-types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { NothingLeft } from '../../components/nothing-left.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { TotalWords } from '../../components/total.tsx';
import { useHref } from '../../frame/dates.ts';
import { formatNumber, usePick, useText } from '../../i18n/text.ts';
import '../../styles/rules.css';
import { rules } from './messages.ts';
import { RulePages } from './rule-pages.tsx';
import { FirmnessWord, instrumentPath } from './rule-words.tsx';

export default function InstrumentListPage() {
  const t = useText(rules);
  const pick = usePick();
  const navigate = useNavigate();
  const href = useHref();
  const [search, setSearch] = useSearchParams();
  const q = search.get('q') ?? '';
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  usePageTitle(t('instrumentsTitle'));
  const list = useList<InstrumentRow>('/instruments', { q, limit: 200 }, { keep: true, timeless: true });
  const all = useMemo<readonly Column<InstrumentRow>[]>(
    () => [
      {
        key: 'name',
        title: t('name'),
        width: 360,
        always: true,
        render: (row) => (
          <AppLink to={instrumentPath(row.id)} title={pick(row.title)}>
            {pick(row.title)}
          </AppLink>
        ),
      },
      {
        key: 'number',
        title: t('number'),
        width: 200,
        render: (row) => <span title={row.number ?? ''}>{row.number}</span>,
      },
      { key: 'issuer', title: t('issuer'), width: 160, render: (row) => row.issuer },
      { key: 'from', title: t('validFrom'), width: 98, render: (row) => row.from },
      { key: 'firmness', title: t('firmness'), width: 92, render: (row) => <FirmnessWord level={row.firmness} /> },
      { key: 'rules', title: t('rulesOf'), width: 74, numeric: true, render: (row) => formatNumber(row.rules) },
    ],
    [t, pick],
  );
  const columns = useColumns('instruments', all);
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
      <header className="page-head">
        <h1>{t('instrumentsTitle')}</h1>
        <RulePages />
      </header>
      <form className="row" onSubmit={submit}>
        <input
          className="search-input field-wide"
          type="search"
          aria-label={t('searchInstruments')}
          placeholder={t('searchInstruments')}
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
          path="/instruments"
          query={{ q }}
          conditions={q ? [{ name: 'q', words: `${t('q')}：${q}` }] : []}
          onRemove={() => change('')}
        />
      )}
      {list.rows.length > 0 && (
        <div>
          <div className="table-tools">
            <TotalWords total={list.total} />
          </div>
          <DataTable
            caption={t('instrumentsTitle')}
            columns={columns}
            rows={list.rows}
            rowKey={(row) => row.id}
            onOpen={(row) => navigate(href(instrumentPath(row.id)))}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </div>
      )}
    </div>
  );
}
