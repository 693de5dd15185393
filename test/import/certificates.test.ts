import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFiles } from '../../src/processes/import/import-files.ts';
import { revokeRelease } from '../../src/processes/import/revoke.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { writeText } from '../support/udid-release.ts';

let db: TestDatabase;
let folder: string;
beforeEach(async () => {
  db = await cloneDatabase();
  folder = mkdtempSync(join(tmpdir(), 'xiedang-certificates-'));
});
afterEach(async () => {
  await db.drop();
  rmSync(folder, { recursive: true, force: true });
});

const row = (n: number, values: Record<string, string> = {}) => ({
  certificate_no: `国械注准2024303${String(n).padStart(4, '0')}`,
  product_name: `一次性使用导管${n}`,
  registrant: '厦门某某医疗有限公司',
  approval_date: '2024-03-01',
  valid_until: '2029-02-28',
  ...values,
});
const list = (name: string, rows: readonly object[]) =>
  writeText(folder, name, `${rows.map((one) => JSON.stringify(one)).join('\n')}\n`);
const take = async (file: string, more: { dryRun?: boolean; mode?: 'full' | 'update' } = {}) =>
  (await importFiles(db.store, [file], { workers: 1, actor: 'local', ...more })).summary;
const versions = () =>
  db.owner<{ record_key: string; holder_name: string; valid_from: string }[]>`
    select record_key, holder_name, valid_from from certificate_version order by record_key, released_on, id`;

it('a list is known by its content and becomes versions with their places, in one release', async () => {
  const file = list('registrations_2026-05-01.jsonl', [
    row(1),
    row(2),
    row(3, { certificate_no: '国药准字H20240001' }),
  ]);
  const summary = await take(file);
  expect(summary).toMatchObject({
    files: 1,
    read: 3,
    inserted: 2,
    updated: 0,
    unchanged: 0,
    rejected: 1,
    withdrawn: 0,
  });
  expect(summary.problems).toMatchObject({ 'certificate.not-a-device': 1 });
  expect(summary.releases).toEqual([
    { id: 'nmpa-registrations-registrations-2026-05-01', state: 'published', stages: expect.anything() },
  ]);
  const [first] = await db.owner`
    select c.*, i.shelf, i.state, i.released_on as day, p.path, p.read, f.sha256 from certificate_version c
    join import i on i.id = c.import_id join import_part p on p.import_id = i.id and p.part_no = c.part_no
    join import_file f on f.import_id = i.id and f.file_no = p.file_no order by c.record_no limit 1`;
  expect(first).toMatchObject({
    shelf: 4,
    state: 'published',
    day: '2026-05-01',
    read: 3,
    number: '国械注准20243030001',
    valid_from: '2024-03-01',
    holder_key: 'name:厦门某某医疗有限公司',
    record_no: 1,
  });
  // the stored place leads to the bytes of the row
  const bytes = readFileSync(file).subarray(
    Number(first!.position_at),
    Number(first!.position_at) + first!.position_length,
  );
  expect(JSON.parse(bytes.toString('utf8'))).toEqual(row(1));
});

it('the same content again changes nothing; a later list brings what is new and what changed', async () => {
  const first = list('list_2026-05-01.jsonl', [row(1), row(2)]);
  await take(first);
  expect(await take(first)).toMatchObject({
    read: 2,
    inserted: 0,
    unchanged: 2,
    releases: [{ state: 'already-published' }],
  });
  const later = list('list_2026-06-01.jsonl', [row(1), row(2, { registrant: '厦门另一医疗有限公司' }), row(4)]);
  expect(await take(later)).toMatchObject({ read: 3, inserted: 1, updated: 1, unchanged: 1 });
  expect((await versions()).map((v) => [v.record_key.slice(-1), v.holder_name.slice(2, 4)])).toEqual([
    ['1', '某某'],
    ['2', '某某'],
    ['2', '另一'],
    ['4', '某某'],
  ]);
});

it('an older list that comes late is history: kept, counted as unchanged', async () => {
  await take(list('list_2026-06-01.jsonl', [row(1, { registrant: '新名医疗有限公司' })]));
  expect(await take(list('list_2026-05-01.jsonl', [row(1)]))).toMatchObject({ inserted: 0, updated: 0, unchanged: 1 });
  expect(await versions()).toHaveLength(2);
});

it('a value that goes and comes back is a version each time', async () => {
  await take(list('list_2026-05-01.jsonl', [row(1)]));
  await take(list('list_2026-06-01.jsonl', [row(1, { registrant: '中间医疗有限公司' })]));
  expect(await take(list('list_2026-07-01.jsonl', [row(1)]))).toMatchObject({ updated: 1 });
  expect(await versions()).toHaveLength(3);
});

it('a dry run counts and leaves nothing; a list is never full; a list without rows fails', async () => {
  const file = list('list_2026-05-01.jsonl', [row(1), row(2)]);
  expect(await take(file, { dryRun: true })).toMatchObject({ inserted: 2, releases: [{ state: 'dry-run' }] });
  expect(await take(file, { mode: 'full' })).toMatchObject({ files: 0, failed: [{ code: 'source.no-full-mode' }] });
  const empty = writeText(folder, 'empty.csv', '注册证编号,产品名称\n');
  expect(await take(empty)).toMatchObject({ failed: [{ code: 'source.no-records' }] });
  const [rows] = await db.owner<{ n: number }[]>`
    select (select count(*) from import)::int + (select count(*) from certificate_version)::int +
      (select count(*) from quality_problem)::int as n`;
  expect(rows?.n).toBe(0);
});

it('a CSV beside devices in one run; a revoked list can be taken in again', async () => {
  const csv = writeText(
    folder,
    'list_2026-05-01.csv',
    '注册证编号,产品名称,注册人名称,批准日期\n国械注准20243030009,导管,厦门某某医疗有限公司,2024年3月1日\n',
  );
  const first = await take(csv);
  expect(first).toMatchObject({ inserted: 1 });
  await revokeRelease(db.store, { releaseId: first.releases[0]!.id, actor: 'local', reason: 'test' });
  expect(await take(csv)).toMatchObject({ inserted: 1, releases: [{ id: 'nmpa-registrations-list-2026-05-01-2' }] });
});

it('many rows: batches agree with the plain count', async () => {
  const rows = Array.from({ length: 1203 }, (_, i) => row(i % 1100));
  expect(await take(list('list_2026-05-01.jsonl', rows))).toMatchObject({ read: 1203, inserted: 1203, rejected: 0 });
  expect(await versions()).toHaveLength(1203);
});

const reference = join(
  process.env.XIEDANG_REFERENCE ?? '../shared',
  'data/nmpa-registrations-aesthetic/registrations.jsonl',
);
describe.skipIf(!existsSync(reference))(`the register list of the reference folder (${reference})`, () => {
  it('imports with the counts a plain program finds', async () => {
    const lines = readFileSync(reference, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const medicines = lines.filter((line) => /国药准字/.test(line.certificate_no)).length;
    const summary = await take(reference);
    expect(summary).toMatchObject({ read: lines.length, rejected: medicines, inserted: lines.length - medicines });
    expect(medicines).toBe(9);
  });
});
