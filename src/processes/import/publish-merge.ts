import { versionOrder } from '../../domains/devices/index.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { SAME_NUMBER, settleSightings } from './rehome.ts';
import { stageTable } from './staging.ts';

export interface MergeCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Older versions that arrived late: stored, but the device is as it was. Counted in `unchanged`. */
  readonly history: number;
}

export interface MergeInput {
  readonly importId: number;
  readonly shelf: number;
  readonly releasedOn: string;
  /** Imports that count at this moment. */
  readonly visible: readonly number[];
}

/**
 * Takes the staged rows into a shelf that is in use. Rows whose content is stored already are only sighted; the rest
 * become new versions. Runs in the publishing transaction, as one set operation a table. Leaves the temporary table
 * `taken` (id, record_key, product_id, known) behind for the steps that follow.
 */
export async function mergeStaged(
  tx: Queryable,
  { importId, shelf, releasedOn, visible }: MergeInput,
): Promise<MergeCounts> {
  const device = stageTable('device', importId);
  const seen = [...visible];
  await tx.unsafe(`ANALYZE ${device}`);
  await tx.unsafe(`CREATE TEMP TABLE again ON COMMIT DROP AS
    SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY record_key, content_hash ORDER BY part_no, record_no) AS n FROM ${device}) x WHERE n > 1`);
  const repeated = await tx.unsafe(`DELETE FROM ${device} d USING again a WHERE d.id = a.id`);
  // The same version again is only sighted: unless another content under the same number and times came in between (it
  // holds again from this day), or this release shows it valid from an earlier day than the one that brought it.
  await tx.unsafe(
    `CREATE TEMP TABLE same ON COMMIT DROP AS
     SELECT DISTINCT ON (s.id) s.id, v.id AS version_id FROM ${device} s
     JOIN device_version v ON v.shelf = ${shelf} AND v.record_key = s.record_key AND v.content_hash = s.content_hash AND v.import_id = ANY($1)
     WHERE v.valid_from <= $2::date AND (v.alone OR NOT EXISTS (
       SELECT 1 FROM device_version n WHERE n.shelf = ${shelf} AND n.record_key = v.record_key AND n.import_id = ANY($1)
         AND n.released_on <= $2::date AND n.content_hash <> v.content_hash AND ${SAME_NUMBER} AND ${versionOrder('n')} > ${versionOrder('v')}))
     ORDER BY s.id, v.id`,
    [seen, releasedOn],
  );
  await tx.unsafe('CREATE UNIQUE INDEX ON same (id)');
  await tx.unsafe('ANALYZE same');
  await tx.unsafe(
    `INSERT INTO import_sighting (import_id, shelf, versions)
     SELECT ${importId}, ${shelf}, range_agg(int8range(version_id, version_id + 1)) FROM same GROUP BY version_id / 65536`,
  );
  await tx.unsafe(
    `CREATE TEMP TABLE taken ON COMMIT DROP AS
     SELECT s.id, s.record_key, s.product_id,
       EXISTS (SELECT 1 FROM device_version v WHERE v.shelf = ${shelf} AND v.record_key = s.record_key AND v.import_id = ANY($1)) AS known,
       EXISTS (SELECT 1 FROM device_version v WHERE v.shelf = ${shelf} AND v.record_key = s.record_key) AS stored,
       EXISTS (SELECT 1 FROM device_version v WHERE v.shelf = ${shelf} AND v.record_key = s.record_key AND v.import_id = ANY($1)
         AND ${versionOrder('v')} > ${versionOrder('s')}) AS late
     FROM ${device} s WHERE NOT EXISTS (SELECT 1 FROM same WHERE same.id = s.id)`,
    [seen],
  );
  await tx.unsafe('CREATE UNIQUE INDEX ON taken (id)');
  await tx.unsafe('ANALYZE taken');
  const columns =
    'id, product_id, position_at, version_at, correction_at, import_id, part_no, position_length, record_no, version_no, correction_no, released_on, valid_from, published_on, withdrawn_on, shelf, agency, content_hash, record_key, di_key, di, model, catalog_no, payload';
  await tx.unsafe(
    `INSERT INTO product SELECT DISTINCT ON (p.id) p.* FROM ${stageTable('product', importId)} p
     WHERE p.id IN (SELECT product_id FROM taken) ORDER BY p.id ON CONFLICT (shelf, id) DO NOTHING`,
  );
  await tx.unsafe(
    `INSERT INTO device_version (${columns}, alone)
     SELECT ${columns
       .split(', ')
       .map((c) => `s.${c}`)
       .join(', ')}, NOT t.stored AND count(*) OVER (PARTITION BY s.record_key) = 1
     FROM ${device} s JOIN taken t ON t.id = s.id`,
  );
  await tx.unsafe(
    `UPDATE device_version v SET alone = false FROM taken t
     WHERE v.shelf = ${shelf} AND v.record_key = t.record_key AND v.alone AND (t.stored OR v.id <> t.id)`,
  );
  await tx.unsafe(
    `INSERT INTO device_identifier (version_id, import_id, quantity, shelf, level, agency, ordinal, di_key, di, contains_key, pack_level, status, discontinued_on)
     SELECT i.version_id, i.import_id, i.quantity, i.shelf, i.level, i.agency, i.ordinal, i.di_key, i.di, i.contains_key, i.pack_level, i.status, i.discontinued_on
     FROM ${stageTable('identifier', importId)} i JOIN taken t ON t.id = i.version_id`,
  );
  const [last] = await tx<
    { later: boolean }[]
  >`SELECT EXISTS (SELECT 1 FROM import WHERE id = ANY(${seen}) AND shelf = ${shelf} AND released_on > ${releasedOn}) AS later`;
  if (last?.later) await settleSightings(tx, shelf, { visible, rows: 'taken' });
  const [row] = await tx<{ inserted: number; rows: number; history: number; same: number }[]>`
    SELECT (SELECT count(DISTINCT record_key) FROM taken WHERE NOT known) AS inserted, (SELECT count(*) FROM taken) AS rows,
      (SELECT count(*) FROM taken WHERE late) AS history, (SELECT count(*) FROM same) AS same`;
  const { inserted, rows, history, same } = row ?? { inserted: 0, rows: 0, history: 0, same: 0 };
  return { inserted, updated: rows - inserted - history, unchanged: same + repeated.count + history, history };
}
