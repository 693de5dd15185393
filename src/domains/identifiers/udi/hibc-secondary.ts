import { daysInMonth, dayText, digits, fullYear, monthText, ordinalText, yyyymmddText } from './dates.ts';
import { refuse, setOnce } from './draft.ts';
import type { UdiResult } from './types.ts';

/** Longest lot and serial. */
const LONGEST = 18;

/**
 * Date flags of the `$$` forms: element id, number of digits, and how they are read. Flags 0 and 1 are no flags but the
 * first digit of a month.
 */
interface DateForm {
  readonly id: string;
  readonly length: number;
  readonly read: (s: string, at: number, refYear: number) => string | null;
}

const year = (s: string, at: number, refYear: number) => {
  const yy = digits(s, at, at + 2);
  return yy < 0 ? -1 : fullYear(yy, refYear);
};

const calendarDay = (s: string, yearAt: number, monthAt: number, dayAt: number, refYear: number) => {
  const y = year(s, yearAt, refYear);
  const month = digits(s, monthAt, monthAt + 2);
  const day = digits(s, dayAt, dayAt + 2);
  return y >= 0 && month >= 1 && day >= 1 && day <= daysInMonth(y, month) ? dayText(y, month, day) : null;
};

const hour = (s: string, at: number) => {
  const value = digits(s, at, at + 2);
  return value >= 0 && value <= 23 ? s.slice(at, at + 2) : null;
};

const yyjjj = (s: string, at: number, refYear: number) => {
  const y = year(s, at, refYear);
  return y < 0 ? null : ordinalText(y, digits(s, at + 2, at + 5));
};

const withHour = (day: string | null, hours: string | null) => (day && hours ? `${day}T${hours}` : null);

const MMYY: DateForm = {
  id: 'MMYY',
  length: 4,
  read: (s, at, refYear) => {
    const y = year(s, at + 2, refYear);
    const month = digits(s, at, at + 2);
    return y >= 0 && month >= 1 && month <= 12 ? monthText(y, month) : null;
  },
};

/** By flag 2 to 7. */
const FORMS: readonly DateForm[] = [
  { id: 'MMDDYY', length: 6, read: (s, at, ref) => calendarDay(s, at + 4, at, at + 2, ref) },
  { id: 'YYMMDD', length: 6, read: (s, at, ref) => calendarDay(s, at, at + 2, at + 4, ref) },
  {
    id: 'YYMMDDHH',
    length: 8,
    read: (s, at, ref) => withHour(calendarDay(s, at, at + 2, at + 4, ref), hour(s, at + 6)),
  },
  { id: 'YYJJJ', length: 5, read: yyjjj },
  { id: 'YYJJJHH', length: 7, read: (s, at, ref) => withHour(yyjjj(s, at, ref), hour(s, at + 5)) },
  { id: 'no-date', length: 0, read: () => null },
];

/** Element ids of dates by flag, for building. */
export const HIBC_DATE_FLAGS: Readonly<Record<string, string>> = {
  MMYY: '',
  MMDDYY: '2',
  YYMMDD: '3',
  YYMMDDHH: '4',
  YYJJJ: '5',
  YYJJJHH: '6',
  'no-date': '7',
};

/**
 * Reads secondary data of `s` from `start` to `end`: `YYJJJ` lot, `$` lot, `$+` serial, `$$` [quantity] date lot,
 * `$$+` date serial. Elements carry the literal prefix as id where there is one.
 */
export function readSecondary(result: UdiResult, s: string, start: number, end: number, refYear: number): void {
  if (start >= end) {
    refuse(result, 'hibc.structure', start);
    return;
  }
  if (s.charCodeAt(start) !== 36) {
    readOldDate(result, s, start, end, refYear);
    return;
  }
  const next = start + 1 < end ? s.charCodeAt(start + 1) : 0;
  if (next === 43) readText(result, 'serial', '$+', s, start + 2, end);
  else if (next !== 36) readText(result, 'lot', '$', s, start + 1, end);
  else if (start + 2 < end && s.charCodeAt(start + 2) === 43) {
    result.elements.push(['$$+', '']);
    readDateAnd(result, 'serial', s, start + 3, end, refYear);
  } else readQuantityDateLot(result, s, start + 2, end, refYear);
}

function readOldDate(result: UdiResult, s: string, start: number, end: number, refYear: number): void {
  if (digits(s, start, start + 5) < 0 || start + 5 > end) {
    refuse(result, 'hibc.structure', start);
    return;
  }
  addDate(result, 'expiry', yyjjj(s, start, refYear), 'YYJJJ', s, start, start + 5);
  readText(result, 'lot', 'LOT', s, start + 5, end);
}

function readQuantityDateLot(result: UdiResult, s: string, start: number, end: number, refYear: number): void {
  const flag = start < end ? s.charAt(start) : '';
  if (flag !== '8' && flag !== '9') {
    result.elements.push(['$$', '']);
    readDateAnd(result, 'lot', s, start, end, refYear);
    return;
  }
  const stop = start + (flag === '8' ? 3 : 6);
  const quantity = stop <= end ? digits(s, start + 1, stop) : -1;
  if (quantity < 0) {
    refuse(result, 'hibc.structure', start);
    return;
  }
  result.quantity ??= quantity;
  result.elements.push([`$$${flag}`, s.slice(start + 1, stop)]);
  if (stop < end) readDateAnd(result, 'lot', s, stop, end, refYear);
}

function readDateAnd(
  result: UdiResult,
  field: 'lot' | 'serial',
  s: string,
  start: number,
  end: number,
  refYear: number,
): void {
  const flag = start < end ? s.charCodeAt(start) - 48 : -1;
  if (!(flag >= 0 && flag <= 7)) {
    refuse(result, 'hibc.structure', start);
    return;
  }
  const form = flag < 2 ? MMYY : (FORMS[flag - 2] as DateForm);
  const from = flag < 2 ? start : start + 1;
  const stop = from + form.length;
  if (stop > end) {
    refuse(result, 'hibc.structure', from);
    return;
  }
  if (form.length === 0) result.elements.push(['no-date', '']);
  else addDate(result, 'expiry', form.read(s, from, refYear), form.id, s, from, stop);
  readText(result, field, field === 'lot' ? 'LOT' : 'SN', s, stop, end);
}

function addDate(
  result: UdiResult,
  field: 'expiry' | 'manufactured',
  text: string | null,
  id: string,
  s: string,
  from: number,
  to: number,
): void {
  result.elements.push([id, s.slice(from, to)]);
  if (text === null) refuse(result, digits(s, from, to) < 0 ? 'hibc.structure' : 'hibc.date', from);
  else setOnce(result, field, text, from);
}

/** Lot or serial; it may be empty after the flags that stand for one. `+` cannot be part of it. */
function readText(result: UdiResult, field: 'lot' | 'serial', id: string, s: string, from: number, to: number): void {
  const text = s.slice(from, to);
  if (to - from > LONGEST) refuse(result, 'hibc.length', from, field);
  const plus = text.indexOf('+');
  if (plus >= 0) refuse(result, 'hibc.charset', from + plus);
  if (text || id.startsWith('$')) result.elements.push([id, text]);
  if (text) setOnce(result, field, text, from);
}

/**
 * Reads a supplement between two `/`: `S` serial, `16D` production date, `14D` expiry, `Q` quantity; `$$+` date and serial
 * may stand here too. Anything else is no device data.
 */
export function readSupplement(result: UdiResult, s: string, from: number, to: number, refYear: number): void {
  const text = s.slice(from, to);
  if (text.startsWith('$$+')) readSecondary(result, s, from, to, refYear);
  else if (text.startsWith('S') && to - from > 1) readText(result, 'serial', '/S', s, from + 1, to);
  else if (text.startsWith('16D')) readLongDate(result, 'manufactured', '/16D', s, from + 3, to);
  else if (text.startsWith('14D')) readLongDate(result, 'expiry', '/14D', s, from + 3, to);
  else if (/^Q\d{1,5}$/.test(text)) {
    result.elements.push(['/Q', text.slice(1)]);
    result.quantity ??= Number(text.slice(1));
  } else refuse(result, 'hibc.structure', from, text.slice(0, 8));
}

function readLongDate(
  result: UdiResult,
  field: 'expiry' | 'manufactured',
  id: string,
  s: string,
  from: number,
  to: number,
): void {
  const text = to - from === 8 ? yyyymmddText(s, from) : null;
  result.elements.push([id, s.slice(from, to)]);
  if (text === null) {
    refuse(result, to - from === 8 && digits(s, from, to) >= 0 ? 'hibc.date' : 'hibc.structure', from);
  }
  // The full date of a supplement is more exact than the month or the hour-less form before it.
  else if (field === 'expiry' && result.expiry !== null && text.startsWith(result.expiry)) result.expiry = text;
  else setOnce(result, field, text, from);
}
