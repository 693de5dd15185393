import { dayNumber, fromDayNumber, type LocalDate } from '../../../kernel/local-date.ts';
import type { WorkCalendar } from '../../../rules/work-calendar.ts';
import type { Stop } from '../types.ts';
import type { Interval } from './stops.ts';

/** A count of working days that leaves stops out. */
export interface Counted {
  /** The last day; null while a stop without an end holds the clock. */
  readonly due: LocalDate | null;
  /** Where it stands still, with the working days then left. */
  readonly held: { readonly on: LocalDate; readonly remaining: number } | null;
  readonly stops: readonly Stop[];
}

/**
 * Counts working days from a day (not counted), leaving out what lies in a stop: days after a stop's first day up to and
 * including its last. So the day an interruption begins still counts, and the clock goes on with the working day after
 * the day it ends, as for every event (民法典第二百零一条). Overlapping stops are left out once.
 */
export function countWithStops(
  calendar: WorkCalendar,
  from: LocalDate,
  total: number,
  intervals: readonly Interval[],
  articleOf: (interval: Interval) => string,
): Counted {
  const sorted = intervals
    .filter((i) => i.to === null || i.to > from)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const stops: Stop[] = [];
  let at = dayNumber(from);
  let need = total;
  for (const interval of sorted) {
    const begin = Math.max(at, dayNumber(interval.from));
    const before = calendar.countBetween(at, begin);
    if (before >= need) break;
    const end = interval.to === null ? null : dayNumber(interval.to);
    if (end !== null && end <= at) {
      // wholly inside a stop already left out
      stops.push({
        kind: interval.kind,
        from: interval.from,
        to: interval.to,
        workdays: 0,
        article: articleOf(interval),
      });
      continue;
    }
    need -= before;
    stops.push({
      kind: interval.kind,
      from: interval.from,
      to: interval.to,
      workdays: end === null ? 0 : calendar.countBetween(begin, end),
      article: articleOf(interval),
    });
    if (end === null) return { due: null, held: { on: fromDayNumber(begin), remaining: need }, stops };
    at = end;
  }
  return { due: fromDayNumber(need === 0 ? at : calendar.addTo(at, need)), held: null, stops };
}
