import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import iconv from 'iconv-lite';
import type { Device } from './shape.ts';

/** Where files of a release go: a folder, or the entries of one zip. */
export interface ReleaseSink {
  /** `bytes` is an upper guess, so that an entry above 4 GB gets room for its sizes. */
  begin(name: string, bytes: number): void;
  /** The buffer may be filled again once the promise resolves. */
  write(chunk: Buffer): Promise<void>;
  end(): Promise<void>;
  close(): void;
}

function writeAll(fd: number, chunk: Buffer, position: number): void {
  for (let done = 0; done < chunk.length; ) done += writeSync(fd, chunk, done, chunk.length - done, position + done);
}

export function folderSink(folder: string): ReleaseSink {
  mkdirSync(folder, { recursive: true });
  let fd = -1;
  let position = 0;
  return {
    begin(name) {
      fd = openSync(join(folder, name), 'w');
      position = 0;
    },
    async write(chunk) {
      writeAll(fd, chunk, position);
      position += chunk.length;
    },
    async end() {
      closeSync(fd);
    },
    close() {},
  };
}

interface Entry {
  name: Buffer;
  offset: number;
  large: boolean;
  crc: number;
  size: number;
  packed: number;
}

const LIMIT = 0xffffffff;
/** 1980-01-01 00:00 in DOS form: the same bytes whatever the clock says. */
const DOS_DATE = 0x21;

/** Writes one zip with deflate level 1 on the thread pool, with zip64 records where sizes or counts ask for them. */
export function zipSink(path: string): ReleaseSink {
  const fd = openSync(path, 'w');
  const entries: Entry[] = [];
  let position = 0;
  let deflate: DeflateRaw | undefined;
  let failed: Error | undefined;
  const put = (chunk: Buffer) => {
    writeAll(fd, chunk, position);
    position += chunk.length;
  };
  const current = () => entries[entries.length - 1] as Entry;
  const localHeader = (entry: Entry): Buffer => {
    const extra = entry.large ? 20 : 0;
    const head = Buffer.alloc(30 + entry.name.length + extra);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(entry.large ? 45 : 20, 4);
    head.writeUInt16LE(0x0800, 6);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(DOS_DATE, 12);
    head.writeUInt32LE(entry.crc, 14);
    head.writeUInt32LE(entry.large ? LIMIT : entry.packed, 18);
    head.writeUInt32LE(entry.large ? LIMIT : entry.size, 22);
    head.writeUInt16LE(entry.name.length, 26);
    head.writeUInt16LE(extra, 28);
    entry.name.copy(head, 30);
    if (entry.large) {
      const at = 30 + entry.name.length;
      head.writeUInt16LE(1, at);
      head.writeUInt16LE(16, at + 2);
      head.writeBigUInt64LE(BigInt(entry.size), at + 4);
      head.writeBigUInt64LE(BigInt(entry.packed), at + 12);
    }
    return head;
  };
  const directoryRecord = (entry: Entry): Buffer => {
    const wide = entry.large || entry.offset >= LIMIT;
    const extra = wide ? 28 : 0;
    const record = Buffer.alloc(46 + entry.name.length + extra);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(wide ? 45 : 20, 4);
    record.writeUInt16LE(wide ? 45 : 20, 6);
    record.writeUInt16LE(0x0800, 8);
    record.writeUInt16LE(8, 10);
    record.writeUInt16LE(DOS_DATE, 14);
    record.writeUInt32LE(entry.crc, 16);
    record.writeUInt32LE(wide ? LIMIT : entry.packed, 20);
    record.writeUInt32LE(wide ? LIMIT : entry.size, 24);
    record.writeUInt16LE(entry.name.length, 28);
    record.writeUInt16LE(extra, 30);
    record.writeUInt32LE(wide ? LIMIT : entry.offset, 42);
    entry.name.copy(record, 46);
    if (wide) {
      const at = 46 + entry.name.length;
      record.writeUInt16LE(1, at);
      record.writeUInt16LE(24, at + 2);
      record.writeBigUInt64LE(BigInt(entry.size), at + 4);
      record.writeBigUInt64LE(BigInt(entry.packed), at + 12);
      record.writeBigUInt64LE(BigInt(entry.offset), at + 20);
    }
    return record;
  };
  return {
    begin(name, bytes) {
      const entry: Entry = {
        name: Buffer.from(name),
        offset: position,
        large: bytes > 0xe0000000,
        crc: 0,
        size: 0,
        packed: 0,
      };
      entries.push(entry);
      put(localHeader(entry));
      deflate = createDeflateRaw({ level: 1, chunkSize: 1 << 18 });
      deflate.on('error', (error) => {
        failed = error;
      });
      deflate.on('data', (chunk: Buffer) => {
        entry.packed += chunk.length;
        put(chunk);
      });
    },
    write(chunk) {
      if (failed) throw failed;
      const entry = current();
      entry.crc = crc32(chunk, entry.crc);
      entry.size += chunk.length;
      return new Promise<void>((resolve, reject) => {
        (deflate as DeflateRaw).write(chunk, (error) => (error ? reject(error) : resolve()));
      });
    },
    async end() {
      const stream = deflate as DeflateRaw;
      await new Promise<void>((resolve, reject) => {
        stream.once('end', resolve);
        stream.once('error', reject);
        stream.end();
      });
      const entry = current();
      if (!entry.large && Math.max(entry.size, entry.packed) >= LIMIT)
        throw new Error(`${entry.name} outgrew the guess of its size`);
      writeAll(fd, localHeader(entry), entry.offset);
    },
    close() {
      const start = position;
      for (const entry of entries) put(directoryRecord(entry));
      const length = position - start;
      if (entries.length >= 0xffff || start >= LIMIT) {
        const wide = Buffer.alloc(76);
        wide.writeUInt32LE(0x06064b50, 0);
        wide.writeBigUInt64LE(44n, 4);
        wide.writeUInt16LE(45, 12);
        wide.writeUInt16LE(45, 14);
        wide.writeBigUInt64LE(BigInt(entries.length), 24);
        wide.writeBigUInt64LE(BigInt(entries.length), 32);
        wide.writeBigUInt64LE(BigInt(length), 40);
        wide.writeBigUInt64LE(BigInt(start), 48);
        wide.writeUInt32LE(0x07064b50, 56);
        wide.writeBigUInt64LE(BigInt(position), 64);
        wide.writeUInt32LE(1, 72);
        put(wide);
      }
      const end = Buffer.alloc(22);
      end.writeUInt32LE(0x06054b50, 0);
      end.writeUInt16LE(Math.min(entries.length, 0xffff), 8);
      end.writeUInt16LE(Math.min(entries.length, 0xffff), 10);
      end.writeUInt32LE(Math.min(length, LIMIT), 12);
      end.writeUInt32LE(Math.min(start, LIMIT), 16);
      put(end);
      closeSync(fd);
    },
  };
}

const CAPACITY = 4 << 20;
const MARGIN = 1 << 18;

/** Gathers texts as bytes in one of two buffers while the sink takes the other. */
export class TextOut {
  readonly sink: ReleaseSink;
  bytes = 0;
  private buffer = Buffer.allocUnsafe(CAPACITY);
  private other = Buffer.allocUnsafe(CAPACITY);
  private length = 0;
  private pending: Promise<void> = Promise.resolve();
  private chinese = false;

  constructor(sink: ReleaseSink) {
    this.sink = sink;
  }

  begin(name: string, encoding: 'UTF-8' | 'GB18030', bytes: number): void {
    this.chinese = encoding === 'GB18030';
    this.sink.begin(name, bytes);
  }

  /** Adds a text; true when `flush` must be awaited before the next one. */
  add(text: string): boolean {
    if (this.chinese) this.length += iconv.encode(text, 'gb18030').copy(this.buffer, this.length);
    else this.length += this.buffer.write(text, this.length, 'utf8');
    return this.length > CAPACITY - MARGIN;
  }

  /** As `add`, for writers that put bytes themselves; only for files in UTF-8. */
  addBytes(write: (device: Device, out: Buffer, at: number) => number, device: Device): boolean {
    this.length = write(device, this.buffer, this.length);
    return this.length > CAPACITY - MARGIN;
  }

  async flush(): Promise<void> {
    await this.pending;
    const full = this.buffer;
    this.buffer = this.other;
    this.other = full;
    this.bytes += this.length;
    this.pending = this.length > 0 ? this.sink.write(full.subarray(0, this.length)) : Promise.resolve();
    this.length = 0;
  }

  async end(): Promise<void> {
    await this.flush();
    await this.pending;
    await this.sink.end();
  }
}
