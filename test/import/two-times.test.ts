import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  inForce,
  resolveReadAt,
  visibleParameter,
  withdrawnOn,
} from '../../src/domains/devices/visibility-store.pg.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { revokeRelease } from '../../src/processes/import/revoke.ts';
import { Dice } from '../support/dice.ts';
import { type ImportBench, importBench } from '../support/import-bench.ts';
import {
  type NaiveRecord,
  type NaiveRelease,
  type NaiveState,
  type NaiveStep,
  naiveRegister,
} from '../support/naive-register.ts';
import { udidRecord, writeUdid } from '../support/udid-release.ts';

const SEED = Number(process.env.XIEDANG_SEED ?? 77);
const DAYS = ['2023-12-31', '2024-02-01', '2024-02-20', '2024-03-01', '2024-03-20', '2024-08-01'];

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench?.end());

/** The default view: the SQL behind searches and dossiers, at two times. */
async function register(asOf: string, knownAt: string): Promise<Map<string, NaiveState>> {
  const sql = bench.db.app;
  const at = await resolveReadAt(sql, { asOf, knownAt }, systemClock);
  const names = { visible: '$1::int[]', asOf: '$2::date' };
  const rows = await sql.unsafe<{ key: string; model: string; version: string; gone: string | null }[]>(
    `select v.record_key as key, v.model, v.version_no || '.' || v.correction_no as version, ${withdrawnOn('v', names, at.absences)} as gone
     from device_version v where ${inForce('v', names)}`,
    [visibleParameter(at), at.asOf],
  );
  expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
  return new Map(rows.map(({ key, ...state }) => [key, state]));
}

const KEYS = 40;

/** Releases of a register that lives: corrections, withdrawals, gaps, late old versions, contradictions, days that are not stated. */
function releases(dice: Dice, days: readonly [string, 'full' | 'update'][]): NaiveRelease[] {
  const history = new Map<string, NaiveRecord[]>();
  const record = (key: string, last: NaiveRecord | undefined, day: string, kinds = 5): NaiveRecord => {
    if (!last) {
      const stated = dice.pick([day, '2023-11-11', '2024-02-10', '', '2024-12-01']);
      return {
        key,
        version: dice.below(3),
        correction: 0,
        day: stated,
        correctionDay: '',
        model: `${key}-a`,
        withdrawn: '',
      };
    }
    const model = `${key}-${dice.below(4)}`;
    const kind = dice.below(kinds);
    if (kind === 0) return { ...last, version: last.version + 1, day: dice.pick([day, '2024-02-15', '']), model };
    if (kind === 1) return { ...last, correction: last.correction + 1, correctionDay: day, model };
    if (kind === 2)
      return { ...last, version: last.version + 1, withdrawn: dice.pick([day, '2024-03-10', '2024-07-01']) };
    return { ...last, model };
  };
  return days.map(([day, mode]) => {
    const records: NaiveRecord[] = [];
    for (let n = 0; n < KEYS; n++) {
      const key = `K${n}`;
      const known = history.get(key) ?? [];
      if (dice.chance(mode === 'full' ? 0.25 : 0.5)) continue;
      const last = known.at(-1);
      const chosen =
        last && dice.chance(0.35)
          ? last
          : known.length && dice.chance(0.15)
            ? dice.pick(known)
            : record(key, last, day);
      known.push(chosen);
      history.set(key, known);
      records.push(chosen);
      if (dice.chance(0.1)) {
        // two contents under one number in one release have no order that outlives a revocation
        const second = record(key, chosen, day, 3);
        known.push(second);
        records.push(second);
      }
    }
    return { day, mode, records };
  });
}

const rows = (release: NaiveRelease) =>
  release.records.map((r) =>
    udidRecord(Number(r.key.slice(1)), {
      deviceRecordKey: r.key,
      versionNumber: String(r.version),
      versionTime: r.day,
      correctionNumber: String(r.correction),
      correctionTime: r.correctionDay,
      tsrq: r.withdrawn,
      ggxh: r.model,
    }),
  );

/** Takes the steps one after another; answers the instant after each. */
async function play(steps: readonly NaiveStep[]): Promise<string[]> {
  const instants: string[] = [];
  const ids: string[] = [];
  for (const [i, step] of steps.entries()) {
    if (step.release) {
      const { day, mode } = step.release;
      const name = `UDID_${mode === 'full' ? 'FULL_RELEASE' : 'DAY_UPDATE'}_${day.replaceAll('-', '')}.xml`;
      const { summary } = await bench.take(writeUdid(bench.folder, name, rows(step.release)));
      expect(summary.failed).toEqual([]);
      ids[i] = summary.releases[0]?.id ?? '';
    } else {
      await revokeRelease(bench.db.store, { releaseId: ids[step.revoke ?? -1] ?? '', actor: 'test', reason: 'wrong' });
    }
    const [now] = await bench.db.owner<{ at: string }[]>`select clock_timestamp() as at`;
    instants.push(now?.at ?? '');
  }
  return instants;
}

function differing(found: Map<string, NaiveState>, due: Map<string, NaiveState>): unknown[] {
  return [...new Set([...found.keys(), ...due.keys()])]
    .filter((key) => JSON.stringify(found.get(key)) !== JSON.stringify(due.get(key)))
    .map((key) => ({ key, found: found.get(key), due: due.get(key) }));
}

async function hold(steps: readonly NaiveStep[]): Promise<void> {
  const instants = await play(steps);
  let compared = 0;
  for (const [i, knownAt] of instants.entries()) {
    for (const asOf of DAYS) {
      const due = naiveRegister(steps, i + 1, asOf);
      const sorted = (state: NaiveState): NaiveState => ({
        model: state.model,
        version: state.version,
        gone: state.gone,
      });
      const found = await register(asOf, knownAt);
      const clean = (map: Map<string, NaiveState>) => new Map([...map].map(([key, state]) => [key, sorted(state)]));
      expect(differing(clean(found), clean(due)), `asOf ${asOf}, after step ${i + 1}`).toEqual([]);
      compared += due.size;
    }
  }
  expect(compared).toBeGreaterThan(300);
  await holdTallies();
}

/** Kept tallies are those of the default view. */
async function holdTallies(): Promise<void> {
  const sql = bench.db.app;
  const at = await resolveReadAt(sql, {}, systemClock);
  const names = { visible: '$1::int[]', asOf: '$2::date' };
  const [row] = await sql.unsafe<{ counted: number; kept: number }[]>(
    `select (select count(*) from device_version v where ${inForce('v', names)}) as counted, (select coalesce(sum(devices), 0)::int from product_tally) as kept`,
    [visibleParameter(at), at.asOf],
  );
  expect(row?.kept).toBe(row?.counted);
}

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

describe(`three releases, one of them revoked at last: 6 legal days × 4 known instants equal a naive replay (seed ${SEED})`, () => {
  for (const [n, order] of ORDERS.entries()) {
    it(`taken in as ${order.map((i) => ['full of February', 'update of March', 'full of April'][i]).join(', ')}`, async () => {
      const all = releases(new Dice(SEED), [
        ['2024-02-01', 'full'],
        ['2024-03-01', 'update'],
        ['2024-04-01', 'full'],
      ]);
      await hold([...order.map((i) => ({ release: all[i] as NaiveRelease })), { revoke: n % 3 }]);
    }, 60_000);
  }
});

describe('a longer chain', () => {
  it('in disorder, with revocations and a release taken in again', async () => {
    const all = releases(new Dice(SEED + 1), [
      ['2024-01-15', 'full'],
      ['2024-02-05', 'update'],
      ['2024-02-20', 'update'],
      ['2024-03-01', 'full'],
      ['2024-03-15', 'full'],
      ['2024-05-01', 'update'],
    ]);
    const steps = [3, 1, 5, 0, 4, 2].map((i) => ({ release: all[i] as NaiveRelease }));
    await hold([...steps, { revoke: 3 }, { revoke: 0 }, { release: all[0] as NaiveRelease }, { revoke: 1 }]);
  }, 120_000);
});
