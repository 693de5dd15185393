import type { Bilingual } from '../../i18n/text.ts';

export type DutyKind = 'recurring' | 'event' | 'standing' | 'policy';
export type DutyStatus = 'open' | 'overdue' | 'satisfied' | 'upcoming' | 'standing';

export interface Duty {
  readonly obligation: string;
  readonly title: Bilingual;
  readonly kind: DutyKind;
  readonly due: string | null;
  readonly dueAt?: string;
  readonly window?: { readonly from: string; readonly to: string };
  readonly safeDue?: string;
  readonly warnFrom?: string;
  readonly determinable: boolean;
  readonly missing: readonly string[];
  readonly trigger: Bilingual | null;
  readonly article: string | null;
  readonly firmness: string;
  readonly source: string | null;
  readonly consequence: string | null;
  readonly recipient: Bilingual | null;
  readonly status: DutyStatus | null;
  readonly satisfiedBy?: { readonly date: string; readonly late: boolean };
  readonly subject?: string;
  readonly period?: { readonly from: string; readonly to: string | null };
  readonly provisional: boolean;
  readonly uncertainFrom: string | null;
  readonly questions: readonly { readonly id: string; readonly zh: string; readonly en: string }[];
  readonly words: readonly string[];
  /** Of a duty of kind `policy`: the act and the sentence it was read in. */
  readonly policy?: {
    readonly id: string;
    readonly ordinal: number;
    readonly title: string;
    readonly number: string | null;
    readonly path: string;
    readonly quote: string;
    readonly start: number;
    readonly end: number;
  };
}

export interface Certificate {
  readonly number?: string | null;
  readonly class?: string | null;
  readonly expires?: string | null;
  readonly firstRegistered?: string | null;
  readonly conditionalUntil?: string | null;
}

export interface Licence {
  readonly kind: 'production' | 'distribution';
  readonly number?: string | null;
  readonly expires?: string | null;
}

export interface DutyEvent {
  readonly type: string;
  readonly date: string;
  readonly time?: string | null;
  readonly level?: string | number | null;
  readonly severity?: string | null;
  readonly of?: string | null;
  readonly changesConditions?: boolean | null;
  readonly subject?: string | null;
}

export interface DoneRecord {
  readonly obligation?: string | null;
  readonly type?: string | null;
  readonly date: string;
  readonly for?: string | null;
}

export interface Party {
  readonly roles: readonly string[];
  readonly classes?: readonly string[] | null;
  readonly origin?: string | null;
  readonly province?: string | null;
  readonly entrusts?: boolean | null;
  readonly implant?: boolean | null;
  readonly grade?: number | null;
  readonly since?: string | null;
  readonly certificates?: readonly Certificate[] | null;
  readonly licences?: readonly Licence[] | null;
}

export interface Profile {
  readonly party: Party;
  readonly events: readonly DutyEvent[];
  readonly records: readonly DoneRecord[];
}

export interface ListedProfile {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly overdue: number;
  readonly next: { readonly title: Bilingual; readonly due: string } | null;
  readonly feed: boolean;
}

export interface WholeProfile {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly profile: Profile;
  readonly feed: boolean;
  readonly recordedAt: string;
  readonly versions: readonly { readonly id: string; readonly recordedAt: string }[];
  readonly from: string;
  readonly to: string;
  readonly decision: {
    readonly outcome: { readonly duties: readonly Duty[]; readonly notes: readonly string[] } | null;
    readonly asOf: string;
    readonly edition: string;
  };
}
