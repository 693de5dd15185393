import { AppError } from '../../kernel/app-error.ts';
import { connect, type Queryable, type Sql } from './connections.ts';
import type { Secrets } from './data-folder.ts';
import type { Postmaster } from './embedded-server.ts';

export const DATABASE = 'xiedang';
export const OWNER_ROLE = 'xiedang_owner';
export const APP_ROLE = 'xiedang_app';

/**
 * Makes what the embedded server needs before the first migration and is missing: the owner and application
 * users, the database, pg_trgm. Safe to repeat; run by whoever starts the server.
 */
export async function setUpDatabase(postmaster: Postmaster, secrets: Secrets): Promise<void> {
  const superuser = { host: postmaster.host, port: postmaster.port, user: 'postgres', password: secrets.superuser };
  const admin = connect({ ...superuser, database: 'postgres' }, { max: 1, applicationName: 'xiedang-setup' });
  try {
    await ensureRolesAndDatabase(admin, secrets);
  } finally {
    await admin.end();
  }
  const sql = connect({ ...superuser, database: DATABASE }, { max: 1, applicationName: 'xiedang-setup' });
  try {
    await sql`create extension if not exists pg_trgm`;
    await checkTrigrams(sql);
  } finally {
    await sql.end();
  }
}

async function ensureRolesAndDatabase(admin: Sql, secrets: Secrets): Promise<void> {
  const roles = new Set(
    (await admin<{ name: string }[]>`select rolname as name from pg_roles`).map(({ name }) => name),
  );
  // Passwords are our own base64url text; identifiers are constants: nothing here comes from outside.
  if (!roles.has(OWNER_ROLE)) await admin.unsafe(`create role ${OWNER_ROLE} login password '${secrets.owner}'`);
  if (!roles.has(APP_ROLE)) await admin.unsafe(`create role ${APP_ROLE} login password '${secrets.app}'`);
  await admin.unsafe(`grant ${APP_ROLE} to ${OWNER_ROLE}`);
  const [database] = await admin`select 1 from pg_database where datname = ${DATABASE}`;
  if (!database) await admin.unsafe(`create database ${DATABASE} owner ${OWNER_ROLE}`);
}

/**
 * Throws `store.no-chinese-trigrams` when pg_trgm finds nothing in Chinese text: its indexes would be built
 * without an error and stay empty. That is so in databases whose character classification (lc_ctype) is C.
 */
export async function checkTrigrams(sql: Queryable): Promise<void> {
  const [row] = await sql<{ trigrams: string[]; ctype: string }[]>`
    select show_trgm('中文') as trigrams, datctype as ctype from pg_database where datname = current_database()`;
  if (row?.trigrams.length) return;
  throw new AppError(
    'store.no-chinese-trigrams',
    `this database cannot index Chinese text: its lc_ctype is ${row?.ctype}. Create it with lc_ctype C.UTF-8: CREATE DATABASE xiedang TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`,
    { ctype: row?.ctype },
  );
}
