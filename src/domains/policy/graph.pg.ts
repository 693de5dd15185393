import type { LocalDate } from '../../kernel/local-date.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { type LivingAct, stateOf } from './linking/life.ts';

/** An act in the picture of citations; one that is only named has no id. */
export interface GraphNode {
  /** `id:ordinal` of an act that is here, `?` and the title of one that is only named. */
  readonly key: string;
  readonly id: string | null;
  readonly ordinal: number | null;
  readonly title: string;
  readonly number: string | null;
  readonly state: string;
  readonly year: number | null;
  readonly known: boolean;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly relation: string;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** More acts stand around it than are shown. */
  readonly cut: boolean;
}

/** Neighbours shown of the act itself, and of each act around it. */
const FIRST = 60;
const SECOND = 8;
const MOST_NODES = 200;

interface Neighbour extends LivingAct {
  readonly from: string;
  readonly to: string | null;
  readonly named: string | null;
  readonly relation: string;
  readonly other: string | null;
  readonly ordinal: number | null;
  readonly title: string;
}

/** The acts around one by citation, in both directions, one or two steps away. */
export async function citationGraph(
  sql: Queryable,
  id: string,
  ordinal: number,
  depth: 1 | 2,
  asOf: LocalDate,
): Promise<Graph> {
  const [centre] = await sql.unsafe<(LivingAct & { title: string })[]>(
    `select a.title, ${LIVING} from policy_act a where a.document_id = $1::uuid and a.ordinal = $2`,
    [id, ordinal],
  );
  if (!centre) return { nodes: [], edges: [], cut: false };
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const key = `${id}:${ordinal}`;
  nodes.set(key, {
    key,
    id,
    ordinal,
    title: centre.title,
    number: centre.number,
    state: stateOf(centre, asOf),
    year: centre.year,
    known: true,
  });
  let cut = false;
  const grow = async (keys: readonly string[], limit: number) => {
    for (const row of await neighbours(sql, keys, limit)) {
      const { other } = row;
      const end = other === null ? `?${row.named}` : `${other}:${row.ordinal}`;
      if (!nodes.has(end)) {
        if (nodes.size >= MOST_NODES) {
          cut = true;
          continue;
        }
        nodes.set(end, {
          key: end,
          id: other,
          ordinal: other === null ? null : row.ordinal,
          title: row.title,
          number: row.number,
          state: other === null ? 'unknown' : stateOf(row, asOf),
          year: row.year,
          known: other !== null,
        });
      }
      const from = row.to === null ? row.from : end;
      const to = row.to === null ? end : row.to;
      edges.set(`${from}>${to}`, { from, to, relation: row.relation });
    }
  };
  await grow([key], FIRST);
  if (depth === 2) {
    const around = [...nodes.values()].filter((node) => node.known && node.key !== key).map((node) => node.key);
    await grow(around, SECOND);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], cut };
}

const LIVING = `a.kind, a.is_policy as "isPolicy", a.number, a.issued, a.published, a.effective, a.expiry, a.year,
  a.starts, a.repealed, a.repealed_from as "repealedFrom", a.followed`;

/** What acts cite and who cites them (or a copy of them), so many of each; copies of a citing text once. */
async function neighbours(sql: Queryable, keys: readonly string[], limit: number): Promise<Neighbour[]> {
  return sql.unsafe<Neighbour[]>(
    `with own as (
       select split_part(k, ':', 1)::uuid as id, split_part(k, ':', 2)::integer as ordinal, k as key
       from unnest($1::text[]) as k
     )
     select o.key as "from", null::text as "to", coalesce(c.title_key, c.number_key) as named, c.relation,
       c.target_document as other, c.target_ordinal as ordinal, coalesce(a.title, c.title, c.number) as title, ${LIVING},
       case when a.document_id is null then c.number else a.number end as number
     from own o cross join lateral (
       select * from policy_cite c where c.document_id = o.id and c.ordinal = o.ordinal
       order by c.target_document is null, c.mentions desc, c.no limit $2
     ) c left join policy_act a on a.document_id = c.target_document and a.ordinal = c.target_ordinal
     union all
     select null, o.key, null, c.relation, c.document_id, c.ordinal, a.title, ${LIVING}, a.number
     from own o cross join lateral (
       select * from (
         select distinct on (i.group_id) c.document_id, c.ordinal, c.relation, a.issued
         from policy_act own join policy_index oi on oi.document_id = own.document_id
           join policy_index gi on gi.group_id = oi.group_id
           join policy_act t on t.document_id = gi.document_id and t.title_key = own.title_key
           join policy_cite c on c.target_document = t.document_id and c.target_ordinal = t.ordinal
           join policy_act a on a.document_id = c.document_id and a.ordinal = c.ordinal
           join policy_index i on i.document_id = c.document_id
           join policy_document d on d.id = c.document_id
         where own.document_id = o.id and own.ordinal = o.ordinal
         order by i.group_id, i.language <> 'zh', d.recorded_at, c.document_id
       ) x order by issued desc nulls last, document_id limit $2
     ) c join policy_act a on a.document_id = c.document_id and a.ordinal = c.ordinal`,
    [keys as string[], limit],
  );
}

/** A citation that leads to no act here, by how many acts make it. */
export interface UnresolvedRow {
  readonly title: string | null;
  readonly number: string | null;
  readonly citing: number;
  readonly candidates: number;
  readonly example: { readonly id: string; readonly ordinal: number; readonly title: string; readonly quote: string };
}

/** Acts that are cited and not here, the most cited first: what to take in next. Copies of a citing text count once. */
export async function unresolvedCites(
  sql: Queryable,
  offset: number,
  limit: number,
): Promise<{ total: number; items: UnresolvedRow[] }> {
  const items = await sql.unsafe<(UnresolvedRow & { total: number })[]>(
    `with open as (
       select coalesce(c.title_key, '') as title_key, coalesce(c.number_key, '') as number_key,
         count(distinct i.group_id)::integer as citing, max(c.candidates) as candidates,
         min(c.document_id::text || ':' || c.ordinal || ':' || c.no) as first
       from policy_cite c join policy_index i using (document_id) where c.target_document is null group by 1, 2
     ), page as (
       select *, (count(*) over ())::integer as total from open order by citing desc, title_key, number_key
       offset $1 limit $2
     )
     select c.title, c.number, p.citing, p.candidates, p.total, jsonb_build_object('id', c.document_id, 'ordinal',
       c.ordinal, 'title', a.title, 'quote', c.quote) as example
     from page p join policy_cite c on c.document_id = split_part(p.first, ':', 1)::uuid
       and c.ordinal = split_part(p.first, ':', 2)::integer and c.no = split_part(p.first, ':', 3)::integer
     join policy_act a on a.document_id = c.document_id and a.ordinal = c.ordinal
     order by p.citing desc, p.title_key, p.number_key`,
    [offset, limit],
  );
  return { total: items[0]?.total ?? 0, items: items.map(({ total: _total, ...row }) => row) };
}
