import { DIGIT, firstOutside } from './charsets.ts';
import { gs1CheckHolds } from './check-digits.ts';
import { currentYear } from './dates.ts';
import { LONGEST_CODE, newResult, refuse, warn } from './draft.ts';
import { readBracketed } from './gs1-bracketed.ts';
import { looksLikeUri, readDigitalLink } from './gs1-digital-link.ts';
import { readElementString } from './gs1-element-string.ts';
import { readCheckedNumber, readDateComponent, readGtin, readScan } from './gs1-other-forms.ts';
import { readHibc, readHibcDi } from './hibc.ts';
import { readIfaEnvelope, readPpn } from './ifa.ts';
import { readIsbt128 } from './isbt128.ts';
import { readMa } from './ma.ts';
import {
  AGENCY_OF_FORM,
  type ParseUdiSettings,
  type UdiAgency,
  type UdiElement,
  type UdiForm,
  type UdiOptions,
  type UdiResult,
} from './types.ts';

const NO_OPTIONS: UdiOptions = {};

/**
 * Reads a device code. Never throws: whatever the input is, the answer says what could be read and lists the problems.
 * @param input the code exactly as scanned, typed or stored
 * @param settings `form` to force a form (default: detection by the first characters), `refYear` for two-digit years (default:
 *   the current year in China), `options`
 */
export function parseUdi(input: string, settings?: ParseUdiSettings): UdiResult {
  const form = settings?.form ?? 'any';
  const options = settings?.options ?? NO_OPTIONS;
  const asked = settings?.refYear;
  const refYear = typeof asked === 'number' && asked >= 1000 && asked <= 9000 ? Math.floor(asked) : currentYear();
  if (typeof input !== 'string') return refused(null, null, 'input.type', 0);
  if (form !== 'element' && !Object.hasOwn(AGENCY_OF_FORM, form)) return refused(null, null, 'input.form', 0);
  if (input.length > LONGEST_CODE)
    return refused(AGENCY_OF_FORM[form], form === 'any' ? null : form, 'input.too-long', LONGEST_CODE);
  if (form === 'any') return detect(input, refYear, options);
  const result = newResult(AGENCY_OF_FORM[form], form);
  if (input.length === 0) refuse(result, 'input.empty', 0);
  else readAs(result, form, input, form === 'scan' ? 0 : afterSymbology(result, input), refYear, options);
  return result;
}

function refused(agency: UdiAgency | null, form: UdiForm | null, code: string, at: number): UdiResult {
  const result = newResult(agency, form);
  refuse(result, code, at);
  return result;
}

/** Skips an AIM symbology identifier (`]` and two characters) and notes it. */
function afterSymbology(result: UdiResult, s: string): number {
  if (s.charCodeAt(0) !== 93 || s.length < 3) return 0;
  result.symbology = s.slice(0, 3);
  return 3;
}

function readAs(
  result: UdiResult,
  form: UdiForm,
  s: string,
  start: number,
  refYear: number,
  options: UdiOptions,
): void {
  const strict = options.strict === true;
  switch (form) {
    case 'element':
      readElementString(result, s, start, refYear, strict);
      break;
    case 'scan':
      readScanOfAny(result, s, refYear, options);
      break;
    case 'bracketed':
      readBracketed(result, s, start, refYear, strict);
      break;
    case 'digital-link':
      readDigitalLink(result, s, start, refYear, options);
      break;
    case 'gtin':
      readGtin(result, s, start);
      break;
    case 'date-yymmd0':
      readDateComponent(result, s, refYear, true);
      break;
    case 'date-yymmdd':
      readDateComponent(result, s, refYear, false);
      break;
    case 'check-mod10':
      readCheckedNumber(result, s);
      break;
    case 'hibc':
    case 'hibc-secondary':
    case 'hibc-multi':
      readHibc(result, s, start, refYear, form);
      break;
    case 'hibc-di':
      readHibcDi(result, s, start);
      break;
    case 'isbt128':
      readIsbt128(result, s, start);
      break;
    case 'ppn':
      readIfaEnvelope(result, s, start, refYear);
      break;
    case 'ppn-code':
      readPpn(result, s, start);
      break;
    case 'ma':
      readMa(result, s, start, refYear);
      break;
    case 'ahm':
      readOpaque(result, s, start);
      break;
    default:
      refuse(result, 'input.form', 0);
  }
}

/** Scanner output: GS1 symbologies by their identifier; after any other one the data may be those of another agency. */
function readScanOfAny(result: UdiResult, s: string, refYear: number, options: UdiOptions): void {
  const form = s.charCodeAt(0) === 93 ? formByFirstCharacters(s, 3) : null;
  if (form === null || AGENCY_OF_FORM[form] === 'GS1') {
    readScan(result, s, 0, refYear, options);
    return;
  }
  result.agency = AGENCY_OF_FORM[form];
  result.symbology = s.slice(0, 3);
  readAs(result, form, s, 3, refYear, options);
  result.form = 'scan';
}

/** The layout of AHM codes is not public: the whole text is the key, to be compared with the database. */
function readOpaque(result: UdiResult, s: string, start: number): void {
  result.diKey = s.slice(start);
  warn(result, 'ahm.opaque', start);
}

/** Form by the signs that only one agency uses at the beginning; null when the data must be looked at. */
function formByFirstCharacters(s: string, start: number): UdiForm | null {
  switch (s.charAt(start)) {
    case '+':
      return 'hibc';
    case '*':
      return s.charAt(start + 1) === '+' ? 'hibc' : null;
    case '=':
    case '&':
      return 'isbt128';
    case '[':
      return s.startsWith('[)>', start) ? 'ppn' : null;
    case 'M':
      return s.startsWith('MA.', start) ? 'ma' : null;
    case '(':
      return 'bracketed';
    default:
      return looksLikeUri(s, start) ? 'digital-link' : null;
  }
}

/** GS1 AIs that say something of a device; a message without any of them is freight or something else. */
const DEVICE_AIS = new Set(
  '01 02 03 10 11 13 15 16 17 20 21 22 235 240 241 242 243 250 251 30 37 7003 8006 8012 8013 8026'.split(' '),
);

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 160 || code === 0x3000 || code === 0xfeff;
}

/** Line ends and leading blanks come from the scanner or the clipboard. A blank at the end may be a check character. */
function detect(input: string, refYear: number, options: UdiOptions): UdiResult {
  let start = 0;
  let end = input.length;
  while (start < end && isBlank(input.charCodeAt(start))) start++;
  while (end > start && input.charCodeAt(end - 1) >= 9 && input.charCodeAt(end - 1) <= 13) end--;
  if (start === end) return refused(null, null, 'input.empty', 0);
  const text = end === input.length ? input : input.slice(0, end);
  const first = text.charCodeAt(start);
  if (first >= 48 && first <= 57) return detectDigits(text, start, input.length, refYear, options);
  const result = newResult(null, null);
  if (start > 0 || end < input.length) warn(result, 'input.blanks', start > 0 ? 0 : end);
  const scanned = first === 93;
  const data = scanned ? start + 3 : start;
  if (data > end) return unrecognised(result, start);
  const form = formByFirstCharacters(text, data);
  if (scanned) result.symbology = text.slice(start, data);
  if (form !== null) {
    result.form = form;
    result.agency = AGENCY_OF_FORM[form];
    readAs(result, form, text, data, refYear, options);
    return result;
  }
  if (!scanned) return unrecognised(result, start);
  result.form = 'scan';
  result.agency = 'GS1';
  readScan(result, text, start, refYear, options);
  return result;
}

/**
 * Digits at the beginning: a bare GTIN with a good check digit, or an element string. 20 digits beginning with 8 are the
 * Chinese drug trace code, which is no device code.
 */
function detectDigits(
  text: string,
  start: number,
  inputLength: number,
  refYear: number,
  options: UdiOptions,
): UdiResult {
  let end = text.length;
  while (isBlank(text.charCodeAt(end - 1))) end--;
  const length = end - start;
  const numeric = length <= 20 && firstOutside(text, start, end, DIGIT) < 0;
  const gtinLength = numeric && (length === 14 || length === 13 || length === 12 || length === 8);
  const blanks = start > 0 || text.length < inputLength;
  if (numeric && length === 20 && text.charCodeAt(start) === 56) {
    return refused(null, null, 'input.drug-trace-code', start);
  }
  if (!gtinLength || !gs1CheckHolds(text, start, end)) {
    const element = newResult('GS1', 'element');
    if (blanks) warn(element, 'input.blanks', start > 0 ? 0 : text.length);
    readElementString(element, text, start, refYear, options.strict === true);
    const device = element.elements.some(isOfDevice);
    if (device && (element.valid || !gtinLength)) return element;
    if (element.valid && !gtinLength) {
      refuse(element, 'gs1.no-device-data', start);
      return element;
    }
  }
  const result = newResult('GS1', 'gtin');
  if (blanks) warn(result, 'input.blanks', start > 0 ? 0 : text.length);
  if (!gtinLength) return unrecognised(result, start);
  readGtin(result, text, start);
  return result;
}

function isOfDevice(element: UdiElement): boolean {
  return DEVICE_AIS.has(element[0]);
}

function unrecognised(result: UdiResult, at: number): UdiResult {
  result.agency = null;
  result.form = null;
  refuse(result, 'input.unrecognised', at);
  return result;
}
