import { Button, Select } from 'antd';
import { type FormEvent, lazy, Suspense, useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useList } from '../../api/queries.ts';
import { ExportMenu } from '../../components/export-menu.tsx';
import { Failure } from '../../components/failure.tsx';
import { parts } from '../../components/messages.ts';
import { NothingLeft } from '../../components/nothing-left.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { TotalWords } from '../../components/total.tsx';
import { useHref } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { policies } from './messages.ts';
import { SORTS, usePolicyConditions, usePolicyConditionWords } from './policy-conditions.ts';
import { PolicyFacetPanel } from './policy-facets.tsx';
import { PolicyHits } from './policy-hits.tsx';
import { PolicyPages } from './policy-nav.tsx';
import type { PolicyPage, PolicyRow } from './types.ts';

const EventList = lazy(() => import('./event-list.tsx'));
const ImportPanel = lazy(() => import('./import-panel.tsx'));

const FORMATS = ['csv', 'xlsx', 'ndjson', 'docx'] as const;
/** What a subscription can be narrowed to. */
const WATCHED = ['q', 'kind', 'issuer', 'region', 'level'] as const;

/** Without words the newest policies; with words the search. */
export default function PolicyListPage() {
  const t = useText(policies);
  const p = useText(parts);
  const navigate = useNavigate();
  const href = useHref();
  const { conditions, set, sort, change, clear } = usePolicyConditions();
  const words = usePolicyConditionWords();
  const [text, setText] = useState(conditions.q ?? '');
  useEffect(() => setText(conditions.q ?? ''), [conditions.q]);
  const [search] = useSearchParams();
  const events = search.get('view') === 'events';
  const importing = search.get('import') === '1';
  const [facetsOpen, setFacetsOpen] = useState(false);
  const order = sort ?? (conditions.q ? 'relevance' : 'newest');
  const list = useList<PolicyRow, PolicyPage>('/policies', { ...conditions, sort: order, limit: 30 }, { keep: true });
  usePageTitle(conditions.q ? `${conditions.q} · ${t('feedTitle')}` : t('feedTitle'));
  const subscribe = () => {
    const query = new URLSearchParams({ new: 'query' });
    for (const name of WATCHED) {
      const value = conditions[name];
      if (value) query.set(name, value);
    }
    navigate(href(`/subscriptions?${query}`));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change({ q: text.trim() || undefined, sort: undefined });
  };
  const instead = list.first?.instead;
  return (
    <div className="stack policy-list">
      <header className="page-head">
        <div>
          <h1>{t('feedTitle')}</h1>
          <p>{t('feedLead')}</p>
          <fieldset className="filters policy-views" aria-label={t('views')}>
            {(['documents', 'events'] as const).map((view) => (
              <button
                key={view}
                type="button"
                className="filter"
                aria-pressed={(view === 'events') === events}
                onClick={() => change({ view: view === 'events' ? 'events' : undefined, event: undefined })}
              >
                {t(view)}
              </button>
            ))}
          </fieldset>
        </div>
        <PolicyPages />
      </header>
      {importing && (
        <Suspense fallback={null}>
          <ImportPanel onClose={() => change({ import: undefined })} />
        </Suspense>
      )}
      {events && (
        <Suspense fallback={null}>
          <EventList />
        </Suspense>
      )}
      {!events && (
        <div className={facetsOpen ? 'device-list facets-open' : 'device-list'}>
          <div className="query-bar">
            <form className="query-form" onSubmit={submit}>
              <input
                className="search-input"
                type="search"
                aria-label={t('queryField')}
                placeholder={t('queryField')}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
              <Button type="primary" htmlType="submit">
                {t('search')}
              </Button>
            </form>
            {set.length > 0 && (
              <ul className="row plain-list" aria-label={t('conditions')}>
                {set.map((name) => {
                  const label = words(name, conditions[name] ?? '');
                  return (
                    <li key={name} className="condition">
                      <span title={label}>{label}</span>
                      <button
                        type="button"
                        aria-label={p('remove', { condition: label })}
                        onClick={() => change({ [name]: undefined })}
                      >
                        ×
                      </button>
                    </li>
                  );
                })}
                {set.length > 1 && (
                  <li>
                    <button type="button" className="link" onClick={clear}>
                      {p('clearAll')}
                    </button>
                  </li>
                )}
              </ul>
            )}
          </div>
          <Button className="facets-toggle" aria-expanded={facetsOpen} onClick={() => setFacetsOpen(!facetsOpen)}>
            {t('facets')}
          </Button>
          <PolicyFacetPanel conditions={conditions} />
          <section className="device-result">
            <div className="table-tools">
              <span className="row">
                <TotalWords total={list.total} />
                {order === 'relevance' && conditions.q && <span className="hint">{t('byRelevance')}</span>}
              </span>
              <div className="row">
                <Select
                  aria-label={t('sort')}
                  className="policy-sort"
                  value={order}
                  onChange={(next: string) =>
                    change({ sort: next === (conditions.q ? 'relevance' : 'newest') ? undefined : next })
                  }
                  options={SORTS.map((one) => ({
                    value: one,
                    label: one === 'relevance' && !conditions.q ? t('sort.recorded') : t(`sort.${one}`),
                  }))}
                />
                <Button aria-expanded={importing} onClick={() => change({ import: importing ? undefined : '1' })}>
                  {t('import')}
                </Button>
                <Button onClick={subscribe}>{t('subscribe')}</Button>
                <ExportMenu
                  path="/policies"
                  query={{ ...conditions, sort: order }}
                  total={list.total}
                  formats={FORMATS}
                  note={order === 'relevance' && conditions.q ? t('exportRanked') : undefined}
                />
              </div>
            </div>
            {instead && (
              <p className="did-you-mean">
                {t('instead')}
                <button type="button" className="link" onClick={() => change({ q: instead })}>
                  {instead}
                </button>
              </p>
            )}
            {list.isPending && <PageSkeleton rows={12} />}
            {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
            {list.first && list.rows.length === 0 && (
              <NothingLeft
                path="/policies"
                query={conditions}
                conditions={set.map((name) => ({ name, words: words(name, conditions[name] ?? '') }))}
                onRemove={(name) => change({ [name]: undefined })}
              />
            )}
            {list.first && list.rows.length === 0 && set.length === 0 && <p className="hint">{t('importHint')}</p>}
            <PolicyHits
              rows={list.rows}
              heads={
                order === 'newest' || order === 'oldest'
                  ? 'month'
                  : order === 'relevance' && !conditions.q
                    ? 'recorded'
                    : 'none'
              }
              hasMore={list.hasNextPage}
              loadingMore={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          </section>
        </div>
      )}
    </div>
  );
}
