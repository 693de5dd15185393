import type { LocalDate } from '../../kernel/local-date.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { type Deed, type Life, type LivingAct, lifeOf, stateOf } from './linking/life.ts';
import { type ListedStandard, type StandardVerdict, standardVerdict } from './standards/verdict.ts';

/** An act that is named, as lists show it. */
export interface NamedAct {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
}

export interface CiteView {
  readonly no: number;
  readonly title: string | null;
  readonly number: string | null;
  readonly issuer: string | null;
  readonly relation: string;
  readonly articles: readonly string[];
  readonly mentions: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly target: (NamedAct & { readonly state: string }) | null;
  readonly resolvedBy: 'number' | 'title' | null;
  readonly candidates: readonly (NamedAct & { readonly year: number | null })[];
}

export interface CitedByView extends NamedAct {
  readonly relation: string;
  readonly issuedOn: string | null;
  readonly quote: string;
}

export interface ActView {
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
  readonly life: Life;
  readonly cites: readonly CiteView[];
  readonly citedBy: { readonly total: number; readonly items: readonly CitedByView[] };
  readonly standards: readonly (StandardVerdict & {
    readonly number: string;
    readonly mentions: number;
    readonly start: number;
    readonly end: number;
  })[];
}

/** Citing acts shown with a document; the rest comes in pages. */
const FIRST_CITED_BY = 20;

const LIVING = (
  a: string,
) => `${a}.kind, ${a}.is_policy as "isPolicy", ${a}.number, ${a}.issued, ${a}.published, ${a}.effective,
  ${a}.expiry, ${a}.year, ${a}.starts, ${a}.repealed, ${a}.repealed_from as "repealedFrom", ${a}.followed`;

/** The acts of a document: what became of each by a day, what it cites, who cites it, and the standards it names. */
export async function actsOf(sql: Queryable, id: string, asOf: LocalDate): Promise<ActView[]> {
  const acts = await sql.unsafe<(LivingAct & { ordinal: number; title: string })[]>(
    `select a.ordinal, a.title, ${LIVING('a')} from policy_act a where a.document_id = $1::uuid order by a.ordinal`,
    [id],
  );
  const cites = await citesOf(sql, id, asOf);
  const standards = await standardsOf(sql, id);
  const deeds = await deedsTo(sql, id);
  const views: ActView[] = [];
  for (const act of acts)
    views.push({
      ordinal: act.ordinal,
      title: act.title,
      number: act.number,
      life: lifeOf(act, deeds.get(act.ordinal) ?? [], asOf),
      cites: cites.get(act.ordinal) ?? [],
      citedBy: await citedBy(sql, id, act.ordinal, 0, FIRST_CITED_BY),
      standards: standards.get(act.ordinal) ?? [],
    });
  return views;
}

function byOrdinal<T extends { ordinal: number }, V>(rows: readonly T[], view: (row: T) => V): Map<number, V[]> {
  const found = new Map<number, V[]>();
  for (const row of rows) {
    const known = found.get(row.ordinal);
    if (known) known.push(view(row));
    else found.set(row.ordinal, [view(row)]);
  }
  return found;
}

interface CiteRow extends Omit<CiteView, 'target' | 'candidates'>, LivingAct {
  readonly ordinal: number;
  readonly targetId: string | null;
  readonly targetOrdinal: number;
  readonly targetTitle: string;
  readonly targetNumber: string | null;
  readonly others: CiteView['candidates'] | null;
}

async function citesOf(sql: Queryable, id: string, asOf: LocalDate): Promise<Map<number, CiteView[]>> {
  const rows = await sql.unsafe<CiteRow[]>(
    `select c.ordinal, c.no, c.title, c.issuer, c.relation, c.articles, c.mentions, c.start_at as start, c.end_at as "end",
       c.quote, c.resolved_by as "resolvedBy", c.target_document as "targetId", c.target_ordinal as "targetOrdinal",
       t.title as "targetTitle", t.number as "targetNumber", ${LIVING('t')}, c.number as number,
       case when c.candidates > 0 then (
         select jsonb_agg(jsonb_build_object('id', o.document_id, 'ordinal', o.ordinal, 'title', o.title,
           'number', o.number, 'year', o.year) order by o.year, o.document_id)
         from (select * from policy_act o where o.linkable and (o.title_key = c.title_key or o.title_key = c.inner_key
           or o.inner_key = c.title_key or c.title_key is null and o.number_key = c.number_key) limit 20) o
       ) end as others
     from policy_cite c
     left join policy_act t on t.document_id = c.target_document and t.ordinal = c.target_ordinal
     where c.document_id = $1::uuid order by c.ordinal, c.start_at, c.no`,
    [id],
  );
  return byOrdinal(rows, (row) => ({
    no: row.no,
    title: row.title,
    number: row.number,
    issuer: row.issuer,
    relation: row.relation,
    articles: row.articles,
    mentions: row.mentions,
    start: row.start,
    end: row.end,
    quote: row.quote,
    target:
      row.targetId === null
        ? null
        : {
            id: row.targetId,
            ordinal: row.targetOrdinal,
            title: row.targetTitle,
            number: row.targetNumber,
            state: stateOf(row, asOf),
          },
    resolvedBy: row.resolvedBy,
    candidates: row.others ?? [],
  }));
}

/** Acts of the group of a document (copies, translations) that are the act asked for. */
const SAME_ACT = `select t.document_id, t.ordinal from policy_act own
  join policy_index oi on oi.document_id = own.document_id join policy_index gi on gi.group_id = oi.group_id
  join policy_act t on t.document_id = gi.document_id and t.title_key = own.title_key
  where own.document_id = $1::uuid and own.ordinal = $2`;

/** Who cites an act, or a copy of it; copies of one citing text count once. The latest first. */
export async function citedBy(
  sql: Queryable,
  id: string,
  ordinal: number,
  offset: number,
  limit: number,
): Promise<{ total: number; items: CitedByView[] }> {
  const rows = await sql.unsafe<(CitedByView & { total: number })[]>(
    `with same as (${SAME_ACT}), citing as (
       select distinct on (i.group_id, a.title_key) c.document_id, c.ordinal, c.relation, c.quote, a.title, a.number,
         coalesce(a.issued, a.published) as day, i.language
       from same s join policy_cite c on c.target_document = s.document_id and c.target_ordinal = s.ordinal
       join policy_act a on a.document_id = c.document_id and a.ordinal = c.ordinal
       join policy_index i on i.document_id = c.document_id
       join policy_document d on d.id = c.document_id
       order by i.group_id, a.title_key, (c.relation in ('repeals', 'amends')) desc, i.language <> 'zh', d.recorded_at, c.document_id
     )
     select document_id as id, ordinal, title, number, relation, day as "issuedOn", quote,
       (select count(*)::integer from citing) as total
     from citing order by day desc nulls last, title, document_id offset $3 limit $4`,
    [id, ordinal, offset, limit],
  );
  const total = rows[0]?.total ?? (offset > 0 ? (await citedBy(sql, id, ordinal, 0, 1)).total : 0);
  return { total, items: rows.map(({ total: _total, ...row }) => row) };
}

/** What other acts did to the acts of a document, by ordinal. */
async function deedsTo(sql: Queryable, id: string): Promise<Map<number, Deed[]>> {
  const rows = await sql.unsafe<
    {
      ordinal: number;
      relation: Deed['relation'];
      document: string;
      at: number;
      title: string;
      from: string | null;
      quote: string;
    }[]
  >(
    `with own as (
       select own.ordinal, own.title_key, own.region, own.year, own.followed, oi.group_id
       from policy_act own join policy_index oi on oi.document_id = own.document_id where own.document_id = $1::uuid
     ), same as (
       select own.ordinal as own_ordinal, t.document_id, t.ordinal from own join policy_index gi using (group_id)
       join policy_act t on t.document_id = gi.document_id and t.title_key = own.title_key
     )
     (select distinct on (s.own_ordinal, c.relation, i.group_id) s.own_ordinal as ordinal, c.relation,
        c.document_id as document, c.ordinal as at, a.title, a.starts as "from", c.quote
      from same s join policy_cite c on c.target_document = s.document_id and c.target_ordinal = s.ordinal
      join policy_act a on a.document_id = c.document_id and a.ordinal = c.ordinal
      join policy_index i on i.document_id = c.document_id
      join policy_document d on d.id = c.document_id
      where c.relation in ('amends', 'repeals', 'interprets') and a.kind not in ('draft', 'consultation')
        and (a.is_policy or c.relation = 'interprets')
      order by s.own_ordinal, c.relation, i.group_id, i.language <> 'zh', d.recorded_at, c.document_id)
     union all
     (select distinct on (own.ordinal) own.ordinal, 'follows', f.document_id, f.ordinal, f.title, f.starts, ''
      from own join policy_act f on f.title_key = own.title_key and f.region = own.region and f.year > own.year
        and f.linkable and f.is_policy and f.kind not in ('draft', 'consultation', 'interpretation')
      where own.followed order by own.ordinal, f.year desc, f.document_id)`,
    [id],
  );
  return byOrdinal(rows, (row) => ({
    relation: row.relation,
    by: { id: row.document, ordinal: row.at, title: row.title },
    from: row.from,
    quote: row.quote,
  }));
}

async function standardsOf(sql: Queryable, id: string): Promise<Map<number, ActView['standards'][number][]>> {
  const rows = await sql.unsafe<
    {
      ordinal: number;
      year: number;
      number: string;
      mentions: number;
      start: number;
      end: number;
      listed: ListedStandard[] | null;
    }[]
  >(
    `select c.ordinal, c.year, c.number, c.mentions, c.start_at as start, c.end_at as "end", (
       select jsonb_agg(jsonb_build_object('number', s.number, 'year', s.year, 'title', s.title, 'effective', s.effective,
         'state', s.state) order by s.year desc) from policy_standard s where s.number_key = c.number_key
     ) as listed
     from policy_standard_cite c where c.document_id = $1::uuid order by c.ordinal, c.start_at`,
    [id],
  );
  return byOrdinal(rows, ({ year, listed, number, mentions, start, end }) => ({
    number,
    mentions,
    start,
    end,
    ...standardVerdict(year === 0 ? null : year, listed ?? []),
  }));
}
