import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { prepareQueue } from '../../src/platform/jobs/queue.ts';
import { failedFromFolder } from '../../src/processes/intake/job-store.ts';
import { intakeService } from '../../src/processes/intake/service.ts';
import { type FolderWatch, inOrderOfDay, watchFolder } from '../../src/processes/intake/watch-folder.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
let folder: string;
let watch: FolderWatch;
beforeAll(async () => {
  db = await cloneDatabase();
  await prepareQueue(db.store.owner, () => undefined);
});
afterAll(() => db?.drop());
beforeEach(async () => {
  await db.owner`truncate import_job cascade`;
  folder = mkdtempSync(join(tmpdir(), 'xiedang-watch-'));
  watch = await start();
});
afterEach(async () => {
  await watch.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The watch looks only when the test says so. */
const start = () =>
  watchFolder({ folder, sql: () => db.owner, intake: intakeService(db.store), log: () => undefined, every: 1e8 });
const put = (name: string, text = name) => writeFileSync(join(folder, name), text);
const look = async () => (await watch.look()).map((file) => file.name);
const jobs = async () =>
  (
    await db.owner<{ names: string[] }[]>`
      select array_agg(f.name order by f.file_no) as names from import_job j join import_job_file f on f.job_id = j.id
      group by j.id order by j.id`
  ).map((row) => row.names);

it('takes a file when it is the same in two looks, not while it grows', async () => {
  put('UDID_DAY_UPDATE_20260501.xml', 'half');
  expect(await look()).toEqual([]);
  put('UDID_DAY_UPDATE_20260501.xml', 'half and more');
  expect(await look()).toEqual([]);
  expect(await look()).toEqual(['UDID_DAY_UPDATE_20260501.xml']);
  expect(await look()).toEqual([]);
  expect(await jobs()).toEqual([['UDID_DAY_UPDATE_20260501.xml']]);
});

it('queues releases in the order of their days, parts of one release together', async () => {
  for (const name of [
    'UDID_DAY_UPDATE_20260510.zip',
    'UDID_DAY_UPDATE_20260502_PART2_Of_2.xml',
    'UDID_FULL_RELEASE_20260501.zip',
    'UDID_DAY_UPDATE_20260502_PART1_Of_2.xml',
    'certificates.csv',
  ])
    put(name);
  await look();
  await look();
  expect(await jobs()).toEqual([
    ['UDID_FULL_RELEASE_20260501.zip'],
    ['UDID_DAY_UPDATE_20260502_PART1_Of_2.xml', 'UDID_DAY_UPDATE_20260502_PART2_Of_2.xml'],
    ['UDID_DAY_UPDATE_20260510.zip'],
    ['certificates.csv'],
  ]);
});

it('waits with a part while another part of its release is being written', async () => {
  put('UDID_DAY_UPDATE_20260502_PART1_Of_2.xml');
  await look();
  put('UDID_DAY_UPDATE_20260502_PART2_Of_2.xml', 'begun');
  expect(await look()).toEqual([]);
  expect(await look()).toHaveLength(2);
  expect(await jobs()).toHaveLength(1);
});

it('leaves alone what is no release file, unfinished downloads, hidden files, folders and empty files', async () => {
  for (const name of ['notes.txt', '.UDID_DAY_UPDATE_20260501.xml', '~$list.xlsx', 'release.zip.part', 'a.crdownload'])
    put(name);
  put('UDID_DAY_UPDATE_20260501.xml', '');
  mkdirSync(join(folder, 'folder.zip'));
  await look();
  expect(await look()).toEqual([]);
});

it('knows a file by its content, whatever its name and also after a restart', async () => {
  put('UDID_DAY_UPDATE_20260501.xml', 'content');
  await look();
  await look();
  renameSync(join(folder, 'UDID_DAY_UPDATE_20260501.xml'), join(folder, 'UDID_DAY_UPDATE_20260509.xml'));
  await look();
  expect(await look()).toEqual([]);
  await watch.close();
  watch = await start();
  await look();
  expect(await look()).toEqual([]);
  expect(await jobs()).toHaveLength(1);
});

it('lists a failed file and does not try it again until its content changes', async () => {
  put('UDID_DAY_UPDATE_20260501.xml', 'broken');
  await look();
  await look();
  await db.owner`update import_job set state = 'failed', failure = ${db.owner.json({ code: 'part.cut-off', message: 'cut off' })}`;
  await look();
  expect(await look()).toEqual([]);
  expect(await failedFromFolder(db.owner, 10)).toMatchObject([
    { name: 'UDID_DAY_UPDATE_20260501.xml', failure: { code: 'part.cut-off' } },
  ]);
  put('UDID_DAY_UPDATE_20260501.xml', 'mended now');
  await look();
  expect(await look()).toEqual(['UDID_DAY_UPDATE_20260501.xml']);
});

it('refuses a folder that does not exist', async () => {
  await expect(
    watchFolder({
      folder: join(folder, 'none'),
      sql: () => db.owner,
      intake: intakeService(db.store),
      log: () => undefined,
    }),
  ).rejects.toMatchObject({ code: 'usage.watch-folder' });
});

it('undated releases come last', () => {
  const names = ['b.csv', 'gudid-2026-05-03.xml', 'UDID_DAY_UPDATE_20260502.zip'].map((name) => ({ name }));
  expect(inOrderOfDay(names).map(([first]) => first?.name)).toEqual([
    'UDID_DAY_UPDATE_20260502.zip',
    'gudid-2026-05-03.xml',
    'b.csv',
  ]);
});
