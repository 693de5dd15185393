import { z } from 'zod';
import { AppError } from '../kernel/app-error.ts';
import { type LocalDate, parseLocalDate } from '../kernel/local-date.ts';
import { daySchema } from './shapes.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** The years that can be counted. */
const FIRST_DAY = '1990-01-01';
const LAST_DAY = '2119-12-31';

const day = daySchema.refine((text) => text >= FIRST_DAY && text <= LAST_DAY);

const shape = z.union([
  z.object({ from: day, add: z.number().int().min(-25_000).max(25_000) }),
  z.object({ from: day, to: day }),
]);

export interface WorkdayAnswer {
  readonly date?: LocalDate;
  readonly count?: number;
  /** The count reaches days whose State Council calendar is not known. */
  readonly provisional: boolean;
  readonly uncertainFrom: LocalDate | null;
  /** Version of the calendar (hash). */
  readonly calendar: string;
}

/**
 * Answers `{from, add}` (the working day that many after or before; the first day is not counted) or `{from, to}`
 * (working days in `(from, to]`; negative when `to` is the earlier day, then the days of `[to, from)`).
 * @throws AppError `workday.bad-question`
 */
export function answerWorkday(question: unknown, calendar: WorkCalendar): WorkdayAnswer {
  const both = question as { add?: unknown; to?: unknown } | null;
  if (both?.add !== undefined && both.to !== undefined)
    throw new AppError('workday.bad-question', 'give either "add" or "to", not both');
  const parsed = shape.safeParse(question);
  if (!parsed.success) throw new AppError('workday.bad-question', explain(question));
  const asked = parsed.data;
  try {
    if ('add' in asked) {
      const date = calendar.add(asked.from, asked.add);
      return { date, ...calendar.certainty(asked.from, date), calendar: calendar.version };
    }
    return {
      count: calendar.count(asked.from, asked.to),
      ...calendar.certainty(asked.from, asked.to),
      calendar: calendar.version,
    };
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('workday.bad-question', error.message);
    throw error;
  }
}

function explain(question: unknown): string {
  const asked = (question ?? {}) as Record<string, unknown>;
  const bad = (name: string) =>
    typeof asked[name] !== 'string' || parseLocalDate(asked[name]) === undefined
      ? `${name}: ${JSON.stringify(asked[name]) ?? 'absent'} is not a day YYYY-MM-DD that exists`
      : undefined;
  const far = (name: string) =>
    (asked[name] as string) < FIRST_DAY || (asked[name] as string) > LAST_DAY
      ? `${name}: ${JSON.stringify(asked[name])} lies outside ${FIRST_DAY} to ${LAST_DAY}, the years that can be counted`
      : undefined;
  if (bad('from')) return bad('from') as string;
  if (far('from')) return far('from') as string;
  if (asked.to !== undefined && !bad('to') && far('to')) return far('to') as string;
  if (asked.add !== undefined)
    return Number.isInteger(asked.add)
      ? `add: ${JSON.stringify(asked.add)} is more than 25,000 working days`
      : `add: ${JSON.stringify(asked.add)} is not a whole number of working days`;
  if (asked.to !== undefined) return bad('to') ?? 'not a question';
  return 'give "add" (working days) or "to" (a day)';
}
