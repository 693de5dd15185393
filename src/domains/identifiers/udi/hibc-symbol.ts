import { CAPITAL_OR_DIGIT, firstOutside } from './charsets.ts';
import { HIBC_ALPHABET, HIBC_VALUE } from './check-digits.ts';
import { refuse } from './draft.ts';
import { readSecondary, readSupplement } from './hibc-secondary.ts';
import type { UdiResult } from './types.ts';

/** What a symbol gives besides its fields. */
export interface HibcSymbol {
  readonly kind: 'primary' | 'concatenated' | 'secondary' | 'none';
  readonly check: string;
  readonly link: string;
}

/** Check character that belongs to `s` from `start` to `end`, or '' when a character is outside the alphabet. */
export function expectedCheck(s: string, start: number, end: number): string {
  let sum = 0;
  for (let i = start; i < end; i++) {
    const code = s.charCodeAt(i);
    const value = code < 128 ? (HIBC_VALUE[code] as number) : -1;
    if (value < 0) return '';
    sum += value;
  }
  return HIBC_ALPHABET.charAt(sum % 43);
}

/**
 * Reads one HIBC symbol of `s` from `start` (its `+`) to `end`. The check character is cut off before the rest is split at
 * `/`, for it can be a `/` itself. Fields of a symbol whose check character is wrong are read all the same.
 */
export function readSymbol(result: UdiResult, s: string, start: number, end: number, refYear: number): HibcSymbol {
  const nothing: HibcSymbol = { kind: 'none', check: '', link: '' };
  if (s.charCodeAt(start) !== 43) {
    refuse(result, 'hibc.start', start);
    return nothing;
  }
  for (let i = start; i < end; i++) {
    const code = s.charCodeAt(i);
    // a blank as check character is printed as an underscore
    if (code < 128 && (HIBC_VALUE[code] as number) >= 0) continue;
    if (code === 95 && i === end - 1) continue;
    refuse(result, 'hibc.charset', i);
    break;
  }
  const last = end - 1;
  if (last - start < 2) {
    refuse(result, 'hibc.structure', start);
    return nothing;
  }
  const check = s.charAt(last) === '_' ? ' ' : s.charAt(last);
  if (check !== expectedCheck(s, start, last)) refuse(result, 'hibc.check', last);
  const first = s.charCodeAt(start + 1);
  if (first === 47) {
    refuse(result, 'hibc.provider', start + 1);
    return { kind: 'none', check, link: '' };
  }
  if (first === 36 || (first >= 48 && first <= 57)) {
    // The character before the check character is the link to the primary symbol.
    readSecondary(result, s, start + 1, last - 1, refYear);
    return { kind: 'secondary', check, link: s.charAt(last - 1) };
  }
  let slash = s.indexOf('/', start);
  if (slash < 0 || slash > last) slash = last;
  readPrimary(result, s, start + 1, slash);
  if (slash === last) return { kind: 'primary', check, link: '' };
  let from = slash + 1;
  for (let segment = 0; from <= last; segment++) {
    let to = s.indexOf('/', from);
    if (to < 0 || to > last) to = last;
    const code = s.charCodeAt(from);
    const secondary = segment === 0 && (code === 36 || (code >= 48 && code <= 57 && !isDateSupplement(s, from)));
    if (secondary) readSecondary(result, s, from, to, refYear);
    else readSupplement(result, s, from, to, refYear);
    from = to + 1;
  }
  return { kind: 'concatenated', check, link: '' };
}

/** `16D` and `14D` begin with digits as the old date form does, but no date has a letter at its third place. */
function isDateSupplement(s: string, from: number): boolean {
  return s.startsWith('16D', from) || s.startsWith('14D', from);
}

/** LIC (letter and three letters or digits), PCN (1 to 18), unit of measure (digit), from `start` to `end`. */
export function readPrimary(result: UdiResult, s: string, start: number, end: number): void {
  const length = end - start;
  const di = s.slice(start, end);
  if (length < 6 || length > 23) refuse(result, 'hibc.length', start);
  if (length < 6) return;
  const bad = firstOutside(s, start, end, CAPITAL_OR_DIGIT);
  if (bad >= 0) refuse(result, 'hibc.structure', bad);
  const first = s.charCodeAt(start);
  if (!(first >= 65 && first <= 90)) refuse(result, 'hibc.structure', start);
  const unit = s.charCodeAt(end - 1) - 48;
  if (!(unit >= 0 && unit <= 9)) refuse(result, 'hibc.structure', end - 1);
  else result.unitOfMeasure = unit;
  result.di = di;
  result.diKey = di;
  result.lic = di.slice(0, 4);
  result.pcn = di.slice(4, -1);
  result.elements.push(['LIC', result.lic], ['PCN', result.pcn], ['UoM', di.slice(-1)]);
}
