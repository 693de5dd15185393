import type { SearchTerm } from './search-text.ts';

const CHINESE = /^[\u3400-\u9fff]{4,20}$/;

/** Pairs of characters of a run as a phrase; null for fewer than two characters. */
function phrase(run: string): string | null {
  if (run.length < 2) return null;
  const pairs: string[] = [];
  for (let i = 0; i + 1 < run.length; i++) pairs.push(`'${run.slice(i, i + 2)}'`);
  return pairs.join(' <-> ');
}

/**
 * Phrases that a Chinese term may have meant with one character wrong, missing or too many: what stands left and
 * right of the place, at the distance it then has. Terms of fewer than four characters say too little.
 */
export function nearPhrases(term: string): string[] {
  if (!CHINESE.test(term)) return [];
  const found = new Set<string>();
  const join = (left: string, right: string, distance: number) => {
    const a = phrase(left);
    const b = phrase(right);
    if (a && b) found.add(`${a} <${distance}> ${b}`);
    else if (a && left.length >= 3) found.add(a);
    else if (b && right.length >= 3) found.add(b);
  };
  for (let i = 0; i < term.length; i++) {
    const left = term.slice(0, i);
    const right = term.slice(i + 1);
    join(left, right, 3); // another character stands there
    join(left, right, 2); // the character is too many
    if (i > 0) join(left, term.slice(i), 3); // one is missing before it
  }
  return [...found];
}

/** The question with one of its Chinese terms near instead of exact, as alternatives; empty when none can be made. */
export function nearQueries(terms: readonly SearchTerm[]): string[] {
  return terms.flatMap((term, i) => {
    const others = terms.flatMap((other, j) => (i === j || other.query === null ? [] : [`(${other.query})`]));
    return nearPhrases(term.text).map((near) => [...others, `(${near})`].join(' & '));
  });
}
