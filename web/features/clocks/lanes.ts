import type { Clock } from './types.ts';
import { numberOf, type WorkDays } from './work-days.ts';

/** A stretch that does not count: days after `from` up to and including `to`. */
interface LaneStop {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly open: boolean;
}

/** One clock as it is drawn; days are day numbers. */
export interface Lane {
  readonly clock: Clock;
  readonly start: number;
  /** The last day, or where the drawing of a clock without one ends. */
  readonly end: number;
  readonly due: number | null;
  readonly done: number | null;
  readonly promise: { readonly day: number; readonly text: string } | null;
  readonly moved: number | null;
  readonly stops: readonly LaneStop[];
  /** Whether working days are what it counts. */
  readonly workdays: boolean;
}

/** The time that is drawn. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const LONG = 400;
const NEAR = 30;

/** The clocks that have begun, in the order of their first day. */
export function lanesOf(clocks: readonly Clock[], asOf: string): Lane[] {
  const today = numberOf(asOf);
  return clocks
    .flatMap((clock): Lane[] => {
      const first = clock.window?.from ?? clock.from;
      if (!first) return [];
      const last = clock.window?.to ?? clock.due;
      const start = numberOf(first);
      const due = last ? numberOf(last) : null;
      const done = clock.doneOn ? numberOf(clock.doneOn) : null;
      const promise = clock.promises?.find((one) => one.due !== null);
      return [
        {
          clock,
          start: due !== null && due < start ? due : start,
          end: due !== null ? Math.max(due, start) : Math.max(start, done ?? today),
          due,
          done,
          promise: promise?.due ? { day: numberOf(promise.due), text: promise.due } : null,
          moved: clock.dueIfMoved ? numberOf(clock.dueIfMoved) : null,
          stops: clock.stops.map((stop) => ({
            kind: stop.kind,
            from: numberOf(stop.from),
            to: stop.to ? numberOf(stop.to) : Math.max(today, numberOf(stop.from)),
            open: stop.to === null,
          })),
          workdays: clock.unit === 'workday',
        },
      ];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The days to draw: those of the shorter clocks, since five years of validity would flatten sixty working days. */
export function spanOf(lanes: readonly Lane[], asOf: string): Span {
  const short = lanes.filter((lane) => lane.end - lane.start <= LONG);
  const basis = short.length > 0 ? short : lanes;
  const first = basis.map((lane) => lane.start);
  // what is done needs no room for a last day far away
  const last = basis.flatMap((lane) =>
    lane.done !== null ? [lane.done, Math.min(lane.end, lane.done + NEAR)] : [lane.end, lane.promise?.day ?? lane.end],
  );
  const today = numberOf(asOf);
  let from = Math.min(...first);
  let to = Math.max(...last);
  if (today >= from - 120 && today <= to + 200) {
    from = Math.min(from, today);
    to = Math.max(to, today);
  }
  return { from: from - 2, to: to + 3 };
}

/** Where a day stands in a clock: how many working days counted so far, or that it stands still. */
export function countAt(
  lane: Lane,
  day: number,
  days: WorkDays,
): { readonly kind: 'count' | 'stopped' | 'over' | 'none'; readonly n: number } {
  const { start, due, done } = lane;
  if (!lane.workdays || day <= start || (done !== null && day > done) || lane.clock.window)
    return { kind: 'none', n: 0 };
  if (due !== null && day > due) return { kind: 'over', n: days.count(due, day) };
  if (lane.stops.some((stop) => day > stop.from && day <= stop.to)) return { kind: 'stopped', n: 0 };
  let n = 0;
  for (let at = start + 1; at <= day; at++)
    if (days.isWorked(at) && !lane.stops.some((stop) => at > stop.from && at <= stop.to)) n++;
  return { kind: 'count', n };
}
