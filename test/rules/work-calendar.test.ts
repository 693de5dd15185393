import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayNumber,
  daysInMonth,
  fromDayNumber,
  isLeapYear,
  type LocalDate,
} from '../../src/kernel/local-date.ts';
import { loadRulebook } from '../../src/rules/load.ts';
import { WorkCalendar } from '../../src/rules/work-calendar.ts';

const rulebook = loadRulebook();
const calendar = rulebook.calendar();

/** The lists of the notices, read once more; nothing of the calendar under test is used. */
const off = new Set<string>(rulebook.calendars.flatMap((year) => Object.values(year.off).flat()));
const makeUp = new Set<string>(rulebook.calendars.flatMap((year) => year.makeUp));
const noticed = new Set(rulebook.calendars.map((year) => year.year));

function isWorkday(day: string): boolean {
  if (makeUp.has(day)) return true;
  return ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()) && !off.has(day);
}

/** Working days after `from` up to and including `to`, one day at a time. */
function walked(from: LocalDate, to: LocalDate): number {
  let n = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(day)) n++;
  return n;
}

const year = (day: string) => Number(day.slice(0, 4));
const day = fc
  .integer({ min: dayNumber('2004-01-01' as LocalDate), max: dayNumber('2030-12-31' as LocalDate) })
  .map((n) => fromDayNumber(n));
const workday = day.map((one) => {
  let at = one;
  while (!isWorkday(at)) at = addDays(at, 1);
  return at;
});
const amount = fc.integer({ min: 1, max: 600 });

describe('counting working days', () => {
  it('adds what counting gives back', () => {
    fc.assert(
      fc.property(day, amount, (from, n) => {
        const to = calendar.add(from, n);
        expect(isWorkday(to)).toBe(true);
        expect(calendar.count(from, to)).toBe(n);
        // and no earlier day does
        expect(calendar.count(from, addDays(to, -1))).toBe(n - 1);
      }),
      { numRuns: 500 },
    );
  });

  it('goes back what it went on, from working days', () => {
    fc.assert(
      fc.property(workday, amount, (from, n) => {
        expect(calendar.add(calendar.add(from, n), -n)).toBe(from);
        expect(calendar.add(calendar.add(from, -n), n)).toBe(from);
      }),
      { numRuns: 500 },
    );
  });

  it('goes back to the working day that many before', () => {
    fc.assert(
      fc.property(day, amount, (from, n) => {
        const to = calendar.add(from, -n);
        expect(isWorkday(to)).toBe(true);
        // working days of [to, from)
        expect(walked(addDays(to, -1), addDays(from, -1))).toBe(n);
        expect(calendar.count(from, to)).toBe(-n);
      }),
      { numRuns: 150 },
    );
  });

  it('splits at any day between', () => {
    fc.assert(
      fc.property(fc.tuple(day, day, day), (days) => {
        const [a, b, c] = [...days].sort() as [LocalDate, LocalDate, LocalDate];
        expect(calendar.count(a, b) + calendar.count(b, c)).toBe(calendar.count(a, c));
      }),
      { numRuns: 500 },
    );
  });

  it('grows with the day and with the amount', () => {
    fc.assert(
      fc.property(day, amount, (from, n) => {
        expect(calendar.add(from, n) < calendar.add(from, n + 1)).toBe(true);
        expect(calendar.add(from, n) <= calendar.add(addDays(from, 1), n)).toBe(true);
        expect(calendar.add(from, -n) > calendar.add(from, -n - 1)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('equals walking from day to day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 1500 }), (from, days) => {
        const to = addDays(from, days);
        expect(calendar.count(from, to)).toBe(walked(from, to));
      }),
      { numRuns: 250 },
    );
  });

  it('equals walking over every year with a notice, day by day', () => {
    for (let at = '2004-01-01' as LocalDate; at <= '2026-12-31'; at = addDays(at, 1))
      expect(calendar.isWorkday(at), at).toBe(isWorkday(at));
  });

  it('stands still at nought', () => {
    fc.assert(
      fc.property(day, (from) => {
        expect(calendar.add(from, 0)).toBe(from);
        expect(calendar.count(from, from)).toBe(0);
        expect(calendar.certainty(from, from)).toEqual({ provisional: false, uncertainFrom: null });
      }),
    );
  });
});

describe('days set by the notices', () => {
  it('counts every weekend day worked and no holiday', () => {
    expect(makeUp.size).toBeGreaterThan(100);
    for (const one of makeUp as Set<LocalDate>) {
      expect(calendar.kindOf(one).kind, one).toBe('makeUp');
      expect(calendar.count(addDays(one, -1), one), one).toBe(1);
      expect(calendar.add(addDays(one, -1), 1), one).toBe(one);
    }
    for (const one of off as Set<LocalDate>) {
      expect(calendar.isWorkday(one), one).toBe(false);
      expect(calendar.count(addDays(one, -1), one), one).toBe(0);
    }
  });

  it('never makes one day both a holiday and a day worked', () => {
    expect([...makeUp].filter((one) => off.has(one))).toEqual([]);
  });

  it('has 29 February in leap years only', () => {
    for (let y = 2004; y <= 2030; y++) {
      const last = addDays(`${y}-03-01` as LocalDate, -1);
      expect(last).toBe(`${y}-02-${isLeapYear(y) ? 29 : 28}`);
      expect(calendar.count(`${y}-01-31` as LocalDate, last)).toBe(walked(`${y}-01-31` as LocalDate, last));
      // the day after the last of February is reached from it whatever the weekday
      expect(calendar.add(last, 1) >= `${y}-03-01`).toBe(true);
    }
  });
});

describe('years without a notice', () => {
  it('makes a count provisional exactly when it passes over one, from its first day there', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -700, max: 700 }), (from, days) => {
        const to = addDays(from, days);
        const [first, last] = days >= 0 ? [addDays(from, 1), to] : [to, addDays(from, -1)];
        let uncertain: LocalDate | null = null;
        for (let at = first; at <= last && uncertain === null; at = addDays(at, 1))
          if (!noticed.has(year(at))) uncertain = at;
        expect(calendar.certainty(from, to)).toEqual({ provisional: uncertain !== null, uncertainFrom: uncertain });
      }),
      { numRuns: 400 },
    );
  });

  it('says so of sums of working days, on and back', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: -400, max: 400 }).filter((n) => n !== 0),
        (from, n) => {
          const to = calendar.add(from, n);
          const reached = n > 0 ? [year(addDays(from, 1)), year(to)] : [year(to), year(addDays(from, -1))];
          const touched = Array.from(
            { length: (reached[1] as number) - (reached[0] as number) + 1 },
            (_, i) => (reached[0] as number) + i,
          );
          expect(calendar.certainty(from, to).provisional).toBe(touched.some((y) => !noticed.has(y)));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('counts them on plain weekdays', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1400 }), (n) => {
        const one = addDays('2027-01-01' as LocalDate, n);
        expect(calendar.isWorkday(one)).toBe(![0, 6].includes(new Date(`${one}T00:00:00Z`).getUTCDay()));
      }),
    );
  });

  it('knows no year before it was recorded', () => {
    const unknown = new WorkCalendar([]);
    expect(unknown.certainty('2026-03-02' as LocalDate, '2026-03-03' as LocalDate)).toEqual({
      provisional: true,
      uncertainFrom: '2026-03-03',
    });
    const earliest = [...rulebook.calendars].map((one) => one.recorded).sort()[0] as LocalDate;
    expect(rulebook.calendar(addDays(earliest, -1)).years).toEqual([]);
  });

  it('refuses days it keeps no weekdays for', () => {
    expect(() => calendar.count('1989-12-31' as LocalDate, '2026-01-01' as LocalDate)).toThrow(RangeError);
    expect(() => calendar.add('2119-12-29' as LocalDate, 10)).toThrow(RangeError);
    expect(() => calendar.add('1990-01-02' as LocalDate, -10)).toThrow(RangeError);
    expect(() => calendar.add('0099-01-04' as LocalDate, 1)).toThrow(RangeError);
  });
});

describe('months', () => {
  const months = fc.integer({ min: -120, max: 120 });
  const dayOf = (one: string) => Number(one.slice(8, 10));
  const monthOf = (one: string) => Number(one.slice(0, 4)) * 12 + Number(one.slice(5, 7)) - 1;
  const length = (one: string) => daysInMonth(year(one), Number(one.slice(5, 7)));

  it('keep the day number, or take the last day where the month has none such', () => {
    fc.assert(
      fc.property(day, months, (from, n) => {
        const to = addMonths(from, n);
        expect(monthOf(to)).toBe(monthOf(from) + n);
        expect(dayOf(to)).toBe(Math.min(dayOf(from), length(to)));
      }),
      { numRuns: 500 },
    );
  });

  it('return, unless the day had to move', () => {
    fc.assert(
      fc.property(day, months, (from, n) => {
        const back = addMonths(addMonths(from, n), -n);
        if (dayOf(addMonths(from, n)) === dayOf(from)) expect(back).toBe(from);
        else expect(back < from).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('keep the order of days', () => {
    fc.assert(
      fc.property(day, day, months, (one, other, n) => {
        const [a, b] = one <= other ? [one, other] : [other, one];
        expect(addMonths(a, n) <= addMonths(b, n)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['2025-08-31', 6, '2026-02-28'],
    ['2023-08-31', 6, '2024-02-29'],
    ['2026-08-31', -6, '2026-02-28'],
    ['2024-08-31', -6, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2024-02-29', -12, '2023-02-28'],
    ['2024-02-29', 60, '2029-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2025-12-15', 1, '2026-01-15'],
    ['2026-02-28', 6, '2026-08-28'],
  ])('%s and %i months give %s', (from, n, to) => {
    expect(addMonths(from as LocalDate, n)).toBe(to);
  });
});
