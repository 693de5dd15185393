import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { findPublished, newestFirst, versionOrder } from '../devices/index.ts';

import type { ChangePair, ChangeStore, ReleaseRow } from './store.ts';

const COLUMNS = `id, release_id, source, shelf, mode, release_name, released_on, state, stage, started_at, published_at,
  revoked_at, actor, counts, progress, failure`;

/** Releases, newest day first, behind the given id; `source` and `state` narrow. */
export async function listReleases(
  sql: Sql,
  request: {
    readonly source: string | null;
    readonly after: { readonly releasedOn: string; readonly id: number } | null;
    readonly limit: number;
  },
): Promise<ReleaseRow[]> {
  return sql<ReleaseRow[]>`
    select ${sql.unsafe(COLUMNS)} from import
    where (${request.source}::text is null or source = ${request.source})
      and (${request.after === null} or (released_on, id) < (${request.after?.releasedOn ?? '1970-01-01'}::date, ${request.after?.id ?? 0}))
    order by released_on desc, id desc limit ${request.limit}`;
}

export async function countReleases(sql: Sql, source: string | null): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from import where (${source}::text is null or source = ${source})`;
  return row?.n ?? 0;
}

/** One release by its id. */
export async function findRelease(sql: Queryable, releaseId: string): Promise<ReleaseRow | undefined> {
  const [row] = await sql.unsafe<ReleaseRow[]>(`select ${COLUMNS} from import where release_id = $1`, [releaseId]);
  return row;
}

export async function filesOf(sql: Sql, id: number) {
  return sql<{ name: string; bytes: number; sha256: string }[]>`
    select name, bytes, sha256 from import_file where import_id = ${id} order by file_no`;
}

export async function partsOf(sql: Sql, id: number, limit: number) {
  return sql<
    {
      partNo: number;
      path: string;
      encoding: string | null;
      headerCount: number | null;
      read: number;
      rejected: number;
      identifiers: number;
    }[]
  >`
    select part_no as "partNo", path, encoding, header_count as "headerCount", read, rejected, identifiers
    from import_part where import_id = ${id} order by part_no limit ${limit}`;
}

/** Ledger entries of a release by code. */
export async function problemsOf(sql: Sql, id: number): Promise<Record<string, number>> {
  const rows = await sql<{ code: string; n: number }[]>`
    select code, count(*)::int as n from quality_problem where import_id = ${id} group by code order by code`;
  return Object.fromEntries(rows.map((row) => [row.code, row.n]));
}

/** The change report's reads. Places are `v:` and the id of a version, then `p:` and the key of a record. */
export function changeStore(sql: Sql): ChangeStore {
  return {
    async visibleBefore(release) {
      if (release.published_at === null) return [];
      const rows = await sql<{ id: number }[]>`
        select id from import where shelf = ${release.shelf} and published_at < ${release.published_at}
          and (revoked_at is null or revoked_at >= ${release.published_at}) order by id`;
      return rows.map((row) => row.id);
    },
    async pairsOf(release, before, { after, limit }) {
      if (!after.startsWith('p:')) {
        const answer = await versionPairs(sql, release, before, after.startsWith('v:') ? after.slice(2) : null, limit);
        return answer.length < limit
          ? { pairs: answer, next: 'p:' }
          : { pairs: answer, next: (answer.at(-1) as ChangePair).place };
      }
      const answer = await presencePairs(sql, release, before, after.slice(2), limit);
      return { pairs: answer, next: answer.length < limit ? null : (answer.at(-1) as ChangePair).place };
    },
  };
}

async function versionPairs(
  sql: Sql,
  release: ReleaseRow,
  before: readonly number[],
  after: string | null,
  limit: number,
): Promise<ChangePair[]> {
  const [first] =
    after === null
      ? await sql<{ id: string | null }[]>`
          select (min(id) - 1)::text as id from device_version where shelf = ${release.shelf} and import_id = ${release.id}`
      : [{ id: after }];
  if (!first?.id) return [];
  // of several versions of one record in the same release the newest stands for it
  const rows = await sql.unsafe<{ id: string; before: string | null }[]>(
    `select v.id::text, b.id::text as before from device_version v
     left join lateral (
       select o.id from device_version o where o.shelf = v.shelf and o.record_key = v.record_key and not v.alone
         and o.import_id = any($3::int[]) order by ${newestFirst('o')} limit 1) b on true
     where v.shelf = $1 and v.import_id = $2 and v.id > $4::bigint
       and (v.alone or not exists (select from device_version n where n.shelf = v.shelf and n.record_key = v.record_key
         and n.import_id = v.import_id and ${versionOrder('n')} > ${versionOrder('v')}))
     order by v.id limit $5`,
    [release.shelf, release.id, `{${before.join(',')}}`, first.id, limit],
    { prepare: false },
  );
  const ids = rows.flatMap((row) => (row.before === null ? [row.id] : [row.id, row.before]));
  const versions = await findPublished(sql, release.shelf, ids);
  return rows.map((row) => ({
    now: versions.get(row.id) ?? null,
    before: row.before === null ? null : (versions.get(row.before) ?? null),
    presence: null,
    place: `v:${row.id}`,
  }));
}

/** Records the release says are gone or back, without a version of their own in it. */
async function presencePairs(
  sql: Sql,
  release: ReleaseRow,
  before: readonly number[],
  after: string,
  limit: number,
): Promise<ChangePair[]> {
  const rows = await sql.unsafe<{ record_key: string; present: boolean; before: string | null }[]>(
    `select e.record_key, e.present, b.id::text as before from (
       select record_key, bool_or(present) as present from device_presence
       where shelf = $1 and import_id = $2 and on_date = $3::date and record_key > $4
         and (present or held_by is null or held_by = any($5::int[]))
         and not exists (select from device_version v
           where v.shelf = $1 and v.record_key = device_presence.record_key and v.import_id = $2)
       group by record_key order by record_key limit $6) e
     left join lateral (
       select o.id from device_version o where o.shelf = $1 and o.record_key = e.record_key
         and o.import_id = any($5::int[]) order by ${newestFirst('o')} limit 1) b on true
     order by e.record_key`,
    [release.shelf, release.id, release.released_on, after, `{${before.join(',')}}`, limit],
    { prepare: false },
  );
  const ids = rows.flatMap((row) => (row.before === null ? [] : [row.before]));
  const versions = await findPublished(sql, release.shelf, ids);
  return rows.map((row) => ({
    now: null,
    before: row.before === null ? null : (versions.get(row.before) ?? null),
    presence: row.present,
    place: `p:${row.record_key}`,
  }));
}
