import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useApi } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { parts } from '../../components/messages.ts';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { formatInstant, todayInShanghai } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import '../../styles/calendars.css';
import '../../styles/codes.css';
import { useCalendars, useCatalogue } from '../clocks/use-clocks.ts';
import { type CalendarYear, numberOf, WorkDays } from '../clocks/work-days.ts';
import { calendars } from './messages.ts';
import { MonthGrid } from './month-grid.tsx';
import { type Entered, YearForm } from './year-form.tsx';

interface Reckoning {
  readonly id: string;
  readonly cause: string;
  readonly cases: number;
  readonly changed: number;
  readonly milliseconds: number;
  readonly at: string;
}

const offCount = (year: CalendarYear) => Object.values(year.off).reduce((sum, days) => sum + days.length, 0);

export default function CalendarPage() {
  const t = useText(calendars);
  const partText = useText(parts);
  const pick = usePick();
  const [search, setSearch] = useSearchParams();
  const [entering, setEntering] = useState<number | null>(null);
  const [entered, setEntered] = useState<Entered | null>(null);
  const list = useCalendars();
  const years = list.data?.items ?? [];
  const days = useMemo(() => new WorkDays(years), [years]);
  const thisYear = Number(todayInShanghai().slice(0, 4));
  const shown = Number(search.get('year') ?? thisYear);
  const found = years.find((one) => one.year === shown);
  const nextYear = thisYear + 1;
  const choices = [...new Set([nextYear, ...years.map((one) => one.year)])].sort((a, b) => b - a);
  usePageTitle(`${t('yearTitle', { year: String(shown) })} · ${t('title')}`);
  const change = (name: string, value: string | undefined) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (value) after.set(name, value);
      else after.delete(name);
      return after;
    });
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
        {entering === null && (
          <Button onClick={() => setEntering(found ? nextYear : shown)}>
            {years.some((one) => one.year === nextYear) ? t('enterOther') : t('enter', { year: String(nextYear) })}
          </Button>
        )}
      </header>
      {list.isPending && <PageSkeleton rows={8} />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {entered && (
        <section className="notice" role="status" data-testid="reckoned">
          <h2>{t('saved', { year: String(entered.year) })}</h2>
          <p>
            {t('reckoned', {
              cases: entered.reckoned.cases,
              changed: entered.reckoned.changed,
              ms: entered.reckoned.milliseconds,
            })}
          </p>
          {entered.reckoned.id && <Moved id={entered.reckoned.id} />}
        </section>
      )}
      {entering !== null && list.data && (
        <YearForm
          key={entering}
          year={entering}
          known={years}
          onCancel={() => setEntering(null)}
          onDone={(result) => {
            setEntered(result);
            setEntering(null);
            change('year', String(result.year));
          }}
        />
      )}
      {list.data && entering === null && (
        <div className="calendar-columns">
          <nav aria-label={t('years')}>
            <ul className="plain-list year-list">
              {choices.map((year) => {
                const known = years.find((one) => one.year === year);
                return (
                  <li key={year}>
                    <button
                      type="button"
                      aria-current={year === shown ? 'page' : undefined}
                      onClick={() => change('year', String(year))}
                    >
                      <b>{year}</b>
                      {known ? (
                        <span className="hint">{known.overlay ? t('own') : t('offDays', { n: offCount(known) })}</span>
                      ) : (
                        <span className="word word-grey">?</span>
                      )}
                    </button>
                  </li>
                );
              })}
            </ul>
          </nav>
          <section className="panel">
            <div className="panel-head">
              <h2>{t('yearTitle', { year: String(shown) })}</h2>
              {found && (
                <span className="row hint">
                  <span>
                    {t('workDays', { n: days.count(numberOf(`${shown}-01-01`) - 1, numberOf(`${shown}-12-31`)) })}
                  </span>
                  <span>{t('offDays', { n: offCount(found) })}</span>
                  <span>{t('makeUpDays', { n: found.makeUp.length })}</span>
                </span>
              )}
            </div>
            <div className="panel-body stack">
              {found ? (
                <p className="row">
                  {found.notice.url ? (
                    <a href={found.notice.url} target="_blank" rel="noreferrer noopener">
                      {pick(found.notice)}
                    </a>
                  ) : (
                    <span>{pick(found.notice)}</span>
                  )}
                  {found.overlay && <span className="word word-amber">{t('own')}</span>}
                  {found.firmness !== 'primary-text' && `firm.${found.firmness}` in parts && (
                    <span className="word word-grey">{partText(`firm.${found.firmness}` as 'firm.mirror')}</span>
                  )}
                  {found.overlay && found.by && (
                    <span className="hint">{t('enteredBy', { by: found.by, why: found.why ?? '' })}</span>
                  )}
                </p>
              ) : (
                <div className="notice notice-grey">
                  <h3>{t('unknownYear', { year: String(shown) })}</h3>
                  <p>{t('unknownDetail')}</p>
                  <Button type="primary" onClick={() => setEntering(shown)}>
                    {t('enter', { year: String(shown) })}
                  </Button>
                </div>
              )}
              <MonthGrid days={days} from={`${shown}-01`} to={`${shown}-12`} />
              <p className="row hint">
                <span className="day-key day-holiday">8</span> {t('legendHoliday')}
                <span className="day-key day-weekend">8</span> {t('legendWeekend')}
                <span className="day-key day-makeUp">
                  8<span className="day-on">{t('worked')}</span>
                </span>{' '}
                {t('legendMakeUp')}
              </p>
            </div>
          </section>
        </div>
      )}
      <Reckonings shown={search.get('run')} onShow={(id) => change('run', id)} />
    </div>
  );
}

function Reckonings({ shown, onShow }: { shown: string | null; onShow(id: string | undefined): void }) {
  const t = useText(calendars);
  const list = useApi<{ items: readonly Reckoning[] }>('/clocks/reckonings', {}, { timeless: true });
  const items = list.data?.items ?? [];
  const causeOf = (cause: string) => {
    const year = /^calendar (\d+)$/.exec(cause)?.[1];
    if (year) return t('cause.calendar', { year });
    return cause === 'day' ? t('cause.day') : cause === 'rules' ? t('cause.rules') : cause;
  };
  if (items.length === 0) return null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('reckonings')}</h2>
      </div>
      <div className="table-box reckonings">
        <table className="data-table clock-table">
          <caption className="visually-hidden">{t('reckonings')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('at')}</th>
              <th scope="col">{t('cause')}</th>
              <th scope="col" className="num">
                {t('cases')}
              </th>
              <th scope="col" className="num">
                {t('changed')}
              </th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {items.slice(0, 12).map((one) => (
              <tr key={one.id}>
                <td>{formatInstant(one.at)}</td>
                <td>{causeOf(one.cause)}</td>
                <td className="num">{one.cases}</td>
                <td className="num">{one.changed}</td>
                <td>
                  {one.changed > 0 && (
                    <button
                      type="button"
                      className="link"
                      aria-expanded={shown === one.id}
                      onClick={() => onShow(shown === one.id ? undefined : one.id)}
                    >
                      {t('showMoved')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown && (
        <div className="panel-body">
          <Moved id={shown} />
        </div>
      )}
    </section>
  );
}

interface Change {
  readonly case_id: string;
  readonly title: string;
  readonly limit_id: string;
  readonly due_before: string | null;
  readonly due_after: string | null;
}

/** The days one reckoning moved, case by case. */
function Moved({ id }: { id: string }) {
  const t = useText(calendars);
  const pick = usePick();
  const catalogue = useCatalogue();
  const moved = useApi<{ items: readonly Change[] }>(`/clocks/reckonings/${id}`, {}, { timeless: true });
  if (moved.error) return <Failure error={moved.error} onRetry={() => void moved.refetch()} />;
  if (!moved.data) return <PageSkeleton rows={3} />;
  if (moved.data.items.length === 0) return <p>{t('nothingMoved')}</p>;
  const limits = new Map(
    catalogue.data?.procedures.flatMap((procedure) => procedure.limits).map((limit) => [limit.id, limit.title]),
  );
  return (
    <div className="table-box">
      <table className="data-table clock-table">
        <caption className="visually-hidden">{t('moved')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('case')}</th>
            <th scope="col">{t('limit')}</th>
            <th scope="col">{t('before')}</th>
            <th scope="col">{t('after')}</th>
          </tr>
        </thead>
        <tbody className="wrap">
          {moved.data.items.map((one) => (
            <tr key={`${one.case_id}-${one.limit_id}`}>
              <td>
                <AppLink to={`/clocks/cases/${one.case_id}`}>{one.title}</AppLink>
              </td>
              <td>{pick(limits.get(one.limit_id) ?? one.limit_id)}</td>
              <td>
                <s>{one.due_before}</s>
              </td>
              <td>
                <b>{one.due_after}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
