import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateRelease, type ReleaseTruth } from '../../bench/generate/release.ts';
import { generateUpdate, type UpdateTruth } from '../../bench/generate/update.ts';
import { scanFile } from '../../bench/reference-scanner.ts';
import { contentDigest } from '../support/content-digest.ts';
import { type ImportBench, importBench } from '../support/import-bench.ts';

let bench: ImportBench;
let truth: ReleaseTruth;
let update: UpdateTruth;
const filesOf = (folder: string, t: { files: readonly { name: string }[] }) =>
  t.files.map((file) => join(bench.folder, folder, file.name));

beforeAll(async () => {
  bench = await importBench();
  const base = { devices: 3000, seed: 42, date: '2026-05-01' };
  truth = await generateRelease({ ...base, files: 4, out: join(bench.folder, 'full') });
  update = await generateUpdate({
    base,
    date: '2026-05-02',
    files: 2,
    out: join(bench.folder, 'day'),
    new: 30,
    changed: 40,
    withdrawn: 5,
    unchanged: 20,
  });
});
afterAll(() => bench?.end());

describe('a first release, then a day of updates', () => {
  it('comes to the counts the generator states', async () => {
    const { summary } = await bench.take(filesOf('full', truth));
    expect(summary.failed).toEqual([]);
    expect(summary).toMatchObject({
      files: 4,
      read: truth.rows,
      inserted: truth.distinctKeys,
      updated: truth.repeated.earlierVersion,
      unchanged: truth.repeated.same,
      rejected: 0,
      withdrawn: 0,
      readNow: truth.rows,
      problems: {},
    });
    const { owner } = bench.db;
    const [row] = await owner<{ keys: number; packages: number; identifiers: number; tally: number; main: number }[]>`
      select (select count(distinct record_key) from device_version) as keys,
        (select count(*) from device_version) as main,
        (select count(*) from device_identifier where level = 1) as packages,
        (select count(*) from device_identifier) as identifiers,
        (select sum(devices) from product_tally)::int as tally`;
    expect(row?.keys).toBe(truth.distinctKeys);
    expect(row?.tally).toBe(truth.distinctKeys);
    expect(row?.main).toBe(truth.rows - truth.repeated.same);
    // counted a second time by the plain scanner of the benchmarks
    let identifiers = 0;
    for (const file of filesOf('full', truth)) {
      await scanFile(file, ({ fields, packing }) => {
        identifiers += 1 + packing.length + ['sydycpbs', 'btcpbs', 'zcbacpbs'].filter((tag) => fields[tag]).length;
      });
    }
    expect(summary.identifiers).toBe(identifiers);
    expect(row?.packages).toBeGreaterThan(1000);
    expect(row?.identifiers).toBeGreaterThan(row?.packages ?? 0);
  });

  it('finds nothing to do in the same files again, named in any order', async () => {
    const before = await contentDigest(bench.db.owner, 1);
    const { summary } = await bench.take(filesOf('full', truth).reverse());
    expect(summary).toMatchObject({ inserted: 0, updated: 0, unchanged: truth.rows, rejected: 0, readNow: 0 });
    expect(summary.releases[0]?.state).toBe('already-published');
    expect(await contentDigest(bench.db.owner, 1)).toEqual(before);
  });

  it('takes the update in as its truth says', async () => {
    const { summary } = await bench.take(filesOf('day', update));
    const { expected } = update;
    expect(summary).toMatchObject({
      read: update.rows,
      inserted: expected.new,
      updated: expected.changed + expected.withdrawn,
      unchanged: expected.unchanged,
      withdrawn: 0,
      problems: {},
    });
    const [row] = await bench.db.owner<{ n: number }[]>`
      select count(*) as n from device_version v where released_on = '2026-05-02' and withdrawn_on = '2026-05-02'`;
    expect(row?.n).toBe(expected.withdrawn);
  });

  it('changes nothing in a dry run', async () => {
    const before = await contentDigest(bench.db.owner, 1);
    const again = await generateUpdate({
      base: { devices: 3000, seed: 42, date: '2026-05-01' },
      date: '2026-05-03',
      files: 1,
      out: join(bench.folder, 'dry'),
      new: 3,
      changed: 2,
      withdrawn: 1,
      unchanged: 1,
    });
    const { summary } = await bench.take(filesOf('dry', again), { dryRun: true });
    expect(summary).toMatchObject({ read: 7, inserted: 3, updated: 3, unchanged: 1 });
    expect(await contentDigest(bench.db.owner, 1)).toEqual(before);
    const left = await bench.db
      .owner`select relname from pg_class where relname like 'stage\\_%' and relkind = 'r' and not relispartition`;
    expect(left).toEqual([]);
  });
});
