import { InputNumber } from 'antd';
import { useSearchParams } from 'react-router';
import { DayField } from '../../components/day-field.tsx';
import { Failure } from '../../components/failure.tsx';
import { todayInShanghai } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { MonthGrid } from '../calendars/month-grid.tsx';
import { clocks as words } from './messages.ts';
import type { WorkdayAnswer } from './types.ts';
import { useAsk } from './use-clocks.ts';
import { numberOf, type WorkDays } from './work-days.ts';

const MONTHS_SHOWN = 12;

/** Adding working days to a day, and counting those between two. */
export function WorkdaysTab({ days }: { days: WorkDays }) {
  const t = useText(words);
  const [search, setSearch] = useSearchParams();
  const counting = search.get('count') === 'between';
  const from = search.get('from') ?? todayInShanghai();
  const to = search.get('to') ?? '';
  const add = Number(search.get('add') ?? '20');
  const set = (changes: Readonly<Record<string, string | undefined>>) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace: true },
    );
  const ready = counting ? to !== '' : Number.isInteger(add);
  const asked = useAsk<WorkdayAnswer>('/workdays', counting ? { from, to } : { from, add }, ready);
  const answer = ready ? asked.data : undefined;
  const other = counting ? to : answer?.date;
  const [first, last] = other && other < from ? [other, from] : [from, other];
  return (
    <div className="desk clock-desk">
      <section className="clock-form" aria-label={t('tabDays')}>
        <fieldset className="row filters" aria-label={t('tabDays')}>
          <button type="button" className="filter" aria-pressed={!counting} onClick={() => set({ count: undefined })}>
            {t('daysAdd')}
          </button>
          <button type="button" className="filter" aria-pressed={counting} onClick={() => set({ count: 'between' })}>
            {t('daysCount')}
          </button>
        </fieldset>
        <div className="field">
          <label htmlFor="days-from">{t('daysFrom')}</label>
          <DayField id="days-from" value={from} onChange={(day) => set({ from: day })} />
        </div>
        {counting ? (
          <div className="field">
            <label htmlFor="days-to">{t('daysTo')}</label>
            <DayField id="days-to" value={to || undefined} onChange={(day) => set({ to: day })} />
          </div>
        ) : (
          <div className="field">
            <label htmlFor="days-add">{t('daysN')}</label>
            <InputNumber
              id="days-add"
              className="day-field"
              min={-25_000}
              max={25_000}
              precision={0}
              value={add}
              onChange={(value) => set({ add: value === null ? undefined : String(value) })}
            />
            <p className="hint">{t('daysNHint')}</p>
          </div>
        )}
      </section>
      <div className="desk-answer">
        {asked.error && <Failure error={asked.error} onRetry={() => void asked.refetch()} />}
        {answer && (
          <section className="panel" data-testid="days-answer">
            <div className="panel-head">
              <div className="clock-head">
                <span className="hint">
                  {counting
                    ? t('daysCounted', { from, to })
                    : add < 0
                      ? t('daysResultBack', { from, n: -add })
                      : t('daysResult', { from, n: add })}
                </span>
                <h2>{counting ? t('unit.workday', { n: answer.count ?? 0 }) : answer.date}</h2>
              </div>
              {answer.provisional && answer.uncertainFrom && (
                <span className="word word-grey" title={t('provisionalFrom', { date: answer.uncertainFrom })}>
                  {t('provisional')} · {answer.uncertainFrom}
                </span>
              )}
            </div>
            {last && (
              <div className="panel-body">
                <h3>{t('daysMonth')}</h3>
                <MonthGrid
                  days={days}
                  from={first.slice(0, 7)}
                  to={last.slice(0, 7)}
                  most={MONTHS_SHOWN}
                  marked={{ from: numberOf(first), to: numberOf(last) }}
                />
              </div>
            )}
          </section>
        )}
      </div>
    </div>
  );
}
