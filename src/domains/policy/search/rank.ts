import { translationStem } from './copies.ts';
import type { Scorable, Score, WeighedQuestion } from './score.ts';
import { scoreDocument } from './score.ts';

/** A document with the group of its copies. */
interface Grouped extends Scorable {
  readonly id: string;
  readonly key: string;
  readonly group: string;
}

export interface Ranked<T> {
  readonly document: T;
  readonly score: Score;
  /** Other documents with the same text, or in another language. */
  readonly copies: number;
}

/** Share of what the best document speaks of that another must speak of to count as found. */
const FOUND = 0.4;

/** Of the score of the document whose translation a stub announces. */
const STUB_SHARE = 0.3;

/**
 * Scores documents, puts copies and translations together under the best of them (in the language of the question where
 * they are equal), best first. A stub has no text to be scored: it stands far below the document whose translation it
 * announces. Documents that speak of less than two fifths of what the best one speaks of are left out.
 */
export function rank<T extends Grouped>(asked: WeighedQuestion, documents: readonly T[]): Ranked<T>[] {
  const scored = documents
    .map((document) => ({ document, score: scoreDocument(asked, document) }))
    .filter(({ score }) => score.value > 0);
  const translated = new Map<string, Score>();
  for (const { document, score } of scored) {
    if (document.stub) continue;
    const stem = translationStem(document.key);
    if (score.value > (translated.get(stem)?.value ?? 0)) translated.set(stem, score);
  }
  const placed = scored.map((entry) => {
    const of = entry.document.stub ? translated.get(translationStem(entry.document.key)) : undefined;
    return of ? { ...entry, score: { value: of.value * STUB_SHARE, coverage: of.coverage } } : entry;
  });
  const most = placed.reduce((best, { score }) => Math.max(best, score.coverage), 0);
  const found = placed.filter(({ score }) => score.coverage >= FOUND * most);
  const own = (document: T) => (document.language === asked.question.language ? 0 : 1);
  const order = found.sort(
    (a, b) =>
      b.score.value - a.score.value ||
      own(a.document) - own(b.document) ||
      (a.document.key < b.document.key ? -1 : a.document.key > b.document.key ? 1 : 0),
  );
  const groups = new Map<string, { document: T; score: Score; copies: number }>();
  for (const entry of order) {
    const first = groups.get(entry.document.group);
    if (!first) groups.set(entry.document.group, { ...entry, copies: 0 });
    else first.copies++;
  }
  return [...groups.values()];
}
