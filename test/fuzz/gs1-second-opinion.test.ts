import bwipjs from 'bwip-js/node';
import { describe, expect, it } from 'vitest';
import { AI_TABLE } from '../../src/domains/identifiers/udi/ai-table.generated.ts';
import { AI_ENTRIES } from '../../src/domains/identifiers/udi/ai-table.ts';
import { gs1CheckDigit, gs1CheckPair } from '../../src/domains/identifiers/udi/check-digits.ts';
import { parseUdi } from '../../src/domains/identifiers/udi/parse-udi.ts';
import { randomFrom } from './identifier-fuzzing.ts';

/** Specification of each AI as the dictionary writes it. */
const SPECS = new Map(
  AI_TABLE.split('\n').flatMap((line) => {
    const [ais, , spec] = line.split('\t') as [string, string, string];
    const [first, last] = ais.split('-') as [string, string | undefined];
    const numbers = Array.from({ length: Number(last ?? first) - Number(first) + 1 }, (_, i) => Number(first) + i);
    return numbers.map((number) => [String(number).padStart(first.length, '0'), spec] as const);
  }),
);

const CHARACTERS: Readonly<Record<string, string>> = {
  N: '0123456789',
  X: '!"%&\'*+,-./0123456789:;<=>?ABCXYZ_abcxyz',
  Y: '#-/0123456789ABCXYZ',
  Z: 'ABCXYZabcxyz0123456789-_',
};

/** For tests on the content: some parts that pass and some that do not. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  hhmi: ['0000', '2359', '2400', '1260'],
  hh: ['00', '23', '24'],
  mi: ['00', '59', '60'],
  ss: ['00', '59', '60'],
  iso3166: ['156', '840', '528', '001'],
  iso3166999: ['156', '999', '987'],
  iso4217: ['156', '840', '978', '000', '001'],
  iso3166alpha2: ['CN', 'US', 'DE', 'XX'],
  yesno: ['0', '1', '2'],
  winding: ['0', '1', '9', '2'],
  mediatype: ['01', '10', '80', '11', '00'],
  iso5218: ['0', '1', '2', '9', '3'],
  posinseqslash: ['1/2', '2/2', '3/2', '0/1', '1/x'],
  pieceoftotal: ['0102', '0202', '0302', '0001'],
  packagetype: ['1A', 'CT', 'PLP', 'XX', 'Q'],
  importeridx: ['-', 'A', '9', '_', '%'],
  iban: ['DE91100000000123456789', 'GB98MIDL07009312345678', 'DE91100000000123456788', 'XX361234567890'],
  yymmd0: ['270228', '270200', '240229', '270229', '271301'],
  yymmdd: ['270228', '270200', '240229', '270229', '271301'],
  yyyymmdd: ['20270228', '19990101', '20270229', '20270100'],
  hyphen: ['-', 'A'],
  zero: ['0', '1'],
};

/** Coupon codes: the two opinions differ on nothing else when digits are drawn freely, but few of those would be sound. */
const COUPONS = [
  '012345612345611110123',
  '0123456123456111101233260228',
  '71234561234561111012',
  '01234561234560111012',
];

function makeValue(ai: string, random: (below: number) => number): string {
  const pick = (from: string | readonly string[]) => from[random(from.length)] as string;
  let value = '';
  for (const word of (SPECS.get(ai) as string).split(' ')) {
    if (word.startsWith('[') && random(2) === 0) break;
    const [type, ...linters] = word.replace(/[[\]]/g, '').split(',') as [string, ...string[]];
    const variable = type.includes('..');
    const longest = Number(type.slice(variable ? 3 : 1));
    const characters = CHARACTERS[type.charAt(0)] as string;
    let part = Array.from({ length: variable ? 1 + random(longest) : longest }, () => pick(characters)).join('');
    for (const linter of linters) {
      const samples = SAMPLES[linter];
      if (samples) part = pick(samples);
      if (linter.startsWith('gcppos')) part = part.replace(/^.{1,6}/, (head) => head.replace(/\D/g, '7'));
      if (linter === 'csum' && random(6)) part = part.slice(0, -1) + gs1CheckDigit(part.slice(0, -1));
      if (linter === 'csumalpha')
        part = part.slice(0, -2) + (random(3) ? (gs1CheckPair(part.slice(0, -2)) ?? '22') : '22');
      if (linter === 'pcenc') part = part.replaceAll('%', random(4) ? '%2F' : '%').slice(0, longest);
      if (linter === 'couponcode') part = pick(COUPONS);
      if (linter === 'couponposoffer')
        part = pick(['001234561234560123456', '201234561234560123456', '0012345612345601234567']);
    }
    value += part;
  }
  if (random(25) === 0) return value + pick('0123456789');
  if (random(25) === 0) return value.slice(0, -1);
  return random(40) === 0 ? `${pick(' #@é')}${value.slice(1)}` : value;
}

/** The encoder's own opinion: it refuses data that break the rules of their AIs. */
function encoderTakes(text: string): boolean | null {
  try {
    bwipjs.toSVG({ bcid: 'gs1qrcode', text, parse: true });
    return true;
  } catch (error) {
    // too much data for the symbol says nothing about the data
    return /capacity|NoValidSymbol|too (?:long|much)|exceeds?/i.test(String(error)) && !/\.GS1/.test(String(error))
      ? null
      : false;
  }
}

/** The table inside the encoder is older: it does not ask these keys for a company prefix. */
const OLDER = ['(401)', '(8010)'];

describe('a second opinion on GS1 data', () => {
  it('the encoder of bwip-js, which checks by its own code, agrees on random messages over all AIs', () => {
    const random = randomFrom(20261101);
    const differing: string[] = [];
    let compared = 0;
    let good = 0;
    for (let round = 0; round < 400; round++) {
      let text = random(2) ? '(01)06901234567892' : '';
      for (let i = 1 + random(3); i > 0; i--) {
        const { ai } = AI_ENTRIES[random(AI_ENTRIES.length)] as (typeof AI_ENTRIES)[number];
        text += `(${ai})${makeValue(ai, random)}`;
      }
      if (random(3) === 0) text += '(00)123456789012345675';
      const ours = parseUdi(text, { form: 'bracketed', refYear: 2026, options: { strict: true } });
      if (ours.problems.some((one) => one.code === 'gs1.value' && OLDER.includes(one.detail ?? ''))) continue;
      const theirs = encoderTakes(text);
      if (theirs === null) continue;
      compared++;
      if (theirs) good++;
      if (theirs !== ours.valid)
        differing.push(`${text}: ${ours.problems.map((one) => `${one.code} ${one.detail}`).join(', ')}`);
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(300);
    expect(good).toBeGreaterThan(60);
  });
});
