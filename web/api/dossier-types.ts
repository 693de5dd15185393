import type { Bilingual } from '../i18n/text.ts';
import type { CodeProblem, DeviceHit, Nested, SourceRef, Value } from './types.ts';

/** The one shape of a computed answer; `reason` says it in one sentence. */
export interface Decision {
  readonly outcome: string;
  readonly determinable: boolean;
  /** The number a certificate was renewed under. */
  readonly renewedAs?: string | null;
  readonly reason?: Bilingual | string | null;
  readonly steps?: readonly (Bilingual | string)[];
  readonly values?: readonly {
    readonly name: string;
    readonly label?: Bilingual;
    readonly value: Nested;
    readonly unit?: string | null;
    readonly source?: string | null;
    readonly article?: string | null;
    readonly src?: number;
  }[];
  readonly missing?: readonly (Bilingual | string | { readonly name: string; readonly label?: Bilingual })[];
}

export interface CertificateSummary {
  readonly number: string;
  readonly status?: Decision | string | null;
  readonly issuedOn?: string | null;
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
  readonly holder?: string | null;
  readonly devices?: number;
  readonly src?: number;
}

export interface PartySummary {
  readonly key: string;
  readonly name: string | null;
  readonly nameAlt?: string | null;
  readonly creditCode?: string | null;
  readonly deviceCount?: number | { readonly value: number } | null;
  readonly certificateCount?: number | null;
  readonly demo?: boolean;
  readonly role?: Bilingual | string | null;
  readonly src?: number;
}

export interface DossierRecord {
  readonly id: string | number;
  readonly kind: string;
  readonly label?: Bilingual | null;
  readonly occurredOn: string;
  readonly recordedAt?: string | null;
  readonly body: Nested;
  readonly corrects?: string | number | null;
  readonly correctedBy?: string | number | null;
  readonly actor?: string | null;
}

export interface IdentifierRow {
  readonly di: string;
  readonly agency: string | null;
  readonly level: string;
  readonly packLevel: string | null;
  readonly quantity: number | null;
  readonly contains: string | null;
  readonly unitsOfUse: number | null;
  readonly status: string | null;
  readonly problems?: readonly CodeProblem[];
  readonly src?: number;
}

export interface VersionRow {
  readonly id?: string | number;
  readonly versionId?: string | number;
  readonly versionNo: number | null;
  readonly correctionNo: number | null;
  readonly versionAt: string | null;
  readonly validFrom: string;
  readonly recordedAt: string;
  readonly releaseId: string;
  readonly releasedOn: string;
  readonly status: string | null;
  readonly current: boolean;
  readonly src?: number;
}

export interface DeviceDossier {
  readonly device: DeviceHit;
  readonly sources: readonly SourceRef[];
  readonly values: readonly Value[];
  readonly identifiers: readonly IdentifierRow[];
  readonly versions: readonly VersionRow[];
  readonly certificates: readonly CertificateSummary[];
  readonly holder: PartySummary | null;
  readonly agents?: readonly PartySummary[];
  readonly records?: readonly DossierRecord[];
  readonly problems?: readonly CodeProblem[];
  readonly presence?: readonly { readonly onDate: string; readonly present: boolean; readonly releaseId?: string }[];
  readonly asOf: string;
  readonly knownAt: string;
  readonly note?: Bilingual | string | null;
}

export interface CertificateDossier {
  readonly number: string;
  readonly parsed?: Readonly<Record<string, unknown>> | null;
  readonly status: Decision;
  readonly history?: readonly {
    readonly number?: string;
    readonly event?: Bilingual | string | null;
    readonly on?: string | null;
    readonly validFrom?: string | null;
    readonly validTo?: string | null;
    readonly src?: number;
  }[];
  readonly values?: readonly Value[];
  readonly sources: readonly SourceRef[];
  readonly products?: readonly {
    readonly name: string | null;
    readonly devices?: number;
    readonly brand?: string | null;
  }[];
  readonly devices?: { readonly count: number | { readonly value: number; readonly relation: 'exact' | 'estimate' } };
  readonly holder?: PartySummary | null;
  readonly agents?: readonly PartySummary[];
  readonly records?: readonly DossierRecord[];
  readonly problems?: readonly CodeProblem[];
  readonly asOf?: string;
  readonly knownAt?: string;
}

export interface PartyFile extends PartySummary {
  readonly certificates?: readonly (CertificateSummary | string)[];
  readonly records?: readonly DossierRecord[];
  readonly sources?: readonly SourceRef[];
  readonly values?: readonly Value[];
}

export interface CompareAnswer {
  readonly fields: readonly {
    readonly tag: string;
    readonly label: Bilingual;
    readonly from: Nested;
    readonly to: Nested;
  }[];
}

export interface RecordKind {
  readonly kind: string;
  readonly label: Bilingual;
  readonly schema: JsonSchema;
}

export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly maxLength?: number;
  readonly anyOf?: readonly JsonSchema[];
}

/** What records and watches hang on. */
export interface Subject {
  readonly type: 'device' | 'certificate' | 'party';
  readonly key: string;
}

export interface Watch extends Subject {
  readonly id: string | number;
  readonly label?: string | null;
}
