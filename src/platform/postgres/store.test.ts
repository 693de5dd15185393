import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StoreProcess, spawnStore } from '../../../test/support/store-process.ts';
import { findBinaryPackage } from './binaries.ts';
import { dataFolder } from './data-folder.ts';
import { postmasterState, stopPostmaster } from './embedded-server.ts';
import { readLock } from './file-lock.ts';
import { openStore } from './store.ts';

const isRoot = process.getuid?.() === 0;
let root: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'xiedang-store-')));
  chmodSync(root, 0o755);
});
const started: StoreProcess[] = [];
const spawned = async (...args: Parameters<typeof spawnStore>) => {
  const one = await spawnStore(...args);
  started.push(one);
  return one;
};
afterAll(async () => {
  for (const one of started) await one.kill('SIGKILL');
  for (const name of readdirSync(root)) await stopPostmaster(dataFolder(join(root, name)));
  rmSync(root, { recursive: true, force: true });
});

const running = (dataDir: string) => {
  const found = postmasterState(dataFolder(dataDir));
  return 'postmaster' in found ? found.postmaster.pid : undefined;
};

/** Waits until the server of a folder has stopped by itself. */
async function stopped(dataDir: string): Promise<boolean> {
  for (let i = 0; i < 500 && running(dataDir); i++) await sleep(20);
  return running(dataDir) === undefined;
}

describe('one data folder, several processes', () => {
  let data: string;
  beforeAll(() => {
    data = join(root, 'shared');
  });

  it('two commands at once make one cluster; the first to leave does not take it from the second', async () => {
    const [first, second] = await Promise.all([spawned(data, 'client'), spawned(data, 'client')]);
    expect(first.opened).toEqual({ port: expect.any(Number) });
    expect(second.opened).toEqual(first.opened);
    expect(await first.say('close')).toEqual({ closed: true });
    expect(await second.say('query')).toEqual({ rows: [{ n: 0 }] });
    expect(await second.say('close')).toEqual({ closed: true });
    expect(running(data)).toBeUndefined();
  });

  it('starts again quickly, and is gone after close', async () => {
    const begin = performance.now();
    const store = await openStore({ dataDir: data, role: 'client' });
    const seconds = (performance.now() - begin) / 1000;
    await store.ownerSql()`create table kept (n integer)`;
    await store.close();
    expect(running(data)).toBeUndefined();
    expect(readdirSync(dataFolder(data).users)).toEqual([]);
    // 0.2 s on an idle machine; the bound only catches a start that waits for something.
    expect(seconds).toBeLessThan(5);
  });

  it('refuses a second server, naming the first; commands join it', async () => {
    const server = await spawned(data, 'server', 'http://127.0.0.1:8700');
    const second = await spawned(data, 'server');
    expect(second.opened).toMatchObject({
      code: 'store.server-running',
      details: { pid: server.child.pid, address: 'http://127.0.0.1:8700' },
    });
    const client = await spawned(data, 'client');
    expect(client.opened).toEqual({ port: server.opened.port });
    await client.say('close');
    expect(await server.say('query')).toEqual({ rows: [{ n: 1 }] });
    await server.say('close');
    expect(existsSync(dataFolder(data).serverLock)).toBe(false);
    expect(running(data)).toBeUndefined();
  });

  it('after kill -9 of a server its lock is taken over and its database adopted', async () => {
    const server = await spawned(data, 'server');
    await server.kill('SIGKILL');
    const orphan = running(data);
    expect(orphan).toBeDefined();
    const next = await spawned(data, 'server');
    expect(next.opened).toEqual({ port: server.opened.port });
    expect(running(data)).toBe(orphan);
    expect(readLock(dataFolder(data).serverLock)?.pid).toBe(next.child.pid);
    await next.say('close');
    expect(running(data)).toBeUndefined();
  });

  it.each(['exit', 'throw'] as const)(
    'stops the database when the process ends by %s without closing',
    async (word) => {
      const one = await spawned(data, 'client');
      await one.say(word);
      expect(await stopped(data)).toBe(true);
      expect(readdirSync(dataFolder(data).users)).toEqual([]);
    },
  );

  it('stops the database when a command is interrupted', async () => {
    const one = await spawned(data, 'client');
    await one.kill('SIGINT');
    expect(one.child.signalCode).toBe('SIGINT');
    expect(await stopped(data)).toBe(true);
  });

  it('recovers after kill -9 of the database itself', async () => {
    const store = await openStore({ dataDir: data, role: 'client' });
    await store.ownerSql()`delete from kept`;
    await store.ownerSql()`insert into kept select generate_series(1, 1000)`;
    const pid = running(data);
    process.kill(pid ?? 0, 'SIGKILL');
    await store.close();
    const again = await openStore({ dataDir: data, role: 'client' });
    expect(running(data)).not.toBe(pid);
    expect(await again.ownerSql()`select count(*) as n from kept`).toEqual([{ n: 1000 }]);
    await again.close();
  });

  it('under a running server it is started again, and the pools of the server find it', async () => {
    const store = await openStore({ dataDir: data, role: 'server' });
    const sql = store.ownerSql();
    expect(await sql`select count(*) as n from kept`).toEqual([{ n: 1000 }]);
    process.kill(running(data) ?? 0, 'SIGKILL');
    let rows: unknown;
    for (let i = 0; i < 100 && rows === undefined; i++) {
      await sleep(100);
      rows = await sql`select count(*) as n from kept`.catch(() => undefined);
    }
    expect(rows).toEqual([{ n: 1000 }]);
    await store.close();
    expect(running(data)).toBeUndefined();
  });

  it('is not misled by a pid file whose pid belongs to another program now', async () => {
    const { cluster } = dataFolder(data);
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${process.pid}\n${cluster}\n1\n5432\n${data}/run\n127.0.0.1\n1 1\nready\n`,
    );
    const store = await openStore({ dataDir: data, role: 'client' });
    expect(await store.ownerSql()`select count(*) as n from kept`).toEqual([{ n: 1000 }]);
    await store.close();
  });

  it('gives the two users their passwords in a file only its owner reads, and no way in without', async () => {
    expect(statSync(dataFolder(data).secrets).mode & 0o777).toBe(0o600);
    const store = await openStore({ dataDir: data, role: 'client' });
    try {
      expect(
        await store.ownerSql()`select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user`,
      ).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }]);
      const { connect } = await import('./connections.ts');
      const stranger = connect({ ...store.owner, password: 'guess' }, { max: 1 });
      await expect(stranger`select 1`).rejects.toMatchObject({ code: '28P01' });
      await stranger.end();
    } finally {
      await store.close();
    }
  });

  it('names the versions when the cluster is of another major version', async () => {
    const file = join(dataFolder(data).cluster, 'PG_VERSION');
    const version = readFileSync(file, 'utf8');
    writeFileSync(file, '14\n');
    await expect(openStore({ dataDir: data, role: 'client' })).rejects.toMatchObject({
      code: 'store.cluster-version',
      details: { cluster: '14', program: version.trim() },
    });
    writeFileSync(file, version);
  });
});

describe.skipIf(!isRoot)('started as root (visible only to root)', () => {
  it('copies the programs out of a checkout that nobody may enter, and makes the missing library links', async () => {
    const checkout = join(root, 'closed-checkout');
    mkdirSync(checkout, { mode: 0o700 });
    const original = findBinaryPackage();
    const folder = join(checkout, 'package');
    cpSync(original.folder, folder, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    for (const { target } of links) unlinkSync(join(folder, target));
    const data = join(root, 'closed');
    const store = await openStore({ dataDir: data, role: 'client', start: { programs: { ...original, folder } } });
    expect(await store.ownerSql()`select show_trgm('中文') <> '{}' as trigrams`).toEqual([{ trigrams: true }]);
    expect(existsSync(join(dataFolder(data).binaries, original.version, 'bin', 'postgres'))).toBe(true);
    const owner = statSync(`/proc/${running(data)}`).uid;
    expect(owner).toBe(65534);
    await store.close();
  });

  it('says which folder keeps the database user out of the data', async () => {
    const closed = join(root, 'closed-data');
    mkdirSync(closed, { mode: 0o700 });
    await expect(openStore({ dataDir: join(closed, 'data'), role: 'client' })).rejects.toMatchObject({
      code: 'store.data-unreachable',
      details: { folder: closed },
    });
  });
});
