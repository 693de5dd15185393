import { CAPITAL_OR_DIGIT, DIGIT, firstOutside } from './charsets.ts';
import { gs1CheckHolds, ppnCheckDigits } from './check-digits.ts';
import { digits, yyyymmddText } from './dates.ts';
import { refuse, setOnce, warn } from './draft.ts';
import { yymmd0Text } from './gs1-message.ts';
import { LINTERS, type Linter } from './linters.ts';
import type { UdiResult } from './types.ts';

const RS = '\u001e';
const GS = '\u001d';
const EOT = '\u0004';
/** Format envelope of ISO/IEC 15434, format 06 (data identifiers). */
export const IFA_HEAD = `[)>${RS}06${GS}`;
export const IFA_TAIL = `${RS}${EOT}`;

/**
 * Reads the data matrix content of IFA: fields `9N` PPN, `8P` GTIN, `1T` lot, `S` serial, `D` expiry, `16D` production date, in any
 * order, inside the format envelope.
 */
export function readIfaEnvelope(result: UdiResult, s: string, start: number, refYear: number): void {
  const head = s.startsWith(IFA_HEAD, start);
  const tail = s.endsWith(IFA_TAIL);
  if (!head) refuse(result, 'ifa.envelope', start);
  if (!tail) refuse(result, 'ifa.envelope', s.length);
  // Without its head the data may still be readable: fields begin after the signs that are there.
  let from =
    start +
    (head ? IFA_HEAD.length : (/^\[\)>[\u001d\u001e]?(?:06)?[\u001d\u001e]?/.exec(s.slice(start))?.[0].length ?? 0));
  const end = tail ? s.length - IFA_TAIL.length : s.length;
  while (from <= end) {
    let to = s.indexOf(GS, from);
    if (to < 0 || to > end) to = end;
    readField(result, s, from, to, refYear);
    from = to + 1;
  }
  if (result.di === null) refuse(result, 'ifa.no-di', start);
  result.diKey = result.di;
}

/** A data identifier is a letter with up to three digits before it (ANSI MH10.8.2). */
function readField(result: UdiResult, s: string, from: number, to: number, refYear: number): void {
  const id = /^\d{0,3}[A-Z]/.exec(s.slice(from, Math.min(to, from + 4)))?.[0];
  if (id === undefined) {
    refuse(result, 'ifa.structure', from);
    return;
  }
  const at = from + id.length;
  const value = s.slice(at, to);
  result.elements.push([id, value]);
  switch (id) {
    case '9N':
      if (takeDi(result, value, at)) checkPpn(result, s, at, to);
      break;
    case '8P':
      if (takeDi(result, value, at)) checkGtin14(result, value, at);
      break;
    case '1T':
      readText(result, 'lot', value, at);
      break;
    case 'S':
      readText(result, 'serial', value, at);
      break;
    case 'D':
      readDate(result, value, at, refYear);
      break;
    case '16D': {
      const text = value.length === 8 ? yyyymmddText(value, 0) : null;
      if (text === null) refuse(result, 'ifa.date', at);
      else setOnce(result, 'manufactured', text, at);
      break;
    }
    default:
      warn(result, 'ifa.unknown-field', from, id);
  }
}

function takeDi(result: UdiResult, value: string, at: number): boolean {
  if (result.di !== null && result.di !== value) refuse(result, 'ifa.two-dis', at);
  result.di ??= value;
  return true;
}

function checkGtin14(result: UdiResult, value: string, at: number): void {
  const bad = firstOutside(value, 0, value.length, DIGIT);
  if (bad >= 0) refuse(result, 'ifa.charset', at + bad);
  else if (value.length !== 14) refuse(result, 'ifa.length', at);
  else if (!gs1CheckHolds(value, 0, 14)) refuse(result, 'ifa.check-digits', at + 13);
}

function readText(result: UdiResult, field: 'lot' | 'serial', value: string, at: number): void {
  if (value.length < 1 || value.length > 20) refuse(result, 'ifa.length', at, field);
  const bad = value.search(/[^\w-]/);
  if (bad >= 0) refuse(result, 'ifa.charset', at + bad, field);
  if (value) setOnce(result, field, value, at);
}

function readDate(result: UdiResult, value: string, at: number, refYear: number): void {
  const sound = value.length === 6 && (LINTERS.yymmd0 as Linter).find(value, 0, 6, refYear) < 0;
  if (!sound) {
    refuse(result, 'ifa.date', at);
    return;
  }
  setOnce(result, 'expiry', yymmd0Text(value, refYear), at);
  if (digits(value, 4, 6) === 0) result.dayNotGiven = ['expiry'];
}

/**
 * Tests a PPN (2 characters PRA code, number, 2 check digits, 4 to 22 in all) or a Basic UDI-DI of IFA (`PP`, five-digit supplier
 * number, device group, 2 check digits) in `s` from `from` to `to`.
 */
export function checkPpn(result: UdiResult, s: string, from: number, to: number): void {
  const code = s.slice(from, to);
  const basic = code.startsWith('PP');
  const longest = basic ? 25 : 22;
  if (code.length < (basic ? 10 : 4) || code.length > longest) refuse(result, 'ifa.length', from);
  for (let i = from; i < to; i++) {
    // the device group of a Basic UDI-DI may hold points and hyphens
    if (firstOutside(s, i, i + 1, CAPITAL_OR_DIGIT) < 0 || (basic && /[-.]/.test(s.charAt(i)))) continue;
    refuse(result, 'ifa.charset', i);
    break;
  }
  if (basic && digits(code, 2, 7) < 0) refuse(result, 'ifa.structure', from + 2);
  const body = code.slice(0, -2);
  if (code.length < 4 || code.slice(-2) !== ppnCheckDigits(body))
    refuse(result, 'ifa.check-digits', Math.max(from, to - 2));
  if (code.startsWith('11')) checkPzn(result, body.slice(2), from + 2);
}

/** PRA code 11: a PZN of eight digits, the last of which is its own check digit (weights 1 to 7, modulo 11). */
function checkPzn(result: UdiResult, pzn: string, at: number): void {
  if (!/^\d{8}$/.test(pzn)) {
    refuse(result, 'ifa.structure', at, 'PZN');
    return;
  }
  let sum = 0;
  for (let i = 0; i < 7; i++) sum += (pzn.charCodeAt(i) - 48) * (i + 1);
  if (sum % 11 !== pzn.charCodeAt(7) - 48) warn(result, 'ifa.pzn-check', at);
}

/** Reads a bare PPN or Basic UDI-DI of IFA. */
export function readPpn(result: UdiResult, s: string, start: number): void {
  const code = s.slice(start);
  result.di = code || null;
  result.diKey = result.di;
  if (code) result.elements.push(['9N', code]);
  checkPpn(result, s, start, s.length);
}
