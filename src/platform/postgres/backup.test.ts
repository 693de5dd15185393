import { chmodSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backup, listBackups, restore } from './backup.ts';
import type { Sql } from './connections.ts';
import { dataFolder } from './data-folder.ts';
import { stopPostmaster } from './embedded-server.ts';
import { type Migration, readMigrations } from './migrate.ts';
import { openStore, type Store } from './store.ts';
import { upgradeStore } from './upgrade.ts';

let root: string;
let data: string;
let store: Store | undefined;
beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'xiedang-backup-')));
  chmodSync(root, 0o755);
  data = join(root, 'data');
  store = await openStore({ dataDir: data, role: 'client' });
  await upgradeStore(store, readMigrations().slice(0, 1));
  await store.ownerSql()`create table entry (n integer primary key, name text)`;
});
afterAll(async () => {
  await store?.close();
  for (const name of readdirSync(root)) await stopPostmaster(dataFolder(join(root, name)));
  rmSync(root, { recursive: true, force: true });
});

const numbers = async (sql: Sql) =>
  sql<{ n: number; sum: number }[]>`select count(*) as n, coalesce(sum(n), 0) as sum from entry`;

async function opened<T>(dataDir: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const other = await openStore({ dataDir, role: 'client' });
  try {
    return await work(other.ownerSql());
  } finally {
    await other.close();
  }
}

describe.skipIf(process.platform !== 'linux')('of a running database (Linux)', () => {
  it('holds every row committed before it and no half transaction, while writers go on', async () => {
    const sql = store!.ownerSql({ max: 4 });
    let acknowledged = 0;
    let stop = false;
    const writer = (async () => {
      for (let n = 0; !stop; n += 10) {
        await sql`insert into entry select g, repeat('值', 100) from generate_series(${n}::integer, ${n + 9}::integer) g`;
        acknowledged = n + 10;
      }
    })();
    while (acknowledged < 100) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = acknowledged;
    const { folder, manifest } = await backup(data, join(root, 'copy'));
    const after = acknowledged;
    stop = true;
    await writer;
    expect(manifest.pausedMs).toBeGreaterThan(0);

    const target = join(root, 'elsewhere');
    expect(await restore(folder, target)).toMatchObject({ replaced: undefined });
    const [row] = await opened(target, numbers);
    expect(row?.n).toBeGreaterThanOrEqual(before);
    expect(row?.n).toBeLessThanOrEqual(after + 10);
    expect((row?.n ?? 1) % 10).toBe(0);
    expect(row?.sum).toBe(((row?.n ?? 0) * ((row?.n ?? 0) - 1)) / 2);
    // The original is none the worse.
    expect((await numbers(sql))[0]?.n).toBe(acknowledged);
  });

  it('is made before an upgrade of a store with rows, and only then', async () => {
    const files = readMigrations().slice(0, 1);
    const next: Migration = { number: 2, name: '0002_more.sql', sha256: 'x', sql: 'create table more (n integer)' };
    expect(await upgradeStore(store!, files)).toEqual({ applied: [], backup: null });
    const upgrade = await upgradeStore(store!, [...files, next]);
    expect(upgrade.applied).toEqual([next]);
    expect(upgrade.backup?.manifest.reason).toBe('before 0002_more.sql');
    expect((await listBackups(data)).map(({ folder }) => folder)).toEqual([upgrade.backup?.folder]);
    const target = join(root, 'before-upgrade');
    await restore(upgrade.backup?.folder ?? '', target);
    expect(await opened(target, (sql) => sql`select to_regclass('more') as more`)).toEqual([{ more: null }]);
  });
});

it('refuses to overwrite, to restore what is no backup, and to restore under a running program', async () => {
  const copy = join(root, 'second');
  await backup(data, copy);
  await expect(backup(data, copy)).rejects.toMatchObject({ code: 'backup.target-exists' });
  await expect(backup(join(root, 'nothing'))).rejects.toMatchObject({ code: 'backup.nothing' });
  await expect(restore(root, join(root, 'x'))).rejects.toMatchObject({ code: 'restore.not-a-backup' });
  await expect(restore(copy, data)).rejects.toMatchObject({ code: 'restore.in-use' });
  expect(existsSync(join(root, 'x'))).toBe(false);
});

it('puts a stopped database back and keeps the one that was there', async () => {
  const copy = join(root, 'third');
  const [then] = await numbers(store!.ownerSql());
  await store!.close();
  store = undefined;
  expect((await backup(data, copy)).manifest.pausedMs).toBe(0);
  await opened(data, (sql) => sql`truncate entry`);
  const { replaced } = await restore(copy, data);
  expect(existsSync(replaced ?? '')).toBe(true);
  expect(await opened(data, numbers)).toEqual([then]);
  truncateSync(join(copy, 'cluster', 'PG_VERSION'), 1);
  await expect(restore(copy, data)).rejects.toMatchObject({ code: 'restore.incomplete' });
});
