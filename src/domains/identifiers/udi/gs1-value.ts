import type { AiEntry } from './ai-table.ts';
import { firstOutside } from './charsets.ts';

/** First fault of a value: problem code and index in `s`. */
export interface ValueFault {
  readonly code: string;
  readonly at: number;
}

/**
 * Tests the value of an AI in `s` from `start` to `end` part by part, as the GS1 syntax dictionary describes it:
 * each part takes its length, its characters and its further tests; what remains is too much.
 * @returns the first fault, or null
 */
export function findValueFault(
  entry: AiEntry,
  s: string,
  start: number,
  end: number,
  refYear: number,
): ValueFault | null {
  if (start >= end) return { code: 'gs1.empty-value', at: start };
  let at = start;
  for (const part of entry.components) {
    const length = Math.min(part.max, end - at);
    if (length === 0 && part.optional) continue;
    if (length < part.min) return { code: 'gs1.too-short', at: start };
    const bad = firstOutside(s, at, at + length - (part.base64 ? padding(s, at, at + length) : 0), part.mask);
    if (bad >= 0) return { code: 'gs1.charset', at: bad };
    for (const linter of part.linters) {
      const fault = linter.find(s, at, at + length, refYear);
      if (fault >= 0) return { code: linter.problem, at: fault };
    }
    at += length;
  }
  return at < end ? { code: 'gs1.too-long', at } : null;
}

/** Count of `=` at the end of base64 text when they make up whole groups of three characters; otherwise 0. */
function padding(s: string, start: number, end: number): number {
  let pads = 0;
  while (end - pads > start && s.charCodeAt(end - pads - 1) === 61) pads++;
  return pads > 0 && pads <= 2 && (end - start) % 3 === 0 ? pads : 0;
}
