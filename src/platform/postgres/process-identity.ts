import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * One run of a process. A pid alone is reused by the system (in a container it is nearly always the same), so the
 * moment the process began is kept beside it.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Boot id and start tick on Linux, start time elsewhere; null where the system tells neither. */
  readonly start: string | null;
}

let bootId: string | undefined;

function boot(): string {
  if (bootId === undefined) {
    try {
      bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    } catch {
      bootId = '';
    }
  }
  return bootId;
}

/** State letter and start tick from `/proc/<pid>/stat`; undefined when there is no such process (or no /proc). */
function procStat(pid: number): { state: string; startTick: string } | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The name in parentheses may itself hold spaces and parentheses: fields count from behind the last one.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTick: fields[19] ?? '' };
}

/** State letter of a process on Linux (R, S, D, T …); undefined when it is gone or the system has no /proc. */
export function processState(pid: number): string | undefined {
  return procStat(pid)?.state;
}

/** When a process began, in a form that is only compared for equality; null when unknown, undefined when it is gone. */
function startOf(pid: number): string | null | undefined {
  if (process.platform === 'linux') {
    const stat = procStat(pid);
    // A zombie has ended; only its parent has not asked yet.
    if (!stat || stat.state === 'Z' || stat.state === 'X') return undefined;
    return `${boot()}:${stat.startTick}`;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

let own: ProcessIdentity | undefined;

/** This very process. */
export function ownProcess(): ProcessIdentity {
  own ??= { pid: process.pid, start: startOf(process.pid) ?? null };
  return own;
}

/** True while exactly this run of the process lives. */
export function isAlive(identity: ProcessIdentity): boolean {
  const start = startOf(identity.pid);
  return start !== undefined && (identity.start === null || start === null || start === identity.start);
}

/** True while any process has this pid. */
export function pidExists(pid: number): boolean {
  return startOf(pid) !== undefined;
}

/** Pids of the processes whose working directory is `folder`; empty where the system has no /proc. */
export function processesWorkingIn(folder: string): number[] {
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  return names.map(Number).filter((pid) => Number.isInteger(pid) && workingFolder(pid) === folder && pidExists(pid));
}

/** Working directory of a process; undefined when it is gone, hidden from us, or the system has no /proc. */
export function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
