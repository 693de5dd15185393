import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../kernel/app-error.ts';

/** The uid and gid of `nobody`: PostgreSQL refuses root, and a uid without an account fails in initdb. */
const NOBODY = 65534;

/** User and group the database processes run as; undefined means ours. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` when we are root, else undefined: the database then runs as we do. */
export function serverUser(): ServerUser | undefined {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;
}

/** Every place the store uses below its data folder. */
export interface DataFolder {
  readonly root: string;
  /** The PostgreSQL cluster; owned by the server user, mode 0700. */
  readonly cluster: string;
  /** Own copies of the PostgreSQL programs, one folder per version. */
  readonly binaries: string;
  /** Unix sockets. */
  readonly sockets: string;
  readonly log: string;
  readonly users: string;
  readonly backups: string;
  readonly serverLock: string;
  readonly startLock: string;
  readonly secrets: string;
}

/**
 * Where the data lies: `XIEDANG_DATA`, else `/var/lib/xiedang` as root, else `$XDG_DATA_HOME/xiedang`,
 * else `~/.local/share/xiedang`.
 */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.XIEDANG_DATA) return resolve(env.XIEDANG_DATA);
  if (process.getuid?.() === 0) return '/var/lib/xiedang';
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'xiedang');
}

/** The places below a data folder; creates nothing. */
export function dataFolder(root: string): DataFolder {
  const at = (...parts: string[]) => join(resolve(root), ...parts);
  return {
    root: at(),
    cluster: at('cluster'),
    binaries: at('postgres'),
    sockets: at('run'),
    log: at('log'),
    users: at('users'),
    backups: at('backups'),
    serverLock: at('server.lock'),
    startLock: at('start.lock'),
    secrets: at('secrets.json'),
  };
}

/**
 * Creates the folders that are missing and makes sure the server user can reach them.
 * Throws `store.data-unreachable` naming the folder that shuts the server user out, `store.data-denied` when we
 * may not write there ourselves.
 */
export function prepareDataFolder(folder: DataFolder, user: ServerUser | undefined = serverUser()): void {
  try {
    mkdirSync(folder.root, { recursive: true, mode: 0o711 });
    for (const path of [folder.log, folder.users, folder.binaries]) mkdirSync(path, { recursive: true });
    mkdirSync(folder.sockets, { recursive: true, mode: 0o700 });
    if (user) {
      chmodSync(folder.root, statSync(folder.root).mode | 0o011);
      chownSync(folder.sockets, user.uid, user.gid);
    }
  } catch (cause) {
    throw new AppError(
      'store.data-denied',
      `cannot write to the data folder ${folder.root}: ${(cause as Error).message}. Give this user the folder, or name another one in XIEDANG_DATA.`,
      { folder: folder.root },
      cause,
    );
  }
  const shut = user && closedAncestor(folder.root, user);
  if (shut) {
    throw new AppError(
      'store.data-unreachable',
      `the database runs as the unprivileged user nobody, who cannot enter ${shut}. Put the data elsewhere with XIEDANG_DATA, or allow passing through: chmod o+x ${shut}`,
      { folder: shut },
    );
  }
}

/** The first folder on the way to `path` (itself included) that `user` may not pass through; undefined when none. */
export function closedAncestor(path: string, user: ServerUser): string | undefined {
  const way: string[] = [];
  for (let at = resolve(path); ; at = dirname(at)) {
    way.unshift(at);
    if (dirname(at) === at) break;
  }
  return way.find((at) => {
    const { mode, uid, gid } = statSync(at);
    return (mode & (uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001)) === 0;
  });
}

/** Passwords of the three database users, made once per data folder and readable only by its owner. */
export interface Secrets {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
}

/** Reads the passwords; undefined when there are none yet. */
export function readSecrets(folder: DataFolder): Secrets | undefined {
  let text: string;
  try {
    text = readFileSync(folder.secrets, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AppError('store.data-denied', `cannot read ${folder.secrets}: ${(cause as Error).message}`, {}, cause);
  }
  return JSON.parse(text) as Secrets;
}

/** Makes and stores new passwords (mode 0600). */
export function createSecrets(folder: DataFolder): Secrets {
  const password = () => randomBytes(24).toString('base64url');
  const secrets: Secrets = { superuser: password(), owner: password(), app: password() };
  writeFileSync(folder.secrets, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
