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
  return fromDayNumber(dayNumber(date) + days);
}

/** Days since 1970-01-01: dates as numbers for loops over many of them. */
export function dayNumber(date: LocalDate): number {
  const year = Number(date.slice(0, 4));
  const month = (date.charCodeAt(5) - 48) * 10 + date.charCodeAt(6) - 48;
  const day = (date.charCodeAt(8) - 48) * 10 + date.charCodeAt(9) - 48;
  // years counted from March, so that the leap day is the last of its year
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** Days written once are kept: 1970 to 2106 fit. */
const WRITTEN: (LocalDate | undefined)[] = new Array(50_000);

/** The day with a number of `dayNumber`. */
export function fromDayNumber(day: number): LocalDate {
  const known = day >= 0 && day < WRITTEN.length ? WRITTEN[day] : undefined;
  if (known !== undefined) return known;
  const written = new Date(day * 86_400_000).toISOString().slice(0, 10) as LocalDate;
  if (day >= 0 && day < WRITTEN.length) WRITTEN[day] = written;
  return written;
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
