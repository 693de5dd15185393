const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const TWO = Array.from({ length: 100 }, (_, n) => (n < 10 ? `0${n}` : String(n)));

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of a month (1 to 12); 0 for any other month number. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (DAYS[month] ?? 0);
}

/**
 * Year of two digits seen from a reference year (GS1 General Specifications, determination of century):
 * 51 or more years ahead belongs to the century before, 50 or more back to the next one.
 */
export function fullYear(twoDigits: number, refYear: number): number {
  const century = refYear - (refYear % 100);
  const distance = twoDigits - (refYear % 100);
  if (distance >= 51) return century - 100 + twoDigits;
  if (distance <= -50) return century + 100 + twoDigits;
  return century + twoDigits;
}

/** Years and `-MM-DD` are put together from tables: dates are made a million times a second. */
const YEARS = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'));
const MONTH_DAYS = Array.from({ length: 13 * 32 }, (_, n) => `-${TWO[n >> 5]}-${TWO[n & 31]}`);

function yearText(year: number): string {
  return YEARS[year] as string;
}

/** `YYYY-MM-DD` of a date that exists, year 0 to 9999. */
export function dayText(year: number, month: number, day: number): string {
  return (YEARS[year] as string) + (MONTH_DAYS[(month << 5) | day] as string);
}

export function monthText(year: number, month: number): string {
  return `${yearText(year)}-${TWO[month]}`;
}

/** Day of the year (1 to 366) as a date, or null when the year has no such day. */
export function ordinalText(year: number, ordinal: number): string | null {
  if (ordinal < 1 || ordinal > (isLeapYear(year) ? 366 : 365)) return null;
  let rest = ordinal;
  let month = 1;
  while (rest > daysInMonth(year, month)) rest -= daysInMonth(year, month++);
  return dayText(year, month, rest);
}

/** Number made of the digits of `s` from `start` to `end`, or -1 when one of them is no digit. */
export function digits(s: string, start: number, end: number): number {
  let value = 0;
  if (end <= start) return -1;
  for (let i = start; i < end; i++) {
    const d = s.charCodeAt(i) - 48;
    if (!(d >= 0 && d <= 9)) return -1;
    value = value * 10 + d;
  }
  return value;
}

/** Date of the six digits YYMMDD at `start`, or null. Day 00 is refused. */
export function yymmddText(s: string, start: number, refYear: number): string | null {
  const yy = digits(s, start, start + 2);
  const month = digits(s, start + 2, start + 4);
  const day = digits(s, start + 4, start + 6);
  if (yy < 0 || month < 1 || day < 1) return null;
  const year = fullYear(yy, refYear);
  return day <= daysInMonth(year, month) ? dayText(year, month, day) : null;
}

/** Date of the eight digits YYYYMMDD at `start`, or null. */
export function yyyymmddText(s: string, start: number): string | null {
  const year = digits(s, start, start + 4);
  const month = digits(s, start + 4, start + 6);
  const day = digits(s, start + 6, start + 8);
  if (year < 1 || month < 1 || day < 1) return null;
  return day <= daysInMonth(year, month) ? dayText(year, month, day) : null;
}

/** Splits `YYYY-MM`, `YYYY-MM-DD`, `YYYY-MM-DDTHH` or `…THH:MM` into numbers, or null when it is none of them or impossible. */
export function readDateText(
  text: string,
): { year: number; month: number; day: number | null; hour: number | null; minute: number | null } | null {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2}))?)?)?$/.exec(text);
  if (!match) return null;
  const part = (n: number) => (match[n] === undefined ? null : Number(match[n]));
  const [year, month, day, hour, minute] = [Number(match[1]), Number(match[2]), part(3), part(4), part(5)];
  const last = daysInMonth(year, month);
  if (last === 0 || (day !== null && (day < 1 || day > last))) return null;
  if ((hour !== null && hour > 23) || (minute !== null && minute > 59)) return null;
  return { year, month, day, hour, minute };
}

let yearKnownUntil = 0;
let knownYear = 0;

/** The current year in China (UTC+8), asked from the clock at most once an hour. */
export function currentYear(): number {
  const now = Date.now();
  if (now >= yearKnownUntil || now < yearKnownUntil - 3_600_000) {
    knownYear = new Date(now + 28_800_000).getUTCFullYear();
    yearKnownUntil = (Math.floor(now / 3_600_000) + 1) * 3_600_000;
  }
  return knownYear;
}
