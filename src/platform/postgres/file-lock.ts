import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownProcess, type ProcessIdentity } from './process-identity.ts';

/** What a lock file tells about its holder. */
export interface LockHolder extends ProcessIdentity {
  readonly token: string;
  readonly since: string;
  /** Where the holder can be reached, once it has said so. */
  readonly address?: string;
}

export interface FileLock {
  readonly holder: LockHolder;
  /** Rewrites the lock file with the address of the holder. */
  announce(address: string): void;
  /** Removes the lock file when it is still ours; safe to call twice and while the process exits. */
  release(): void;
}

/** Reads who holds a lock; undefined when there is none or the file cannot be read as a lock. */
export function readLock(path: string): LockHolder | undefined {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<LockHolder>;
    return typeof value.pid === 'number' && typeof value.token === 'string' ? (value as LockHolder) : undefined;
  } catch {
    return undefined;
  }
}

/** True when the lock file stands for a process that lives. */
export function lockIsHeld(path: string): boolean {
  const holder = readLock(path);
  return holder !== undefined && isAlive(holder);
}

/**
 * Takes the lock at once, or answers who has it. A lock whose process has ended (kill -9, power cut) is taken over.
 * The file appears complete or not at all: it is written under another name and hard-linked, which fails when
 * the lock exists.
 */
export function tryLock(path: string): FileLock | LockHolder {
  const holder: LockHolder = { ...ownProcess(), token: randomUUID(), since: new Date().toISOString() };
  const draft = `${path}.${holder.pid}.${holder.token.slice(0, 8)}`;
  for (let attempt = 0; ; attempt++) {
    writeFileSync(draft, JSON.stringify(holder), { mode: 0o644 });
    try {
      linkSync(draft, path);
      return fileLock(path, holder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const other = readLock(path);
      if (other && (isAlive(other) || attempt > 20)) return other;
      removeStale(path, other?.token);
    } finally {
      rmSync(draft, { force: true });
    }
  }
}

/** Moves a dead lock aside. If another process replaced it in the meantime, that one's lock is put back. */
function removeStale(path: string, deadToken: string | undefined): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readLock(aside);
  if (moved && moved.token !== deadToken && isAlive(moved)) {
    try {
      linkSync(aside, path);
    } catch {
      // A third process holds it now; the moved one finds out when it looks at its lock.
    }
  }
  rmSync(aside, { force: true });
}

function fileLock(path: string, first: LockHolder): FileLock {
  let holder = first;
  return {
    get holder() {
      return holder;
    },
    announce(address) {
      holder = { ...holder, address };
      const draft = `${path}.${holder.pid}.new`;
      writeFileSync(draft, JSON.stringify(holder), { mode: 0o644 });
      renameSync(draft, path);
    },
    release() {
      if (readLock(path)?.token !== first.token) return;
      try {
        unlinkSync(path);
      } catch {
        // Gone already.
      }
    },
  };
}

export function isLock(value: FileLock | LockHolder): value is FileLock {
  return 'release' in value;
}

/** Runs `work` while holding the lock, waiting for whoever has it as long as that process lives. */
export async function underLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 100)) {
    const lock = tryLock(path);
    if (isLock(lock)) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    await sleep(pause);
  }
}
