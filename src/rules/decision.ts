import type { LocalDate } from '../kernel/local-date.ts';
import type { UsedValue } from './rulebook.ts';

/**
 * The one shape of every computed answer: what came out, whether the published rules allow to say so, by which rules,
 * with which values, in words. What is missing is named; a list answer carries `determinable` and `missing` on each item.
 */
export interface Decision<Outcome> {
  readonly outcome: Outcome | null;
  readonly determinable: boolean;
  /** The rule that answered, such as `registration-first`. */
  readonly ruleset: string;
  /** Edition of the rulebook (hash), with the version of the calendar. */
  readonly edition: string;
  readonly asOf: LocalDate;
  readonly knownAt: LocalDate | null;
  readonly values: readonly UsedValue[];
  readonly steps: readonly string[];
  readonly missing: readonly string[];
}
