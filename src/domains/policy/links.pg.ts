import type { Queryable } from '../../platform/postgres/connections.ts';
import type { EventKind, NewEvent } from './events.pg.ts';
import type { NamedNumber } from './linking/numbers.ts';
import { type Aim, type Naming, resolve } from './linking/resolve.ts';
import { readTitle } from './linking/titles.ts';
import type { Told } from './linking/told.ts';
import type { Relation } from './types.ts';

interface CiteRow {
  readonly document_id: string;
  readonly ordinal: number;
  readonly no: number;
  readonly title: string | null;
  readonly title_key: string | null;
  readonly inner_key: string | null;
  readonly number_key: string | null;
  readonly issuer: string | null;
  readonly relation: Relation;
  readonly told: string;
  readonly target_document: string | null;
  readonly target_ordinal: number | null;
  readonly resolved_by: 'number' | 'title' | null;
  readonly candidates: number;
  readonly group_id: string | null;
  readonly day: string | null;
  readonly year: number | null;
  readonly seen: number | null;
  readonly region: string;
  readonly level: string;
  readonly own_title: string;
}

interface AimRow {
  readonly document_id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly title_key: string;
  readonly inner_key: string | null;
  readonly number_key: string | null;
  readonly numbers: string;
  readonly issuers: string[];
  readonly day: string | null;
  readonly year: number | null;
  readonly seen: number | null;
  readonly kind: string;
  readonly region: string;
  readonly level: string;
  readonly group_id: string;
  readonly language: string;
  readonly key: string;
}

/** Citations resolved at a time. */
const BATCH = 5_000;

const EVENTS: Partial<Record<Relation, EventKind>> = {
  amends: 'amended',
  repeals: 'repealed',
  interprets: 'interpreted',
};

/**
 * Links what the given documents cite, and what older ones cite that may be found in them: citations that bear the
 * number or the title of an act of theirs, or that pointed at one. Answers what happened to acts by links that are new.
 */
export async function linkDocuments(tx: Queryable, documents: readonly string[]): Promise<NewEvent[]> {
  if (documents.length === 0) return [];
  const events: NewEvent[] = [];
  const touched = new Set(documents);
  const rows = await affectedCites(tx, documents);
  for (let at = 0; at < rows.length; at += BATCH) {
    const part = rows.slice(at, at + BATCH);
    const changed = await relink(tx, part);
    for (const { row, aim, before } of changed) {
      for (const id of [before, aim?.document]) if (id) touched.add(id);
      if (!aim) continue;
      events.push({
        kind: EVENTS[row.relation] ?? 'cited',
        document: aim.document,
        ordinal: aim.ordinal,
        by: { document: row.document_id, ordinal: row.ordinal },
        detail: { relation: row.relation, title: row.own_title, no: row.no },
      });
    }
    for (const row of part) if (row.relation === 'repeals' && row.target_document) touched.add(row.target_document);
  }
  await settleLives(tx, [...touched]);
  return events;
}

const CITE = `c.document_id, c.ordinal, c.no, c.title, c.title_key, c.inner_key, c.number_key, c.issuer, c.relation, c.told,
  c.target_document, c.target_ordinal, c.resolved_by, c.candidates, i.group_id, coalesce(a.issued, a.published) as day,
  a.year, a.seen, a.region, a.level, a.title as own_title`;

async function affectedCites(tx: Queryable, documents: readonly string[]): Promise<CiteRow[]> {
  return tx.unsafe<CiteRow[]>(
    `with own as (
       select title_key, inner_key, number_key from policy_act where document_id = any($1::uuid[]) and linkable
     ), affected as (
       select ctid from policy_cite where document_id = any($1::uuid[])
       union select ctid from policy_cite where target_document = any($1::uuid[])
       union select c.ctid from policy_cite c where c.title_key in (select title_key from own)
       union select c.ctid from policy_cite c where c.title_key in (select inner_key from own)
       union select c.ctid from policy_cite c where c.inner_key in (select title_key from own)
       union select c.ctid from policy_cite c
         where c.number_key in (select number_key from own) and c.target_document is null
     )
     select ${CITE}
     from affected x join policy_cite c on c.ctid = x.ctid join policy_act a using (document_id, ordinal)
     left join policy_index i on i.document_id = c.document_id
     order by a.issued nulls last, c.document_id, c.ordinal, c.no`,
    [documents as string[]],
  );
}

async function relink(
  tx: Queryable,
  rows: readonly CiteRow[],
): Promise<{ row: CiteRow; aim: Aim | null; before: string | null }[]> {
  const aims = await aimsFor(tx, rows);
  const changed: { row: CiteRow; aim: Aim | null; before: string | null }[] = [];
  const updates: { row: CiteRow; aim: Aim | null; by: string | null; candidates: number }[] = [];
  for (const row of rows) {
    const naming = namingOf(row);
    const found = resolve(naming, aims(row));
    const candidates = found.candidates.length;
    const same =
      (found.aim?.document ?? null) === row.target_document && (found.aim?.ordinal ?? null) === row.target_ordinal;
    if (same && found.by === row.resolved_by && candidates === row.candidates) continue;
    updates.push({ row, aim: found.aim, by: found.by, candidates });
    if (!same) changed.push({ row, aim: found.aim, before: row.target_document });
  }
  if (updates.length > 0)
    await tx.unsafe(
      `update policy_cite c set target_document = u.target, target_ordinal = u.at, resolved_by = u.by,
         candidates = u.candidates
       from unnest($1::uuid[], $2::integer[], $3::integer[], $4::uuid[], $5::integer[], $6::text[], $7::integer[])
         as u (document_id, ordinal, no, target, at, by, candidates)
       where c.document_id = u.document_id and c.ordinal = u.ordinal and c.no = u.no`,
      [
        updates.map(({ row }) => row.document_id),
        updates.map(({ row }) => row.ordinal),
        updates.map(({ row }) => row.no),
        updates.map(({ aim }) => aim?.document ?? null),
        updates.map(({ aim }) => aim?.ordinal ?? null),
        updates.map(({ by }) => by),
        updates.map(({ candidates }) => candidates),
      ],
    );
  return changed;
}

function namingOf(row: CiteRow): Naming {
  const told = JSON.parse(row.told) as Told;
  const title = row.title === null ? null : readTitle(row.title);
  return {
    key: row.title_key,
    inner: row.inner_key,
    version: told.version,
    numbers: told.numbers,
    issuers: [...(row.issuer ? [row.issuer] : []), ...(title?.issuers ?? [])],
    day: told.day,
    citing: {
      document: row.document_id,
      ordinal: row.ordinal,
      group: row.group_id,
      day: row.day,
      year: row.year,
      seen: row.seen,
      region: row.region,
      level: row.level,
    },
  };
}

/** The acts that bear a number or a title of the citations, by citation. */
async function aimsFor(tx: Queryable, rows: readonly CiteRow[]): Promise<(row: CiteRow) => Aim[]> {
  const inners = new Set<string>();
  const wholes = new Set<string>();
  const numbers = new Set<string>();
  for (const row of rows) {
    if (row.title_key !== null) wholes.add(row.title_key);
    if (row.inner_key !== null) inners.add(row.inner_key);
    if (row.number_key !== null) numbers.add(row.number_key);
  }
  const found = await tx.unsafe<AimRow[]>(
    `with near as (
       select ctid from policy_act where title_key = any($1::text[])
       union select ctid from policy_act where inner_key = any($2::text[])
       union select ctid from policy_act where number_key = any($3::text[])
     )
     select a.document_id, a.ordinal, a.title, a.title_key, a.inner_key, a.number_key, a.numbers, a.issuers,
       coalesce(a.issued, a.published) as day, a.year, a.seen, a.kind, a.region, a.level, i.group_id, i.language, d.key
     from near n join policy_act a on a.ctid = n.ctid join policy_index i using (document_id)
       join policy_document d on d.id = a.document_id
     where a.linkable and not i.stub`,
    [[...wholes, ...inners], [...wholes], [...numbers]],
  );
  const by = new Map<string, Aim[]>();
  const put = (sort: string, key: string | null, aim: Aim) => {
    if (key === null) return;
    const known = by.get(`${sort}${key}`);
    if (known) known.push(aim);
    else by.set(`${sort}${key}`, [aim]);
  };
  for (const row of found) {
    const aim = aimOf(row);
    put('t', row.title_key, aim);
    put('i', row.inner_key, aim);
    put('n', row.number_key, aim);
  }
  return (row) => [
    ...new Set([
      ...(by.get(`t${row.title_key}`) ?? []),
      ...(by.get(`i${row.title_key}`) ?? []),
      ...(by.get(`t${row.inner_key}`) ?? []),
      ...(by.get(`n${row.number_key}`) ?? []),
    ]),
  ];
}

function aimOf(row: AimRow): Aim {
  const title = readTitle(row.title);
  return {
    document: row.document_id,
    ordinal: row.ordinal,
    group: row.group_id,
    key: row.title_key,
    inner: row.inner_key,
    version: title.version,
    numbers: JSON.parse(row.numbers) as NamedNumber[],
    issuers: row.issuers.length > 0 ? row.issuers : title.issuers,
    day: row.day,
    year: row.year,
    seen: row.seen,
    draft: row.kind === 'draft' || title.version.draft,
    region: row.region,
    level: row.level,
    language: row.language,
    documentKey: row.key,
  };
}

/** Notes on acts what others did to them: repealed, or followed by a later one of the same title. Copies share it. */
async function settleLives(tx: Queryable, documents: readonly string[]): Promise<void> {
  await tx.unsafe(
    `with own as (
       select distinct a.document_id, a.ordinal, a.title_key, i.group_id
       from policy_index o join policy_index i on i.group_id = o.group_id join policy_act a on a.document_id = i.document_id
       where o.document_id = any($1::uuid[])
     ), done as (
       select t.title_key, t.group_id, min(by_act.starts) as day
       from own t join policy_cite c on c.target_document = t.document_id and c.target_ordinal = t.ordinal
       join policy_act by_act on by_act.document_id = c.document_id and by_act.ordinal = c.ordinal
       where c.relation = 'repeals' and by_act.kind not in ('draft', 'consultation') and by_act.is_policy
       group by t.title_key, t.group_id
     )
     update policy_act a set repealed = d.title_key is not null, repealed_from = d.day
     from own o left join done d using (title_key, group_id)
     where a.document_id = o.document_id and a.ordinal = o.ordinal
       and (a.repealed, a.repealed_from) is distinct from (d.title_key is not null, d.day)`,
    [documents as string[]],
  );
  await tx.unsafe(
    `with named as (
       select distinct title_key, region from policy_act where document_id = any($1::uuid[]) and length(title_key) > 5
     ), versions as (
       select a.document_id, a.ordinal, a.year,
         max(a.year) filter (where a.linkable and a.is_policy and a.kind not in ('draft', 'consultation', 'interpretation'))
           over (partition by a.title_key, a.region) as last
       from policy_act a join named n on n.title_key = a.title_key and n.region = a.region
     )
     update policy_act a set followed = coalesce(v.year < v.last, false)
     from versions v where a.document_id = v.document_id and a.ordinal = v.ordinal
       and a.followed is distinct from coalesce(v.year < v.last, false)`,
    [documents as string[]],
  );
}
