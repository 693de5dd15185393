import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reckon } from '../../src/domains/clocks/reckon.ts';
import { touchedBy } from '../../src/domains/clocks/service.ts';
import { addDays, type LocalDate } from '../../src/kernel/local-date.ts';
import { loadRulebook } from '../../src/rules/load.ts';
import { writeCalendar } from '../../src/rules/overlay-calendar.ts';
import { random, randomCase } from './random-cases.ts';

const SEED = Number(process.env.XIEDANG_SEED ?? 20261122);
const TODAY = '2026-11-22' as LocalDate;

it(`a new calendar moves no case that was passed over (3,000 random cases, seed ${SEED})`, () => {
  const overlay = mkdtempSync(join(tmpdir(), 'xiedang-reckon-'));
  try {
    const before = loadRulebook({ overlay });
    writeCalendar(
      overlay,
      {
        year: 2027,
        off: { 元旦: ['2027-01-01..2027-01-03'], 春节: ['2027-02-05..2027-02-13'] },
        makeUp: ['2027-01-30', '2027-02-14'],
        notice: { title: '试录' },
        by: '测试',
        why: '测试',
      },
      TODAY,
    );
    const after = loadRulebook({ overlay });
    const touched = touchedBy({ cause: 'calendar', actor: 'test', before, sameDay: true }, after);
    if (!touched) throw new Error('only the calendar changed');
    const next = random(SEED);
    let passed = 0;
    let moved = 0;
    for (let n = 0; n < 3000; n++) {
      const { asOf: _asOf, ...one } = randomCase(next);
      const first = one.events.map((event) => event.date).sort()[0] as LocalDate;
      const shift = Math.round((Date.parse(TODAY) - Date.parse(first)) / 86_400_000) - Math.floor(next() * 400);
      const input = { ...one, events: one.events.map((event) => ({ ...event, date: addDays(event.date, shift) })) };
      const old = reckon('x', input, false, before, TODAY);
      const now = reckon('x', input, false, after, TODAY);
      if (!touched(old.dues)) {
        expect(now, JSON.stringify(input)).toEqual(old);
        passed++;
      } else if (now.dues !== old.dues) moved++;
    }
    expect(passed).toBeGreaterThan(300);
    expect(moved).toBeGreaterThan(300);
    // with other rules, another day or unknown rules before, every case is worked out
    expect(touchedBy({ cause: 'x', actor: 'x', before, sameDay: false }, after)).toBeUndefined();
    expect(touchedBy({ cause: 'x', actor: 'x', sameDay: true }, after)).toBeUndefined();
  } finally {
    rmSync(overlay, { recursive: true, force: true });
  }
}, 120_000);
