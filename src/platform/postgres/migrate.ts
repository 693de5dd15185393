import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../kernel/app-error.ts';
import type { ReservedSql, Sql } from './connections.ts';

/** One file `0001_what_it_does.sql`. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly sql: string;
}

/** A row of `schema_migration`. */
export interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly appliedAt: string;
}

const FILE_NAME = /^(\d{4})_([a-z0-9_]+)\.sql$/;
/** Any number of our own will do; it keeps two migrators apart. */
const LOCK_KEY = 7_139_230_174;

/** The `migrations` folder of this installation, whether run from `src` or from `dist`. */
export function migrationsFolder(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    const candidate = join(at, 'migrations');
    if (existsSync(join(at, 'package.json')) && existsSync(candidate)) return candidate;
    if (dirname(at) === at)
      throw new AppError('store.no-migrations', 'the migrations folder of this installation is missing');
  }
}

/** Reads the migrations in order. Throws `store.bad-migration-file` on a gap, a doubled number or a strange name. */
export function readMigrations(folder: string = migrationsFolder()): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql') && name !== 'schema.sql')
    .sort();
  return names.map((name, index) => {
    const match = FILE_NAME.exec(name);
    if (!match || Number(match[1]) !== index + 1) {
      throw new AppError(
        'store.bad-migration-file',
        `${name}: expected ${String(index + 1).padStart(4, '0')}_lower_case_name.sql`,
        { file: name },
      );
    }
    const sql = readFileSync(join(folder, name), 'utf8');
    return { number: index + 1, name, sha256: createHash('sha256').update(sql).digest('hex'), sql };
  });
}

/** What has been applied, oldest first; empty for a new database. */
export async function appliedMigrations(sql: Sql | ReservedSql): Promise<AppliedMigration[]> {
  const [table] = await sql<{ exists: boolean }[]>`select to_regclass('schema_migration') is not null as exists`;
  if (!table?.exists) return [];
  return sql<AppliedMigration[]>`
    select number, name, sha256, applied_at as "appliedAt" from schema_migration order by number`;
}

/**
 * The migrations still to be applied. Throws `store.migration-edited` when an applied file has changed since, and
 * `store.newer-schema` when the database knows migrations this program does not.
 */
export function pendingMigrations(files: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  for (const done of applied) {
    const file = files[done.number - 1];
    if (!file) {
      throw new AppError(
        'store.newer-schema',
        `the database was migrated by a newer release (${done.name}); use that release or restore the backup made before the upgrade`,
        { migration: done.name },
      );
    }
    if (file.sha256 !== done.sha256) {
      throw new AppError(
        'store.migration-edited',
        `${file.name} was changed after it was applied on ${done.appliedAt}; migrations are forward only, write a new one`,
        { migration: file.name, applied: done.sha256, found: file.sha256 },
      );
    }
  }
  return files.slice(applied.length);
}

/**
 * Brings the schema up to date and answers the migrations applied now. Each runs in its own transaction with its
 * row in `schema_migration`; an advisory lock makes a second migrator wait and then find nothing to do.
 * `sql` is the owner's pool. Throws `store.migration-failed` naming the file; earlier ones stay applied.
 */
export async function migrate(sql: Sql, files: readonly Migration[] = readMigrations()): Promise<Migration[]> {
  const connection = await sql.reserve();
  try {
    await connection`select pg_advisory_lock(${LOCK_KEY})`;
    try {
      const pending = pendingMigrations(files, await appliedMigrations(connection));
      for (const migration of pending) await apply(connection, migration);
      return pending;
    } finally {
      await connection`select pg_advisory_unlock(${LOCK_KEY})`;
    }
  } finally {
    connection.release();
  }
}

const CREATE_TABLE = `
  create table if not exists schema_migration (
    number integer primary key,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now()
  );
  comment on table schema_migration is 'Migrations applied to this database, with the hash of the file as it was.';`;

async function apply(connection: ReservedSql, migration: Migration): Promise<void> {
  await connection`begin`;
  try {
    if (migration.number === 1) await connection.unsafe(CREATE_TABLE).simple();
    await connection.unsafe(migration.sql).simple();
    await connection`
      insert into schema_migration (number, name, sha256)
      values (${migration.number}, ${migration.name}, ${migration.sha256})`;
    await connection`commit`;
  } catch (cause) {
    await connection`rollback`;
    throw new AppError(
      'store.migration-failed',
      `${migration.name}: ${(cause as Error).message}`,
      { migration: migration.name },
      cause,
    );
  }
}
