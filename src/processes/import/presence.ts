import type { Queryable } from '../../platform/postgres/connections.ts';
import { stageTable } from './staging.ts';

export interface PresenceInput {
  readonly importId: number;
  readonly shelf: number;
  readonly releasedOn: string;
  readonly mode: 'full' | 'update';
  /** False when documents of the release could not be taken: what it lacks may stand in them. */
  readonly complete: boolean;
  readonly visible: readonly number[];
}

/** SQL: releases that hold a record, as (record_key, import_id). `keys` is a table with record_key. */
function holders(shelf: number, keys: string): string {
  return `SELECT v.record_key, v.import_id FROM ${keys} k JOIN device_version v ON v.shelf = ${shelf} AND v.record_key = k.record_key
    UNION SELECT v.record_key, g.import_id FROM ${keys} k JOIN device_version v ON v.shelf = ${shelf} AND v.record_key = k.record_key
      JOIN import_sighting g ON g.shelf = ${shelf} AND g.versions @> v.id`;
}

/**
 * Notes which records a full release no longer holds, and where such records were seen again, in whatever order the
 * releases come; of two releases of one day the one taken in later is the later. Two facts are kept. Absence: a full
 * release lacks a record that an earlier release held; it counts while both are visible. Presence: a release holds a record. The latest fact on
 * or before a legal day tells. Records that were refused are not absent. Runs after the merge, in the same
 * transaction. Answers the number of records newly found absent.
 */
export async function notePresence(
  tx: Queryable,
  { importId, shelf, releasedOn, mode, complete, visible }: PresenceInput,
): Promise<number> {
  const device = stageTable('device', importId);
  const seen = [...visible];
  // seen here, though some full release lacked it
  await tx.unsafe(
    `INSERT INTO device_presence (shelf, record_key, on_date, present, import_id)
     SELECT DISTINCT ${shelf}, s.record_key, $2::date, true, ${importId} FROM ${device} s
     WHERE EXISTS (SELECT 1 FROM device_presence p WHERE p.shelf = ${shelf} AND p.record_key = s.record_key AND NOT p.present AND p.import_id = ANY($1))`,
    [seen, releasedOn],
  );
  await tx.unsafe(
    'CREATE TEMP TABLE absent (record_key text NOT NULL, on_date date NOT NULL, import_id int NOT NULL, held_by int NOT NULL) ON COMMIT DROP',
  );
  const later = await tx<{ id: number; day: string }[]>`
    SELECT id, released_on AS day FROM import
    WHERE id = ANY(${seen}) AND shelf = ${shelf} AND mode = 'full' AND complete AND released_on > ${releasedOn}`;
  if (later.length) {
    // held here, though a full release of a later day is known already and lacked it
    await tx.unsafe(`CREATE TEMP TABLE held ON COMMIT DROP AS SELECT DISTINCT record_key FROM ${device}`);
    await tx.unsafe('ANALYZE held');
    await tx.unsafe(
      `CREATE TEMP TABLE holder ON COMMIT DROP AS
       SELECT h.record_key, h.import_id, f.released_on FROM (${holders(shelf, 'held')}) h JOIN import f ON f.id = h.import_id AND f.id = ANY($1)`,
      [seen],
    );
    await tx.unsafe('CREATE INDEX ON holder (record_key)');
    for (const { id, day } of later) {
      await tx.unsafe(
        `INSERT INTO absent SELECT k.record_key, $1::date, ${id}, ${importId} FROM held k
         WHERE NOT EXISTS (SELECT 1 FROM holder h WHERE h.record_key = k.record_key AND (h.import_id = ${id} OR (h.released_on = $1::date AND h.import_id > ${id})))
           AND NOT EXISTS (SELECT 1 FROM quality_problem q WHERE q.import_id = ${id} AND q.severity = 'rejected' AND q.record_key = k.record_key)
           AND NOT EXISTS (SELECT 1 FROM device_presence p WHERE p.shelf = ${shelf} AND p.record_key = k.record_key AND NOT p.present
             AND p.import_id = ${id} AND p.held_by = ANY($2))`,
        [day, seen],
      );
    }
  }
  if (mode === 'full' && complete) {
    // held by a release of an earlier day, or of this day and taken in before, but not by this full one
    await tx.unsafe(
      `CREATE TEMP TABLE lacking ON COMMIT DROP AS
       SELECT DISTINCT v.record_key FROM device_version v
       WHERE v.shelf = ${shelf} AND v.import_id = ANY($1)
         AND NOT EXISTS (SELECT 1 FROM ${device} s WHERE s.record_key = v.record_key)
         AND NOT EXISTS (SELECT 1 FROM ${stageTable('problem', importId)} q WHERE q.severity = 'rejected' AND q.record_key = v.record_key)`,
      [seen],
    );
    await tx.unsafe('ANALYZE lacking');
    await tx.unsafe(
      `INSERT INTO absent
       SELECT record_key, $2::date, ${importId}, (array_agg(import_id ORDER BY published_at) FILTER (WHERE released_on <= $2::date))[1]
       FROM (SELECT h.record_key, h.import_id, f.released_on, f.published_at
         FROM (${holders(shelf, 'lacking')}) h JOIN import f ON f.id = h.import_id AND f.id = ANY($1)) held
       GROUP BY record_key HAVING bool_or(released_on <= $2::date)`,
      [seen, releasedOn],
    );
  }
  await tx.unsafe('ANALYZE absent');
  const [row] = await tx.unsafe<{ gone: number }[]>(
    `SELECT count(*) AS gone FROM absent a WHERE a.import_id = ${importId} AND NOT EXISTS (
       SELECT 1 FROM (SELECT p.present FROM device_presence p
         WHERE p.shelf = ${shelf} AND p.record_key = a.record_key AND p.on_date <= a.on_date AND p.import_id <> a.import_id AND p.import_id = ANY($1)
           AND (p.held_by IS NULL OR p.held_by = ANY($1)) ORDER BY p.on_date DESC, p.import_id DESC LIMIT 1) last
       WHERE NOT last.present)`,
    [seen],
  );
  await tx.unsafe(
    `INSERT INTO device_presence (shelf, record_key, on_date, present, import_id, held_by)
     SELECT ${shelf}, record_key, on_date, false, import_id, held_by FROM absent`,
  );
  // releases of a later day that were taken in before and hold what is absent
  await tx.unsafe(
    `INSERT INTO device_presence (shelf, record_key, on_date, present, import_id)
     SELECT DISTINCT ${shelf}, a.record_key, f.released_on, true, f.id
     FROM absent a JOIN (${holders(shelf, '(SELECT DISTINCT record_key FROM absent)')}) h ON h.record_key = a.record_key
     JOIN import f ON f.id = h.import_id AND f.id = ANY($1) AND f.released_on > a.on_date
     WHERE NOT EXISTS (SELECT 1 FROM device_presence p WHERE p.shelf = ${shelf} AND p.record_key = a.record_key AND p.present
       AND p.on_date = f.released_on AND p.import_id = f.id)`,
    [seen],
  );
  return row?.gone ?? 0;
}

/**
 * Absences rest on an earlier release that held the record. Where that one is revoked, another one that held it
 * earlier takes its place. `revoked` still counts as visible here no more.
 */
export async function restPresence(
  tx: Queryable,
  {
    shelf,
    revoked,
    visible,
  }: { readonly shelf: number; readonly revoked: number; readonly visible: readonly number[] },
): Promise<void> {
  await tx.unsafe(
    `CREATE TEMP TABLE unsupported ON COMMIT DROP AS
     SELECT DISTINCT record_key, on_date, import_id FROM device_presence
     WHERE shelf = ${shelf} AND NOT present AND held_by = ${revoked} AND import_id = ANY($1)`,
    [[...visible]],
  );
  await tx.unsafe('ANALYZE unsupported');
  await tx.unsafe(
    `INSERT INTO device_presence (shelf, record_key, on_date, present, import_id, held_by)
     SELECT DISTINCT ON (u.record_key, u.import_id) ${shelf}, u.record_key, u.on_date, false, u.import_id, f.id
     FROM unsupported u JOIN (${holders(shelf, '(SELECT DISTINCT record_key FROM unsupported)')}) h ON h.record_key = u.record_key
     JOIN import f ON f.id = h.import_id AND f.id = ANY($1) AND (f.released_on, f.id) < (u.on_date, u.import_id)
     ORDER BY u.record_key, u.import_id, f.published_at`,
    [[...visible]],
  );
}
