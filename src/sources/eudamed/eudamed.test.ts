import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SourceEvent, SourceRecord } from '../../domains/devices/index.ts';
import { eudamed } from './eudamed.ts';
import { EUDAMED_FIELDS } from './fields.ts';
import { baseItem, classification, document, link, packageItem } from './fixtures/make-items.ts';

const reference = `${process.env.XIEDANG_REFERENCE ?? '../shared'}/data/eudamed-devices/eudamed-gs1.jsonl.gz`;

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function events(text: string | Buffer, { size = 1 << 16, startAt = 0 } = {}): Promise<SourceEvent[]> {
  const found: SourceEvent[] = [];
  for await (const event of eudamed.read(pieces(Buffer.from(text), size), { startAt })) found.push(event);
  return found;
}

async function one(item: unknown): Promise<SourceRecord> {
  const [event] = await events(JSON.stringify(item));
  if (event?.type !== 'record') throw new Error(JSON.stringify(event));
  return event.record;
}

const chain = document('u-2', {
  TradeItem: packageItem('30000000000001', '20000000000001', 4, 'CASE'),
  CatalogueItemChildItemLink: link(4, {
    Identifier: 'middle',
    TradeItem: packageItem('20000000000001', '10000000000001', 12, 'PACK_OR_INNER_PACK'),
    CatalogueItemChildItemLink: link(12, { Identifier: 'bottom', TradeItem: baseItem('10000000000001') }),
  }),
});
const single = document('u-1', { TradeItem: baseItem('10000000000018') });

describe('eudamed.read', () => {
  it('fills the columns from the base unit and takes texts by language', async () => {
    const record = await one(single);
    expect(record).toMatchObject({
      recordKey: 'u-1',
      di: '10000000000018',
      agency: 'GS1',
      model: 'M-1',
      catalogNo: 'REF-1',
      versionAt: '2026-03-19T16:46:44',
      publishedOn: '2022-11-14',
      withdrawnOn: null,
      problems: [],
    });
    expect(record.product).toMatchObject({
      name: 'Example device',
      brand: 'Example brand',
      description: '中文说明',
      holderName: 'Example Maker Co., Ltd.',
      holderCode: 'CN-MF-000000001',
      classCode: 'A010101',
      category: 'EU_CLASS_IIA',
      kind: 'MDR',
    });
    expect(record.identifiers.map((i) => [i.level, i.di])).toEqual([['direct-mark', '10000000000018']]);
    expect(record.payload).toMatchObject({
      'MedicalDeviceTradeItemModule.MedicalDeviceInformation.UdidDeviceCount': '10',
      'MedicalDeviceTradeItemModule.MedicalDeviceInformation.UDIProductionIdentifierTypeCode': [
        'BATCH_NUMBER',
        'EXPIRATION_DATE',
      ],
      TradeItemContactInformation: [{ ContactTypeCode: 'EAR', ContactName: 'Example Representative GmbH' }],
      GlobalModelInformation: [{ GlobalModelNumber: 'BASIC1' }],
    });
    expect(record.payload).not.toHaveProperty('Gtin');
    expect(record.payload).not.toHaveProperty('AdditionalTradeItemIdentification');
  });

  it('makes the innermost item the device and the items above it its packages', async () => {
    const record = await one(chain);
    expect(record.di).toBe('10000000000001');
    expect(record.versionAt).toBe('2026-03-20T10:00:00');
    expect(record.identifiers.map((i) => [i.level, i.di, i.contains, i.quantity, i.packLevel])).toEqual([
      ['package', '20000000000001', '10000000000001', 12, 'PACK_OR_INNER_PACK'],
      ['package', '30000000000001', '20000000000001', 4, 'CASE'],
      ['direct-mark', '10000000000001', null, null, null],
    ]);
    expect(record.payload['CatalogueItem.Identifier']).toBe('bottom');
    expect(record.payload.CatalogueItemChildItemLink).toMatchObject([
      { Gtin: '30000000000001' },
      { Identifier: 'middle' },
    ]);
    expect(record.problems).toEqual([]);
  });

  it('reads an identifier of IFA where the GTIN is empty, the unit of use, and a withdrawn device', async () => {
    const record = await one(
      document('u-3', {
        TradeItem: baseItem('', {
          AdditionalTradeItemIdentification: [
            { AdditionalTradeItemIdentificationTypeCode: 'IFA', Value: 'D-X1' },
            { AdditionalTradeItemIdentificationTypeCode: 'MODEL_NUMBER', Value: 'A' },
            { AdditionalTradeItemIdentificationTypeCode: 'MODEL_NUMBER', Value: 'B' },
          ],
          MedicalDeviceTradeItemModule: {
            MedicalDeviceInformation: { EUMedicalDeviceStatusCode: { Value: 'NO_LONGER_PLACED_ON_MARKET' } },
          },
          TradeItemSynchronisationDates: {
            EffectiveDateTime: '2022-01-01',
            DiscontinuedDateTime: '2024-05-06T07:08:09',
          },
          TradeItemInformation: [
            {
              TradeItemComponents: {
                TotalNumberOfComponents: 1,
                ComponentInformation: [
                  {
                    ComponentNumber: 1,
                    ComponentQuantity: 5,
                    ComponentIdentification: { IdentificationSchemeAgencyCode: 'GS1', Value: '10000000000025' },
                  },
                ],
              },
            },
          ],
          GdsnTradeItemClassification: { AdditionalTradeItemClassification: [classification('85', 'EU_CLASS_IIB')] },
        }),
      }),
    );
    expect(record).toMatchObject({ di: 'D-X1', agency: 'IFA', model: 'A', withdrawnOn: '2024-05-06', problems: [] });
    expect(record.product.category).toBe('EU_CLASS_IIB');
    expect(record.identifiers).toMatchObject([
      { level: 'unit-of-use', di: '10000000000025', agency: 'GS1', quantity: 5 },
    ]);
    expect(record.payload.AdditionalTradeItemIdentification).toEqual([
      { AdditionalTradeItemIdentificationTypeCode: 'MODEL_NUMBER', Value: 'B' },
    ]);
    expect(eudamed.derive(record.product)).toMatchObject({ riskClass: 'EU IIb', holderKey: 'srn:CN-MF-000000001' });
  });

  it('reports unknown paths and values, impossible and reversed dates, and keeps them', async () => {
    const record = await one({
      ...document('u-4', {
        TradeItem: baseItem('10000000000018', {
          NewModule: { Inner: { Thing: [{ Deep: 'x' }] } },
          RegulatedTradeItemModule: { RegulatoryInformation: [{ RegulatoryAct: 'XYZ' }] },
          TradeItemSynchronisationDates: {
            LastChangeDateTime: '2026-02-30T10:00:00',
            EffectiveDateTime: '2022-01-01T25:00:00',
          },
          SalesInformationModule: {
            SalesInformation: {
              TargetMarketSalesConditions: [
                {
                  SalesConditionTargetMarketCountry: [
                    {
                      CountryCode: { Value: '040' },
                      StartAvailabilityDateTime: '2024-01-02',
                      EndAvailabilityDateTime: '2024-01-01',
                    },
                  ],
                },
              ],
            },
          },
        }),
      }),
      extra: { a: 1 },
    });
    expect(record.problems.map((p) => [p.code, p.field?.split('.').at(-1), p.value])).toEqual([
      ['source.unknown-value', 'RegulatoryAct', 'XYZ'],
      ['source.unknown-field', 'Deep', 'x'],
      ['source.unknown-field', 'extra', '{"a":1}'],
      ['date.impossible', 'LastChangeDateTime', '2026-02-30T10:00:00'],
      ['date.impossible', 'EffectiveDateTime', '2022-01-01T25:00:00'],
      ['date.reversed', 'EndAvailabilityDateTime', '2024-01-01'],
    ]);
    expect(record.payload).toMatchObject({ 'NewModule.Inner.Thing': [{ Deep: 'x' }], extra: '{"a":1}' });
    expect(record.versionAt).toBeNull();
  });

  it('reports and keeps members of the envelope and second children', async () => {
    const two = link(2, { Identifier: 'a', TradeItem: baseItem('10000000000001') }).concat(
      link(3, { Identifier: 'b' }),
    );
    const record = await one(
      document('u-7', {
        TradeItem: packageItem('20000000000001', '10000000000001', 2, 'CASE'),
        CatalogueItemChildItemLink: two,
        Odd: 7,
      }),
    );
    expect(record.problems.map((p) => [p.code, p.field])).toEqual([
      ['source.unknown-field', 'Odd'],
      ['source.unknown-field', 'CatalogueItemChildItemLink[1]'],
    ]);
    expect(record.payload).toMatchObject({
      Odd: '7',
      'CatalogueItemChildItemLink[1]': '{"Quantity":3,"CatalogueItem":{"Identifier":"b"}}',
    });
  });

  it('keeps numbers as they are written', async () => {
    const item = JSON.stringify(single).replace(
      '"UdidDeviceCount":10',
      '"UdidDeviceCount":10,"NewRatio":12.0,"Words":": 1.5, \\" 2.0"',
    );
    const [event] = await events(item);
    expect(event?.type === 'record' && event.record.payload).toMatchObject({
      'MedicalDeviceTradeItemModule.MedicalDeviceInformation.NewRatio': '12.0',
      'MedicalDeviceTradeItemModule.MedicalDeviceInformation.Words': ': 1.5, " 2.0',
    });
  });

  it('reads lines, a list and one document alike, in chunks of any size, with byte positions', async () => {
    const lines = `\uFEFF${JSON.stringify(single)}\r\n\n${JSON.stringify(chain)}\n`;
    const forms = [lines, JSON.stringify([single, chain]), JSON.stringify([single, chain], null, 2)];
    for (const form of forms) {
      const bytes = Buffer.from(form);
      const whole = await events(bytes);
      expect(whole.map((e) => e.type === 'record' && [e.record.recordKey, e.record.position.recordNo])).toEqual([
        ['u-1', 1],
        ['u-2', 2],
      ]);
      for (const size of [1, 13, 1000]) expect(await events(bytes, { size })).toEqual(whole);
      for (const event of whole) {
        if (event.type !== 'record') continue;
        const { at, length } = event.record.position;
        expect(JSON.parse(bytes.subarray(at, at + length).toString('utf8'))._file).toBe(event.record.recordKey);
      }
      const second = whole[1]?.type === 'record' ? whole[1].record.position.at : 0;
      expect(await events(bytes, { startAt: second })).toEqual([whole[1]]);
    }
    expect((await one(JSON.parse(JSON.stringify(single, null, 2)))).recordKey).toBe('u-1');
    expect(await events(JSON.stringify(single, null, 2))).toHaveLength(1);
  });

  it('refuses items without key, identifier or trade item and broken lines, and reads on', async () => {
    const lines = [
      JSON.stringify(single),
      '{"DraftItem": {"TradeItem": {,}}, "_file":"u-9"}',
      JSON.stringify({ DraftItem: { TradeItem: baseItem('10000000000018') } }),
      JSON.stringify(document('u-5', { TradeItem: baseItem('', { AdditionalTradeItemIdentification: [] }) })),
      JSON.stringify({ DraftItem: { Identifier: 'Draft_u-6' } }),
      JSON.stringify(chain),
    ].join('\n');
    const found = await events(lines);
    expect(found.map((e) => (e.type === 'rejected' ? [e.record.recordKey, e.record.rejected.code] : e.type))).toEqual([
      'record',
      ['u-9', 'source.malformed'],
      [null, 'source.missing-key'],
      ['u-5', 'source.missing-key'],
      ['u-6', 'source.malformed'],
      'record',
    ]);
  });

  it('throws for a file that is cut off or is something else', async () => {
    const lines = `${JSON.stringify(single)}\n${JSON.stringify(chain)}`;
    await expect(events(lines.slice(0, -40))).rejects.toMatchObject({ code: 'source.truncated' });
    await expect(events(JSON.stringify([single, chain]).slice(0, -1))).rejects.toMatchObject({
      code: 'source.truncated',
    });
    await expect(events('{"hello": 1}\n{"hello": 2}\n')).rejects.toMatchObject({ code: 'source.not-this-format' });
    await expect(events('<xml/>')).rejects.toMatchObject({ code: 'source.not-this-format' });
  });

  it('names every field once', () => {
    expect(new Set(EUDAMED_FIELDS.map((f) => f.tag)).size).toBe(EUDAMED_FIELDS.length);
  });
});

describe.skipIf(!existsSync(reference))('eudamed.read on the reference data (XIEDANG_REFERENCE)', () => {
  const packed = () => createReadStream(reference).pipe(createGunzip());

  it('finds the devices and identifiers that a plain count of names finds, without unknown fields', async () => {
    const plain = { devices: 0, packages: 0, directMarks: 0, unitsOfUse: 0, ifa: 0 };
    for await (const line of createInterface({ input: packed() })) {
      plain.devices++;
      plain.packages += line.split('"CatalogueItemChildItemLink"').length - 1;
      for (const marks of line.matchAll(/"DirectPartMarkingIdentifier": ?\[([^\]]*)\]/g))
        plain.directMarks += (marks[1] ?? '').split('"Value"').length - 1;
      plain.unitsOfUse += line.split('"ComponentIdentification"').length - 1;
      plain.ifa += line.split('"IFA"').length - 1;
    }
    const read = { devices: 0, packages: 0, directMarks: 0, unitsOfUse: 0, ifa: 0 };
    const problems: string[] = [];
    for await (const event of eudamed.read(packed(), { startAt: 0 })) {
      if (event.type !== 'record') throw new Error(JSON.stringify(event));
      const { identifiers, agency } = event.record;
      read.devices++;
      read.packages += identifiers.filter((i) => i.level === 'package').length;
      read.directMarks += identifiers.filter((i) => i.level === 'direct-mark').length;
      read.unitsOfUse += identifiers.filter((i) => i.level === 'unit-of-use').length;
      if (agency === 'IFA') read.ifa++;
      problems.push(...event.record.problems.map((p) => `${p.code} ${p.field}`));
    }
    expect(read).toEqual(plain);
    expect(read).toEqual({ devices: 18_204, packages: 3_821, directMarks: 3_196, unitsOfUse: 118, ifa: 36 });
    expect(problems).toEqual([]);
  }, 120_000);
});
