import type { Queryable } from '../../platform/postgres/connections.ts';
import { insertActs } from './acts.pg.ts';
import { recordEvents } from './events.pg.ts';
import { correctedTitles, projectActs } from './linking/acts.ts';
import { linkDocuments } from './links.pg.ts';
import { keepDoubts, withCorrections } from './review/store.pg.ts';
import { readDocument, type SourceDocument } from './search/read-document.ts';
import { policyVersions, readingFor } from './store.pg.ts';
import { listedFacts } from './taking.pg.ts';

/**
 * Makes the acts of a document anew after a person corrected one of them, with their links, and tells it as an event.
 * The caller holds the lock of the library.
 */
export async function projectCorrected(tx: Queryable, documentId: string, ordinal: number): Promise<void> {
  const [version] = await policyVersions(tx, documentId);
  const [document] = await tx.unsafe<{ key: string }[]>('select key from policy_document where id = $1::uuid', [
    documentId,
  ]);
  if (!version || !document) return;
  const source: SourceDocument = await sourceOf(tx, document.key, version.id);
  const asRead = await readingFor(tx, version);
  const { reading } = await withCorrections(tx, documentId, asRead, version.text);
  const acts = projectActs(source, readDocument(source), reading, correctedTitles(asRead, reading));
  const facts = listedFacts(acts);
  await insertActs(tx, [{ document: documentId, version: version.id, acts }], new Set([documentId]));
  await keepDoubts(tx, documentId, reading);
  await tx.unsafe(
    `update policy_index set kind = $2, issuers = $3::text[], year = $4, dated = $5::date where document_id = $1::uuid`,
    [documentId, facts.kind, facts.issuers as string[], facts.year, facts.dated],
  );
  const links = await linkDocuments(tx, [documentId]);
  await recordEvents(tx, [
    { kind: 'corrected', document: documentId, ordinal, by: null, detail: { key: document.key } },
    ...links,
  ]);
}

async function sourceOf(tx: Queryable, key: string, versionId: string): Promise<SourceDocument> {
  const [row] = await tx.unsafe<Omit<SourceDocument, 'key'>[]>(
    `select title, other_title as "otherTitle", number, url, language, text from policy_version where id = $1::uuid`,
    [versionId],
  );
  return { key, ...(row as Omit<SourceDocument, 'key'>) };
}
