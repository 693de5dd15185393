import { Converter } from 'opencc-js/t2cn';

/**
 * Chinese and Latin text as positions in a tsvector, and questions against it.
 *
 * Chinese runs become overlapping pairs of characters plus the last character alone; Latin letters and digits become
 * words. A question in Chinese is a phrase of pairs, so what is found is exactly what contains the characters in that
 * order; PostgreSQL's own parser would tear model codes apart and knows no Chinese.
 */
export type SearchWeight = 'A' | 'B' | 'C' | 'D';

/** tsvector holds no position above this. */
const LAST_POSITION = 16_383;
/** Longer Latin words are cut: they are no words, and a lexeme has its limits. */
const LONGEST_WORD = 60;

let simplified: Uint16Array | undefined;

/** One-character table traditional → simplified for the CJK block, made once from the OpenCC dictionary. */
function simplifiedTable(): Uint16Array {
  if (simplified) return simplified;
  const convert = Converter({ from: 't', to: 'cn' });
  const table = new Uint16Array(0x10000);
  for (let c = 0; c < 0x10000; c++) table[c] = c;
  for (let c = 0x3400; c <= 0x9fff; c++) {
    const to = convert(String.fromCharCode(c));
    if (to.length === 1) table[c] = to.charCodeAt(0);
  }
  simplified = table;
  return table;
}

/** Half width, lower case, simplified characters: the form in which stored and asked text meet. */
export function foldText(text: string): string {
  const table = simplifiedTable();
  let plain = true;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if ((c >= 0x41 && c <= 0x5a) || c >= 0x80) {
      if (c >= 0x3400 && c <= 0x9fff && table[c] === c) continue;
      plain = false;
      break;
    }
  }
  if (plain) return text;
  const folded = text.normalize('NFKC').toLowerCase();
  let out = '';
  let from = 0;
  for (let i = 0; i < folded.length; i++) {
    const c = folded.charCodeAt(i);
    const to = table[c] as number;
    if (to !== c) {
      out += folded.slice(from, i) + String.fromCharCode(to);
      from = i + 1;
    }
  }
  return from === 0 ? folded : out + folded.slice(from);
}

let variants: Map<string, string> | undefined;

/** Characters that are folded to one of those in the text: traditional and compatibility forms. */
export function variantsOf(text: string): string {
  if (!variants) {
    variants = new Map();
    const table = simplifiedTable();
    const add = (folded: string, c: number) => {
      if (folded.length === 1 && folded.charCodeAt(0) !== c)
        variants?.set(folded, (variants.get(folded) ?? '') + String.fromCharCode(c));
    };
    for (let c = 0x3400; c <= 0x9fff; c++) add(String.fromCharCode(table[c] as number), c);
    for (const [from, to] of [
      [0x2e80, 0x2fdf],
      [0xf900, 0xfaff],
    ] as const)
      for (let c = from; c <= to; c++) add(foldText(String.fromCharCode(c)), c);
  }
  return [...new Set(text)].map((character) => variants?.get(character) ?? '').join('');
}

/** 0 separator, 1 Latin letter or digit (any alphabet that has words), 2 character of a script written without blanks. */
function kindOf(c: number): 0 | 1 | 2 {
  if (c < 0x80) return (c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x7a) ? 1 : 0;
  if (
    (c >= 0x3400 && c <= 0x9fff) ||
    (c >= 0xf900 && c <= 0xfaff) ||
    (c >= 0x3040 && c <= 0x30ff) ||
    (c >= 0xd800 && c <= 0xdfff)
  )
    return 2;
  if (c < 0xc0 || (c >= 0x2000 && c <= 0x303f) || c >= 0xfe00 || c === 0xd7 || c === 0xf7) return 0;
  return 1;
}

interface Run {
  readonly kind: 1 | 2;
  readonly text: string;
  /** Characters between this run and the one before; 0 = they touch. */
  readonly gap: number;
}

function* runsOf(folded: string): Generator<Run> {
  let i = 0;
  let lastEnd = 0;
  while (i < folded.length) {
    const kind = kindOf(folded.charCodeAt(i));
    if (kind === 0) {
      i++;
      continue;
    }
    const start = i;
    while (i < folded.length && kindOf(folded.charCodeAt(i)) === kind) i++;
    yield { kind, text: folded.slice(start, i), gap: start - lastEnd };
    lastEnd = i;
  }
}

/** Length in code units of the character at `i`: 2 for a pair of surrogates. */
function characterLength(text: string, i: number): 1 | 2 {
  const c = text.charCodeAt(i);
  return c >= 0xd800 && c <= 0xdbff && i + 1 < text.length ? 2 : 1;
}

/**
 * A tsvector in text form; fields in the order given, a gap between them so that no phrase spans two. A word that
 * occurs again stands again: PostgreSQL puts its places together.
 */
export function searchVector(fields: readonly (readonly [text: string | null, weight: SearchWeight])[]): string {
  let out = '';
  let position = 1;
  for (const [text, weight] of fields) {
    if (!text) continue;
    // D is the weight of a position without a letter
    const mark = weight === 'D' ? ' ' : `${weight} `;
    for (const { kind, text: run } of runsOf(foldText(text))) {
      if (kind === 1) {
        if (position > LAST_POSITION) return out;
        out += `'${run.length > LONGEST_WORD ? run.slice(0, LONGEST_WORD) : run}':${position++}${mark}`;
        continue;
      }
      for (let i = 0; i < run.length; ) {
        if (position > LAST_POSITION) return out;
        const next = i + characterLength(run, i);
        const end = next < run.length ? next + characterLength(run, next) : next;
        out += `'${run.slice(i, end)}':${position++}${mark}`;
        i = next;
      }
    }
    position += 3;
  }
  return out;
}

/** One blank-separated piece of a question. */
export interface SearchTerm {
  /** As typed, folded. */
  readonly text: string;
  /** tsquery of this term alone, null when it holds no letters. */
  readonly query: string | null;
  /** True when the term has Latin letters or digits only: it may be a model, a code or pinyin. */
  readonly latin: boolean;
}

/** Splits a question at blanks and commas; each term becomes a phrase, the last Latin word of a term a prefix. */
export function searchTerms(question: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const text of foldText(question).split(/[\s,;、，；]+/u)) {
    if (!text) continue;
    const parts: string[] = [];
    let previous: Run | undefined;
    const runs = [...runsOf(text)];
    runs.forEach((run, index) => {
      const last = index === runs.length - 1;
      let phrase: string;
      if (run.kind === 1) phrase = `'${run.text.slice(0, LONGEST_WORD)}'${last ? ':*' : ''}`;
      else {
        const characters = [...run.text];
        phrase =
          characters.length === 1
            ? `'${run.text}':*`
            : characters
                .slice(1)
                .map((next, i) => `'${characters[i]}${next}'`)
                .join(' <-> ');
      }
      if (parts.length) {
        // the last pair of a Chinese run stands one place before the run's end, so the next word is two places on
        parts.push(previous?.kind === 2 && [...previous.text].length > 1 ? '<2>' : '<->');
      }
      parts.push(phrase);
      previous = run;
    });
    terms.push({
      text,
      query: parts.length ? parts.join(' ') : null,
      latin: runs.length > 0 && runs.every((r) => r.kind === 1),
    });
  }
  return terms;
}

/** The whole question as one tsquery in text form (terms joined by AND), null when nothing can be asked. */
export function searchQuery(question: string): string | null {
  const queries = searchTerms(question).flatMap((t) => (t.query === null ? [] : [`(${t.query})`]));
  return queries.length ? queries.join(' & ') : null;
}
