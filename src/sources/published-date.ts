import { type LocalDate, parseLocalDate } from '../kernel/local-date.ts';

const SHAPE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;
/** No register of devices reaches behind this year; an older date is a filler such as 0001-01-01. */
const FIRST_YEAR = '1900';

/**
 * Day of a published date or time (`YYYY-MM-DD`, with or without time, fraction and zone).
 * The day is the one written, no zone is applied. Undefined when the text is no such date or the day does not exist.
 */
export function readDay(text: string): LocalDate | undefined {
  const m = SHAPE.exec(text);
  const day = m?.[1] === undefined ? undefined : parseLocalDate(m[1]);
  return day === undefined || day < FIRST_YEAR ? undefined : day;
}

/**
 * Published time as `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`; fractions of a second and a zone are left out.
 * Undefined when the day or the time of day does not exist.
 */
export function readMoment(text: string): string | undefined {
  const day = readDay(text);
  const m = SHAPE.exec(text);
  if (day === undefined || !m) return undefined;
  const [hour, minute, second] = [m[2], m[3], m[4] ?? '00'];
  if (hour === undefined || minute === undefined) return day;
  if (hour > '23' || minute > '59' || second > '59') return undefined;
  return `${day}T${hour}:${minute}:${second}`;
}
