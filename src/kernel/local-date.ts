declare const brand: unique symbol;

/** A calendar day `YYYY-MM-DD` that exists. Made only by the functions of this file. */
export type LocalDate = string & { readonly [brand]: 'LocalDate' };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days in a month, 1-based month; 0 when the month does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeapYear(year)) return 29;
  return MONTH_DAYS[month - 1] ?? 0;
}

/** Reads `YYYY-MM-DD`; undefined when the shape is wrong or the day does not exist. */
export function parseLocalDate(text: string): LocalDate | undefined {
  const m = SHAPE.exec(text);
  if (!m) return undefined;
  const day = Number(m[3]);
  return day >= 1 && day <= daysInMonth(Number(m[1]), Number(m[2])) ? (text as LocalDate) : undefined;
}

const SHANGHAI = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day on which an instant falls in Asia/Shanghai, the legal time of every rule and register here. */
export function shanghaiDay(instant: Date): LocalDate {
  return SHANGHAI.format(instant) as LocalDate;
}

/** Adds days (may be negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  const t = new Date(`${date}T00:00:00Z`);
  t.setUTCDate(t.getUTCDate() + days);
  return t.toISOString().slice(0, 10) as LocalDate;
}

const DAY_MS = 86_400_000;

/** Days since 1970-01-01: dates as numbers for loops over many of them. */
export function dayNumber(date: LocalDate): number {
  return Math.round(
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS,
  );
}

/** The day with a number of `dayNumber`. */
export function fromDayNumber(day: number): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10) as LocalDate;
}

/** 0 Monday … 6 Sunday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * The same day number some months on (or back, when negative); where the month has no such day, its last day
 * (民法典第二百零二条).
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const year = Number(date.slice(0, 4));
  const index = year * 12 + Number(date.slice(5, 7)) - 1 + months;
  const toYear = Math.floor(index / 12);
  const toMonth = (index % 12) + 1;
  const day = Math.min(Number(date.slice(8, 10)), daysInMonth(toYear, toMonth));
  return `${String(toYear).padStart(4, '0')}-${String(toMonth).padStart(2, '0')}-${String(day).padStart(2, '0')}` as LocalDate;
}
