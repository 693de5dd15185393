import { z } from 'zod';
import { AppError } from '../kernel/app-error.ts';
import { type LocalDate, parseLocalDate } from '../kernel/local-date.ts';
import type { WorkCalendar } from './work-calendar.ts';

const day = z
  .string()
  .refine((text) => parseLocalDate(text) !== undefined, 'not a day YYYY-MM-DD that exists')
  .transform((text) => text as LocalDate);

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
  if (bad('from')) return bad('from') as string;
  if (asked.add !== undefined) return `add: ${JSON.stringify(asked.add)} is not a whole number of working days`;
  if (asked.to !== undefined) return bad('to') ?? 'not a question';
  return 'give "add" (working days) or "to" (a day)';
}
