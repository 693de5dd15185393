import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addDays, type LocalDate } from '../../kernel/local-date.ts';
import { loadRulebook, rulebookFolder } from '../../rules/load.ts';
import { listDuties, readDutyQuestion } from './list-duties.ts';
import type { Duty } from './types.ts';

const rulebook = loadRulebook();
const TODAY = '2026-11-22' as LocalDate;

function dutiesOf(input: unknown): readonly Duty[] {
  return listDuties(readDutyQuestion(input, rulebook, TODAY), rulebook).outcome?.duties ?? [];
}

interface DutyCase {
  readonly name: string;
  readonly input: unknown;
  readonly expect: {
    readonly duties: { readonly has?: readonly Record<string, unknown>[]; readonly lacks?: readonly string[] };
  };
}

const folder = join(rulebookFolder(), 'cases/cn/duties');

describe.each(readdirSync(folder).filter((file) => file.endsWith('.yaml')))('cases: %s', (file) => {
  const cases = parse(readFileSync(join(folder, file), 'utf8')) as DutyCase[];

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, { input, expect: { duties: wanted } }) => {
    const duties = dutiesOf(input);
    for (const one of wanted.has ?? []) expect(duties).toContainEqual(expect.objectContaining(one));
    for (const id of wanted.lacks ?? []) expect(duties.map((duty) => duty.obligation)).not.toContain(id);
  });
});

describe('reading a question', () => {
  const read = (input: unknown) => readDutyQuestion(input, rulebook, TODAY);
  const base = { party: { roles: ['registrant'] }, from: '2026-01-01', to: '2026-12-31' };

  it.each([
    [
      { ...base, events: [{ type: 'moonrise', date: '2026-01-01' }] },
      'duty.unknown-event',
      'events.0.type: "moonrise"',
    ],
    [{ ...base, events: [{ type: 'review-II', date: '2026-01-01' }] }, 'duty.unknown-event', 'review-II'],
    [{ ...base, events: [{ type: 'constructor', date: '2026-01-01' }] }, 'duty.unknown-event', 'constructor'],
    [{ ...base, party: { roles: ['wizard'] } }, 'duty.unknown-role', 'party.roles.0: "wizard"'],
    [{ ...base, party: {} }, 'duty.bad-question', 'party.roles'],
    [{ ...base, from: '2026-02-30' }, 'duty.bad-question', 'from'],
    [{ ...base, from: '2027-01-01' }, 'duty.bad-question', 'from'],
    [{ ...base, to: '9999-12-31' }, 'duty.bad-question', '2118'],
    [
      { ...base, events: [{ type: 'adverse-event', date: '2026-01-01', severity: 'odd' }] },
      'duty.bad-question',
      'events.0.severity',
    ],
    [
      { ...base, events: [{ type: 'recall-decided', date: '2026-01-01', level: 4 }] },
      'duty.bad-question',
      'events.0.level',
    ],
    [
      { ...base, events: [{ type: 'recall', date: '2026-01-01', time: '25:00' }] },
      'duty.bad-question',
      'events.0.time',
    ],
    [null, 'duty.bad-question', ''],
  ])('refuses %j', (input, code, place) => {
    expect(() => read(input)).toThrowError(expect.objectContaining({ code, message: expect.stringContaining(place) }));
  });

  it('names what nothing reads', () => {
    const question = {
      ...base,
      party: { roles: ['registrant'], certificates: [{ expries: '2027-01-01' }] },
      records: [{ type: 'poem', date: '2026-01-01' }],
    };
    expect(read(question).notes).toEqual([
      'party.certificates.0.expries is not read',
      'records.0: poem — no obligation takes this record',
    ]);
  });

  it('says when a count leaves the calendar', () => {
    const question = { ...base, events: [{ type: 'mr-report', date: '2119-12-31' }] };
    expect(() => dutiesOf(question)).toThrowError(expect.objectContaining({ code: 'duty.bad-question' }));
  });
});

describe('an answer', () => {
  it('puts overdue duties first and standing ones last', () => {
    const duties = dutiesOf({ party: { roles: ['registrant', 'distributor'] }, from: '2026-01-01', to: '2027-12-31' });
    const ranks = duties.map((duty) => (duty.status === 'overdue' ? 0 : duty.kind === 'standing' ? 2 : 1));
    expect(ranks).toEqual([...ranks].sort());
    const dated = duties.filter((duty) => duty.due !== null && duty.status !== 'overdue').map((duty) => duty.due);
    expect(dated).toEqual([...dated].sort());
  });

  it('says nothing that was not known', () => {
    const question = { party: { roles: ['registrant'] }, from: '2026-03-01', to: '2026-03-31', knownAt: '2020-01-01' };
    const duties = dutiesOf(question).filter((duty) => duty.kind === 'recurring');
    expect(duties.length).toBeGreaterThan(0);
    for (const duty of duties) expect(duty).toMatchObject({ due: null, determinable: false, firmness: 'missing' });
  });

  it('carries article, instrument and consequence of every dated duty', () => {
    const certificates = [{ class: 'II', firstRegistered: '2024-05-01', expires: '2029-04-30' }];
    const duties = dutiesOf({ party: { roles: ['registrant'], certificates }, from: '2026-01-01', to: '2029-12-31' });
    for (const duty of duties.filter((one) => one.due !== null)) {
      expect(rulebook.instruments.has(duty.source ?? '')).toBe(true);
      expect(duty.words.length).toBeGreaterThan(1);
    }
    expect(duties.find((duty) => duty.obligation === 'cert-renew')?.consequence).toContain('第八十三条');
  });
});

const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2021-01-01' as LocalDate, days));
const roles = fc.uniqueArray(
  fc.constantFrom('registrant', 'filer', 'contract-manufacturer', 'import-agent', 'distributor', 'user'),
  {
    minLength: 1,
  },
);
const party = fc.record({
  roles,
  certificates: fc.array(fc.record({ class: fc.constantFrom('I', 'II', 'III'), firstRegistered: day, expires: day }), {
    maxLength: 3,
  }),
});

describe('over spans of days', () => {
  it('recurring duties of two spans add up to those of both together', () => {
    fc.assert(
      fc.property(party, fc.tuple(day, day, day), (who, days) => {
        const [from, middle, to] = [...days].sort() as [LocalDate, LocalDate, LocalDate];
        if (middle === to) return;
        const recurring = (a: LocalDate, b: LocalDate) =>
          dutiesOf({ party: who, from: a, to: b })
            .filter((duty) => duty.kind === 'recurring' && duty.determinable)
            .map((duty) => JSON.stringify(duty))
            .sort();
        const parts = [...recurring(from, middle), ...recurring(addDays(middle, 1), to)].sort();
        expect(parts).toEqual(recurring(from, to));
      }),
      { numRuns: 150, seed: 20261122 },
    );
  });

  it('nothing dated lies outside', () => {
    fc.assert(
      fc.property(party, day, day, day, (who, one, other, happened) => {
        const [from, to] = [one, other].sort() as [LocalDate, LocalDate];
        const events = [
          { type: 'recall-decided', level: 2, date: happened },
          { type: 'adverse-event', severity: 'death', date: happened },
          { type: 'group-adverse-event', date: happened, time: '23:59' },
        ];
        for (const duty of dutiesOf({ party: who, events, from, to })) {
          if (duty.due === null) continue;
          const first = duty.window?.from ?? duty.due;
          expect(first <= to && duty.due >= from, `${duty.obligation} ${duty.due}`).toBe(true);
        }
      }),
      { numRuns: 150, seed: 20261122 },
    );
  });
});
