import type { Queryable } from '../../platform/postgres/connections.ts';
import { stageTable } from './staging.ts';

export interface PresenceInput {
  readonly importId: number;
  readonly shelf: number;
  readonly releasedOn: string;
  readonly mode: 'full' | 'update';
  readonly visible: readonly number[];
}

/**
 * Notes which records a full release no longer holds, and where such records were seen again, in whatever order the
 * releases come. A record is absent on the day of a full release when a release of an earlier day held it and this one
 * does not; it is present again from the day of the next release that holds it. Runs after the merge, in the same
 * transaction, with `taken` still there. Answers the number of records newly found absent.
 */
export async function notePresence(
  tx: Queryable,
  { importId, shelf, releasedOn, mode, visible }: PresenceInput,
): Promise<number> {
  const device = stageTable('device', importId);
  const seen = [...visible];
  // 1. seen here, though some full release lacked it
  await tx.unsafe(
    `INSERT INTO device_presence (shelf, record_key, on_date, present, import_id)
     SELECT DISTINCT ${shelf}, s.record_key, $2::date, true, ${importId} FROM ${device} s
     WHERE EXISTS (SELECT 1 FROM device_presence p WHERE p.shelf = ${shelf} AND p.record_key = s.record_key AND NOT p.present AND p.import_id = ANY($1))`,
    [seen, releasedOn],
  );
  // 2. new here, though a full release of a later day is known already and lacked it
  await tx.unsafe(
    `INSERT INTO device_presence (shelf, record_key, on_date, present, import_id)
     SELECT DISTINCT ${shelf}, t.record_key, f.released_on, false, ${importId}
     FROM taken t JOIN import f ON f.id = ANY($1) AND f.shelf = ${shelf} AND f.mode = 'full' AND f.released_on > $2::date
     WHERE NOT t.known`,
    [seen, releasedOn],
  );
  if (mode !== 'full') return 0;
  // 3. held by a release of an earlier day, not by this full one
  await tx.unsafe(
    `CREATE TEMP TABLE absent ON COMMIT DROP AS
     SELECT DISTINCT v.record_key FROM device_version v
     WHERE v.shelf = ${shelf} AND v.import_id = ANY($1)
       AND NOT EXISTS (SELECT 1 FROM ${device} s WHERE s.record_key = v.record_key)
       AND (v.released_on < $2::date OR EXISTS (
         SELECT 1 FROM import_sighting g JOIN import f ON f.id = g.import_id
         WHERE f.id = ANY($1) AND f.released_on < $2::date AND g.versions @> v.id))`,
    [seen, releasedOn],
  );
  await tx.unsafe('ANALYZE absent');
  const noted = await tx.unsafe(
    `INSERT INTO device_presence (shelf, record_key, on_date, present, import_id)
     SELECT ${shelf}, record_key, $1::date, false, ${importId} FROM absent`,
    [releasedOn],
  );
  // 4. releases of a later day that were taken in before and hold what is absent here
  await tx.unsafe(
    `INSERT INTO device_presence (shelf, record_key, on_date, present, import_id)
     SELECT DISTINCT ${shelf}, a.record_key, f.released_on, true, ${importId}
     FROM absent a
     JOIN device_version v ON v.shelf = ${shelf} AND v.record_key = a.record_key
     JOIN import f ON f.id = ANY($1) AND f.released_on > $2::date AND f.shelf = ${shelf}
     WHERE v.import_id = f.id
        OR EXISTS (SELECT 1 FROM import_sighting g WHERE g.import_id = f.id AND g.versions @> v.id)`,
    [seen, releasedOn],
  );
  const [row] = await tx<{ gone: number }[]>`
    SELECT count(*) AS gone FROM absent a WHERE NOT EXISTS (
      SELECT 1 FROM device_presence p WHERE p.shelf = ${shelf} AND p.record_key = a.record_key AND NOT p.present
        AND p.on_date < ${releasedOn} AND p.import_id = ANY(${seen}))`;
  return row?.gone ?? noted.count;
}
