import { daysInMonth } from '../../../kernel/local-date.ts';

/** A date as it stands in the text. */
export interface FoundDate {
  readonly start: number;
  readonly end: number;
  /** YYYY-MM-DD, or null when the year is not written or only a month is. */
  readonly date: string | null;
  /** YYYY-MM when no day is written. */
  readonly month: string | null;
  readonly year: number | null;
  readonly monthDay: string | null;
}

const DATES =
  /((?:19|20)\d{2}|[一二][一二三四五六七八九〇○零OΟ]{3}) ?年 ?(\d{1,2}|[一二三四五六七八九十]{1,2}) ?月(?: ?(\d{1,2}|[一二三四五六七八九十]{1,3}) ?日)?|(?<!\d)((?:19|20)\d{2})([-/.])(\d{1,2})\5(\d{1,2})(?!\d|[-/.]\d)|(?<![\d年])(\d{1,2})月(\d{1,2})日/g;

const DIGITS = '〇一二三四五六七八九';

/** Reads 十二, 二十六, 〇九. */
export function chineseNumber(words: string): number {
  if (/^\d+$/.test(words)) return Number(words);
  const plain = words.replace(/[○零OΟ]/g, '〇').replace(/两/g, '二');
  const hundred = plain.split('百');
  if (hundred.length === 2) {
    const rest = (hundred[1] ?? '').replace(/^〇/, '');
    return (hundred[0] ? DIGITS.indexOf(hundred[0]) : 1) * 100 + (rest ? chineseNumber(rest) : 0);
  }
  const ten = plain.split('十');
  if (ten.length === 2) return (ten[0] ? DIGITS.indexOf(ten[0]) : 1) * 10 + (ten[1] ? DIGITS.indexOf(ten[1]) : 0);
  let value = 0;
  for (const sign of plain) value = value * 10 + DIGITS.indexOf(sign);
  return value;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** YYYY-MM-DD, or null when there is no such day. */
export function isoDay(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return `${year}-${two(month)}-${two(day)}`;
}

/** Every date of a text in order; impossible and masked ones are left out. */
export function scanDates(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  for (const match of text.matchAll(DATES)) {
    const start = match.index;
    const end = start + match[0].length;
    if (match[8] !== undefined) {
      const month = Number(match[8]);
      const day = Number(match[9]);
      // the leap day is allowed: the year is not known yet
      if (isoDay(2024, month, day) === null || text[start - 1] === '*') continue;
      found.push({ start, end, date: null, month: null, year: null, monthDay: `${two(month)}-${two(day)}` });
      continue;
    }
    const year = chineseNumber(match[1] ?? match[4] ?? '');
    const month = chineseNumber(match[2] ?? match[6] ?? '');
    const dayWords = match[3] ?? match[7];
    if (!(year >= 1949 && year <= 2100) || !(month >= 1 && month <= 12)) continue;
    if (dayWords === undefined) {
      found.push({ start, end, date: null, month: `${year}-${two(month)}`, year, monthDay: null });
      continue;
    }
    const date = isoDay(year, month, chineseNumber(dayWords));
    if (date) found.push({ start, end, date, month: date.slice(0, 7), year, monthDay: date.slice(5) });
  }
  return found;
}

/** The first full date of a short text, such as a table cell. */
export function dayIn(text: string): string | null {
  return scanDates(text).find((found) => found.date !== null)?.date ?? null;
}

/**
 * The year that dates without one belong to: the latest year in which full dates of the text stand, when they agree;
 * null when the text has no full date. Where years stand equally often, the one of the text around it is taken.
 */
export function yearOfText(dates: readonly FoundDate[], around: number | null = null): number | null {
  const counts = new Map<number, number>();
  for (const { year } of dates) if (year !== null) counts.set(year, (counts.get(year) ?? 0) + 1);
  let best: number | null = null;
  for (const [year, count] of counts) {
    const bestCount = best === null ? 0 : (counts.get(best) ?? 0);
    if (
      count > bestCount ||
      (count === bestCount && best !== null && best !== around && (year === around || year > best))
    )
      best = year;
  }
  return best;
}
