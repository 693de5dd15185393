import {
  buildUdi,
  NUMBER_FORMATS,
  parseNumber,
  parseUdi,
  UDI_FORMS,
  type UdiForm,
} from '../../src/domains/identifiers/index.ts';

/** Numbers from a seed (Mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

type Random = (below: number) => number;

/** Codes of every kind, as material for mutation. */
const SAMPLES = [
  '010690123456789217270228102A\u001d21SN1\u001d240REF',
  '(01)06901234567892(17)270200(10)A\\(B(21)C',
  'https://id.gs1.org/01/06901234567892/22/v/10/b/21/s?17=270228&99=A%2FB&x=1#f',
  ']d20106901234567892',
  ']E06901234567892|]e010A',
  '81101234561234561111012310003',
  '00123456789012345675',
  '+A123BJC5D6E71G',
  '+A99912345/$$812710X3/16D20111212/14D20200906/S77DEFG453',
  '+A123BJC5D6E71G+$$52001510X3GD',
  '+$$+3270228SERIALG0',
  '*+A123BJC5D6E71G*',
  '=+06000=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123',
  '=)1TE123456A&)RZ12345678',
  '[)>\u001e06\u001d9N110375286414\u001d1T12345\u001dD150617\u001dS1\u001e\u0004',
  'PP12345ABCD.12345678.9004',
  'MA.156.M0.100011.2cscp023.Ste002.M200206.L343432.D555555.E200228.V200307.C9',
  '国械注准20173401234',
  '国械注进20153223210',
  '京食药监械（准）字2013第2400123号',
  '粤械备20210001号',
  '沪食药监械经营许20150001号',
  '91110000100006021L',
  'C0201011234567890123',
  '国家药监局2021年第121号公告',
];

/** Characters that mean something to one of the parsers, and some that mean nothing to any. */
const CHARACTERS = [
  ...'0123456789ABCXYZabz+-. $/%*()[]{}\\^~_&=,>}?#@!|:;"\'<`',
  '\u001d',
  '\u001e',
  '\u0004',
  '\u0000',
  '\r',
  '\n',
  '\t',
  '\u00a0',
  '国',
  '械',
  '（',
  '）',
  '号',
  'Ⅲ',
  '０',
  '\ud83d\ude00',
  '\ud800',
  'é',
];

function text(random: Random, longest: number): string {
  let out = '';
  for (let i = random(longest + 1); i > 0; i--) out += CHARACTERS[random(CHARACTERS.length)];
  return out;
}

function mutate(random: Random, sample: string): string {
  let out = sample;
  for (let i = 1 + random(4); i > 0; i--) {
    const at = random(out.length + 1);
    const piece = random(3)
      ? (CHARACTERS[random(CHARACTERS.length)] as string)
      : out.slice(random(out.length + 1), random(out.length + 1));
    out = out.slice(0, at) + (random(3) ? piece : '') + out.slice(at + random(3));
  }
  return out;
}

/** One input: noise, a changed sample, or two samples joined. */
export function anyInput(random: Random): string {
  const sample = () => SAMPLES[random(SAMPLES.length)] as string;
  switch (random(4)) {
    case 0:
      return text(random, 60);
    case 1:
      return sample() + (random(2) ? sample() : text(random, 10));
    default:
      return mutate(random, sample());
  }
}

/** A long input: a short pattern many times over, with something before and behind it. */
export function longInput(random: Random, length: number): string {
  const pattern = random(2) ? text(random, 8) || 'A' : (SAMPLES[random(SAMPLES.length)] as string);
  const head = random(2) ? (SAMPLES[random(SAMPLES.length)] as string) : text(random, 4);
  return head + pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length) + text(random, 3);
}

/** Reads the input by every parser it may be given to. Throws when an answer breaks what every answer promises. */
export function readAll(input: string, forms: readonly UdiForm[], kinds: readonly (string | undefined)[]): void {
  for (const form of forms) {
    const result = parseUdi(input, { form, refYear: 2026, options: { strict: true, zeroSuppressedGtin: true } });
    expectSound(result, input, `parseUdi ${form}`);
    const built = buildUdi({ ...result, refYear: 2026 });
    if (typeof built.text !== 'string') throw new Error('buildUdi without text');
  }
  for (const kind of kinds)
    expectSound(parseNumber(kind as Parameters<typeof parseNumber>[0], input), input, `parseNumber ${kind}`);
}

interface Answer {
  readonly valid: boolean;
  readonly problems: readonly { readonly severity: string; readonly message: string; readonly at?: number }[];
}

function expectSound(answer: Answer, input: string, what: string): void {
  const errors = answer.problems.filter((one) => one.severity === 'error').length;
  if (answer.valid !== (errors === 0) && what.startsWith('parseUdi'))
    throw new Error(`${what}: valid ${answer.valid} with ${errors} errors`);
  for (const { at, message } of answer.problems) {
    if (!message) throw new Error(`${what}: problem without message`);
    if (at !== undefined && !(Number.isInteger(at) && at >= 0 && at <= Math.max(input.length, 8192)))
      throw new Error(`${what}: place ${at} of ${input.length}`);
  }
  JSON.stringify(answer);
}

export const ALL_FORMS: readonly UdiForm[] = UDI_FORMS;
export const ALL_KINDS: readonly (string | undefined)[] = [undefined, ...NUMBER_FORMATS.map((format) => format.id)];

/** Longest time in milliseconds a parser may take for one input of up to a megabyte. */
export const TIME_LIMIT = 50;

/** Processor time of a call, the best of eight: the machine may be busy with other things. */
export function bestTime(call: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 8 && best > TIME_LIMIT; i++) {
    const start = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** Parsers one by one, for timing. */
export function* timedParsers(input: string): Generator<readonly [string, () => void]> {
  for (const form of ALL_FORMS) yield [`parseUdi ${form}`, () => void parseUdi(input, { form, refYear: 2026 })];
  for (const kind of ALL_KINDS)
    yield [`parseNumber ${kind}`, () => void parseNumber(kind as Parameters<typeof parseNumber>[0], input)];
}
