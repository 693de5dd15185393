import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import yauzl from 'yauzl';
import { AppError } from '../../kernel/app-error.ts';
import type { FileLimits } from './limits.ts';
import type { PartBytes } from './part.ts';

/** A stretch of an open file that holds a zip: the whole file, or an inner zip that is not compressed. */
export interface ZipWindow {
  readonly handle: FileHandle;
  readonly start: number;
  readonly length: number;
  /** For messages. */
  readonly path: string;
}

export interface ZipEntry {
  readonly name: string;
  readonly suspiciousName: boolean;
  /** `start` counts from the beginning of the file on disk. */
  readonly bytes: PartBytes;
  /** The first packed bytes, to tell what it is. */
  readonly packedHead: Buffer;
}

/** Running counts of one release, over all its zips. */
export interface Spent {
  entries: number;
  bytes: number;
}

const HEAD_BYTES = 1024;
const LOCAL_HEADER = 30;

class WindowReader extends yauzl.RandomAccessReader {
  private readonly window: ZipWindow;
  constructor(window: ZipWindow) {
    super();
    this.window = window;
  }
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    if (position < 0 || position + length > this.window.length) {
      callback(new Error('unexpected EOF'));
      return;
    }
    readExactly(this.window.handle, buffer.subarray(offset, offset + length), this.window.start + position).then(
      () => callback(null),
      (error: Error) => callback(error),
    );
  }
}

async function readExactly(handle: FileHandle, into: Buffer, position: number): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await handle.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) throw new Error('unexpected EOF');
    done += bytesRead;
  }
}

/** Turns what the zip reader says into our codes. */
function zipError(error: unknown, window: ZipWindow, looksLikeZip: boolean): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const details = { path: window.path, reason: message };
  if (/End of central directory|unexpected EOF|zip64 end of central/.test(message)) {
    return looksLikeZip
      ? new AppError('file.truncated', `${window.path}: 压缩文件不完整（被截断）：${message}`, details, error)
      : new AppError('file.not-a-zip', `${window.path}: 不是 zip 文件`, details, error);
  }
  return new AppError('file.corrupt', `${window.path}: 压缩文件已损坏：${message}`, details, error);
}

/** Names are for people only. UTF-8 when flagged or valid, else GB18030, which Chinese archivers write unflagged. */
function entryName(raw: Buffer, flaggedUtf8: boolean): { name: string; suspiciousName: boolean } {
  const text = new TextDecoder(flaggedUtf8 || isUtf8(raw) ? 'utf-8' : 'gb18030').decode(raw).replaceAll('\\', '/');
  const name = text.replace(/[\p{Cc}\p{Cf}]/gu, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
  const suspiciousName = name !== text || /^(\/|[a-z]:)/i.test(text) || text.split('/').includes('..');
  return { name, suspiciousName };
}

/** Things that archivers put beside the documents. */
const LITTER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;

function checkEntry(entry: yauzl.Entry, name: string, path: string, limits: FileLimits, spent: Spent): void {
  const at = `${path}!/${name}`;
  spent.entries++;
  if (spent.entries > limits.entries) {
    throw new AppError('file.too-many-entries', `${path}: 条目超过 ${limits.entries} 个`, {
      path,
      limit: limits.entries,
    });
  }
  if (entry.isEncrypted()) throw new AppError('file.encrypted', `${at}: 条目已加密，无法读取`, { path: at });
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw new AppError('file.unsupported-compression', `${at}: 不支持的压缩方法 ${entry.compressionMethod}`, {
      path: at,
      method: entry.compressionMethod,
    });
  }
  const { compressedSize: packed, uncompressedSize: size } = entry;
  if (size > limits.ratioFrom && size > packed * limits.ratio) {
    throw new AppError(
      'file.compression-bomb',
      `${at}: 解压后 ${size} 字节是压缩大小 ${packed} 字节的 ${limits.ratio} 倍以上`,
      { path: at, size, packed, limit: limits.ratio },
    );
  }
  spent.bytes += size;
  if (spent.bytes > limits.totalBytes) {
    throw new AppError('file.too-large', `${at}: 解压后总大小超过 ${limits.totalBytes} 字节`, {
      path: at,
      limit: limits.totalBytes,
    });
  }
}

async function locate(entry: yauzl.Entry, window: ZipWindow, at: string): Promise<{ bytes: PartBytes; head: Buffer }> {
  const offset = entry.relativeOffsetOfLocalHeader;
  const local = Buffer.alloc(LOCAL_HEADER);
  if (offset + LOCAL_HEADER > window.length) throw new Error('unexpected EOF');
  await readExactly(window.handle, local, window.start + offset);
  if (local.readUInt32LE(0) !== 0x04034b50) {
    throw new AppError('file.corrupt', `${at}: 条目的本地文件头无效`, { path: at });
  }
  const data = offset + LOCAL_HEADER + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (data + entry.compressedSize > window.length) {
    throw new AppError('file.truncated', `${at}: 条目的数据超出文件末尾（文件被截断）`, { path: at });
  }
  const head = Buffer.alloc(Math.min(HEAD_BYTES, entry.compressedSize));
  await readExactly(window.handle, head, window.start + data);
  const bytes: PartBytes = {
    start: window.start + data,
    packed: entry.compressedSize,
    method: entry.compressionMethod === 8 ? 'deflate' : 'stored',
    size: entry.uncompressedSize,
    crc32: entry.crc32,
  };
  return { bytes, head };
}

/** Two entries that share data make a small file unpack to anything. */
function refuseOverlap(entries: readonly ZipEntry[], path: string): void {
  let end = 0;
  for (const { name, bytes } of [...entries].sort((a, b) => a.bytes.start - b.bytes.start)) {
    if (bytes.packed > 0 && bytes.start < end) {
      throw new AppError('file.corrupt', `${path}!/${name}: 条目的数据与另一条目重叠`, { path: `${path}!/${name}` });
    }
    end = Math.max(end, bytes.start + bytes.packed);
  }
}

/**
 * Lists the documents of a zip with the place of their bytes, without unpacking them; folders and archivers' litter
 * are left out. Throws `file.truncated`, `file.not-a-zip`, `file.corrupt`, `file.encrypted`, `file.bad-name`,
 * `file.unsupported-compression`, `file.too-many-entries`, `file.too-large` and `file.compression-bomb`.
 */
export async function listZip(window: ZipWindow, limits: FileLimits, spent: Spent): Promise<ZipEntry[]> {
  const first = Buffer.alloc(Math.min(4, window.length));
  await readExactly(window.handle, first, window.start);
  const looksLikeZip = first[0] === 0x50 && first[1] === 0x4b;
  const entries: ZipEntry[] = [];
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(new WindowReader(window), window.length, {
      decodeStrings: false,
    });
    for await (const entry of zip.eachEntry()) {
      const raw = entry.fileNameRaw;
      if (raw.length > limits.nameBytes) {
        throw new AppError('file.bad-name', `${window.path}: 条目名长 ${raw.length} 字节，超过 ${limits.nameBytes}`, {
          path: window.path,
          bytes: raw.length,
          limit: limits.nameBytes,
        });
      }
      const { name, suspiciousName } = entryName(raw, (entry.generalPurposeBitFlag & 0x800) !== 0);
      checkEntry(entry, name, window.path, limits, spent);
      if (name.endsWith('/') || LITTER.test(name)) continue;
      const { bytes, head } = await locate(entry, window, `${window.path}!/${name}`);
      entries.push({ name, suspiciousName, bytes, packedHead: head });
    }
  } catch (error) {
    throw zipError(error, window, looksLikeZip);
  }
  refuseOverlap(entries, window.path);
  return entries;
}
