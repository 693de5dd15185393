import { AppError } from '../../kernel/app-error.ts';
import { type LocalDate, parseLocalDate } from '../../kernel/local-date.ts';

/** The two times as a caller gives them; both may be left out. */
export interface ReadAtRequest {
  /** Legal day, `YYYY-MM-DD`; default today in Asia/Shanghai. */
  readonly asOf?: string | undefined;
  /** Known instant (ISO with zone) or day (its last instant in Asia/Shanghai); default now. */
  readonly knownAt?: string | undefined;
}

/** The two times of one read, resolved once per request so that all its statements see the same register. */
export interface ReadAt {
  readonly asOf: LocalDate;
  /** ISO instant in UTC with six fractional digits. */
  readonly knownAt: string;
  /** Imports that were published and not revoked at `knownAt`. */
  readonly visible: readonly number[];
  /** True when today's register is asked for: the kept tallies then are exact. */
  readonly present: boolean;
  /** True when some full release ever missed a record; else no read need look for absences. */
  readonly absences: boolean;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Reads `asOf`. Throws `read.bad-date` when it is no calendar day. */
export function readAsOf(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new AppError('read.bad-date', `asOf 不是有效日期：${text}（应为 YYYY-MM-DD）`, { asOf: text });
  return date;
}

/**
 * Reads `knownAt` into a text PostgreSQL takes as timestamptz. A day means all that was known when it ended in
 * Asia/Shanghai. Throws `read.bad-instant`.
 */
export function readKnownAt(text: string): string {
  if (parseLocalDate(text)) return `${text}T23:59:59.999999+08:00`;
  // a "+" of a zone arrives as a blank when it was not percent-encoded in a query string
  const repaired = text.replace(/ (\d{2}:?\d{2})$/, '+$1');
  if (INSTANT.test(repaired) && !Number.isNaN(Date.parse(repaired))) return repaired;
  throw new AppError('read.bad-instant', `knownAt 不是有效时间：${text}（应为 YYYY-MM-DD 或带时区的 ISO 时间）`, {
    knownAt: text,
  });
}
