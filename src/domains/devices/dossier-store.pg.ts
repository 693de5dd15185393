import type { Queryable } from '../../platform/postgres/connections.ts';
import { deviceColumns } from './device-row.ts';
import type { IdentifierOfVersion, PlaceRow, ProblemRow, PublishedVersion, VersionRow } from './dossier-row.ts';
import type { ReadAt } from './read-at.ts';
import { newestFirst } from './version-order.ts';
import { inForce, visibleParameter, withdrawnOn } from './visibility-store.pg.ts';

const AT = { visible: '$1::int[]', asOf: '$2::date' };

const PLACE = `i.id as import_id, i.release_id, i.release_name, i.source as release_source, i.released_on,
  i.published_at as recorded_at, f.name as file, f.sha256, part.path as part, v.part_no, v.record_no, v.position_at,
  v.position_length`;
const PLACE_JOIN = `join import i on i.id = v.import_id
  left join import_part part on part.import_id = coalesce(v.read_with_import, v.import_id) and part.part_no = v.part_no
  left join import_file f on f.import_id = part.import_id and f.file_no = part.file_no`;

/** Versions of one record shown at most; more than any record of any source has. */
const MOST_VERSIONS = 500;

/**
 * Every known version of a record, newest first; versions that begin after `asOf` included and marked.
 * A real shelf goes before the shelf of demonstration data.
 */
export async function findVersions(
  sql: Queryable,
  at: ReadAt,
  key: { readonly source: string; readonly recordKey: string },
): Promise<VersionRow[]> {
  const rows = await sql.unsafe<VersionRow[]>(
    `select ${deviceColumns(withdrawnOn('v', AT, at.absences))}, ${PLACE}, v.correction_no, v.version_at::text,
       v.correction_at::text, v.withdrawn_on as withdrawn_on_stated, v.payload, p.description, p.holder_name_alt, p.holder_code, p.certificate_text,
       p.class_code_old, p.kind, ${inForce('v', AT)} as current, v.valid_from <= $2::date as begun
     from device_version v
     join product p on p.shelf = v.shelf and p.id = v.product_id
     ${PLACE_JOIN}
     where v.record_key = $3 and p.source = $4 and v.import_id = any($1::int[])
     order by (v.shelf = 9), ${newestFirst('v')} limit ${MOST_VERSIONS}`,
    [visibleParameter(at), at.asOf, key.recordKey, key.source],
    { prepare: true },
  );
  const shelf = rows[0]?.shelf;
  return rows.filter((row) => row.shelf === shelf);
}

/** Versions by their ids, as published. */
export async function findPublished(
  sql: Queryable,
  shelf: number,
  versions: readonly string[],
): Promise<Map<string, PublishedVersion>> {
  const rows = await sql.unsafe<PublishedVersion[]>(
    `select v.id::text as version_id, v.shelf, p.source, v.record_key, v.di_key, v.di, p.name, p.brand, v.model,
       v.catalog_no, p.description, p.holder_name, p.holder_name_alt, p.holder_code, p.certificate_text, p.class_code,
       p.class_code_old, p.category, p.kind, v.version_no, v.correction_no, v.version_at::text, v.correction_at::text,
       v.published_on, v.withdrawn_on as withdrawn_on_stated, v.released_on, v.payload
     from device_version v join product p on p.shelf = v.shelf and p.id = v.product_id
     where v.shelf = $1 and v.id = any($2::bigint[])`,
    [shelf, versions as string[]],
    { prepare: true },
  );
  return new Map(rows.map((row) => [row.version_id, row]));
}

/** Problems of one record shown at most. */
const MOST_PROBLEMS = 200;

/** Identifiers of a version in the order published, and the ledger's entries about its record; one round trip. */
export async function findDetails(
  sql: Queryable,
  at: ReadAt,
  version: { readonly shelf: number; readonly recordKey: string; readonly versionId: string },
): Promise<{ identifiers: IdentifierOfVersion[]; problems: ProblemRow[] }> {
  const [row] = await sql.unsafe<{ identifiers: IdentifierOfVersion[] | null; problems: ProblemRow[] | null }[]>(
    `select (select json_agg(json_build_object('level', level, 'agency', agency, 'di_key', di_key, 'di', di,
         'contains_key', contains_key, 'quantity', quantity, 'pack_level', pack_level, 'status', status,
         'discontinued_on', discontinued_on) order by ordinal)
       from device_identifier where shelf = $1 and version_id = $2::bigint) as identifiers,
     (select json_agg(q) from (
       select import_id, part_no, position_at, record_no, severity, code, field, value, reason from quality_problem
       where record_key = $3 and shelf = $1 and import_id = any($4::int[])
       order by import_id desc, code, field limit ${MOST_PROBLEMS}) q) as problems`,
    [version.shelf, version.versionId, version.recordKey, visibleParameter(at)],
    { prepare: true },
  );
  return { identifiers: row?.identifiers ?? [], problems: row?.problems ?? [] };
}

/** Absences from full releases and returns of a record, oldest first. */
export async function findPresence(
  sql: Queryable,
  at: ReadAt,
  record: { readonly shelf: number; readonly recordKey: string },
): Promise<{ on_date: string; present: boolean; import_id: number }[]> {
  return sql.unsafe<{ on_date: string; present: boolean; import_id: number }[]>(
    `select on_date, present, import_id from device_presence
     where record_key = $1 and shelf = $2 and import_id = any($3::int[])
       and (held_by is null or held_by = any($3::int[])) order by on_date, import_id`,
    [record.recordKey, record.shelf, visibleParameter(at)],
    { prepare: true },
  );
}

/** Places of releases as a whole, for values that come with no row of their own. */
export async function findReleases(sql: Queryable, imports: readonly number[]): Promise<Map<number, PlaceRow>> {
  if (imports.length === 0) return new Map();
  const rows = await sql.unsafe<PlaceRow[]>(
    `select i.id as import_id, i.release_id, i.release_name, i.source as release_source, i.released_on,
       i.published_at as recorded_at, f.name as file, f.sha256, null::text as part, null::int as part_no,
       null::int as record_no, null::bigint as position_at, null::int as position_length
     from import i left join import_file f on f.import_id = i.id and f.file_no = (
       select min(file_no) from import_file where import_id = i.id)
     where i.id = any($1::int[])`,
    [`{${imports.join(',')}}`],
    { prepare: true },
  );
  return new Map(rows.map((row) => [row.import_id, row]));
}
