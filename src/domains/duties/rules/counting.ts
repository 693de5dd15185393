import { addDays, addMonths, type LocalDate } from '../../../kernel/local-date.ts';
import type { UsedValue } from '../../../rules/rulebook.ts';
import type { Certainty, WorkCalendar } from '../../../rules/work-calendar.ts';
import { momentWords, provisionalWords } from './words.ts';

/** Where a count begins. */
export interface Start {
  readonly date: LocalDate;
  readonly time?: string | null | undefined;
  /** What happened, in words. */
  readonly words: string;
  /** Name of the event, for what is missing: `event:group-adverse-event`. */
  readonly name: string;
}

/** The day (or window, or instant) that a limit leads to. */
export interface Moment {
  readonly due: LocalDate | null;
  readonly dueAt?: string;
  readonly window?: { readonly from: LocalDate; readonly to: LocalDate };
  readonly warnFrom?: LocalDate;
  /** From when the duty can be done; null: at any time before. */
  readonly opens: LocalDate | null;
  readonly certainty: Certainty;
  readonly missing: readonly string[];
  readonly words: readonly string[];
}

const CERTAIN: Certainty = { provisional: false, uncertainFrom: null };

function undetermined(start: Start, missing: string, words: string): Moment {
  return { due: null, opens: start.date, certainty: CERTAIN, missing: [missing], words: [words] };
}

/**
 * Counts a limit from its start by its unit. The day of the event is not counted (民法典第二百零一条); calendar days of
 * safety reports never move over a holiday; hours end on an instant and need the time of the event; a window before an
 * expiry includes both its days; a day of a month that is not there becomes the month's last (第二百零二条).
 */
export function momentOf(used: UsedValue, start: Start, calendar: WorkCalendar): Moment {
  const { date } = start;
  const said = `${start.words}（${date}）`;
  const { value, unit } = used;
  if (unit === 'workday-before-expiry' && Array.isArray(value)) {
    const from = calendar.add(date, -Number(value[0]));
    const to = calendar.add(date, -Number(value[1]));
    const certainty = calendar.certainty(date, from);
    const words = [
      `${said}，当日不计，向前数工作日`,
      `可申请期间 ${from} 至 ${to}，首尾两日均在内`,
      ...unsure(certainty),
    ];
    return { due: to, window: { from, to }, opens: from, certainty, missing: [], words };
  }
  const moment = momentWords(unit);
  if (moment !== undefined) {
    const before = unit.startsWith('before-') || unit === 'at-renewal' || unit === 'certificate-date';
    return { due: date, opens: before ? null : date, certainty: CERTAIN, missing: [], words: [said, moment] };
  }
  if (unit === 'per-plan')
    return undetermined(start, 'recall-plan.dates', `${said}：按召回计划所定的时间，计划未记录，不作推算`);
  if (typeof value !== 'number') return undetermined(start, used.name, `${said}：条文没有可计算的数字`);
  switch (unit) {
    case 'workday': {
      const due = calendar.add(date, value);
      const certainty = calendar.certainty(date, due);
      const words = [`${said}，当日不计`, `届满日 ${due}（工作日）`, ...unsure(certainty)];
      return { due, opens: date, certainty, missing: [], words };
    }
    case 'workday-before-event': {
      const due = calendar.add(date, -value);
      const certainty = calendar.certainty(date, due);
      const words = [`${said}，当日不计，向前数工作日`, `最迟 ${due}`, ...unsure(certainty)];
      return { due, opens: null, certainty, missing: [], words };
    }
    case 'day': {
      const due = addDays(date, value);
      const words = [`${said}，当日不计`, `届满日 ${due}（自然日，不因节假日顺延）`];
      return { due, opens: date, certainty: CERTAIN, missing: [], words };
    }
    case 'hour': {
      if (!start.time)
        return undetermined(start, `${start.name}.time`, `${said}：没有事件的时刻，${value}小时无从起算`);
      const dueAt = addHours(date, start.time, value);
      const due = dueAt.slice(0, 10) as LocalDate;
      const words = [`${said}${start.time}起算`, `届满 ${dueAt}（北京时间，不因节假日顺延）`];
      return { due, dueAt, opens: date, certainty: CERTAIN, missing: [], words };
    }
    case 'month-before-expiry': {
      const due = addMonths(date, -value);
      const warnFrom = addMonths(due, -1);
      const words = [
        `${said}向前数${value}个月；该月无对应日的，以该月最后一日为准`,
        `最迟 ${due}（当日为最后稳妥日），建议自 ${warnFrom} 起办理`,
      ];
      return { due, warnFrom, opens: warnFrom, certainty: CERTAIN, missing: [], words };
    }
    default:
      return undetermined(start, used.name, `${said}：单位${unit}无从计算`);
  }
}

function unsure(certainty: Certainty): string[] {
  return certainty.uncertainFrom ? [provisionalWords(certainty.uncertainFrom)] : [];
}

/** Instant that many hours after a time of day in Asia/Shanghai, which has no summer time under these rules. */
function addHours(date: LocalDate, time: string, hours: number): string {
  const full = time.length === 5 ? `${time}:00` : time;
  const at = new Date(`${date}T${full}Z`);
  at.setUTCHours(at.getUTCHours() + hours);
  return `${at.toISOString().slice(0, 19)}+08:00`;
}
