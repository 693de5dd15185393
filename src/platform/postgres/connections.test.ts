import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../test/support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await cloneDatabase();
});
afterAll(() => db?.drop());

it('gives days, instants and long integers in the shapes the domain uses', async () => {
  const [row] = await db.app`
    select date '2024-02-29' as day, 9007199254740991::int8 as safe, 9007199254740993::int8 as long,
      timestamptz '2026-03-01 16:00:00.123456+08' as instant, array[date '2024-02-29'] as days,
      array[1::int8] as longs, 1.10::numeric as price, null::date as nothing`;
  expect(row).toEqual({
    day: '2024-02-29',
    safe: 9007199254740991,
    long: '9007199254740993',
    instant: '2026-03-01T08:00:00.123456Z',
    days: ['2024-02-29'],
    longs: [1],
    price: '1.10',
    nothing: null,
  });
});

it('takes them back without losing a microsecond', async () => {
  const instant = '2026-03-01T08:00:00.123456Z';
  const [row] = await db.app`
    select ${instant}::timestamptz as instant, ${'2024-02-29'}::date as day, ${new Date('2026-03-01T08:00:00Z')}::timestamptz as date,
      ${'9007199254740993'}::int8 as long, ${['2024-02-29']}::date[] as days`;
  expect(row).toEqual({
    instant,
    day: '2024-02-29',
    date: '2026-03-01T08:00:00Z',
    long: '9007199254740993',
    days: ['2024-02-29'],
  });
});

it('the application role has no DDL and may not take the owner on', async () => {
  expect(await db.app`select current_user as name`).toEqual([{ name: 'xiedang_app' }]);
  await expect(db.app`create table mine (n integer)`).rejects.toMatchObject({ code: '42501' });
  await expect(db.app`insert into schema_migration values (99, 'x', 'y')`).rejects.toMatchObject({ code: '42501' });
});
