import { AI_BY_NUMBER, type AiEntry } from './ai-table.ts';
import { DIGIT, firstOutside } from './charsets.ts';
import { gs1CheckHolds } from './check-digits.ts';
import { digits } from './dates.ts';
import { refuse, warn } from './draft.ts';
import { looksLikeUri, readDigitalLink } from './gs1-digital-link.ts';
import { readElementString, readElements } from './gs1-element-string.ts';
import { addElement, beginMessage, endMessage, yymmd0Text } from './gs1-message.ts';
import { LINTERS, type Linter } from './linters.ts';
import type { UdiOptions, UdiResult } from './types.ts';

const GTIN = AI_BY_NUMBER[1] as AiEntry;

/** Symbology identifiers after which an element string follows, and those of plain data that may hold a Digital Link. */
const ELEMENT_SYMBOLOGIES = [']C1', ']d2', ']Q3', ']J1', ']e0'];
const PLAIN_SYMBOLOGIES = [']d1', ']Q1', ']J0'];

/** Reads a bare GTIN of 8, 12, 13 or 14 digits; DI and key have 14. Blanks around it are left aside. */
export function readGtin(result: UdiResult, s: string, from: number): void {
  const trimmed = s.slice(from).trim();
  const start = trimmed ? s.indexOf(trimmed, from) : from;
  if (trimmed.length !== s.length - from) warn(result, 'input.blanks', from);
  beginMessage();
  const { length } = trimmed;
  const bad = firstOutside(trimmed, 0, length, DIGIT);
  if (bad >= 0) refuse(result, 'gs1.charset', start + bad);
  else if (length !== 8 && length !== 12 && length !== 13 && length !== 14) refuse(result, 'gs1.gtin-length', start);
  else {
    if (!gs1CheckHolds(trimmed, 0, length)) refuse(result, 'gs1.check-digit', start + length - 1);
    addElement(result, GTIN, trimmed.padStart(14, '0'), start, 0, true);
    if (length < 14) result.gtinLength = length;
  }
  endMessage(result, false);
}

/**
 * Reads scanner output with its AIM symbology identifier (`]` and two characters) at `start`.
 * EAN/UPC (`]E0` 13 digits, `]E4` 8 digits) may be followed by `|]e0` and the element string of a composite component.
 */
export function readScan(result: UdiResult, s: string, start: number, refYear: number, options: UdiOptions): void {
  const symbology = s.slice(start, start + 3);
  const data = start + 3;
  const strict = options.strict === true;
  if (symbology.length < 3 || symbology.charAt(0) !== ']') {
    refuse(result, 'gs1.symbology', start);
    return;
  }
  result.symbology = symbology;
  if (ELEMENT_SYMBOLOGIES.includes(symbology)) readElementString(result, s, data, refYear, strict);
  else if (symbology === ']E0') readRetail(result, s, data, 13, refYear, strict);
  else if (symbology === ']E4') readRetail(result, s, data, 8, refYear, strict);
  else if (PLAIN_SYMBOLOGIES.includes(symbology) && looksLikeUri(s, data)) {
    readDigitalLink(result, s, data, refYear, options);
  } else
    refuse(result, PLAIN_SYMBOLOGIES.includes(symbology) ? 'input.unrecognised' : 'gs1.symbology', start, symbology);
}

function readRetail(
  result: UdiResult,
  s: string,
  start: number,
  length: number,
  refYear: number,
  strict: boolean,
): void {
  const end = start + length;
  const composite = s.startsWith('|]e0', end);
  if (s.length < end || (s.length > end && !composite)) {
    refuse(result, s.length < end ? 'gs1.too-short' : 'gs1.too-long', start);
    return;
  }
  const bad = firstOutside(s, start, end, DIGIT);
  if (bad >= 0) {
    refuse(result, 'gs1.charset', bad);
    return;
  }
  if (!gs1CheckHolds(s, start, end)) refuse(result, 'gs1.check-digit', end - 1);
  beginMessage();
  addElement(result, GTIN, s.slice(start, end).padStart(14, '0'), start, refYear, true);
  // The composite component is a message of its own, but it speaks of the same item.
  if (composite) readElements(result, s, end + 4, refYear);
  endMessage(result, strict);
}

/** A single date of six digits; `day0` allows day 00 for the last day of the month. */
export function readDateComponent(result: UdiResult, s: string, refYear: number, day0: boolean): void {
  const bad = firstOutside(s, 0, s.length, DIGIT);
  if (s.length !== 6) refuse(result, s.length < 6 ? 'gs1.too-short' : 'gs1.too-long', 0);
  else if (bad >= 0) refuse(result, 'gs1.charset', bad);
  else {
    const fault = (LINTERS[day0 ? 'yymmd0' : 'yymmdd'] as Linter).find(s, 0, 6, refYear);
    if (fault >= 0) refuse(result, 'gs1.date', fault);
    else {
      result.date = yymmd0Text(s, refYear);
      if (digits(s, 4, 6) === 0) result.dayNotGiven = ['date'];
    }
  }
}

/** Any number with a GS1 check digit as its last digit. */
export function readCheckedNumber(result: UdiResult, s: string): void {
  const bad = firstOutside(s, 0, s.length, DIGIT);
  if (s.length === 0) refuse(result, 'input.empty', 0);
  else if (bad >= 0) refuse(result, 'gs1.charset', bad);
  else if (!gs1CheckHolds(s, 0, s.length)) refuse(result, 'gs1.check-digit', s.length - 1);
}
