import { CAPITAL_OR_DIGIT, CSET64, DIGIT, firstOutside } from './charsets.ts';
import { gs1CheckHolds, gs1CheckPair } from './check-digits.ts';
import { isCountryLetters, isCountryNumber, isCurrencyNumber, isPackageType } from './code-lists.ts';
import { couponFault, offerFault } from './coupon.ts';
import { daysInMonth, digits, fullYear } from './dates.ts';

/**
 * A test of a part of a value, by its name in the GS1 syntax dictionary.
 * `find` returns the index of the fault in `s`, or -1 when the part from `start` to `end` passes.
 */
export interface Linter {
  readonly problem: 'gs1.check-digit' | 'gs1.date' | 'gs1.value';
  readonly find: (s: string, start: number, end: number, refYear: number) => number;
}

const value = (find: Linter['find']): Linter => ({ problem: 'gs1.value', find });
const date = (find: Linter['find']): Linter => ({ problem: 'gs1.date', find });
const check = (find: Linter['find']): Linter => ({ problem: 'gs1.check-digit', find });

/** A part that has to be one of some strings. */
const oneOf = (test: (part: string) => boolean) => value((s, start, end) => (test(s.slice(start, end)) ? -1 : start));

const within = (low: number, high: number) => (s: string, start: number, end: number) => {
  const number = digits(s, start, end);
  return number >= low && number <= high ? -1 : start;
};

/** The shortest GS1 company prefix has four digits. */
function companyPrefixFault(s: string, start: number, end: number): number {
  return end - start < 4 ? start : firstOutside(s, start, start + 4, DIGIT);
}

function yearMonthDayFault(s: string, end: number, year: number, day0: boolean): number {
  const month = digits(s, end - 4, end - 2);
  if (month < 1 || month > 12) return end - 4;
  const day = digits(s, end - 2, end);
  return day >= (day0 ? 0 : 1) && day <= daysInMonth(year, month) ? -1 : end - 2;
}

const yymmdd = (day0: boolean) =>
  date((s, start, end, refYear) => {
    if (end - start !== 6) return start;
    const yy = digits(s, start, start + 2);
    return yy < 0 ? start : yearMonthDayFault(s, end, fullYear(yy, refYear), day0);
  });

function hoursMinutesFault(s: string, start: number, end: number): number {
  const hours = within(0, 23)(s, start, start + 2);
  return hours >= 0 ? hours : within(0, 59)(s, start + 2, end);
}

/** IBAN (ISO 13616): country, then modulo 97 over the code turned round by four characters. */
function ibanFault(s: string, start: number, end: number): number {
  if (end - start <= 10 || !isCountryLetters(s.slice(start, start + 2))) return start;
  const bad = firstOutside(s, start, end, CAPITAL_OR_DIGIT);
  if (bad >= 0) return bad;
  let rest = 0;
  for (let i = start + 4; i < end + 4; i++) {
    const code = s.charCodeAt(i < end ? i : i - (end - start));
    rest = (code < 58 ? rest * 10 + code - 48 : rest * 100 + code - 55) % 97;
  }
  return rest === 1 ? -1 : start + 2;
}

/** Percent signs must begin a two-digit hexadecimal escape. */
function percentFault(s: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    if (s.charCodeAt(i) !== 37) continue;
    if (i + 2 >= end || !/^[\dA-Fa-f]{2}$/.test(s.slice(i + 1, i + 3))) return i;
    i += 2;
  }
  return -1;
}

/** `position/end`, both without leading zeros and the first not above the second. */
function positionFault(s: string, start: number, end: number): number {
  const match = /^([1-9]\d*)\/([1-9]\d*)$/.exec(s.slice(start, end));
  return match && Number(match[1]) <= Number(match[2]) ? -1 : start;
}

function pieceFault(s: string, start: number, end: number): number {
  const middle = (start + end) / 2;
  const piece = digits(s, start, middle);
  const total = digits(s, middle, end);
  return piece >= 1 && total >= piece ? -1 : start;
}

function checkPairFault(s: string, start: number, end: number): number {
  const pair = end - start < 2 ? null : gs1CheckPair(s.slice(start, end - 2));
  return pair !== null && s.slice(end - 2, end) === pair ? -1 : Math.max(start, end - 2);
}

/** Every linter the dictionary names. Meaning: GS1 Barcode Syntax Tests, which belong to the dictionary. */
export const LINTERS: Readonly<Record<string, Linter>> = {
  couponcode: value(couponFault),
  couponposoffer: value(offerFault),
  csum: check((s, start, end) => (gs1CheckHolds(s, start, end) ? -1 : end - 1)),
  csumalpha: check(checkPairFault),
  gcppos1: value(companyPrefixFault),
  gcppos2: value((s, start, end) => companyPrefixFault(s, start + 1, end)),
  hasnondigit: value((s, start, end) => (firstOutside(s, start, end, DIGIT) >= 0 ? -1 : start)),
  hh: date(within(0, 23)),
  hhmi: date(hoursMinutesFault),
  hyphen: oneOf((part) => /^-+$/.test(part)),
  iban: check(ibanFault),
  importeridx: value((s, start, end) => (end - start === 1 ? firstOutside(s, start, end, CSET64) : start)),
  iso3166: oneOf(isCountryNumber),
  iso3166999: oneOf((part) => part === '999' || isCountryNumber(part)),
  iso3166alpha2: oneOf(isCountryLetters),
  iso4217: oneOf(isCurrencyNumber),
  iso5218: oneOf((part) => /^[0129]$/.test(part)),
  latitude: value(within(0, 1_800_000_000)),
  longitude: value(within(0, 3_600_000_000)),
  mediatype: oneOf((part) => /^(0[1-9]|10|[89]\d)$/.test(part)),
  mi: date(within(0, 59)),
  nonzero: oneOf((part) => /[^0]/.test(part)),
  nozeroprefix: value((s, start) => (s.charCodeAt(start) === 48 ? start : -1)),
  packagetype: oneOf(isPackageType),
  pcenc: value(percentFault),
  pieceoftotal: value(pieceFault),
  posinseqslash: value(positionFault),
  ss: date(within(0, 59)),
  winding: oneOf((part) => /^[019]$/.test(part)),
  yesno: oneOf((part) => /^[01]$/.test(part)),
  yymmd0: yymmdd(true),
  yymmdd: yymmdd(false),
  yyyymmdd: date((s, start, end) => yearMonthDayFault(s, end, digits(s, start, start + 4), false)),
  zero: oneOf((part) => /^0+$/.test(part)),
};
