import { type AiEntry, type AiPattern, READ_DATE } from './ai-table.ts';
import { daysInMonth, dayText, fullYear } from './dates.ts';
import { refuse, setOnce, warn } from './draft.ts';
import type { UdiResult } from './types.ts';

/**
 * What a message holds besides its answer: the entries met, in order, and where they stand in the input.
 * One instance is reused, for parsing is synchronous and the arrays would otherwise be made anew for every code.
 */
const met: AiEntry[] = [];
const places: number[] = [];

/** AIs present in the message that is being read: the stamp of the running number. */
const present = new Uint32Array(10_000);
const firstAt = new Uint32Array(10_000);
let stamp = 0;

/** Begins a new message. */
export function beginMessage(): void {
  met.length = 0;
  places.length = 0;
  stamp++;
  if (stamp > 0xffff_fff0) {
    present.fill(0);
    stamp = 1;
  }
}

/** True when the AI was already met in this message. */
export function alreadyMet(entry: AiEntry): boolean {
  return present[entry.number] === stamp;
}

/**
 * Adds an element to the answer and fills the fields it stands for.
 * @param at index of the value in the input
 * @param sound the value passed all tests: only then its date is worked out
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
    firstAt[number] = met.length;
  }
  met.push(entry);
  places.push(at);
  result.elements.push([entry.ai, value]);
  if (number > 37) {
    if (number === 7003 && sound) result.expiry ??= dateTimeText(value, refYear);
    else if (number === 8006) result.di ??= value.slice(0, 14);
    else if (number === 8013) warn(result, 'gs1.gmn', at);
    return;
  }
  switch (number) {
    case 1:
    case 3:
      result.di ??= value;
      break;
    case 10:
      result.lot ??= value;
      break;
    case 21:
      result.serial ??= value;
      break;
    case 30:
      if (sound) result.quantity = Number(value);
      break;
    case 37:
      if (sound) result.quantity ??= Number(value);
      break;
    default:
      if (entry.read === READ_DATE && sound) addDate(result, number, value, at, refYear);
  }
}

function addDate(result: UdiResult, number: number, value: string, at: number, refYear: number): void {
  const field = number === 17 ? 'expiry' : number === 11 ? 'manufactured' : null;
  const dayUnknown = value.charCodeAt(5) === 48 && value.charCodeAt(4) === 48;
  if (dayUnknown) warn(result, 'gs1.day-not-given', at + 4, entryName(number));
  if (field === null) return;
  // expiry may already come from 7003, which is more exact
  if (result[field] === null) result[field] = yymmd0Text(value, refYear);
  else setOnce(result, field, yymmd0Text(value, refYear), at);
  if (dayUnknown) {
    result.dayNotGiven ??= [];
    if (!result.dayNotGiven.includes(field)) result.dayNotGiven.push(field);
  }
}

/** Date of six sound digits YYMMDD; day 00 is the last day of the month. */
export function yymmd0Text(value: string, refYear: number): string {
  const at = (i: number) => value.charCodeAt(i) - 48;
  const year = fullYear(at(0) * 10 + at(1), refYear);
  const month = at(2) * 10 + at(3);
  return dayText(year, month, at(4) * 10 + at(5) || daysInMonth(year, month));
}

function dateTimeText(value: string, refYear: number): string {
  return `${yymmd0Text(value, refYear)}T${value.slice(6, 8)}:${value.slice(8, 10)}`;
}

function entryName(number: number): string {
  return `(${number})`;
}

/** Ends the message: look-up key and associations between AIs. */
export function endMessage(result: UdiResult, strict: boolean): void {
  result.diKey = result.di;
  const report = strict ? refuse : warn;
  for (let i = 0; i < met.length; i++) {
    const entry = met[i] as AiEntry;
    const first = firstAt[entry.number] as number;
    if (first !== i) {
      const same = (result.elements[first] as [string, string])[1] === (result.elements[i] as [string, string])[1];
      if (!same) report(result, 'gs1.repeated', places[i] as number, `(${entry.ai})`);
      continue;
    }
    const { excluded, required } = entry;
    for (let j = 0; j < excluded.length; j++) {
      const other = presentAi(excluded[j] as AiPattern, entry.number);
      if (other !== null) report(result, 'gs1.excluded', places[i] as number, `(${entry.ai}) (${other})`);
    }
    if (required.length > 0 && !satisfied(required, entry.number)) {
      report(result, 'gs1.required', places[i] as number, `(${entry.ai}): ${entry.requiredText}`);
    }
  }
  if (present[8030] === stamp) signatureNeedsSerial(result, report);
}

/** The AI present that fits the pattern, other than the one asking; null for none. */
function presentAi(pattern: AiPattern, asking: number): string | null {
  if (pattern.from === pattern.to) {
    return present[pattern.from] === stamp && pattern.from !== asking ? pattern.text : null;
  }
  for (const entry of met) {
    if (entry.number >= pattern.from && entry.number <= pattern.to && entry.number !== asking) return entry.ai;
  }
  return null;
}

function satisfied(groups: readonly (readonly AiPattern[])[], asking: number): boolean {
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as readonly AiPattern[];
    let all = true;
    for (let j = 0; j < group.length && all; j++) all = presentAi(group[j] as AiPattern, asking) !== null;
    if (all) return true;
  }
  return false;
}

/** A digital signature (8030) signs one thing: GDTI, GCN and GRAI beside it must carry their serial component. */
function signatureNeedsSerial(result: UdiResult, report: typeof warn): void {
  met.forEach((entry, i) => {
    const { number } = entry;
    if (number !== 253 && number !== 255 && number !== 8003) return;
    if ((result.elements[i] as [string, string])[1].length !== entry.min) return;
    report(result, 'gs1.serial-component', places[i] as number, `(${entry.ai})`);
  });
}
