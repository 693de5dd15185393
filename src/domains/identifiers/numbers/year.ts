import { findNumberFormat } from './formats.ts';
import type { Notes } from './notes.ts';
import type { NumberKind, NumberOptions } from './types.ts';

/** Notes a year that is not four digits within the years of the format, or is later than the year of reference. */
export function noteYear(kind: NumberKind, year: string, at: number, notes: Notes, options: NumberOptions): void {
  const { refYear } = options;
  const [from, to] = findNumberFormat(kind)?.years ?? [0, 9999];
  if (!/^\d{4}$/.test(year) || Number(year) < from || Number(year) > to) notes.fail('year-range', at, { year });
  else if (refYear !== undefined && Number(year) > refYear) notes.add('year-future', 'error', at, { year, refYear });
}
