import { CAPITAL_OR_DIGIT, firstOutside, isOf } from './charsets.ts';
import { digits, ordinalText } from './dates.ts';
import { refuse, setOnce } from './draft.ts';
import type { UdiResult } from './types.ts';

/** A data structure: its identifier and the number of characters that follow (public facts of FDA and NLM). */
interface Structure {
  readonly id: string;
  readonly length: number;
  readonly set?: (result: UdiResult, value: string, at: number) => void;
}

const date = (field: 'expiry' | 'manufactured') => (result: UdiResult, value: string, at: number) => {
  const text = centuryDate(value);
  if (text === null) refuse(result, 'isbt.date', at);
  else setOnce(result, field, text, at);
};

const text = (field: 'serial' | 'lot' | 'mphoLot') => (result: UdiResult, value: string, at: number) =>
  setOnce(result, field, value, at);

const STRUCTURES: readonly Structure[] = [
  {
    id: '=/',
    length: 16,
    set: (result, value) => {
      result.di ??= value;
    },
  },
  { id: '=,', length: 6, set: text('serial') },
  { id: '=>', length: 6, set: date('expiry') },
  { id: '=}', length: 6, set: date('manufactured') },
  { id: '&,1', length: 18, set: text('mphoLot') },
  {
    id: '=)',
    length: 10,
    set: (result, value) => {
      result.di ??= value;
      result.container = true;
    },
  },
  { id: '&)', length: 10, set: text('lot') },
  { id: '=+', length: 5 },
];

/** Donation identification number: `=` and 15 characters of which the first, not O, tells it from other structures. */
const DONATION: Structure = {
  id: '=',
  length: 15,
  set: (result, value, at) => setOnce(result, 'donationId', value, at),
};

/** Date cYYJJJ: c = 0 for 20YY, 9 for 19YY, JJJ the day of the year. */
function centuryDate(value: string): string | null {
  const yy = digits(value, 1, 3);
  const century = value.charAt(0) === '0' ? 2000 : value.charAt(0) === '9' ? 1900 : -1;
  return yy < 0 || century < 0 ? null : ordinalText(century + yy, digits(value, 3, 6));
}

function structureAt(s: string, i: number): Structure | null {
  for (const one of STRUCTURES) if (s.startsWith(one.id, i)) return one;
  const second = s.charCodeAt(i + 1);
  const donation = s.charCodeAt(i) === 61 && isOf(second, CAPITAL_OR_DIGIT) && second !== 48 && second !== 79;
  return donation ? DONATION : null;
}

/** Reads ISBT 128 data structures (ICCBBA) of `s` from `start` on, alone or as a compound message. */
export function readIsbt128(result: UdiResult, s: string, start: number): void {
  let announced = -1;
  let found = 0;
  let i = start;
  while (i < s.length) {
    const structure = structureAt(s, i);
    if (structure === null) {
      refuse(result, 'isbt.structure', i, s.slice(i, i + 2));
      break;
    }
    const from = i + structure.id.length;
    const to = Math.min(from + structure.length, s.length);
    const value = s.slice(from, to);
    result.elements.push([structure.id, value]);
    const bad = firstOutside(s, from, to, CAPITAL_OR_DIGIT);
    if (to - from < structure.length) refuse(result, 'isbt.length', from, structure.id);
    else if (bad >= 0) refuse(result, 'isbt.charset', bad, structure.id);
    else if (structure.id === '=+') {
      const count = digits(s, from, from + 2);
      if (digits(s, from, to) < 0 || i !== start) refuse(result, 'isbt.structure', from, structure.id);
      else announced = count;
    }
    structure.set?.(result, value, from);
    if (structure.id !== '=+') found++;
    i = to;
  }
  if (announced >= 0 && announced !== found) refuse(result, 'isbt.count', start + 2, `${announced} / ${found}`);
  if (result.di === null) refuse(result, 'isbt.no-di', start);
  result.diKey = result.di;
}
