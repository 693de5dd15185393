import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../kernel/app-error.ts';
import { type Binaries, type BinaryPackage, readyBinaries } from './binaries.ts';
import { ACCESS_RULES, type SettingOverrides, serverConfiguration } from './cluster-settings.ts';
import {
  createSecrets,
  type DataFolder,
  prepareDataFolder,
  readSecrets,
  type ServerUser,
  serverUser,
} from './data-folder.ts';
import { pidExists, processesWorkingIn, workingFolder } from './process-identity.ts';

/** A running PostgreSQL of a data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Folder of the Unix socket, or 127.0.0.1 where there is none. */
  readonly host: string;
}

export interface StartOptions {
  /** Settings over ours, for this start only. */
  readonly settings?: SettingOverrides | undefined;
  /** Milliseconds to wait for crash recovery at most; default ten minutes. */
  readonly startTimeoutMs?: number | undefined;
  /** Where the PostgreSQL programs are; default: found among our dependencies. */
  readonly programs?: BinaryPackage | undefined;
}

/** A socket address holds 107 bytes with the file name PostgreSQL adds; longer folders get TCP only. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.65535'.length;
const LOG_ROTATES_AT = 10 * 2 ** 20;
const LOGS_KEPT = 4;

type PostmasterState =
  | { readonly state: 'none' }
  | { readonly state: 'stale'; readonly pid: number }
  | { readonly state: 'starting' | 'stopping' | 'ready'; readonly postmaster: Postmaster };

/** What `postmaster.pid` says, checked against the process table. A reused pid is told apart by its folder. */
export function postmasterState(folder: DataFolder): PostmasterState {
  let lines: string[];
  try {
    lines = readFileSync(join(folder.cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return { state: 'none' };
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !pidExists(pid)) return { state: 'stale', pid };
  if (process.platform === 'linux' && workingFolder(pid) !== realpathSync(folder.cluster))
    return { state: 'stale', pid };
  const status = (lines[7] ?? '').trim();
  const postmaster = { pid, port: Number(lines[3]), host: lines[4]?.trim() || '127.0.0.1' };
  return { state: status === 'ready' ? 'ready' : status === 'stopping' ? 'stopping' : 'starting', postmaster };
}

/** The path of the log PostgreSQL writes to. */
export function serverLogPath(folder: DataFolder): string {
  return join(folder.log, 'postgres.log');
}

/**
 * Makes the cluster if there is none and starts PostgreSQL on it, recovering from a crash if need be.
 * The caller holds the start lock. The server outlives this process; whoever leaves last stops it.
 * Throws `store.start-failed` with the end of the log, `store.cluster-version` when the cluster belongs to another
 * major version, and what `prepareDataFolder` throws.
 */
export async function startPostmaster(folder: DataFolder, options: StartOptions = {}): Promise<Postmaster> {
  const user = serverUser();
  prepareDataFolder(folder, user);
  const binaries = readyBinaries(folder.binaries, user, options.programs);
  if (!existsSync(join(folder.cluster, 'PG_VERSION'))) await createCluster(folder, binaries, user);
  checkClusterVersion(folder, binaries);
  await clearLeftovers(folder);
  rotateLog(folder);
  for (let attempt = 1; ; attempt++) {
    const started = await launch(folder, binaries, user, options);
    if (typeof started !== 'string') return started;
    const portTaken = /could not bind|Address already in use/.test(started);
    // a server that was killed is gone for us and still in the table of processes: nobody has asked for its end yet
    const notYetGone = /lock file "postmaster\.pid" already exists/.test(started);
    if (notYetGone && attempt < 10) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      continue;
    }
    if (!portTaken || attempt === 5) {
      throw new AppError(
        'store.start-failed',
        `PostgreSQL did not start. The end of ${serverLogPath(folder)}:\n${started}`,
        {
          log: serverLogPath(folder),
        },
      );
    }
  }
}

/** Stops PostgreSQL: connections are cut, everything committed is on disk. Does nothing when none runs. */
export async function stopPostmaster(folder: DataFolder, timeoutMs = 120_000): Promise<void> {
  const found = postmasterState(folder);
  if (!('postmaster' in found)) return;
  signal(found.postmaster.pid, 'SIGINT');
  const gone = () => !('postmaster' in postmasterState(folder)) && !pidExists(found.postmaster.pid);
  if (await until(gone, timeoutMs)) return;
  // Immediate shutdown: the next start recovers from the log.
  signal(found.postmaster.pid, 'SIGQUIT');
  if (!(await until(gone, 30_000))) {
    throw new AppError('store.stop-failed', `PostgreSQL (pid ${found.postmaster.pid}) does not stop`, {
      pid: found.postmaster.pid,
    });
  }
}

/** Waits while a server is on its way up or down; answers the one that is ready, or undefined when none runs. */
export async function settledPostmaster(folder: DataFolder, timeoutMs = 600_000): Promise<Postmaster | undefined> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = postmasterState(folder);
    if (found.state === 'ready') return found.postmaster;
    if (found.state === 'none' || found.state === 'stale') return undefined;
    if (Date.now() > deadline) {
      throw new AppError(
        'store.start-failed',
        `PostgreSQL (pid ${found.postmaster.pid}) is still ${found.state}; see ${serverLogPath(folder)}`,
        {
          log: serverLogPath(folder),
        },
      );
    }
    await sleep(10);
  }
}

/** initdb under a passing name; renamed when whole, so that an interrupted one starts over. */
async function createCluster(folder: DataFolder, binaries: Binaries, user: ServerUser | undefined): Promise<void> {
  const secrets = readSecrets(folder) ?? createSecrets(folder);
  const draft = `${folder.cluster}.new`;
  const passwordFile = join(folder.sockets, '.initial-password');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, secrets.superuser, { mode: 0o600 });
  if (user) {
    chownSync(draft, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  try {
    await runInitdb(binaries, user, [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Collation C: index order is byte order, the same on every machine. Ctype must know letters, or pg_trgm
      // finds no trigrams in Chinese text and its indexes stay silently empty.
      '--lc-collate=C',
      `--lc-ctype=${process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8'}`,
      '--lc-messages=C',
      '--locale-provider=libc',
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, folder.cluster);
}

async function runInitdb(binaries: Binaries, user: ServerUser | undefined, args: readonly string[]): Promise<void> {
  const child = spawn(binaries.initdb, args, {
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const code = await exitOf(child);
  if (code === 0) return;
  throw new AppError(
    'store.init-failed',
    `PostgreSQL could not make its data folder (initdb, ${code}):\n${output.trim()}`,
    {},
  );
}

function checkClusterVersion(folder: DataFolder, binaries: Binaries): void {
  const cluster = readFileSync(join(folder.cluster, 'PG_VERSION'), 'utf8').trim();
  const program = binaries.version.split('.')[0];
  if (cluster === program) return;
  throw new AppError(
    'store.cluster-version',
    `the data in ${folder.cluster} was written by PostgreSQL ${cluster}, the installed programs are ${program}. Make a backup with the release that wrote it (xiedang backup) and restore it with this one.`,
    { cluster, program },
  );
}

/**
 * Clears what a kill -9 leaves. Children of a dead postmaster may still be writing: PostgreSQL must not be
 * started beside them, so they are waited for and then told to quit. A pid file whose pid now belongs to another
 * program would keep PostgreSQL from starting.
 */
async function clearLeftovers(folder: DataFolder): Promise<void> {
  const found = postmasterState(folder);
  if (found.state !== 'stale') return;
  const cluster = realpathSync(folder.cluster);
  const orphans = () => processesWorkingIn(cluster);
  if (orphans().length && !(await until(() => orphans().length === 0, 5_000))) {
    for (const pid of orphans()) signal(pid, 'SIGQUIT');
    if (!(await until(() => orphans().length === 0, 10_000))) for (const pid of orphans()) signal(pid, 'SIGKILL');
    await until(() => orphans().length === 0, 10_000);
  }
  if (pidExists(found.pid)) rmSync(join(folder.cluster, 'postmaster.pid'), { force: true });
}

/** Starts once; answers the server, or the end of its log when it gave up. */
async function launch(
  folder: DataFolder,
  binaries: Binaries,
  user: ServerUser | undefined,
  options: StartOptions,
): Promise<Postmaster | string> {
  const socketFolder = Buffer.byteLength(folder.sockets) <= LONGEST_SOCKET_FOLDER ? folder.sockets : undefined;
  const ownSettings = join(folder.root, 'postgresql.local.conf');
  const write = (name: string, text: string) => {
    const path = join(folder.cluster, name);
    writeFileSync(path, text, { mode: 0o644 });
    chmodSync(path, 0o644);
  };
  write(
    'postgresql.conf',
    serverConfiguration({
      port: await freePort(),
      socketFolder,
      includeFile: existsSync(ownSettings) ? ownSettings : undefined,
      overrides: options.settings,
    }),
  );
  write('pg_hba.conf', ACCESS_RULES);
  const logPath = serverLogPath(folder);
  const log = openSync(logPath, 'a', 0o640);
  const logStart = statSync(logPath).size;
  const child = spawn(binaries.postgres, ['-D', folder.cluster], {
    cwd: folder.cluster,
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
    ...user,
  });
  closeSync(log);
  let ended = false;
  void exitOf(child).then(() => {
    ended = true;
  });
  const ready = () => {
    const found = postmasterState(folder);
    return found.state === 'ready' && found.postmaster.pid === child.pid;
  };
  const inTime = await until(() => ended || ready(), options.startTimeoutMs ?? 600_000);
  const found = postmasterState(folder);
  if (found.state === 'ready' && found.postmaster.pid === child.pid) {
    child.unref();
    return found.postmaster;
  }
  if (!inTime && child.pid !== undefined) signal(child.pid, 'SIGQUIT');
  return readFileSync(logPath).subarray(logStart).subarray(-4000).toString('utf8');
}

/** Nothing of our environment but the path: PGDATA, PGPORT or LC_ALL of the caller must not reach the server. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function exitOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signalName) => resolve(code ?? signalName ?? 'killed'));
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function until(done: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (done()) return true;
    if (Date.now() > deadline) return false;
    await sleep(10);
  }
}

/** A port nobody listens on. Another program may take it before PostgreSQL does; the start is then tried again. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** `postgres.log` → `.1` → `.2` …, when it has grown large. PostgreSQL is not running now. */
function rotateLog(folder: DataFolder): void {
  const path = serverLogPath(folder);
  if (!existsSync(path) || statSync(path).size < LOG_ROTATES_AT) return;
  for (let n = LOGS_KEPT - 1; n >= 1; n--) {
    const from = n === 1 ? path : `${path}.${n - 1}`;
    if (existsSync(from)) renameSync(from, `${path}.${n}`);
  }
}
