import { describe, expect, it } from 'vitest';
import { runCase } from '../../src/domains/clocks/run.ts';
import { type Case, type CaseEvent, EVENT_TYPES, type EventType } from '../../src/domains/clocks/types.ts';
import type { LocalDate } from '../../src/kernel/local-date.ts';
import { loadRulebook } from '../../src/rules/load.ts';
import { REVIEW_FLAGS, type Walk, walk } from './brute-force.ts';
import { random, randomCase } from './random-cases.ts';

const SEED = Number(process.env.XIEDANG_SEED ?? 20261122);
const COUNT = Number(process.env.XIEDANG_CASES ?? 10_000);

const rulebook = loadRulebook();

/** The notices of the State Council read once more, straight from the files' lists, without the program's calendar. */
const off = new Set(rulebook.calendars.flatMap((year) => Object.values(year.off).flat()) as string[]);
const makeUp = new Set(rulebook.calendars.flatMap((year) => year.makeUp) as string[]);
const isWorkday = (day: LocalDate) => {
  if (makeUp.has(day)) return true;
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !off.has(day);
};

const before = (a: CaseEvent, b: CaseEvent) =>
  a.date < b.date || (a.date === b.date && EVENT_TYPES.indexOf(a.type) < EVENT_TYPES.indexOf(b.type));

/** What the law says of one case, worked out by walking days; numbers by hand from the orders. */
function expected(input: Case): Map<string, Walk> {
  const told = input.events
    .filter((e) => e.date <= input.asOf)
    .sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
  // a supplement after its year is none: the review has ended
  const events: CaseEvent[] = [];
  let asked: string | undefined;
  for (const event of told) {
    if (event.type === 'deficiency-notified') asked ??= event.date;
    if (event.type === 'supplement-received' && asked) {
      if (event.date > `${Number(asked.slice(0, 4)) + 1}${asked.slice(4) === '-02-29' ? '-02-28' : asked.slice(4)}`)
        continue;
      asked = undefined;
    }
    events.push(event);
  }
  const find = (type: EventType, since?: LocalDate) =>
    events.find((e) => e.type === type && (!since || e.date >= since));
  const findAfter = (event: CaseEvent, ...types: EventType[]) =>
    events.slice(events.indexOf(event) + 1).find((e) => types.includes(e.type));
  const last = (type: EventType) => events.filter((e) => e.type === type).at(-1);
  const plain = (from: LocalDate, n: number) => walk(isWorkday, from, n, [], {}, undefined);
  const out = new Map<string, Walk>();
  const kind = input.procedure.startsWith('production')
    ? 'prod'
    : input.procedure.startsWith('distribution')
      ? 'dist'
      : 'reg';

  // acceptance: five working days to name all defects, else accepted on the day of receipt
  let accepted: LocalDate | undefined;
  let previous: CaseEvent | undefined;
  const receipts = events.filter((e) => e.type === 'received');
  for (const receipt of receipts) {
    const due = plain(receipt.date, 5).due as LocalDate;
    out.set(kind === 'reg' ? 'accept-defect-notice' : `${kind}-accept`, { from: receipt.date, due });
    const answer = events
      .slice(events.indexOf(receipt) + 1)
      .find((e) => ['defect-notified', 'accepted', 'rejected'].includes(e.type) && e !== previous);
    previous = answer;
    if (!answer || answer.date > due) {
      if (input.asOf > due) accepted = receipt.date;
      break;
    }
    if (answer.type === 'accepted') {
      accepted = answer.date;
      break;
    }
    if (receipt === receipts.at(-1)) accepted = findAfter(answer, 'accepted')?.date;
  }
  if (accepted === undefined) return out;

  if (kind !== 'reg') {
    const flags = { rectification: REVIEW_FLAGS.rectification, expert: REVIEW_FLAGS.expert } as typeof REVIEW_FLAGS;
    out.set(`${kind}-decide`, walk(isWorkday, accepted, 20, events, flags, find('decided', accepted)?.date));
    return out;
  }

  const name = input.procedure === 'clinical-trial' ? 'review-trial' : `review-${input.class}`;
  const [first, again] = input.procedure === 'clinical-trial' ? [60, 40] : input.class === 'III' ? [90, 60] : [60, 60];
  const ends: EventType[] = input.procedure === 'clinical-trial' ? ['opinion-issued', 'decided'] : ['opinion-issued'];
  const ending = (since: LocalDate) => events.find((e) => ends.includes(e.type) && e.date >= since);
  const grown = (
    base: number,
    from: LocalDate,
    done: LocalDate | undefined,
    supplemented: boolean,
    plain: LocalDate | null,
  ): number | undefined => {
    const mine = events.filter(
      (e) =>
        e.type === 'extended' &&
        e.date >= from &&
        (!done || e.date <= done) &&
        (plain === null || e.date <= plain) &&
        events.some((s) => s.type === 'supplement-received' && s.date <= e.date) === supplemented,
    );
    if (mine.some((e) => !e.length)) return undefined;
    return (
      base +
      Math.min(
        Math.floor(base / 2),
        mine.reduce((sum, e) => sum + (e.length as number), 0),
      )
    );
  };
  const put = (
    limit: string,
    base: number,
    from: LocalDate,
    done: LocalDate | undefined,
    flags: typeof REVIEW_FLAGS,
    supplemented: boolean,
  ) => {
    // what has run out cannot be extended any more
    const plain = walk(isWorkday, from, base, events, flags, done).due;
    const days = grown(base, from, done, supplemented, plain);
    out.set(limit, days === undefined ? { from, due: null } : walk(isWorkday, from, days, events, flags, done));
  };

  const { supplement: _, ...withoutSupplement } = REVIEW_FLAGS;
  const supplement = find('supplement-received', accepted);
  if (supplement) {
    const asked = events
      .filter((e) => e.type === 'deficiency-notified' && e.date >= (accepted as LocalDate) && before(e, supplement))
      .at(-1);
    put(name, first as number, accepted, (asked ?? supplement).date, withoutSupplement, false);
    const latest = last('supplement-received') as CaseEvent;
    put(`${name}-supp`, again as number, latest.date, findAfter(latest, ...ends)?.date, REVIEW_FLAGS, true);
  } else put(name, first as number, accepted, ending(accepted)?.date, REVIEW_FLAGS, false);

  const opinion = last('opinion-issued');
  if (opinion && input.procedure !== 'clinical-trial') {
    const { supplement: _none, ...flags } = REVIEW_FLAGS;
    out.set('decision', walk(isWorkday, opinion.date, 20, events, flags, findAfter(opinion, 'decided')?.date));
  }
  return out;
}

describe('the clock machine against walking day by day', () => {
  it(`gives the same starts and last days on ${COUNT} random cases (seed ${SEED})`, () => {
    const next = random(SEED);
    const compared = new Map<string, number>();
    let held = 0;
    for (let i = 0; i < COUNT; i++) {
      const input = randomCase(next);
      const answer = runCase(input, rulebook);
      for (const [limit, want] of expected(input)) {
        const clock = answer.outcome?.clocks.find((c) => c.limit === limit);
        const seen = { from: clock?.from, due: clock?.due };
        expect(seen, `case ${i}, ${limit}: ${JSON.stringify(input)}`).toEqual({ from: want.from, due: want.due });
        compared.set(limit, (compared.get(limit) ?? 0) + 1);
        if (want.due === null) held++;
      }
    }
    // the comparison is worth something only if it reached every kind of limit, also clocks that stand still
    for (const limit of [
      'accept-defect-notice',
      'review-II',
      'review-III',
      'review-II-supp',
      'review-III-supp',
      'review-trial',
      'review-trial-supp',
      'decision',
      'prod-decide',
      'dist-decide',
    ])
      expect(compared.get(limit) ?? 0, limit).toBeGreaterThan(COUNT / 100);
    expect(held).toBeGreaterThan(COUNT / 50);
  }, 120_000);
});
