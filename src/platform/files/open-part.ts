import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { crc32, createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib';
import { AppError } from '../../kernel/app-error.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { PartDescriptor } from './part.ts';

/** Large chunks make zlib five times as fast as its default does. */
const CHUNK = 1 << 20;

/** Reads up to `length` bytes at a place of an open file; fewer at its end. */
export async function readHead(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const head = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(head, done, length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return head.subarray(0, done);
}

/** Faults of the file system as AppErrors; anything else is given back as it is. */
export function fileSystemError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOENT') return new AppError('file.not-found', `${path}: 文件不存在`, { path }, error);
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError('file.not-readable', `${path}: 没有读取权限`, { path }, error);
  }
  if (code === 'EISDIR') return new AppError('file.not-a-file', `${path}: 是文件夹，不是文件`, { path }, error);
  return error;
}

function unpackError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'Z_BUF_ERROR') {
    return new AppError('file.truncated', `${path}: 压缩数据不完整（被截断）`, { path, reason: message }, error);
  }
  if (code.startsWith('Z_')) {
    return new AppError('file.corrupt', `${path}: 压缩数据已损坏：${message}`, { path, reason: message }, error);
  }
  return fileSystemError(error, path);
}

/** Runs a stream through zlib and ends both when the reader stops early. */
async function* through(source: Readable, unpacker: InflateRaw | Gunzip): AsyncGenerator<Buffer> {
  // The reader of `unpacker` sees every error; the callback only keeps the process from seeing it a second time.
  const stream = pipeline(source, unpacker, () => {});
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}

/** The content of a zip entry, held against the size and checksum its zip states. */
async function* checked(part: PartDescriptor, bytes: NonNullable<PartDescriptor['bytes']>): AsyncGenerator<Buffer> {
  const { path } = part;
  if (bytes.packed > 0) {
    const raw = createReadStream(part.file, {
      start: bytes.start,
      end: bytes.start + bytes.packed - 1,
      highWaterMark: bytes.method === 'deflate' ? CHUNK / 4 : CHUNK,
    });
    const content = bytes.method === 'deflate' ? through(raw, createInflateRaw({ chunkSize: CHUNK })) : raw;
    let size = 0;
    let sum = 0;
    for await (const chunk of content as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > bytes.size) {
        throw new AppError('file.corrupt', `${path}: 实际内容多于压缩包声明的 ${bytes.size} 字节`, {
          path,
          declared: bytes.size,
        });
      }
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (size < bytes.size) {
      throw new AppError('file.truncated', `${path}: 内容只有 ${size} 字节，压缩包声明 ${bytes.size} 字节`, {
        path,
        size,
        declared: bytes.size,
      });
    }
    if (sum !== bytes.crc32) {
      throw new AppError('file.corrupt', `${path}: 校验和（CRC-32）不符`, {
        path,
        declared: bytes.crc32,
        found: sum,
      });
    }
  } else if (bytes.size > 0) {
    throw new AppError('file.corrupt', `${path}: 声明 ${bytes.size} 字节，却没有数据`, { path, declared: bytes.size });
  }
}

/** A whole file, or a gzip inside: nobody states the unpacked size, so it is bounded while it comes. */
async function* bounded(content: AsyncIterable<Buffer>, packed: () => number, part: PartDescriptor) {
  const { totalBytes, ratio, ratioFrom } = part.bounds ?? DEFAULT_LIMITS;
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > totalBytes) {
      throw new AppError('file.too-large', `${part.path}: 解压后超过 ${totalBytes} 字节`, {
        path: part.path,
        limit: totalBytes,
      });
    }
    if (size > ratioFrom && size > packed() * ratio) {
      throw new AppError('file.compression-bomb', `${part.path}: 解压后是压缩大小的 ${ratio} 倍以上`, {
        path: part.path,
        size,
        packed: packed(),
        limit: ratio,
      });
    }
    yield chunk;
  }
}

/** Takes the first bytes off a stream and puts them back. */
async function peek(content: AsyncIterable<Buffer>): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const iterator = content[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let length = 0;
  while (length < 2) {
    const next = await iterator.next();
    if (next.done) break;
    first.push(next.value);
    length += next.value.length;
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield* first;
      for (;;) {
        const next = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head: Buffer.concat(first), all: all() };
}

async function* gunzip(content: AsyncIterable<Buffer>, part: PartDescriptor): AsyncGenerator<Buffer> {
  let packed = 0;
  async function* counted() {
    for await (const chunk of content) {
      packed += chunk.length;
      yield chunk;
    }
  }
  yield* bounded(
    through(Readable.from(counted(), { objectMode: false }), createGunzip({ chunkSize: CHUNK })),
    () => packed,
    part,
  );
}

/**
 * The bytes of a part, unpacked, in chunks of up to 1 MiB with flat memory. Works in any thread: the descriptor is all
 * it needs. Throws `file.truncated`, `file.corrupt`, `file.too-large`, `file.compression-bomb`, `file.not-found`.
 */
export async function* openPart(part: PartDescriptor): AsyncGenerator<Buffer> {
  try {
    if (part.bytes === undefined) await (await open(part.file, 'r')).close();
    const source: AsyncIterable<Buffer> = part.bytes
      ? checked(part, part.bytes)
      : (createReadStream(part.file, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>);
    const { head, all } = await peek(source);
    yield* head[0] === 0x1f && head[1] === 0x8b ? gunzip(all, part) : all;
  } catch (error) {
    throw unpackError(error, part.path);
  }
}
