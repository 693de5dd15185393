/**
 * Tokens of folded text (see `foldText`): Chinese as overlapping pairs of characters, Latin letters and digits as words.
 * The same tokens as the search over products has; a lone Chinese character is a token only where it stands alone.
 */
const RUNS = /[\p{Script=Han}\u3040-\u30ff]+|[a-z0-9\u00df-\u024f\u0370-\u03ff]+(?:[.'’-][a-z0-9]+)*/gu;
const HAN = /[\p{Script=Han}\u3040-\u30ff]/u;
/** Longer words are cut: they are no words, and a lexeme has its limits. */
const LONGEST_WORD = 60;

export function isHan(text: string): boolean {
  return HAN.test(text);
}

/** Tokens in their order, with repetition. */
export function* tokensOf(folded: string): Generator<string> {
  for (const [run] of folded.matchAll(RUNS)) {
    if (!isHan(run)) {
      yield run.length > LONGEST_WORD ? run.slice(0, LONGEST_WORD) : run;
      // pd-l1 is also found as l1, 9706.1 also as 9706
      if (/[.'’-]/.test(run))
        for (const part of run.split(/[.'’-]/)) if (part.length > 1) yield part.slice(0, LONGEST_WORD);
      continue;
    }
    const characters = run.length < 0x10000 && !/[\ud800-\udfff]/.test(run) ? run : [...run];
    if (characters.length === 1) yield run;
    for (let i = 1; i < characters.length; i++) yield `${characters[i - 1]}${characters[i]}`;
  }
}

/** Distinct tokens of one phrase of a question. */
export function tokensOfPhrase(folded: string): string[] {
  return [...new Set(tokensOf(folded))];
}
