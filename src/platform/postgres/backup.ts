import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../kernel/app-error.ts';
import { type DataFolder, dataFolder, prepareDataFolder, serverUser } from './data-folder.ts';
import { postmasterState, stopPostmaster } from './embedded-server.ts';
import { lockIsHeld, underLock } from './file-lock.ts';
import { copyCluster, existingParent, folderSize, handOver, syncTree } from './frozen-copy.ts';
import { countUsers } from './users.ts';

/** `manifest.json` of a backup; written last, so a folder without it is no backup. */
export interface BackupManifest {
  readonly format: 1;
  readonly createdAt: string;
  readonly postgresMajor: string;
  /** Why it was made: `xiedang backup`, or the upgrade it was made before. */
  readonly reason: string;
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds the database stood still for it. */
  readonly pausedMs: number;
}

export interface Backup {
  readonly folder: string;
  readonly manifest: BackupManifest;
}

/** Backups made before upgrades that are kept; older ones of that kind are removed. */
const UPGRADE_BACKUPS_KEPT = 2;

/**
 * Copies the embedded database to a new folder, while it runs (it stands still for the end of the copy) or stopped.
 * Default target: `<data>/backups/<time>`. What lies in the data folder beside the database is not part of it.
 * Throws `backup.nothing` when there is no database, `backup.target-exists`, `backup.no-space`, and
 * `backup.running` on systems where a running server cannot be copied.
 */
export async function backup(dataDir: string, target?: string, reason = 'xiedang backup'): Promise<Backup> {
  const folder = existing(dataDir);
  const at = resolve(target ?? join(folder.backups, new Date().toISOString().replaceAll(':', '-').slice(0, 19)));
  if (existsSync(at))
    throw new AppError('backup.target-exists', `${at} exists already; name a new folder`, { target: at });
  if (at.startsWith(`${folder.cluster}/`))
    throw new AppError('backup.target-exists', `${at} lies in the database itself`, { target: at });
  await requireSpace(folder, at);
  return underLock(folder.startLock, async () => {
    if (process.platform !== 'linux' && 'postmaster' in postmasterState(folder)) {
      throw new AppError(
        'backup.running',
        'on this system the database can only be copied while no server and no command runs',
      );
    }
    const draft = `${at}.part`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
    try {
      const copied = await copyCluster(realpathSync(folder.cluster), join(draft, 'cluster'));
      await copyFile(folder.secrets, join(draft, 'secrets.json'));
      const manifest: BackupManifest = {
        format: 1,
        createdAt: new Date().toISOString(),
        postgresMajor: readFileSync(join(folder.cluster, 'PG_VERSION'), 'utf8').trim(),
        reason,
        ...copied,
      };
      await writeFile(join(draft, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
      await syncTree(draft);
      await rename(draft, at);
      return { folder: at, manifest };
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
  });
}

/**
 * Puts a backup in the place of the database of a data folder (which may be new). The database that was there is
 * kept beside it and its path answered, to be removed by hand.
 * Throws `restore.not-a-backup`, `restore.incomplete`, and `restore.in-use` while a server or command uses the data.
 */
export async function restore(
  from: string,
  dataDir: string,
): Promise<{ readonly replaced: string | undefined; readonly manifest: BackupManifest }> {
  const source = resolve(from);
  const manifest = readManifest(source);
  const found = await folderSize(join(source, 'cluster'));
  if (found !== manifest.bytes) {
    throw new AppError(
      'restore.incomplete',
      `${source} holds ${found} bytes, its manifest says ${manifest.bytes}; use another backup`,
      {
        found,
        expected: manifest.bytes,
      },
    );
  }
  prepareDataFolder(dataFolder(dataDir));
  const folder = dataFolder(realpathSync(dataDir));
  return underLock(folder.startLock, async () => {
    if (lockIsHeld(folder.serverLock) || countUsers(folder.users) > 0) {
      throw new AppError('restore.in-use', `a server or command is using ${folder.root}; stop it first`, {
        dataDir: folder.root,
      });
    }
    await stopPostmaster(folder);
    const draft = `${folder.cluster}.restoring`;
    await rm(draft, { recursive: true, force: true });
    await copyCluster(join(source, 'cluster'), draft);
    await syncTree(draft);
    await handOver(draft, serverUser());
    let replaced: string | undefined;
    if (existsSync(folder.cluster)) {
      replaced = `${folder.cluster}.before-restore-${Date.now()}`;
      await rename(folder.cluster, replaced);
      if (existsSync(folder.secrets)) await copyFile(folder.secrets, join(replaced, 'secrets.json'));
    }
    await copyFile(join(source, 'secrets.json'), folder.secrets);
    await rename(draft, folder.cluster);
    return { replaced, manifest };
  });
}

/** The backup the program makes by itself before it changes the schema; the two latest of them are kept. */
export async function backupBeforeUpgrade(dataDir: string, firstPending: string): Promise<Backup> {
  const folder = existing(dataDir);
  const stamp = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
  const made = await backup(
    dataDir,
    join(folder.backups, `${stamp}-before-${firstPending.replace(/\.sql$/, '')}`),
    `before ${firstPending}`,
  );
  const earlier = (await readdir(folder.backups))
    .filter((name) => /-before-\d{4}_/.test(name) && !name.endsWith('.part'))
    .sort();
  for (const name of earlier.slice(0, -UPGRADE_BACKUPS_KEPT))
    await rm(join(folder.backups, name), { recursive: true, force: true });
  return made;
}

function readManifest(source: string): BackupManifest {
  try {
    const manifest = JSON.parse(readFileSync(join(source, 'manifest.json'), 'utf8')) as BackupManifest;
    if (manifest.format === 1) return manifest;
  } catch {
    // Said below.
  }
  throw new AppError('restore.not-a-backup', `${source} is not a backup made by xiedang backup`, { source });
}

function existing(dataDir: string): DataFolder {
  if (!existsSync(join(dataFolder(dataDir).cluster, 'PG_VERSION'))) {
    throw new AppError('backup.nothing', `there is no database in ${dataFolder(dataDir).root}`, { dataDir });
  }
  return dataFolder(realpathSync(dataDir));
}

async function requireSpace(folder: DataFolder, target: string): Promise<void> {
  const needed = await folderSize(folder.cluster);
  const parent = await existingParent(target);
  const { bavail, bsize } = await statfs(parent);
  const free = bavail * bsize;
  if (free > needed * 1.05 + 64 * 2 ** 20) return;
  throw new AppError(
    'backup.no-space',
    `the backup needs ${megabytes(needed)} MB, ${parent} has ${megabytes(free)} MB free; name a folder on another disk`,
    { needed, free },
  );
}

const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);

/** Size and time of the backups in a data folder, oldest first. */
export async function listBackups(dataDir: string): Promise<Backup[]> {
  const { backups } = dataFolder(dataDir);
  if (!existsSync(backups)) return [];
  const names = (await readdir(backups)).sort();
  const found: Backup[] = [];
  for (const name of names) {
    const folder = join(backups, name);
    if ((await stat(folder)).isDirectory() && existsSync(join(folder, 'manifest.json')))
      found.push({ folder, manifest: readManifest(folder) });
  }
  return found;
}
