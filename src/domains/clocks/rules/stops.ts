import type { LocalDate } from '../../../kernel/local-date.ts';
import type { CaseEvent, EventType, StopKind } from '../types.ts';
import { asksRectification, type CaseFacts } from './facts.ts';

/** A stretch in which a clock stands still: the days after `from` up to and including `to`. */
export interface Interval {
  readonly kind: StopKind;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

const PAIRS: Readonly<Record<StopKind, { opens: readonly EventType[]; closes: readonly EventType[] }>> = {
  supplement: { opens: ['deficiency-notified'], closes: ['supplement-received'] },
  rectification: { opens: ['rectification-asked'], closes: ['recheck-asked'] },
  'applicant-delay': { opens: ['check-delayed'], closes: ['check-delay-ended', 'qms-started'] },
  expert: { opens: ['expert-started'], closes: ['expert-finished'] },
  suspension: { opens: ['suspended'], closes: ['resumed'] },
  'qms-check': { opens: ['qms-started', 'recheck-asked'], closes: ['qms-finished'] },
  objection: { opens: ['objected'], closes: ['objection-decided', 'opinion-issued', 'decided'] },
};

/** Row of the rulebook table `clock-stops` that names the article of each stop. */
export const STOP_ARTICLES: Readonly<Record<StopKind, string>> = {
  supplement: '第九十八条(一)',
  rectification: '第九十八条(一)',
  'applicant-delay': '第九十八条(二)',
  expert: '第九十八条(三)',
  suspension: '第九十八条(四)',
  'qms-check': '第九十八条(五)',
  objection: '第五十七条',
};

/**
 * All stretches of a kind. A second opening while one is open changes nothing; a check that ended without a recorded
 * start is taken from its notice, since the check period runs from there.
 */
export function intervalsOf(facts: CaseFacts, kind: StopKind): readonly Interval[] {
  return facts.once(`stops ${kind}`, () => workOut(facts, kind));
}

function workOut(facts: CaseFacts, kind: StopKind): Interval[] {
  const { opens, closes } = PAIRS[kind];
  const out: Interval[] = [];
  let open: CaseEvent | undefined;
  let notice: CaseEvent | undefined;
  const opening = (event: CaseEvent) =>
    opens.includes(event.type) ||
    // the conclusion of the check asks for rectification by itself
    (kind === 'rectification' && event.type === 'qms-finished' && asksRectification(event));
  const close = (event: CaseEvent) => {
    const start = open ?? (kind === 'qms-check' ? notice : undefined);
    if (start) out.push({ kind, from: start.date, to: event.date });
    open = undefined;
    notice = undefined;
  };
  // most cases have none of most kinds
  if (!facts.events.some((event) => opening(event) || closes.includes(event.type))) return out;
  for (const day of facts.once('days', () => daysOf(facts.events))) {
    // what was open in the morning ends first: a second period may begin the day the first one ends
    const first = open ? day.find((event) => closes.includes(event.type)) : undefined;
    if (first) close(first);
    for (const event of day) {
      if (event === first) continue;
      if (kind === 'qms-check' && event.type === 'qms-notified') notice = event;
      if (closes.includes(event.type)) close(event);
      else if (opening(event)) open ??= event;
    }
  }
  if (open) out.push({ kind, from: open.date, to: null });
  return out.filter((interval) => interval.to === null || interval.to > interval.from);
}

/** Events that end a stop and nothing else; without a beginning on record the time to leave out is unknown. */
const ENDS: Readonly<Partial<Record<StopKind, readonly [end: EventType, begin: EventType]>>> = {
  'qms-check': ['qms-finished', 'qms-started'],
  expert: ['expert-finished', 'expert-started'],
  suspension: ['resumed', 'suspended'],
  'applicant-delay': ['check-delay-ended', 'check-delayed'],
};

/** Ends of stops that nothing on record began, for the whole case. */
function endsAlone(facts: CaseFacts): readonly { kind: StopKind; date: LocalDate; missing: string }[] {
  return facts.once('ends alone', () =>
    (Object.entries(ENDS) as [StopKind, readonly [EventType, EventType]][]).flatMap(([kind, [end, begin]]) => {
      const began = facts.events.find(
        (e) => PAIRS[kind].opens.includes(e.type) || (kind === 'qms-check' && e.type === 'qms-notified'),
      );
      return facts
        .all(end)
        .filter((ended) => !began || began.date > ended.date)
        .map((ended) => ({ kind, date: ended.date, missing: `event:${begin}` }));
    }),
  );
}

/** Beginnings that are missing: a stop of these kinds ended after the day, and nothing on record began it. */
export function missingBeginnings(
  facts: CaseFacts,
  kinds: readonly StopKind[],
  since: LocalDate,
  until: LocalDate | undefined,
): string[] {
  const alone = endsAlone(facts);
  if (alone.length === 0) return [];
  const out = alone
    .filter(({ kind, date }) => kinds.includes(kind) && date > since && (until === undefined || date <= until))
    .map(({ missing }) => missing);
  return [...new Set(out)];
}

/** Events of one day together, days in order. */
function daysOf(events: readonly CaseEvent[]): CaseEvent[][] {
  const days: CaseEvent[][] = [];
  for (const event of events) {
    const last = days.at(-1);
    if (last?.[0]?.date === event.date) last.push(event);
    else days.push([event]);
  }
  return days;
}
