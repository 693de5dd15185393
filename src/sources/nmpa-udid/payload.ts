import type { PayloadValue } from '../../domains/devices/index.ts';
import { LISTS, PAYLOAD_TAGS } from './fields.ts';

/**
 * The packed form of the fields that have no column of their own: values in the order of PAYLOAD_TAGS separated by
 * US (U+001F), then after GS (U+001D) the four lists, each with entries separated by RS (U+001E) and fields by US,
 * then further tags as `tag US value` entries. A separator that occurs in a published value is written as
 * ESC (U+001B) and the character 0x40 above it. Empty tails are cut.
 */
export const US = 0x1f;
export const RS = 0x1e;
export const GS = 0x1d;
export const ESC = 0x1b;

const plain = (text: string): string =>
  text.includes('\u001b')
    ? text.replace(/\u001b([\u005b-\u005f])/g, (_, c: string) => String.fromCharCode(c.charCodeAt(0) - 0x40))
    : text;

/** Unpacks a payload: tag → value, list tag → entries; only what is filled. */
export function unpackPayload(packed: string): Record<string, PayloadValue> {
  const out: Record<string, PayloadValue> = {};
  const groups = packed.split('\u001d');
  (groups[0] ?? '').split('\u001f').forEach((value, i) => {
    const tag = PAYLOAD_TAGS[i];
    if (value && tag) out[tag] = plain(value);
  });
  LISTS.forEach((list, l) => {
    const group = groups[l + 1];
    if (!group) return;
    out[list.tag] = group.split('\u001e').map((entry) => {
      const item: Record<string, string> = {};
      entry.split('\u001f').forEach((value, i) => {
        const field = list.fields[i];
        if (value && field) item[field[0]] = plain(value);
      });
      return item;
    });
  });
  const further = groups[LISTS.length + 1];
  if (further) {
    for (const entry of further.split('\u001e')) {
      const cut = entry.indexOf('\u001f');
      if (cut > 0) out[entry.slice(0, cut)] = plain(entry.slice(cut + 1));
    }
  }
  return out;
}
