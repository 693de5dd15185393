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
