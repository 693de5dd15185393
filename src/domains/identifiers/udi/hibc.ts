import { CAPITAL_OR_DIGIT, firstOutside } from './charsets.ts';
import { newResult, refuse, warn } from './draft.ts';
import { expectedCheck, type HibcSymbol, readPrimary, readSymbol } from './hibc-symbol.ts';
import type { UdiResult } from './types.ts';

/** Several symbols together stay far below this; longer input is no HIBC. */
const LONGEST_HIBC = 512;

/**
 * Reads HIBC of `s` from `start` on: one symbol (primary, concatenated or secondary), or several scanned in a row, with or
 * without line ends between them.
 * @param form what is expected; `hibc` and `hibc-multi` take one symbol or several
 */
export function readHibc(
  result: UdiResult,
  s: string,
  start: number,
  refYear: number,
  form: 'hibc' | 'hibc-secondary' | 'hibc-multi',
): void {
  let from = start;
  let to = s.length;
  if (to - from > 2 && s.charAt(from) === '*' && s.charAt(to - 1) === '*') {
    warn(result, 'hibc.print', from);
    from++;
    to--;
  }
  if (to - from > LONGEST_HIBC) {
    refuse(result, 'hibc.length', from);
    return;
  }
  const cuts = symbolsOf(s, from, to, refYear);
  readSymbols(result, s, cuts, refYear);
  result.form = cuts.length > 1 ? 'hibc-multi' : 'hibc';
  if (cuts.length === 1 && result.di === null && result.check !== undefined) result.form = 'hibc-secondary';
  if (form === 'hibc-secondary' && result.di !== null) refuse(result, 'hibc.structure', from);
}

type Cut = readonly [from: number, to: number];

/** Where the symbols of the data begin and end. */
function symbolsOf(s: string, from: number, to: number, refYear: number): readonly Cut[] {
  const lines = lineCuts(s, from, to);
  if (lines.length > 1) return lines;
  const whole: readonly Cut[] = lines;
  const starts = symbolStarts(s, from, to);
  if (starts.length < 2 || starts[0] !== from || isSound(s, from, to, refYear)) return whole;
  return soundCuts(s, starts, to, refYear) ?? likelyCuts(s, starts, to, refYear) ?? whole;
}

/** Lines as symbols; a blank at the end of a line may be its check character and stays. */
function lineCuts(s: string, from: number, to: number): Cut[] {
  const cuts: Cut[] = [];
  let start = from;
  for (let i = from; i <= to; i++) {
    const code = i < to ? s.charCodeAt(i) : 10;
    if (code !== 10 && code !== 13) continue;
    if (i > start) cuts.push([start, i]);
    start = i + 1;
  }
  return cuts.length > 0 ? cuts : [[from, to]];
}

/** Every `+` at which a symbol may begin: a letter, a digit or `$` follows. */
function symbolStarts(s: string, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let i = from; i + 1 < to; i++) {
    if (s.charCodeAt(i) === 43 && /[A-Z\d$]/.test(s.charAt(i + 1))) starts.push(i);
  }
  return starts;
}

function isSound(s: string, from: number, to: number, refYear: number): boolean {
  const end = s.charAt(to - 1) === '_' ? ' ' : s.charAt(to - 1);
  if (expectedCheck(s, from, to - 1) !== end) return false;
  const trial = newResult('HIBCC', null);
  return readSymbol(trial, s, from, to, refYear).kind !== 'none' && trial.valid;
}

/** Cuts after which every symbol is sound, or null. From the end: which starts reach it by sound symbols? */
function soundCuts(s: string, starts: readonly number[], to: number, refYear: number): Cut[] | null {
  const next = new Map<number, number>([[to, to]]);
  for (let i = starts.length - 1; i >= 0; i--) {
    const from = starts[i] as number;
    for (let j = i + 1; j <= starts.length; j++) {
      const end = j < starts.length ? (starts[j] as number) : to;
      if (!next.has(end) || end - from < 3) continue;
      if (!isSound(s, from, end, refYear)) continue;
      next.set(from, end);
      break;
    }
  }
  const cuts: Cut[] = [];
  for (let at = starts[0] as number; at < to; ) {
    const end = next.get(at);
    if (end === undefined) return null;
    cuts.push([at, end]);
    at = end;
  }
  return cuts;
}

/** For data with a fault in them: a sound first symbol, the rest cut wherever a symbol may begin; null when there is none. */
function likelyCuts(s: string, starts: readonly number[], to: number, refYear: number): Cut[] | null {
  const first = starts[0] as number;
  for (let j = 1; j < starts.length; j++) {
    const end = starts[j] as number;
    if (end - first < 3 || !isSound(s, first, end, refYear)) continue;
    return [
      [first, end],
      [end, to],
    ];
  }
  return null;
}

function readSymbols(result: UdiResult, s: string, cuts: readonly Cut[], refYear: number): void {
  const links: { readonly symbol: HibcSymbol; readonly at: number }[] = [];
  let primaryCheck: string | null = null;
  for (const [from, to] of cuts) {
    const symbol = readSymbol(result, s, from, to, refYear);
    if (symbol.kind === 'none') continue;
    if (cuts.length === 1) result.check = symbol.check;
    if (symbol.kind === 'secondary') {
      result.link ??= symbol.link;
      result.elements.push(['link', symbol.link]);
      links.push({ symbol, at: to - 2 });
    } else primaryCheck ??= symbol.check;
  }
  for (const { symbol, at } of links) {
    if (primaryCheck !== null && symbol.link !== primaryCheck) refuse(result, 'hibc.link', at);
  }
}

/**
 * Reads a device identifier as registries store it: labeler, number and unit of measure, with or without the leading `+` and
 * with or without the check character. Where both readings are possible the check character is assumed, for most are
 * stored so.
 */
export function readHibcDi(result: UdiResult, s: string, start: number): void {
  const plus = s.charCodeAt(start) === 43 ? 1 : 0;
  const from = start + plus;
  const end = s.length;
  if (end - from < 6) {
    refuse(result, 'hibc.length', start);
    return;
  }
  if (end - from > 24) {
    refuse(result, 'hibc.length', start);
    return;
  }
  const last = end - 1;
  const body = s.slice(from, last);
  const check = s.charAt(last) === '_' ? ' ' : s.charAt(last);
  const checked = isPlainDi(body) && expectedCheck(`+${body}`, 0, body.length + 1) === check;
  const plain = isPlainDi(s.slice(from, end));
  if (checked) {
    if (plain) warn(result, 'hibc.ambiguous-check', last);
    readPrimary(result, s, from, last);
    result.check = check;
  } else if (plain) readPrimary(result, s, from, end);
  else if (isPlainDi(body)) {
    refuse(result, 'hibc.check', last);
    readPrimary(result, s, from, last);
  } else readPrimary(result, s, from, end);
}

function isPlainDi(text: string): boolean {
  return (
    text.length >= 6 &&
    text.length <= 23 &&
    /^[A-Z]/.test(text) &&
    /\d$/.test(text) &&
    firstOutside(text, 0, text.length, CAPITAL_OR_DIGIT) < 0
  );
}
