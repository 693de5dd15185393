import { AI_TABLE } from './ai-table.generated.ts';
import { CSET39, CSET64, CSET82, DIGIT } from './charsets.ts';
import { LINTERS, type Linter } from './linters.ts';

/** One part of a value: class of characters, length, and further tests. */
export interface AiComponent {
  readonly mask: number;
  readonly base64: boolean;
  readonly min: number;
  readonly max: number;
  readonly optional: boolean;
  readonly linters: readonly Linter[];
}

/** How the hot loop reads a value. */
export const READ_TEXT = 0;
export const READ_NUMBER = 1;
export const READ_CHECKED_KEY = 2;
export const READ_DATE = 3;
export const READ_BY_PARTS = 4;

/** Another AI that must, or must not, be there: all AIs whose number starts like this one. */
export interface AiPattern {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export interface AiEntry {
  readonly ai: string;
  readonly number: number;
  readonly title: string;
  /** Predefined length: no separator needed after the value. */
  readonly predefined: boolean;
  /** Allowed as a data attribute (query parameter) of a GS1 Digital Link URI. */
  readonly attribute: boolean;
  readonly components: readonly AiComponent[];
  readonly min: number;
  readonly max: number;
  readonly read: number;
  /** One of the groups must be there, each with all its members. Empty: nothing required. */
  readonly required: readonly (readonly AiPattern[])[];
  /** Numbers of the groups that are one AI: the usual case, asked first. */
  readonly requiredOne: readonly number[];
  readonly requiredText: string;
  readonly excluded: readonly AiPattern[];
  /** Digital Link primary key: its qualifiers in order, in alternatives; null when it is no key. */
  readonly qualifiers: readonly (readonly string[])[] | null;
}

const MASKS: Readonly<Record<string, number>> = { N: DIGIT, X: CSET82, Y: CSET39, Z: CSET64 };

function readComponent(word: string): AiComponent {
  const optional = word.startsWith('[');
  const [type, ...names] = word.replace(/[[\]]/g, '').split(',') as [string, ...string[]];
  const variable = type.includes('..');
  const max = Number(type.slice(variable ? 3 : 1));
  return {
    mask: MASKS[type.charAt(0)] as number,
    base64: type.startsWith('Z'),
    min: variable ? 1 : max,
    max,
    optional,
    linters: names.map((name) => LINTERS[name] as Linter),
  };
}

/** Numbers are unique although AIs have 2, 3 or 4 digits: the first two digits decide the length. */
function pattern(text: string): AiPattern {
  const low = text.replace(/n/g, '0');
  const high = text.replace(/n/g, '9');
  return { text, from: Number(low), to: Number(high) };
}

function readMode(components: readonly AiComponent[], names: string): number {
  const only = components.length === 1 ? (components[0] as AiComponent) : null;
  if (!only || only.base64) return READ_BY_PARTS;
  if (!names) return only.mask === CSET82 ? READ_TEXT : only.mask === DIGIT ? READ_NUMBER : READ_BY_PARTS;
  if (names === 'yymmd0') return READ_DATE;
  // The prefix of the company is four digits at least: given once the whole key is made of digits.
  return /^csum,gcppos[12]$/.test(names) && only.min === only.max ? READ_CHECKED_KEY : READ_BY_PARTS;
}

function readLine(line: string): AiEntry[] {
  const [ais, flags, spec, written, title] = line.split('\t') as [string, string, string, string, string];
  const attributes = written.replace('~', `${ais.slice(0, 3)}n`);
  const components = spec.split(' ').map(readComponent);
  const attribute = (name: string) =>
    attributes.split(' ').find((word) => word === name || word.startsWith(`${name}=`));
  const list = (name: string) => attribute(name)?.slice(name.length + 1) ?? '';
  const requiredText = list('req');
  const key = attribute('dlpkey');
  const shared = {
    title,
    predefined: flags.includes('*'),
    attribute: flags.includes('?'),
    components,
    min: components.reduce((sum, part) => sum + (part.optional ? 0 : part.min), 0),
    max: components.reduce((sum, part) => sum + part.max, 0),
    read: readMode(components, spec.slice(spec.indexOf(',') + 1).replace(spec, '')),
    required: requiredText ? requiredText.split(',').map((group) => group.split('+').map(pattern)) : [],
    requiredOne: requiredText
      .split(',')
      .filter((group) => /^\d+$/.test(group))
      .map(Number),
    requiredText,
    excluded: list('ex') ? list('ex').split(',').map(pattern) : [],
    qualifiers:
      key === undefined
        ? null
        : list('dlpkey')
            .split('|')
            .map((one) => one.split(',').filter(Boolean)),
  };
  const [first, last] = ais.split('-') as [string, string | undefined];
  const entries: AiEntry[] = [];
  for (let number = Number(first); number <= Number(last ?? first); number++) {
    entries.push({ ai: String(number).padStart(first.length, '0'), number, ...shared });
  }
  return entries;
}

/** All entries in the order of the dictionary. */
export const AI_ENTRIES: readonly AiEntry[] = AI_TABLE.split('\n').flatMap(readLine);

/** Entry of an AI by its number. */
export const AI_BY_NUMBER: readonly (AiEntry | undefined)[] = (() => {
  const table: (AiEntry | undefined)[] = new Array(10_000).fill(undefined);
  for (const entry of AI_ENTRIES) table[entry.number] = entry;
  return table;
})();

/** Length of an AI by its first two digits; 0 where no AI begins so. */
export const AI_LENGTH: Uint8Array = (() => {
  const lengths = new Uint8Array(100);
  for (const { ai } of AI_ENTRIES) lengths[Number(ai.slice(0, 2))] = ai.length;
  return lengths;
})();

/** Entry of an AI written alone, as `01` or `3103`; undefined for anything that is no AI. */
export function findAi(ai: string): AiEntry | undefined {
  return aiAt(ai, 0, ai.length, true);
}

/**
 * Entry of the AI at `start`; undefined when none begins there.
 * @param whole the AI must end exactly at `end`
 */
export function aiAt(s: string, start: number, end: number, whole = false): AiEntry | undefined {
  const tens = s.charCodeAt(start) - 48;
  const ones = s.charCodeAt(start + 1) - 48;
  if (!(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9) || start + 2 > end) return undefined;
  let number = tens * 10 + ones;
  const length = AI_LENGTH[number] as number;
  if (length === 0 || start + length > end || (whole && start + length !== end)) return undefined;
  for (let i = 2; i < length; i++) {
    const d = s.charCodeAt(start + i) - 48;
    if (!(d >= 0 && d <= 9)) return undefined;
    number = number * 10 + d;
  }
  return AI_BY_NUMBER[number];
}
