/** Codes without words: credit code, GTIN-14, insurance consumable codes. */
import type { Notes } from './notes.ts';
import type { Draft } from './types.ts';

/** GB 32100-2015: digits and capitals without I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check character of the first 17 characters of a credit code (weights 3^i mod 31), or undefined if one is foreign. */
export function creditCodeCheck(first17: string): string | undefined {
  let sum = 0;
  let weight = 1;
  for (let i = 0; i < 17; i++) {
    const value = ALPHABET.indexOf(first17[i] ?? '?');
    if (value < 0) return undefined;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31];
}

function upper(text: string, notes: Notes): string {
  const at = text.search(/[a-z]/);
  if (at >= 0) notes.add('lower-case', 'warning', at);
  return at >= 0 ? text.toUpperCase() : text;
}

/** Unified social credit code: department, organisation type, division, organisation code, check character. */
export function readCreditCode(text: string, notes: Notes): Draft | null {
  if (!/^[0-9A-Za-z*-]+$/.test(text)) return null;
  const code = upper(text, notes);
  if (code.length !== 18) {
    notes.fail('length', Math.min(code.length, 18), { expected: 18, found: code.length });
  }
  for (let i = 0; i < Math.min(code.length, 18); i++) {
    const char = code[i] as string;
    const division = i >= 2 && i < 8;
    if (division ? char >= '0' && char <= '9' : ALPHABET.includes(char)) continue;
    if (division) notes.fail('division-digits', i);
    else notes.fail('charset', i, { position: i + 1, char });
  }
  const expected = code.length === 18 ? creditCodeCheck(code) : undefined;
  if (expected !== undefined && expected !== code[17]) {
    notes.add('check-character', 'error', 17, { expected, found: code[17] ?? '' });
  }
  const parts = {
    department: code.slice(0, 1),
    organisationType: code.slice(1, 2),
    division: code.slice(2, 8),
    organisation: code.slice(8, 17),
    check: code.slice(17, 18),
  };
  return { parts, normalized: notes.broken ? null : code };
}

/** The GS1 check digit of the digits before it. */
function gtinCheck(digits: string): string {
  let sum = 0;
  for (let i = digits.length - 1, weight = 3; i >= 0; i--, weight = 4 - weight) sum += Number(digits[i]) * weight;
  return String((10 - (sum % 10)) % 10);
}

/** GTIN-14 with its check digit; 8, 12 or 13 digits with a right check digit are put to 14. */
export function readGtin(text: string, notes: Notes): Draft | null {
  if (!/^\d+$/.test(text)) return null;
  const short = [8, 12, 13].includes(text.length);
  if (short) notes.add('leading-zeros-missing', 'warning', 0);
  else if (text.length !== 14) {
    notes.fail('length', Math.min(text.length, 14), { expected: 14, found: text.length });
    return { parts: {}, normalized: null };
  }
  const expected = gtinCheck(text.slice(0, -1));
  const found = text.slice(-1);
  const right = expected === found;
  if (!right) notes.add('check-character', 'error', text.length - 1, { expected, found });
  const full = text.padStart(14, '0');
  const parts = { indicator: full.slice(0, 1), item: full.slice(1, 13), check: found };
  return { parts, normalized: right || !short ? full : null };
}

/** Insurance consumable code: C + 分类 2+2+2 + 通用名 3 + 材质 2 + 规格 3 + 企业 5, and 7 more for the single product. */
export function readConsumableCode(length: 20 | 27, text: string, notes: Notes): Draft | null {
  if (!/^[A-Za-z]?\d+$/.test(text)) return null;
  const code = upper(text, notes);
  if (code[0] !== 'C') {
    notes.fail('prefix-c', 0);
  }
  if (code.length !== length) {
    notes.fail('length', Math.min(code.length, length), {
      expected: code.length > 20 && code.length !== 27 ? '20 / 27' : length,
      found: code.length,
    });
  }
  if (code[0] !== 'C' || code.length < 20) return { parts: {}, normalized: null };
  const parts: Record<string, string> = {
    level1: code.slice(1, 3),
    level2: code.slice(3, 5),
    level3: code.slice(5, 7),
    genericName: code.slice(7, 10),
    material: code.slice(10, 12),
    specification: code.slice(12, 15),
    enterprise: code.slice(15, 20),
  };
  if (length === 27 && code.length === 27) {
    parts.code20 = code.slice(0, 20);
    parts.sequence = code.slice(20);
  }
  return { parts, normalized: notes.broken ? null : code };
}
