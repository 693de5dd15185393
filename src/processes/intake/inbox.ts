import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../kernel/app-error.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import type { IntakeFile } from './types.ts';

/** Where uploads are kept: values of the register point at the bytes of these files. */
export function inboxFolder(dataDir: string): string {
  return join(dataDir, 'inbox');
}

/** A file name without anything a file system could take for more than a name; the release is named after it. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '')
    .replace(/^\.+/, '')
    .trim();
  const [, stem = '', ending = ''] = /^(.*?)((?:\.[A-Za-z0-9]{1,6}){0,2})$/s.exec(clean) ?? [];
  let short = stem;
  while (Buffer.byteLength(short) > 180) short = short.slice(0, -1);
  return short + ending || 'upload';
}

/**
 * Writes a stream into a folder of its own below the inbox, hashing it on the way. Throws `http.too-large` when it is
 * longer than `limit` bytes and `http.cut-off` when it ends too early; nothing stays behind then.
 */
export async function storeUpload(
  dataDir: string,
  upload: { readonly name: string; readonly stream: Readable & { truncated?: boolean } },
  limit: number,
): Promise<IntakeFile> {
  const folder = join(inboxFolder(dataDir), randomUUID());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = safeFileName(upload.name);
  const path = join(folder, name);
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) return done(tooLarge(name, limit));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(upload.stream, meter, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
    if (upload.stream.truncated) throw tooLarge(name, limit);
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    if (cause instanceof AppError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOSPC') throw new AppError('store.disk-full', `磁盘空间不足，${name} 没有存下`, { name }, cause);
    throw new AppError('http.cut-off', `${name}：上传没有完成`, { name }, cause);
  }
  return { name, path, bytes, sha256: hash.digest('hex') };
}

function tooLarge(name: string, limit: number): AppError {
  return new AppError('http.too-large', `${name} 超过上传上限 ${Math.floor(limit / 2 ** 20)} MB`, { name, limit });
}

/** Removes an upload again, with the folder made for it. Anything outside the inbox stays. */
export async function discardUpload(dataDir: string, file: Pick<IntakeFile, 'path'>): Promise<void> {
  const folder = dirname(file.path);
  if (dirname(folder) === inboxFolder(dataDir)) await rm(folder, { recursive: true, force: true });
}

/** An upload younger than this may belong to a request that is still being answered. */
const SETTLED_MS = 60 * 60 * 1000;

/** Removes uploads that no import and no open or interrupted job needs any more: refused files, dry runs, repeats. */
export async function tidyInbox(sql: Queryable, dataDir: string): Promise<number> {
  const inbox = inboxFolder(dataDir);
  const folders = await readdir(inbox).catch(() => []);
  let removed = 0;
  for (const folder of folders) {
    const path = join(inbox, basename(folder));
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age < SETTLED_MS) continue;
    const [row] = await sql<{ used: boolean }[]>`
      select exists (select from import_file where starts_with(path, ${`${path}/`}))
        or exists (select from import_job_file f join import_job j on j.id = f.job_id
          where starts_with(f.path, ${`${path}/`}) and j.state in ('queued', 'running', 'interrupted')) as used`;
    if (row?.used) continue;
    await rm(path, { recursive: true, force: true });
    removed++;
  }
  return removed;
}
