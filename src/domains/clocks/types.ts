import { z } from 'zod';
import type { LocalDate } from '../../kernel/local-date.ts';
import type { Decision } from '../../rules/decision.ts';
import type { UsedValue } from '../../rules/rulebook.ts';
import { daySchema, type Firmness, type Question } from '../../rules/shapes.ts';

/** What may happen to a case, in the order in which the law expects it; events of one day are read in this order. */
export const EVENT_TYPES = [
  'patent-granted',
  'changed',
  'expires',
  'class-changed',
  'received',
  'defect-notified',
  'accepted',
  'rejected',
  'transferred',
  'qms-notified',
  'suspended',
  'check-delayed',
  'qms-started',
  'check-delay-ended',
  'rectification-asked',
  'recheck-asked',
  'qms-finished',
  'deficiency-notified',
  'supplement-received',
  'expert-started',
  'expert-finished',
  'resumed',
  'extended',
  'opinion-issued',
  'objected',
  'objection-decided',
  'decided',
  'effective',
  'delivered',
  'published',
  'trial-started',
  'reported',
  'withdrawn',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const PROCEDURES = [
  'registration-first',
  'registration-change',
  'registration-renewal',
  'clinical-trial',
  'filing-class-1',
  'change-filing',
  'production-licence',
  'production-licence-renewal',
  'production-change',
  'production-filing',
  'distribution-licence',
  'distribution-licence-renewal',
  'distribution-change',
  'distribution-filing',
  'innovation-review',
  'priority-review',
  'emergency-review',
  'reissue',
  'retest',
  'objection',
  'qms-check',
  'classification',
  'class-change',
  'flight-inspection',
] as const;
export type Procedure = (typeof PROCEDURES)[number];

/** Leaves room for limits of years and windows on both sides of what the calendar counts. */
export const caseDay = daySchema.refine(
  (text) => text >= '1995-01-01' && text <= '2110-12-31',
  'not between 1995 and 2110, the years that can be counted',
);

export const caseEventShape = z.object({
  type: z.enum(EVENT_TYPES),
  date: caseDay,
  /** What came out, such as `approved`, `refused`, `rectify`. */
  result: z.string().trim().max(200).nullish(),
  /** Working days granted by an extension. */
  length: z.number().int().positive().max(10_000).nullish(),
  /** The limit an extension is for; without it the review that runs, else the check. */
  of: z.string().trim().max(60).nullish(),
  note: z.string().trim().max(2000).nullish(),
});
export type CaseEvent = z.infer<typeof caseEventShape>;

export const caseShape = z.object({
  procedure: z.enum(PROCEDURES),
  class: z.enum(['I', 'II', 'III']).nullish(),
  origin: z.enum(['domestic', 'imported']).nullish(),
  /** GB/T 2260: two digits, or more of which the first two count. */
  province: z
    .string()
    .regex(
      /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])(\d{2})?(\d{2})?$/,
      'not the GB/T 2260 code of a province, such as 44',
    )
    .nullish(),
  route: z.enum(['innovation', 'priority', 'emergency']).nullish(),
  events: z.array(caseEventShape).max(2000),
  asOf: caseDay.nullish(),
  knownAt: caseDay.nullish(),
});
export type Case = z.infer<typeof caseShape> & { readonly asOf: LocalDate };

export type ClockStatus = 'not-started' | 'running' | 'stopped' | 'met' | 'overdue';

export const STOP_KINDS = [
  'supplement',
  'rectification',
  'applicant-delay',
  'expert',
  'suspension',
  'qms-check',
  'objection',
] as const;
export type StopKind = (typeof STOP_KINDS)[number];

/** A time that does not count: working days after `from` up to and including `to`; `to` null while it lasts. */
export interface Stop {
  readonly kind: StopKind;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  /** Working days taken out of this clock, overlaps counted once. */
  readonly workdays: number;
  readonly article: string;
}

export interface ClockPromise {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly due: LocalDate | null;
  readonly firmness: Firmness;
  readonly scope: string | null;
}

/** One step of a case with its time limit. Days are `YYYY-MM-DD`; null where nothing can be said. */
export interface ClockAnswer {
  readonly limit: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly determinable: boolean;
  readonly missing: readonly string[];
  readonly from: LocalDate | null;
  readonly due: LocalDate | null;
  /** For a period in which something must be done: both days included. `due` is null then. */
  readonly window?: { readonly from: LocalDate; readonly to: LocalDate };
  /** The earlier day that is safe under every reading of an ambiguous rule. */
  readonly safeDue?: LocalDate;
  /** The day it would be if a last day that is no working day moves to the next one; no rule found says so. */
  readonly dueIfMoved?: LocalDate;
  /** From this day on one should act: the facts advise to warn before the last day. */
  readonly warnFrom?: LocalDate;
  readonly status: ClockStatus | null;
  readonly doneOn: LocalDate | null;
  /** Working days left when stopped or running, negative when overdue; null for other units. */
  readonly remaining: number | null;
  readonly unit: string;
  readonly value: number | readonly number[] | string | null;
  readonly article: string | null;
  readonly source: string | null;
  readonly firmness: Firmness;
  readonly stops: readonly Stop[];
  readonly extension?: { readonly asked: number | null; readonly granted: number | null; readonly cap: number };
  readonly promises?: readonly ClockPromise[];
  readonly provisional: boolean;
  readonly uncertainFrom: LocalDate | null;
  readonly questions: readonly Question[];
  readonly effect: string | null;
  readonly words: readonly string[];
}

export interface CaseAnswer {
  readonly state: string;
  readonly clocks: readonly ClockAnswer[];
}

/** The answer for a case as a decision: its outcome holds the clocks. */
export type CaseDecision = Decision<CaseAnswer> & { readonly values: readonly UsedValue[] };
