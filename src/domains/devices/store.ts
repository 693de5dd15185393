import type { DeviceRow } from './device-row.ts';
import type { IdentifierOfVersion, PlaceRow, ProblemRow, VersionRow } from './dossier-row.ts';
import type { ReadAt, ReadAtRequest } from './read-at.ts';
import type { SearchPlan } from './search-sql.ts';

/** A device found under an identifier, with what is needed to count its units of use. */
export interface IdentifierRow extends DeviceRow {
  readonly matched_key: string;
  readonly level: number;
  readonly pack_level: string | null;
  readonly payload: string;
  readonly packages:
    | { readonly k: string; readonly c: string | null; readonly q: number | null; readonly l: number }[]
    | null;
}

/** A device found under a certificate number, credit code, model or catalogue number. */
export interface NamedRow extends DeviceRow {
  readonly asked: string;
}

/** What a text that is no identifier may name. */
export type NamedBy = 'certificate' | 'holder' | 'model';

export interface LookupStore {
  /** All devices in force under any of the keys, at any level; one round trip. */
  findByIdentifiers(at: ReadAt, keys: readonly string[]): Promise<IdentifierRow[]>;
  /** The same as known now, on a legal day, without the two times being resolved before. */
  findByIdentifiersNow(asOf: string, keys: readonly string[]): Promise<IdentifierRow[]>;
  /** For each text the first `limit` devices in force that carry it. */
  findNamed(
    at: ReadAt,
    by: NamedBy,
    request: { readonly texts: readonly string[]; readonly limit: number },
  ): Promise<NamedRow[]>;
}

/** A matched product: where it stands in the ranking and how many devices it has at present. */
export interface RankedProduct {
  readonly shelf: number;
  readonly id: string;
  readonly tier: number;
  readonly devices: number;
}

export interface Ranking {
  /** The best products of the bounded set. */
  readonly top: readonly RankedProduct[];
  /** True when every matched product was ranked: `devices` then is the exact sum. */
  readonly complete: boolean;
  /** About what share of all products was looked at; 1 when complete. */
  readonly share: number;
  /** Products ranked, and the sum of their present devices. */
  readonly products: number;
  readonly devices: number;
}

export interface CodeRow extends DeviceRow {
  readonly order_key: string;
}

export interface FacetBucket {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

export interface FacetCounts {
  readonly buckets: readonly FacetBucket[];
  /** True when only a sample was counted. */
  readonly sampled: boolean;
}

/** Which devices of which products, and from where on. */
export interface ProductRowsRequest {
  readonly products: readonly Pick<RankedProduct, 'shelf' | 'id'>[];
  /** Only versions behind this one in the first product. */
  readonly afterVersion: string | null;
  readonly limit: number;
}

/** A place in an ordered list of devices. */
export interface RowPlace {
  readonly key: string;
  readonly version: string;
}

export interface CodeRowsRequest {
  /** Index of the path in `codePaths`. */
  readonly path: number;
  readonly after: RowPlace | null;
  readonly limit: number;
}

export interface SortedRowsRequest {
  readonly by: 'di' | 'publishedOn' | 'name';
  readonly after: RowPlace | null;
  readonly limit: number;
}

export interface SearchStore {
  /** Ranks what matches among the first `bound` candidates and answers the best. */
  rank(plan: SearchPlan, request: { readonly bound: number; readonly top: number }): Promise<Ranking>;
  /** What the planner expects the number of matched products to be. */
  expectedProducts(plan: SearchPlan): Promise<number>;
  /** Every matched product by tier and id. */
  allProducts(plan: SearchPlan): Promise<RankedProduct[]>;
  /** Devices of the given products, in their order. */
  devicesOf(at: ReadAt, plan: SearchPlan, request: ProductRowsRequest): Promise<DeviceRow[]>;
  /** Devices found by the code in the question. */
  devicesByCode(at: ReadAt, plan: SearchPlan, request: CodeRowsRequest): Promise<CodeRow[]>;
  /** Devices in an order of their own values. */
  devicesSorted(at: ReadAt, plan: SearchPlan, request: SortedRowsRequest): Promise<CodeRow[]>;
  /** Exact total within the time, else null. */
  countExactly(at: ReadAt, plan: SearchPlan, milliseconds: number): Promise<number | null>;
  /** Facets from kept tallies, of a sample when time is short; null when they cannot be had within the time. */
  facets(at: ReadAt, plan: SearchPlan, milliseconds: number): Promise<FacetCounts | null>;
  /** For each class code the published values of one device of a source that names its classes. */
  classExamples(codes: readonly string[]): Promise<{ code: string; source: string; payload: string }[]>;
  /** Names, brands and holders that begin with the text, its pinyin or its initials. */
  beginningTerms(text: string, limit: number): Promise<{ kind: string; term: string }[]>;
  /** Names, brands and holders like the text, the likest first. */
  similarTerms(text: string, limit: number): Promise<{ kind: string; term: string }[]>;
}

/** A device record by its key; `shelf` keeps demonstration data apart. */
export interface RecordAddress {
  readonly shelf: number;
  readonly recordKey: string;
}

export interface DeviceDossierStore {
  /** Every known version of a record, newest first, those that begin after `asOf` included. */
  findVersions(at: ReadAt, key: { readonly source: string; readonly recordKey: string }): Promise<VersionRow[]>;
  /** Identifiers of a version and the ledger's entries about its record. */
  findDetails(
    at: ReadAt,
    version: RecordAddress & { readonly versionId: string },
  ): Promise<{ readonly identifiers: IdentifierOfVersion[]; readonly problems: ProblemRow[] }>;
  findPresence(at: ReadAt, record: RecordAddress): Promise<{ on_date: string; present: boolean; import_id: number }[]>;
  findReleases(imports: readonly number[]): Promise<Map<number, PlaceRow>>;
}

export interface DeviceStore extends LookupStore, SearchStore, DeviceDossierStore {
  readAt(request: ReadAtRequest): Promise<ReadAt>;
}
