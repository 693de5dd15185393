import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { copyField, copyInto } from './copy.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await cloneDatabase();
});
afterAll(() => db?.drop());
beforeEach(async () => {
  await db.owner`drop table if exists goods`;
  await db.owner`create table goods (n integer primary key, name text check (name <> '坏'))`;
});

const bytes = (text: string) => Buffer.from(text);
const count = async () => (await db.owner<{ n: number }[]>`select count(*) as n from goods`)[0]?.n;

async function* lines(from: number, to: number, perChunk = 1000): AsyncGenerator<Buffer> {
  for (let n = from; n < to; n += perChunk) {
    let text = '';
    for (let i = n; i < Math.min(to, n + perChunk); i++) text += `${i}\t名称${i}\n`;
    yield bytes(text);
  }
}

it('takes rows in chunks cut anywhere and says how many', async () => {
  const awkward = 'tab\tline\nreturn\rback\\slash';
  const whole = bytes(`1\t${copyField(awkward)}\n2\t${copyField(null)}\n`);
  const rows = await db.owner.begin((tx) => copyInto(tx, 'goods (n, name)', [whole.subarray(0, 5), whole.subarray(5)]));
  expect(rows).toBe(2);
  expect(await db.owner`select n, name from goods order by n`).toEqual([
    { n: 1, name: awkward },
    { n: 2, name: null },
  ]);
});

it('takes nothing from an empty source', async () => {
  expect(await db.owner.begin((tx) => copyInto(tx, 'goods (n, name)', []))).toBe(0);
});

it('rejects when the table is not there', async () => {
  await expect(db.owner.begin((tx) => copyInto(tx, 'nowhere', [bytes('1\n')]))).rejects.toMatchObject({
    code: '42P01',
  });
});

it('rejects on a bad row in the middle, closes the source, and the connection goes on', async () => {
  const one = await db.owner.reserve();
  let closed = false;
  async function* source() {
    try {
      yield* lines(0, 5000);
      yield bytes('no number\tx\n');
      yield* lines(5000, 2_000_000);
    } finally {
      closed = true;
    }
  }
  try {
    await expect(copyInto(one, 'goods (n, name)', source())).rejects.toMatchObject({ code: '22P02' });
    expect(closed).toBe(true);
    expect(await one`select 1 as n`).toEqual([{ n: 1 }]);
    expect(await copyInto(one, 'goods (n, name)', lines(0, 3000))).toBe(3000);
  } finally {
    one.release();
  }
  expect(await count()).toBe(3000);
});

it.each([
  ['a check', '7\t坏\n', '23514'],
  ['a doubled key', '7\ta\n7\tb\n', '23505'],
  ['a line cut short', '7', '22P04'],
])('rejects when %s fails after the last byte', async (_, text, code) => {
  const attempt = db.owner.begin((tx) => copyInto(tx, 'goods (n, name)', [bytes(text)]));
  await expect(attempt).rejects.toMatchObject({ code });
  expect(await count()).toBe(0);
});

it('rejects when a deferred constraint fails at commit', async () => {
  await db.owner`alter table goods add column parent integer references goods deferrable initially deferred`;
  const attempt = db.owner.begin((tx) => copyInto(tx, 'goods (n, name, parent)', [bytes('1\ta\t99\n')]));
  await expect(attempt).rejects.toMatchObject({ code: '23503' });
});

it('aborts when the source fails, throws its error, and keeps no row', async () => {
  const one = await db.owner.reserve();
  async function* source() {
    yield* lines(0, 5000);
    throw new Error('disk gone');
  }
  try {
    await expect(copyInto(one, 'goods (n, name)', source())).rejects.toThrow('disk gone');
    expect(await one`select count(*) as n from goods`).toEqual([{ n: 0 }]);
    expect(await copyInto(one, 'goods (n, name)', lines(0, 10))).toBe(10);
  } finally {
    one.release();
  }
});

it('aborts when a stream is destroyed while the server waits for it', async () => {
  const stream = new Readable({ read: () => undefined });
  stream.push(bytes('1\ta\n'));
  const attempt = db.owner.begin((tx) => copyInto(tx, 'goods (n, name)', stream));
  await sleep(100);
  stream.destroy(new Error('cancelled'));
  await expect(attempt).rejects.toThrow('cancelled');
  expect(await count()).toBe(0);
});

it('rejects when the connection is cut in the middle', async () => {
  async function* source() {
    yield* lines(0, 5000);
    await db.owner`
      select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and query like 'copy goods%' and datname = current_database()`;
    await sleep(100);
    yield* lines(5000, 50_000);
  }
  await expect(db.owner.begin((tx) => copyInto(tx, 'goods (n, name)', source()))).rejects.toBeInstanceOf(Error);
  expect(await count()).toBe(0);
});

it('reads no faster than the server takes', async () => {
  let handedOut = 0;
  const chunk = bytes(`${'x'.repeat(65_535)}\n`);
  function* hundredMegabytes() {
    for (; handedOut < 1600; handedOut++) yield chunk;
  }
  // The first row waits for a lock in a trigger: a source without backpressure would run on.
  await db.owner.unsafe(`
    create table slow (name text);
    create function wait_for_turn() returns trigger language plpgsql as
      'begin perform pg_advisory_xact_lock(4711); return null; end';
    create trigger wait before insert on slow for each row execute function wait_for_turn();`);
  const holder = await db.owner.reserve();
  try {
    await holder`select pg_advisory_lock(4711)`;
    const attempt = db.owner.begin((tx) => copyInto(tx, 'slow (name)', hundredMegabytes()));
    await sleep(300);
    expect(handedOut).toBeGreaterThan(0);
    expect(handedOut).toBeLessThan(200);
    await holder`select pg_advisory_unlock(4711)`;
    await attempt;
    expect(handedOut).toBe(1600);
  } finally {
    holder.release();
  }
});
