import { realpathSync } from 'node:fs';
import { AppError } from '../../kernel/app-error.ts';
import { type ConnectionTarget, connect, type PoolOptions, type Sql } from './connections.ts';
import { type DataFolder, dataFolder, defaultDataDir, prepareDataFolder, readSecrets } from './data-folder.ts';
import { APP_ROLE, DATABASE, OWNER_ROLE, setUpDatabase } from './database-setup.ts';
import {
  type Postmaster,
  postmasterState,
  type StartOptions,
  settledPostmaster,
  startPostmaster,
  stopPostmaster,
} from './embedded-server.ts';
import { type FileLock, isLock, tryLock, underLock } from './file-lock.ts';
import { countUsers, type Registration, registerUser } from './users.ts';

export interface StoreOptions {
  /** Default: `defaultDataDir()`. */
  readonly dataDir?: string | undefined;
  /** A PostgreSQL server to use instead of our own; its user owns the tables and migrates them. */
  readonly databaseUrl?: string | undefined;
  /** With `databaseUrl`: the role the application takes on. Default `xiedang_app`, made by the first migration. */
  readonly appRole?: string | undefined;
  /** `server`: at most one per data folder. `client`: a command that works and leaves. */
  readonly role: 'server' | 'client';
  /** Passed to the embedded server when this process starts it. */
  readonly start?: StartOptions | undefined;
}

/** An opened store. Close it: the last one out stops the embedded server. */
export interface Store {
  readonly kind: 'embedded' | 'external';
  readonly dataDir: string;
  /** May read, insert, and change the columns granted to it; no DDL. */
  readonly app: ConnectionTarget;
  /** Owns the tables: migrations and bulk loads into tables of their own. */
  readonly owner: ConnectionTarget;
  /** The application's pool, opened at first use and ended by `close`. */
  appSql(options?: PoolOptions): Sql;
  /** The owner's pool (two connections unless told), opened at first use and ended by `close`. */
  ownerSql(options?: PoolOptions): Sql;
  /** Lets others see where this server can be reached (kept in `server.lock`). */
  announce(address: string): void;
  close(): Promise<void>;
}

/** Reads XIEDANG_DATA, DATABASE_URL and XIEDANG_APP_ROLE. */
export function storeOptionsFrom(env: NodeJS.ProcessEnv): Pick<StoreOptions, 'dataDir' | 'databaseUrl' | 'appRole'> {
  return {
    dataDir: defaultDataDir(env),
    databaseUrl: env.DATABASE_URL || undefined,
    appRole: env.XIEDANG_APP_ROLE || undefined,
  };
}

/**
 * Opens the store: the server at `databaseUrl`, else the embedded server of the data folder, joined when it runs
 * already (started by whoever), else started. Throws `store.server-running` when another server process has the
 * data folder, and what starting throws.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const requested = options.dataDir ?? defaultDataDir();
  if (options.databaseUrl) return externalStore(options.databaseUrl, options.appRole ?? APP_ROLE, requested);
  prepareDataFolder(dataFolder(requested));
  const folder = dataFolder(realpathSync(requested));
  const serverLock = options.role === 'server' ? takeServerLock(folder) : undefined;
  try {
    return await embeddedStore(folder, serverLock, options);
  } catch (error) {
    serverLock?.release();
    throw error;
  }
}

function takeServerLock(folder: DataFolder): FileLock {
  const lock = tryLock(folder.serverLock);
  if (isLock(lock)) return lock;
  const where = lock.address ? ` at ${lock.address}` : '';
  throw new AppError(
    'store.server-running',
    `a server is already running on ${folder.root}${where} (pid ${lock.pid}, since ${lock.since}). Stop it first, or name another data folder in XIEDANG_DATA.`,
    { pid: lock.pid, address: lock.address ?? null, since: lock.since, dataDir: folder.root },
  );
}

async function embeddedStore(
  folder: DataFolder,
  serverLock: FileLock | undefined,
  options: StoreOptions,
): Promise<Store> {
  const { postmaster, registration } = await underLock(folder.startLock, async () => {
    const own = registerUser(folder.users);
    try {
      return {
        postmaster: (await settledPostmaster(folder)) ?? (await startAndSetUp(folder, options.start ?? {})),
        registration: own,
      };
    } catch (error) {
      own.remove();
      throw error;
    }
  });
  const secrets = readSecrets(folder);
  if (!secrets) {
    registration.remove();
    throw new AppError(
      'store.no-secrets',
      `the passwords of the database are missing: ${folder.secrets}. Put the file back from a backup.`,
      {},
    );
  }
  const at = { host: postmaster.host, port: postmaster.port, database: DATABASE };
  const stopWatchingExit = leaveAtExit(options.role, () => leaveAtOnce(folder, registration, serverLock));
  const stopLooking =
    options.role === 'server' ? keepRunning(folder, postmaster.port, options.start ?? {}) : () => undefined;
  return storeOn({
    kind: 'embedded',
    dataDir: folder.root,
    app: { ...at, user: APP_ROLE, password: secrets.app },
    owner: { ...at, user: OWNER_ROLE, password: secrets.owner },
    announce: (address) => serverLock?.announce(address),
    async leave() {
      stopWatchingExit();
      stopLooking();
      await underLock(folder.startLock, async () => {
        registration.remove();
        if (countUsers(folder.users) === 0) await stopPostmaster(folder);
      });
      serverLock?.release();
    },
  });
}

async function startAndSetUp(folder: DataFolder, start: StartOptions): Promise<Postmaster> {
  const postmaster = await startPostmaster(folder, start);
  try {
    const secrets = readSecrets(folder);
    if (secrets) await setUpDatabase(postmaster, secrets);
    return postmaster;
  } catch (error) {
    await stopPostmaster(folder);
    throw error;
  }
}

/**
 * Calls `leave` when the process ends without `close`. A command stopped with Ctrl-C or SIGTERM leaves too, unless
 * the program handles the signal itself (a server does, and closes). Answers how to stop watching.
 */
function leaveAtExit(role: StoreOptions['role'], leave: () => void): () => void {
  const signals: NodeJS.Signals[] = role === 'client' ? ['SIGINT', 'SIGTERM', 'SIGHUP'] : [];
  const onSignal = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return;
    stop();
    leave();
    process.kill(process.pid, signal);
  };
  const stop = () => {
    process.off('exit', leave);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.once('exit', leave);
  for (const signal of signals) process.on(signal, onSignal);
  return stop;
}

/**
 * The process ends without `close` (process.exit, an uncaught error): nothing may be awaited any more. When nobody
 * else uses the server it is told to stop; when someone is just opening it, it stays for them.
 */
function leaveAtOnce(folder: DataFolder, registration: Registration, serverLock: FileLock | undefined): void {
  const lock = tryLock(folder.startLock);
  registration.remove();
  if (isLock(lock)) {
    const found = postmasterState(folder);
    if ('postmaster' in found && countUsers(folder.users) === 0) {
      try {
        process.kill(found.postmaster.pid, 'SIGINT');
      } catch {
        // Gone already.
      }
    }
    lock.release();
  }
  serverLock?.release();
}

const LOOKS_AFTER_EVERY_MS = 2_000;

/**
 * A server outlives its database: killed or crashed, it is started again on the same port, where the pools find it.
 * Answers how to stop looking.
 */
function keepRunning(folder: DataFolder, port: number, start: StartOptions): () => void {
  let closed = false;
  let busy = false;
  const gone = () => !closed && !('postmaster' in postmasterState(folder));
  const look = async () => {
    if (busy || !gone()) return;
    busy = true;
    try {
      await underLock(folder.startLock, async () => {
        if (gone()) await startPostmaster(folder, { ...start, settings: { ...start.settings, port: String(port) } });
      });
    } catch {
      // Its log says why; tried again at the next look.
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look(), LOOKS_AFTER_EVERY_MS);
  timer.unref();
  return () => {
    closed = true;
    clearInterval(timer);
  };
}

function externalStore(url: string, appRole: string, dataDir: string): Store {
  const database = decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres';
  return storeOn({
    kind: 'external',
    dataDir,
    app: { url, database, role: appRole },
    owner: { url, database },
    announce: () => undefined,
    leave: async () => undefined,
  });
}

/** A store over known targets; `leave` runs when it is closed and its pools have ended. */
export function storeOn(
  parts: Pick<Store, 'kind' | 'dataDir' | 'app' | 'owner' | 'announce'> & { readonly leave: () => Promise<void> },
): Store {
  const pools = new Map<'app' | 'owner', Sql>();
  const pool = (name: 'app' | 'owner', options: PoolOptions): Sql => {
    const open = pools.get(name) ?? connect(parts[name], options);
    pools.set(name, open);
    return open;
  };
  let closing: Promise<void> | undefined;
  return {
    kind: parts.kind,
    dataDir: parts.dataDir,
    app: parts.app,
    owner: parts.owner,
    announce: parts.announce,
    appSql: (options) => pool('app', options ?? {}),
    ownerSql: (options) => pool('owner', { max: 2, ...options }),
    close() {
      closing ??= (async () => {
        await Promise.all([...pools.values()].map((sql) => sql.end({ timeout: 10 })));
        await parts.leave();
      })();
      return closing;
    },
  };
}
