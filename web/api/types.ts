import type { Bilingual } from '../i18n/text.ts';

/** Answers of /api/v1 as the web reads them. Optional fields may be absent on older servers. */
export interface Total {
  readonly value: number;
  readonly relation: 'exact' | 'estimate';
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly total: Total;
}

export interface SourceRef {
  readonly source: string;
  readonly sourceTitle: Bilingual;
  readonly releaseId: string;
  readonly releaseName: string;
  readonly releasedOn: string;
  readonly recordedAt: string;
  readonly file: string | null;
  readonly sha256: string | null;
  readonly part: string | null;
  readonly partNo: number | null;
  readonly recordNo: number | null;
  readonly at: number | null;
  readonly length: number | null;
  readonly firmness: string | null;
}

export type Nested = string | number | boolean | null | readonly Nested[] | { readonly [key: string]: Nested };

export interface Value {
  readonly tag: string;
  readonly label: Bilingual;
  readonly value: Nested;
  readonly section: string;
  readonly src?: number;
}

export type HighlightPart = readonly [text: string, hit: boolean | number];

export interface DeviceHit {
  readonly source: string;
  readonly recordKey: string;
  readonly di: string | null;
  readonly agency: string | null;
  readonly name: string | null;
  readonly brand: string | null;
  readonly model: string | null;
  readonly catalogNo: string | null;
  readonly holder: string | null;
  readonly holderKey: string | null;
  readonly certificates: readonly string[];
  readonly classCode: string | null;
  readonly category: string | null;
  readonly riskClass: string | null;
  readonly status: string;
  readonly withdrawnOn: string | null;
  readonly publishedOn: string | null;
  readonly versionNo: number | null;
  readonly validFrom: string | null;
  readonly demo: boolean;
  readonly highlight?: { readonly field: string; readonly text: readonly HighlightPart[] } | null;
}

export interface DevicePage extends Page<DeviceHit> {
  readonly didYouMean?: readonly string[];
  /** What was asked instead of a query without results: `near` = one letter may differ, else near names. */
  readonly instead?: 'near' | readonly string[] | null;
}

export interface Facet {
  readonly name: string;
  readonly buckets: readonly {
    readonly value: string;
    readonly label: Bilingual | string | null;
    readonly count: number;
    readonly relation: 'exact' | 'estimate';
  }[];
}

export interface Facets {
  readonly total: Total;
  readonly facets: readonly Facet[];
}

export interface Suggestion {
  readonly kind: 'device' | 'certificate' | 'party' | 'name' | 'code';
  readonly label: string;
  readonly detail: string | null;
  readonly href: string;
}

export interface CodeProblem {
  readonly code: string;
  readonly severity: string;
  readonly message?: string | null;
  readonly field?: string | null;
  readonly value?: string | null;
  readonly reason?: string | null;
  /** What the code means. */
  readonly label?: Bilingual;
  readonly src?: number;
}

export interface LookupMatch {
  readonly di: string | null;
  /** Null when the device was found by model, certificate or credit code. */
  readonly level: string | null;
  readonly unitsOfUse: number | null;
  readonly packLevel: string | null;
  readonly device: DeviceHit;
  readonly holder: string | null;
  readonly certificate: string | null;
}

export interface Lookup {
  readonly code: string;
  readonly kind: 'udi' | 'di' | 'certificate' | 'credit-code' | 'model' | 'unknown';
  readonly found: boolean;
  readonly matches: readonly LookupMatch[];
  /** True when further matches exist that are not listed. */
  readonly more?: boolean;
  readonly problems: readonly CodeProblem[];
  readonly status: 'found' | 'several' | 'not-found' | 'invalid';
}

export interface Summary {
  readonly devices: number;
  readonly products: number;
  readonly certificates: number;
  readonly parties: number;
  readonly releases: readonly ReleaseSummary[];
  readonly demo: boolean;
  readonly examples?: readonly { readonly code: string; readonly label: Bilingual | string }[];
  readonly changedToday?: Readonly<Record<string, number>> | null;
}

export interface ReleaseSummary {
  readonly releaseId: string;
  readonly releaseName: string;
  readonly source: string;
  readonly mode?: string;
  readonly releasedOn: string;
  readonly recordedAt?: string | null;
  readonly publishedAt?: string | null;
  readonly revokedAt?: string | null;
  readonly state: string;
  readonly importId?: number | string;
  readonly counts?: Readonly<Record<string, unknown>>;
}

export interface ImportProgress {
  readonly importId?: number | string;
  readonly releaseId?: string | null;
  readonly releaseName?: string | null;
  readonly state: string;
  readonly stage?: string | null;
  readonly read: number;
  readonly total: number | null;
  readonly rate: number | null;
  readonly secondsLeft: number | null;
  readonly problems?: Readonly<Record<string, number>>;
  readonly rejected?: number;
  readonly failure?: { readonly code: string; readonly message: string } | null;
  readonly counts?: Readonly<Record<string, unknown>>;
}

export interface ReleaseDetail extends ReleaseSummary {
  readonly problems?: Readonly<Record<string, number>>;
  readonly files?: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  readonly parts?: readonly {
    readonly path: string;
    readonly encoding?: string | null;
    readonly headerCount?: number | null;
    readonly read?: number;
    readonly rejected?: number;
    readonly identifiers?: number;
  }[];
  readonly changes?: Readonly<Record<string, number>>;
  readonly failure?: { readonly code: string; readonly message: string } | null;
}

export interface ChangeRow {
  readonly kind: 'new' | 'changed' | 'withdrawn' | 'conflict';
  readonly key: string;
  readonly source?: string;
  readonly di?: string | null;
  readonly name?: string | null;
  readonly fields: readonly {
    readonly name: string;
    readonly label?: Bilingual;
    readonly from: Nested;
    readonly to: Nested;
  }[];
}

export interface QualityCount {
  readonly source: string;
  readonly release: string;
  readonly releaseName?: string;
  readonly code: string;
  readonly label: Bilingual | string;
  readonly severity: string;
  readonly count: number;
}

export interface QualityRow {
  readonly recordKey: string | null;
  readonly source?: string;
  readonly di: string | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly reason: string | null;
  readonly part: string | null;
  readonly partNo?: number | null;
  readonly at: number | null;
  readonly recordNo: number | null;
  readonly file: string | null;
}

export interface SourceInfo {
  readonly id: string;
  readonly title?: Bilingual;
  readonly titleZh?: string;
  readonly titleEn?: string;
  readonly publisher: string;
  readonly url: string | null;
  readonly licence: string;
  readonly shelf?: number;
  readonly devices?: number;
  readonly releases?: number;
  readonly latestReleasedOn?: string | null;
}

export interface SourceBytes {
  readonly text: string | null;
  readonly hex?: string | null;
  readonly available: boolean;
  readonly file: string | null;
  readonly encoding?: string | null;
}
