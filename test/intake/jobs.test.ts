import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localOperator } from '../../src/kernel/actor.ts';
import type { Queue } from '../../src/platform/jobs/queue.ts';
import { IMPORT_LOCK } from '../../src/processes/import/import-rows.ts';
import type { ImportView } from '../../src/processes/intake/progress.ts';
import { type IntakeService, intakeService } from '../../src/processes/intake/service.ts';
import { type IntakeRunnerOptions, startIntakeRunner } from '../../src/processes/intake/tasks.ts';
import type { IntakeRequest } from '../../src/processes/intake/types.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { udidRecord, writeText, writeUdid } from '../support/udid-release.ts';

const MAIN = fileURLToPath(new URL('../../src/app/cli/main.ts', import.meta.url));

let db: TestDatabase;
let folder: string;
let intake: IntakeService;
let runners: Queue[] = [];
beforeEach(async () => {
  db = await cloneDatabase();
  folder = mkdtempSync(join(tmpdir(), 'xiedang-jobs-'));
  intake = intakeService(db.store);
});
afterEach(async () => {
  for (const runner of runners) await runner.close();
  runners = [];
  await db.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function runner(changes: Partial<IntakeRunnerOptions> = {}): Promise<Queue> {
  const queue = await startIntakeRunner({
    store: db.store,
    command: [process.execPath, '--import', 'tsx', MAIN],
    env: { ...process.env, ...db.env, XIEDANG_DATA: db.store.dataDir },
    log: () => undefined,
    claimEvery: 200,
    ...changes,
  });
  runners.push(queue);
  return queue;
}

function submit(paths: readonly string[], request: IntakeRequest = {}) {
  const files = paths.map((path) => ({
    name: basename(path),
    path,
    bytes: statSync(path).size,
    sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
  }));
  return intake.submit(files, request, { origin: 'upload', actor: localOperator });
}

async function until(importId: string, wanted: (view: ImportView) => boolean, seconds = 150): Promise<ImportView> {
  for (const end = Date.now() + seconds * 1000; ; await sleep(100)) {
    const view = await intake.get(importId);
    if (wanted(view)) return view;
    if (Date.now() > end) throw new Error(`${importId} did not come so far: ${JSON.stringify(view)}`);
  }
}
const ended = (view: ImportView) => !['queued', 'running', 'stopping'].includes(view.state);
const records = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => udidRecord(from + i));

it('imports run one after another in processes of their own, also a dry run and a file that is no release', async () => {
  await runner();
  const first = await submit([writeUdid(folder, 'UDID_DAY_UPDATE_20260501.xml', records(1, 30))]);
  const dry = await submit([writeUdid(folder, 'UDID_DAY_UPDATE_20260502.xml', records(20, 40))], { dryRun: true });
  const bad = await submit([writeText(folder, 'letter.xml', '<letter>none of ours</letter>')]);
  expect(await until(bad.importId, ended)).toMatchObject({ state: 'failed' });
  expect(await intake.get(first.importId)).toMatchObject({
    state: 'published',
    releaseId: 'nmpa-udid-udid-day-update-20260501',
    read: 29,
    total: 29,
    rejected: 0,
    counts: { read: 29, inserted: 29 },
  });
  expect(await intake.get(dry.importId)).toMatchObject({ state: 'dry-run', releaseId: null, counts: { inserted: 10 } });
  expect(await intake.get(bad.importId)).toMatchObject({ state: 'failed', failure: { code: 'source.not-recognised' } });
  const [rows] = await db.owner<{ n: number }[]>`select count(*)::int as n from device_version where shelf = 1`;
  expect(rows?.n).toBe(29);
}, 300_000);

it('waits while another import of the register runs; is stopped safely, and goes on', async () => {
  await runner();
  const holder = await db.owner.reserve();
  const job = await submit([writeUdid(folder, 'UDID_DAY_UPDATE_20260501.xml', records(1, 10))]);
  try {
    await holder`select pg_advisory_lock(${IMPORT_LOCK}, 1)`;
    await until(job.importId, (view) => view.state === 'running');
    await intake.stop(job.importId, localOperator);
    expect(await until(job.importId, ended)).toMatchObject({ state: 'interrupted' });
  } finally {
    await holder`select pg_advisory_unlock_all()`;
    holder.release();
  }
  const next = await intake.goOn(job.importId, localOperator);
  expect(await until(next.importId, ended)).toMatchObject({ state: 'published', counts: { inserted: 9 } });
}, 300_000);

it('waits for the next server when this one closes or is killed; stops that were asked for count', async () => {
  const first = await runner();
  const holder = await db.owner.reserve();
  const job = await submit([writeUdid(folder, 'UDID_DAY_UPDATE_20260501.xml', records(1, 10))]);
  try {
    await holder`select pg_advisory_lock(${IMPORT_LOCK}, 1)`;
    await until(job.importId, (view) => view.state === 'running');
    await first.close();
    runners = [];
    expect(await intake.get(job.importId)).toMatchObject({ state: 'queued' });
  } finally {
    await holder`select pg_advisory_unlock_all()`;
    holder.release();
  }
  const stopped = await submit([writeUdid(folder, 'UDID_DAY_UPDATE_20260502.xml', records(20, 30))]);
  // as a killed server leaves them: jobs begun, and locked in the queue by a worker that is gone
  await db.owner`update import_job set state = 'running', attempts = 1`;
  await db.owner`update import_job set stop_requested_at = now() where id = ${stopped.jobId}`;
  await db.owner.unsafe(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone', attempts = 1`);
  await runner();
  expect(await until(job.importId, ended)).toMatchObject({ state: 'published', counts: { inserted: 9 } });
  expect(await intake.get(stopped.importId)).toMatchObject({ state: 'interrupted' });
}, 300_000);

it('a process that ends without a word is started three times, then the job has failed', async () => {
  const said: string[] = [];
  await runner({
    command: [process.execPath, '-e', 'console.error("out of memory"); process.exit(7);', '--'],
    // the real process takes the job in hand; this one dies before it could
    log: ({ level, message }) => level === 'error' && said.push(message),
  });
  const job = await submit([writeUdid(folder, 'UDID_DAY_UPDATE_20260501.xml', records(1, 3))]);
  expect(await until(job.importId, ended)).toMatchObject({
    state: 'failed',
    failure: { code: 'import.crashed', message: expect.stringContaining('out of memory') },
  });
  expect(said).toHaveLength(3);
}, 180_000);

it('one process at a time works the queue; the next takes over when it ends', async () => {
  const first = await runner();
  const second = await runner();
  expect([first.working(), second.working()]).toEqual([true, false]);
  await first.close();
  for (let i = 0; i < 50 && !second.working(); i++) await sleep(100);
  expect(second.working()).toBe(true);
}, 180_000);
