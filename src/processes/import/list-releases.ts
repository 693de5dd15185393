import type { Queryable } from '../../platform/postgres/connections.ts';

/** One import as `xiedang releases` lists it. */
export interface ReleaseLine {
  readonly id: string;
  readonly source: string;
  readonly name: string;
  readonly mode: 'full' | 'update';
  readonly releasedOn: string;
  readonly state: 'running' | 'interrupted' | 'failed' | 'published' | 'revoked';
  readonly recordedAt: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
  readonly revokedReason: string | null;
  readonly counts: Readonly<Record<string, unknown>>;
  readonly failure: Readonly<Record<string, unknown>> | null;
}

/** Every import there was, the oldest first. */
export async function listReleases(sql: Queryable): Promise<ReleaseLine[]> {
  return sql<ReleaseLine[]>`
    SELECT release_id AS id, source, release_name AS name, mode, released_on AS "releasedOn", state,
      published_at AS "recordedAt", revoked_at AS "revokedAt", revoked_by AS "revokedBy",
      revoked_reason AS "revokedReason", counts, failure
    FROM import ORDER BY import.id`;
}
