import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { chmod, chown, copyFile, lstat, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../kernel/app-error.ts';
import { processesWorkingIn, processState } from './process-identity.ts';

/** Files of a running server that mean nothing in a copy. */
const NOT_COPIED = /^(postmaster\.pid|postmaster\.opts|pgsql_tmp.*|pg_internal\.init.*)$/;

export interface CopyReport {
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds the database stood still; 0 when it was not running. */
  readonly pausedMs: number;
}

interface SeenFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly readAt: number;
}

/**
 * Copies the cluster folder of a running or stopped server. The bulk is copied while the server works; then its
 * processes are stopped for a moment (SIGSTOP), whatever changed is copied again, and they go on. The copy is what
 * a kill -9 at that moment would have left on disk: every committed transaction is in it, and PostgreSQL recovers
 * from it at the first start. (An online base backup would need WAL for every row of every import.)
 *
 * Should this process be killed during the pause, a watcher lets the server go on.
 */
export async function copyCluster(cluster: string, target: string): Promise<CopyReport> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  const pids = processesWorkingIn(cluster);
  const seen = await copyTree(cluster, target, new Map());
  if (pids.length === 0 && processesWorkingIn(cluster).length === 0) return report(seen, 0);
  const pause = await freeze(cluster);
  try {
    const second = await copyTree(cluster, target, seen);
    return report(second, performance.now() - pause.since);
  } finally {
    pause.end();
  }
}

function report(files: ReadonlyMap<string, SeenFile>, pausedMs: number): CopyReport {
  let bytes = 0;
  for (const { size } of files.values()) bytes += size;
  return { files: files.size, bytes, pausedMs: Math.round(pausedMs) };
}

/** Copies what is new or changed since `before`, removes from the target what is gone; answers what is there now. */
async function copyTree(
  from: string,
  to: string,
  before: ReadonlyMap<string, SeenFile>,
): Promise<Map<string, SeenFile>> {
  const now = new Map<string, SeenFile>();
  const walk = async (folder: string): Promise<void> => {
    const copyOf = join(to, relative(from, folder));
    await mkdir(copyOf, { recursive: true, mode: 0o700 });
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (NOT_COPIED.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) await copyIfChanged(path, join(copyOf, entry.name), before.get(path), now);
    }
  };
  await walk(from);
  for (const path of before.keys()) {
    if (!now.has(path)) await rm(join(to, relative(from, path)), { force: true });
  }
  return now;
}

async function copyIfChanged(
  path: string,
  copy: string,
  before: SeenFile | undefined,
  now: Map<string, SeenFile>,
): Promise<void> {
  try {
    const readAt = Date.now();
    const { size, mtimeMs } = await stat(path);
    // File times are coarse: a file touched in the two seconds before it was read may have changed since.
    const unchanged = before && before.size === size && before.mtimeMs === mtimeMs && mtimeMs < before.readAt - 2000;
    if (!unchanged) await copyFile(path, copy, constants.COPYFILE_FICLONE);
    now.set(path, { path, size, mtimeMs, readAt });
  } catch (error) {
    // Gone while the server works: the second pass settles it.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Stops every process of the cluster; the postmaster first, so that no new one appears. */
async function freeze(cluster: string): Promise<{ readonly since: number; end(): void }> {
  const frozen = new Set<number>();
  const watcher = continueWhenWeDie();
  const since = performance.now();
  const end = () => {
    // Back to front: the postmaster, frozen first, goes on last and finds its children alive.
    for (const pid of [...frozen].reverse()) send(pid, 'SIGCONT');
    watcher.end();
  };
  try {
    for (let round = 0; round < 1000; round++) {
      const pids = processesWorkingIn(cluster).sort((a, b) => a - b);
      for (const pid of pids) {
        if (frozen.has(pid)) continue;
        watcher.remember(pid);
        send(pid, 'SIGSTOP');
        frozen.add(pid);
      }
      if (pids.every((pid) => ['T', 't'].includes(processState(pid) ?? 'T'))) return { since, end };
      await sleep(2);
    }
    throw new AppError('backup.not-frozen', 'the database does not come to rest (a disk that does not answer?)');
  } catch (error) {
    end();
    throw error;
  }
}

/** A small shell that reads pids and, when our end of the pipe closes for whatever reason, sends them SIGCONT. */
function continueWhenWeDie(): { remember(pid: number): void; end(): void } {
  const child: ChildProcess = spawn('/bin/sh', ['-c', 'while read -r pid; do all="$all $pid"; done; kill -CONT $all'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.unref();
  child.stdin?.on('error', () => undefined);
  return {
    remember: (pid) => child.stdin?.write(`${pid}\n`),
    end: () => child.stdin?.end(),
  };
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Writes every file of a folder through to the disk. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = await open(join(entry.parentPath, entry.name), 'r');
    await file.sync().finally(() => file.close());
  }
}

/** Gives a whole folder to a user, as PostgreSQL wants it: nobody else looks in. */
export async function handOver(
  folder: string,
  user: { readonly uid: number; readonly gid: number } | undefined,
): Promise<void> {
  await chmod(folder, 0o700);
  if (!user) return;
  await chown(folder, user.uid, user.gid);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    await chown(join(entry.parentPath, entry.name), user.uid, user.gid);
  }
}

/** Bytes below a folder. */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    bytes += await lstat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return bytes;
}

/** The nearest folder of a path that exists. */
export async function existingParent(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const found = await lstat(at).catch(() => undefined);
    if (found || dirname(at) === at) return at;
  }
}
