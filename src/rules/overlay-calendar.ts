import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { AppError } from '../kernel/app-error.ts';
import { addDays, type LocalDate, parseLocalDate } from '../kernel/local-date.ts';
import { checkYear } from './load.ts';
import { type CalendarYear, calendarShape } from './shapes.ts';

const text = z.string().trim().min(1).max(500);

/** A year's calendar as an operator enters it: days or ranges `2027-01-01..2027-01-03`. */
export const newCalendarShape = z.strictObject({
  year: z.number().int().min(1990).max(2119),
  off: z.record(z.string().trim().min(1).max(40), z.array(z.string().max(30)).min(1).max(60)),
  makeUp: z.array(z.string().max(30)).max(60),
  notice: z.strictObject({
    title: text,
    url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullish(),
  }),
  by: text,
  why: text,
  /** Needed to stand over a year that the rulebook itself holds. */
  replace: z.boolean().optional(),
});
export type NewCalendar = z.infer<typeof newCalendarShape>;

/** Reads a day, or a range of days with both ends. */
function daysOf(written: string): LocalDate[] {
  const [first = '', last = first] = written.split('..').map((part) => part.trim());
  const from = parseLocalDate(first);
  const to = parseLocalDate(last);
  if (!from || !to || to < from)
    throw new AppError('calendar.bad-day', `${written}: write a day YYYY-MM-DD or a range YYYY-MM-DD..YYYY-MM-DD`);
  const out: LocalDate[] = [];
  for (let day = from; day <= to && out.length <= 60; day = addDays(day, 1)) out.push(day);
  if (out.length > 60) throw new AppError('calendar.bad-day', `${written}: more than 60 days`);
  return out;
}

/**
 * Writes a year's calendar into an overlay folder (atomically; the year before it is replaced). It holds for everything
 * computed from then on and is marked as the operator's own.
 * `known`: the calendars there are; a year the rulebook holds is not replaced unless that is said.
 * @throws AppError `calendar.bad-day`, `calendar.bad-year`, `calendar.exists`
 */
export function writeCalendar(
  folder: string,
  input: NewCalendar,
  recorded: LocalDate,
  known: readonly CalendarYear[] = [],
): string {
  const published = known.find((year) => year.year === input.year && !year.overlay);
  if (published && !input.replace)
    throw new AppError(
      'calendar.exists',
      `${input.year} is on record (${published.notice.zh}); say replace to stand your own entry over it`,
      { year: input.year },
    );
  const off: Record<string, LocalDate[]> = {};
  for (const [name, days] of Object.entries(input.off)) off[name] = days.flatMap(daysOf);
  const year = {
    year: input.year,
    firmness: input.notice.url ? 'primary-text' : 'unverified',
    notice: { zh: input.notice.title, en: input.notice.title, url: input.notice.url ?? null },
    published: null,
    recorded,
    off,
    makeUp: input.makeUp.flatMap(daysOf),
    facts: [],
    by: input.by,
    why: input.why,
  };
  try {
    checkYear(calendarShape.parse(year), `calendars/cn/${input.year}.yaml`);
  } catch (error) {
    throw new AppError('calendar.bad-year', (error as Error).message, { year: input.year });
  }
  const target = join(folder, 'calendars', 'cn');
  mkdirSync(target, { recursive: true });
  const file = join(target, `${input.year}.yaml`);
  writeFileSync(`${file}.new`, stringify(year));
  renameSync(`${file}.new`, file);
  return file;
}
