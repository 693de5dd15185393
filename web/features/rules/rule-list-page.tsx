import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useList } from '../../api/queries.ts';
import type { RuleRow } from '../../api/rule-types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { ExportMenu } from '../../components/export-menu.tsx';
import { Failure } from '../../components/failure.tsx';
import { NothingLeft } from '../../components/nothing-left.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { ColumnMenu } from '../../components/table/column-menu.tsx';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { TotalWords } from '../../components/total.tsx';
import { useHref } from '../../frame/dates.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { formatNumber, usePick, useText } from '../../i18n/text.ts';
import '../../styles/rules.css';
import { rules } from './messages.ts';
import { type RuleCondition, useRuleConditions } from './rule-conditions.ts';
import { RuleFilters } from './rule-filters.tsx';
import { RulePages } from './rule-pages.tsx';
import { AbsentValue, FirmnessWord, instrumentPath, rulePath } from './rule-words.tsx';

function useRuleColumns(): readonly Column<RuleRow>[] {
  const t = useText(rules);
  const pick = usePick();
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('name'),
        width: 250,
        always: true,
        render: (row) => (
          <AppLink to={rulePath(row.id)} title={pick(row.title)}>
            {pick(row.title)}
          </AppLink>
        ),
      },
      {
        key: 'value',
        title: t('value'),
        width: 160,
        always: true,
        render: (row) =>
          row.absence ? (
            <AbsentValue reason={row.absence} />
          ) : (
            <span className="rule-value" title={pick(row.words)}>
              {row.overlay && <span className="word word-amber">{t('own')}</span>} {pick(row.words)}
            </span>
          ),
      },
      { key: 'kind', title: t('kind'), width: 78, render: (row) => t(`kind.${row.kind}`) },
      { key: 'place', title: t('place'), width: 150, render: (row) => pick(row.place?.title) },
      { key: 'firmness', title: t('firmness'), width: 100, render: (row) => <FirmnessWord level={row.firmness} /> },
      {
        key: 'basis',
        title: t('basis'),
        width: 170,
        render: (row) =>
          row.source && (
            <AppLink to={instrumentPath(row.source.instrument)} title={pick(row.source.title)}>
              {pick(row.source.title)}
            </AppLink>
          ),
      },
      {
        key: 'article',
        title: t('article'),
        width: 128,
        render: (row) => <span title={row.article ?? ''}>{row.article}</span>,
      },
      { key: 'from', title: t('from'), width: 98, render: (row) => row.from },
      {
        key: 'users',
        title: t('users'),
        width: 74,
        numeric: true,
        render: (row) => (row.users > 0 ? formatNumber(row.users) : null),
      },
      {
        key: 'id',
        title: t('id'),
        width: 180,
        extra: true,
        render: (row) => <span className="mono">{row.id}</span>,
      },
    ],
    [t, pick],
  );
}

export default function RuleListPage() {
  const t = useText(rules);
  const { lang } = usePreferences();
  const navigate = useNavigate();
  const href = useHref();
  const { conditions, set, change } = useRuleConditions();
  const list = useList<RuleRow>('/rules', { ...conditions, limit: 100 }, { keep: true });
  const columns = useColumns('rules', useRuleColumns());
  usePageTitle(conditions.q ? `${conditions.q} · ${t('title')}` : t('title'));
  const words = (name: RuleCondition) => {
    const value = conditions[name] ?? '';
    const key = `${name === 'firmness' ? 'firm' : name}.${value}`;
    return `${t(name)}${lang === 'zh' ? '：' : ': '}${key in rules ? t(key as keyof typeof rules) : value}`;
  };
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
        <RulePages />
      </header>
      <RuleFilters />
      {list.isPending && <PageSkeleton rows={12} />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.first && list.rows.length === 0 && (
        <NothingLeft
          path="/rules"
          query={conditions}
          conditions={set.map((name) => ({ name, words: words(name) }))}
          onRemove={(name) => change({ [name]: undefined })}
        />
      )}
      {list.rows.length > 0 && (
        <div>
          <div className="table-tools">
            <TotalWords total={list.total} />
            <div className="row">
              <ColumnMenu columns={columns} />
              <ExportMenu path="/rules" query={conditions} total={list.total} />
            </div>
          </div>
          <DataTable
            caption={t('list')}
            columns={columns}
            rows={list.rows}
            rowKey={(row) => row.id}
            onOpen={(row) => navigate(href(rulePath(row.id)))}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </div>
      )}
    </div>
  );
}
