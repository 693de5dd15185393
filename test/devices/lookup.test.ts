import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceCatalogue } from '../../src/app/source-catalogue.ts';
import { type DeviceService, deviceService } from '../../src/domains/devices/service.ts';
import { deviceStore } from '../../src/domains/devices/store.pg.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { PAYLOAD_TAGS } from '../../src/sources/nmpa-udid/fields.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { RegisterFixture } from '../support/register-fixture.ts';

/** Payload of the national base with the given fields. */
function nmpaPayload(fields: Record<string, string>): string {
  return PAYLOAD_TAGS.map((tag) => fields[tag] ?? '').join('\u001f');
}

let database: TestDatabase;
let devices: DeviceService;

beforeAll(async () => {
  database = await cloneDatabase();
  const fixture = new RegisterFixture(database.owner);
  await fixture.release({ source: 'nmpa-udid', releasedOn: '2026-02-01' }, [
    {
      recordKey: 'K1',
      di: '06975737431158',
      model: 'A-100/L',
      catalogNo: 'CAT 77',
      product: {
        name: '聚醚醚酮带线锚钉',
        holderName: '宁波华科润生物科技有限公司',
        holderCode: '9133020158396090XB',
        certificateText: '国械注准20243131971',
        classCode: '13-02-01',
      },
      payload: nmpaPayload({ zxxsdyzsydydsl: '4', scbssfbhph: '否', scbssfbhsxrq: '是' }),
      identifiers: [
        { level: 'unit-of-use', di: '06975737431998' },
        { level: 'package', di: '16975737430493', contains: '06975737431158', quantity: 10, packLevel: '盒' },
        { level: 'package', di: '26975737430209', contains: '16975737430493', quantity: 5, packLevel: '箱' },
        { level: 'package', di: '36975737430305', contains: '36975737430305', quantity: 5, packLevel: '环' },
      ],
    },
    {
      recordKey: 'K2',
      di: '06972253600013',
      model: 'CBC-1210',
      identifiers: [{ level: 'direct-mark', di: '06975737431158' }],
    },
  ]);
  await fixture.release({ source: 'gudid', releasedOn: '2026-02-01' }, [
    {
      recordKey: '00844588018923',
      di: '00844588018923',
      model: '1107-0-3258',
      payload: '{"deviceCount":"1","lotBatch":"true"}',
    },
    { recordKey: 'H1', di: 'B066101234560', agency: 'HIBCC', model: 'x', payload: '{}' },
  ]);
  await fixture.finish();
  devices = deviceService({
    store: deviceStore(database.app, systemClock),
    clock: systemClock,
    catalogue: sourceCatalogue(),
  });
});
afterAll(async () => database.drop());

async function one(code: string) {
  const [answer] = await devices.lookUp(await devices.readAt({}), [code]);
  if (!answer) throw new Error('no answer');
  return answer;
}

describe('look-up of a code', () => {
  it('answers every device of an identifier at every level', async () => {
    const answer = await one('06975737431158');
    expect(answer.status).toBe('several');
    expect(answer.matches.map((m) => [m.device.recordKey, m.level, m.unitsOfUse]).sort()).toEqual([
      ['K1', 'base', 4],
      ['K2', 'direct-mark', 1],
    ]);
  });

  it('multiplies quantities down the package chain and the units of the base', async () => {
    expect((await one('26975737430209')).matches).toMatchObject([
      { level: 'package', packLevel: '箱', unitsOfUse: 200 },
    ]);
    expect((await one('16975737430493')).matches).toMatchObject([{ unitsOfUse: 40 }]);
    expect((await one('06975737431998')).matches).toMatchObject([{ level: 'unit-of-use', unitsOfUse: 1 }]);
  });

  it('says that a chain loops instead of counting', async () => {
    const answer = await one('36975737430305');
    expect(answer.matches[0]?.unitsOfUse).toBeNull();
    expect(answer.problems.map((p) => p.code)).toContain('package-chain-loop');
  });

  it('reads production data: undeclared lot is a warning, past expiry a notice', async () => {
    const answer = await one('(01)06975737431158(17)200101(10)LOT7');
    expect(answer.kind).toBe('udi');
    expect(answer.problems.filter((p) => p.code === 'pi-not-declared').map((p) => p.severity)).toEqual(['warning']);
    expect(answer.problems.find((p) => p.code === 'item-expired')?.severity).toBe('notice');
  });

  it('knows an expiry that still lies ahead of the legal day', async () => {
    const [answer] = await devices.lookUp(await devices.readAt({ asOf: '2026-05-01' }), [
      '(01)06975737431158(17)260601',
    ]);
    expect(answer?.problems.map((p) => p.code)).not.toContain('item-expired');
  });

  it.each([
    ['国械注准20243131971', 'certificate', 'K1'],
    ['9133020158396090XB', 'credit-code', 'K1'],
    ['a100l', 'model', 'K1'],
    ['CAT-77', 'model', 'K1'],
    ['1107-0-3258', 'model', '00844588018923'],
    ['+B066101234560', 'di', 'H1'],
  ])('%s is found as %s', async (code, kind, key) => {
    const answer = await one(code);
    expect([answer.kind, answer.matches.map((m) => m.device.recordKey)]).toEqual([kind, [key]]);
  });

  it('tells a wrong code from an unknown one', async () => {
    expect((await one('06975737431159')).status).not.toBe('found');
    expect((await one('06901234567892')).status).toBe('not-found');
    expect(await one('')).toMatchObject({ found: false, status: 'invalid' });
  });

  it('answers a batch in the order asked, strange texts among them', async () => {
    const codes = ['K1', '06972253600013', "' or 1=1 --", '\u0000\u0001', '{a,b}', '06972253600013', '"', '\\'];
    const answers = await devices.lookUp(await devices.readAt({}), codes);
    expect(answers.map((a) => a.code)).toEqual(codes);
    expect(answers.map((a) => a.found)).toEqual([false, true, false, false, false, true, false, false]);
  });
});
