import { createHash, randomUUID } from 'node:crypto';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { foldText } from '../devices/index.ts';
import type { Candidate, PolicyFilter, PolicyLibrary, ShownRow } from './library.ts';
import { sameText, sketchBands, textSketch, translationStem } from './search/copies.ts';
import { indexTerms } from './search/index-terms.ts';
import { type Fields, type ReadDocument, readDocument, type SourceDocument } from './search/read-document.ts';

/** A document to be stored, with the place it came from and what its structure says. */
export interface TakenDocument {
  readonly source: SourceDocument;
  readonly file: string;
  /** Line of a file of many documents. */
  readonly line: number | null;
}

/** What the structure of a document gives to filters. */
export interface DocumentFacts {
  readonly kind: string | null;
  readonly issuers: readonly string[];
  readonly year: number | null;
}

export type Taken = 'inserted' | 'unchanged' | 'updated';

/** Keeps writers of the library in one row: the counts of terms are added up by one at a time. */
const LOCK_KEY = 7_139_230_702;
/** Candidates compared in full for copies; more share a band only in texts made of boilerplate. */
const MOST_NEAR = 50;

/** Same content, whatever the key and the place it came from. */
function contentHash(source: SourceDocument): string {
  const { title, otherTitle, number, url, language, text } = source;
  return createHash('sha256')
    .update(JSON.stringify([title, otherTitle, number, url, language, text]))
    .digest('hex');
}

/** Waits for other writers of the library; until the transaction ends. */
export async function lockLibrary(tx: Queryable): Promise<void> {
  await tx.unsafe('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
}

/**
 * Stores documents of one transaction (see `lockLibrary`): a new key is inserted, a known key with another content gets
 * a new version, the same content changes nothing. Answers what became of each.
 */
export async function takeDocuments(
  tx: Queryable,
  actor: string,
  documents: readonly TakenDocument[],
  factsOf: (source: SourceDocument) => DocumentFacts,
): Promise<Taken[]> {
  const known = await currentHashes(
    tx,
    documents.map(({ source }) => source.key),
  );
  const counts = new TermCounts();
  const taken: Taken[] = [];
  for (const document of documents) {
    const { source } = document;
    const hash = contentHash(source);
    const before = known.get(source.key);
    if (before?.hash === hash) {
      taken.push('unchanged');
      continue;
    }
    const id = before?.id ?? (await insertDocument(tx, source.key));
    const versionId = await insertVersion(tx, id, hash, actor, document);
    if (before) counts.remove(await removeIndex(tx, id));
    counts.add(await insertIndex(tx, id, versionId, source, factsOf(source)));
    known.set(source.key, { id, hash });
    taken.push(before ? 'updated' : 'inserted');
  }
  await counts.save(tx);
  return taken;
}

async function currentHashes(
  tx: Queryable,
  keys: readonly string[],
): Promise<Map<string, { id: string; hash: string }>> {
  const rows = await tx.unsafe<{ key: string; id: string; hash: string }[]>(
    `select d.key, d.id, v.content_hash as hash from policy_document d
     cross join lateral (select content_hash from policy_version v where v.document_id = d.id order by no desc limit 1) v
     where d.key = any($1::text[])`,
    [keys as string[]],
  );
  return new Map(rows.map(({ key, id, hash }) => [key, { id, hash }]));
}

async function insertDocument(tx: Queryable, key: string): Promise<string> {
  const [row] = await tx.unsafe<{ id: string }[]>('insert into policy_document (key) values ($1) returning id', [key]);
  return (row as { id: string }).id;
}

async function insertVersion(
  tx: Queryable,
  documentId: string,
  hash: string,
  actor: string,
  { source, file, line }: TakenDocument,
): Promise<string> {
  const [row] = await tx.unsafe<{ id: string }[]>(
    `insert into policy_version (document_id, content_hash, title, other_title, number, url, language, text, source_file,
       source_line, actor)
     values ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      documentId,
      hash,
      source.title,
      source.otherTitle,
      source.number,
      source.url,
      source.language,
      source.text,
      file,
      line,
      actor,
    ],
  );
  return (row as { id: string }).id;
}

/** Terms of an index row, for the counts. */
interface Counted {
  readonly terms: readonly string[];
  readonly length: number;
  readonly stub: boolean;
}

async function removeIndex(tx: Queryable, documentId: string): Promise<Counted> {
  await tx.unsafe('delete from policy_sketch_band where document_id = $1::uuid', [documentId]);
  const [row] = await tx.unsafe<Counted[]>(
    `select tsvector_to_array(p.terms) as terms, i.length, i.stub
     from policy_index i join policy_posting p using (no) where i.document_id = $1::uuid`,
    [documentId],
  );
  await tx.unsafe('delete from policy_index where document_id = $1::uuid', [documentId]);
  return row ?? { terms: [], length: 0, stub: true };
}

async function insertIndex(
  tx: Queryable,
  documentId: string,
  versionId: string,
  source: SourceDocument,
  facts: DocumentFacts,
): Promise<Counted> {
  const read = readDocument(source);
  const folded = foldText(read.body);
  const terms = indexTerms(read, folded);
  const sketch = textSketch(folded);
  const bands = read.stub ? [] : sketchBands(sketch);
  const stem = translationStem(source.key);
  const group = read.stub ? randomUUID() : await groupOf(tx, { read, sketch, bands, stem });
  await tx.unsafe(
    `with indexed as (
       insert into policy_index (document_id, version_id, group_id, stem, title, language, stub, kind, issuers, year,
         length, body, folded, fields, sketch, recorded_at)
       values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7, $8, $9::text[], $10, $11, $12, $13, $14, $15,
         clock_timestamp()) returning no
     )
     insert into policy_posting (no, terms) select no, array_to_tsvector($16::text[]) from indexed`,
    [
      documentId,
      versionId,
      group,
      stem,
      read.title,
      read.language,
      read.stub,
      facts.kind,
      facts.issuers as string[],
      facts.year,
      folded.length,
      read.body,
      folded,
      JSON.stringify(read.fields),
      Buffer.from(sketch.buffer),
      terms,
    ],
  );
  if (bands.length)
    await tx.unsafe(
      `insert into policy_sketch_band (band, document_id)
       select distinct b, $2::uuid from unnest($1::integer[]) as b`,
      [bands, documentId],
    );
  return { terms, length: folded.length, stub: read.stub };
}

/** The group a document belongs to: that of its copies and translations, which become one group, else a new one. */
async function groupOf(
  tx: Queryable,
  own: {
    readonly read: ReadDocument;
    readonly sketch: Uint32Array;
    readonly bands: readonly number[];
    readonly stem: string;
  },
): Promise<string> {
  const near = await tx.unsafe<{ group_id: string; sketch: Buffer }[]>(
    `select i.group_id, i.sketch from (
       select document_id, count(*) as bands from policy_sketch_band where band = any($1::integer[])
       group by document_id order by bands desc, document_id limit $2
     ) b join policy_index i using (document_id) order by i.document_id`,
    [own.bands as number[], MOST_NEAR],
  );
  const groups = new Set<string>();
  for (const { group_id, sketch } of near) if (sameText(own.sketch, sketchOf(sketch))) groups.add(group_id);
  const translations = await tx.unsafe<{ group_id: string }[]>(
    'select group_id from policy_index where stem = $1 and language <> $2 and not stub',
    [own.stem, own.read.language],
  );
  for (const { group_id } of translations) groups.add(group_id);
  const [first, ...others] = [...groups].sort();
  if (first === undefined) return randomUUID();
  if (others.length)
    await tx.unsafe('update policy_index set group_id = $1::uuid where group_id = any($2::uuid[])', [first, others]);
  return first;
}

function sketchOf(bytes: Buffer): Uint32Array {
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Changes of the counts, written once for a transaction. */
class TermCounts {
  private readonly terms = new Map<string, number>();
  private documents = 0;
  private length = 0;

  add(counted: Counted): void {
    this.count(counted, 1);
  }

  remove(counted: Counted): void {
    this.count(counted, -1);
  }

  private count({ terms, length, stub }: Counted, by: 1 | -1): void {
    if (stub) return;
    this.documents += by;
    this.length += by * length;
    for (const term of terms) this.terms.set(term, (this.terms.get(term) ?? 0) + by);
  }

  async save(tx: Queryable): Promise<void> {
    const changed = [...this.terms].filter(([, by]) => by !== 0);
    for (let at = 0; at < changed.length; at += 50_000) {
      const part = changed.slice(at, at + 50_000);
      await tx.unsafe(
        `insert into policy_term as t (term, documents)
         select * from unnest($1::text[], $2::integer[])
         on conflict (term) do update set documents = t.documents + excluded.documents`,
        [part.map(([term]) => term), part.map(([, by]) => by)],
      );
    }
    if (this.documents || this.length)
      await tx.unsafe('update policy_library set documents = documents + $1, length = length + $2', [
        this.documents,
        this.length,
      ]);
  }
}

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

const FILTER = `($1::text is null or i.kind = $1) and ($2::integer is null or i.year = $2)
  and ($3::text is null or exists (select from unnest(i.issuers) as name where strpos(name, $3) > 0))`;

const filterValues = (filter: PolicyFilter) => [filter.kind, filter.year, filter.issuer];

/** Documents that hold the heaviest of the terms asked, at most `limit`, and how many hold any of them. */
async function findCandidates(
  sql: Queryable,
  terms: readonly { readonly term: string; readonly weight: number }[],
  filter: PolicyFilter,
  limit: number,
): Promise<{ readonly candidates: Candidate[]; readonly found: number }> {
  if (terms.length === 0) return { candidates: [], found: 0 };
  const narrowed = filter.kind !== null || filter.issuer !== null || filter.year !== null;
  const among = narrowed
    ? `h.no in (select i.no from policy_index i where ${FILTER})`
    : '$1::text is null and $2::integer is null and $3::text is null';
  const rows = await sql.unsafe<(Omit<Candidate, 'fields'> & { fields: string; found: number })[]>(
    `with ranked as materialized (
       select h.no, h.weight from policy_hits($5::text[], $6::double precision[]) h where ${among}
     ),
     best as (select * from ranked order by weight desc, no limit $4)
     select i.document_id as id, d.key, i.group_id as "group", i.title, i.stub, i.language, i.folded, i.fields,
       (select count(*) from ranked)::integer as found
     from best join policy_index i using (no) join policy_document d on d.id = i.document_id
     order by best.weight desc, i.no`,
    [...filterValues(filter), limit, terms.map(({ term }) => quoted(term)), terms.map(({ weight }) => weight)],
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

const SHOWN = `i.document_id as id, d.key, i.title, i.language, i.stub, i.kind, i.issuers, i.year, v.number, v.url, i.body,
  i.recorded_at
  from policy_index i join policy_document d on d.id = i.document_id join policy_version v on v.id = i.version_id`;

export async function shownRows(sql: Queryable, ids: readonly string[]): Promise<Map<string, ShownRow>> {
  const rows = await sql.unsafe<ShownRow[]>(`select ${SHOWN} where i.document_id = any($1::uuid[])`, [ids as string[]]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Documents without a question, latest first. */
export async function listPolicies(
  sql: Queryable,
  filter: PolicyFilter,
  after: { readonly at: string; readonly id: string } | null,
  limit: number,
): Promise<ShownRow[]> {
  return sql.unsafe<ShownRow[]>(
    `select ${SHOWN} where ${FILTER} and not i.stub
       and ($4::timestamptz is null or (i.recorded_at, i.document_id) < ($4::timestamptz, $5::uuid))
     order by i.recorded_at desc, i.document_id desc limit $6`,
    [...filterValues(filter), after?.at ?? null, after?.id ?? null, limit],
  );
}

export async function countPolicies(sql: Queryable, filter: PolicyFilter): Promise<number> {
  const [row] = await sql.unsafe<{ n: number }[]>(
    `select count(*)::integer as n from policy_index i where ${FILTER} and not i.stub`,
    filterValues(filter),
  );
  return row?.n ?? 0;
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

/** All versions of a document, the latest first. */
export async function policyVersions(sql: Queryable, id: string): Promise<VersionRow[]> {
  return sql.unsafe<VersionRow[]>(
    `select id, content_hash, title, number, url, language, text, source_file, source_line, actor, recorded_at
     from policy_version where document_id = $1::uuid order by no desc`,
    [id],
  );
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
