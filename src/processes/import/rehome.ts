import { versionOrder } from '../../domains/devices/index.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { BLOCK } from './load-part.ts';

const VERSION =
  'product_id, position_at, version_at, correction_at, part_no, position_length, record_no, version_no, correction_no, published_on, withdrawn_on, shelf, agency, content_hash, record_key, di_key, di, model, catalog_no, payload';
const IDENTIFIER =
  'quantity, shelf, level, agency, ordinal, di_key, di, contains_key, pack_level, status, discontinued_on';

/**
 * Copies versions as rows of another import that sighted them, so that they stay when the import that brought them
 * first is revoked. `moves` is a temporary table (old_id, import_id): one row a version. Bytes and position stay those
 * of the file they were read from (`read_with_import`); the legal day is the one the other release would have given.
 * Every other import that sighted the old row has sighted the new one too. Leaves the temporary table `rehomed` (id)
 * behind for `settleSightings`. Answers the number of copies.
 */
export async function rehomeVersions(tx: Queryable, shelf: number, moves: string): Promise<number> {
  const [count] = await tx.unsafe<{ n: number }[]>(`SELECT count(*) AS n FROM ${moves}`);
  const n = count?.n ?? 0;
  await tx.unsafe('DROP TABLE IF EXISTS rehomed');
  if (n === 0) return 0;
  const blocks = Math.ceil(n / BLOCK);
  await tx.unsafe(
    `CREATE TEMP TABLE rehomed ON COMMIT DROP AS
     WITH b AS MATERIALIZED (SELECT array_agg(nextval('version_block')) AS no FROM generate_series(1, ${blocks}))
     SELECT m.old_id, m.import_id, b.no[1 + (m.n / ${BLOCK})::int] * ${BLOCK} + m.n % ${BLOCK} AS id
     FROM (SELECT old_id, import_id, row_number() OVER (ORDER BY old_id) - 1 AS n FROM ${moves}) m, b`,
  );
  await tx.unsafe('CREATE UNIQUE INDEX ON rehomed (old_id)');
  await tx.unsafe('ANALYZE rehomed');
  // what the version states as its day; where it states none, the day of its release stood in
  await tx.unsafe(
    `INSERT INTO device_version (id, import_id, read_with_import, released_on, valid_from, alone, ${VERSION})
     SELECT r.id, r.import_id, coalesce(v.read_with_import, v.import_id), f.released_on,
       least(f.released_on, CASE WHEN v.valid_from < v.released_on THEN v.valid_from
         WHEN v.version_at > '-infinity' THEN v.version_at::date
         WHEN f.source = 'nmpa-udid' THEN NULL ELSE v.published_on END),
       false, ${columns('v', VERSION)}
     FROM rehomed r JOIN device_version v ON v.shelf = ${shelf} AND v.id = r.old_id JOIN import f ON f.id = r.import_id`,
  );
  await tx.unsafe(
    `UPDATE device_version v SET alone = false FROM rehomed r WHERE v.shelf = ${shelf} AND v.id = r.old_id AND v.alone`,
  );
  await tx.unsafe(
    `INSERT INTO device_identifier (version_id, import_id, ${IDENTIFIER})
     SELECT r.id, r.import_id, ${columns('i', IDENTIFIER)}
     FROM rehomed r JOIN device_identifier i ON i.shelf = ${shelf} AND i.version_id = r.old_id`,
  );
  await tx.unsafe(
    `INSERT INTO import_sighting (import_id, shelf, versions)
     SELECT s.import_id, ${shelf}, range_agg(int8range(r.id, r.id + 1))
     FROM (${sightings(shelf)}) s JOIN rehomed r ON r.old_id = s.version_id
     WHERE s.import_id <> r.import_id GROUP BY s.import_id, r.id / ${BLOCK}`,
  );
  return n;
}

/** Two contents under one number (or none) and the same times: then the day of the release tells which holds. */
export const SAME_NUMBER =
  '(n.version_no, n.correction_no, n.version_at, n.correction_at) = (v.version_no, v.correction_no, v.version_at, v.correction_at)';

/**
 * A sighting says that a stored version still held on the day of a later release. Where a new row `n` (ids in the
 * temporary table `rows`) stands between the version and that day under the same number, the version holds again from
 * the sighting on and gets a row of its own there; that row may in turn stand between others.
 */
export async function settleSightings(
  tx: Queryable,
  shelf: number,
  { visible, rows }: { readonly visible: readonly number[]; readonly rows: 'taken' | 'rehomed' },
): Promise<void> {
  await tx.unsafe(`CREATE TEMP TABLE fresh ON COMMIT DROP AS SELECT id FROM ${rows}`);
  for (;;) {
    await tx.unsafe(
      `CREATE TEMP TABLE again_held ON COMMIT DROP AS
       SELECT DISTINCT ON (v.id) v.id AS old_id, f.id AS import_id
       FROM import f CROSS JOIN fresh t
       JOIN device_version n ON n.shelf = ${shelf} AND n.id = t.id AND (n.released_on, n.import_id) < (f.released_on, f.id)
       JOIN device_version v ON v.shelf = ${shelf} AND v.record_key = n.record_key AND v.content_hash <> n.content_hash
         AND v.import_id = ANY($1) AND ${SAME_NUMBER} AND ${versionOrder('n')} > ${versionOrder('v')}
       JOIN import_sighting g ON g.shelf = ${shelf} AND g.import_id = f.id AND g.versions @> v.id
       WHERE f.id = ANY($1) AND f.shelf = ${shelf} AND f.released_on >= (
         SELECT min(x.released_on) FROM fresh t2 JOIN device_version x ON x.shelf = ${shelf} AND x.id = t2.id)
         AND NOT EXISTS (SELECT 1 FROM device_version o WHERE o.shelf = ${shelf} AND o.record_key = v.record_key
           AND o.content_hash = v.content_hash AND o.import_id = f.id)
       ORDER BY v.id, f.released_on, f.id`,
      [[...visible]],
    );
    const moved = await rehomeVersions(tx, shelf, 'again_held');
    await tx.unsafe('DROP TABLE again_held');
    await tx.unsafe('DROP TABLE fresh');
    if (moved === 0) return;
    await tx.unsafe('CREATE TEMP TABLE fresh ON COMMIT DROP AS SELECT id FROM rehomed');
  }
}

const columns = (alias: string, list: string): string =>
  list
    .split(', ')
    .map((column) => `${alias}.${column}`)
    .join(', ');

/** SQL of all sightings of a shelf, one row a version and import. */
export function sightings(shelf: number): string {
  return `SELECT g.import_id, v.id AS version_id FROM import_sighting g CROSS JOIN LATERAL unnest(g.versions) span
    JOIN device_version v ON v.shelf = ${shelf} AND v.id >= lower(span) AND v.id < upper(span) WHERE g.shelf = ${shelf}`;
}
