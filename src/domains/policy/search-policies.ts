import { foldText } from '../devices/index.ts';
import { LONGEST_QUESTION, type Question, readQuestion } from './search/question.ts';
import { rank } from './search/rank.ts';
import { inverseFrequency, tokensAsked, weighQuestion } from './search/score.ts';
import { mendSlips, pairsOfQuestion, pairsOfSuspects, suspectsOf } from './search/slips.ts';
import { type Snippet, snippetOf } from './search/snippet.ts';
import type { Candidate, PolicyFilter, ShownRow } from './store.pg.ts';

/** What the search asks of the library. */
export interface PolicyLibrary {
  countsOf(
    tokens: readonly string[],
  ): Promise<{ documents: number; averageLength: number; df: ReadonlyMap<string, number> }>;
  findCandidates(
    tokens: readonly { readonly term: string; readonly weight: number }[],
    filter: PolicyFilter,
    limit: number,
  ): Promise<{ readonly candidates: Candidate[]; readonly found: number }>;
  shownRows(ids: readonly string[]): Promise<Map<string, ShownRow>>;
}

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
  /** The question that was searched in place of the one asked, when a slip of the pen was mended. */
  readonly instead: string | null;
}

/** Documents read in full for a question. Pages end here too: nobody reads the four hundredth hit. */
export const MOST_CANDIDATES = 400;
/** An act whose own number is asked for is among the candidates whatever else is asked. */
const NUMBER_WEIGHT = 20;

/** Searches the library: candidates by the index, then each of them scored by its text. */
export async function searchPolicies(
  library: PolicyLibrary,
  text: string,
  options: { readonly filter: PolicyFilter; readonly offset: number; readonly limit: number },
): Promise<PolicyAnswer> {
  const mended = await withoutSlips(library, text);
  const question = readQuestion(mended ?? text);
  const counts = await library.countsOf(tokensAsked(question));
  const df = (token: string) => counts.df.get(token) ?? 0;
  const asked = weighQuestion(question, { ...counts, df });
  const tokens = candidateTokens(question, asked.terms, (token) => inverseFrequency(counts.documents, df(token)), df);
  const { candidates, found } = await library.findCandidates(tokens, options.filter, MOST_CANDIDATES);
  const ranked = rank(
    asked,
    candidates.map((candidate) => ({ ...candidate, body: candidate.folded })),
  );
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
    instead: mended,
  };
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

function candidateTokens(
  question: Question,
  terms: ReturnType<typeof weighQuestion>['terms'],
  idf: (token: string) => number,
  df: (token: string) => number,
): { term: string; weight: number }[] {
  const weights = new Map<string, number>();
  const raise = (term: string, weight: number) => weights.set(term, Math.max(weights.get(term) ?? 0, weight));
  for (const { forms } of terms)
    for (const { parts, mass, form } of forms)
      for (const part of parts) {
        // a form of few tokens is as good as one of many
        if (df(part.text) > 0)
          raise(part.text, (part.weight / mass) * form.weight * idf(part.text) * parts.length ** 0.5);
      }
  for (const { id } of question.standards) if (df(`s:${id}`) > 0) raise(`s:${id}`, 2 * idf(`s:${id}`));
  for (const number of tokensAsked({ ...question, terms: [], standards: [] }))
    if (df(number) > 0) raise(number, NUMBER_WEIGHT);
  return [...weights].map(([term, weight]) => ({ term, weight }));
}
