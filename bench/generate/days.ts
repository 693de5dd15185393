const FIRST = Date.UTC(2010, 0, 1);
const LAST = Date.UTC(2036, 11, 31);

const TEXTS: string[] = [];
for (let t = FIRST; t <= LAST; t += 86_400_000) TEXTS.push(new Date(t).toISOString().slice(0, 10));

/** Days are counted from 2010-01-01; the text of a day outside 2010 … 2036 is an error. */
export function dayText(day: number): string {
  const text = TEXTS[day];
  if (text === undefined) throw new RangeError(`day ${day} is outside 2010 … 2036`);
  return text;
}

const COMPACT = TEXTS.map((text) => text.replaceAll('-', ''));

/** The day as YYYYMMDD. */
export function compactDay(day: number): string {
  return COMPACT[day] as string;
}

export function dayNumber(text: string): number {
  const day = Math.round((Date.parse(`${text}T00:00:00Z`) - FIRST) / 86_400_000);
  if (dayText(day) !== text) throw new RangeError(`not a day: ${text}`);
  return day;
}

/** The device database took its first records in December 2019. */
export const FIRST_DAY = dayNumber('2019-12-10');
