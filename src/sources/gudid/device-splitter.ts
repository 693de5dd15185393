import { AppError } from '../../kernel/app-error.ts';

/** A `device` element as bytes with its place, or the bytes found before, between and behind such elements. */
export type Piece =
  | { readonly kind: 'device'; readonly at: number; readonly recordNo: number; readonly bytes: Buffer }
  | { readonly kind: 'between'; readonly at: number; readonly bytes: Buffer };

const OPEN = Buffer.from('<device');
const CLOSE = Buffer.from('</device');
/** No device element nor anything between two is longer; more means that this is no GUDID file. */
const LONGEST = 64 * 1024 * 1024;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** True for the bytes that may follow a tag name: blank, tab, line end, `/`, `>`. */
function endsName(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x3e || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x2f;
}

/**
 * Cuts the byte stream of a GUDID file into its `<device …>…</device>` elements; `at` counts bytes of the stream from 0.
 * Memory holds one element and one chunk. Elements that end before `startAt` are counted but not given out.
 * A device element that opens before the last one closed starts a piece of its own, so one broken record costs one.
 * Throws `source.truncated` when the stream ends inside an element.
 */
export async function* splitDevices(stream: AsyncIterable<Uint8Array>, startAt: number): AsyncGenerator<Piece> {
  let rest: Buffer = Buffer.alloc(0);
  let base = 0; // place of rest[0] in the stream
  let recordNo = 0;
  let inside = false;
  let from = 0; // where the search goes on, so that a long record is not searched again with each chunk

  for await (const chunk of stream) {
    rest =
      rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([rest, chunk]);
    let used = 0;
    for (;;) {
      if (!inside) {
        const open = findTag(rest, OPEN, Math.max(used, from));
        if (open < 0) {
          from = Math.max(used, rest.length - OPEN.length);
          break;
        }
        if (open > used && !isBlank(rest, used, open)) {
          yield { kind: 'between', at: base + used, bytes: rest.subarray(used, open) };
        }
        used = open;
        from = open + OPEN.length;
        inside = true;
      }
      const tag = findTag(rest, CLOSE, from);
      const close = tag < 0 ? 0 : rest.indexOf(0x3e, tag + CLOSE.length) + 1;
      if (close === 0) {
        // `</device` may have come without its `>` yet
        from = tag < 0 ? Math.max(from, rest.length - CLOSE.length) : tag;
        break;
      }
      const element = rest.subarray(used, close);
      for (const piece of unnested(element)) {
        recordNo++;
        const at = base + used + piece.byteOffset - element.byteOffset;
        if (at >= startAt) yield { kind: 'device', at, recordNo, bytes: piece };
      }
      used = close;
      from = close;
      inside = false;
    }
    from -= used;
    rest = rest.subarray(used);
    base += used;
    if (rest.length > LONGEST) {
      throw new AppError('source.not-this-format', `第 ${base} 字节之后 ${LONGEST} 字节内没有完整的 device 记录`, {
        at: base,
      });
    }
  }
  if (inside) {
    throw new AppError('source.truncated', `文件在第 ${recordNo + 1} 条记录中间断开`, {
      at: base,
      recordNo: recordNo + 1,
    });
  }
  if (!isBlank(rest, 0, rest.length)) yield { kind: 'between', at: base, bytes: rest };
}

/** Index of a tag whose name ends there, -1 when there is none or its next byte has not come yet. */
function findTag(bytes: Buffer, tag: Buffer, from: number): number {
  for (let i = bytes.indexOf(tag, from); i >= 0; i = bytes.indexOf(tag, i + tag.length)) {
    if (i + tag.length >= bytes.length) return -1;
    if (endsName(bytes[i + tag.length])) return i;
  }
  return -1;
}

/** The element itself, or its parts when further device elements open inside it. */
function unnested(element: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let end = element.length;
  for (let open = element.lastIndexOf('<device '); open > 0; open = element.lastIndexOf('<device ', open - 1)) {
    parts.unshift(element.subarray(open, end));
    end = open;
  }
  parts.unshift(element.subarray(0, end));
  return parts;
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    if (byte > 0x20 && !(i < 3 && bytes.subarray(0, 3).equals(BOM))) return false;
  }
  return true;
}
