import type { PayloadValue } from '../../domains/devices/index.ts';
import type { ProblemList } from '../problem-list.ts';
import type { Element } from './element.ts';
import { GUDID_LISTS, GUDID_TAGS } from './fields.ts';
import { KNOWN_VALUES } from './known-values.ts';

/** Filled fields of a device by tag, in the order of the file. */
export type Fields = { [tag: string]: PayloadValue };

/**
 * Reads all tags of a device; empty ones are left out. The tags inside `sterilization` are lifted to the top because
 * each stands for itself. What the source description does not know is kept under its own path and reported.
 */
export function readFields(device: Element, problems: ProblemList): Fields {
  const fields: Fields = {};
  for (const child of device.children) {
    const lifted = child.name === 'sterilization' && child.children.length > 0;
    for (const element of lifted ? child.children : [child]) put(fields, element, element.name, problems);
  }
  const stray = device.text.trim();
  if (stray !== '') {
    problems.unknownField('#text', stray);
    fields['#text'] = stray;
  }
  for (const [name, value] of device.attributes ?? []) {
    if (name !== 'deviceid') problems.unknownField(`@${name}`, value);
    fields[`@${name}`] = value.trim();
  }
  return fields;
}

function put(fields: Fields, element: Element, path: string, problems: ProblemList): void {
  const value = readValue(element, path, problems);
  if (value === null) return;
  const before = fields[element.name];
  if (before === undefined) {
    fields[element.name] = value;
    return;
  }
  problems.add('source.repeated-field', path, typeof value === 'string' ? value : null, '同一条记录中出现多次');
  fields[element.name] = Array.isArray(before) ? [...before, value] : [before, value];
}

function readValue(element: Element, path: string, problems: ProblemList): PayloadValue | null {
  const value = readContent(element, path, problems);
  if (element.attributes === null) return value;
  const marked: Fields = value === null ? {} : { '#value': value };
  for (const [name, text] of element.attributes) {
    problems.unknownField(`${path}@${name}`, text);
    marked[`@${name}`] = text;
  }
  return marked;
}

function readContent(element: Element, path: string, problems: ProblemList): PayloadValue | null {
  const text = element.text.trim();
  const entry = GUDID_LISTS.get(path);
  if (entry === undefined && element.children.length === 0) {
    if (text === '') return null;
    if (!GUDID_TAGS.has(path)) problems.unknownField(path, text);
    else if (KNOWN_VALUES.get(path)?.has(text) === false) problems.unknownValue(path, text);
    return text;
  }
  if (text !== '') problems.unknownField(`${path}#text`, text);
  const content = entry === undefined ? readObject(element, path, problems) : readList(element, path, entry, problems);
  if (text === '') return content;
  return content === null ? text : { '#value': content, '#text': text };
}

function readList(element: Element, path: string, entry: string, problems: ProblemList): PayloadValue | null {
  const list: PayloadValue[] = [];
  for (const child of element.children) {
    if (child.name !== entry) {
      const value = readValue(child, `${path}.${child.name}`, problems);
      if (value !== null) list.push({ [child.name]: value });
    } else if (child.children.length > 0) {
      const value = readObject(child, path, problems);
      if (value !== null) list.push(value);
    } else if (child.text.trim() !== '') {
      list.push(child.text.trim());
    }
  }
  return list.length === 0 ? null : list;
}

function readObject(element: Element, path: string, problems: ProblemList): PayloadValue | null {
  const fields: Fields = {};
  for (const child of element.children) put(fields, child, pathBelow(path, child.name), problems);
  return Object.keys(fields).length === 0 ? null : fields;
}

const paths = new Map<string, Map<string, string>>();

/** `path.name`, made once for each pair: joining and hashing it anew for every tag of every record is felt. */
function pathBelow(path: string, name: string): string {
  let below = paths.get(path);
  if (below === undefined) {
    below = new Map();
    if (GUDID_TAGS.has(path)) paths.set(path, below);
  }
  let joined = below.get(name);
  if (joined === undefined) {
    joined = `${path}.${name}`;
    if (GUDID_TAGS.has(joined)) below.set(name, joined);
  }
  return joined;
}

/** The text of a field; of a repeated one the first. Null when it is absent or no text. */
export function textOf(fields: Readonly<Fields>, tag: string): string | null {
  const value = fields[tag];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : null;
}

/** One tag of all entries of a list, joined; null when none is filled. */
export function joinedTexts(fields: Readonly<Fields>, list: string, tag: string, separator: string): string | null {
  const texts: string[] = [];
  for (const entry of entriesOf(fields, list)) {
    const text = textOf(entry, tag);
    if (text !== null) texts.push(text);
  }
  return texts.length === 0 ? null : texts.join(separator);
}

/** The entries of a list that are objects. */
export function entriesOf(fields: Readonly<Fields>, list: string): Fields[] {
  const value = fields[list];
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is Fields => typeof entry === 'object' && entry !== null && !Array.isArray(entry));
}
