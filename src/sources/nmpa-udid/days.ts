const MONTH_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const d = (bytes[i] as number) - 48;
    if (d < 0 || d > 9) return -1;
    value = value * 10 + d;
  }
  return value;
}

/** Reads `YYYY-MM-DD` as the number YYYYMMDD; -1 when the shape is wrong or the day does not exist. */
export function readDay(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 10 || bytes[start + 4] !== 45 || bytes[start + 7] !== 45) return -1;
  const year = digits(bytes, start, 4);
  const month = digits(bytes, start + 5, 2);
  const day = digits(bytes, start + 8, 2);
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return -1;
  const leap = month === 2 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0) ? 1 : 0;
  return day <= (MONTH_DAYS[month] as number) + leap ? year * 10_000 + month * 100 + day : -1;
}

/** Reads a day with or without ` HH:MM:SS` behind it (blank or T between); the day as YYYYMMDD or -1. */
export function readMoment(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 10) return readDay(bytes, start, end);
  if (end - start < 19 || (bytes[start + 10] !== 32 && bytes[start + 10] !== 84)) return -1;
  const hour = digits(bytes, start + 11, 2);
  const minute = digits(bytes, start + 14, 2);
  const second = digits(bytes, start + 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
  if (bytes[start + 13] !== 58 || bytes[start + 16] !== 58) return -1;
  // behind the seconds only a fraction may stand
  if (end - start > 19) {
    if (bytes[start + 19] !== 46) return -1;
    for (let i = start + 20; i < end; i++) if (digits(bytes, i, 1) < 0) return -1;
  }
  return readDay(bytes, start, start + 10);
}

/** `YYYY-MM-DD` as the number YYYYMMDD. */
export function dayNumber(day: string): number {
  return Number(day.slice(0, 4)) * 10_000 + Number(day.slice(5, 7)) * 100 + Number(day.slice(8, 10));
}
