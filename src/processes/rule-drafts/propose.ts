import type { PolicyDocument, Span } from '../../domains/policy/index.ts';
import type { LocalDate } from '../../kernel/local-date.ts';
import { parseLocalDate } from '../../kernel/local-date.ts';
import type { Rulebook } from '../../rules/rulebook.ts';

/** A value a text states, and the parameters of the rulebook it may be one of. */
export interface Proposal extends Span {
  /** The sentence around it. */
  readonly sentence: string;
  readonly value: number;
  readonly unit: string | null;
  /** The unit as the text writes it. */
  readonly unitAsWritten: string;
  readonly from: LocalDate | null;
  readonly article: string | null;
  /** Most likely first; a person chooses. */
  readonly parameters: readonly {
    readonly id: string;
    readonly zh: string;
    readonly en: string;
    readonly likeness: number;
  }[];
}

/** Units of the rulebook by the words of texts. */
const UNITS: Readonly<Record<string, string>> = {
  工作日: 'workday',
  个工作日: 'workday',
  日: 'day',
  天: 'day',
  个月: 'month',
  月: 'month',
  年: 'year',
  小时: 'hour',
  分钟: 'minute',
  '%': 'percent',
};
const MOST_PARAMETERS = 5;
/** Share of pairs of characters below which two wordings have nothing to do with each other. */
const LEAST_LIKENESS = 0.12;
const ARTICLE = /第[一二三四五六七八九十百零〇\d]+条/g;

function pairsOf(text: string): Set<string> {
  const words = text.replace(/[^\u4e00-\u9fff]/g, '');
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < words.length; i++) pairs.add(words.slice(i, i + 2));
  return pairs;
}

function likeness(title: Set<string>, sentence: Set<string>): number {
  if (title.size === 0) return 0;
  let common = 0;
  for (const pair of title) if (sentence.has(pair)) common++;
  return common / title.size;
}

/** The sentence around a place. */
export function sentenceAt(text: string, span: Span): Span {
  const ends = /[。;；!?！？\n]/;
  let start = Math.min(span.start, text.length);
  while (start > 0 && !ends.test(text[start - 1] as string) && span.start - start < 400) start--;
  let end = Math.min(Math.max(span.end, span.start), text.length);
  while (end < text.length && !ends.test(text[end] as string) && end - span.end < 400) end++;
  if (end < text.length && text[end] !== '\n') end++;
  while (start < end && /\s/.test(text[start] as string)) start++;
  return { start, end };
}

/**
 * The dated values an act states, as drafts for the overlay: each figure with a unit the rulebook counts in, the day the
 * act takes effect, the article it stands in, and the parameters whose title its sentence resembles. Nothing is decided
 * here; drafts and news state no rules.
 */
export function proposeValues(document: PolicyDocument, text: string, book: Rulebook): Proposal[] {
  if (!document.isPolicy || document.kind === 'consultation' || document.kind === 'draft') return [];
  const from = document.effectiveDate === null ? null : (parseLocalDate(document.effectiveDate) ?? null);
  const titles = [...book.parameters.values()].map((one) => ({ one, pairs: pairsOf(one.title.zh) }));
  return document.figures.flatMap((figure) => {
    const unit = UNITS[figure.unit] ?? null;
    const place = sentenceAt(text, figure);
    const sentence = text.slice(place.start, place.end).trim();
    const words = pairsOf(sentence);
    const parameters = titles
      .map(({ one, pairs }) => ({ one, like: likeness(pairs, words) }))
      .filter(({ one, like }) => like >= LEAST_LIKENESS && (unit === null || fits(one.unit, unit)))
      .sort((a, b) => b.like - a.like)
      .slice(0, MOST_PARAMETERS)
      .map(({ one, like }) => ({ id: one.id, ...one.title, likeness: Math.round(like * 100) / 100 }));
    if (unit === null && parameters.length === 0) return [];
    const article = text.slice(0, figure.start).slice(-4_000).match(ARTICLE)?.at(-1) ?? null;
    return [
      {
        start: figure.start,
        end: figure.end,
        sentence,
        value: figure.value,
        unit,
        unitAsWritten: figure.unit,
        from,
        article,
        parameters,
      },
    ];
  });
}

function fits(unitOfParameter: string, unit: string): boolean {
  return unitOfParameter === unit || unitOfParameter.startsWith(`${unit}-`) || unitOfParameter === 'not-found';
}
