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
  type ParseUdiSettings,
  UDI_FORMS,
  type UdiAgency,
  type UdiForm,
  type UdiOptions,
  type UdiResult,
} from './types.ts';

const NO_OPTIONS: UdiOptions = {};

const AGENCIES: Readonly<Record<UdiForm, UdiAgency | null>> = {
  any: null,
  element: 'GS1',
  scan: 'GS1',
  bracketed: 'GS1',
  'digital-link': 'GS1',
  gtin: 'GS1',
  'date-yymmd0': 'GS1',
  'date-yymmdd': 'GS1',
  'check-mod10': 'GS1',
  hibc: 'HIBCC',
  'hibc-secondary': 'HIBCC',
  'hibc-multi': 'HIBCC',
  'hibc-di': 'HIBCC',
  isbt128: 'ICCBBA',
  ppn: 'IFA',
  'ppn-code': 'IFA',
  ma: 'MA',
  ahm: 'AHM',
};

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
  if (!UDI_FORMS.includes(form)) return refused(null, null, 'input.form', 0);
  if (input.length > LONGEST_CODE)
    return refused(AGENCIES[form], form === 'any' ? null : form, 'input.too-long', LONGEST_CODE);
  if (form === 'any') return detect(input, refYear, options);
  const result = newResult(AGENCIES[form], form);
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
  if (form === null || AGENCIES[form] === 'GS1') {
    readScan(result, s, 0, refYear, options);
    return;
  }
  result.agency = AGENCIES[form];
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

function detect(input: string, refYear: number, options: UdiOptions): UdiResult {
  // Line ends and leading blanks come from the scanner or the clipboard. A blank at the end may be a check character.
  const text = input.replace(/[\r\n\t]+$/, '');
  const start = text.search(/\S/);
  if (start < 0) return refused(null, null, 'input.empty', 0);
  const result = newResult(null, null);
  if (start > 0 || text.length !== input.length) warn(result, 'input.blanks', start > 0 ? 0 : text.length);
  const scanned = text.charAt(start) === ']';
  if (scanned && start + 3 > text.length) return unrecognised(result, start);
  const data = scanned ? start + 3 : start;
  const form = formByFirstCharacters(text, data);
  const symbology = scanned ? text.slice(start, data) : null;
  if (form !== null) {
    result.form = form;
    result.agency = AGENCIES[form];
    if (symbology !== null) result.symbology = symbology;
    readAs(result, form, text, data, refYear, options);
    return result;
  }
  result.agency = 'GS1';
  if (symbology !== null) {
    result.form = 'scan';
    if (start === 0) readScan(result, text, 0, refYear, options);
    else shift(result, readScanFrom(text.slice(start), refYear, options), start);
    return result;
  }
  return detectDigits(result, text, start, refYear, options);
}

function readScanFrom(s: string, refYear: number, options: UdiOptions): UdiResult {
  const result = newResult('GS1', 'scan');
  readScan(result, s, 0, refYear, options);
  return result;
}

/** Takes over what was read from a shortened text; places are counted in the whole input. */
function shift(result: UdiResult, read: UdiResult, by: number): void {
  const problems = [...result.problems, ...read.problems.map((one) => ({ ...one, at: one.at + by }))];
  Object.assign(result, read, { problems });
}

function detectDigits(result: UdiResult, text: string, start: number, refYear: number, options: UdiOptions): UdiResult {
  const trimmed = text.slice(start).trimEnd();
  const { length } = trimmed;
  const numeric = /^\d+$/.test(trimmed);
  if (numeric && length === 20 && trimmed.startsWith('8')) {
    result.agency = null;
    refuse(result, 'input.drug-trace-code', start);
    return result;
  }
  const gtinLength = numeric && (length === 8 || length === 12 || length === 13 || length === 14);
  const element = newResult('GS1', 'element');
  if (!(gtinLength && gs1CheckHolds(trimmed, 0, length))) {
    readElementString(element, text, start, refYear, options.strict === true);
    const device = element.elements.some(([ai]) => DEVICE_AIS.has(ai));
    if (device && (element.valid || !gtinLength)) {
      element.problems.unshift(...result.problems);
      return element;
    }
    if (element.valid && !gtinLength) {
      refuse(element, 'gs1.no-device-data', start);
      return element;
    }
  }
  if (!gtinLength) return unrecognised(result, start);
  result.form = 'gtin';
  readGtin(result, trimmed.length === text.length ? text : trimmed, 0);
  return result;
}

function unrecognised(result: UdiResult, at: number): UdiResult {
  result.agency = null;
  result.form = null;
  refuse(result, 'input.unrecognised', at);
  return result;
}
