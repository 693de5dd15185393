import { diffArrays } from 'diff';
import { foldText } from '../../devices/index.ts';
import { likeness } from '../linking/titles.ts';
import { type Article, articlesOf } from './articles.ts';

export type ArticleChange = 'same' | 'added' | 'removed' | 'changed' | 'moved';

export interface WordPart {
  readonly op: '=' | '+' | '-';
  readonly text: string;
}

/** An article of the later text against that of the earlier one. */
export interface ComparedArticle {
  readonly no: string | null;
  /** Its number in the earlier text, where that is another. */
  readonly aNo: string | null;
  readonly heading: string;
  readonly change: ArticleChange;
  /** The words were changed too; of an article that was moved. */
  readonly edited: boolean;
  readonly aStart: number | null;
  readonly aEnd: number | null;
  readonly bStart: number | null;
  readonly bEnd: number | null;
  readonly parts: readonly WordPart[];
}

export interface Comparison {
  readonly articles: readonly ComparedArticle[];
  readonly counts: Readonly<Record<ArticleChange, number>>;
}

/** Articles so alike, by pairs of characters, are one. */
const ALIKE = 0.5;
/** Of one number they may differ more. */
const ALIKE_SAME_NUMBER = 0.3;
/** Characters of an article too short for pairs of characters. */
const SHORT = 16;
/** Pairs of articles compared in full; beyond, only those near one another are. */
const MOST_PAIRS = 40_000;
const NEAR = 30;
/** Words changed within one article, and within one comparison, that are told one by one. */
const MOST_EDITS = 1_500;
const MOST_WORK = 60_000_000;

interface Unit extends Article {
  readonly at: number;
  readonly folded: string;
}

/**
 * Compares two texts article by article: which were added, removed, changed or moved, with the words. An article that
 * only got another number is the same. Time grows with the length of the texts; where two articles have little in
 * common, or the texts are very long, one is told as removed and the other as added words.
 */
export function compareTexts(a: string, b: string): Comparison {
  const before = unitsOf(a);
  const after = unitsOf(b);
  const pairs = pairUp(before, after);
  const inOrder = longestRise(after.flatMap(({ at }) => pairs.get(at) ?? []));
  let work = 0;
  const articles: ComparedArticle[] = [];
  const removed = before.filter((unit) => ![...pairs.values()].includes(unit.at));
  let nextRemoved = 0;
  const flushRemoved = (until: number) => {
    for (; nextRemoved < removed.length && (removed[nextRemoved] as Unit).at < until; nextRemoved++)
      articles.push(told(removed[nextRemoved] as Unit, null, 'removed', []));
  };
  for (const unit of after) {
    const partner = pairs.get(unit.at);
    if (partner === undefined) {
      articles.push(told(null, unit, 'added', [{ op: '+', text: unit.text }]));
      continue;
    }
    const other = before[partner] as Unit;
    const edited = other.folded !== unit.folded;
    const ordered = inOrder.has(partner);
    if (ordered) flushRemoved(partner);
    const parts = edited ? wordsOf(other.text, unit.text, work < MOST_WORK) : [];
    work += edited ? other.text.length * Math.min(MOST_EDITS, unit.text.length) : 0;
    articles.push(told(other, unit, ordered ? (edited ? 'changed' : 'same') : 'moved', parts));
  }
  flushRemoved(Number.POSITIVE_INFINITY);
  const counts = { same: 0, added: 0, removed: 0, changed: 0, moved: 0 };
  for (const { change } of articles) counts[change]++;
  return { articles, counts };
}

function unitsOf(text: string): Unit[] {
  return articlesOf(text).map((article, at) => {
    const words = article.no === null ? article.text : article.text.slice(article.no.length);
    return { ...article, at, folded: foldText(words).replace(/[\s\p{P}]/gu, '') };
  });
}

/** Articles of the later text with their partner in the earlier one: equal words, then the same number, then alike. */
function pairUp(before: readonly Unit[], after: readonly Unit[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const free = new Set(before.map(({ at }) => at));
  const pair = (a: Unit, b: Unit) => {
    pairs.set(b.at, a.at);
    free.delete(a.at);
  };
  const byWords = new Map<string, Unit[]>();
  for (const unit of before) byWords.set(unit.folded, [...(byWords.get(unit.folded) ?? []), unit]);
  for (const unit of after) {
    const equal = byWords.get(unit.folded)?.filter(({ at }) => free.has(at));
    const best = equal?.find(({ no }) => no === unit.no) ?? equal?.[0];
    if (best) pair(best, unit);
  }
  const open = after.filter(({ at }) => !pairs.has(at));
  const near = free.size * open.length > MOST_PAIRS;
  const fits: { a: Unit; b: Unit; like: number }[] = [];
  const shift = after.length / Math.max(1, before.length);
  for (const b of open)
    for (const at of free) {
      const a = before[at] as Unit;
      const sameNo = a.no !== null && a.no === b.no;
      if (near && !sameNo && Math.abs(a.at * shift - b.at) > NEAR) continue;
      const [short, long] = [a.folded.length, b.folded.length].sort((x, y) => x - y) as [number, number];
      if (long > 0 && (2 * short) / (short + long) < ALIKE_SAME_NUMBER) continue;
      const like = long <= SHORT ? commonLetters(a.folded, b.folded) : likeness(a.folded, b.folded);
      if (like >= (sameNo ? ALIKE_SAME_NUMBER : ALIKE)) fits.push({ a, b, like: like + (sameNo ? 0.1 : 0) });
    }
  fits.sort((x, y) => y.like - x.like || x.b.at - y.b.at || x.a.at - y.a.at);
  for (const { a, b } of fits) if (free.has(a.at) && !pairs.has(b.at)) pair(a, b);
  return pairs;
}

/** Share of characters two short articles have in common: they have too few pairs. */
function commonLetters(a: string, b: string): number {
  const rest = new Map<string, number>();
  for (const letter of a) rest.set(letter, (rest.get(letter) ?? 0) + 1);
  let common = 0;
  for (const letter of b) {
    const left = rest.get(letter) ?? 0;
    if (left > 0) common++;
    rest.set(letter, left - 1);
  }
  return (2 * common) / Math.max(1, a.length + b.length);
}

/** The members of the longest rising run: articles that kept their order. */
function longestRise(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const value of values) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    before.set(value, low > 0 ? tails[low - 1] : undefined);
    tails[low] = value;
  }
  const kept = new Set<number>();
  for (let value = tails.at(-1); value !== undefined; value = before.get(value)) kept.add(value);
  return kept;
}

function told(a: Unit | null, b: Unit | null, change: ArticleChange, parts: readonly WordPart[]): ComparedArticle {
  const shown = (b ?? a) as Unit;
  return {
    no: shown.no,
    aNo: a && b && a.no !== b.no ? a.no : null,
    heading: shown.heading,
    change,
    edited: parts.length > 0 && a !== null && b !== null,
    aStart: a?.start ?? null,
    aEnd: a?.end ?? null,
    bStart: b?.start ?? null,
    bEnd: b?.end ?? null,
    parts: change === 'removed' ? [{ op: '-', text: shown.text }] : parts,
  };
}

const TOKEN = /[A-Za-z0-9.]+|\s+|[\s\S]/gu;

/** The words that went and came. A single character that stayed between two changes is told with them. */
function wordsOf(a: string, b: string, detailed: boolean): WordPart[] {
  const whole: WordPart[] = [
    { op: '-', text: a },
    { op: '+', text: b },
  ];
  if (!detailed) return whole;
  const plain = new Map<string, string>();
  const fold = (token: string): string => {
    const known = plain.get(token);
    if (known !== undefined) return known;
    const folded = foldText(token).trim();
    plain.set(token, folded);
    return folded;
  };
  const changes = diffArrays(a.match(TOKEN) ?? [], b.match(TOKEN) ?? [], {
    comparator: (x, y) => fold(x) === fold(y),
    maxEditLength: MOST_EDITS,
  });
  if (!changes) return whole;
  const parts: { op: WordPart['op']; text: string }[] = [];
  const push = (op: WordPart['op'], text: string) => {
    if (text === '') return;
    const last = parts.at(-1);
    if (last?.op === op) last.text += text;
    else parts.push({ op, text });
  };
  changes.forEach((change, i) => {
    const text = change.value.join('');
    const kept = !change.added && !change.removed;
    const before = changes[i - 1];
    const next = changes[i + 1];
    if (kept && [...text].length === 1 && before && next && !/[\s\p{P}]/u.test(text)) {
      push('-', text);
      push('+', text);
    } else push(change.added ? '+' : change.removed ? '-' : '=', text);
  });
  return grouped(parts);
}

/** Between two stretches that stayed, all that went stands before all that came. */
function grouped(parts: readonly WordPart[]): WordPart[] {
  const out: WordPart[] = [];
  let gone = '';
  let come = '';
  const flush = () => {
    if (gone) out.push({ op: '-', text: gone });
    if (come) out.push({ op: '+', text: come });
    gone = '';
    come = '';
  };
  for (const part of parts) {
    if (part.op === '-') gone += part.text;
    else if (part.op === '+') come += part.text;
    else {
      flush();
      out.push(part);
    }
  }
  flush();
  return out;
}
