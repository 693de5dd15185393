import {
  lockLibrary,
  prepareDocuments,
  type Taken,
  type TakenDocument,
  takeDocuments,
} from '../../domains/policy/index.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { type Refused, readPolicyFile } from './read-files.ts';

/** What an import did. */
export interface ImportedPolicies {
  readonly files: number;
  /** Documents found, also those refused. */
  readonly read: number;
  readonly inserted: number;
  readonly unchanged: number;
  readonly updated: number;
  readonly rejected: number;
  readonly seconds: number;
}

/** Documents stored in one transaction. */
const BATCH = 150;
/** Characters in one transaction; a batch of long texts is a short one. */
const BATCH_LENGTH = 6_000_000;

/**
 * Takes files of policies in, each file as far as it can be read. Documents are stored in batches; a batch is whole or
 * not there, so an import that is stopped can be run again. What is refused is handed to `refuse` as it is met.
 */
export async function importPolicies(
  sql: Sql,
  files: readonly string[],
  options: { readonly actor: string; readonly refuse: (refused: Refused) => Promise<void> | void },
): Promise<ImportedPolicies> {
  const started = performance.now();
  const counts = { inserted: 0, unchanged: 0, updated: 0 };
  let read = 0;
  let rejected = 0;
  let batch: TakenDocument[] = [];
  let length = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    const documents = batch;
    batch = [];
    length = 0;
    // what takes time is done before others have to wait
    const prepared = await prepareDocuments(sql, documents);
    const taken = await sql.begin(async (tx): Promise<Taken[]> => {
      await lockLibrary(tx);
      return takeDocuments(tx, options.actor, documents, prepared);
    });
    for (const what of taken) counts[what]++;
  };
  for (const file of files)
    for await (const document of readPolicyFile(file)) {
      read++;
      if ('code' in document) {
        rejected++;
        await options.refuse(document);
        continue;
      }
      batch.push(document);
      length += document.source.text.length;
      if (batch.length >= BATCH || length >= BATCH_LENGTH) await flush();
    }
  await flush();
  const result = { files: files.length, read, ...counts, rejected };
  if (counts.inserted || counts.updated)
    await sql.begin((tx) =>
      audit(tx, { actor: options.actor, act: 'policy.import', subject: 'policies', outcome: 'done', detail: result }),
    );
  return { ...result, seconds: Math.round(performance.now() - started) / 1000 };
}
