import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { addDays, type LocalDate } from '../../../src/kernel/local-date.ts';
import { useList } from '../../api/queries.ts';
import type { RuleChange } from '../../api/rule-types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { DayField } from '../../components/day-field.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { TotalWords } from '../../components/total.tsx';
import { todayInShanghai, useHref } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import '../../styles/rules.css';
import { rules } from './messages.ts';
import { RulePages } from './rule-pages.tsx';
import { instrumentPath, rulePath } from './rule-words.tsx';

const YEAR = 365;

const tones: Readonly<Record<RuleChange['change'], string>> = {
  begins: 'word word-green',
  ends: 'word word-red',
  changes: 'word word-amber',
  restated: 'word',
  recorded: 'word',
};

function pathOf(change: RuleChange): string | null {
  if (change.type === 'calendar') return null;
  return change.type === 'instrument' ? instrumentPath(change.id) : rulePath(change.id);
}

function useChangeColumns(): readonly Column<RuleChange>[] {
  const t = useText(rules);
  const pick = usePick();
  return useMemo(() => {
    const side = (one: RuleChange['before']) => <span title={pick(one?.words)}>{pick(one?.words)}</span>;
    return [
      { key: 'on', title: t('on'), width: 98, always: true, render: (change) => change.on },
      {
        key: 'what',
        title: t('what'),
        width: 76,
        always: true,
        render: (change) => <span className={tones[change.change]}>{t(`change.${change.change}`)}</span>,
      },
      {
        key: 'name',
        title: t('name'),
        width: 300,
        always: true,
        render: (change) => {
          const path = pathOf(change);
          const title = pick(change.title);
          return path ? (
            <AppLink to={path} title={title}>
              {title}
            </AppLink>
          ) : (
            title
          );
        },
      },
      { key: 'before', title: t('before'), width: 150, render: (change) => side(change.before) },
      { key: 'after', title: t('after'), width: 200, render: (change) => side(change.after) },
      { key: 'place', title: t('place'), width: 120, render: (change) => pick(change.place) },
      {
        key: 'basis',
        title: t('basis'),
        width: 260,
        render: (change) => {
          const source = (change.after ?? change.before)?.sources[0];
          const words = [pick(source?.title), source?.article].filter(Boolean).join(' ');
          return <span title={words}>{words}</span>;
        },
      },
    ];
  }, [t, pick]);
}

/** What begins, ends or changes between two days; the days stand in the address. */
export default function ChangeListPage() {
  const t = useText(rules);
  const navigate = useNavigate();
  const href = useHref();
  const [search, setSearch] = useSearchParams();
  const now = todayInShanghai() as LocalDate;
  const from = search.get('from') ?? addDays(now, -YEAR);
  const to = search.get('to') ?? now;
  const axis = search.get('axis') === 'known' ? 'known' : 'force';
  const ordered = from <= to;
  usePageTitle(t('changesTitle'));
  const list = useList<RuleChange>(
    '/rules/changes',
    { from, to, axis, limit: 200 },
    { keep: true, timeless: true, enabled: ordered },
  );
  const columns = useColumns('rule-changes', useChangeColumns());
  const change = (changes: Readonly<Record<string, string | undefined>>) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value) after.set(name, value);
        else after.delete(name);
      }
      return after;
    });
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('changesTitle')}</h1>
          <p>{t('changesLead')}</p>
        </div>
        <RulePages />
      </header>
      <div className="rule-days">
        <label className="field" htmlFor="changes-from">
          <span className="hint">{t('fromDay')}</span>
          <DayField id="changes-from" value={from} onChange={(day) => change({ from: day })} />
        </label>
        <label className="field" htmlFor="changes-to">
          <span className="hint">{t('toDay')}</span>
          <DayField id="changes-to" value={to} onChange={(day) => change({ to: day })} />
        </label>
        <fieldset className="filters row">
          <legend className="visually-hidden">{t('axis')}</legend>
          {(['force', 'known'] as const).map((name) => (
            <button
              key={name}
              type="button"
              className="filter"
              aria-pressed={axis === name}
              onClick={() => change({ axis: name === 'force' ? undefined : name })}
            >
              {t(`axis.${name}`)}
            </button>
          ))}
        </fieldset>
        <div className="row">
          <button type="button" className="link" onClick={() => change({ from: addDays(now, -YEAR), to: now })}>
            {t('lastYear')}
          </button>
          <button type="button" className="link" onClick={() => change({ from: now, to: addDays(now, YEAR) })}>
            {t('nextYear')}
          </button>
        </div>
      </div>
      {!ordered && (
        <div className="notice notice-amber" role="alert">
          <p>{t('reversed')}</p>
        </div>
      )}
      {ordered && list.isPending && <PageSkeleton rows={10} />}
      {ordered && list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {ordered && list.first && list.rows.length === 0 && (
        <div className="empty" data-testid="empty">
          <h2>{t('noChanges')}</h2>
          <p>{t('noChangesHint')}</p>
        </div>
      )}
      {ordered && list.rows.length > 0 && (
        <div>
          <div className="table-tools">
            <TotalWords total={list.total} />
          </div>
          <DataTable
            caption={t('changeList')}
            columns={columns}
            rows={list.rows}
            rowKey={(row, index) => `${row.on}-${row.type}-${row.id}-${row.row}-${index}`}
            onOpen={(row) => {
              const path = pathOf(row);
              if (path) navigate(href(path));
            }}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </div>
      )}
    </div>
  );
}
