import type { AiEntry, AiPattern } from './ai-table.ts';
import { daysInMonth, dayText, fullYear } from './dates.ts';
import { refuse, setOnce, warn } from './draft.ts';
import type { UdiElement, UdiResult } from './types.ts';

/**
 * The message that is being read: entries met, their elements and their places in the input, in order. One set of arrays
 * serves all messages, for reading is synchronous and a million codes a second leave no time to make them anew.
 */
const met: AiEntry[] = [];
const pairs: UdiElement[] = [];
const places: number[] = [];
let count = 0;

/** AIs present in the message: the stamp of its running number, and the index of their first element. */
const present = new Int32Array(10_000);
const firstAt = new Int32Array(10_000);
let stamp = 0;

/** Begins a new message. */
export function beginMessage(): void {
  count = 0;
  stamp = stamp === 0x3fff_ffff ? restart() : stamp + 1;
}

function restart(): number {
  present.fill(0);
  return 1;
}

/** True when the AI was already met in this message. */
export function alreadyMet(entry: AiEntry): boolean {
  return present[entry.number] === stamp;
}

/**
 * Adds an element to the message and fills the fields it stands for.
 * @param at index of the value in the input
 * @param sound the value passed all tests: only then its date or number is worked out
 */
export function addElement(
  result: UdiResult,
  entry: AiEntry,
  value: string,
  at: number,
  refYear: number,
  sound: boolean,
): void {
  const { number } = entry;
  if (present[number] !== stamp) {
    present[number] = stamp;
    firstAt[number] = count;
  }
  met[count] = entry;
  places[count] = at;
  pairs[count++] = [entry.ai, value];
  switch (number) {
    case 1:
    case 3:
      result.di ??= value;
      return;
    case 10:
      result.lot ??= value;
      return;
    case 21:
      result.serial ??= value;
      return;
    case 11:
    case 12:
    case 13:
    case 15:
    case 16:
    case 17:
      if (sound) addDate(result, number, value, at, refYear);
      return;
    case 30:
      if (sound) result.quantity = Number(value);
      return;
    case 37:
      if (sound) result.quantity ??= Number(value);
      return;
    case 7003:
      if (sound) result.expiry ??= `${yymmd0Text(value, refYear)}T${value.slice(6, 8)}:${value.slice(8, 10)}`;
      return;
    case 8006:
      result.di ??= value.slice(0, 14);
      return;
    case 8013:
      warn(result, 'gs1.gmn', at);
      return;
    default:
  }
}

function addDate(result: UdiResult, number: number, value: string, at: number, refYear: number): void {
  if (number === 17) {
    if (result.expiry === null) result.expiry = yymmd0Text(value, refYear);
    else setOnce(result, 'expiry', yymmd0Text(value, refYear), at);
  } else if (number === 11) {
    if (result.manufactured === null) result.manufactured = yymmd0Text(value, refYear);
    else setOnce(result, 'manufactured', yymmd0Text(value, refYear), at);
  }
  if (value.charCodeAt(5) === 48 && value.charCodeAt(4) === 48) noteDayUnknown(result, number, at);
}

function noteDayUnknown(result: UdiResult, number: number, at: number): void {
  warn(result, 'gs1.day-not-given', at + 4, `(${number})`);
  const field = number === 17 ? 'expiry' : number === 11 ? 'manufactured' : null;
  if (field === null) return;
  result.dayNotGiven ??= [];
  if (!result.dayNotGiven.includes(field)) result.dayNotGiven.push(field);
}

/** Texts of the dates met so far, by year, month and day of the code, for one reference year. */
const dateTexts: (string | undefined)[] = new Array(100 * 512).fill(undefined);
let dateTextsYear = 0;

/** Date of six sound digits YYMMDD; day 00 is the last day of the month. */
export function yymmd0Text(value: string, refYear: number): string {
  const yy = (value.charCodeAt(0) - 48) * 10 + value.charCodeAt(1) - 48;
  const month = (value.charCodeAt(2) - 48) * 10 + value.charCodeAt(3) - 48;
  const day = (value.charCodeAt(4) - 48) * 10 + value.charCodeAt(5) - 48;
  if (refYear !== dateTextsYear) {
    dateTexts.fill(undefined);
    dateTextsYear = refYear;
  }
  const key = (yy << 9) | (month << 5) | day;
  const known = dateTexts[key];
  if (known !== undefined) return known;
  const year = fullYear(yy, refYear);
  const text = dayText(year, month, day === 0 ? daysInMonth(year, month) : day);
  dateTexts[key] = text;
  return text;
}

/** Ends the message: elements, look-up key and associations between AIs. */
export function endMessage(result: UdiResult, strict: boolean): void {
  result.diKey = result.di;
  result.elements = pairs.slice(0, count);
  for (let i = 0; i < count; i++) {
    const entry = met[i] as AiEntry;
    if (firstAt[entry.number] !== i) reportRepeated(result, strict, i);
    else {
      if (entry.excluded.length > 0) reportExcluded(result, strict, entry, i);
      if (entry.required.length > 0 && !isSatisfied(entry)) {
        report(result, strict, 'gs1.required', i, `(${entry.ai}): ${entry.requiredText}`);
      }
    }
  }
  if (present[8030] === stamp) signatureNeedsSerial(result, strict);
}

function report(result: UdiResult, strict: boolean, code: string, index: number, detail: string): void {
  (strict ? refuse : warn)(result, code, places[index] as number, detail);
}

function reportRepeated(result: UdiResult, strict: boolean, index: number): void {
  const [ai, value] = pairs[index] as UdiElement;
  const first = pairs[firstAt[Number(ai)] as number] as UdiElement;
  if (first[1] !== value) report(result, strict, 'gs1.repeated', index, `(${ai})`);
}

function reportExcluded(result: UdiResult, strict: boolean, entry: AiEntry, index: number): void {
  const { excluded } = entry;
  for (let i = 0; i < excluded.length; i++) {
    const pattern = excluded[i] as AiPattern;
    // most patterns are one AI, which is absent
    if (pattern.from === pattern.to && present[pattern.from] !== stamp) continue;
    const other = presentAi(pattern, entry.number);
    if (other !== null) report(result, strict, 'gs1.excluded', index, `(${entry.ai}) (${other})`);
  }
}

/** The AI present that fits the pattern, other than the one asking; null for none. */
function presentAi(pattern: AiPattern, asking: number): string | null {
  if (pattern.from === pattern.to) {
    return present[pattern.from] === stamp && pattern.from !== asking ? pattern.text : null;
  }
  for (let i = 0; i < count; i++) {
    const { number, ai } = met[i] as AiEntry;
    if (number >= pattern.from && number <= pattern.to && number !== asking) return ai;
  }
  return null;
}

function isSatisfied(entry: AiEntry): boolean {
  const { requiredOne, required } = entry;
  for (let i = 0; i < requiredOne.length; i++) if (present[requiredOne[i] as number] === stamp) return true;
  return required.some((group) => group.every((pattern) => presentAi(pattern, entry.number) !== null));
}

/** A digital signature (8030) signs one thing: GDTI, GCN and GRAI beside it must carry their serial component. */
function signatureNeedsSerial(result: UdiResult, strict: boolean): void {
  for (let i = 0; i < count; i++) {
    const { number, min, ai } = met[i] as AiEntry;
    if (number !== 253 && number !== 255 && number !== 8003) continue;
    if ((pairs[i] as UdiElement)[1].length === min) report(result, strict, 'gs1.serial-component', i, `(${ai})`);
  }
}
