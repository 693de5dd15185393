import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RejectedRecord, SourceEvent, SourceRecord } from '../../domains/devices/index.ts';
import { GUDID_FIELDS } from './fields.ts';
import { gudid } from './gudid.ts';

const fixture = readFileSync(new URL('./fixtures/older-format.xml', import.meta.url));
const reference = `${process.env.XIEDANG_REFERENCE ?? '../shared'}/data/gudid`;

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function events(bytes: Uint8Array, { size = 1 << 16, startAt = 0 } = {}): Promise<SourceEvent[]> {
  const found: SourceEvent[] = [];
  for await (const event of gudid.read(pieces(bytes, size), { startAt })) found.push(event);
  return found;
}

const records = (found: SourceEvent[]): SourceRecord[] => found.flatMap((e) => (e.type === 'record' ? [e.record] : []));
const rejected = (found: SourceEvent[]): RejectedRecord[] =>
  found.flatMap((e) => (e.type === 'rejected' ? [e.record] : []));

describe('gudid.read', () => {
  it('fills columns, identifiers and payload of a record of the older format', async () => {
    const record = records(await events(fixture))[0]!;
    expect(record).toMatchObject({
      recordKey: '10000000000014',
      di: '10000000000014',
      agency: 'GS1',
      versionNo: 0,
      versionAt: '2015-09-24',
      publishedOn: '2015-09-24',
      withdrawnOn: '2016-02-29',
      model: 'M-1',
      catalogNo: null,
      problems: [],
    });
    expect(record.product).toMatchObject({
      name: 'First term; Second term',
      brand: 'Trial & Sons 示例',
      classCode: 'AAA,BBB',
      certificateText: null,
    });
    expect(record.identifiers).toEqual([
      {
        level: 'package',
        di: '20000000000011',
        agency: 'GS1',
        contains: '10000000000014',
        quantity: 12,
        packLevel: null,
        status: 'Not in Commercial Distribution',
        discontinuedOn: '2016-01-31',
      },
      {
        level: 'unit-of-use',
        di: 'M52912340A',
        agency: 'HIBCC',
        contains: null,
        quantity: null,
        packLevel: null,
        status: null,
        discontinuedOn: null,
      },
    ]);
    expect(record.payload).toEqual({
      deviceRecordStatus: 'Published',
      deviceCommDistributionStatus: 'Not in Commercial Distribution',
      deviceCount: '10',
      gmdnTerms: [{ gmdnPTName: 'First term', gmdnPTDefinition: 'Words <about> it.' }, { gmdnPTName: 'Second term' }],
      productCodes: [{ productCode: 'AAA' }, { productCode: 'BBB' }],
      deviceSterile: 'true',
      sterilizationPriorToUse: 'false',
    });
  });

  it('reports unknown tags and values, impossible dates and numbers, and keeps what was published', async () => {
    const record = records(await events(fixture))[1]!;
    expect(record.problems.map((p) => [p.code, p.field, p.value])).toEqual([
      ['source.unknown-value', 'deviceCommDistributionStatus', 'Maybe'],
      ['source.unknown-field', 'shinyNewTag', 'first'],
      ['source.unknown-field', 'deviceSizes.size.tolerance', '1'],
      ['number.impossible', 'identifiers.pkgQuantity', 'a dozen'],
      ['date.impossible', 'devicePublishDate', '2015-02-30'],
    ]);
    expect(record.publishedOn).toBeNull();
    expect(record.payload).toMatchObject({ devicePublishDate: '2015-02-30', shinyNewTag: 'first' });
    expect(record.payload.deviceSizes).toEqual([
      { sizeType: 'Length', size: { unit: 'Millimeter', value: '3', tolerance: '1' } },
      { size: { tolerance: '2' } },
    ]);
    expect(record.identifiers.map((i) => [i.level, i.di, i.agency, i.quantity])).toEqual([
      ['secondary', '0123456789', '', null],
      ['package', '20000000000028', 'GS1', null],
    ]);
    expect(record.payload.identifiers).toEqual([
      { deviceId: '0123456789', deviceIdType: 'Secondary', deviceIdIssuingAgency: 'NDC/NHRIC' },
      { deviceId: '20000000000028', deviceIdType: 'Package', deviceIdIssuingAgency: 'GS1', pkgQuantity: 'a dozen' },
      { deviceId: '10000000000007', deviceIdType: 'Previous', deviceIdIssuingAgency: 'GS1' },
    ]);
  });

  it('refuses a record without identifier and broken ones, and reads on', async () => {
    const found = await events(fixture);
    expect(rejected(found).map((r) => [r.position.recordNo, r.recordKey, r.rejected.code])).toEqual([
      [3, null, 'source.missing-key'],
      [4, '10000000000038', 'source.malformed'],
      [5, '10000000000045', 'source.malformed'],
    ]);
    expect(records(found).map((r) => r.position.recordNo)).toEqual([1, 2, 6]);
  });

  it('takes the public record key, version number and time where they are given, and sees reversed dates', async () => {
    const record = records(await events(fixture))[2]!;
    expect(record).toMatchObject({
      recordKey: 'key-6',
      versionNo: 3,
      versionAt: '2020-01-01T08:09:10',
      publishedOn: '2021-01-01',
    });
    expect(record.problems.map((p) => p.code)).toEqual(['source.missing-field', 'date.reversed']);
  });

  it('gives the same events whatever the size of the chunks, with byte positions that cut out the element', async () => {
    const whole = await events(fixture);
    for (const size of [1, 7, 64, 1000]) expect(await events(fixture, { size })).toEqual(whole);
    for (const record of records(whole)) {
      const { at, length } = record.position;
      const text = fixture.subarray(at, at + length).toString('utf8');
      expect(text.startsWith('<device ') && text.endsWith('</device>')).toBe(true);
      expect(text).toContain(record.di);
    }
  });

  it('goes on at a byte and keeps the numbers of the records', async () => {
    const all = await events(fixture);
    const second = records(all)[1]!;
    expect(await events(fixture, { startAt: second.position.at })).toEqual(all.slice(1));
    expect(records(await events(fixture, { startAt: second.position.at + 1 })).map((r) => r.position.recordNo)).toEqual(
      [6],
    );
  });

  it('throws for a file that is cut off or is something else', async () => {
    await expect(events(fixture.subarray(0, fixture.length - 12))).rejects.toMatchObject({ code: 'source.truncated' });
    await expect(events(fixture.subarray(0, 900))).rejects.toMatchObject({ code: 'source.truncated' });
    await expect(events(Buffer.from('<udid><devices/></udid>'))).rejects.toMatchObject({
      code: 'source.not-this-format',
    });
    await expect(events(Buffer.from('<?xml version="1.0" encoding="GBK"?><data></data>'))).rejects.toMatchObject({
      code: 'source.encoding',
    });
    expect(await events(Buffer.from('<?xml version="1.0"?><gudid></gudid>'))).toEqual([]);
  });

  it('reports fields of the header and text between the records', async () => {
    const xml =
      '<gudid><header><releaseDate>2024-01-01</releaseDate></header><device deviceid="1"></device>stray</gudid>';
    const found = await events(Buffer.from(xml));
    expect(found.flatMap((e) => (e.type === 'part-problem' ? [[e.problem.code, e.problem.value]] : []))).toEqual([
      ['source.unknown-field', '2024-01-01'],
      ['source.unknown-content', 'stray'],
    ]);
  });

  it('names every field in both languages once', () => {
    expect(new Set(GUDID_FIELDS.map((f) => f.tag)).size).toBe(GUDID_FIELDS.length);
    for (const field of GUDID_FIELDS) expect(`${field.zh}|${field.en}`).toMatch(/\p{Script=Han}|GMDN|FDA.*\|\S/u);
  });

  it('recognises its files by name and namespace', () => {
    expect(gudid.recognises('a.xml', fixture)).toBe(true);
    expect(gudid.recognises('a.xml.gz', fixture)).toBe(true);
    expect(gudid.recognises('a.json', fixture)).toBe(false);
    expect(gudid.recognises('a.xml', Buffer.from('<udid version="1"><header/>'))).toBe(false);
  });
});

describe.skipIf(!existsSync(`${reference}/gudid-devices.xml.gz`))(
  'gudid.read on the reference data (XIEDANG_REFERENCE)',
  () => {
    it('finds the devices and identifiers that a plain count of tags finds, without unknown fields', async () => {
      const plain = { devices: 0, identifiers: 0, packages: 0 };
      let tail = '';
      const packed = () => createReadStream(`${reference}/gudid-devices.xml.gz`).pipe(createGunzip());
      for await (const chunk of packed()) {
        const text = tail + (chunk as Buffer).toString('latin1');
        const upTo = text.lastIndexOf('\n');
        const whole = text.slice(0, upTo);
        tail = text.slice(upTo);
        plain.devices += whole.split('</device>').length - 1;
        plain.identifiers += whole.split('</identifier>').length - 1;
        plain.packages += whole.split('<deviceIdType>Package</deviceIdType>').length - 1;
      }
      const read = { devices: 0, identifiers: 0, packages: 0 };
      const problems = new Map<string, number>();
      for await (const event of gudid.read(packed(), { startAt: 0 })) {
        if (event.type !== 'record') throw new Error(JSON.stringify(event));
        read.devices++;
        read.identifiers += 1 + event.record.identifiers.length;
        read.packages += event.record.identifiers.filter((i) => i.level === 'package').length;
        for (const p of event.record.problems) problems.set(p.code, (problems.get(p.code) ?? 0) + 1);
      }
      expect(read).toEqual(plain);
      expect(read).toEqual({ devices: 40_019, identifiers: 46_517, packages: 5_124 });
      expect([...problems]).toEqual([]);
    }, 120_000);

    it('reads the newer tags of the structure example', async () => {
      const [event] = await events(readFileSync(`${reference}/full-structure-example.xml`));
      if (event?.type !== 'record') throw new Error('no record');
      expect(event.record).toMatchObject({
        recordKey: '33e1d2ec-8555-43d0-8421-b208e7185d06',
        versionNo: 1,
        versionAt: '2017-12-19',
        problems: [],
      });
      expect(event.record.product).toMatchObject({
        holderCode: '123456789',
        certificateText: 'K094035,P950002',
        classCode: 'OQG,MAX',
      });
      expect(event.record.withdrawnOn).toBeNull();
      expect(event.record.payload.deviceCommDistributionEndDate).toBe('2018-09-24');
      expect(event.record.identifiers).toHaveLength(1);
    });
  },
);
