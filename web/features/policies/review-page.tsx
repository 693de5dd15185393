import { Button } from 'antd';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { apiUrl } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { ColumnMenu } from '../../components/table/column-menu.tsx';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { TotalWords } from '../../components/total.tsx';
import { formatInstant, useHref } from '../../frame/dates.ts';
import { formatNumber, useText } from '../../i18n/text.ts';
import { PolicyPages } from './policy-nav.tsx';
import { review } from './review-messages.ts';
import { DOUBTS, type Doubt, type ReviewPage as Queue, type ReviewRow } from './types.ts';
import { policyPath, useWord } from './words.ts';

const STATES = ['open', 'corrected', 'reviewed'] as const;

/** What a person should read, the heaviest doubts to choose from. */
export default function ReviewPage() {
  const t = useText(review);
  const word = useWord();
  const navigate = useNavigate();
  const href = useHref();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((one) => one === search.get('state')) ?? 'open';
  const doubt = DOUBTS.find((one) => one === search.get('doubt'));
  const q = search.get('q') ?? '';
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  usePageTitle(t('title'));
  const list = useList<ReviewRow, Queue>('/policies/review', { state, doubt, q, limit: 100 }, { keep: true });
  const change = (changes: Readonly<Record<string, string | undefined>>) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value) after.set(name, value);
        else after.delete(name);
      }
      return after;
    });
  const all = useMemo<readonly Column<ReviewRow>[]>(
    () => [
      {
        key: 'title',
        title: t('document'),
        width: 420,
        always: true,
        render: (row) => (
          <AppLink to={policyPath(row.id, row.ordinal)} title={row.title}>
            {row.title || row.key}
          </AppLink>
        ),
      },
      { key: 'kind', title: t('kind'), width: 96, render: (row) => word('kind', row.kind) },
      {
        key: 'doubts',
        title: t('doubts'),
        width: 300,
        render: (row) => (
          <span className="review-doubts">
            {row.doubts.map((one) => (
              <span
                key={one}
                className={one === 'contradiction' || one === 'damage' ? 'word word-red' : 'word word-amber'}
              >
                {t(`doubt.${one}`)}
              </span>
            ))}
          </span>
        ),
      },
      {
        key: 'corrections',
        title: t('corrections'),
        width: 76,
        numeric: true,
        render: (row) => (row.corrections > 0 ? formatNumber(row.corrections) : null),
      },
      {
        key: 'recordedAt',
        title: t('recordedAt'),
        width: 100,
        render: (row) => formatInstant(row.recordedAt).slice(0, 10),
      },
      {
        key: 'reviewedAt',
        title: t('reviewedAt'),
        width: 100,
        extra: true,
        render: (row) => formatInstant(row.reviewedAt).slice(0, 10),
      },
      { key: 'key', title: 'key', width: 200, extra: true, render: (row) => <span className="mono">{row.key}</span> },
    ],
    [t, word],
  );
  const columns = useColumns('policy-review', all);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change({ q: text.trim() || undefined });
  };
  const counts = list.first?.counts ?? {};
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
        <PolicyPages />
      </header>
      <div className="row between">
        <fieldset className="filters" aria-label={t('state')}>
          {STATES.map((one) => (
            <button
              key={one}
              type="button"
              className="filter"
              aria-pressed={state === one}
              onClick={() => change({ state: one === 'open' ? undefined : one })}
            >
              {t(`state.${one}`)}
            </button>
          ))}
        </fieldset>
        <AppLink to="/policies/unresolved">{t('unresolved')}</AppLink>
        <form className="row" onSubmit={submit}>
          <input
            className="search-input duty-filter"
            type="search"
            aria-label={t('queryField')}
            placeholder={t('queryField')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button htmlType="submit">{t('search')}</Button>
        </form>
      </div>
      <fieldset className="review-kinds" aria-label={t('doubt')}>
        <button
          type="button"
          className="legend-kind"
          aria-pressed={!doubt}
          onClick={() => change({ doubt: undefined })}
        >
          {t('anyDoubt')}
        </button>
        {DOUBTS.map((one: Doubt) => (
          <button
            key={one}
            type="button"
            className="legend-kind"
            aria-pressed={doubt === one}
            onClick={() => change({ doubt: doubt === one ? undefined : one })}
          >
            {t(`doubt.${one}`)}
            {counts[one] !== undefined && <span className="hint">{formatNumber(counts[one] ?? 0)}</span>}
          </button>
        ))}
      </fieldset>
      {list.isPending && <PageSkeleton rows={12} />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.first && list.rows.length === 0 && (
        <div className="empty">
          <h2>{t('nothing')}</h2>
        </div>
      )}
      {list.rows.length > 0 && (
        <div>
          <div className="table-tools">
            <TotalWords total={list.total} />
            <div className="row">
              <ColumnMenu columns={columns} />
              <Button href={apiUrl('/policies/gold.ndjson')} download>
                {t('gold')}
              </Button>
            </div>
          </div>
          <DataTable
            caption={t('list')}
            columns={columns}
            rows={list.rows}
            rowKey={(row) => `${row.id}:${row.ordinal}`}
            onOpen={(row) => navigate(href(policyPath(row.id, row.ordinal)))}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </div>
      )}
    </div>
  );
}
