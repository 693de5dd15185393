import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseUdi } from './parse-udi.ts';
import { checkGtin, diKeyOf } from './registered-di.ts';
import type { UdiAgency } from './types.ts';

describe('diKeyOf', () => {
  it.each<[UdiAgency | null, string, string, string[]]>([
    ['GS1', '6901234567892', '06901234567892', []],
    ['GS1', '06901234567893', '06901234567893', ['gs1.check-digit']],
    ['GS1', 'X', 'X', ['gs1.charset']],
    ['GS1', '123', '123', ['gs1.gtin-length']],
    ['GS1', '', '', ['gs1.gtin-length']],
    ['HIBCC', 'A123BJC5D6E71G', 'A123BJC5D6E71', []],
    ['HIBCC', '+A123BJC5D6E71G', 'A123BJC5D6E71', []],
    ['HIBCC', '00841523106431', '00841523106431', ['hibc.structure']],
    ['IFA', '110375286414', '110375286414', []],
    ['IFA', 'D-MS9200C5', 'D-MS9200C5', ['ifa.charset', 'ifa.check-digits']],
    ['MA', 'MA.156.M0.100204.13351764', 'MA.156.M0.100204.13351764', []],
    ['ICCBBA', 'A9999XYZ100T0944', 'A9999XYZ100T0944', []],
    ['ICCBBA', '=/A9999XYZ100T0944', 'A9999XYZ100T0944', []],
    ['AHM', 'whatever', 'whatever', []],
    [null, '6901234567892', '06901234567892', []],
    [null, '+A123BJC5D6E71G', 'A123BJC5D6E71', []],
    [null, 'MODEL-7', 'MODEL-7', []],
    [null, '', '', []],
  ])('%s %j', (agency, di, key, problems) => {
    const answer = diKeyOf(agency, di);
    expect(answer.key).toBe(key);
    expect(answer.problems.map((one) => one.code)).toEqual(problems);
  });

  it('checkGtin takes no blanks', () => {
    expect(checkGtin(' 6901234567892').problems.map((one) => one.code)).toEqual(['gs1.charset']);
  });
});

const data = join(process.env.XIEDANG_REFERENCE ?? '../shared', 'data');
const gudid = join(data, 'gudid/gudid-devices.xml.gz');
const eudamed = join(data, 'eudamed-devices/eudamed-gs1.jsonl.gz');

/** What of a register does not read by its stated agency, as `agency identifier problem`. */
class Remainder {
  readonly counts = new Map<string, number>();
  readonly refused: string[] = [];

  add(agency: UdiAgency, di: string): void {
    this.counts.set(agency, (this.counts.get(agency) ?? 0) + 1);
    const errors = diKeyOf(agency, di).problems.filter((one) => one.severity === 'error');
    if (errors.length > 0) this.refused.push(`${agency} ${di} ${errors[0]?.code}`);
  }

  of(agency: string, code: string): string[] {
    return this.refused.filter((one) => one.startsWith(`${agency} `) && one.endsWith(` ${code}`));
  }
}

describe('real identifiers read by their stated agency', () => {
  it.skipIf(!existsSync(gudid))(
    'GUDID: all but ten check digits, one GTIN of 13 digits and one GTIN filed as HIBCC (skipped without the reference folder)',
    () => {
      const remainder = new Remainder();
      const xml = gunzipSync(readFileSync(gudid)).toString('latin1');
      const pattern =
        /<deviceId>([^<]*)<\/deviceId>\s*<deviceIdType>[^<]*<\/deviceIdType>\s*<deviceIdIssuingAgency>([^<]*)</g;
      for (const match of xml.matchAll(pattern)) remainder.add(match[2] as UdiAgency, match[1] as string);
      expect(Object.fromEntries(remainder.counts)).toEqual({ GS1: 45_656, HIBCC: 861 });
      // ten GTINs of 14 digits with a wrong check digit, and one that lost a digit and fails for that
      const wrong = remainder.of('GS1', 'gs1.check-digit').map((one) => one.split(' ')[1] as string);
      expect(wrong.filter((di) => di.length === 14)).toHaveLength(10);
      expect(wrong.filter((di) => di.length !== 14)).toEqual(['1081463902131']);
      expect(remainder.of('HIBCC', 'hibc.structure')).toEqual(['HIBCC 00841523106431 hibc.structure']);
      expect(remainder.refused).toHaveLength(12);
    },
  );

  it.skipIf(!existsSync(eudamed))(
    'EUDAMED: all but 36 values filed as IFA (skipped without the reference folder)',
    () => {
      const remainder = new Remainder();
      for (const line of gunzipSync(readFileSync(eudamed)).toString('utf8').split('\n')) {
        if (!line) continue;
        for (const [agency, di] of eudamedIdentifiers(JSON.parse(line))) remainder.add(agency, di);
      }
      expect(remainder.counts.get('GS1')).toBe(25_846);
      expect(remainder.counts.get('IFA')).toBe(36);
      expect(remainder.refused.filter((one) => !one.startsWith('IFA '))).toEqual([]);
      expect(remainder.refused).toHaveLength(36);
    },
  );
});

/** Every GTIN of a trade item and of the packages below it; items without one carry their identifier beside it. */
function* eudamedIdentifiers(node: unknown): Generator<[UdiAgency, string]> {
  if (Array.isArray(node)) for (const one of node) yield* eudamedIdentifiers(one);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const item = node as Record<string, unknown>;
  if (typeof item.Gtin === 'string' && item.Gtin) yield ['GS1', item.Gtin];
  if (item.AdditionalTradeItemIdentificationTypeCode === 'IFA' && typeof item.Value === 'string')
    yield ['IFA', item.Value];
  for (const value of Object.values(item)) yield* eudamedIdentifiers(value);
}

describe('a scanned identifier has the key of the registered one', () => {
  it.each<[UdiAgency, string, string]>([
    ['GS1', '06901234567892', '010690123456789217270228'],
    ['HIBCC', 'A99912345', '+A99912345/$$812710X3/16D20111212/14D20200906/S77DEFG453'],
    ['IFA', '110375286414', '[)>\u001e06\u001d9N110375286414\u001e\u0004'],
    ['MA', 'MA.156.M0.100204.13351764', 'MA.156.M0.100204.13351764.LX'],
    ['ICCBBA', 'A9999XYZ100T0944', '=/A9999XYZ100T0944=>014032'],
  ])('%s', (agency, registered, scanned) => {
    expect(parseUdi(scanned, { refYear: 2026 }).diKey).toBe(diKeyOf(agency, registered).key);
  });
});
