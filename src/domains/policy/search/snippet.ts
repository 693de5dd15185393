import { foldText } from '../../devices/index.ts';
import type { WeighedQuestion } from './score.ts';

const LENGTH = 120;
const BEFORE = 30;
const MOST_MARKS = 400;

/** Marks around a hit; the text between is the document's own and is never HTML. */
export const MARK = { open: '【', close: '】' } as const;

/** A piece of a text: what was found in it is said by places, so that nobody has to read marks out of the text. */
export interface Snippet {
  readonly text: string;
  /** Pairs of start and end in `text`. */
  readonly marks: readonly (readonly [number, number])[];
}

/** The stretch of a text that holds most of what was asked, with the places of it. Linear in the text. */
export function snippetOf(body: string, asked: WeighedQuestion, standards: readonly string[] = []): Snippet {
  const { folded, places } = foldWithPlaces(body);
  const hits: { start: number; end: number; weight: number }[] = [];
  const add = (text: string, weight: number) => {
    for (
      let at = folded.indexOf(text);
      at >= 0 && hits.length < MOST_MARKS * 8;
      at = folded.indexOf(text, at + text.length)
    )
      hits.push({ start: at, end: at + text.length, weight });
  };
  for (const term of asked.terms)
    for (const { form, parts } of term.forms) {
      add(form.text, term.weight * 2);
      for (const part of parts) add(part.text, part.weight);
    }
  for (const standard of standards) add(standard, 10);
  hits.sort((a, b) => a.start - b.start || b.end - a.end);
  let best = 0;
  let bestFrom = 0;
  let sum = 0;
  let from = 0;
  const times = new Map<number, number>();
  for (const [i, hit] of hits.entries()) {
    // a word said again says less
    const again = times.get(hit.weight) ?? 0;
    times.set(hit.weight, again + 1);
    sum += hit.weight / (1 + again);
    while ((hits[from] as { start: number }).start < hit.end - LENGTH && from < i) {
      const left = hits[from++] as { weight: number };
      const rest = (times.get(left.weight) ?? 1) - 1;
      times.set(left.weight, rest);
      sum -= left.weight / (1 + rest);
    }
    if (sum > best + 1e-9) {
      best = sum;
      bestFrom = (hits[from] as { start: number }).start;
    }
  }
  const start = Math.max(0, bestFrom - BEFORE);
  const end = Math.min(folded.length, start + LENGTH + BEFORE);
  const origin = places(start);
  const raw = body.slice(origin, places(end));
  const marks: [number, number][] = [];
  for (const hit of hits) {
    if (hit.start < start || hit.end > end || marks.length >= MOST_MARKS) continue;
    const place: [number, number] = [places(hit.start) - origin, places(hit.end) - origin];
    const last = marks.at(-1);
    if (last && place[0] <= last[1]) last[1] = Math.max(last[1], place[1]);
    else marks.push(place);
  }
  // line ends become blanks one for one, so the places stay
  return { text: raw.replace(/\s/g, ' '), marks };
}

/** A snippet as one line of text with 【】 around what was found. */
export function markedText({ text, marks }: Snippet): string {
  let out = '';
  let from = 0;
  for (const [start, end] of marks) {
    out += `${text.slice(from, start)}${MARK.open}${text.slice(start, end)}${MARK.close}`;
    from = end;
  }
  return (out + text.slice(from)).replace(/ {2,}/g, ' ').trim();
}

/** Folds a text and tells where each folded character came from. */
function foldWithPlaces(text: string): { folded: string; places: (at: number) => number } {
  const whole = foldText(text);
  if (whole.length === text.length) return { folded: whole, places: (at) => at };
  const from: number[] = [];
  let folded = '';
  for (let i = 0; i < text.length; ) {
    const c = text.codePointAt(i) as number;
    const size = c > 0xffff ? 2 : 1;
    const piece = c < 0x80 ? text.charAt(i).toLowerCase() : foldText(text.slice(i, i + size));
    for (let k = 0; k < piece.length; k++) from.push(i);
    folded += piece;
    i += size;
  }
  from.push(text.length);
  return { folded, places: (at) => from[Math.min(at, from.length - 1)] as number };
}
