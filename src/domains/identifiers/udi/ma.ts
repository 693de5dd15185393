import { maCharacterNumber, maCheckDigit } from './check-digits.ts';
import { yymmddText, yyyymmddText } from './dates.ts';
import { refuse, setOnce, warn } from './draft.ts';
import type { UdiResult } from './types.ts';

/** Names of the parts of the DI, as element ids. */
const DI_PARTS = ['MA', 'country', 'industry', 'registrant', 'product'] as const;

/** What the letter of a unit stands for; `P` is the production date of codes before about 2020. */
const TEXT_UNITS: Readonly<Record<string, 'serial' | 'lot' | 'sterilizationLot'>> = {
  S: 'serial',
  L: 'lot',
  D: 'sterilizationLot',
};
const DATE_UNITS: Readonly<Record<string, 'manufactured' | 'expiry' | 'useBy'>> = {
  M: 'manufactured',
  P: 'manufactured',
  E: 'expiry',
  V: 'useBy',
};

interface Part {
  readonly text: string;
  readonly at: number;
}

/**
 * Reads an MA (IDcode) code: `MA.country.industry.registrant.product` and units of one letter and a value, separated by
 * points. Check characters are tested for information only.
 */
export function readMa(result: UdiResult, s: string, start: number, refYear: number): void {
  if (!s.startsWith('MA.', start)) refuse(result, 'ma.head', start);
  for (let i = start; i < s.length; i++) {
    if (maCharacterNumber(s.charAt(i)) >= 0) continue;
    refuse(result, 'ma.charset', i);
    break;
  }
  const parts: Part[] = [];
  for (let from = start; from <= s.length; ) {
    let to = s.indexOf('.', from);
    if (to < 0) to = s.length;
    parts.push({ text: s.slice(from, to), at: from });
    from = to + 1;
  }
  readDi(result, s, start, parts.slice(0, 5));
  const units = parts.slice(5);
  units.forEach((unit, i) => {
    readUnit(result, s, unit, i === units.length - 1, units[0] as Part, refYear);
  });
  result.expiry ??= result.useBy;
}

function readDi(result: UdiResult, s: string, start: number, parts: readonly Part[]): void {
  const shapes = [/^MA$/i, /^\d{3}$/, /^[A-Z\d]{2}$/, /^\d{6}$/, /^[^.]{8,}$/];
  shapes.forEach((shape, i) => {
    const part = parts[i];
    if (part === undefined) {
      refuse(result, 'ma.structure', s.length, DI_PARTS[i]);
      return;
    }
    result.elements.push([DI_PARTS[i] as string, part.text]);
    if (!shape.test(part.text)) refuse(result, 'ma.structure', part.at, DI_PARTS[i]);
  });
  const industry = parts[2];
  if (industry && industry.text !== 'M0') warn(result, 'ma.industry', industry.at);
  const product = parts[4];
  if (!product?.text) return;
  const end = product.at + product.text.length;
  result.di = s.slice(start, end);
  result.diKey = result.di;
  result.diCheckOk = maCheckDigit(s.slice(start, end - 1)) === Number(s.charAt(end - 1));
  if (!result.diCheckOk) warn(result, 'ma.check', end - 1);
}

function readUnit(result: UdiResult, s: string, unit: Part, last: boolean, first: Part, refYear: number): void {
  const letter = unit.text.charAt(0);
  const value = unit.text.slice(1);
  const at = unit.at + 1;
  if (unit.text) result.elements.push([letter, value]);
  const known = letter === 'C' || Object.hasOwn(TEXT_UNITS, letter) || Object.hasOwn(DATE_UNITS, letter);
  if (unit.text && !known) refuse(result, 'ma.unknown-unit', unit.at, letter);
  else if (!value) refuse(result, 'ma.empty-unit', unit.at, letter);
  else if (letter === 'C') readCheck(result, s, value, unit, last, first);
  else {
    const textField = TEXT_UNITS[letter];
    const dateField = DATE_UNITS[letter];
    if (textField) setOnce(result, textField, value, at);
    else if (dateField) {
      const text =
        value.length === 6 ? yymmddText(value, 0, refYear) : value.length === 8 ? yyyymmddText(value, 0) : null;
      if (text === null) refuse(result, 'ma.date', at, letter);
      else setOnce(result, dateField, text, at);
    }
  }
}

/** The check unit covers everything from the point before the first unit to the point before itself. */
function readCheck(result: UdiResult, s: string, value: string, unit: Part, last: boolean, first: Part): void {
  if (!last) refuse(result, 'ma.check-last', unit.at);
  result.check = value;
  result.piCheckOk = String(maCheckDigit(s.slice(first.at - 1, unit.at - 1))) === value;
  if (!result.piCheckOk) warn(result, 'ma.check', unit.at + 1);
}
