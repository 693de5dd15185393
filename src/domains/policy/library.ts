import type { ActState, LivingAct } from './linking/life.ts';
import type { Fields } from './search/read-document.ts';

/** What a list of policies may be narrowed to; what is left out, or null, narrows nothing. */
export interface PolicyFilter {
  /** Kinds of documents, any of them. */
  readonly kind?: readonly string[] | null | undefined;
  readonly docType?: string | null | undefined;
  /** Part of the name of an issuer. */
  readonly issuer?: string | null | undefined;
  /** Region, with those inside it. */
  readonly region?: string | null | undefined;
  readonly level?: string | null | undefined;
  readonly number?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly year?: number | null | undefined;
  /** Day of issue, else of publication: the first and the last. */
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  /** Citing this document, or one act of it. */
  readonly cites?: { readonly id: string; readonly ordinal: number | null } | null | undefined;
  readonly policyOnly?: boolean | null | undefined;
  /** Naming this standard. */
  readonly standard?: string | null | undefined;
  /** State of an act on a day. */
  readonly state?: { readonly state: ActState; readonly asOf: string } | null | undefined;
}

export type PolicySort = 'relevance' | 'newest' | 'oldest' | 'title';

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
  /** Day of issue, else of publication. */
  readonly dated: string | null;
}

/** Text and facts of documents that are shown; the facts are those of the first act in it. */
export interface ShownRow extends LivingAct {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly language: string;
  readonly stub: boolean;
  readonly docType: string | null;
  readonly issuers: string[];
  readonly region: string;
  readonly level: string;
  readonly url: string | null;
  readonly body: string;
  /** Acts found in it. */
  readonly acts: number;
  readonly dated: string | null;
  readonly recordedAt: string;
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
