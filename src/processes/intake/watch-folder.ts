import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemActor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { sha256File } from '../../platform/files/digest.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { releaseNameOf } from '../../sources/nmpa-udid/release-name.ts';
import { dayInName, releaseStem } from '../import/release-plan.ts';
import { hadFromFolder } from './job-store.ts';
import type { IntakeService } from './service.ts';
import type { IntakeFile } from './types.ts';

const RELEASE_FILE = /\.(?:zip|gz|xml|jsonl|ndjson|json|csv|xlsx)$/i;
/** Names under which programs write what is not complete yet. */
const UNFINISHED = /^[.~]|\.(?:part|partial|tmp|crdownload|download|filepart|aria2)$/i;

export interface WatchOptions {
  readonly folder: string;
  readonly sql: () => Queryable;
  readonly intake: Pick<IntakeService, 'submit'>;
  readonly log: (line: { readonly level: string; readonly message: string }) => void;
  /** Milliseconds between looks; a file must be the same in two looks. Default 2,000. */
  readonly every?: number;
}

export interface FolderWatch {
  readonly folder: string;
  /** Looks once; answers the files queued. Looks never overlap. */
  look(): Promise<IntakeFile[]>;
  close(): Promise<void>;
}

interface Seen {
  readonly size: number;
  readonly mtimeMs: number;
  /** Set once the file was hashed in this state. */
  sha256?: string;
}

/** Day of a release by its file name; undated files come after all dated ones. */
function dayOf(name: string): string {
  return releaseNameOf(name)?.to ?? dayInName(name) ?? '9999-99-99';
}

/** Groups files of one release and puts the releases in the order of their days. */
export function inOrderOfDay<T extends { readonly name: string }>(files: readonly T[]): T[][] {
  const releases = new Map<string, T[]>();
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const stem = releaseStem(file.name);
    releases.set(stem, [...(releases.get(stem) ?? []), file]);
  }
  return [...releases.values()].sort((a, b) => {
    const [x, y] = [dayOf(a[0]?.name ?? ''), dayOf(b[0]?.name ?? '')];
    return x < y ? -1 : x > y ? 1 : 0;
  });
}

/**
 * Watches a folder and queues the releases that arrive in it, in the order of their days. A file counts as arrived
 * when its size and time are the same in two looks; by its hash it is known whatever it is called, so what was had
 * before, also what failed, is not queued again until its content changes. Looking instead of being told works on
 * network drives too.
 * Throws `usage.watch-folder` when there is no such folder.
 */
export async function watchFolder(options: WatchOptions): Promise<FolderWatch> {
  const folder = resolve(options.folder);
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new AppError('usage.watch-folder', `没有这个文件夹：${folder}`, { folder });
  const seen = new Map<string, Seen>();
  let looking: Promise<IntakeFile[]> | undefined;
  const look = () => {
    looking ??= lookOnce(folder, seen, options).finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const timer = setInterval(
    () => void look().catch((error: Error) => options.log({ level: 'error', message: `${folder}: ${error.message}` })),
    options.every ?? 2_000,
  );
  timer.unref();
  return {
    folder,
    look,
    async close() {
      clearInterval(timer);
      await looking?.catch(() => undefined);
    },
  };
}

async function lookOnce(folder: string, seen: Map<string, Seen>, options: WatchOptions): Promise<IntakeFile[]> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && RELEASE_FILE.test(entry.name) && !UNFINISHED.test(entry.name))
    .map((entry) => entry.name);
  for (const name of seen.keys()) if (!names.includes(name)) seen.delete(name);
  const arrived: IntakeFile[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const now = await stat(path).catch(() => undefined);
    if (!now) continue;
    const before = seen.get(name);
    const same = before !== undefined && before.size === now.size && before.mtimeMs === now.mtimeMs;
    if (!same) {
      seen.set(name, { size: now.size, mtimeMs: now.mtimeMs });
      continue;
    }
    if (now.size === 0 || before.sha256 !== undefined) continue;
    before.sha256 = await sha256File(path);
    arrived.push({ name, path, bytes: now.size, sha256: before.sha256 });
  }
  // a part may lie there while the others of its release are still being written: they go together
  const waiting = new Set([...seen].filter(([, file]) => file.sha256 === undefined).map(([name]) => releaseStem(name)));
  const ready = arrived.filter((file) => {
    if (!waiting.has(releaseStem(file.name))) return true;
    delete seen.get(file.name)?.sha256;
    return false;
  });
  const had = await hadFromFolder(
    options.sql(),
    ready.map((file) => file.sha256),
  );
  const fresh = ready.filter((file) => !had.has(file.sha256));
  for (const release of inOrderOfDay(fresh)) {
    const { importId } = await options.intake.submit(release, {}, { origin: 'folder', actor: systemActor });
    options.log({ level: 'info', message: `${release.map((file) => file.name).join(', ')} → ${importId}` });
  }
  return fresh;
}
