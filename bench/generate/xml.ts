import { OWN_SLOTS } from './device.ts';
import type { Product } from './product.ts';
import { DEVICE_TAGS, type Device, LIST_TAGS, type ListName } from './shape.ts';

/** Stand-ins for bytes that no writer of well-formed XML lets out; faults put them into values, `raw` lets them out. */
export const RAW = { ampersand: '\uE000', control: '\uE001', reference: '\uE002' } as const;

const SPECIAL = /[&<>]/;
const UNPRINTED = /[\uE000-\uE002]/;

function escapeText(value: string): string {
  if (!SPECIAL.test(value)) return value;
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function raw(text: string): string {
  if (!UNPRINTED.test(text)) return text;
  return text.replaceAll(RAW.ampersand, '&').replaceAll(RAW.control, '\u000B').replaceAll(RAW.reference, '&#x1F;');
}

/** Both ways of writing an empty element are met; which one stands depends on the tag alone. */
function emptyElement(tag: string): string {
  return tag.length % 2 === 0 ? `<${tag}/>` : `<${tag}></${tag}>`;
}

const OPEN = DEVICE_TAGS.map((tag) => `<${tag}>`);
const CLOSE = DEVICE_TAGS.map((tag) => `</${tag}>`);
const EMPTY = DEVICE_TAGS.map(emptyElement);

function field(index: number, value: string): string {
  return value === '' ? (EMPTY[index] as string) : `${OPEN[index]}${escapeText(value)}${CLOSE[index]}`;
}

function list(name: ListName, rows: readonly (readonly string[])[]): string {
  const { list: outer, item, tags } = LIST_TAGS[name];
  if (rows.length === 0) return emptyElement(outer);
  let text = `<${outer}>`;
  for (const row of rows) {
    text += `<${item}>`;
    for (let i = 0; i < tags.length; i++) {
      const tag = tags[i] as string;
      const value = row[i] ?? '';
      text += value === '' ? emptyElement(tag) : `<${tag}>${escapeText(value)}</${tag}>`;
    }
    text += `</${item}>`;
  }
  return `${text}</${outer}>`;
}

/** The `device` element of any record; slow, whole and plain. */
export function renderDevice(device: Device): string {
  let text = '<device>';
  for (let i = 0; i < DEVICE_TAGS.length; i++) text += field(i, device.values[i] as string);
  if (device.unknown) text += `<${device.unknown.tag}>${escapeText(device.unknown.value)}</${device.unknown.tag}>`;
  text +=
    list('packing', device.packing) +
    list('storage', device.storage) +
    list('clinical', device.clinical) +
    list('contact', device.contact);
  return raw(`${text}</device>\n`);
}

/** Puts text as UTF-8 at `at` and gives the place after it. Own values are short: a native call would cost more. */
function put(out: Buffer, at: number, text: string): number {
  let end = at;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) out[end++] = code;
    else if (code >= 0xd800 && code < 0xe000) return at + out.write(text, at, 'utf8');
    else {
      if (code < 0x800) out[end++] = 0xc0 | (code >> 6);
      else {
        out[end++] = 0xe0 | (code >> 12);
        out[end++] = 0x80 | ((code >> 6) & 63);
      }
      out[end++] = 0x80 | (code & 63);
    }
  }
  return end;
}

function copy(out: Buffer, at: number, bytes: Buffer): number {
  out.set(bytes, at);
  return at + bytes.length;
}

/** Writes a device at a place of a buffer and gives the place after it. */
export type RecordWriter = (device: Device, out: Buffer, at: number) => number;

const OWN_OPEN = OWN_SLOTS.map((index) => OPEN[index] as string);
const PACKING = LIST_TAGS.packing;

/**
 * A writer for the models of one product: the bytes between the values that differ are put together once.
 * Gives the same text as `renderDevice` for every device that `fillDevice` made for this product.
 */
export function productWriter(product: Product): RecordWriter {
  // Two forms of what follows an own value: after a filled one (close tag first) and after an empty one.
  const afterFilled: Buffer[] = [];
  const afterEmpty: Buffer[] = [];
  let head = '<device>';
  let text = '';
  let previous = -1;
  const close = () => {
    if (previous < 0) head += text;
    else {
      afterFilled.push(Buffer.from((CLOSE[previous] as string) + text));
      afterEmpty.push(Buffer.from((EMPTY[previous] as string) + text));
    }
    text = '';
  };
  for (let i = 0; i < DEVICE_TAGS.length; i++) {
    if (OWN_SLOTS.includes(i)) {
      close();
      previous = i;
    } else text += field(i, product.base[i] as string);
  }
  if (product.levels.length > 0) text += `<${PACKING.list}>`;
  else text += list('packing', []);
  close();
  const start = Buffer.from(head);
  const levels = product.levels.map(({ unit, quantity }) => ({
    open: `<${PACKING.item}><${PACKING.tags[0]}>`,
    middle: Buffer.from(
      `</${PACKING.tags[0]}><${PACKING.tags[1]}>${unit}</${PACKING.tags[1]}><${PACKING.tags[2]}>${quantity}</${PACKING.tags[2]}><${PACKING.tags[3]}>`,
    ),
    close: `</${PACKING.tags[3]}></${PACKING.item}>`,
  }));
  const storage = Buffer.from((levels.length > 0 ? `</${PACKING.list}>` : '') + list('storage', product.storage));
  const contact = Buffer.from(`${list('contact', product.contact)}</device>\n`);
  const noSizes = list('clinical', []);
  return (device, out, from) => {
    let at = copy(out, from, start);
    for (let k = 0; k < OWN_SLOTS.length; k++) {
      const value = device.values[OWN_SLOTS[k] as number] as string;
      // Own values hold nothing to escape, save what a fault put there; faulty devices do not come this way.
      if (value === '') at = copy(out, at, afterEmpty[k] as Buffer);
      else at = copy(out, put(out, put(out, at, OWN_OPEN[k] as string), value), afterFilled[k] as Buffer);
    }
    for (let level = 0; level < levels.length; level++) {
      const texts = levels[level] as (typeof levels)[number];
      const row = device.packing[level] as string[];
      at = copy(out, put(out, put(out, at, texts.open), row[0] as string), texts.middle);
      at = put(out, put(out, at, row[3] as string), texts.close);
    }
    at = copy(out, at, storage);
    at = put(out, at, device.clinical.length === 0 ? noSizes : list('clinical', device.clinical));
    return copy(out, at, contact);
  };
}

export function fileHead(count: number, encoding: string): string {
  return `<?xml version="1.0" encoding="${encoding}"?>\n<udid version="1.0">\n<header><numberRkeyecordXML>${count}</numberRkeyecordXML></header>\n<devices>\n`;
}

export const FILE_TAIL = '</devices>\n</udid>\n';
