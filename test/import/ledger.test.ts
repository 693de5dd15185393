import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_KINDS, type FaultKind, type FaultPlan, type Planted } from '../../bench/generate/faults.ts';
import { generateRelease, type ReleaseTruth } from '../../bench/generate/release.ts';
import { generateUpdate, type UpdateTruth } from '../../bench/generate/update.ts';
import { type ImportBench, importBench } from '../support/import-bench.ts';

/** The code under which the ledger must list each kind of planted fault. */
const CODES: Readonly<Record<FaultKind, string>> = {
  'wrong-check-digit': 'di.gs1.check-digit',
  'shared-identifier': 'identifier.shared',
  'broken-package-chain': 'package.broken-chain',
  'package-loop': 'package.loop',
  'dangling-contained': 'package.dangling',
  'impossible-date': 'date.impossible',
  'reversed-dates': 'date.reversed',
  'missing-key': 'source.missing-key',
  'control-character': 'xml.illegal-character',
  'bare-ampersand': 'xml.bare-ampersand',
  'unknown-tag': 'source.unknown-field',
  'padded-class-code': 'class.padded',
  'thirteen-digit-gtin': 'di.gs1.gtin-length',
  'conflicting-key': 'record.conflict',
  'header-mismatch': 'part.count-mismatch',
  'gb18030-file': 'encoding.transcoded',
};

const PLAN = Object.fromEntries(FAULT_KINDS.map((kind, i) => [kind, /-(mismatch|file)$/.test(kind) ? 1 : 2 + (i % 4)]));
const BASE = { devices: 3000, seed: 9, date: '2026-05-01' };

let bench: ImportBench;
beforeAll(async () => {
  bench = await importBench();
});
afterAll(() => bench?.end());

interface Entry {
  readonly code: string;
  readonly severity: string;
  readonly record_key: string | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly record_no: number;
  readonly file: string;
}

async function entriesOf({ db }: ImportBench, release: string): Promise<Entry[]> {
  return db.owner<Entry[]>`
    select q.code, q.severity, q.record_key, q.field, q.value, q.record_no, p.path as file
    from quality_problem q join import i on i.id = q.import_id
    left join import_part p on p.import_id = i.id and p.part_no = q.part_no
    where i.release_id = ${release} order by 1, 3`;
}

/** Counts as planted, nothing else, and each entry at the place of its fault. */
function compare(entries: readonly Entry[], planted: readonly Planted[]): void {
  const found: Record<string, number> = {};
  for (const { code } of entries) found[code] = (found[code] ?? 0) + 1;
  const due: Record<string, number> = {};
  for (const { fault } of planted) due[CODES[fault]] = (due[CODES[fault]] ?? 0) + 1;
  expect(found).toEqual(due);
  for (const fault of planted) {
    const code = CODES[fault.fault];
    const here = entries.filter(
      (e) => e.code === code && (code === 'identifier.shared' || e.file.endsWith(fault.file)),
    );
    if (fault.row === 0) expect(here.length, fault.fault).toBeGreaterThan(0);
    else if (code === 'identifier.shared') expect(here.map((e) => e.value)).toContain(fault.value);
    else {
      const entry = here.find((e) => e.record_no === fault.row);
      expect(entry, `${fault.fault} in row ${fault.row} of ${fault.file}`).toBeDefined();
      expect(entry?.severity).toBe(fault.fault === 'missing-key' ? 'rejected' : entry?.severity);
      if (fault.fault !== 'missing-key') expect(entry?.record_key).toBe(fault.key);
    }
  }
}

describe('faults planted in a full release', () => {
  let truth: ReleaseTruth;
  it('are all in the ledger, N of N, and nothing else is', async () => {
    const out = join(bench.folder, 'full');
    truth = await generateRelease({ ...BASE, files: 5, out, faults: PLAN as FaultPlan });
    const { summary } = await bench.take(truth.files.map((f) => join(out, f.name)));
    expect(summary.failed.map((f) => f.code)).toEqual(['part.count-mismatch']);
    expect(summary).toMatchObject({ files: 4, inserted: truth.expected.keys, rejected: truth.expected.rejected });
    compare(await entriesOf(bench, summary.releases[0]?.id ?? ''), truth.faults);
  });

  it('the good rows are in, the refused are not', async () => {
    const [row] = await bench.db.owner<{ keys: number; transcoded: number }[]>`
      select (select count(distinct record_key) from device_version) as keys,
        (select count(*) from product where name = '软性亲水接触镜') as transcoded`;
    expect(row?.keys).toBe(truth.expected.keys);
    expect(row?.transcoded).toBeGreaterThan(0);
  });

  it('no product stays that only the document in contradiction had', async () => {
    const [row] = await bench.db.owner<{ n: number }[]>`
      select count(*) as n from product p where not exists (select from device_version v where v.product_id = p.id)`;
    expect(row?.n).toBe(0);
  });

  it('taken in again, the same document fails again', async () => {
    const out = join(bench.folder, 'full');
    const { summary } = await bench.take(truth.files.map((f) => join(out, f.name)));
    expect(summary.releases[0]?.state).toBe('already-published');
    expect(summary.failed.map((f) => f.code)).toEqual(['part.count-mismatch']);
  });
});

describe('faults planted in a day of updates', () => {
  let truth: UpdateTruth;
  let bench: ImportBench;
  beforeAll(async () => {
    bench = await importBench();
  });
  afterAll(() => bench?.end());

  it('are all in the ledger, N of N, and nothing else is', async () => {
    const base = await generateRelease({ ...BASE, files: 1, out: join(bench.folder, 'base') });
    await bench.take(join(bench.folder, 'base', base.files[0]?.name ?? ''));
    const out = join(bench.folder, 'day');
    truth = await generateUpdate({
      base: BASE,
      date: '2026-05-02',
      out,
      files: 3,
      new: 20,
      changed: 20,
      withdrawn: 3,
      unchanged: 5,
      faults: PLAN as FaultPlan,
    });
    const { summary } = await bench.take(truth.files.map((f) => join(out, f.name)));
    expect(summary.failed.map((f) => f.code)).toEqual(['part.count-mismatch']);
    const entries = await entriesOf(bench, summary.releases[0]?.id ?? '');
    compare(
      entries.filter((e) => e.code !== 'fill-rate.drift'),
      truth.faults,
    );
  });
});
