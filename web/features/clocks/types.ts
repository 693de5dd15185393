import type { Bilingual } from '../../i18n/text.ts';

/** Answers of the clock routes, as the pages read them. */
export type ClockStatus = 'not-started' | 'running' | 'stopped' | 'met' | 'overdue';

export interface Stop {
  readonly kind: string;
  readonly from: string;
  readonly to: string | null;
  readonly workdays: number;
  readonly article: string;
}

export interface Question {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

export interface Clock {
  readonly limit: string;
  readonly title: Bilingual;
  readonly determinable: boolean;
  readonly missing: readonly string[];
  readonly from: string | null;
  readonly due: string | null;
  readonly window?: { readonly from: string; readonly to: string };
  readonly safeDue?: string;
  readonly dueIfMoved?: string;
  readonly warnFrom?: string;
  readonly status: ClockStatus | null;
  readonly doneOn: string | null;
  readonly remaining: number | null;
  readonly unit: string;
  readonly value: number | readonly number[] | string | null;
  readonly article: string | null;
  readonly source: string | null;
  readonly firmness: string;
  readonly stops: readonly Stop[];
  readonly extension?: { readonly asked: number | null; readonly granted: number | null; readonly cap: number };
  readonly promises?: readonly {
    readonly id: string;
    readonly value: number;
    readonly unit: string;
    readonly due: string | null;
    readonly firmness: string;
    readonly scope: string | null;
  }[];
  readonly provisional: boolean;
  readonly uncertainFrom: string | null;
  readonly questions: readonly Question[];
  readonly effect: string | null;
  readonly words: readonly string[];
}

export interface CaseDecision {
  readonly outcome: { readonly state: string; readonly clocks: readonly Clock[] } | null;
  readonly determinable: boolean;
  readonly edition: string;
  readonly asOf: string;
  readonly missing: readonly string[];
}

/** One event as it is written and sent. */
export interface CaseEvent {
  readonly type: string;
  readonly date: string;
  readonly result?: string | null;
  readonly length?: number | null;
  readonly of?: string | null;
  readonly note?: string | null;
}

/** A case as the desk holds it; empty text where nothing was chosen. */
export interface DeskCase {
  readonly procedure: string;
  readonly class: string;
  readonly origin: string;
  readonly province: string;
  readonly route: string;
  readonly events: readonly CaseEvent[];
}

export interface ProcedureInfo {
  readonly id: string;
  readonly name: Bilingual;
  readonly needsClass: boolean;
  readonly limits: readonly { readonly id: string; readonly title: Bilingual }[];
}

export interface EventInfo {
  readonly id: string;
  readonly name: Bilingual;
}

export interface Catalogue {
  readonly procedures: readonly ProcedureInfo[];
  readonly events: readonly EventInfo[];
}

export interface WrittenEvent {
  readonly id: string;
  readonly event: CaseEvent | null;
  readonly name: Bilingual | null;
  readonly corrects: string | null;
  readonly correctedBy: string | null;
  readonly recordedAt: string;
}

export interface WholeCase {
  readonly id: string;
  readonly title: string;
  readonly procedure: string;
  readonly procedureName: Bilingual;
  readonly class: string | null;
  readonly origin: string | null;
  readonly province: string | null;
  readonly route: string | null;
  readonly subject: { readonly type: string; readonly key: string } | null;
  readonly recordedAt: string;
  readonly closed: boolean;
  readonly events: readonly WrittenEvent[];
  readonly decision: CaseDecision;
}

export interface ListedCase {
  readonly id: string;
  readonly title: string;
  readonly procedure: string;
  readonly procedureName: Bilingual;
  readonly class: string | null;
  readonly state: string | null;
  readonly next: {
    readonly limit: string;
    readonly title: Bilingual;
    readonly due: string | null;
    readonly status: ClockStatus | null;
    readonly remaining: number | null;
    readonly provisional: boolean;
  } | null;
  readonly closed: boolean;
  readonly recordedAt: string;
}

export interface Plan {
  readonly determinable: boolean;
  readonly missing: readonly string[];
  readonly handInBy: string | null;
  readonly lawfulBy: string | null;
  readonly latest: string | null;
  readonly window: { readonly from: string; readonly to: string } | null;
  readonly steps: readonly {
    readonly limit: string;
    readonly title: Bilingual;
    readonly value: number | null;
    readonly article: string | null;
    readonly begin: string | null;
    readonly end: string;
  }[];
  readonly words: readonly string[];
  readonly provisional: boolean;
  readonly uncertainFrom: string | null;
}

export interface WorkdayAnswer {
  readonly date?: string;
  readonly count?: number;
  readonly provisional: boolean;
  readonly uncertainFrom: string | null;
  readonly calendar: string;
}
