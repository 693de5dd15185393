import { Button, Input, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useList } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { TotalWords } from '../../components/total.tsx';
import { todayInShanghai, useHref } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import '../../styles/clocks.css';
import { ClockWord, toneOf } from './clock-word.tsx';
import { clocks as words } from './messages.ts';
import type { ListedCase } from './types.ts';
import { useCatalogue } from './use-clocks.ts';
import { useLeft } from './use-left.ts';

/** Kept cases: overdue and first due on top. */
export default function CaseListPage() {
  const t = useText(words);
  const pick = usePick();
  const left = useLeft();
  const href = useHref();
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  const [search, setSearch] = useSearchParams();
  const q = search.get('q') ?? '';
  const procedure = search.get('procedure') ?? '';
  const closed = search.get('closed') === 'true';
  const [typed, setTyped] = useState(q);
  usePageTitle(t('casesTitle'));
  const change = (changes: Readonly<Record<string, string | undefined>>, replace = false) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace },
    );
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    if (typed === q) return;
    const timer = setTimeout(() => change({ q: typed.trim() || undefined }, true), 250);
    return () => clearTimeout(timer);
  });
  const list = useList<ListedCase>(
    '/clocks/cases',
    { q: q || null, procedure: procedure || null, closed: closed ? 'true' : null },
    { keep: true, timeless: true },
  );
  const today = todayInShanghai();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` and `pick` follow the language, as `t` does
  const all = useMemo<readonly Column<ListedCase>[]>(
    () => [
      {
        key: 'title',
        title: t('caseTitle'),
        width: 268,
        always: true,
        render: (row) => (
          <AppLink to={`/clocks/cases/${row.id}`} title={row.title}>
            {row.title}
          </AppLink>
        ),
      },
      {
        key: 'due',
        title: t('dueOn'),
        width: 104,
        render: (row) => (row.next?.due ? <b>{row.next.due}</b> : <span className="hint">{t('noNext')}</span>),
      },
      {
        key: 'left',
        title: t('caseLeft'),
        width: 150,
        render: (row) =>
          row.next && (
            <span className={row.next.status === 'overdue' ? 'tone-red' : undefined}>
              {left(row.next, today)}
              {row.next.provisional && <span className="hint"> {t('provisional')}</span>}
            </span>
          ),
      },
      {
        key: 'status',
        title: t('clockStatus'),
        width: 88,
        render: (row) => row.next && <ClockWord tone={toneOf(row.next)} />,
      },
      {
        key: 'next',
        title: t('caseNext'),
        width: 220,
        render: (row) => row.next && <span title={pick(row.next.title)}>{pick(row.next.title)}</span>,
      },
      {
        key: 'state',
        title: t('caseState'),
        width: 164,
        render: (row) => {
          const key = `state.${row.state}` as keyof typeof words;
          return key in words ? t(key) : row.state;
        },
      },
      {
        key: 'procedure',
        title: t('procedure'),
        width: 130,
        render: (row) => (
          <>
            {pick(row.procedureName)}{' '}
            {row.class && <span className="hint">{t(`class.${row.class}` as 'class.II')}</span>}
          </>
        ),
      },
      { key: 'recorded', title: t('recorded'), width: 110, extra: true, render: (row) => row.recordedAt.slice(0, 10) },
    ],
    [t, today],
  );
  const columns = useColumns('clock-cases', all);
  const conditions = q !== '' || procedure !== '' || closed;
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('casesTitle')}</h1>
          <p>{t('casesLead')}</p>
        </div>
        <Button type="primary" onClick={() => navigate(href('/clocks'))}>
          {t('newCase')}
        </Button>
      </header>
      <div className="table-tools">
        <div className="row">
          <Input
            aria-label={t('find')}
            className="case-find"
            placeholder={t('find')}
            allowClear
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Select
            aria-label={t('procedure')}
            className="mode-choice"
            value={procedure}
            onChange={(value: string) => change({ procedure: value })}
            options={[
              { value: '', label: t('allProcedures') },
              ...(catalogue.data?.procedures ?? []).map((one) => ({ value: one.id, label: pick(one.name) })),
            ]}
          />
          <fieldset className="row filters" aria-label={t('state')}>
            <button
              type="button"
              className="filter"
              aria-pressed={!closed}
              onClick={() => change({ closed: undefined })}
            >
              {t('open')}
            </button>
            <button type="button" className="filter" aria-pressed={closed} onClick={() => change({ closed: 'true' })}>
              {t('closed')}
            </button>
          </fieldset>
        </div>
        <TotalWords total={list.total} />
      </div>
      {list.isPending && <PageSkeleton rows={10} />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.first && list.rows.length === 0 && (
        <div className="empty">
          <h2>{conditions ? t('noCasesWith') : t('noCases')}</h2>
          {conditions ? (
            <Button onClick={() => change({ q: undefined, procedure: undefined, closed: undefined })}>
              {t('dropConditions')}
            </Button>
          ) : (
            <p>{t('noCasesDetail')}</p>
          )}
        </div>
      )}
      {list.rows.length > 0 && (
        <DataTable
          caption={t('casesTitle')}
          columns={columns}
          rows={list.rows}
          rowKey={(row) => row.id}
          onOpen={(row) => navigate(href(`/clocks/cases/${row.id}`))}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      )}
    </div>
  );
}
