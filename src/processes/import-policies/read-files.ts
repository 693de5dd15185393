import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { SourceDocument, TakenDocument } from '../../domains/policy/index.ts';
import { AppError, isAppError } from '../../kernel/app-error.ts';
import { detectEncoding, type TextEncoding, transcode } from '../../platform/files/encoding.ts';
import { kindOfFile, MOST_BYTES, readDocument } from '../read-documents/read-document.ts';

/** Something of a file that could not be taken. */
export interface Refused {
  readonly file: string;
  /** Line of a file of many documents; null when it is the file. */
  readonly line: number | null;
  readonly code: string;
  readonly message: string;
}

/** Characters of one document or line; more is no policy, and no text of ours may fill the memory. */
const LONGEST = 64 * 2 ** 20;
const SNIFF = 65_536;

/**
 * Documents of a file, one by one, each or what is wrong with it: text, Markdown, HTML, Word or PDF as one document (the
 * first line of a text may be a JSON head), JSON lines as one document a line, either of them with gzip. What cannot be read is handed over as
 * refused and the rest goes on; a gzip that breaks off gives what came before.
 */
export async function* readPolicyFile(path: string): AsyncGenerator<TakenDocument | Refused> {
  const file = basename(path);
  let line = 0;
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new AppError('file.not-a-file', `${path} is not a file`, { path });
    const head = await headOf(path);
    if (kindOfFile(head) !== 'text') {
      if (info.size > MOST_BYTES) throw new AppError('policy.too-long', `${file} has more than ${MOST_BYTES} bytes`);
      const { text } = await readDocument(await readFile(path));
      yield oneDocument(text.split('\n'), file, file);
      return;
    }
    const { bytes, name } = await openBytes(path);
    const lines = linesOf(bytes);
    let many = /\.(?:jsonl|ndjson)$/i.test(name);
    let text: string[] | null = null;
    let length = 0;
    for await (const row of lines) {
      line++;
      if (line === 1 && !many && typeof row === 'string') many = isDocumentLine(row);
      if (many) {
        if (row === '') continue;
        yield readRow(row, file, line);
        continue;
      }
      if (typeof row !== 'string') throw row;
      text ??= [];
      length += row.length + 1;
      if (length > LONGEST) throw new AppError('policy.too-long', `${file} is longer than ${LONGEST} characters`);
      text.push(row);
    }
    if (!many) yield oneDocument(text ?? [], file, name);
  } catch (error) {
    yield refusedOf(error, file, line === 0 ? null : line);
  }
}

/** The first bytes of a file: they say what it is. */
async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF), 0, SNIFF, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What went wrong with a file, or a line of it, in words that are published. */
export function refusedOf(error: unknown, file: string, line: number | null): Refused {
  if (isAppError(error)) return { file, line, code: error.code, message: error.message };
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT') return { file, line: null, code: 'file.not-found', message: 'no such file' };
  if (code.startsWith('Z_')) return { file, line, code: 'file.corrupt', message: `gzip: ${(error as Error).message}` };
  return { file, line, code: 'file.unreadable', message: (error as Error).message };
}

/** The bytes of a file as UTF-8, unpacked when it is gzip by its own first bytes. */
async function openBytes(path: string): Promise<{ bytes: AsyncGenerator<Buffer>; name: string }> {
  const file = createReadStream(path);
  const packed = await firstOf(file);
  const gzip = packed.head[0] === 0x1f && packed.head[1] === 0x8b;
  const open = gzip ? await firstOf(gunzipped(packed.all)) : packed;
  if (open.head.length === 0) throw new AppError('file.empty', 'the file is empty');
  if (open.head.includes(0) && !/^(?:\xff\xfe|\xfe\xff)/.test(open.head.toString('latin1', 0, 2)))
    throw new AppError('policy.not-text', 'the file is not text');
  const encoding = encodingOf(open.head.subarray(0, SNIFF));
  return { bytes: transcode(open.all, encoding), name: basename(path).replace(/\.gz$/i, '') };
}

/** A notice of a few lines is too short for the usual guess; read whole, it is GB18030 or it is not. */
function encodingOf(head: Buffer): TextEncoding {
  const { encoding, by } = detectEncoding(head);
  if (by !== 'default' || head.length >= SNIFF || isUtf8(head)) return encoding;
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(head);
    return 'gb18030';
  } catch {
    return encoding;
  }
}

/** Unpacks as far as it goes: what came before a break is handed over before the break is said. */
async function* gunzipped(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const feed = (async () => {
    try {
      for await (const chunk of source) if (!gunzip.write(chunk)) await drained(gunzip);
      gunzip.end();
    } catch (error) {
      gunzip.destroy(error as Error);
    }
  })();
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
    await feed;
  } finally {
    gunzip.destroy();
  }
}

function drained(stream: NodeJS.WritableStream & NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}

async function firstOf(source: AsyncIterable<Buffer>): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let length = 0;
  let broken: unknown;
  while (length < SNIFF && broken === undefined) {
    try {
      const next = await iterator.next();
      if (next.done) break;
      first.push(next.value);
      length += next.value.length;
    } catch (error) {
      // nothing at all came: there is nothing to hand over first
      if (first.length === 0) throw error;
      broken = error;
    }
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* first;
    if (broken !== undefined) throw broken;
    for (;;) {
      const next = await iterator.next();
      if (next.done) return;
      yield next.value;
    }
  }
  return { head: Buffer.concat(first), all: all() };
}

/** The lines of a text file, also of one packed with gzip; a line that cannot be read is handed over as its error. */
export async function* textLines(path: string): AsyncGenerator<string | AppError> {
  const { bytes } = await openBytes(path);
  yield* linesOf(bytes);
}

/** Lines of UTF-8 bytes; a line that is no UTF-8 or too long is handed over as its error. */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string | AppError> {
  let rest: Buffer[] = [];
  let length = 0;
  let first = true;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const take = (last: Buffer | null): string | AppError => {
    const whole = Buffer.concat(last ? [...rest, last] : rest);
    const tooLong = length > LONGEST;
    rest = [];
    length = 0;
    if (tooLong) return new AppError('policy.too-long', `the line is longer than ${LONGEST} bytes`);
    try {
      let text = decoder.decode(whole);
      if (first && text.startsWith('\uFEFF')) text = text.slice(1);
      first = false;
      return text.endsWith('\r') ? text.slice(0, -1) : text;
    } catch {
      return new AppError('policy.not-text', 'the line is not UTF-8; convert the file first');
    }
  };
  let broken: unknown;
  try {
    for await (const chunk of bytes) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        length += at - from;
        yield take(chunk.subarray(from, at));
        from = at + 1;
      }
      if (from < chunk.length) {
        length += chunk.length - from;
        if (length <= LONGEST) rest.push(chunk.subarray(from));
      }
    }
  } catch (error) {
    // half a line before a break is no line
    broken = error;
  }
  if (broken !== undefined) throw broken;
  if (length > 0) yield take(null);
}

function parsed(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const textOf = (row: Record<string, unknown>): unknown => row.body ?? row.text;

function isDocumentLine(line: string): boolean {
  const row = parsed(line);
  return row !== null && typeof textOf(row) === 'string';
}

function word(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function readRow(line: string | AppError, file: string, number: number): TakenDocument | Refused {
  const refuse = (code: string, message: string): Refused => ({ file, line: number, code, message });
  if (typeof line !== 'string') return refuse(line.code, line.message);
  let row: Record<string, unknown>;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return refuse('policy.bad-line', 'the line is not a JSON object');
    row = value as Record<string, unknown>;
  } catch (error) {
    return refuse('policy.bad-line', `the line is not JSON: ${(error as Error).message}`);
  }
  const key = word(row.path) ?? word(row.key) ?? word(row.id);
  if (key === null) return refuse('policy.no-key', 'the line has none of path, key, id');
  const text = textOf(row);
  if (typeof text !== 'string' || text.trim() === '')
    return refuse('policy.no-text', 'the line has no text in body or text');
  return {
    file,
    line: number,
    source: storable({
      key,
      title: word(row.title_zh) ?? word(row.title),
      otherTitle: word(row.title_en),
      number: word(row.document_number) ?? word(row.number),
      url: word(row.source_url) ?? word(row.url),
      language: word(row.lang) ?? word(row.language),
      text,
    }),
  };
}

function oneDocument(lines: string[], file: string, name: string): TakenDocument | Refused {
  const head = parsed(lines[0] ?? '');
  const text = (head ? lines.slice(1) : lines).join('\n').replace(/^\n+/, '');
  if (text.trim() === '') return { file, line: null, code: 'policy.no-text', message: 'the file has no text' };
  return {
    file,
    line: null,
    source: storable({
      key: name,
      title: word(head?.title_zh) ?? word(head?.title),
      otherTitle: word(head?.title_en),
      number: word(head?.document_number) ?? word(head?.number),
      url: word(head?.source_url) ?? word(head?.url),
      language: word(head?.lang) ?? word(head?.language),
      text,
    }),
  };
}

/** PostgreSQL keeps no NUL and no half surrogates. */
function storable(source: SourceDocument): SourceDocument {
  const clean = (text: string | null) => text?.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD') ?? null;
  return {
    key: clean(source.key) as string,
    title: clean(source.title),
    otherTitle: clean(source.otherTitle),
    number: clean(source.number),
    url: clean(source.url),
    language: clean(source.language),
    text: clean(source.text) as string,
  };
}
