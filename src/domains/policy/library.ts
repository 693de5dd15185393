import type { Fields } from './search/read-document.ts';

/** What a list of policies may be narrowed to. */
export interface PolicyFilter {
  readonly kind: string | null;
  /** Part of the name of an issuer. */
  readonly issuer: string | null;
  readonly year: number | null;
}

/** A document with what the ranking needs. */
export interface Candidate {
  readonly id: string;
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly stub: boolean;
  readonly language: 'zh' | 'en';
  readonly folded: string;
  readonly fields: Fields;
}

/** Text and facts of documents that are shown. */
export interface ShownRow {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly language: string;
  readonly stub: boolean;
  readonly kind: string | null;
  readonly issuers: string[];
  readonly year: number | null;
  readonly number: string | null;
  readonly url: string | null;
  readonly body: string;
  readonly recorded_at: string;
}

/** What the search asks of the library. */
export interface PolicyLibrary {
  countsOf(
    tokens: readonly string[],
  ): Promise<{ documents: number; averageLength: number; df: ReadonlyMap<string, number> }>;
  findCandidates(
    tokens: readonly { readonly term: string; readonly weight: number }[],
    filter: PolicyFilter,
    limit: number,
  ): Promise<{ readonly candidates: Candidate[]; readonly found: number }>;
  shownRows(ids: readonly string[]): Promise<Map<string, ShownRow>>;
}
