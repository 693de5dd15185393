import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { connect, type Queryable, type Sql } from './connections.ts';

let db: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  db = await cloneDatabase();
  await db.owner`create table entry (n integer)`;
  // One connection: what comes after must come over the same one, made anew.
  sql = connect(db.store.owner, { max: 1 });
});
afterAll(async () => {
  await sql?.end({ timeout: 2 });
  await db?.drop();
});

// An uncaught exception anywhere in this file fails the run: that is what these tests are about.

async function endConnectionOf(one: Queryable): Promise<void> {
  const [row] = await one<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await db.owner`select pg_terminate_backend(${row?.pid ?? 0})`;
}

/** The first statement after a loss may still be told of it; then all is well. */
async function works(): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return (await sql<{ n: number }[]>`select 1 as n`)[0]?.n === 1;
    } catch {
      // Told of the loss.
    }
  }
  return false;
}

it.each([0, 5, 100])(
  'a transaction that loses its connection and asks again after %i ms is rejected',
  async (pause) => {
    const attempt = sql.begin(async (tx) => {
      await tx`insert into entry values (1)`;
      await endConnectionOf(tx);
      if (pause) await sleep(pause);
      await tx`insert into entry values (2)`;
    });
    await expect(attempt).rejects.toBeInstanceOf(Error);
    expect(await works()).toBe(true);
    expect(await db.owner`select n from entry`).toEqual([]);
  },
);

it('a transaction that loses its connection during a statement is rejected', async () => {
  const attempt = sql.begin(async (tx) => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    setTimeout(() => void db.owner`select pg_terminate_backend(${row?.pid ?? 0})`.execute(), 50);
    await tx.savepoint((inner) => inner`select pg_sleep(5)`);
  });
  await expect(attempt).rejects.toBeInstanceOf(Error);
  expect(await works()).toBe(true);
});

it('the rest of a lost transaction never runs on the connection made anew', async () => {
  let late: Promise<unknown> | undefined;
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const attempt = sql.begin(async (tx) => {
    await endConnectionOf(tx);
    await gate;
    late = Promise.resolve(tx`insert into entry values (3)`.execute());
    await late;
  });
  await expect(attempt).rejects.toBeInstanceOf(Error);
  expect(await works()).toBe(true);
  goOn();
  await sleep(20);
  await expect(late).rejects.toBeInstanceOf(Error);
  expect(await db.owner`select n from entry`).toEqual([]);
});

it('a reserved connection that was lost rejects', async () => {
  const one = await sql.reserve();
  await endConnectionOf(one);
  await sleep(20);
  await expect(one`select 1`.execute()).rejects.toBeInstanceOf(Error);
  one.release();
  expect(await works()).toBe(true);
});
