import { foldText } from '../../devices/index.ts';
import { type ActNumber, actNumbersIn, type Standard, standardsIn } from './act-numbers.ts';
import { isHan } from './tokens.ts';
import { ASKING, CHINESE_WORDS, ENGLISH_ASKING, ENGLISH_WORDS } from './words.ts';

/** One thing that is asked for, in the words of the question and in those of the acts. */
export interface Term {
  /** The first form is what was typed. */
  readonly forms: readonly Form[];
}

export interface Form {
  /** Folded. */
  readonly text: string;
  /** 1 as typed, less for another word of the same meaning. */
  readonly weight: number;
}

/** A question taken apart. */
export interface Question {
  readonly terms: readonly Term[];
  readonly numbers: readonly ActNumber[];
  readonly standards: readonly Standard[];
  readonly language: 'zh' | 'en';
}

const SYNONYM = 0.9;
/** Longest key of the table, in characters; a question is never read further than this at a time. */
const LONGEST = Math.max(...[...CHINESE_WORDS.keys()].map((word) => word.length));
/** A question is read so far, in characters. */
export const LONGEST_QUESTION = 500;
const askingWords = new Set(ASKING);
const askingPhrases = ASKING.filter((word) => word.length >= 2).sort((a, b) => b.length - a.length);

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** Takes a question apart: numbers and standards first, then words with their other words; asking words fall away. */
export function readQuestion(text: string): Question {
  let folded = foldText(text.slice(0, LONGEST_QUESTION));
  const blankOut = (start: number, end: number) => {
    folded = `${folded.slice(0, start)}${' '.repeat(end - start)}${folded.slice(end)}`;
  };
  const standards = standardsIn(folded);
  for (const { start, end } of standards) blankOut(start, end);
  const numbers = actNumbersIn(folded, true);
  for (const { start, end } of numbers) blankOut(start, end);
  const terms: Term[] = [];
  const han = isHan(folded);
  for (const [run] of folded.matchAll(/[\p{Script=Han}\u3040-\u30ff]+|[^\p{Script=Han}\u3040-\u30ff]+/gu)) {
    if (isHan(run)) chineseTerms(run, terms);
    else latinTerms(run, terms, !han);
  }
  return {
    terms: numbers.length
      ? terms.filter((term) => !/^(?:公告|通告|通知|第|号)$/.test(term.forms[0]?.text ?? ''))
      : terms,
    numbers,
    standards,
    language: han ? 'zh' : 'en',
  };
}

function termOf(typed: string, others: readonly string[] | undefined): Term {
  const forms: Form[] = [{ text: typed, weight: 1 }];
  for (const other of others ?? []) {
    const text = foldText(other);
    if (!forms.some((form) => form.text === text)) forms.push({ text, weight: SYNONYM });
  }
  return { forms };
}

function chineseTerms(run: string, terms: Term[]): void {
  let rest = '';
  const flush = () => {
    plainTerms(rest, terms);
    rest = '';
  };
  for (let i = 0; i < run.length; ) {
    const key = keyAt(run, i);
    if (key) {
      flush();
      terms.push(termOf(key, CHINESE_WORDS.get(key)));
      i += key.length;
      continue;
    }
    const asked = askingPhrases.find((phrase) => run.startsWith(phrase, i));
    // a phrase that fills the whole run is what is looked for
    if (asked && asked.length < run.length) {
      flush();
      i += asked.length;
      continue;
    }
    rest += run[i++];
  }
  flush();
}

function keyAt(run: string, at: number): string | undefined {
  for (let length = Math.min(LONGEST, run.length - at); length >= 2; length--) {
    const key = run.slice(at, at + length);
    if (CHINESE_WORDS.has(key)) return key;
  }
  return undefined;
}

/** A stretch without a word of the table: cut where single asking words stand. */
function plainTerms(stretch: string, terms: Term[]): void {
  let piece = '';
  const flush = () => {
    if (piece.length >= 2) terms.push(termOf(piece, undefined));
    piece = '';
  };
  for (const { segment } of words.segment(stretch)) {
    if (askingWords.has(segment)) flush();
    else piece += segment;
  }
  flush();
  const only = terms.length === 0 && stretch.length === 1 && !askingWords.has(stretch);
  if (only) terms.push(termOf(stretch, undefined));
}

const LONGEST_ENGLISH = 4;

function latinTerms(run: string, terms: Term[], english: boolean): void {
  const found = [...run.matchAll(/[a-z0-9\u00df-\u024f\u0370-\u03ff]+(?:[.'’/-][a-z0-9]+)*/g)].map((m) => m[0]);
  for (let i = 0; i < found.length; ) {
    let length = Math.min(LONGEST_ENGLISH, found.length - i);
    let others: readonly string[] | undefined;
    for (; length >= 1; length--) {
      const key = found.slice(i, i + length).join(' ');
      others = ENGLISH_WORDS.get(key) ?? CHINESE_WORDS.get(key);
      if (others) break;
    }
    if (others) {
      terms.push(termOf(found.slice(i, i + length).join(' '), others));
      i += length;
      continue;
    }
    const word = found[i++] as string;
    if (!(english && ENGLISH_ASKING.has(word))) {
      const parts = word.split('/');
      for (const part of parts) if (part) terms.push(termOf(part, CHINESE_WORDS.get(part)));
    }
  }
}
