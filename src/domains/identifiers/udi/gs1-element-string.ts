import {
  AI_BY_NUMBER,
  AI_LENGTH,
  type AiEntry,
  READ_BY_PARTS,
  READ_CHECKED_KEY,
  READ_DATE,
  READ_NUMBER,
  READ_TEXT,
} from './ai-table.ts';
import { CLASSES, CSET82 } from './charsets.ts';
import { daysInMonth, fullYear } from './dates.ts';
import { refuse } from './draft.ts';
import { addElement, beginMessage, endMessage } from './gs1-message.ts';
import { findValueFault } from './gs1-value.ts';
import type { UdiResult } from './types.ts';

/** FNC1 as scanners send it: GS, U+001D. */
const GS = 29;

/**
 * Reads concatenated `AI value AI value …` of `s` from `start` to its end into `result`, in one pass.
 * After a value whose AI has no predefined length a GS must follow unless it is the last; one superfluous GS after any
 * value is tolerated (GS1 General Specifications, element strings; behaviour of the GS1 syntax engine).
 */
export function readElementString(result: UdiResult, s: string, start: number, refYear: number, strict: boolean): void {
  beginMessage();
  readElements(result, s, start, refYear);
  endMessage(result, strict);
}

/** Adds the elements from `start` to the end of `s` to a message that has been begun. */
export function readElements(result: UdiResult, s: string, start: number, refYear: number): void {
  const end = s.length;
  if (start >= end) refuse(result, 'input.empty', start);
  let i = start;
  while (i < end) {
    const entry = entryAt(s, i, end);
    if (entry === undefined) {
      refuse(result, 'gs1.unknown-ai', i, s.slice(i, i + 4));
      break;
    }
    const from = i + entry.ai.length;
    const stop = valueEnd(entry, s, from, end);
    const fault = quickFault(entry, s, from, stop, refYear);
    if (fault >= 0) refuseValue(result, entry, s, from, stop, refYear);
    addElement(result, entry, s.slice(from, stop), from, refYear, fault < 0);
    i = stop;
    if (i < end && s.charCodeAt(i) === GS) i++;
  }
}

function entryAt(s: string, i: number, end: number): AiEntry | undefined {
  const tens = s.charCodeAt(i) - 48;
  const ones = s.charCodeAt(i + 1) - 48;
  if (!(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) return undefined;
  let number = tens * 10 + ones;
  const length = AI_LENGTH[number] as number;
  if (i + length > end) return undefined;
  for (let k = 2; k < length; k++) {
    const d = s.charCodeAt(i + k) - 48;
    if (!(d >= 0 && d <= 9)) return undefined;
    number = number * 10 + d;
  }
  return AI_BY_NUMBER[number];
}

/** A value ends at its predefined length, at the next GS, or at the end of the data. */
function valueEnd(entry: AiEntry, s: string, from: number, end: number): number {
  const limit = entry.predefined && from + entry.max < end ? from + entry.max : end;
  let i = from;
  while (i < limit && s.charCodeAt(i) !== GS) i++;
  return i;
}

/** Index of some fault of the value, or -1: decided without making objects for the kinds of value that devices carry. */
function quickFault(entry: AiEntry, s: string, from: number, stop: number, refYear: number): number {
  const length = stop - from;
  if (length < entry.min || length > entry.max) return from;
  switch (entry.read) {
    case READ_TEXT:
      for (let i = from; i < stop; i++) {
        const code = s.charCodeAt(i);
        if (code > 127 || ((CLASSES[code] as number) & CSET82) === 0) return i;
      }
      return -1;
    case READ_CHECKED_KEY: {
      let sum = 0;
      let weight = 1;
      for (let i = stop - 1; i >= from; i--) {
        const d = s.charCodeAt(i) - 48;
        if (!(d >= 0 && d <= 9)) return i;
        sum += d * weight;
        weight = 4 - weight;
      }
      return sum % 10 === 0 ? -1 : stop - 1;
    }
    case READ_DATE: {
      const day = pair(s, from + 4);
      const month = pair(s, from + 2);
      const year = pair(s, from);
      if (!(day >= 0 && month >= 1 && year >= 0)) return from;
      return day <= daysInMonth(fullYear(year, refYear), month) && month <= 12 ? -1 : from;
    }
    case READ_NUMBER:
      for (let i = from; i < stop; i++) {
        const d = s.charCodeAt(i) - 48;
        if (!(d >= 0 && d <= 9)) return i;
      }
      return -1;
    case READ_BY_PARTS:
      return findValueFault(entry, s, from, stop, refYear)?.at ?? -1;
    default:
      return from;
  }
}

/** Two digits as a number; NaN-safe: anything else comes out negative or not a number and fails comparison. */
function pair(s: string, i: number): number {
  const tens = s.charCodeAt(i) - 48;
  const ones = s.charCodeAt(i + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

function refuseValue(result: UdiResult, entry: AiEntry, s: string, from: number, stop: number, refYear: number): void {
  const fault = findValueFault(entry, s, from, stop, refYear);
  refuse(result, fault?.code ?? 'gs1.value', fault?.at ?? from, `(${entry.ai})`);
}
