import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { foldText } from '../devices/index.ts';
import { sameText, sketchBands, textSketch, translationStem } from './search/copies.ts';
import { indexTerms } from './search/index-terms.ts';
import type { ReadDocument, SourceDocument } from './search/read-document.ts';

/** Candidates compared in full for copies; more share a band only in texts made of boilerplate. */
const MOST_NEAR = 50;

/** Terms of an index row, for the counts. */
interface Counted {
  readonly terms: readonly string[];
  readonly length: number;
  readonly stub: boolean;
}

export async function removeIndex(tx: Queryable, documentId: string): Promise<Counted> {
  await tx.unsafe('delete from policy_sketch_band where document_id = $1::uuid', [documentId]);
  const [row] = await tx.unsafe<Counted[]>(
    `select tsvector_to_array(p.terms) as terms, i.length, i.stub
     from policy_index i join policy_posting p using (no) where i.document_id = $1::uuid`,
    [documentId],
  );
  await tx.unsafe('delete from policy_index where document_id = $1::uuid', [documentId]);
  return row ?? { terms: [], length: 0, stub: true };
}

/** What the search keeps of a document, made from its text before the library is locked. */
export interface IndexEntry {
  readonly read: ReadDocument;
  readonly folded: string;
  readonly terms: string[];
  readonly sketch: Uint32Array;
  readonly bands: readonly number[];
  readonly stem: string;
}

export function indexEntry(source: SourceDocument, read: ReadDocument): IndexEntry {
  const folded = foldText(read.body);
  const sketch = textSketch(folded);
  return {
    read,
    folded,
    terms: indexTerms(read, folded),
    sketch,
    bands: read.stub ? [] : sketchBands(sketch),
    stem: translationStem(source.key),
  };
}

/** What the first act of a document gives to its row in lists. */
export interface ListedFacts {
  readonly kind: string | null;
  readonly issuers: readonly string[];
  readonly year: number | null;
  readonly dated: string | null;
}

export async function insertIndex(
  tx: Queryable,
  documentId: string,
  versionId: string,
  entry: IndexEntry,
  facts: ListedFacts,
): Promise<Counted> {
  const { read, folded, terms, sketch, bands, stem } = entry;
  const group = read.stub ? randomUUID() : await groupOf(tx, entry);
  await tx.unsafe(
    `with indexed as (
       insert into policy_index (document_id, version_id, group_id, stem, title, language, stub, kind, issuers, year,
         length, body, folded, fields, sketch, dated, recorded_at)
       values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7, $8, $9::text[], $10, $11, $12, $13, $14, $15, $17::date,
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
      facts.dated,
    ],
  );
  if (bands.length)
    await tx.unsafe(
      `insert into policy_sketch_band (band, document_id)
       select distinct b, $2::uuid from unnest($1::integer[]) as b`,
      [bands as number[], documentId],
    );
  return { terms, length: folded.length, stub: read.stub };
}

/** The group a document belongs to: that of its copies and translations, which become one group, else a new one. */
async function groupOf(tx: Queryable, own: IndexEntry): Promise<string> {
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
export class TermCounts {
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
