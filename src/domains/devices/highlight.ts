import { foldText, type SearchTerm } from './search-text.ts';
import type { DeviceHit, Highlight } from './types.ts';

const FIELDS = ['name', 'brand', 'model', 'catalogNo', 'di', 'holder'] as const;

/** The first field of a hit that holds a word of the question, cut at the words; undefined when none shows one. */
export function highlight(hit: DeviceHit, terms: readonly SearchTerm[]): Highlight | undefined {
  if (terms.length === 0) return undefined;
  for (const field of FIELDS) {
    const text = hit[field];
    if (!text) continue;
    const marks = marksIn(text, terms);
    if (marks) return { field, text: pieces(text, marks) };
  }
  return undefined;
}

/** For each UTF-16 unit of the text: is it part of a word asked for? */
function marksIn(text: string, terms: readonly SearchTerm[]): Uint8Array | undefined {
  const folded = foldText(text);
  // only a text that keeps its length when folded can be marked by place
  if (folded.length !== text.length) return undefined;
  const marks = new Uint8Array(text.length);
  let any = false;
  for (const term of terms) {
    for (let at = folded.indexOf(term.text); at >= 0; at = folded.indexOf(term.text, at + term.text.length)) {
      marks.fill(1, at, at + term.text.length);
      any = true;
    }
  }
  return any ? marks : undefined;
}

function pieces(text: string, marks: Uint8Array): [string, boolean][] {
  const out: [string, boolean][] = [];
  let start = 0;
  for (let i = 1; i <= text.length; i++) {
    if (i < text.length && marks[i] === marks[start]) continue;
    out.push([text.slice(start, i), marks[start] === 1]);
    start = i;
  }
  return out;
}
