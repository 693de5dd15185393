import {
  AI_BY_NUMBER,
  AI_LENGTH,
  type AiEntry,
  READ_CHECKED_KEY,
  READ_DATE,
  READ_NUMBER,
  READ_TEXT,
} from './ai-table.ts';
import { CLASSES, CSET82, DIGIT } from './charsets.ts';
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
    let sound = true;
    i = soundEnd(entry, s, from, end, refYear);
    if (i < 0) {
      i = valueEnd(entry, s, from, end);
      const fault = findValueFault(entry, s, from, i, refYear);
      if (fault !== null) {
        sound = false;
        refuse(result, fault.code, fault.at, `(${entry.ai})`);
      }
    }
    addElement(result, entry, s.slice(from, i), from, refYear, sound);
    if (i < end && s.charCodeAt(i) === GS) i++;
  }
}

function entryAt(s: string, i: number, end: number): AiEntry | undefined {
  if (i + 2 > end) return undefined;
  const tens = s.charCodeAt(i) - 48;
  const ones = s.charCodeAt(i + 1) - 48;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return undefined;
  let number = tens * 10 + ones;
  const length = AI_LENGTH[number] as number;
  if (length === 2) return AI_BY_NUMBER[number];
  if (length === 0 || i + length > end) return undefined;
  for (let k = 2; k < length; k++) {
    const d = s.charCodeAt(i + k) - 48;
    if (d < 0 || d > 9) return undefined;
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

/**
 * End of the value when it is one of the kinds that devices carry and passes its tests; -1 when it has to be looked at part
 * by part. One pass over the characters and no objects.
 */
function soundEnd(entry: AiEntry, s: string, from: number, end: number, refYear: number): number {
  switch (entry.read) {
    case READ_TEXT:
      return textEnd(s, from, end, entry.max, CSET82);
    case READ_CHECKED_KEY:
      return keyEnd(entry, s, from, end);
    case READ_DATE:
      return dateEnd(s, from, end, refYear);
    case READ_NUMBER:
      return numberEnd(entry, s, from, end);
    default:
      return -1;
  }
}

function textEnd(s: string, from: number, end: number, max: number, mask: number): number {
  let i = from;
  for (; i < end; i++) {
    const code = s.charCodeAt(i);
    if (code > 127 || ((CLASSES[code] as number) & mask) === 0) {
      if (code === GS) break;
      return -1;
    }
  }
  return i === from || i - from > max ? -1 : i;
}

function numberEnd(entry: AiEntry, s: string, from: number, end: number): number {
  if (entry.predefined) return -1;
  const stop = textEnd(s, from, end, entry.max, DIGIT);
  return stop - from < entry.min ? -1 : stop;
}

/** Digits of a fixed length, the last of which is a check digit. */
function keyEnd(entry: AiEntry, s: string, from: number, end: number): number {
  const { max } = entry;
  const stop = from + max;
  if (stop > end) return -1;
  let sum = 0;
  let weight = (max & 1) === 0 ? 3 : 1;
  for (let i = from; i < stop; i++) {
    const d = s.charCodeAt(i) - 48;
    if (d < 0 || d > 9) return -1;
    sum += d * weight;
    weight = 4 - weight;
  }
  if (sum % 10 !== 0) return -1;
  return entry.predefined || stop === end || s.charCodeAt(stop) === GS ? stop : -1;
}

function dateEnd(s: string, from: number, end: number, refYear: number): number {
  if (from + 6 > end) return -1;
  const year = pair(s, from);
  const month = pair(s, from + 2);
  const day = pair(s, from + 4);
  if (year < 0 || month < 1 || month > 12 || day < 0) return -1;
  if (day > 28 && day > daysInMonth(fullYear(year, refYear), month)) return -1;
  return from + 6;
}

/** Two digits as a number, or -1. */
function pair(s: string, i: number): number {
  const tens = s.charCodeAt(i) - 48;
  const ones = s.charCodeAt(i + 1) - 48;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}
