import { useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { apiUrl, sendJson } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { formatInstant, useDates, useHref } from '../../frame/dates.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import '../../styles/clocks.css';
import '../../styles/duties.css';
import { useWorkDays } from '../clocks/use-clocks.ts';
import { DutyEntry, keyOf } from './duty-entry.tsx';
import { DutyMonth, monthSpan } from './duty-month.tsx';
import { FeedPanel } from './feed-panel.tsx';
import { duties as words } from './messages.ts';
import { ProfileForm } from './profile-form.tsx';
import { roleName } from './roles.ts';
import type { Duty, WholeProfile } from './types.ts';

const KINDS = ['all', 'recurring', 'event', 'standing'] as const;

/** The duties of one enterprise: by day or as a month, each with its legal basis. */
export default function DutyPage() {
  const { id = '' } = useParams();
  const t = useText(words);
  const { lang } = usePreferences();
  const dates = useDates();
  const href = useHref();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const days = useWorkDays();
  const [search, setSearch] = useSearchParams();
  const [editing, setEditing] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const kind = KINDS.find((name) => name === search.get('kind')) ?? 'all';
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.exec(search.get('month') ?? '')?.[0];
  const path = `/duties/profiles/${encodeURIComponent(id)}`;
  const span = month ? monthSpan(month) : {};
  const whole = useApi<WholeProfile>(path, span, { keep: true });
  const found = whole.data;
  usePageTitle(found ? `${found.name} · ${t('title')}` : t('title'));
  if (whole.error) return <Failure error={whole.error} onRetry={() => void whole.refetch()} />;
  if (!found) return <PageSkeleton rows={10} />;

  const change = (name: string, value: string | undefined) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (value) after.set(name, value);
      else after.delete(name);
      return after;
    });
  const changed = () => {
    void cache.invalidateQueries({ queryKey: [path] });
    void cache.invalidateQueries({ queryKey: ['/duties/profiles'] });
  };
  const markDone = async (duty: Duty, date: string) => {
    setFailure(null);
    const record = { obligation: duty.obligation, date, ...(duty.due ? { for: duty.due } : {}) };
    try {
      await sendJson('POST', path, {
        name: found.name,
        ...found.profile,
        records: [...found.profile.records, record],
        replaces: found.version,
      });
      changed();
    } catch (error) {
      setFailure(error);
    }
  };
  const remove = async () => {
    setFailure(null);
    try {
      await sendJson('POST', `${path}/remove`, {});
      void cache.invalidateQueries({ queryKey: ['/duties/profiles'] });
      navigate(href('/duties'));
    } catch (error) {
      setFailure(error);
    }
  };
  const { asOf } = found.decision;
  const list = found.decision.outcome?.duties ?? [];
  const shown = list.filter((duty) => kind === 'all' || duty.kind === kind);
  const notes = found.decision.outcome?.notes ?? [];
  const countOf = (name: (typeof KINDS)[number]) =>
    name === 'all' ? list.length : list.filter((duty) => duty.kind === name).length;
  return (
    <article className="duty-page">
      <header className="page-head">
        <div>
          <p className="no-print">
            <AppLink to="/duties">← {t('back')}</AppLink>
          </p>
          <h1>{found.name}</h1>
          <p className="row">
            <span>
              {found.profile.party.roles.map((role) => roleName(role, lang)).join(lang === 'zh' ? '、' : ', ')}
            </span>
            <span className="hint">
              {t('versions', { n: found.versions.length, at: formatInstant(found.recordedAt) })}
            </span>
          </p>
        </div>
        <div className="row no-print">
          <Button href={apiUrl(`${path}/duties.ics`, { ...dates.query, from: found.from, to: found.to })} download>
            {t('exportIcs')}
          </Button>
          {!editing && <Button onClick={() => setEditing(true)}>{t('edit')}</Button>}
          <Popconfirm title={t('removeSure')} okText={t('removeProfile')} cancelText={t('cancel')} onConfirm={remove}>
            <Button type="text">{t('removeProfile')}</Button>
          </Popconfirm>
        </div>
      </header>
      {failure !== null && <Failure error={failure} onRetry={() => void whole.refetch()} />}
      {editing && (
        <ProfileForm
          found={found}
          onCancel={() => setEditing(false)}
          onDone={() => {
            setEditing(false);
            changed();
          }}
        />
      )}
      {!editing && (
        <div className={month ? 'stack' : 'duty-columns'}>
          <div className="stack">
            <div className="row between no-print">
              <fieldset className="row filters" aria-label={t('kind')}>
                {KINDS.map((name) => (
                  <button
                    key={name}
                    type="button"
                    className="filter"
                    aria-pressed={kind === name}
                    onClick={() => change('kind', name === 'all' ? undefined : name)}
                  >
                    {t(`kind.${name}`)} <span className="hint">{countOf(name)}</span>
                  </button>
                ))}
              </fieldset>
              <fieldset className="row filters" aria-label={t('view')}>
                <button
                  type="button"
                  className="filter"
                  aria-pressed={!month}
                  onClick={() => change('month', undefined)}
                >
                  {t('list')}
                </button>
                <button
                  type="button"
                  className="filter"
                  aria-pressed={month !== undefined}
                  onClick={() => change('month', month ?? asOf.slice(0, 7))}
                >
                  {t('month')}
                </button>
              </fieldset>
            </div>
            {month ? (
              <DutyMonth
                month={month}
                list={shown}
                asOf={asOf}
                days={days}
                onMonth={(next) => change('month', next)}
                onDone={markDone}
              />
            ) : (
              <DutyLists list={shown} asOf={asOf} onDone={markDone} kind={kind} />
            )}
            {notes.length > 0 && (
              <details className="duty-notes">
                <summary>{t('notes')}</summary>
                <ul>
                  {notes.map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              </details>
            )}
            <p className="hint">{t('range', { from: found.from, to: found.to })}</p>
          </div>
          <FeedPanel found={found} onChanged={changed} />
        </div>
      )}
    </article>
  );
}

interface ListsProps {
  readonly list: readonly Duty[];
  readonly asOf: string;
  readonly kind: (typeof KINDS)[number];
  onDone(duty: Duty, date: string): Promise<void>;
}

/** Overdue first, then by day, then what has no day yet, what is done, and the standing duties apart. */
function DutyLists({ list, asOf, kind, onDone }: ListsProps) {
  const t = useText(words);
  const standing = list.filter((duty) => duty.kind === 'standing');
  const dated = list.filter((duty) => duty.kind !== 'standing');
  const groups = [
    ['sectionOverdue', dated.filter((duty) => duty.status === 'overdue'), true],
    ['sectionDated', dated.filter((duty) => duty.status === 'open' || duty.status === 'upcoming'), true],
    ['sectionUndated', dated.filter((duty) => duty.status === null && !duty.policy), true],
    ['sectionPolicies', dated.filter((duty) => duty.status === null && duty.policy), true],
    ['sectionDone', dated.filter((duty) => duty.status === 'satisfied'), false],
    ['sectionStanding', standing, kind === 'standing'],
  ] as const;
  if (list.length === 0) return <p className="empty">{kind === 'all' ? t('nothing') : t('nothingKind')}</p>;
  return (
    <>
      {groups.map(([name, members, open]) =>
        members.length === 0 ? null : (
          <details key={`${name}-${kind}`} className={`duty-group duty-group-${name}`} open={open}>
            <summary>
              <h2>{t(name)}</h2> <span className="hint">{members.length}</span>
            </summary>
            <ul className="plain-list clock-list">
              {members.map((duty) => (
                <DutyEntry key={keyOf(duty)} duty={duty} asOf={asOf} onDone={onDone} />
              ))}
            </ul>
          </details>
        ),
      )}
    </>
  );
}
