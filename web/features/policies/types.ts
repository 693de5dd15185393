import type { Page, Total } from '../../api/types.ts';
import type { EventKind } from '../subscriptions/types.ts';

/** A place in the text as it was given: 0-based, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type TextFormat = 'auto' | 'text' | 'markdown' | 'html';

export interface Damage extends Span {
  readonly kind: string;
  readonly text: string;
}

export interface DatedItem extends Span {
  readonly date: string;
  readonly kind: string;
  readonly yearInferred?: true;
  readonly derived?: true;
}

export interface Obligation extends Span {
  readonly actor: string | null;
  readonly modal: string;
  readonly action: string;
  readonly deadline: string | null;
  readonly within: string | null;
  readonly condition: string | null;
  readonly exception: string | null;
  readonly consequence: string | null;
}

export interface Measure extends Span {
  readonly no: string | null;
  readonly heading: string;
  readonly departments: readonly string[];
}

export interface Figure extends Span {
  readonly value: number;
  readonly unit: string;
  readonly of: string;
  readonly op: string;
}

export interface Cite extends Span {
  readonly title: string;
  readonly number: string | null;
  readonly issuer: string | null;
  readonly relation: string;
  readonly articles: readonly string[];
  readonly mentions: number;
}

type Said = Span & { readonly text: string };

/** One document of a reading, as the server reads it out of a text. */
export interface PolicyDocument {
  readonly span: Span;
  readonly bodySpan: Span;
  readonly kind: string;
  readonly isPolicy: boolean;
  readonly docType: string | null;
  readonly title: string;
  readonly titleSource: 'given' | 'derived';
  readonly titleSpan: Span | null;
  readonly issuers: readonly string[];
  readonly issuerDetails: readonly (Span & {
    readonly name: string;
    readonly asWritten: string;
    readonly from: string;
  })[];
  readonly region: { readonly primary: string; readonly level: string };
  readonly docNumber: string | null;
  readonly issueDate: string | null;
  readonly publishDate: string | null;
  readonly effectiveDate: string | null;
  readonly effectiveRule: string | null;
  readonly expiry: string | null;
  readonly deadlines: readonly string[];
  readonly dates: readonly DatedItem[];
  readonly addressees: readonly string[];
  readonly cites: readonly Cite[];
  readonly aliases: readonly (Span & { readonly alias: string; readonly means: string })[];
  readonly sections: readonly (Span & {
    readonly level: number;
    readonly no: string | null;
    readonly heading: string;
  })[];
  readonly measures: readonly Measure[];
  readonly obligations: readonly Obligation[];
  readonly eligibility: Readonly<Record<'applicants' | 'allOf' | 'anyOf' | 'exclusions', readonly Said[]>>;
  readonly benefits: readonly (Said & { readonly amount: number | null; readonly unit: string | null })[];
  readonly figures: readonly Figure[];
  readonly contradictions: readonly (Said & { readonly reason: string })[];
  readonly contacts: readonly (Span & {
    readonly email?: string;
    readonly phone?: string;
    readonly postcode?: string;
  })[];
  readonly attachments: readonly (Span & { readonly no: number | null; readonly title: string })[];
  readonly partOf: number | null;
}

export interface PolicyReading {
  readonly documents: readonly PolicyDocument[];
  readonly damage: readonly Damage[];
}

export type PolicyState = 'in-force' | 'not-yet' | 'repealed' | 'expired' | 'draft' | 'no-act' | 'unknown';

/** A stretch of the text around the words that were asked for, and where in it they stand. */
export interface Snippet {
  readonly text: string;
  readonly marks: readonly (readonly [start: number, end: number])[];
}

export interface PolicyRow {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly kind: string | null;
  readonly docType?: string | null;
  readonly isPolicy?: boolean;
  readonly number: string | null;
  readonly issuers: readonly string[];
  readonly region?: { readonly primary: string; readonly level: string } | null;
  readonly issuedOn?: string | null;
  readonly publishedOn?: string | null;
  readonly effectiveOn?: string | null;
  readonly year: number | null;
  readonly language: string;
  readonly stub: boolean;
  readonly url: string | null;
  readonly recordedAt: string;
  readonly state?: PolicyState;
  readonly acts?: number;
  readonly score?: number;
  readonly snippet?: Snippet | null;
  readonly copies?: number;
}

export interface PolicyPage extends Page<PolicyRow> {
  readonly instead?: string | null;
}

export interface PolicyFacets {
  readonly facets: readonly {
    readonly name: string;
    readonly buckets: readonly {
      readonly value: string;
      readonly label: string | { readonly zh: string; readonly en: string } | null;
      readonly count: number;
      readonly relation: 'exact' | 'estimate';
    }[];
  }[];
  readonly total?: Total;
}

export interface ActTarget {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
  readonly state: PolicyState;
}

export interface LinkedCite extends Span {
  readonly no: number;
  /** Null where an act is cited by its number alone. */
  readonly title: string | null;
  readonly number: string | null;
  readonly issuer: string | null;
  readonly relation: string;
  readonly articles: readonly string[];
  readonly quote?: string | null;
  readonly target: ActTarget | null;
  readonly resolvedBy: 'number' | 'title' | null;
  readonly candidates: readonly Omit<ActTarget, 'state'>[];
}

export interface CitedBy {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
  readonly relation: string;
  readonly issuedOn: string | null;
  readonly quote: string | null;
}

export interface LifeStep {
  readonly zh: string;
  readonly en: string;
  readonly date: string | null;
  readonly by: { readonly id: string; readonly ordinal: number; readonly title: string } | null;
  readonly quote: string | null;
}

export interface StandardCite extends Span {
  readonly number: string;
  readonly listed: string | null;
  readonly title: string | null;
  readonly state: 'current' | 'upcoming' | 'replaced' | 'not-listed';
  readonly by: string | null;
}

export interface Act {
  readonly ordinal: number;
  readonly life: {
    readonly state: PolicyState;
    readonly asOf: string;
    readonly steps: readonly LifeStep[];
    /** Names of what would have to be known. */
    readonly missing: readonly string[];
  };
  readonly cites: readonly LinkedCite[];
  readonly citedBy: { readonly total: number; readonly items: readonly CitedBy[] };
  readonly standards: readonly StandardCite[];
}

export interface PolicyVersion {
  readonly id: string;
  readonly hash: string;
  readonly title?: string | null;
  readonly number?: string | null;
  readonly url: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly actor: string | null;
  readonly recordedAt: string;
}

export interface PolicyFile extends Omit<PolicyRow, 'acts' | 'copies'> {
  readonly versionId?: string;
  readonly text: string;
  readonly format?: string;
  readonly reading?: PolicyReading;
  readonly corrections?: readonly Correction[];
  readonly versions: readonly PolicyVersion[];
  readonly copies: readonly { readonly id: string; readonly key: string; readonly title: string }[];
  readonly acts?: readonly Act[];
}

export interface GraphNode {
  /** `id:ordinal` of an act that is here, `?` and the title of one that is only named. */
  readonly key: string;
  readonly id: string | null;
  readonly ordinal: number | null;
  readonly title: string;
  readonly number: string | null;
  readonly state: PolicyState | null;
  readonly year: number | null;
  readonly known: boolean;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly relation: string;
}

export interface PolicyGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** More acts stand around it than are given. */
  readonly cut: boolean;
}

export type ArticleChange = 'same' | 'added' | 'removed' | 'changed' | 'moved';

export interface ComparedArticle {
  readonly no: string | null;
  /** Its number in the earlier text, where that is another. */
  readonly aNo?: string | null;
  /** The words were changed too; of an article that was moved. */
  readonly edited?: boolean;
  readonly heading: string | null;
  readonly change: ArticleChange;
  readonly aStart: number | null;
  readonly aEnd: number | null;
  readonly bStart: number | null;
  readonly bEnd: number | null;
  readonly parts: readonly { readonly op: '=' | '+' | '-'; readonly text: string }[];
}

export interface Comparison {
  readonly a: Partial<PolicyRow> | null;
  readonly b: Partial<PolicyRow> | null;
  readonly articles: readonly ComparedArticle[];
  readonly counts: Readonly<Partial<Record<ArticleChange, number>>>;
}

export interface Correction {
  readonly id: string;
  readonly ordinal: number;
  readonly op: 'set' | 'add' | 'change' | 'remove';
  readonly element: string;
  readonly start: number | null;
  readonly end: number | null;
  readonly quote: string | null;
  readonly before: unknown;
  readonly value: unknown;
  readonly note: string | null;
  readonly actor: string;
  readonly recordedAt: string;
  readonly withdrawnAt: string | null;
  /** Its place is no longer in the text. */
  readonly orphan: boolean;
}

/** Why a reading should be looked at by a person. */
export const DOUBTS = [
  'contradiction',
  'damage',
  'no-issuer',
  'no-date',
  'derived-title',
  'inferred-year',
  'duty-without-actor',
  'nothing-found',
] as const;
export type Doubt = (typeof DOUBTS)[number];

export interface ReviewRow {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly key: string;
  readonly kind: string;
  readonly isPolicy: boolean;
  readonly doubts: readonly Doubt[];
  readonly corrections: number;
  readonly reviewedAt: string | null;
  readonly recordedAt: string;
}

export interface ReviewPage extends Page<ReviewRow> {
  readonly counts: Readonly<Partial<Record<Doubt, number>>>;
}

interface EventAct {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
}

/** Something that happened to an act of the library. */
export interface PolicyEvent {
  readonly no: string;
  readonly kind: EventKind;
  readonly at: string;
  readonly act: EventAct;
  readonly about: (EventAct & { readonly quote: string | null }) | null;
}
