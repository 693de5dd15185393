/**
 * Speed of the UDI parser on one core, beside the GS1 parsers of npm in the same run.
 *
 *   npx tsx bench/udi.ts [--seconds 2]
 *
 * Each contender reads the same element strings, in turns, so that a busy machine slows all of them alike. The ratio counts.
 */
import { parseArgs } from 'node:util';
import barkJs from 'bark-js';
import { parseBarcode } from 'gs1-barcode-parser-mod';
import gs1js from 'gs1js';
import { checkGtin, gtinCheckDigitOk, parseUdi } from '../src/domains/identifiers/index.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '2' } } });
const seconds = Number(values.seconds);

/** Pseudo-random numbers from a fixed seed (Mulberry32): every run reads the same codes. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const pick = random(20261101);
const digits = (count: number) => Array.from({ length: count }, () => pick(10)).join('');
const letters = (count: number) =>
  Array.from({ length: count }, () => 'ABCDEFGHJKLMNPRSTUVWXYZ'.charAt(pick(23))).join('');
const two = (number: number) => String(number).padStart(2, '0');

function gtin(): string {
  const body = `0690${digits(9)}`;
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += Number(body[i]) * (i % 2 === 0 ? 3 : 1);
  return body + ((10 - (sum % 10)) % 10);
}

const date = () => `2${pick(10)}${two(1 + pick(12))}${two(1 + pick(28))}`;

/** Text as it comes from a file or a scanner: one piece, not the tree of pieces that concatenation leaves behind. */
const asRead = (codes: readonly string[]): string[] => JSON.parse(JSON.stringify(codes));

const elementStrings = asRead(
  Array.from({ length: 4096 }, () => {
    const head = `01${gtin()}`;
    const dates = `${pick(2) ? `11${date()}` : ''}17${date()}`;
    const lot = `10${letters(2)}${digits(4 + pick(5))}`;
    return pick(2) ? `${head}${dates}${lot}` : `${head}${dates}${lot}\u001d21${digits(6 + pick(7))}`;
  }),
);

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';
const hibcCodes = asRead(
  Array.from({ length: 4096 }, () => {
    const body = `+${letters(1)}${digits(3)}${letters(3)}${digits(5)}${pick(9)}/$$3${date()}${letters(2)}${digits(5)}/S${digits(8)}`;
    let sum = 0;
    for (const char of body) sum += ALPHABET.indexOf(char);
    return body + ALPHABET[sum % 43];
  }),
);

const gtins = asRead(Array.from({ length: 4096 }, gtin));
const gtinBytes = new TextEncoder().encode(gtins.join(''));

interface Contender {
  readonly name: string;
  readonly codes: readonly string[];
  /** Returns something of the result, so that no work can be left out. */
  readonly read: (code: string, index: number) => number;
}

const element: readonly Contender[] = [
  {
    name: 'xiedang parseUdi, form element',
    codes: elementStrings,
    read: (s) => parseUdi(s, { form: 'element', refYear: 2026 }).elements.length,
  },
  {
    name: 'xiedang parseUdi, form detected',
    codes: elementStrings,
    read: (s) => parseUdi(s, { refYear: 2026 }).elements.length,
  },
  {
    name: 'npm gs1-barcode-parser-mod 1.2.1',
    codes: elementStrings,
    read: (s) => parseBarcode(s).parsedCodeItems.length,
  },
  {
    name: 'npm gs1js 0.0.2',
    codes: elementStrings,
    read: (s) => new gs1js.GS1Reader(s).getApplicationIdentifiers().length,
  },
  { name: 'npm bark-js 1.2.1', codes: elementStrings, read: (s) => barkJs(s).elements.length },
];
const others: readonly Contender[] = [
  {
    name: 'xiedang parseUdi, HIBC',
    codes: hibcCodes,
    read: (s) => parseUdi(s, { form: 'hibc', refYear: 2026 }).elements.length,
  },
  { name: 'xiedang checkGtin', codes: gtins, read: (s) => checkGtin(s).problems.length },
  {
    name: 'xiedang gtinCheckDigitOk on bytes',
    codes: gtins,
    read: (_s, i) => (gtinCheckDigitOk(gtinBytes, i * 14, i * 14 + 14) ? 1 : 0),
  },
];

/**
 * Codes a second of processor time (garbage collection included, time taken by other programs not): best of several
 * slices, all contenders of a round in turns.
 */
function measure(contenders: readonly Contender[]): Map<string, number> {
  const best = new Map<string, number>();
  const slice = 200;
  const rounds = Math.max(2, Math.round((seconds * 1000) / slice));
  let sink = 0;
  for (let round = 0; round < rounds; round++) {
    for (const { name, codes, read } of contenders) {
      const start = performance.now();
      const before = process.cpuUsage();
      let count = 0;
      while (performance.now() - start < slice) {
        for (let i = 0; i < codes.length; i++) sink += read(codes[i] as string, i);
        count += codes.length;
      }
      const { user, system } = process.cpuUsage(before);
      const rate = (count * 1_000_000) / (user + system);
      if (round > 0) best.set(name, Math.max(best.get(name) ?? 0, rate));
    }
  }
  if (sink < 0) throw new Error('never');
  return best;
}

/** A contender that throws on a code, or finds other elements, is named: speed on wrong answers is worth nothing. */
function doubts(contender: Contender, expected: Contender): string {
  let thrown = 0;
  let other = 0;
  contender.codes.forEach((code, i) => {
    try {
      if (contender.read(code, i) !== expected.read(code, i)) other++;
    } catch {
      thrown++;
    }
  });
  return thrown || other ? `  (throws on ${thrown}, other elements on ${other} of ${contender.codes.length})` : '';
}

const expected = element[0] as Contender;
const remarks = new Map(element.map((one) => [one.name, doubts(one, expected)]));
const able = element.filter(
  (one) => !remarks.get(one.name)?.includes('throws on') || remarks.get(one.name)?.includes('throws on 0'),
);
const rates = measure(able);
const line = (name: string, rate: number, remark = '') =>
  process.stdout.write(`${name.padEnd(36)} ${Math.round(rate).toLocaleString('en').padStart(12)} /s${remark}\n`);
for (const [name, rate] of rates) line(name, rate, remarks.get(name));
for (const one of element)
  if (!rates.has(one.name)) process.stdout.write(`${one.name.padEnd(36)} left out${remarks.get(one.name)}\n`);
const fastest = Math.max(...[...rates].filter(([name]) => name.startsWith('npm')).map(([, rate]) => rate));
const ours = rates.get(expected.name) as number;
for (const [name, rate] of measure(others)) line(name, rate);
process.stdout.write(`ratio to the fastest npm parser: ${(ours / fastest).toFixed(1)} (required 2)\n`);
