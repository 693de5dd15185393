import { createWriteStream, rmSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, gunzipSync, inflateRawSync } from 'node:zlib';
import { AppError } from '../../kernel/app-error.ts';
import { compareNames } from './entry-order.ts';
import { DEFAULT_LIMITS, type FileLimits } from './limits.ts';
import { fileSystemError, openPart, readHead } from './open-part.ts';
import type { PartBytes, ReleasePart } from './part.ts';
import { type Sniffed, sniff } from './sniff.ts';
import { listZip, type Spent, type ZipEntry, type ZipWindow } from './zip-directory.ts';

export interface Release {
  readonly file: string;
  /** In the order of reading: by date, then by number of the part. */
  readonly parts: readonly ReleasePart[];
  /** Entries that are no documents we read, with the reason. */
  readonly skipped: readonly { readonly path: string; readonly reason: 'empty' | 'binary' | 'html' }[];
  /** Removes unpacked inner zips; parts must not be opened afterwards. */
  close(): Promise<void>;
}

export interface ReleaseOptions {
  readonly limits?: Partial<FileLimits>;
  /** Where inner zips are unpacked (default: the system's temporary folder). */
  readonly spoolFolder?: string;
}

/** Unpacks the beginning of a deflated or gzipped content, as far as these packed bytes go. */
function unpackHead(packed: Buffer, method: 'deflate' | 'gzip', path: string): Buffer {
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH };
    return method === 'deflate' ? inflateRawSync(packed, options) : gunzipSync(packed, options);
  } catch (error) {
    throw new AppError('file.corrupt', `${path}: 压缩数据已损坏：${(error as Error).message}`, { path }, error);
  }
}

/** Folders of unpacked inner zips that nobody has closed yet. */
const leftovers = new Set<string>();

function removeLeftovers(): void {
  for (const folder of leftovers) rmSync(folder, { recursive: true, force: true });
}

class Walk {
  readonly parts: Omit<ReleasePart, 'ordinal'>[] = [];
  readonly skipped: { path: string; reason: 'empty' | 'binary' | 'html' }[] = [];
  readonly spent: Spent = { entries: 0, bytes: 0 };
  private spool: string | undefined;
  private spooled = 0;
  private readonly limits: FileLimits;
  private readonly spoolFolder: string;

  constructor(limits: FileLimits, spoolFolder: string) {
    this.limits = limits;
    this.spoolFolder = spoolFolder;
  }

  async removeSpool(): Promise<void> {
    const spool = this.spool;
    if (spool === undefined) return;
    this.spool = undefined;
    leftovers.delete(spool);
    await rm(spool, { recursive: true, force: true });
  }

  /** Takes the entries of a zip and of all zips in it. `depth` counts this one. */
  async entries(entries: ZipEntry[], window: ZipWindow, file: string, depth: number): Promise<void> {
    entries.sort((a, b) => compareNames(a.name, b.name));
    for (const entry of entries) await this.entry(entry, window, file, depth);
  }

  private async entry(entry: ZipEntry, window: ZipWindow, file: string, depth: number): Promise<void> {
    const { name, suspiciousName, bytes } = entry;
    const path = `${window.path}!/${name}`;
    let head = bytes.method === 'deflate' ? unpackHead(entry.packedHead, 'deflate', path) : entry.packedHead;
    let kind = sniff(head, name);
    let size: number | null = bytes.size;
    if (kind === 'zip') {
      await this.innerZip({ name, suspiciousName, bytes, path, file }, window.handle, depth);
      return;
    }
    if (kind === 'gzip') {
      head = unpackHead(head, 'gzip', path);
      kind = sniff(head, name);
      size = null;
      if (kind === 'zip' || kind === 'gzip') kind = 'binary';
    }
    if (kind === 'empty' || kind === 'binary' || kind === 'html') {
      this.skipped.push({ path, reason: kind });
      return;
    }
    this.add({
      path,
      name: name.split('/').at(-1) as string,
      file,
      bytes,
      size,
      suspiciousName,
      kind: kind as ReleasePart['kind'],
    });
  }

  add(part: Omit<ReleasePart, 'ordinal' | 'bounds'>): void {
    const { totalBytes, ratio, ratioFrom } = this.limits;
    this.parts.push({ ...part, bounds: { totalBytes, ratio, ratioFrom } });
  }

  /** A zip or workbook within a zip: read in place when it is stored, else unpacked to a private file first. */
  private async innerZip(
    entry: { name: string; suspiciousName: boolean; bytes: PartBytes; path: string; file: string },
    handle: FileHandle,
    depth: number,
  ): Promise<void> {
    const { bytes, path } = entry;
    if (depth >= this.limits.depth) {
      throw new AppError('file.too-deep', `${path}: 压缩包嵌套超过 ${this.limits.depth} 层`, {
        path,
        limit: this.limits.depth,
      });
    }
    let file = entry.file;
    let window: ZipWindow = { handle, start: bytes.start, length: bytes.size, path };
    const own = bytes.method === 'deflate';
    if (own) {
      file = await this.unpack(entry);
      window = { handle: await open(file, 'r'), start: 0, length: bytes.size, path };
    }
    try {
      const inside = await listZip(window, this.limits, this.spent);
      if (isWorkbook(inside)) {
        const { name, suspiciousName } = entry;
        this.add({
          path,
          name: name.split('/').at(-1) as string,
          file: entry.file,
          bytes,
          size: bytes.size,
          suspiciousName,
          kind: 'xlsx',
        });
        if (own) await rm(file);
      } else await this.entries(inside, window, file, depth + 1);
    } finally {
      if (own) await window.handle.close();
    }
  }

  private async unpack(entry: { bytes: PartBytes; path: string; file: string }): Promise<string> {
    if (this.spool === undefined) {
      this.spool = await mkdtemp(join(this.spoolFolder, 'xiedang-'));
      if (!process.listeners('exit').includes(removeLeftovers)) process.on('exit', removeLeftovers);
      leftovers.add(this.spool);
    }
    const file = join(this.spool, `${this.spooled++}.zip`);
    const content = openPart({ ordinal: 0, path: entry.path, file: entry.file, bytes: entry.bytes });
    await pipeline(
      Readable.from(content, { objectMode: false }),
      createWriteStream(file, { mode: 0o600, flags: 'wx' }),
    );
    return file;
  }
}

function isWorkbook(entries: readonly ZipEntry[]): boolean {
  return entries.some((e) => e.name === '[Content_Types].xml') && entries.some((e) => e.name.startsWith('xl/'));
}

function unreadable(kind: Sniffed, path: string, head: Buffer): AppError {
  if (kind === 'empty') return new AppError('file.empty', `${path}: 文件为空`, { path });
  const what = kind === 'html' ? '网页（可能是下载时的错误页）' : '无法识别的内容';
  return new AppError('file.unsupported-kind', `${path}: ${what}，不是 XML、CSV、JSON、XLSX 或压缩包`, {
    path,
    kind,
    firstBytes: head.toString('hex', 0, 8),
  });
}

/**
 * Opens what arrived from outside and lists its documents: a plain or gzipped XML, CSV, JSON, JSON lines or XLSX file
 * is one part, a zip has many, zips within zips are walked. What a file is is told by its bytes, not by its name.
 * Names inside archives are shown, never used as paths. Nothing but inner zips is unpacked here.
 * Throws AppErrors `file.*` that name the file and the value that was wrong; see `listZip` and `openPart`.
 */
export async function openRelease(path: string, options: ReleaseOptions = {}): Promise<Release> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const file = resolve(path);
  const name = basename(file);
  const walk = new Walk(limits, options.spoolFolder ?? tmpdir());
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const stat = await handle.stat();
    if (!stat.isFile()) throw new AppError('file.not-a-file', `${path}: 不是普通文件`, { path });
    let head = await readHead(handle, 0, 4096);
    let kind = sniff(head, name);
    let size: number | null = stat.size;
    if (kind === 'gzip') {
      head = unpackHead(head, 'gzip', path);
      kind = sniff(head, name);
      size = null;
      if (kind === 'zip' || kind === 'gzip') kind = 'binary';
    }
    const whole = { path: name, name, file, size, suspiciousName: false };
    if (kind === 'zip') {
      const window: ZipWindow = { handle, start: 0, length: stat.size, path: name };
      const entries = await listZip(window, limits, walk.spent);
      if (isWorkbook(entries)) walk.add({ ...whole, kind: 'xlsx' });
      else await walk.entries(entries, window, file, 1);
    } else if (kind === 'empty' || kind === 'html' || kind === 'binary') throw unreadable(kind, path, head);
    else if (kind === 'csv' && /\.(zip|xlsx)$/i.test(name)) {
      throw new AppError('file.not-a-zip', `${path}: 扩展名是压缩包，内容却不是`, {
        path,
        firstBytes: head.toString('hex', 0, 8),
      });
    } else walk.add({ ...whole, kind });
  } catch (error) {
    await walk.removeSpool();
    throw fileSystemError(error, path);
  } finally {
    await handle?.close();
  }
  return {
    file,
    parts: walk.parts.map((part, ordinal) => ({ ordinal, ...part })),
    skipped: walk.skipped,
    close: () => walk.removeSpool(),
  };
}
