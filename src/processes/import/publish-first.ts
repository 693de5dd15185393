import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { noteConflicts } from './ledger.ts';
import { stageTable } from './staging.ts';

/** A partition of the register, and the table that shall take its place. */
interface Exchange {
  readonly parent: string;
  readonly current: string;
  readonly next: string;
}

/** Name of the partition of `parent` that holds a shelf. */
export async function partitionOf(sql: Queryable, parent: string, shelf: number): Promise<string> {
  const [row] = await sql<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ${parent}::regclass AND pg_get_expr(c.relpartbound, c.oid) = ${`FOR VALUES IN ('${shelf}')`}`;
  if (!row) throw new Error(`no partition of ${parent} for shelf ${shelf}`);
  return row.name;
}

/** True when nothing was ever stored on the shelf: the staged tables can then become its partitions as they are. */
export async function shelfIsEmpty(sql: Queryable, shelf: number): Promise<boolean> {
  const [row] = await sql<
    { used: boolean }[]
  >`SELECT EXISTS (SELECT 1 FROM device_version WHERE shelf = ${shelf}) AS used`;
  return !row?.used;
}

async function indexLike(sql: Queryable, { current, next }: Exchange): Promise<void> {
  const indexes = await sql<{ name: string; def: string }[]>`
    SELECT i.relname AS name, pg_get_indexdef(x.indexrelid) AS def
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = ${current}::regclass ORDER BY 1`;
  for (const { name, def } of indexes) {
    const [, unique = '', method = ''] = /^CREATE (UNIQUE )?INDEX \S+ ON (?:ONLY )?\S+ (USING .*)$/s.exec(def) ?? [];
    if (!method) throw new Error(`cannot read the definition of index ${name}`);
    // the part of the name behind the partition's own says what the index is for
    const purpose = name.startsWith(`${current}_`) ? name.slice(current.length + 1) : name;
    await sql.unsafe(`CREATE ${unique}INDEX IF NOT EXISTS ${`${next}_${purpose}`.slice(0, 63)} ON ${next} ${method}`);
  }
}

/** Memory for sorting and hashing whole releases; only one such session works at a time. */
export const ROOM = "SET LOCAL work_mem = '128MB'";

/** Counts of the first release of a shelf. */
export interface FirstCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}

/**
 * Prepares the staged tables of a first release to become partitions: repeated rows put together, indexes built once
 * over everything. `taken` = rows staged; `complete` false = rows of refused documents were taken back, and products
 * that only they had are left out. Every step may be repeated after a crash.
 */
export async function prepareFirst(
  sql: Sql,
  {
    importId,
    shelf,
    source,
    taken,
    complete,
  }: {
    readonly importId: number;
    readonly shelf: number;
    readonly source: string;
    readonly taken: number;
    readonly complete: boolean;
  },
  stage: (name: string) => Promise<void>,
): Promise<FirstCounts> {
  const device = stageTable('device', importId);
  const identifier = stageTable('identifier', importId);
  const product = `product_${shelf}_${importId}`;
  await stage('products');
  await sql.begin(async (tx) => {
    await tx.unsafe(ROOM);
    await tx.unsafe(`DROP TABLE IF EXISTS ${product}`);
    await tx.unsafe(
      `CREATE TABLE ${product} (LIKE product INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE, CHECK (shelf = ${shelf}))`,
    );
    // the workers meet the same products; one row of each is kept
    await tx.unsafe(`INSERT INTO ${product} SELECT s.* FROM ${stageTable('product', importId)} s
      JOIN (SELECT min(ctid) AS keep FROM ${stageTable('product', importId)} GROUP BY id) k ON s.ctid = k.keep
      ${complete ? '' : `WHERE s.id IN (SELECT product_id FROM ${device})`}`);
  });
  await indexLike(sql, { parent: 'product', current: await partitionOf(sql, 'product', shelf), next: product });
  await stage('repeated');
  const counts = await sql.begin(async (tx) => {
    // done before a crash: the rows are put together already, what was counted then is with the import
    const [done] = await tx<
      { prepared: FirstCounts | null }[]
    >`SELECT counts->'prepared' AS prepared FROM import WHERE id = ${importId}`;
    if (done?.prepared) return done.prepared;
    await tx.unsafe(ROOM);
    // keys are first compared by a hash of eight bytes; the few that meet are compared in full
    await tx.unsafe(`CREATE TEMP TABLE meeting ON COMMIT DROP AS
      SELECT hashtextextended(record_key, 0) AS h FROM ${device} GROUP BY 1 HAVING count(*) > 1`);
    await tx.unsafe('ANALYZE meeting');
    await tx.unsafe(`CREATE TEMP TABLE again ON COMMIT DROP AS
      SELECT d.id, d.record_key, d.import_id, d.version_no, d.correction_no, d.content_hash, d.part_no, d.record_no, d.position_at,
        row_number() OVER (PARTITION BY d.record_key, d.content_hash ORDER BY d.part_no, d.record_no) AS n,
        count(*) OVER (PARTITION BY d.record_key) AS rows
      FROM ${device} d JOIN meeting ON meeting.h = hashtextextended(d.record_key, 0)`);
    await tx.unsafe(`DELETE FROM ${identifier} i USING again a WHERE i.version_id = a.id AND a.n > 1`);
    const again = await tx.unsafe(`DELETE FROM ${device} d USING again a WHERE d.id = a.id AND a.n > 1`);
    await tx.unsafe(`UPDATE ${device} d SET alone = false FROM again a
      WHERE d.id = a.id AND a.n = 1 AND EXISTS (SELECT 1 FROM again b WHERE b.record_key = a.record_key AND b.n = 1 AND b.id <> a.id)`);
    await noteConflicts(tx, { importId, shelf, source, visible: [] }, 'again');
    const [row] = await tx<{ further: number }[]>`
      SELECT coalesce(sum(versions - 1), 0) AS further
      FROM (SELECT count(*) AS versions FROM again WHERE n = 1 GROUP BY record_key) x`;
    const updated = Number(row?.further ?? 0);
    const prepared: FirstCounts = { inserted: taken - again.count - updated, updated, unchanged: again.count };
    await tx`UPDATE import SET counts = ${tx.json({ prepared } as never)} WHERE id = ${importId}`;
    return prepared;
  });
  await stage('indexes');
  for (const [parent, next] of [
    ['device_version', device],
    ['device_identifier', identifier],
  ] as const) {
    await indexLike(sql, { parent, current: await partitionOf(sql, parent, shelf), next });
    await sql.unsafe(`ANALYZE ${next}`);
  }
  await sql.unsafe(`ANALYZE ${product}`);
  return counts;
}

/** Puts the prepared tables in the place of the empty partitions; one step of the publishing transaction. */
export async function exchangePartitions(tx: Queryable, importId: number, shelf: number): Promise<void> {
  const exchanges: [string, string][] = [
    ['product', `product_${shelf}_${importId}`],
    ['device_version', stageTable('device', importId)],
    ['device_identifier', stageTable('identifier', importId)],
  ];
  for (const [parent, next] of exchanges) {
    const current = await partitionOf(tx, parent, shelf);
    await tx.unsafe(`ALTER TABLE ${parent} DETACH PARTITION ${current}`);
    await tx.unsafe(`DROP TABLE ${current}`);
    await tx.unsafe(`ALTER TABLE ${next} RESET (autovacuum_enabled)`);
    await tx.unsafe(`ALTER TABLE ${parent} ATTACH PARTITION ${next} FOR VALUES IN (${shelf})`);
    if (next !== `${parent}_${shelf}_${importId}`)
      await tx.unsafe(`ALTER TABLE ${next} RENAME TO ${parent}_${shelf}_${importId}`);
  }
  await tx.unsafe(`DROP TABLE IF EXISTS ${stageTable('product', importId)}`);
}
