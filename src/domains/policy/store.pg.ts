import type { Queryable } from '../../platform/postgres/connections.ts';
import { filterSql } from './filter.pg.ts';
import type { Candidate, PolicyFilter, PolicyLibrary } from './library.ts';
import { shownRows } from './lists.pg.ts';
import type { Fields } from './search/read-document.ts';
import { readingOf } from './taking.pg.ts';
import type { PolicyReading } from './types.ts';

/** Counts that weigh the words of a question. */
async function countsOf(
  sql: Queryable,
  tokens: readonly string[],
): Promise<{ documents: number; averageLength: number; df: ReadonlyMap<string, number> }> {
  const [library] = await sql.unsafe<{ documents: number; length: number }[]>(
    'select documents, length from policy_library',
  );
  const rows = await sql.unsafe<{ term: string; documents: number }[]>(
    'select term, documents from policy_term where term = any($1::text[]) and documents > 0',
    [tokens as string[]],
  );
  const documents = library?.documents ?? 0;
  return {
    documents,
    averageLength: documents > 0 ? Math.max(1, (library?.length ?? 0) / documents) : 1,
    df: new Map(rows.map((row) => [row.term, row.documents])),
  };
}

/** Documents that hold the heaviest of the terms asked, at most `limit`, and how many hold any of them. */
async function findCandidates(
  sql: Queryable,
  terms: readonly { readonly term: string; readonly weight: number }[],
  filter: PolicyFilter,
  limit: number,
): Promise<{ readonly candidates: Candidate[]; readonly found: number }> {
  if (terms.length === 0) return { candidates: [], found: 0 };
  const condition = filterSql(filter, 4);
  const among = condition.narrow ? `where h.no in (select i.no from policy_index i where ${condition.sql})` : '';
  const rows = await sql.unsafe<(Omit<Candidate, 'fields'> & { fields: string; found: number })[]>(
    `with ranked as materialized (
       select h.no, h.weight from policy_hits($1::text[], $2::double precision[]) h ${among}
     ),
     best as (select * from ranked order by weight desc, no limit $3)
     select i.document_id as id, d.key, i.group_id as "group", i.title, i.stub, i.language, i.folded, i.fields, i.dated,
       (select count(*) from ranked)::integer as found
     from best join policy_index i using (no) join policy_document d on d.id = i.document_id
     order by best.weight desc, i.no`,
    [terms.map(({ term }) => quoted(term)), terms.map(({ weight }) => weight), limit, ...condition.values],
  );
  return {
    found: rows[0]?.found ?? 0,
    candidates: rows.map(({ fields, found: _found, ...row }) => ({ ...row, fields: JSON.parse(fields) as Fields })),
  };
}

/** A term as a tsquery. */
function quoted(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

export interface VersionRow {
  readonly id: string;
  readonly content_hash: string;
  readonly title: string | null;
  readonly number: string | null;
  readonly url: string | null;
  readonly language: string | null;
  readonly text: string;
  readonly source_file: string;
  readonly source_line: number | null;
  readonly actor: string;
  readonly recorded_at: string;
}

/** The document that came under a key. */
export async function documentIdOf(sql: Queryable, key: string): Promise<string | null> {
  const [row] = await sql.unsafe<{ id: string }[]>('select id from policy_document where key = $1', [key]);
  return row?.id ?? null;
}

/** All versions of a document, the latest first. */
export async function policyVersions(sql: Queryable, id: string): Promise<VersionRow[]> {
  return sql.unsafe<VersionRow[]>(
    `select id, content_hash, title, number, url, language, text, source_file, source_line, actor, recorded_at
     from policy_version where document_id = $1::uuid order by no desc`,
    [id],
  );
}

/** What a version was read as; one from before the readings were kept is read now. */
export async function readingFor(sql: Queryable, version: Pick<VersionRow, 'id' | 'text'>): Promise<PolicyReading> {
  const [row] = await sql.unsafe<{ reading: string }[]>(
    'select reading from policy_reading where version_id = $1::uuid',
    [version.id],
  );
  return row ? (JSON.parse(row.reading) as PolicyReading) : readingOf(version);
}

/** Other documents with the same text or in another language. */
export async function copiesOf(
  sql: Queryable,
  id: string,
): Promise<{ id: string; key: string; title: string; language: string }[]> {
  return sql.unsafe<{ id: string; key: string; title: string; language: string }[]>(
    `select i.document_id as id, d.key, i.title, i.language from policy_index i join policy_document d on d.id = i.document_id
     where i.group_id = (select group_id from policy_index where document_id = $1::uuid) and i.document_id <> $1::uuid
     order by d.key limit 200`,
    [id],
  );
}

/** The library as the search asks it. */
export function policyLibrary(sql: Queryable): PolicyLibrary {
  return {
    countsOf: (tokens) => countsOf(sql, tokens),
    findCandidates: (tokens, filter, limit) => findCandidates(sql, tokens, filter, limit),
    shownRows: (ids) => shownRows(sql, ids),
  };
}
