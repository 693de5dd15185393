import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrationsFolder } from '../src/platform/postgres/migrate.ts';
import { schemaSnapshot } from '../src/platform/postgres/schema-snapshot.ts';
import { cloneDatabase, type TestDatabase } from './support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await cloneDatabase();
});
afterAll(() => db?.drop());

it('migrations/schema.sql shows the schema the migrations make (npx tsx src/platform/postgres/schema-snapshot.ts)', async () => {
  expect(await schemaSnapshot(db.owner)).toBe(readFileSync(join(migrationsFolder(), 'schema.sql'), 'utf8'));
});

it('every table says what it is for', async () => {
  const silent = await db.owner<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and obj_description(c.oid, 'pg_class') is null`;
  expect(silent).toEqual([]);
});
