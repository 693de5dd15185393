import { createHash } from 'node:crypto';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { type ActsOf, insertActs } from './acts.pg.ts';
import { type NewEvent, recordEvents } from './events.pg.ts';
import { correctedTitles, type ProjectedAct, projectActs } from './linking/acts.ts';
import { linkDocuments } from './links.pg.ts';
import { EXTRACTION, parsePolicy } from './parse.ts';
import { keepDoubts, withCorrections } from './review/store.pg.ts';
import { type ReadDocument, readDocument, type SourceDocument } from './search/read-document.ts';
import {
  type IndexEntry,
  indexEntry,
  insertIndex,
  type ListedFacts,
  removeIndex,
  TermCounts,
} from './search-index.pg.ts';
import type { PolicyReading } from './types.ts';

/** A document to be stored, with the place it came from. */
export interface TakenDocument {
  readonly source: SourceDocument;
  readonly file: string;
  /** Line of a file of many documents. */
  readonly line: number | null;
}

export type Taken = 'inserted' | 'unchanged' | 'updated';

/** A document with all that is made of its text, which takes the time of an import. */
export interface PreparedDocument {
  readonly read: ReadDocument;
  readonly entry: IndexEntry;
  readonly reading: PolicyReading;
}

/** Keeps writers of the library in one row: the counts of terms are added up by one at a time. */
const LOCK_KEY = 7_139_230_702;
/** Longer texts are not read for their structure: they are collections, or no text at all. */
const LONGEST_READ = 2_000_000;

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

/** The structure of a text, none of one too long. */
export function readingOf(source: { readonly text: string }): PolicyReading {
  return source.text.length > LONGEST_READ
    ? { documents: [], damage: [] }
    : parsePolicy(source.text, { format: 'auto' });
}

function prepare(source: SourceDocument): PreparedDocument {
  const read = readDocument(source);
  return { read, entry: indexEntry(source, read), reading: readingOf(source) };
}

/** Prepares, without a lock, the documents whose content is not known yet. */
export async function prepareDocuments(
  sql: Queryable,
  documents: readonly TakenDocument[],
): Promise<Map<SourceDocument, PreparedDocument>> {
  const known = await currentHashes(
    sql,
    documents.map(({ source }) => source.key),
  );
  const prepared = new Map<SourceDocument, PreparedDocument>();
  for (const { source } of documents)
    if (known.get(source.key)?.hash !== contentHash(source)) prepared.set(source, prepare(source));
  return prepared;
}

/**
 * Stores documents of one transaction (see `lockLibrary`): a new key is inserted, a known key with another content gets
 * a new version, the same content changes nothing. Readings, acts, citations, links and events are written with them.
 * Answers what became of each.
 */
export async function takeDocuments(
  tx: Queryable,
  actor: string,
  documents: readonly TakenDocument[],
  prepared: ReadonlyMap<SourceDocument, PreparedDocument> = new Map(),
): Promise<Taken[]> {
  const known = await currentHashes(
    tx,
    documents.map(({ source }) => source.key),
  );
  const counts = new TermCounts();
  const taken: Taken[] = [];
  const written = new Map<string, ActsOf>();
  const had = new Set<string>();
  const events: NewEvent[] = [];
  for (const document of documents) {
    const { source } = document;
    const hash = contentHash(source);
    const before = known.get(source.key);
    if (before?.hash === hash) {
      taken.push('unchanged');
      continue;
    }
    const { read, entry, reading } = prepared.get(source) ?? prepare(source);
    const id = before?.id ?? (await insertDocument(tx, source.key));
    const versionId = await insertVersion(tx, id, hash, actor, document);
    await keepReading(tx, versionId, reading);
    if (before) counts.remove(await removeIndex(tx, id));
    // what persons said of an earlier text holds for this one as far as its words are still there
    const { reading: corrected } = before ? await withCorrections(tx, id, reading, source.text) : { reading };
    const acts = projectActs(source, read, corrected, correctedTitles(reading, corrected));
    await keepDoubts(tx, id, corrected);
    counts.add(await insertIndex(tx, id, versionId, entry, listedFacts(acts)));
    written.set(id, { document: id, version: versionId, acts });
    if (before) had.add(id);
    events.push({
      kind: before ? 'changed' : 'added',
      document: id,
      ordinal: 0,
      by: null,
      detail: { key: source.key },
    });
    known.set(source.key, { id, hash });
    taken.push(before ? 'updated' : 'inserted');
  }
  await counts.save(tx);
  await insertActs(tx, [...written.values()], had);
  await recordEvents(tx, [...events, ...(await linkDocuments(tx, [...written.keys()]))]);
  return taken;
}

/** What lists know of a document: its first act. */
export function listedFacts([first]: readonly ProjectedAct[]): ListedFacts {
  return {
    kind: first?.kind ?? null,
    issuers: first?.issuers ?? [],
    year: first?.year ?? null,
    dated: first?.issued ?? first?.published ?? null,
  };
}

/** Keeps what a version was read as; another edition of the rules replaces it. */
export async function keepReading(tx: Queryable, versionId: string, reading: PolicyReading): Promise<void> {
  await tx.unsafe(
    `insert into policy_reading (version_id, edition, reading) values ($1::uuid, $2, $3)
     on conflict (version_id) do update
       set edition = excluded.edition, reading = excluded.reading, recorded_at = clock_timestamp()`,
    [versionId, EXTRACTION, JSON.stringify(reading)],
  );
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
