import type { Case, CaseEvent, EventType } from '../../src/domains/clocks/types.ts';
import { addDays, type LocalDate } from '../../src/kernel/local-date.ts';

/** mulberry32: the same seed gives the same cases everywhere. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A case with overlapping stops, supplements, extensions and objections, cut at a random day. */
export function randomCase(next: () => number): Case {
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const chance = (p: number) => next() < p;
  const events: CaseEvent[] = [];
  const add = (type: EventType, date: LocalDate, more: Partial<CaseEvent> = {}) => events.push({ type, date, ...more });
  const procedure = (
    [
      'registration-first',
      'registration-change',
      'clinical-trial',
      'production-licence',
      'distribution-licence',
    ] as const
  )[int(0, 4)] as Case['procedure'];
  const received = addDays('2022-05-02' as LocalDate, int(0, 1560));
  let at = received;
  add('received', received);
  if (chance(0.25)) {
    at = addDays(at, int(0, 9));
    add('defect-notified', at);
    if (chance(0.8)) {
      at = addDays(at, int(1, 40));
      add('received', at);
    }
  }
  if (chance(0.75)) {
    at = addDays(at, int(0, 12));
    add('accepted', at);
  }
  const during = (open: EventType, close: EventType) => {
    let from = addDays(at, int(0, 120));
    for (let n = int(1, 2); n > 0; n--) {
      add(open, from);
      if (chance(0.12)) return;
      const to = addDays(from, int(0, 50));
      add(close, to);
      from = addDays(to, int(1, 40));
    }
  };
  if (chance(0.5)) during('qms-started', 'qms-finished');
  if (chance(0.5)) during('expert-started', 'expert-finished');
  if (chance(0.35)) during('rectification-asked', 'recheck-asked');
  if (chance(0.2)) during('suspended', 'resumed');
  if (chance(0.2)) during('check-delayed', 'check-delay-ended');
  if (chance(0.3)) add('qms-notified', addDays(at, int(0, 20)));
  let review = at;
  for (let n = chance(0.5) ? int(1, 2) : 0; n > 0; n--) {
    review = addDays(review, int(1, 100));
    add('deficiency-notified', review);
    if (chance(0.2)) break;
    review = addDays(review, int(0, 400));
    add('supplement-received', review);
  }
  for (let n = chance(0.4) ? int(1, 2) : 0; n > 0; n--)
    add('extended', addDays(at, int(0, 200)), chance(0.9) ? { length: int(1, 60) } : {});
  if (chance(0.5)) {
    review = addDays(review, int(0, 150));
    const refused = chance(0.4);
    add('opinion-issued', review, refused ? { result: 'refused' } : {});
    if (refused && chance(0.6)) {
      add('objected', addDays(review, int(0, 25)));
      if (chance(0.6)) add('objection-decided', addDays(review, int(25, 60)));
    }
    if (chance(0.5)) add('decided', addDays(review, int(0, 70)));
  }
  // the order in which events are told must not matter
  for (let i = events.length - 1; i > 0; i--) {
    const j = int(0, i);
    [events[i], events[j]] = [events[j] as CaseEvent, events[i] as CaseEvent];
  }
  return {
    procedure,
    class: procedure === 'clinical-trial' || chance(0.5) ? 'III' : 'II',
    origin: chance(0.8) ? 'domestic' : 'imported',
    events,
    asOf: addDays(received, int(0, 700)),
  };
}
