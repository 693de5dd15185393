import { type LocalDate, parseLocalDate } from '../../kernel/local-date.ts';

const SHAPES = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})\.?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];
const TIME = /[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
/** Spreadsheet day numbers from 1954 to 2119; a certificate bears no other. */
const SERIAL = /^[2-7]\d{4}(\.\d+)?$/;

export interface ListDate {
  readonly day: LocalDate;
  /** True when the cell held the day number of a spreadsheet in place of a date. */
  readonly serial: boolean;
}

/**
 * Day in one of the typings met in lists: `2021-5-31`, `2021/05/31`, `2021.5.31`, `2021年5月31日`, `20210531`, each with
 * or without a time, full width digits, or the bare day number of a spreadsheet (1900 system).
 * Undefined when it is none of them or the day does not exist.
 */
export function readListDate(text: string): ListDate | undefined {
  const plain = text.normalize('NFKC').trim().replace(TIME, '').replace(/\s+/g, '');
  if (SERIAL.test(plain)) {
    // day 60 of that calendar is a 29 February 1900 that never was; certificates are later
    const day = new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(plain)) * 86_400_000);
    return { day: day.toISOString().slice(0, 10) as LocalDate, serial: true };
  }
  for (const shape of SHAPES) {
    const m = shape.exec(plain);
    if (!m) continue;
    const day = parseLocalDate(`${m[1]}-${m[2]?.padStart(2, '0')}-${m[3]?.padStart(2, '0')}`);
    return day === undefined ? undefined : { day, serial: false };
  }
  return undefined;
}
