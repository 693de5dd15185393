import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCase, runCase } from '../../src/domains/clocks/run.ts';
import { listDuties, readDutyQuestion } from '../../src/domains/duties/index.ts';
import { parseNumber } from '../../src/domains/identifiers/index.ts';
import type { LocalDate } from '../../src/kernel/local-date.ts';
import { loadRulebook, rulebookFolder } from '../../src/rules/load.ts';
import { answerWorkday } from '../../src/rules/workday-question.ts';
import { type CaseLine, fixedValues, readCaseFiles, unmet } from './case-files.ts';

/** The day on which every case without a day of its own is asked; a fixed one, so that no case depends on the clock. */
const TODAY = '2026-11-22' as LocalDate;

const rulebook = loadRulebook();
const files = readCaseFiles(join(rulebookFolder(), 'cases'));
const all = files.flatMap((file) => file.cases);

function clocks(input: unknown): unknown {
  const { outcome, determinable, missing } = runCase(readCase(input, TODAY), rulebook);
  return {
    state: outcome?.state,
    clocks: Object.fromEntries(outcome?.clocks.map((clock) => [clock.limit, clock]) ?? []),
    determinable,
    missing,
  };
}

/** A parameter on a day, the rows of a table in force on a day, or how a printed number is read. */
function value(input: Record<string, unknown>): unknown {
  const asOf = input.asOf as LocalDate;
  if (typeof input.number === 'string') {
    const result = parseNumber(
      undefined,
      input.number,
      typeof input.approved === 'string' ? { approved: input.approved } : {},
    );
    return { readings: result.readings.map((reading) => `${reading.catalogue} ${reading.code}`) };
  }
  if (typeof input.table === 'string') {
    const rows = rulebook.tables
      .get(input.table)
      ?.rows.filter((row) => (row.from ?? '') <= asOf && (!row.until || row.until >= asOf));
    const one = input.row === undefined ? undefined : rows?.find((row) => row.id === input.row);
    return { rows: rows?.map((row) => row.id), found: one !== undefined, row: one };
  }
  const found = rulebook.valueOn(String(input.name), asOf, (input.knownAt as LocalDate | undefined) ?? undefined);
  return found.found ? { found: true, ...found.used } : found;
}

/** The duties a party has (`has`, each found in the answer) and those it has not (`lacks`, by their obligation). */
function dutyFaults(input: unknown, { has = [], lacks = [] }: { has?: unknown[]; lacks?: string[] }): string[] {
  const duties = listDuties(readDutyQuestion(input, rulebook, TODAY), rulebook).outcome?.duties ?? [];
  const there = lacks.filter((id) => duties.some((duty) => duty.obligation === id));
  return [...(has.length > 0 ? unmet(has, duties, 'has') : []), ...there.map((id) => `lacks: ${id} is there`)];
}

function faults({ kind, input, expect: wanted }: CaseLine): string[] {
  if (kind === 'clock') return unmet(wanted, clocks(input));
  if (kind === 'workday') return unmet(wanted, answerWorkday(input, rulebook.calendar()));
  if (kind === 'value') return unmet(wanted, value(input));
  const { duties, ...rest } = wanted as { duties: { has?: unknown[]; lacks?: string[] } };
  if (Object.keys(rest).length > 0) throw new Error(`not read: ${Object.keys(rest).join()}`);
  return dutyFaults(input, duties);
}

const counted = new Map<string, number>();

for (const file of files)
  describe(file.name, () => {
    for (const line of file.cases) {
      const test = line.open ? it.fails : it;
      test(line.name, () => {
        counted.set(line.kind, (counted.get(line.kind) ?? 0) + 1);
        expect(faults(line)).toEqual([]);
      });
    }
  });

describe('the lists of cases', () => {
  it('gives every case a name of its own in its file and something to hold', () => {
    for (const { name, cases } of files) {
      const names = cases.map((one) => one.name);
      expect(
        names.filter((one, i) => names.indexOf(one) !== i),
        name,
      ).toEqual([]);
      for (const one of cases)
        expect(fixedValues(one.expect), `${name}: ${one.name} expects nothing`).toBeGreaterThan(0);
      for (const one of cases)
        if (one.open) expect(one.note, `${name}: ${one.name} is open and does not say why`).toBeTruthy();
    }
  });

  it('holds at least 150 cases, a third of them on edges', () => {
    expect(all.length).toBeGreaterThanOrEqual(150);
    expect(all.filter((one) => one.edge).length * 3).toBeGreaterThanOrEqual(all.length);
  });

  afterAll(() => {
    const kinds = [...counted].map(([kind, n]) => `${kind} ${n}`).join(', ');
    console.info(
      `cases: ${all.length} (${kinds}); edges ${all.filter((one) => one.edge).length}; open ${all.filter((one) => one.open).length}`,
    );
  });
});
