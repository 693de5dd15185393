import { Button, Popover } from 'antd';
import { weekday } from '../../../src/kernel/local-date.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { dayOf, holidayName, numberOf, type WorkDays, weekdayName } from '../clocks/work-days.ts';
import { DutyBody, DutyWord, keyOf } from './duty-entry.tsx';
import { duties as words } from './messages.ts';
import type { Duty } from './types.ts';

interface Props {
  /** `2027-03`. */
  readonly month: string;
  readonly list: readonly Duty[];
  readonly asOf: string;
  readonly days: WorkDays;
  onMonth(month: string): void;
  onDone(duty: Duty, date: string): Promise<void>;
}

export function nextMonth(month: string, by: 1 | -1): string {
  const [year = 0, m = 1] = month.split('-').map(Number);
  const at = year * 12 + m - 1 + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** First and last day of a month. */
export function monthSpan(month: string): { readonly from: string; readonly to: string } {
  return { from: `${month}-01`, to: dayOf(numberOf(`${nextMonth(month, 1)}-01`) - 1) };
}

/** A month with the duties on their last days; on a phone the days that have any. */
export function DutyMonth({ month, list, asOf, days, onMonth, onDone }: Props) {
  const t = useText(words);
  const pick = usePick();
  const { lang } = usePreferences();
  const { from, to } = monthSpan(month);
  const first = numberOf(from);
  const last = numberOf(to);
  const byDay = new Map<string, Duty[]>();
  for (const duty of list)
    if (duty.due && duty.kind !== 'standing') byDay.set(duty.due, [...(byDay.get(duty.due) ?? []), duty]);
  const cells: (number | null)[] = [
    ...Array.from({ length: weekday(first) }, () => null),
    ...Array.from({ length: last - first + 1 }, (_, index) => first + index),
  ];
  while (cells.length % 7 !== 0) cells.push(null);
  const weeks = Array.from({ length: cells.length / 7 }, (_, index) => cells.slice(index * 7, index * 7 + 7));
  return (
    <section className="stack" aria-label={t('month')}>
      <div className="row">
        <Button aria-label={t('before')} onClick={() => onMonth(nextMonth(month, -1))}>
          ‹
        </Button>
        <h2 className="duty-month-name">{month}</h2>
        <Button aria-label={t('after')} onClick={() => onMonth(nextMonth(month, 1))}>
          ›
        </Button>
        {month !== asOf.slice(0, 7) && (
          <Button type="text" onClick={() => onMonth(asOf.slice(0, 7))}>
            {t('thisMonth')}
          </Button>
        )}
      </div>
      <table className="duty-month">
        <caption className="visually-hidden">{month}</caption>
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, index) => weekdayName(numberOf('1990-01-01') + index, lang)).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find((day) => day !== null) ?? 0}>
              {week.map((day, column) => {
                // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has no other name
                if (day === null) return <td key={`none-${column}`} className="duty-no-day" />;
                const date = dayOf(day);
                const kind = days.kindOf(day);
                const here = byDay.get(date) ?? [];
                return (
                  <td
                    key={day}
                    className={`duty-day duty-day-${kind.kind}${date === asOf ? ' duty-day-now' : ''}${here.length === 0 ? ' duty-day-empty' : ''}`}
                  >
                    <span className="duty-day-no">
                      {Number(date.slice(8))}
                      {kind.kind === 'holiday' && <span className="hint"> {holidayName(kind.name, lang)}</span>}
                      {date === asOf && <span className="hint"> {t('today')}</span>}
                    </span>
                    {here.map((duty) => (
                      <Popover
                        key={keyOf(duty)}
                        trigger="click"
                        title={
                          <span className="row">
                            {pick(duty.title)} <DutyWord duty={duty} />
                          </span>
                        }
                        content={
                          <div className="duty-card">
                            <DutyBody duty={duty} asOf={asOf} onDone={onDone} />
                          </div>
                        }
                      >
                        <button
                          type="button"
                          aria-haspopup="dialog"
                          className={`duty-mark duty-mark-${duty.status ?? 'unknown'}`}
                          title={`${pick(duty.title)} · ${duty.status ? t(`status.${duty.status}`) : ''}`}
                        >
                          {duty.status === 'satisfied' && '✓ '}
                          {duty.status === 'overdue' && '! '}
                          {pick(duty.title)}
                        </button>
                      </Popover>
                    ))}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {byDay.size === 0 && <p className="quiet">{t('nothing')}</p>}
    </section>
  );
}
