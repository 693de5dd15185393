import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase } from '../../../test/support/database.ts';
import { dataFolder } from './data-folder.ts';
import { diagnoseStore, type Finding } from './diagnosis.ts';
import { postmasterState, stopPostmaster } from './embedded-server.ts';
import { openStore } from './store.ts';
import { upgradeStore } from './upgrade.ts';

let root: string;
let data: string;
beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'xiedang-doctor-')));
  chmodSync(root, 0o755);
  data = join(root, 'data');
  const store = await openStore({ dataDir: data, role: 'client' });
  await upgradeStore(store);
  await store.close();
});
afterAll(async () => {
  await stopPostmaster(dataFolder(data));
  rmSync(root, { recursive: true, force: true });
});

const wrong = (findings: readonly Finding[]) =>
  findings.filter(({ status }) => status !== 'ok').map(({ check, status }) => [check, status]);
const diagnose = (devices = 1000) => diagnoseStore({ dataDir: data }, devices);

it('finds nothing wrong with a sound store, and says how to mend whatever it finds, in both languages', async () => {
  expect(wrong(await diagnose())).toEqual([]);
  const tooMuch = await diagnose(1e12);
  expect(wrong(tooMuch)).toEqual([['disk', 'error']]);
  for (const { message, mend } of tooMuch.filter(({ status }) => status !== 'ok')) {
    for (const words of [message, mend]) {
      expect(words?.zh).toMatch(/\p{Script=Han}/u);
      expect(words?.en).toMatch(/[a-z]/);
    }
  }
});

it('sees passwords others can read, and passwords that are gone', async () => {
  const { secrets } = dataFolder(data);
  chmodSync(secrets, 0o644);
  expect(wrong(await diagnose())).toEqual([['secrets', 'error']]);
  const kept = readFileSync(secrets);
  unlinkSync(secrets);
  expect(wrong(await diagnose())).toEqual([['secrets', 'error']]);
  writeFileSync(secrets, kept, { mode: 0o600 });
});

it('sees the lock and the database a killed server left behind', async () => {
  writeFileSync(dataFolder(data).serverLock, JSON.stringify({ pid: 2 ** 22 + 1, start: 'x', token: 't', since: '' }));
  expect(wrong(await diagnose())).toEqual([['server', 'warning']]);
  rmSync(dataFolder(data).serverLock);
});

it.skipIf(process.platform !== 'linux')('sees a database that stands still (Linux)', async () => {
  const store = await openStore({ dataDir: data, role: 'client' });
  const found = postmasterState(dataFolder(data));
  const pid = 'postmaster' in found ? found.postmaster.pid : 0;
  process.kill(pid, 'SIGSTOP');
  try {
    const findings = await diagnose();
    expect(wrong(findings)).toEqual([['frozen', 'error']]);
    expect(findings.at(-1)?.mend?.en).toBe(`kill -CONT ${pid}`);
  } finally {
    process.kill(pid, 'SIGCONT');
    await store.close();
  }
});

it('sees migrations to be applied, and a database that was changed by another release', async () => {
  const db = await cloneDatabase();
  try {
    const look = () => diagnoseStore({ dataDir: data, databaseUrl: db.env.DATABASE_URL }, 1000);
    expect(wrong(await look())).toEqual([]);
    await db.owner`delete from schema_migration where number = (select max(number) from schema_migration)`;
    expect(wrong(await look())).toEqual([['migrations', 'warning']]);
    await db.owner`update schema_migration set sha256 = 'other' where number = 1`;
    expect(wrong(await look())).toEqual([['migrations', 'error']]);
  } finally {
    await db.drop();
  }
});

it('says when the database cannot be reached', async () => {
  const findings = await diagnoseStore({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' }, 1000);
  expect(wrong(findings)).toEqual([['database', 'error']]);
});
