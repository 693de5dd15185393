import type { PublishedVersion } from '../devices/index.ts';

/** One taking-in of a release. */
export interface ReleaseRow {
  readonly id: number;
  readonly release_id: string;
  readonly source: string;
  readonly shelf: number;
  readonly mode: 'full' | 'update';
  readonly release_name: string;
  readonly released_on: string;
  readonly state: string;
  readonly stage: string;
  readonly started_at: string;
  readonly published_at: string | null;
  readonly revoked_at: string | null;
  readonly actor: string;
  readonly counts: Record<string, unknown>;
  readonly progress: Record<string, unknown>;
  readonly failure: { code: string; message: string } | null;
}

/** One record of a release against its version before. */
export interface ChangePair {
  /** Newest version of the record in the release; null when the release only says that it is gone or back. */
  readonly now: PublishedVersion | null;
  readonly before: PublishedVersion | null;
  /** False: a full release does not hold it any more; true: it is back; null: not said. */
  readonly presence: boolean | null;
  /** Where the report goes on behind this record. */
  readonly place: string;
}

/** What the change report reads. */
export interface ChangeStore {
  /** Imports of the same shelf visible just before this one was published. */
  visibleBefore(release: ReleaseRow): Promise<number[]>;
  /** Records of the release with their version before, in a stable order; `next` null at the end. */
  pairsOf(
    release: ReleaseRow,
    before: readonly number[],
    request: { readonly after: string; readonly limit: number },
  ): Promise<{ readonly pairs: ChangePair[]; readonly next: string | null }>;
}
