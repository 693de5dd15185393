import type { LocalDate } from '../../kernel/local-date.ts';

/** A place in the text as it was given: 0-based, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How the text is to be read; `auto` looks at the text itself. */
export type TextFormat = 'auto' | 'text' | 'markdown' | 'html';

/** Something in the text that cannot be read for sure: it is told and left as it stands. */
export interface Damage extends Span {
  readonly kind:
    | 'masked'
    | 'impossible-date'
    | 'broken-number'
    | 'replacement-character'
    | 'spelled-out'
    | 'doubled-mark';
  readonly text: string;
}

export type DocumentKind =
  | 'notice'
  | 'rule'
  | 'guideline'
  | 'opinion-act'
  | 'consultation'
  | 'draft'
  | 'interpretation'
  | 'plan'
  | 'catalogue'
  | 'penalty'
  | 'recall'
  | 'news'
  | 'opinion'
  | 'market'
  | 'fragment';

export type DateKind =
  | 'issued'
  | 'adopted'
  | 'promulgated'
  | 'published'
  | 'effective'
  | 'deadline'
  | 'consultation-end'
  | 'expiry'
  | 'phase-start'
  | 'as-of'
  | 'mentioned';

export interface DatedItem extends Span {
  /** The day, or a month or year when no day is stated. */
  readonly date: string;
  readonly kind: DateKind;
  /** The year is not in the text; it was taken from the neighbourhood. */
  readonly yearInferred?: true;
  /** Reckoned from another date, such as an expiry from a term of years. */
  readonly derived?: true;
}

export interface Issuer extends Span {
  readonly name: string;
  readonly asWritten: string;
  /** How it was found: signature, title, head of the act, its text, or the page it stood on. */
  readonly from: 'signature' | 'title' | 'head' | 'text' | 'lead' | 'page';
}

export interface Section extends Span {
  readonly level: number;
  readonly no: string | null;
  readonly heading: string;
}

export interface Measure extends Span {
  readonly no: string | null;
  readonly heading: string;
  /** Responsible bodies with full names where they are known, the lead first. */
  readonly departments: readonly string[];
}

export interface Obligation extends Span {
  readonly actor: string | null;
  readonly modal: string;
  readonly action: string;
  readonly deadline: LocalDate | null;
  /** A limit counted from an event, as it is worded. */
  readonly within: string | null;
  readonly condition: string | null;
  readonly exception: string | null;
  readonly consequence: string | null;
}

export interface Figure extends Span {
  readonly value: number;
  readonly unit: string;
  readonly of: string;
  readonly op: '=' | '>=' | '<=' | '>' | '<' | '~';
}

export type Relation =
  | 'basis'
  | 'implements'
  | 'amends'
  | 'repeals'
  | 'forwards'
  | 'issues'
  | 'interprets'
  | 'refers'
  | 'mentions';

export interface Cite extends Span {
  readonly title: string;
  readonly number: string | null;
  readonly issuer: string | null;
  readonly relation: Relation;
  readonly articles: readonly string[];
  /** How often the act is named, aliases counted. */
  readonly mentions: number;
}

export interface Contact extends Span {
  readonly email?: string;
  readonly phone?: string;
  readonly postcode?: string;
}

export interface Attachment extends Span {
  readonly no: number | null;
  readonly title: string;
}

export interface Eligibility {
  readonly applicants: readonly (Span & { readonly text: string })[];
  readonly allOf: readonly (Span & { readonly text: string })[];
  readonly anyOf: readonly (Span & { readonly text: string })[];
  readonly exclusions: readonly (Span & { readonly text: string })[];
}

export interface Benefit extends Span {
  readonly text: string;
  readonly amount: number | null;
  readonly unit: string | null;
  readonly cap: boolean;
}

/** Figures of one text that do not agree; both are kept. */
export interface Contradiction extends Span {
  readonly reason: 'sum' | 'same-thing';
  readonly text: string;
}

export interface PolicyDocument {
  readonly span: Span;
  /** The text of the document without the page around it. */
  readonly bodySpan: Span;
  readonly kind: DocumentKind;
  readonly isPolicy: boolean;
  readonly docType: string | null;
  readonly title: string;
  readonly titleSource: 'given' | 'derived';
  readonly titleSpan: Span | null;
  readonly issuers: readonly string[];
  readonly issuerDetails: readonly Issuer[];
  readonly region: { readonly primary: string; readonly level: 'national' | 'province' | 'city' };
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
  readonly sections: readonly Section[];
  readonly measures: readonly Measure[];
  readonly obligations: readonly Obligation[];
  readonly eligibility: Eligibility;
  readonly benefits: readonly Benefit[];
  readonly figures: readonly Figure[];
  readonly contradictions: readonly Contradiction[];
  readonly contacts: readonly Contact[];
  readonly attachments: readonly Attachment[];
  /** Index of the document this one belongs to (an attached plan, a draft under its notice), else null. */
  readonly partOf: number | null;
}

export interface PolicyReading {
  readonly documents: readonly PolicyDocument[];
  readonly damage: readonly Damage[];
}
