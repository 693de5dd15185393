import type { LocalDate } from '../../../kernel/local-date.ts';
import type { Question } from '../../../rules/shapes.ts';
import type { CaseEvent, EventType, StopKind } from '../types.ts';
import type { CaseFacts } from './facts.ts';

/** Where a limit begins, and in words why. */
export interface Start {
  readonly date: LocalDate;
  readonly words: string;
  /** Events before this one belong to an earlier phase; none when the start is not itself an event. */
  readonly event?: CaseEvent;
}

/** What a rule may answer about its start: it has begun, it has not, or a needed event is not on record. */
export type Begin = Start | { readonly missing: string } | undefined;

/** One limit of a procedure: when it begins, what ends it, what stops it. The number itself is in the rulebook. */
export interface LimitRule {
  /** Id of the parameter. */
  readonly limit: string;
  /** Whether the limit exists for this case; without it always. */
  readonly applies?: (facts: CaseFacts) => boolean;
  readonly begin: (facts: CaseFacts) => Begin;
  /** The event that fulfils it. */
  readonly end?: (facts: CaseFacts, start: Start) => CaseEvent | undefined;
  /** For windows: the event that fulfils it, on or after the first day. */
  readonly endSince?: (facts: CaseFacts, since?: LocalDate) => CaseEvent | undefined;
  /** Open questions that the events of this case raise. */
  readonly questions?: (facts: CaseFacts) => readonly Question[];
  /** Events that show the step was done, without telling when. */
  readonly signs?: readonly EventType[];
  /** For a limit taken over by another (a review after a supplement): the event at which it was handed over. */
  readonly handedOver?: (facts: CaseFacts, start: Start) => { asked: CaseEvent; answered: CaseEvent } | undefined;
  readonly stops?: readonly StopKind[];
  /** Articles of stops that rest on another instrument than the registration order. */
  readonly stopArticles?: Readonly<Partial<Record<StopKind, string>>>;
  readonly extendable?: boolean;
  /** The text may mean calendar days: that earlier day is shown beside the working-day one. */
  readonly calendarDaysAreSafe?: true;
  /** What follows once it has run out, in words; from the rulebook's `effect` otherwise. */
  readonly lapsed?: (facts: CaseFacts, start: Start) => string | undefined;
  /** A minimum period: it is over when its last day has passed, no event is needed. */
  readonly minimum?: boolean;
  /** A one-off answer for rules without a number (such as the start of the renewed validity). */
  readonly special?: (facts: CaseFacts, start: Start) => Special | undefined;
}

export interface Special {
  readonly from: LocalDate | null;
  readonly due: LocalDate | null;
  readonly done: CaseEvent | undefined;
  readonly missing: readonly string[];
  readonly words: readonly string[];
}

export function startAt(event: CaseEvent | undefined, words: string): Start | undefined {
  return event && { date: event.date, words, event };
}
