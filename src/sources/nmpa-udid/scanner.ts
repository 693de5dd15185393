import { ALIASES, FIELD_INDEX, FIELDS, LISTS } from './fields.ts';

/** Flags of a value: which rare bytes it holds, so that the common value is copied as it stands. */
export const HAS_AMPERSAND = 1;
/** Control character or backslash: needs escaping for COPY and perhaps a report. */
export const HAS_CONTROL = 2;
/** CDATA or comments inside: the value must be put together from pieces. */
export const HAS_MARKUP = 4;

/** Reason of a fault: a comment, an instruction or CDATA without end. */
export const UNCLOSED_MARKUP = 'markup that is not closed';

/** A tag the format does not know, or a second value of a known one. */
export interface Stray {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
  readonly flags: number;
  readonly reason: 'unknown-field' | 'repeated-field';
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const TAG_BYTES = FIELDS.map((f) => encode(f.tag));
const LIST_INDEX = new Map<string, number>(LISTS.map((l, i) => [l.tag, i]));
const ITEM_FIELDS = LISTS.map((l) => l.fields.map((f) => encode(f[0])));
const ITEM_FIELD_INDEX = LISTS.map((l) => new Map<string, number>(l.fields.map((f, i) => [f[0], i])));
/** The blanks of XML. */
function isBlank(byte: number): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9;
}
/** Room of one list entry in `items`: four fields of start, end, flags. */
export const ITEM_STRIDE = 12;

/** What a byte means inside a value: 0 nothing, a flag, or the beginning of markup. One look-up a byte. */
const MARKUP_BYTE = 128;
const BYTE_KIND = new Uint8Array(256);
BYTE_KIND.fill(HAS_CONTROL, 0, 32);
BYTE_KIND[92] = HAS_CONTROL;
BYTE_KIND[38] = HAS_AMPERSAND;
BYTE_KIND[60] = MARKUP_BYTE;

const LT = 60;
const GT = 62;
const SLASH = 47;

/**
 * Reads one `<device>` … `</device>` into spans (start, end, flags into the same bytes), without making strings.
 * Takes attributes, CDATA, comments, empty elements and any order of tags; tags are guessed from the order of the
 * record before, which the real files keep.
 */
export class DeviceScanner {
  /** start, end, flags of each field of FIELDS; start -1 = absent. */
  readonly spans = new Int32Array(FIELDS.length * 3);
  /** Entries of each list, ITEM_STRIDE numbers an entry. */
  readonly items: Int32Array[] = LISTS.map(() => new Int32Array(ITEM_STRIDE * 16));
  readonly itemCount = new Int32Array(LISTS.length);
  readonly strays: Stray[] = [];
  /** Set when the record cannot be read: what is wrong and where (offset into the bytes). */
  fault: { readonly reason: string; readonly at: number } | undefined;
  /** True when text stood between elements. */
  strayText = false;
  attributes = false;
  /** True when a value holds CDATA, a comment or an instruction. */
  markup = false;

  private bytes: Uint8Array = new Uint8Array(0);
  private at = 0;
  private end = 0;
  private readonly next = new Int32Array(FIELDS.length + 1);
  private valueStart = 0;
  private valueEnd = 0;
  private valueFlags = 0;

  constructor() {
    for (let i = 0; i <= FIELDS.length; i++) this.next[i] = i;
  }

  /** `start` stands behind `<device>`, `end` before `</device>`. Returns false and sets `fault` when it cannot be read. */
  scan(bytes: Uint8Array, start: number, end: number): boolean {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.spans.fill(-1);
    this.itemCount.fill(0);
    if (this.strays.length) this.strays.length = 0;
    this.fault = undefined;
    this.strayText = false;
    this.attributes = false;
    this.markup = false;
    const { spans, next } = this;
    let last = 0;
    for (;;) {
      if (!this.toElement()) return this.fault === undefined;
      const nameStart = this.at + 1;
      // the field that followed last time, compared byte by byte, before any look-up
      const guess = next[last] as number;
      let field = -1;
      let nameEnd: number;
      const tag = TAG_BYTES[guess];
      if (tag !== undefined && this.matches(tag, nameStart)) {
        field = guess;
        nameEnd = nameStart + tag.length;
      } else {
        nameEnd = this.nameEnd(nameStart);
      }
      const known = field >= 0;
      let name = '';
      if (!known) {
        name = this.text(nameStart, nameEnd);
        if (name === '' || name.startsWith('/'))
          return this.stop('a tag without name or an end tag without start', this.at);
        if (name === 'device') return this.stop('a record that is not closed before the next begins', this.at);
        field = FIELD_INDEX.get(name) ?? FIELD_INDEX.get(ALIASES[name] ?? '') ?? -1;
        if (field < 0) {
          const list = LIST_INDEX.get(name);
          if (list !== undefined) {
            if (!this.list(list, nameEnd)) return false;
            continue;
          }
        }
      }
      if (!this.value(nameStart, nameEnd, field >= 0)) return false;
      if (field < 0 || (spans[field * 3] as number) >= 0) {
        const tagName = name || (FIELDS[field]?.tag ?? '');
        this.strays.push({
          tag: tagName,
          start: this.valueStart,
          end: this.valueEnd,
          flags: this.valueFlags,
          reason: field < 0 ? 'unknown-field' : 'repeated-field',
        });
        continue;
      }
      spans[field * 3] = this.valueStart;
      spans[field * 3 + 1] = this.valueEnd;
      spans[field * 3 + 2] = this.valueFlags;
      if (!known) next[last] = field;
      last = field + 1;
    }
  }

  private stop(reason: string, at: number): false {
    // the first fault is the cause of those that follow from it
    this.fault ??= { reason, at };
    return false;
  }

  private text(start: number, end: number): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, Math.min(end - start, 200)).toString('utf8');
  }

  private matches(tag: Uint8Array, at: number): boolean {
    const n = tag.length;
    const { bytes } = this;
    const behind = bytes[at + n];
    if (behind !== GT && behind !== SLASH) return false;
    for (let i = 0; i < n; i++) if (bytes[at + i] !== tag[i]) return false;
    return true;
  }

  private nameEnd(at: number): number {
    let i = at;
    while (i < this.end) {
      const c = this.bytes[i] as number;
      if (c === GT || c === SLASH || c <= 32) break;
      i++;
    }
    return i;
  }

  /** Moves to the next start tag; false at the end. Comments and instructions are stepped over. */
  private toElement(): boolean {
    const { bytes, end } = this;
    let i = this.at;
    for (;;) {
      while (i < end && bytes[i] !== LT) {
        if ((bytes[i] as number) > 32) this.strayText = true;
        i++;
      }
      if (i >= end) {
        this.at = end;
        return false;
      }
      const c = bytes[i + 1] as number;
      if (c === 33 || c === 63) {
        const cdata = c === 33 && this.text(i, i + 9) === '<![CDATA[';
        if (cdata) this.strayText = true;
        const close = c === 63 ? '?>' : cdata ? ']]>' : this.text(i, i + 4) === '<!--' ? '-->' : '>';
        const to = this.find(close, i + (close === '-->' ? 4 : 2));
        if (to < 0) return this.stop(UNCLOSED_MARKUP, i);
        i = to + close.length;
        continue;
      }
      this.at = i;
      return true;
    }
  }

  private find(text: string, from: number): number {
    const found = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.end).indexOf(text, from, 'latin1');
    return found;
  }

  /** Steps over attributes to behind `>`; -1 when the element is empty (`/>`), -2 when it is not closed. */
  private openEnd(nameEnd: number): number {
    const { bytes, end } = this;
    let i = nameEnd;
    if (bytes[i] === GT) return i + 1;
    let quote = 0;
    for (; i < end; i++) {
      const c = bytes[i] as number;
      if (quote) {
        if (c === quote) quote = 0;
      } else if (c === 34 || c === 39) {
        quote = c;
        this.attributes = true;
      } else if (c === GT) {
        if (bytes[i - 1] === SLASH) {
          this.at = i + 1;
          return -1;
        }
        return i + 1;
      }
    }
    return -2;
  }

  /** Reads a text value and its end tag; an unknown element (`simple` false) may hold elements, taken raw. */
  private value(nameStart: number, nameEnd: number, simple: boolean): boolean {
    const { bytes, end } = this;
    let i = bytes[nameEnd] === GT ? nameEnd + 1 : this.openEnd(nameEnd);
    if (i === -1) {
      this.valueStart = this.at;
      this.valueEnd = this.at;
      this.valueFlags = 0;
      return true;
    }
    if (i < 0) return this.stop('a start tag that is not closed', nameStart - 1);
    const start = i;
    let flags = 0;
    // an unknown element may hold one of its own name
    let depth = 0;
    for (;;) {
      for (;;) {
        let kind = 0;
        while (i < end) {
          kind = BYTE_KIND[bytes[i] as number] as number;
          if (kind !== 0) break;
          i++;
        }
        if (kind === 0 || kind === MARKUP_BYTE) break;
        flags |= kind;
        i++;
      }
      if (i >= end) return this.stop(`<${this.text(nameStart, nameEnd)}> is not closed`, nameStart - 1);
      const c2 = bytes[i + 1] as number;
      if (c2 === SLASH) {
        if (this.sameName(nameStart, nameEnd, i + 2)) {
          if (depth === 0) break;
          depth--;
          i += 2;
          continue;
        }
        if (simple)
          return this.stop(
            `</${this.text(i + 2, this.nameEnd(i + 2))}> where </${this.text(nameStart, nameEnd)}> was due`,
            i,
          );
        i += 2;
        continue;
      }
      if (c2 === 33 || c2 === 63) {
        const close = c2 === 63 ? '?>' : this.text(i, i + 9) === '<![CDATA[' ? ']]>' : '-->';
        const to = this.find(close, i + (c2 === 63 ? 2 : 4));
        if (to < 0) return this.stop(UNCLOSED_MARKUP, i);
        flags |= HAS_MARKUP;
        this.markup = true;
        i = to + close.length;
        continue;
      }
      if (simple)
        return this.stop(`<${this.text(i + 1, this.nameEnd(i + 1))}> inside <${this.text(nameStart, nameEnd)}>`, i);
      const inner = this.nameEnd(i + 1);
      if (inner - i - 1 === nameEnd - nameStart && this.text(i + 1, inner) === this.text(nameStart, nameEnd)) {
        const open = this.openEnd(inner);
        if (open > 0) depth++;
      }
      i += 1;
    }
    // blanks at both ends are not part of a value; other control characters are
    let s = start;
    let e = i;
    while (s < e && (bytes[s] as number) <= 32 && isBlank(bytes[s] as number)) s++;
    while (e > s && (bytes[e - 1] as number) <= 32 && isBlank(bytes[e - 1] as number)) e--;
    this.valueStart = s;
    this.valueEnd = e;
    this.valueFlags = flags;
    this.at = this.tagEnd(i + 2 + (nameEnd - nameStart));
    return true;
  }

  /** Behind the `>` of an end tag whose name ends at `at`. */
  private tagEnd(at: number): number {
    let i = at;
    while (this.bytes[i] !== GT) i++;
    return i + 1;
  }

  private sameName(nameStart: number, nameEnd: number, at: number): boolean {
    const n = nameEnd - nameStart;
    const { bytes } = this;
    if (bytes[at + n] !== GT) {
      // blanks may stand before the end of an end tag
      let i = at + n;
      while (i < this.end && isBlank(bytes[i] as number)) i++;
      if (i >= this.end || bytes[i] !== GT) return false;
    }
    for (let k = 0; k < n; k++) if (bytes[nameStart + k] !== bytes[at + k]) return false;
    return true;
  }

  private list(list: number, nameEnd: number): boolean {
    const inner = this.openEnd(nameEnd);
    if (inner === -1) return true;
    if (inner < 0) return this.stop('a start tag that is not closed', nameEnd);
    this.at = inner;
    const fields = ITEM_FIELDS[list] as Uint8Array[];
    for (;;) {
      if (!this.toElement()) return this.stop('a list that is not closed', inner);
      if (this.bytes[this.at + 1] === SLASH) {
        const close = this.at + 2;
        const nameStart = nameEnd - (LISTS[list]?.tag.length ?? 0);
        if (!this.sameName(nameStart, nameEnd, close)) return this.stop('a list closed by another tag', this.at);
        this.at = this.tagEnd(close + nameEnd - nameStart);
        return true;
      }
      const itemEnd = this.nameEnd(this.at + 1);
      const itemNameStart = this.at + 1;
      const open = this.openEnd(itemEnd);
      if (open === -1) continue;
      if (open < 0) return this.stop('a start tag that is not closed', itemNameStart);
      this.at = open;
      const count = this.itemCount[list] as number;
      let items = this.items[list] as Int32Array;
      if ((count + 1) * ITEM_STRIDE > items.length) {
        const bigger = new Int32Array(items.length * 2);
        bigger.set(items);
        this.items[list] = bigger;
        items = bigger;
      }
      const base = count * ITEM_STRIDE;
      items.fill(-1, base, base + ITEM_STRIDE);
      this.itemCount[list] = count + 1;
      let expected = 0;
      for (;;) {
        if (!this.toElement()) return this.stop('a list entry that is not closed', open);
        if (this.bytes[this.at + 1] === SLASH) {
          if (!this.sameName(itemNameStart, itemEnd, this.at + 2))
            return this.stop('a list entry closed by another tag', this.at);
          this.at = this.tagEnd(this.at + 2 + (itemEnd - itemNameStart));
          break;
        }
        const start = this.at + 1;
        let index = expected;
        let end: number;
        const tag = fields[expected];
        if (tag !== undefined && this.matches(tag, start)) end = start + tag.length;
        else {
          end = this.nameEnd(start);
          index = ITEM_FIELD_INDEX[list]?.get(this.text(start, end)) ?? -1;
        }
        if (!this.value(start, end, index >= 0)) return false;
        if (index < 0 || (items[base + index * 3] as number) >= 0) {
          this.strays.push({
            tag: `${LISTS[list]?.tag ?? ''}.${this.text(start, end)}`,
            start: this.valueStart,
            end: this.valueEnd,
            flags: this.valueFlags,
            reason: index < 0 ? 'unknown-field' : 'repeated-field',
          });
          continue;
        }
        items[base + index * 3] = this.valueStart;
        items[base + index * 3 + 1] = this.valueEnd;
        items[base + index * 3 + 2] = this.valueFlags;
        expected = index + 1;
      }
    }
  }
}
