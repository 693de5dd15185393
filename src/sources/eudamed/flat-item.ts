import type { PayloadValue } from '../../domains/devices/index.ts';
import type { ProblemList } from '../problem-list.ts';
import { EUDAMED_TAGS } from './fields.ts';
import { isObject, type Json, type JsonObject, scalarText } from './json-text.ts';
import { KNOWN_VALUES } from './known-values.ts';

/** Fields by path below `TradeItem`; entries of lists are objects with the rest of the path as keys. */
export type Flat = { [path: string]: PayloadValue };

/**
 * Flattens a `TradeItem`. Empty values are left out; an object that holds nothing but `Value` becomes that value.
 * Paths and values the source description does not know are kept and reported.
 */
export function flattenItem(item: JsonObject, problems: ProblemList): Flat {
  const flat: Flat = {};
  flatten(flat, item, '', '', problems);
  return flat;
}

function flatten(into: Flat, object: JsonObject, keyPrefix: string, pathPrefix: string, problems: ProblemList): void {
  for (const name in object) {
    const value = object[name] as Json;
    const key = keyPrefix + name;
    const path = pathPrefix + name;
    if (isObject(value) && !isWrapper(value)) flatten(into, value, `${key}.`, `${path}.`, problems);
    else {
      const read = readValue(value, path, problems);
      if (read !== null) into[key] = read;
    }
  }
}

function readValue(value: Json, path: string, problems: ProblemList): PayloadValue | null {
  if (value === null) return null;
  if (Array.isArray(value)) {
    const list: PayloadValue[] = [];
    for (const entry of value as readonly Json[]) {
      const read = readValue(entry, path, problems);
      if (read !== null) list.push(read);
    }
    return list.length === 0 ? null : list;
  }
  if (isObject(value)) {
    if (isWrapper(value)) return readValue(value.Value as Json, path, problems);
    const entry: Flat = {};
    flatten(entry, value, '', `${path}.`, problems);
    return Object.keys(entry).length === 0 ? null : entry;
  }
  const text = scalarText(value as string | number | boolean);
  if (text === null) return null;
  if (!EUDAMED_TAGS.has(path)) problems.unknownField(path, text);
  else if (KNOWN_VALUES.get(path)?.test(text) === false) problems.unknownValue(path, text);
  return text;
}

function isWrapper(value: JsonObject): boolean {
  const inner = value.Value;
  return inner !== undefined && (inner === null || typeof inner !== 'object') && Object.keys(value).length === 1;
}

/** The text at a path, null when absent or no text. */
export function textAt(flat: Readonly<Flat>, path: string): string | null {
  const value = flat[path];
  return typeof value === 'string' ? value : null;
}

/** The entries of a list that are objects; a single object counts as a list of one. */
export function entriesAt(flat: Readonly<Flat>, path: string): readonly Flat[] {
  const value = flat[path];
  const list: readonly PayloadValue[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.filter((entry): entry is Flat => typeof entry === 'object' && !Array.isArray(entry));
}

/** Texts of a list of codes or of one tag of a list of objects. */
export function textsAt(flat: Readonly<Flat>, path: string, tag?: string): string[] {
  if (tag !== undefined) return entriesAt(flat, path).flatMap((entry) => textAt(entry, tag) ?? []);
  const value = flat[path];
  const list: readonly PayloadValue[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.filter((entry): entry is string => typeof entry === 'string');
}

/** Of a text in several languages the Chinese one, else the English, else the first. */
export function preferredText(flat: Readonly<Flat>, path: string): string | null {
  const texts = entriesAt(flat, path);
  const by = (test: (language: string) => boolean) =>
    texts.find((text) => textAt(text, 'Value') !== null && test((textAt(text, 'LanguageCode') ?? '').toLowerCase()));
  const chosen =
    by((l) => l === 'zh' || l.startsWith('zh-')) ?? by((l) => l === 'en' || l.startsWith('en-')) ?? by(() => true);
  return chosen === undefined ? null : textAt(chosen, 'Value');
}
