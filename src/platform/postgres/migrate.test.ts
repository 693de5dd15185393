import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { appliedMigrations, type Migration, migrate, pendingMigrations, readMigrations } from './migrate.ts';

const migration = (number: number, name: string, sql: string): Migration => ({
  number,
  name,
  sql,
  sha256: `hash of ${sql}`,
});

describe('migrations', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db?.drop());

  it('are all applied in a cloned database, and a second run finds nothing to do', async () => {
    const files = readMigrations();
    const applied = await appliedMigrations(db.owner);
    expect(applied.map(({ name, sha256 }) => ({ name, sha256 }))).toEqual(
      files.map(({ name, sha256 }) => ({ name, sha256 })),
    );
    expect(await migrate(db.owner)).toEqual([]);
  });

  it('run once when two migrators start together, and a failing one leaves nothing behind', async () => {
    const files = readMigrations();
    const next = files.length + 1;
    const good = migration(next, 'good.sql', 'create table good (n integer)');
    const both = await Promise.all([migrate(db.owner, [...files, good]), migrate(db.owner, [...files, good])]);
    expect(both.map((done) => done.length).sort()).toEqual([0, 1]);

    const bad = migration(next + 1, 'bad.sql', 'create table half (n integer); select 1 / 0;');
    await expect(migrate(db.owner, [...files, good, bad])).rejects.toMatchObject({ code: 'store.migration-failed' });
    expect(await db.owner`select to_regclass('half') as half`).toEqual([{ half: null }]);
    expect(await appliedMigrations(db.owner)).toHaveLength(next);

    const edited = migration(next, 'good.sql', 'create table good (n bigint)');
    await expect(migrate(db.owner, [...files, edited])).rejects.toMatchObject({ code: 'store.migration-edited' });
    await expect(migrate(db.owner, files)).rejects.toMatchObject({ code: 'store.newer-schema' });
  });
});

it('pending migrations follow the applied ones', () => {
  const files = [migration(1, 'a.sql', 'a'), migration(2, 'b.sql', 'b')];
  expect(pendingMigrations(files, [{ number: 1, name: 'a.sql', sha256: 'hash of a', appliedAt: '' }])).toEqual([
    files[1],
  ]);
});
