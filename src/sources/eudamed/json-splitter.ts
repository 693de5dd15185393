import { AppError } from '../../kernel/app-error.ts';

/** One JSON object as bytes with its place, or bytes that belong to none. */
export type Piece =
  | { readonly kind: 'item'; readonly at: number; readonly recordNo: number; readonly bytes: Buffer }
  | { readonly kind: 'stray'; readonly at: number; readonly bytes: Buffer };

const [LINE, QUOTE, BACKSLASH, OPEN, CLOSE, LIST, LIST_END, COMMA] = [0x0a, 0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c];
const LONGEST = 256 * 1024 * 1024;

/**
 * Cuts a byte stream into JSON objects: one a line (`.jsonl`), a list of objects, or one object over many lines; which
 * one it is shows in the first bytes. A line is a record even where its JSON is broken, so one bad line costs one.
 * Memory holds one object and one chunk. Objects that end before `startAt` are counted but not given out.
 * Throws `source.truncated` when the stream ends inside an object or list.
 */
export async function* splitItems(stream: AsyncIterable<Uint8Array>, startAt: number): AsyncGenerator<Piece> {
  const chunks = stream[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let lines: boolean | undefined;
  while (lines === undefined) {
    const next = await chunks.next();
    if (next.done) {
      lines = false;
      break;
    }
    head = Buffer.concat([head, next.value]);
    lines = looksLikeLines(head);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  let recordNo = 0;
  for await (const piece of lines ? byLine(whole()) : byBraces(whole())) {
    if (piece.kind === 'stray') {
      yield piece;
      continue;
    }
    recordNo++;
    if (piece.at >= startAt) yield { ...piece, recordNo };
  }
}

/** True: one object a line. False: a list or one object. Undefined: more bytes are needed. */
function looksLikeLines(head: Buffer): boolean | undefined {
  const text = head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const first = /\S/.exec(text);
  if (!first) return undefined;
  if (first[0] !== '{') return false;
  const line = text.slice(first.index).split('\n', 1)[0] ?? '';
  if (line.length + first.index === text.length) return text.length > LONGEST ? false : undefined;
  // the first of several lines is an object of its own when it ends like one
  return line.length > 1 && line.trimEnd().endsWith('}');
}

type Unnumbered = {
  readonly kind: 'item' | 'stray';
  readonly at: number;
  readonly bytes: Buffer;
  readonly recordNo: 0;
};

async function* byLine(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Unnumbered> {
  let rest: Buffer = Buffer.alloc(0);
  let base = 0;
  for await (const chunk of stream) {
    const searched = rest.length;
    rest = searched === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    let used = 0;
    for (let end = rest.indexOf(LINE, searched); end >= 0; end = rest.indexOf(LINE, used)) {
      yield* line(rest.subarray(used, end), base + used);
      used = end + 1;
    }
    rest = rest.subarray(used);
    base += used;
    checkLength(rest, base);
  }
  const last = rest.toString('latin1').trim();
  if (last !== '' && !last.endsWith('}'))
    throw new AppError('source.truncated', '文件在最后一行中间断开', { at: base });
  yield* line(rest, base);
}

function* line(bytes: Buffer, at: number): Generator<Unnumbered> {
  let from = 0;
  let to = bytes.length;
  if (at === 0 && bytes.subarray(0, 3).toString('latin1') === '\u00ef\u00bb\u00bf') from = 3;
  while (from < to && isBlank(bytes[from])) from++;
  while (to > from && isBlank(bytes[to - 1])) to--;
  if (to > from) yield { kind: 'item', at: at + from, bytes: bytes.subarray(from, to), recordNo: 0 };
}

async function* byBraces(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Unnumbered> {
  let rest: Buffer = Buffer.alloc(0);
  let base = 0;
  let i = 0;
  let depth = 0;
  let inString = false;
  let start = 0;
  let lists = 0;
  let stray = -1;
  for await (const chunk of stream) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    for (; i < rest.length; i++) {
      const byte = rest[i] as number;
      if (depth > 0) {
        if (inString) {
          if (byte === BACKSLASH) i++;
          else if (byte === QUOTE) inString = false;
        } else if (byte === QUOTE) inString = true;
        else if (byte === OPEN) depth++;
        else if (byte === CLOSE && --depth === 0) {
          yield { kind: 'item', at: base + start, bytes: rest.subarray(start, i + 1), recordNo: 0 };
          start = i + 1;
        }
        continue;
      }
      if (byte === OPEN || byte === LIST || byte === LIST_END || byte === COMMA || isBlank(byte)) {
        if (stray >= 0) yield { kind: 'stray', at: base + stray, bytes: rest.subarray(stray, i), recordNo: 0 };
        stray = -1;
        if (byte === LIST) lists++;
        else if (byte === LIST_END) lists--;
        else if (byte === OPEN) {
          start = i;
          depth = 1;
        }
      } else if (stray < 0 && !(base + i < 3 && byte >= 0xbb)) {
        stray = i; // only the three bytes of a byte order mark may stand outside
      }
    }
    const keep = depth > 0 ? start : stray >= 0 ? stray : Math.min(i, rest.length);
    rest = rest.subarray(keep);
    base += keep;
    i -= keep;
    start = depth > 0 ? 0 : start - keep;
    if (stray >= 0) stray = 0;
    checkLength(rest, base);
  }
  if (stray >= 0) yield { kind: 'stray', at: base, bytes: rest, recordNo: 0 };
  if (depth > 0 || lists > 0)
    throw new AppError('source.truncated', '文件在中间断开：列表或对象没有结尾', { at: base });
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function checkLength(rest: Buffer, at: number): void {
  if (rest.length > LONGEST) {
    throw new AppError('source.not-this-format', `第 ${at} 字节之后 ${LONGEST} 字节内没有完整的 JSON 对象`, { at });
  }
}
