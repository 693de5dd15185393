import { liveVersion } from '../../domains/devices/index.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { stageTable } from './staging.ts';

export interface LedgerInput {
  readonly importId: number;
  readonly shelf: number;
  readonly source: string;
  readonly mode: 'full' | 'update';
  readonly visible: readonly number[];
}

/** A reason shows at most this many of the devices concerned; the ledger's rows lead to all. */
const SHOWN = 10;

/**
 * Identifiers that more than one device uses, among the records of this release: one entry an identifier. `device` and
 * `identifier` are the tables to look in (the staged ones of a first release, else the register).
 */
export async function noteSharedIdentifiers(tx: Queryable, input: LedgerInput, first: boolean): Promise<void> {
  const { importId, shelf } = input;
  const device = first ? stageTable('device', importId) : 'device_version';
  const identifier = first ? stageTable('identifier', importId) : 'device_identifier';
  const seen = [...input.visible, importId];
  // what a device carried in an earlier version it uses no more
  const used = first ? 'v.import_id = ANY($1)' : liveVersion('v', '$1', `'infinity'::date`);
  // candidates: identifiers that occur twice at all; only these few are looked at closely
  const from = first
    ? `SELECT DISTINCT di_key FROM ${device} WHERE hashtextextended(di_key, 0) IN (SELECT h FROM meeting_di)
       UNION SELECT di_key FROM ${identifier} WHERE di_key <> '' AND hashtextextended(di_key, 0) IN (SELECT h FROM meeting_di)`
    : `SELECT di_key FROM ${stageTable('device', importId)} UNION SELECT di_key FROM ${stageTable('identifier', importId)} WHERE di_key <> ''`;
  if (first) {
    // compared by a hash of eight bytes first: a tenth of the memory, and what meets is compared in full below
    await tx.unsafe(`CREATE TEMP TABLE meeting_di ON COMMIT DROP AS SELECT h FROM (
        SELECT hashtextextended(di_key, 0) AS h FROM ${device}
        UNION ALL SELECT hashtextextended(di_key, 0) FROM ${identifier} WHERE di_key <> ''
      ) x GROUP BY h HAVING count(*) > 1`);
    await tx.unsafe('ANALYZE meeting_di');
  }
  await tx.unsafe(`CREATE TEMP TABLE candidate ON COMMIT DROP AS ${from}`);
  await tx.unsafe('ANALYZE candidate');
  // the place of a record is where it stands in this release: an unchanged one keeps the place of an earlier release
  const places = first
    ? ''
    : `LEFT JOIN (SELECT DISTINCT ON (record_key) record_key, part_no, position_at, record_no
         FROM ${stageTable('device', importId)} ORDER BY record_key, part_no, record_no) here ON here.record_key = v.record_key`;
  const place = first ? 'v.part_no, v.position_at, v.record_no' : 'here.part_no, here.position_at, here.record_no';
  // one entry names one record and its own place
  const foremost = (column: string) => `(array_agg(${column} ORDER BY part_no NULLS LAST, record_no))[1]`;
  await tx.unsafe(
    `INSERT INTO quality_problem (import_id, shelf, part_no, position_at, record_no, severity, code, record_key, field, value, reason)
     SELECT ${importId}, ${shelf}, coalesce(${foremost('part_no')}, 0), coalesce(${foremost('position_at')}, 0),
       coalesce(${foremost('record_no')}, 0), 'problem', 'identifier.shared', ${foremost('record_key')}, NULL, di_key,
       count(DISTINCT record_key) || ' devices: ' || array_to_string((array_agg(DISTINCT record_key))[1:${SHOWN}], ', ')
     FROM (
       SELECT c.di_key, v.record_key, ${place}
       FROM candidate c JOIN ${device} v ON v.di_key = c.di_key AND v.shelf = ${shelf} AND ${used} ${places}
       UNION ALL
       SELECT c.di_key, v.record_key, ${place}
       FROM candidate c JOIN ${identifier} i ON i.di_key = c.di_key AND i.shelf = ${shelf}
       JOIN ${device} v ON v.id = i.version_id AND v.shelf = ${shelf} AND ${used} ${places}
     ) u GROUP BY di_key HAVING count(DISTINCT record_key) > 1`,
    [seen],
  );
}

/**
 * Records that come with a number of version and correction that is stored or read already, but with another content:
 * one entry for each further content. Only where the source numbers the versions. Runs after the merge, with `taken`
 * still there; for a first release while it is prepared, among the rows of `again` (columns of device_version, those
 * with n = 1), and into the staged ledger.
 */
export async function noteConflicts(
  tx: Queryable,
  input: Pick<LedgerInput, 'importId' | 'shelf' | 'source' | 'visible'>,
  among: 'taken' | 'again',
): Promise<void> {
  if (input.source !== 'nmpa-udid') return;
  const { importId, shelf } = input;
  const first = among === 'again';
  const rows = first
    ? 'again v WHERE v.n = 1'
    : `taken t JOIN device_version v ON v.shelf = ${shelf} AND v.id = t.id WHERE true`;
  const others = first ? 'again o WHERE o.n = 1' : `device_version o WHERE o.shelf = ${shelf}`;
  const earlier = '(o.part_no, o.record_no) < (v.part_no, v.record_no)';
  await tx.unsafe(
    `INSERT INTO ${first ? stageTable('problem', importId) : 'quality_problem'}
       (import_id, shelf, part_no, position_at, record_no, severity, code, record_key, field, value, reason)
     SELECT ${importId}, ${shelf}, v.part_no, v.position_at, v.record_no, 'problem', 'record.conflict', v.record_key, 'versionNumber',
       v.version_no || '.' || v.correction_no, other.place
     FROM (SELECT v.* FROM ${rows} AND v.version_no > 0) v CROSS JOIN LATERAL (
       SELECT (SELECT release_id FROM import WHERE id = o.import_id) || ', part ' || o.part_no || ', record ' || o.record_no AS place
       FROM ${others} AND o.record_key = v.record_key AND o.version_no = v.version_no
         AND o.correction_no = v.correction_no AND o.content_hash <> v.content_hash
         AND (${first ? earlier : `o.import_id = ANY($1) OR (o.import_id = ${importId} AND ${earlier})`})
       ORDER BY o.import_id, o.part_no, o.record_no LIMIT 1) other`,
    first ? [] : [[...input.visible]],
  );
}

/**
 * A record alone cannot tell whether what its package contains is another device's identifier or nobody's. Here the
 * first become broken chains. Runs before the problems of the records are moved into the ledger.
 */
export async function tellBrokenChains(tx: Queryable, input: LedgerInput, first: boolean): Promise<void> {
  const { importId, shelf } = input;
  const tables = first
    ? [stageTable('device', importId), stageTable('identifier', importId)]
    : ['device_version', 'device_identifier'];
  const used = tables
    .map(
      (table) =>
        `EXISTS (SELECT 1 FROM ${table} d WHERE d.shelf = ${shelf} AND d.import_id = ANY($1) AND d.di_key IN (p.value, lpad(p.value, 14, '0')))`,
    )
    .join(' OR ');
  await tx.unsafe(
    `UPDATE ${stageTable('problem', importId)} p SET code = 'package.broken-chain' WHERE p.code = 'package.dangling' AND (${used})`,
    [[...input.visible, importId]],
  );
}

/** Share points by which a field's fill rate may move between two releases, and how sure the move must be. */
const DRIFT = { points: 0.05, deviations: 5 } as const;

/** Fields whose fill rate moved against the last release of the same source and kind. */
export async function noteDrift(
  tx: Queryable,
  input: LedgerInput,
  fill: Readonly<Record<string, number>>,
  records: number,
): Promise<void> {
  const [last] = await tx<
    { release_id: string; fill: Record<string, number>; counts: { read?: number; rejected?: number } }[]
  >`
    SELECT release_id, fill, counts FROM import
    WHERE id = ANY(${[...input.visible]}) AND shelf = ${input.shelf} AND source = ${input.source} AND mode = ${input.mode}
    ORDER BY released_on DESC, id DESC LIMIT 1`;
  const before = last ? (last.counts.read ?? 0) - (last.counts.rejected ?? 0) : 0;
  if (!last || before === 0 || records === 0) return;
  for (const field of new Set([...Object.keys(fill), ...Object.keys(last.fill)])) {
    const now = (fill[field] ?? 0) / records;
    const then = (last.fill[field] ?? 0) / before;
    const pooled = ((fill[field] ?? 0) + (last.fill[field] ?? 0)) / (records + before);
    const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / records + 1 / before));
    if (Math.abs(now - then) < DRIFT.points || Math.abs(now - then) < DRIFT.deviations * deviation) continue;
    const percent = (x: number) => `${(100 * x).toFixed(2)} %`;
    await tx`
      INSERT INTO quality_problem (import_id, shelf, part_no, position_at, record_no, severity, code, field, value, reason)
      VALUES (${input.importId}, ${input.shelf}, 0, 0, 0, 'notice', 'fill-rate.drift', ${field}, ${percent(now)}, ${`${percent(then)} in ${last.release_id}`})`;
  }
}

/** Moves what the readers and checks of the records found into the ledger. */
export async function moveProblems(tx: Queryable, importId: number): Promise<void> {
  const columns = 'import_id, shelf, part_no, position_at, record_no, severity, code, record_key, field, value, reason';
  await tx.unsafe(`INSERT INTO quality_problem (${columns}) SELECT ${columns} FROM ${stageTable('problem', importId)}`);
}

/** Problems of an import by code, as the ledger holds them. */
export async function problemCounts(tx: Queryable, importId: number): Promise<Record<string, number>> {
  const rows = await tx<{ code: string; n: number }[]>`
    SELECT code, count(*) AS n FROM quality_problem WHERE import_id = ${importId} GROUP BY code ORDER BY code`;
  return Object.fromEntries(rows.map(({ code, n }) => [code, n]));
}
