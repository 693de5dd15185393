import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentDigest } from '../support/content-digest.ts';
import { type ImportBench, importBench } from '../support/import-bench.ts';
import { deviceXml, udidRecord, udidXml, writeText, writeUdid } from '../support/udid-release.ts';

let bench: ImportBench;
beforeAll(async () => {
  bench = await importBench();
  const first = await bench.take(
    writeUdid(
      bench.folder,
      'UDID_FULL_RELEASE_20240201.xml',
      [1, 2, 3, 4].map((n) => udidRecord(n)),
    ),
  );
  expect(first.summary).toMatchObject({ read: 4, inserted: 4, problems: {} });
});
afterAll(() => bench?.end());

const file = (name: string, text: string | Uint8Array) => writeText(bench.folder, name, text);
const stagedTables = () =>
  bench.db.owner<{ relname: string }[]>`
    select relname from pg_class where relkind = 'r' and not relispartition and relname ~ '^(stage|product)_.*[0-9]$'`;

describe('a file that fails as a whole', () => {
  const whole = udidXml([5, 6].map((n) => deviceXml(udidRecord(n))));
  const bad: [string, string, string | Uint8Array][] = [
    ['its header states another count', 'part.count-mismatch', udidXml([deviceXml(udidRecord(5))], 2)],
    ['it is cut off in a record', 'part.cut-off', whole.slice(0, whole.length - 90)],
    ['it is cut off between records', 'part.cut-off', whole.slice(0, whole.indexOf('</devices>'))],
    ['it is empty', 'part.empty', ''],
    ['it is another format', 'source.not-recognised', '<?xml version="1.0"?><rss><item/></rss>'],
    ['its name lies', 'part.not-this-format', '<?xml version="1.0"?><rss><item/></rss>'],
  ];
  for (const [n, [why, code, text]] of bad.entries()) {
    it(`because ${why} changes nothing, and the others go in`, async () => {
      const before = await contentDigest(bench.db.owner, 1);
      const name = code === 'source.not-recognised' ? `notes-${n}.xml` : `UDID_DAY_UPDATE_2024030${n + 1}.xml`;
      const { summary } = await bench.take(file(name, text));
      expect(summary.failed.map((f) => f.code)).toEqual([code]);
      expect(summary).toMatchObject({ files: 0, read: 0, inserted: 0 });
      expect(await contentDigest(bench.db.owner, 1)).toEqual(before);
      expect(await stagedTables()).toEqual([]);
      const good = writeUdid(bench.folder, `UDID_DAY_UPDATE_2024040${n + 1}.xml`, [udidRecord(100 + n)]);
      const both = await bench.take([join(bench.folder, name), good]);
      expect(both.summary).toMatchObject({ files: 1, read: 1, inserted: 1 });
      expect(both.summary.failed.map((f) => f.code)).toEqual([code]);
    });
  }

  it('one document of several in a release fails alone; what it may hold is not taken for absent', async () => {
    const parts = [
      writeUdid(bench.folder, 'UDID_FULL_RELEASE_20240501_PART1_Of_2.xml', [udidRecord(1), udidRecord(200)]),
      file(
        'UDID_FULL_RELEASE_20240501_PART2_Of_2.xml',
        udidXml(
          [2, 3, 4].map((n) => deviceXml(udidRecord(n))),
          4,
        ),
      ),
    ];
    const { summary } = await bench.take(parts);
    expect(summary).toMatchObject({ files: 1, read: 2, inserted: 1, unchanged: 1, withdrawn: 0 });
    expect(summary.failed).toMatchObject([{ file: parts[1], code: 'part.count-mismatch' }]);
    const [row] = await bench.db.owner<{ n: number }[]>`select count(*) as n from device_presence`;
    expect(row?.n).toBe(0);
  });

  it('mended, it goes in as the same release', async () => {
    const parts = [
      join(bench.folder, 'UDID_FULL_RELEASE_20240501_PART1_Of_2.xml'),
      writeUdid(
        bench.folder,
        'UDID_FULL_RELEASE_20240501_PART2_Of_2.xml',
        [2, 3, 4].map((n) => udidRecord(n)),
      ),
    ];
    const { summary } = await bench.take(parts);
    expect(summary).toMatchObject({ files: 2, read: 5, inserted: 0, unchanged: 5, failed: [] });
    // now the release is whole: the devices of the updates it lacks are absent
    expect(summary.withdrawn).toBe(6);
  });
});

describe('bad rows', () => {
  it('are listed with file, place and reason, and the good ones go in', async () => {
    const xml = udidXml([
      deviceXml(udidRecord(301)),
      deviceXml(udidRecord(302, { deviceRecordKey: '' })),
      deviceXml(udidRecord(303, { zxxsdycpbs: '' })),
      deviceXml(udidRecord(304)).replace('</ggxh>', '</ggx>'),
      deviceXml(udidRecord(305, { tsrq: '2024-02-30', versionNumber: 'zwei' })),
    ]);
    const path = file('UDID_DAY_UPDATE_20240601.xml', xml);
    const { summary } = await bench.take(path);
    expect(summary).toMatchObject({ files: 1, read: 5, inserted: 2, rejected: 3, failed: [] });
    const rows = await bench.db.owner<
      {
        code: string;
        severity: string;
        record_no: number;
        position_at: number;
        record_key: string | null;
        field: string | null;
        value: string | null;
      }[]
    >`select code, severity, record_no, position_at, record_key, field, value from quality_problem q join import i on i.id = q.import_id
      where i.released_on = '2024-06-01' and record_no > 0 order by record_no, code`;
    expect(rows.map(({ position_at, ...row }) => row)).toEqual([
      {
        code: 'source.missing-key',
        severity: 'rejected',
        record_no: 2,
        record_key: null,
        field: 'deviceRecordKey',
        value: null,
      },
      {
        code: 'source.missing-di',
        severity: 'rejected',
        record_no: 3,
        record_key: 'K000303',
        field: 'zxxsdycpbs',
        value: null,
      },
      { code: 'source.malformed', severity: 'rejected', record_no: 4, record_key: 'K000304', field: null, value: null },
      {
        code: 'date.impossible',
        severity: 'problem',
        record_no: 5,
        record_key: 'K000305',
        field: 'tsrq',
        value: '2024-02-30',
      },
      {
        code: 'value.not-a-number',
        severity: 'problem',
        record_no: 5,
        record_key: 'K000305',
        field: 'versionNumber',
        value: 'zwei',
      },
    ]);
    const bytes = readFileSync(path);
    for (const row of rows) expect(bytes.toString('latin1', row.position_at, row.position_at + 8)).toBe('<device>');
  });

  it('that a full release refuses are not absent from it', async () => {
    const records = [udidRecord(301), udidRecord(305, { zxxsdycpbs: '' })].map(deviceXml);
    const { summary } = await bench.take(file('UDID_FULL_RELEASE_20240701.xml', udidXml(records)));
    expect(summary.rejected).toBe(1);
    const gone = await bench.db.owner<{ record_key: string }[]>`
      select record_key from device_presence where on_date = '2024-07-01' and not present and record_key in ('K000301', 'K000305', 'K000001')`;
    expect(gone).toEqual([{ record_key: 'K000001' }]);
  });
});

describe('what must be kept as it is', () => {
  it('a file in GB18030 is read, and said to be one', async () => {
    const text = udidXml([deviceXml(udidRecord(401, { ggxh: 'Φ２×℃－甲' }))]).replace('UTF-8', 'GB18030');
    const { summary } = await bench.take(file('UDID_DAY_UPDATE_20240801.xml', iconv.encode(text, 'gb18030')));
    expect(summary).toMatchObject({ inserted: 1, problems: { 'encoding.transcoded': 1 } });
    const [row] = await bench.db.owner<{ model: string; encoding: string }[]>`
      select v.model, p.encoding from device_version v join import_part p on p.import_id = v.import_id where v.record_key = 'K000401'`;
    expect(row).toEqual({ model: 'Φ２×℃－甲', encoding: 'gb18030' });
  });

  it('several certificates in one field are all found; a padded class code keeps its text', async () => {
    const certificates = '国械注准20243031234,粤械注准20202140567；国械注进20153401111';
    const { summary } = await bench.take(
      writeUdid(bench.folder, 'UDID_DAY_UPDATE_20240802.xml', [
        udidRecord(402, { zczbhhzbapzbh: certificates, flbm: '14-02-00', cpmctymc: '多证产品' }),
      ]),
    );
    expect(summary.problems).toEqual({ 'class.padded': 1 });
    const [row] = await bench.db.owner<
      { certificates: string[]; certificate_text: string; class_code: string; class_key: string }[]
    >`
      select certificates, certificate_text, class_code, class_key from product where name = '多证产品'`;
    expect(row).toEqual({
      certificates: ['国械注准20243031234', '粤械注准20202140567', '国械注进20153401111'],
      certificate_text: certificates,
      class_code: '14-02-00',
      class_key: '14-02',
    });
  });

  it('repeated keys: the same content once, the higher version wins', async () => {
    const { summary } = await bench.take(
      writeUdid(bench.folder, 'UDID_DAY_UPDATE_20240803.xml', [
        udidRecord(403, { versionNumber: '2', ggxh: 'neu' }),
        udidRecord(403, { versionNumber: '1', ggxh: 'alt' }),
        udidRecord(403, { versionNumber: '2', ggxh: 'neu' }),
      ]),
    );
    expect(summary).toMatchObject({ read: 3, inserted: 1, updated: 1, unchanged: 1, problems: {} });
    const [row] = await bench.db.owner<{ tally: number }[]>`
      select sum(t.devices)::int as tally from product_tally t join product p on p.id = t.product_id
      where exists (select from device_version v where v.product_id = p.id and v.record_key = 'K000403')`;
    expect(row?.tally).toBeGreaterThan(0);
  });
});
