import { aiAt } from './ai-table.ts';
import { refuse } from './draft.ts';
import { addElement, beginMessage, endMessage } from './gs1-message.ts';
import { findValueFault } from './gs1-value.ts';
import type { UdiResult } from './types.ts';

/**
 * Reads the human readable form `(01)…(17)…(10)…` of `s` from `start` on. An opening bracket inside a value is written `\(`;
 * a closing one needs no sign. Elements follow each other without blanks.
 */
export function readBracketed(result: UdiResult, s: string, start: number, refYear: number, strict: boolean): void {
  const end = s.length;
  beginMessage();
  if (start >= end) refuse(result, 'input.empty', start);
  let i = start;
  while (i < end) {
    const close = s.charCodeAt(i) === 40 ? s.indexOf(')', i + 1) : -1;
    if (close < 0) {
      refuse(result, 'gs1.bracket', i);
      break;
    }
    const entry = aiAt(s, i + 1, close, true);
    const from = close + 1;
    const stop = closingIndex(s, from, end);
    if (entry === undefined) {
      refuse(result, 'gs1.unknown-ai', i + 1, s.slice(i + 1, Math.min(close, i + 6)));
      i = stop;
      continue;
    }
    const raw = s.slice(from, stop);
    const value = raw.includes('\\(') ? raw.replaceAll('\\(', '(') : raw;
    const fault = findValueFault(entry, value, 0, value.length, refYear);
    if (fault) refuse(result, fault.code, from + rawIndex(raw, value, fault.at), `(${entry.ai})`);
    if (value) addElement(result, entry, value, from, refYear, fault === null);
    i = stop;
  }
  endMessage(result, strict);
}

/** Index of the next opening bracket that no backslash precedes, or the end. */
function closingIndex(s: string, from: number, end: number): number {
  let i = s.indexOf('(', from);
  while (i > from && s.charCodeAt(i - 1) === 92) i = s.indexOf('(', i + 1);
  return i < 0 ? end : i;
}

/** Where a character of the value stands in the raw text with its escapes. */
function rawIndex(raw: string, value: string, at: number): number {
  if (raw.length === value.length) return at;
  let index = 0;
  for (let read = 0; read < at; read++) index += raw.startsWith('\\(', index) ? 2 : 1;
  return index;
}

/** Writes elements in the human readable form, opening brackets of values escaped. */
export function bracketedText(elements: readonly (readonly [string, string])[]): string {
  return elements.map(([ai, value]) => `(${ai})${value.replaceAll('(', '\\(')}`).join('');
}
