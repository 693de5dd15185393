import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
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
import { useHref } from '../../frame/dates.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import '../../styles/clocks.css';
import '../../styles/duties.css';
import { duties as words } from './messages.ts';
import { ProfileForm } from './profile-form.tsx';
import { roleName } from './roles.ts';
import type { ListedProfile } from './types.ts';

/** Enterprises whose duties are kept, with what is overdue and what comes next. */
export default function DutiesPage() {
  const t = useText(words);
  const pick = usePick();
  const { lang } = usePreferences();
  const href = useHref();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const q = search.get('q') ?? '';
  const [typed, setTyped] = useState(q);
  const [adding, setAdding] = useState(false);
  usePageTitle(t('title'));
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    if (typed.trim() === q) return;
    const timer = setTimeout(
      () =>
        setSearch(
          (before) => {
            const after = new URLSearchParams(before);
            if (typed.trim() === '') after.delete('q');
            else after.set('q', typed.trim());
            return after;
          },
          { replace: true },
        ),
      250,
    );
    return () => clearTimeout(timer);
  }, [typed, q, setSearch]);
  const list = useList<ListedProfile>('/duties/profiles', { q: q || null }, { keep: true, timeless: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `pick` follows the language, as `t` does
  const all = useMemo<readonly Column<ListedProfile>[]>(
    () => [
      {
        key: 'name',
        title: t('name'),
        width: 290,
        always: true,
        render: (row) => (
          <AppLink to={`/duties/${row.id}`} title={row.name}>
            {row.name}
          </AppLink>
        ),
      },
      {
        key: 'overdue',
        title: t('overdue'),
        width: 110,
        render: (row) => row.overdue > 0 && <span className="word word-red">{t('overdueN', { n: row.overdue })}</span>,
      },
      { key: 'day', title: t('date'), width: 110, render: (row) => row.next && <b>{row.next.due}</b> },
      {
        key: 'next',
        title: t('next'),
        width: 300,
        render: (row) => row.next && <span title={pick(row.next.title)}>{pick(row.next.title)}</span>,
      },
      {
        key: 'roles',
        title: t('roles'),
        width: 210,
        render: (row) => row.roles.map((role) => roleName(role, lang)).join(lang === 'zh' ? '、' : ', '),
      },
      { key: 'feed', title: t('calendar'), width: 100, render: (row) => (row.feed ? t('subscribed') : '') },
    ],
    [t, lang],
  );
  const columns = useColumns('duty-profiles', all);
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
        {!adding && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('newOne')}
          </Button>
        )}
      </header>
      {adding && (
        <ProfileForm
          onCancel={() => setAdding(false)}
          onDone={(saved) => {
            void cache.invalidateQueries({ queryKey: ['/duties/profiles'] });
            navigate(href(`/duties/${saved.id}`));
          }}
        />
      )}
      {!adding && (
        <div className="table-tools">
          <Input
            aria-label={t('find')}
            className="case-find"
            placeholder={t('find')}
            allowClear
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <TotalWords total={list.total} />
        </div>
      )}
      {list.isPending && <PageSkeleton rows={8} />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {!adding && list.first && list.rows.length === 0 && (
        <div className="empty">
          <h2>{q === '' ? t('none') : t('noneWith')}</h2>
          {q === '' && <p>{t('noneDetail')}</p>}
        </div>
      )}
      {!adding && list.rows.length > 0 && (
        <DataTable
          caption={t('title')}
          columns={columns}
          rows={list.rows}
          rowKey={(row) => row.id}
          onOpen={(row) => navigate(href(`/duties/${row.id}`))}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      )}
    </div>
  );
}
