import { type Backup, backupBeforeUpgrade } from './backup.ts';
import type { Sql } from './connections.ts';
import { appliedMigrations, type Migration, migrate, pendingMigrations, readMigrations } from './migrate.ts';
import type { Store } from './store.ts';

export interface Upgrade {
  readonly applied: readonly Migration[];
  /** The copy made beforehand; null when the store was new, up to date, empty, or is a server of the operator's. */
  readonly backup: Backup | null;
}

/**
 * Brings the schema of an opened store up to date. An embedded store that holds rows is copied first. A server given
 * in DATABASE_URL is the operator's to back up.
 */
export async function upgradeStore(store: Store, files: readonly Migration[] = readMigrations()): Promise<Upgrade> {
  const sql = store.ownerSql();
  const pending = pendingMigrations(files, await appliedMigrations(sql));
  const first = pending[0];
  if (!first) return { applied: [], backup: null };
  const backup =
    store.kind === 'embedded' && (await holdsRows(sql)) ? await backupBeforeUpgrade(store.dataDir, first.name) : null;
  return { applied: await migrate(sql, files), backup };
}

/** True when any table of ours, the list of migrations apart, has a row. */
async function holdsRows(sql: Sql): Promise<boolean> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') and tablename <> 'schema_migration'`;
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ found: boolean }[]>(`select exists (select from ${name}) as found`);
    if (row?.found) return true;
  }
  return false;
}
