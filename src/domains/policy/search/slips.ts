import { pinyin } from 'pinyin-pro';

/**
 * Slips of the pen in a Chinese question: a character that makes no pair known to the library with its neighbours, and
 * another one of the same sound that does (不良世件 → 不良事件). Whoever types by sound errs by sound.
 */
export interface Suspect {
  /** Place in the question. */
  readonly at: number;
  /** Characters of the same sound. */
  readonly others: readonly string[];
}

/** The other must be this much more frequent than what was written. */
const MORE = 200;
const AT_LEAST = 2;
const MOST_SUSPECTS = 4;
const FIRST = 0x4e00;
const LAST = 0x9fa5;

let bySound: Map<string, string[]> | undefined;

/** Common characters by their sound without tone; made once, when the first slip is suspected. */
function charactersBySound(): Map<string, string[]> {
  if (bySound) return bySound;
  bySound = new Map();
  const gb2312 = new TextDecoder('gb2312');
  const bytes = new Uint8Array(2);
  // the first level of GB 2312: the 3,755 characters in everyday use
  for (let row = 0xb0; row <= 0xd7; row++)
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      bytes.set([row, cell]);
      const character = gb2312.decode(bytes);
      if (character.length !== 1 || character === '\uFFFD') continue;
      const sound = soundOf(character);
      const known = bySound.get(sound);
      if (known) known.push(character);
      else bySound.set(sound, [character]);
    }
  return bySound;
}

function soundOf(character: string): string {
  return pinyin(character, { toneType: 'none' });
}

function pairsAt(text: string, at: number, character: string): string[] {
  const pairs: string[] = [];
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at + 1);
  if (before >= FIRST && before <= LAST) pairs.push(`${text[at - 1]}${character}`);
  if (after >= FIRST && after <= LAST) pairs.push(`${character}${text[at + 1]}`);
  return pairs;
}

/** Pairs of a folded question whose counts are needed to suspect anything. */
export function pairsOfQuestion(folded: string): string[] {
  return [...new Set([...folded].flatMap((_, at) => pairsAt(folded, at, folded[at] ?? '')))].filter((pair) =>
    /^\p{Script=Han}{2}$/u.test(pair),
  );
}

/** Characters that stand in no known pair, with those that sound the same. */
export function suspectsOf(folded: string, df: (token: string) => number): Suspect[] {
  const suspects: Suspect[] = [];
  for (let at = 0; at < folded.length && suspects.length < MOST_SUSPECTS; at++) {
    const c = folded.charCodeAt(at);
    if (c < FIRST || c > LAST) continue;
    const pairs = pairsAt(folded, at, folded[at] as string);
    // one neighbour alone says too little of a stretch of two
    if (pairs.length < 2 || pairs.some((pair) => df(pair) > AT_LEAST)) continue;
    const others = charactersBySound().get(soundOf(folded[at] as string)) ?? [];
    suspects.push({ at, others: others.filter((other) => other !== folded[at]) });
  }
  return suspects;
}

/** Pairs the suspects would make if they were another character. */
export function pairsOfSuspects(folded: string, suspects: readonly Suspect[]): string[] {
  return suspects.flatMap(({ at, others }) => others.flatMap((other) => pairsAt(folded, at, other)));
}

/** The question as it was meant, or null when nothing better is known. Neighbours are mended one after the other. */
export function mendSlips(folded: string, suspects: readonly Suspect[], df: (token: string) => number): string | null {
  let mended = folded;
  for (const { at, others } of suspects) {
    const written = Math.max(...pairsAt(mended, at, mended[at] as string).map(df));
    let best = Math.max(AT_LEAST, written * MORE);
    let choice: string | null = null;
    for (const other of others) {
      const support = Math.min(...pairsAt(mended, at, other).map(df));
      if (support >= best && (choice === null || support > best)) {
        best = support;
        choice = other;
      }
    }
    if (choice !== null) mended = `${mended.slice(0, at)}${choice}${mended.slice(at + 1)}`;
  }
  return mended === folded ? null : mended;
}
