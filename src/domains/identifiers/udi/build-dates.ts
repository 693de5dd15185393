import { daysInMonth, fullYear, type readDateText } from './dates.ts';

/** Parts of a date as `readDateText` gives them. */
export type DateParts = NonNullable<ReturnType<typeof readDateText>>;

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** Two-digit year, or null when a reader with this reference year would take it for another century. */
export function twoDigitYear(year: number, refYear: number): string | null {
  return fullYear(year % 100, refYear) === year ? two(year % 100) : null;
}

/**
 * YYMMDD of a date, or null when it cannot be written so.
 * @param day00 a month alone is written with day 00
 */
export function yymmdd(parts: DateParts, refYear: number, day00: boolean): string | null {
  const year = twoDigitYear(parts.year, refYear);
  if (year === null || (parts.day === null && !day00)) return null;
  return `${year}${two(parts.month)}${two(parts.day ?? 0)}`;
}

export function yyyymmdd(parts: DateParts): string | null {
  return parts.day === null ? null : `${String(parts.year).padStart(4, '0')}${two(parts.month)}${two(parts.day)}`;
}

/** MMYY of a month. */
export function mmyy(parts: DateParts, refYear: number): string | null {
  const year = twoDigitYear(parts.year, refYear);
  return year === null ? null : `${two(parts.month)}${year}`;
}

/** cYYJJJ of ISBT 128 (c = 0 for 20YY, 9 for 19YY). */
export function centuryOrdinal(parts: DateParts): string | null {
  const century = Math.floor(parts.year / 100);
  if (parts.day === null || (century !== 20 && century !== 19)) return null;
  let ordinal = parts.day;
  for (let month = 1; month < parts.month; month++) ordinal += daysInMonth(parts.year, month);
  return `${century === 20 ? 0 : 9}${two(parts.year % 100)}${String(ordinal).padStart(3, '0')}`;
}
