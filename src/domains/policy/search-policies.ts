import { foldText } from '../devices/index.ts';
import type { PolicyFilter, PolicyLibrary, PolicySort, ShownRow } from './library.ts';
import { strongTerm } from './search/index-terms.ts';
import { LONGEST_QUESTION, type Question, readQuestion } from './search/question.ts';
import { rank } from './search/rank.ts';
import { inverseFrequency, tokensAsked, weighQuestion } from './search/score.ts';
import { mendSlips, pairsOfQuestion, pairsOfSuspects, suspectsOf } from './search/slips.ts';
import { type Snippet, snippetOf } from './search/snippet.ts';

export interface PolicyHit {
  readonly document: ShownRow;
  readonly score: number;
  readonly snippet: Snippet;
  /** Other documents with the same text, or in another language. */
  readonly copies: number;
}

export interface PolicyAnswer {
  readonly hits: readonly PolicyHit[];
  readonly total: { readonly value: number; readonly relation: 'exact' | 'estimate' };
  /** Whether more follow the hits given. */
  readonly more: boolean;
  /** Every document that was ranked, in the order given. */
  readonly found: readonly string[];
  /** The question that was searched in place of the one asked, when a slip of the pen was mended. */
  readonly instead: string | null;
}

/** Documents read in full for a question. Pages end here too: nobody reads the four hundredth hit. */
export const MOST_CANDIDATES = 400;
/** An act whose own number is asked for is among the candidates whatever else is asked. */
const NUMBER_SHARE = 10;
/** Rows of the index visited for a question, as far as its first terms allow. */
const MOST_NAMED = 60_000;
const FEWEST_TERMS = 4;
const MOST_TERMS = 40;

/** Searches the library: candidates by the index, then each of them scored by its text. */
export async function searchPolicies(
  library: PolicyLibrary,
  text: string,
  options: {
    readonly filter: PolicyFilter;
    readonly offset: number;
    readonly limit: number;
    readonly sort?: PolicySort;
  },
): Promise<PolicyAnswer> {
  const mended = await withoutSlips(library, text);
  const question = readQuestion(mended ?? text);
  const tokens = tokensAsked(question);
  const counts = await library.countsOf([...tokens, ...tokens.map(strongTerm)]);
  const df = (token: string) => counts.df.get(token) ?? 0;
  const asked = weighQuestion(question, { ...counts, df });
  const terms = candidateTerms(question, asked.terms, counts.documents, df);
  const { candidates, found } = await library.findCandidates(terms, options.filter, MOST_CANDIDATES);
  const ranked = rank(
    asked,
    candidates.map((candidate) => ({ ...candidate, body: candidate.folded })),
  );
  sortRanked(ranked, options.sort ?? 'relevance');
  const page = ranked.slice(options.offset, options.offset + options.limit);
  const rows = await library.shownRows(page.map(({ document }) => document.id));
  const standards = question.standards.map(({ id }) => id.replace(/^[a-z]+/, ''));
  return {
    hits: page.flatMap(({ document, score, copies }) => {
      const row = rows.get(document.id);
      return row ? [{ document: row, score: score.value, snippet: snippetOf(row.body, asked, standards), copies }] : [];
    }),
    // beyond the candidates only the index has looked: what it found is the best that can be said
    total:
      found <= candidates.length
        ? { value: ranked.length, relation: 'exact' }
        : {
            value: Math.max(ranked.length, Math.round((found * ranked.length) / candidates.length)),
            relation: 'estimate',
          },
    more: ranked.length > options.offset + options.limit,
    found: ranked.map(({ document }) => document.id),
    instead: mended,
  };
}

/** Puts what was ranked into another order; documents without a day come last. */
function sortRanked(
  ranked: { document: { title: string; dated: string | null; id: string } }[],
  sort: PolicySort,
): void {
  if (sort === 'relevance') return;
  const last = sort === 'newest' ? '' : '9999';
  const key = ({ document }: (typeof ranked)[number]) => (sort === 'title' ? document.title : (document.dated ?? last));
  const way = sort === 'newest' ? -1 : 1;
  ranked.sort((a, b) => (key(a) < key(b) ? -way : key(a) > key(b) ? way : a.document.id < b.document.id ? -1 : 1));
}

async function withoutSlips(library: PolicyLibrary, text: string): Promise<string | null> {
  const folded = foldText(text.slice(0, LONGEST_QUESTION));
  const pairs = pairsOfQuestion(folded);
  if (pairs.length < 3) return null;
  const counts = await library.countsOf(pairs);
  const suspects = suspectsOf(folded, (pair) => counts.df.get(pair) ?? 0);
  if (suspects.length === 0) return null;
  const others = await library.countsOf(pairsOfSuspects(folded, suspects));
  return mendSlips(folded, suspects, (pair) => counts.df.get(pair) ?? others.df.get(pair) ?? 0);
}

/**
 * The terms by which candidates are found, heaviest first, until they name enough documents: in a large library the
 * rare words of a question decide, and what stands in every second text is left to the scoring.
 */
function candidateTerms(
  question: Question,
  asked: ReturnType<typeof weighQuestion>['terms'],
  documents: number,
  df: (token: string) => number,
): { term: string; weight: number }[] {
  const weights = new Map<string, number>();
  const raise = (term: string, share: number) => {
    const times = df(term);
    if (times === 0) return;
    const weight = share * inverseFrequency(documents, times);
    weights.set(term, Math.max(weights.get(term) ?? 0, weight));
  };
  const both = (term: string, share: number) => {
    raise(term, share);
    raise(strongTerm(term), share);
  };
  // a form of few tokens is as good as one of many
  for (const { forms } of asked)
    for (const { parts, mass, form } of forms)
      for (const { text, weight } of parts) both(text, (weight / mass) * form.weight * parts.length ** 0.5);
  for (const { id } of question.standards) raise(`s:${id}`, 2);
  for (const number of tokensAsked({ ...question, terms: [], standards: [] })) both(number, NUMBER_SHARE);
  const chosen: { term: string; weight: number }[] = [];
  let named = 0;
  for (const [term, weight] of [...weights].sort((a, b) => b[1] - a[1])) {
    named += df(term);
    if (chosen.length >= FEWEST_TERMS && (named > MOST_NAMED || chosen.length >= MOST_TERMS)) break;
    chosen.push({ term, weight });
  }
  return chosen;
}
