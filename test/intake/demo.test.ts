import { afterEach, beforeEach, expect, it } from 'vitest';
import { createServer } from '../../src/app/server/server.ts';
import { localOperator } from '../../src/kernel/actor.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { demoState, loadDemo, loadDemoWhenNew, removeDemo } from '../../src/processes/demo/demo.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
beforeEach(async () => {
  db = await cloneDatabase();
});
afterEach(() => db.drop());

const count = async (table: string, where = 'true') =>
  (await db.owner.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table} where ${where}`))[0]?.n;

it('loads 480 real devices with their defects, marked as demonstration data, and goes without a trace', async () => {
  expect(await loadDemoWhenNew(db.store)).toBe(480);
  expect(await count('device_version', 'shelf = 9')).toBe(480);
  expect(await count('device_version', 'shelf <> 9')).toBe(0);
  const bySource = await db.owner`
    select source, sum(devices)::int as devices from product p join product_tally t on t.shelf = 9 and t.product_id = p.id
    where p.shelf = 9 group by source order by source`;
  expect([...bySource]).toEqual([
    { source: 'eudamed', devices: 100 },
    { source: 'gudid', devices: 380 },
  ]);
  expect(await count('quality_problem', `shelf = 9 and code = 'di.gs1.check-digit' and severity = 'problem'`)).toBe(10);
  expect(await count('quality_problem', `shelf = 9 and code = 'identifier.shared'`)).toBeGreaterThan(10);
  expect(await count('quality_problem', `shelf = 9 and severity = 'rejected'`)).toBe(0);
  // loading again changes nothing
  expect(await loadDemo(db.store, localOperator)).toBe(480);
  expect(await loadDemoWhenNew(db.store)).toBeNull();
  expect(await count('record')).toBe(5);

  const app = await createServer({ store: db.store, clock: systemClock, version: 'test' });
  const get = async (url: string) =>
    (await app.inject({ url: `/api/v1${url}`, headers: { host: 'localhost' } })).json();
  try {
    expect(await get('/health')).toMatchObject({ demo: true });
    const list = await get('/devices?limit=200');
    expect(list.total).toEqual({ value: 480, relation: 'exact' });
    expect(list.items.every((item: { demo: boolean }) => item.demo)).toBe(true);
    const dossier = await get('/dossiers/devices/gudid/00801741042577');
    expect(dossier.device.demo).toBe(true);
    expect(dossier.records.map((record: { kind: string }) => record.kind).sort()).toEqual(['note', 'recall']);
    expect(JSON.stringify(dossier.records)).toContain('【演示·虚构】');

    expect(await removeDemo(db.store, localOperator)).toBe(true);
    expect(await get('/health')).toMatchObject({ demo: false });
    expect((await get('/devices')).total.value).toBe(0);
  } finally {
    await app.close();
  }
  for (const table of [
    'product',
    'device_version',
    'device_identifier',
    'quality_problem',
    'product_tally',
    'search_term',
  ])
    expect([table, await count(table)]).toEqual([table, 0]);
  for (const table of ['import', 'import_file', 'import_part', 'record', 'record_subject', 'demo_record'])
    expect([table, await count(table)]).toEqual([table, 0]);
  expect(await demoState(db.store)).toEqual({ present: false, touched: true });
  expect(await loadDemoWhenNew(db.store)).toBeNull();
  expect(await removeDemo(db.store, localOperator)).toBe(false);
  const acts = await db.owner<{ act: string }[]>`select act from audit_entry where act like 'demo.%' order by no`;
  expect(acts.map((row) => row.act)).toEqual(['demo.load', 'demo.remove']);
}, 60_000);

it('never loads by itself beside other data, not even data that failed', async () => {
  await db.owner`insert into source values ('gudid', 2, 'x', 'x', 'x', null, 'x')`;
  await db.owner`insert into import (release_id, source, shelf, mode, release_name, released_on, content_hash, state, actor)
    values ('r', 'gudid', 2, 'update', 'r', '2026-01-01', 'x', 'failed', 'local')`;
  expect(await loadDemoWhenNew(db.store)).toBeNull();
  expect(await count('device_version')).toBe(0);
});

it('can be loaded again by hand after it was removed', async () => {
  await loadDemo(db.store, localOperator);
  await removeDemo(db.store, localOperator);
  expect(await loadDemo(db.store, localOperator)).toBe(480);
  expect(await count('record')).toBe(5);
  expect(await removeDemo(db.store, localOperator)).toBe(true);
}, 60_000);
