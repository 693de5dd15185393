import { numberTerm } from './act-numbers.ts';
import type { ReadDocument } from './read-document.ts';
import { tokensOf } from './tokens.ts';

/** A tsvector holds a megabyte; the longest act of the field has a tenth of these distinct tokens. */
const MOST_TERMS = 60_000;
/** A token as often as this in a thousand characters marks what a text is about. */
const OFTEN = 0.8;
const OFTEN_AT_LEAST = 3;
const STRONG = '^';

/** The mark of a token that stands in the title, in a heading, or often. */
export function strongTerm(token: string): string {
  return `${STRONG}${token}`;
}

/**
 * What a document is found by: its tokens, `s:` its standards, `n:` the numbers it has and cites, and `^` before tokens
 * it is about. No positions: a tsvector keeps none above 16,383 and at most 256 of one word, which long acts exceed, so
 * phrases are checked in the text itself.
 */
export function indexTerms(document: ReadDocument, folded: string): string[] {
  const { fields } = document;
  const counts = new Map<string, number>();
  const add = (token: string, times: number) => {
    const known = counts.get(token);
    if (known !== undefined) counts.set(token, known + times);
    else if (counts.size < MOST_TERMS / 2) counts.set(token, times);
  };
  for (const token of tokensOf(fields.title)) add(token, 0);
  for (const token of tokensOf(folded)) add(token, 1);
  const strong = new Set<string>([...tokensOf(fields.title), ...tokensOf(fields.headings)]);
  const enough = Math.max(OFTEN_AT_LEAST, (OFTEN * folded.length) / 1000);
  for (const [token, times] of counts) if (times >= enough) strong.add(token);
  const terms = new Set(counts.keys());
  for (const token of strong) if (counts.has(token)) terms.add(strongTerm(token));
  for (const id of Object.keys(fields.standards)) terms.add(`s:${id}`);
  for (const term of Object.keys(fields.cited)) terms.add(term);
  for (const number of fields.numbers) {
    terms.add(numberTerm(number));
    terms.add(strongTerm(numberTerm(number)));
  }
  return [...terms];
}
