import type { Queryable } from '../../../platform/postgres/connections.ts';
import { policyVersions, readingFor } from '../store.pg.ts';
import type { PolicyReading } from '../types.ts';
import { withCorrections } from './store.pg.ts';

/** The text of a document as it is now, with what it was read as and what persons said of that. */
export interface CurrentText {
  readonly versionId: string;
  readonly text: string;
  readonly url: string | null;
  readonly reading: PolicyReading;
}

export async function currentText(sql: Queryable, documentId: string): Promise<CurrentText | undefined> {
  const [version] = await policyVersions(sql, documentId);
  if (!version) return undefined;
  const { reading } = await withCorrections(sql, documentId, await readingFor(sql, version), version.text);
  return { versionId: version.id, text: version.text, url: version.url, reading };
}
