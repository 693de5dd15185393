import type { Sql } from '../../platform/postgres/connections.ts';

export interface QualityCountRow {
  readonly source: string;
  readonly release_id: string;
  readonly release_name: string;
  readonly released_on: string;
  readonly code: string;
  readonly severity: string;
  readonly count: number;
}

/** Ledger entries by source, release and code; only releases that count at `visible`. */
export async function qualityCounts(
  sql: Sql,
  visible: readonly number[],
  filter: { readonly source: string | null; readonly release: string | null },
): Promise<QualityCountRow[]> {
  return sql<QualityCountRow[]>`
    select i.source, i.release_id, i.release_name, i.released_on, q.code, q.severity, q.count from (
      select import_id, code, severity, count(*)::int as count from quality_problem
      where import_id in (select id from import
        where id = any(${`{${visible.join(',')}}`}::int[])
          and (${filter.source}::text is null or source = ${filter.source})
          and (${filter.release}::text is null or release_id = ${filter.release}))
      group by import_id, code, severity) q
    join import i on i.id = q.import_id order by i.source, i.released_on, i.id, q.code, q.severity`;
}

export interface QualityPlaceRow {
  readonly source: string;
  readonly release_id: string;
  readonly code: string;
  readonly severity: string;
  readonly record_key: string | null;
  readonly di: string | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly reason: string | null;
  readonly part: string | null;
  readonly part_no: number;
  readonly at: number;
  readonly record_no: number;
  readonly file: string | null;
  readonly place: string;
}

/** Entries of one release, in the order of the ledger, behind a place (`ctid` of the partition). */
export async function qualityRows(
  sql: Sql,
  importId: number,
  request: { readonly code: string | null; readonly after: string | null; readonly limit: number },
): Promise<QualityPlaceRow[]> {
  const { code, after, limit } = request;
  return sql<QualityPlaceRow[]>`
    select i.source, i.release_id, q.code, q.severity, q.record_key,
      (select coalesce(v.di, v.di_key) from device_version v
        where v.shelf = q.shelf and v.record_key = q.record_key and v.import_id = q.import_id limit 1) as di,
      q.field, q.value, q.reason, part.path as part, q.part_no, q.position_at as at, q.record_no, f.name as file, q.place
    from (
      select *, ctid::text as place from quality_problem
      where import_id = ${importId} and (${code}::text is null or code = ${code})
        and ctid > coalesce(${after}::text, '(0,0)')::tid
      order by ctid limit ${limit}) q
    join import i on i.id = q.import_id
    left join import_part part on part.import_id = q.import_id and part.part_no = q.part_no
    left join import_file f on f.import_id = part.import_id and f.file_no = part.file_no
    order by q.place::tid`;
}

export async function countQualityRows(sql: Sql, importId: number, code: string | null): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from quality_problem where import_id = ${importId} and (${code}::text is null or code = ${code})`;
  return row?.n ?? 0;
}
