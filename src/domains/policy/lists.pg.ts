import type { Queryable } from '../../platform/postgres/connections.ts';
import { filterSql } from './filter.pg.ts';
import type { PolicyFilter, PolicySort, ShownRow } from './library.ts';

const SHOWN = `i.document_id as id, d.key, i.title, i.language, i.stub, coalesce(a.kind, i.kind) as kind,
  a.doc_type as "docType", coalesce(a.is_policy, false) as "isPolicy", coalesce(a.number, v.number) as number,
  coalesce(a.issuers, i.issuers) as issuers, coalesce(a.region, '全国') as region,
  coalesce(a.level, 'national') as level, a.issued, a.published, a.effective, a.expiry,
  coalesce(a.year, i.year) as year, a.starts, coalesce(a.repealed, false) as repealed,
  a.repealed_from as "repealedFrom", coalesce(a.followed, false) as followed, v.url, i.body, i.dated,
  (select count(*)::integer from policy_act n where n.document_id = i.document_id) as acts,
  i.recorded_at as "recordedAt"
  from policy_index i join policy_document d on d.id = i.document_id join policy_version v on v.id = i.version_id
  left join policy_act a on a.document_id = i.document_id and a.ordinal = 0`;

export async function shownRows(sql: Queryable, ids: readonly string[]): Promise<Map<string, ShownRow>> {
  const rows = await sql.unsafe<ShownRow[]>(`select ${SHOWN} where i.document_id = any($1::uuid[])`, [ids as string[]]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Orders of a list without a question; `relevance` is the order of taking in, the latest first. */
const ORDERS: Readonly<Record<PolicySort, { readonly key: string; readonly type: string; readonly down: boolean }>> = {
  relevance: { key: 'i.recorded_at', type: 'timestamptz', down: true },
  newest: { key: "coalesce(i.dated, '-infinity'::date)", type: 'date', down: true },
  oldest: { key: "coalesce(i.dated, 'infinity'::date)", type: 'date', down: false },
  title: { key: 'i.title', type: 'text', down: false },
};

/** Where a page of a list ends. */
export interface ListPlace {
  readonly at: string;
  readonly id: string;
}

/** Documents without a question, in an order that pages can follow. */
export async function listPolicies(
  sql: Queryable,
  filter: PolicyFilter,
  sort: PolicySort,
  after: ListPlace | null,
  limit: number,
): Promise<{ readonly rows: ShownRow[]; readonly more: boolean; readonly last: ListPlace | null }> {
  const order = ORDERS[sort];
  const condition = filterSql(filter, 4);
  const way = order.down ? 'desc' : 'asc';
  const rows = await sql.unsafe<(ShownRow & { at: string })[]>(
    `select ${order.key}::text as at, ${SHOWN} where ${condition.sql} and not i.stub
       and ($1::text is null or (${order.key}, i.document_id) ${order.down ? '<' : '>'} ($1::${order.type}, $2::uuid))
     order by ${order.key} ${way}, i.document_id ${way} limit $3`,
    [after?.at ?? null, after?.id ?? null, limit + 1, ...condition.values],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, more: rows.length > limit, last: last ? { at: last.at, id: last.id } : null };
}

export async function countPolicies(sql: Queryable, filter: PolicyFilter): Promise<number> {
  const condition = filterSql(filter, 1);
  const [row] = await sql.unsafe<{ n: number }[]>(
    `select count(*)::integer as n from policy_index i where ${condition.sql} and not i.stub`,
    [...condition.values],
  );
  return row?.n ?? 0;
}

export interface FacetRow {
  readonly name: string;
  readonly value: string;
  readonly count: number;
}

/** Buckets of one facet at most; the most frequent ones. */
const MOST_BUCKETS = 60;

/**
 * How many documents of a list have an act of each kind, issuer, region … `among` narrows to documents that a question
 * found. A document of several acts counts once in each bucket.
 */
export async function facetRows(
  sql: Queryable,
  filter: PolicyFilter,
  asOf: string,
  among: readonly string[] | null,
): Promise<FacetRow[]> {
  const condition = filterSql(filter, 3);
  return sql.unsafe<FacetRow[]>(
    `with found as materialized (
       select i.no, a.kind, a.issuers, a.region, a.level, a.year, i.language,
         policy_state(a, $1::date) as state
       from policy_act a join policy_index i using (document_id)
       where not i.stub and ($2::uuid[] is null or i.document_id = any($2::uuid[])) and ${condition.sql}
         and ${condition.ofActs}
     ), counted as (
       -- a document of several acts counts once; hashing numbers is twice as fast as count(distinct)
       select name, value, count(*)::integer as count from (
         select distinct f.name, f.value, no
         from found cross join lateral (
           values ('kind', kind), ('region', region), ('level', level), ('year', year::text), ('language', language),
             ('state', state)
           union all select 'issuer', issuer from unnest(issuers) as issuer
         ) f (name, value)
         where f.value is not null
       ) once group by name, value
     ), ranked as (
       select *, row_number() over (partition by name order by count desc, value) as nth from counted
     )
     select name, value, count from ranked where nth <= ${MOST_BUCKETS} order by name, count desc, value`,
    [asOf, among as string[] | null, ...condition.values],
  );
}
