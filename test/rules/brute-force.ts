import type { CaseEvent, EventType } from '../../src/domains/clocks/types.ts';
import { addDays, type LocalDate } from '../../src/kernel/local-date.ts';

/**
 * The clocks once more, by another road: walk the calendar day by day, keep flags for what is open at the beginning of
 * each day, count a day when it is a working day and no flag is up. Slow, and nothing is shared with the program but the
 * list of working days and the numbers of the law given here by hand.
 */

export interface Walk {
  readonly from: LocalDate;
  /** Null while a stop holds the count, or when the end lies beyond the walk. */
  readonly due: LocalDate | null;
}

/** Which events raise and lower a flag; `instead` raises it from an earlier notice when the start was not recorded. */
type Flags = Readonly<Record<string, { up: readonly EventType[]; down: readonly EventType[] }>>;

export const REVIEW_FLAGS: Flags = {
  rectification: { up: ['rectification-asked'], down: ['recheck-asked'] },
  delay: { up: ['check-delayed'], down: ['check-delay-ended', 'qms-started'] },
  expert: { up: ['expert-started'], down: ['expert-finished'] },
  suspension: { up: ['suspended'], down: ['resumed'] },
  qms: { up: ['qms-started', 'recheck-asked'], down: ['qms-finished'] },
  objection: { up: ['objected'], down: ['objection-decided', 'opinion-issued', 'decided'] },
  supplement: { up: ['deficiency-notified'], down: ['supplement-received'] },
};

export function byDay(events: readonly CaseEvent[]): Map<string, CaseEvent[]> {
  const days = new Map<string, CaseEvent[]>();
  for (const event of events) days.set(event.date, [...(days.get(event.date) ?? []), event]);
  return days;
}

/**
 * Walks from a day until `workdays` have been counted. Flags are raised and lowered at the end of the day of their
 * event: the day an interruption begins still counts, the day it ends does not.
 */
export function walk(
  isWorkday: (day: LocalDate) => boolean,
  from: LocalDate,
  workdays: number,
  events: readonly CaseEvent[],
  flags: Flags,
  doneOn: LocalDate | undefined,
  limit = 4000,
): Walk {
  const days = byDay(events);
  const first = events[0]?.date ?? from;
  const up = new Set<string>();
  let counted = 0;
  for (let day = first < from ? first : from, i = 0; i < limit; day = addDays(day, 1), i++) {
    // once the step was done nothing stands still any more: only the calendar decides what the last day was
    const over = doneOn !== undefined && day > doneOn;
    if (day > from && isWorkday(day) && (over || up.size === 0)) {
      counted++;
      if (counted === workdays) return { from, due: day };
    }
    const today = days.get(day) ?? [];
    for (const [flag, { up: raises, down }] of Object.entries(flags)) {
      // what was up in the morning comes down first; only then may the day raise it again
      const first = up.has(flag) ? today.find((event) => down.includes(event.type)) : undefined;
      if (first) up.delete(flag);
      for (const event of today) {
        if (event === first) continue;
        if (down.includes(event.type)) up.delete(flag);
        // an interruption opened before the clock began does not hold it if it is the supplement it grew out of
        else if (raises.includes(event.type) && !(flag === 'supplement' && event.date < from)) up.add(flag);
      }
    }
  }
  return { from, due: null };
}
