import { type AiEntry, aiAt } from './ai-table.ts';
import { DIGIT, firstOutside, isOf, NOT_IN_HOST, URI } from './charsets.ts';
import { refuse, warn } from './draft.ts';
import { addElement, alreadyMet, beginMessage, endMessage } from './gs1-message.ts';
import { findValueFault } from './gs1-value.ts';
import type { UdiOptions, UdiResult } from './types.ts';

/** One `/AI/value` of the path: where AI and value stand in the input. */
interface PathPair {
  readonly entry: AiEntry;
  readonly from: number;
  readonly to: number;
}

/** True for text that begins like a web address in the spellings a Digital Link may have. */
export function looksLikeUri(s: string, start: number): boolean {
  return /^https?:\/\//i.test(s.slice(start, start + 8));
}

/**
 * Reads an uncompressed GS1 Digital Link URI: the rightmost primary key in the path begins the identification, its
 * qualifiers follow in their order, data attributes stand in the query. Elements: path first, then query as written.
 */
export function readDigitalLink(
  result: UdiResult,
  s: string,
  start: number,
  refYear: number,
  options: UdiOptions,
): void {
  beginMessage();
  const badChar = firstOutside(s, start, s.length, URI);
  if (badChar >= 0) refuse(result, 'dl.charset', badChar);
  const scheme = /^(https?|HTTPS?):\/\//.exec(s.slice(start, start + 8));
  if (!scheme) {
    refuse(result, 'dl.scheme', start);
    return;
  }
  const host = start + scheme[0].length;
  const pathStart = s.indexOf('/', host);
  if (pathStart <= host) {
    refuse(result, 'dl.domain', host);
    return;
  }
  for (let i = host; i < pathStart; i++) {
    if (!isOf(s.charCodeAt(i), NOT_IN_HOST)) continue;
    refuse(result, 'dl.domain', i);
    break;
  }
  const hash = s.indexOf('#', pathStart);
  const uriEnd = hash < 0 ? s.length : hash;
  const mark = s.indexOf('?', pathStart);
  const pathEnd = mark < 0 || mark > uriEnd ? uriEnd : mark;
  const pairs = pathPairs(s, pathStart, pathEnd);
  if (pairs === null) {
    refuse(result, 'dl.no-key', pathStart);
    return;
  }
  const key = pairs[0] as PathPair;
  result.stem = s.slice(start, key.from - key.entry.ai.length - 2);
  for (const { entry, from, to } of pairs) readValue(result, s, entry, from, to, refYear, options, false);
  const path = pairs.slice(1).map(({ entry }) => entry.ai);
  const sequences = key.entry.qualifiers as readonly (readonly string[])[];
  if (path.length > 0 && !sequences.some((sequence) => isInOrder(path, sequence))) {
    refuse(result, 'dl.qualifiers', (pairs[1] as PathPair).from - (pairs[1] as PathPair).entry.ai.length);
  }
  if (pathEnd < uriEnd) readQuery(result, s, pathEnd + 1, uriEnd, refYear, options, path, sequences);
  endMessage(result, options.strict === true);
}

/** Pairs from the rightmost primary key to the end of the path, or null when the path does not end in such pairs. */
function pathPairs(s: string, pathStart: number, pathEnd: number): PathPair[] | null {
  const pairs: PathPair[] = [];
  let to = pathEnd;
  while (to > pathStart) {
    const valueSlash = s.lastIndexOf('/', to - 1);
    const aiSlash = valueSlash > pathStart ? s.lastIndexOf('/', valueSlash - 1) : -1;
    if (aiSlash < pathStart) return null;
    const entry = aiAt(s, aiSlash + 1, valueSlash, true);
    if (entry === undefined) return null;
    pairs.push({ entry, from: valueSlash + 1, to });
    if (entry.qualifiers !== null) return pairs.reverse();
    to = aiSlash;
  }
  return null;
}

/** True when `path` is a selection of `sequence` in its order. */
function isInOrder(path: readonly string[], sequence: readonly string[]): boolean {
  let next = 0;
  for (const ai of path) {
    const found = sequence.indexOf(ai, next);
    if (found < 0) return false;
    next = found + 1;
  }
  return true;
}

function readQuery(
  result: UdiResult,
  s: string,
  from: number,
  end: number,
  refYear: number,
  options: UdiOptions,
  path: readonly string[],
  sequences: readonly (readonly string[])[],
): void {
  let i = from;
  while (i < end) {
    let stop = s.indexOf('&', i);
    if (stop < 0 || stop > end) stop = end;
    const equals = s.slice(i, stop).indexOf('=');
    const valueFrom = i + equals + 1;
    // Keys without value and keys that are no number belong to others.
    if (equals > 0 && firstOutside(s, i, valueFrom - 1, DIGIT) < 0) {
      const entry = aiAt(s, i, valueFrom - 1, true);
      if (entry === undefined) refuse(result, 'dl.unknown-ai', i, s.slice(i, Math.min(valueFrom - 1, i + 8)));
      else {
        if (alreadyMet(entry)) refuse(result, 'dl.repeated', i, `(${entry.ai})`);
        else if (!entry.attribute) refuse(result, 'dl.not-attribute', i, `(${entry.ai})`);
        else if (sequences.some((one) => one.includes(entry.ai) && path.every((ai) => one.includes(ai)))) {
          refuse(result, 'dl.belongs-in-path', i, `(${entry.ai})`);
        }
        readValue(result, s, entry, valueFrom, stop, refYear, options, true);
      }
    }
    i = stop + 1;
  }
}

function readValue(
  result: UdiResult,
  s: string,
  entry: AiEntry,
  from: number,
  to: number,
  refYear: number,
  options: UdiOptions,
  query: boolean,
): void {
  const name = `(${entry.ai})`;
  if (from >= to) {
    refuse(result, 'dl.empty-value', from, name);
    return;
  }
  const raw = s.slice(from, to);
  const decoded = decode(raw, query);
  const nul = decoded.indexOf('\u0000');
  if (nul >= 0) refuse(result, 'dl.null', from, name);
  let value = decoded;
  const short = entry.number === 1 && (decoded.length === 8 || decoded.length === 12 || decoded.length === 13);
  // In the query the reference engine fills up a short GTIN always, in the path only on request.
  if (short && (query || options.zeroSuppressedGtin === true)) {
    value = decoded.padStart(14, '0');
    warn(result, 'gs1.gtin-padded', from, name);
  }
  const fault = findValueFault(entry, value, 0, value.length, refYear);
  // Inside an escaped or padded value only its beginning can be pointed at.
  if (fault && nul < 0) refuse(result, fault.code, from + (value === raw ? fault.at : 0), name);
  addElement(result, entry, value, from, refYear, fault === null);
}

/** Undoes percent-encoding byte by byte; `+` is a blank in a query and itself in a path. A lone percent sign stays. */
function decode(raw: string, query: boolean): string {
  if (!raw.includes('%') && !(query && raw.includes('+'))) return raw;
  return raw.replace(/%([\dA-Fa-f]{2})|\+/g, (match, hex: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return query ? ' ' : match;
  });
}
