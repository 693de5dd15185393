import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceCatalogue } from '../../src/app/source-catalogue.ts';
import { type DeviceService, deviceService } from '../../src/domains/devices/service.ts';
import { deviceStore } from '../../src/domains/devices/store.pg.ts';
import type { DeviceQuery, DeviceSort } from '../../src/domains/devices/types.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { type FixtureDevice, RegisterFixture } from '../support/register-fixture.ts';

let database: TestDatabase;
let devices: DeviceService;
let fixture: RegisterFixture;

const product = (name: string, holderName: string, extra: Record<string, string> = {}) => ({
  name,
  holderName,
  ...extra,
});

/** 60 products of two devices, so that a list is longer than what is ranked first. */
const many: FixtureDevice[] = Array.from({ length: 120 }, (_, i) => ({
  recordKey: `M${String(i).padStart(3, '0')}`,
  di: `0690000000${String(i).padStart(4, '0')}`,
  model: `MX-${i}`,
  product: product(`一次性使用输液器${Math.floor(i / 2)}型`, '江苏普通医疗有限公司', { classCode: '14-02-05' }),
}));

beforeAll(async () => {
  database = await cloneDatabase();
  fixture = new RegisterFixture(database.owner);
  await fixture.release({ source: 'nmpa-udid', releasedOn: '2026-01-10' }, [
    {
      recordKey: 'STENT',
      di: '06972253600013',
      model: 'SM400-2500001',
      publishedOn: '2025-03-01',
      product: product('冠状动脉药物洗脱支架', '江苏瑞康医疗科技有限公司', {
        brand: '瑞通',
        description: '由镍钛合金制成，用于介入手术。',
        classCode: '13-07-02',
        certificateText: '国械注准20203130001',
        holderCode: '91110000000000000A',
      }),
      riskClass: 'III',
    },
    {
      recordKey: 'HOLDER',
      di: '06972253600020',
      model: 'BOX-0I',
      product: product('医用棉签', '支架精工有限公司', { classCode: '14-14-03' }),
      withdrawnOn: '2026-01-05',
    },
    { recordKey: 'DESC', di: '06972253600037', product: product('导丝', '瑞康', { description: '与支架配套使用' }) },
    { recordKey: 'EXACT', di: '06972253600044', product: product('支架', '某公司') },
    { recordKey: 'APART', di: '06972253600051', product: product('支撑架', '架支有限公司') },
    ...many,
  ]);
  await fixture.release({ source: 'gudid', releasedOn: '2026-01-10' }, [
    {
      recordKey: 'US1',
      di: '00844588018923',
      model: '1107-0-3258',
      product: product('Acetabular Cup System', 'CONSENSUS ORTHOPEDICS, INC.', { brand: 'VitalitE' }),
    },
  ]);
  await fixture.finish();
  devices = deviceService({
    store: deviceStore(database.app, systemClock),
    clock: systemClock,
    catalogue: sourceCatalogue(),
  });
});
afterAll(async () => database.drop());

async function page(query: DeviceQuery, more: { sort?: DeviceSort; limit?: number; cursor?: string } = {}) {
  return devices.search(
    { query, sort: more.sort ?? 'relevance', limit: more.limit ?? 50, cursor: more.cursor, totalWithin: 5000 },
    {},
  );
}
const keys = async (query: DeviceQuery) => (await page(query)).items.map((hit) => hit.recordKey);

async function walk(query: DeviceQuery, sort: DeviceSort, limit: number): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const answer = await page(query, { sort, limit, ...(cursor ? { cursor } : {}) });
    found.push(...answer.items.map((hit) => hit.recordKey));
    cursor = answer.next ?? undefined;
  } while (cursor);
  return found;
}

describe('search', () => {
  it('ranks the exact name before names, holders and descriptions, and finds nothing that only has the characters', async () => {
    expect(await keys({ q: '支架' })).toEqual(['EXACT', 'STENT', 'HOLDER', 'DESC']);
  });

  it.each([
    ['药物洗脱', ['STENT']],
    ['瑞康 支架', ['STENT', 'DESC']],
    ['藥物洗脫', ['STENT']], // traditional
    ['ｖｉｔａｌｉｔｅ', ['US1']], // full width
    ['acetabular cup', ['US1']],
    ['acetab', ['US1']],
    ['sm400-25', ['STENT']],
    ['SM4OO', ['STENT']], // letter O for zero
    ['BOX-01', ['HOLDER']],
    ['国械注准20203130001', ['STENT']],
    ['06972253600044', ['EXACT']],
    ['镍钛合金 支架', ['STENT']],
  ])('%s finds %j', async (q, expected) => {
    expect((await keys({ q })).sort()).toEqual([...expected].sort());
  });

  it.each([
    ['guanzhuangdongmai', 'STENT'],
    ['gzdmywxtzj', 'STENT'],
    ['冠状动脉药物洗脱之架', 'STENT'], // one wrong character
    ['冠状动脉药洗脱支架', 'STENT'], // one missing
    ['Acetabuler Cup System', 'US1'],
  ])('%s is forgiven', async (q, key) => {
    const answer = await page({ q });
    expect(answer.items.map((hit) => hit.recordKey)).toContain(key);
    expect(answer.instead).not.toBeNull();
  });

  it('finds nothing for punctuation and for words of no name', async () => {
    for (const q of ['---', '&|!<->', "')--", 'qqqzzz', '\u0000']) {
      expect((await page({ q })).total).toEqual({ value: 0, relation: 'exact' });
    }
  });

  it('marks the words in the field that shows them', async () => {
    const [hit] = (await page({ q: '洗脱' })).items;
    expect(hit?.highlight).toEqual({
      field: 'name',
      text: [
        ['冠状动脉药物', false],
        ['洗脱', true],
        ['支架', false],
      ],
    });
  });

  it.each(['relevance', 'name', 'di', 'publishedOn'] as const)(
    'pages by %s reach every row once, whatever their size',
    async (sort) => {
      const all = await walk({}, sort, 1000);
      expect(all).toHaveLength(126);
      expect(new Set(all).size).toBe(126);
      expect(await walk({}, sort, 7)).toEqual(all);
      const some = await walk({ q: '输液器' }, sort, 11);
      expect(new Set(some).size).toBe(120);
      expect(await walk({ q: 'MX-1' }, sort, 4)).toHaveLength(31);
    },
  );

  it('gives totals that agree with the rows and with the facets', async () => {
    for (const query of [
      {},
      { q: '支架' },
      { q: 'MX-1' },
      { status: 'withdrawn' },
      { status: 'valid' },
      { class: '14-02' },
      { holder: 'uscc:91110000000000000A' },
      { source: 'gudid' },
      { q: '输液器', status: 'valid' },
      { releasedFrom: '2026-01-11' },
      { releasedTo: '2026-01-10' },
      { certificate: '国械注准20203130001' },
      { risk: 'III' },
    ] as DeviceQuery[]) {
      const rows = await walk(query, 'relevance', 13);
      const { total } = await page(query, { limit: 1 });
      expect([query, total]).toEqual([query, { value: rows.length, relation: 'exact' }]);
      expect((await devices.facets(query, {})).total).toEqual(total);
    }
  });

  it('counts facets in devices', async () => {
    const { facets } = await devices.facets({ q: '支架' }, {});
    const of = (name: string) => facets.find((facet) => facet.name === name)?.buckets ?? [];
    expect(of('status').map((b) => [b.value, b.count])).toEqual([
      ['valid', 3],
      ['withdrawn', 1],
    ]);
    expect(of('source')).toEqual([{ value: 'nmpa-udid', label: 'nmpa-udid', count: 4, relation: 'exact' }]);
  });

  it('keeps a list in place while a release is published between its pages', async () => {
    const first = await page({ q: '输液器' }, { limit: 20 });
    await fixture.release({ source: 'nmpa-udid', releasedOn: '2026-01-12' }, [
      ...Array.from({ length: 30 }, (_, i) => ({
        recordKey: `N${i}`,
        di: `0691000000${String(i).padStart(4, '0')}`,
        product: product('一次性使用输液器', '新公司'),
      })),
      { recordKey: 'M000', di: '06900000000000', versionNo: 2, product: product('改名的输液器', '新公司') },
    ]);
    await database.owner`update import set published_at = now() where released_on = '2026-01-12'`;
    await fixture.finish();
    const found = first.items.map((hit) => hit.recordKey);
    let cursor = first.next;
    while (cursor) {
      const next = await page({ q: '输液器' }, { limit: 20, cursor });
      expect(next.total).toEqual(first.total);
      found.push(...next.items.map((hit) => hit.recordKey));
      cursor = next.next;
    }
    expect(new Set(found).size).toBe(120);
    expect(found).toHaveLength(120);
    expect(found.filter((key) => key.startsWith('N'))).toEqual([]);
    expect((await page({ q: '输液器' }, { limit: 1 })).total.value).toBe(150);
  });

  it('refuses a cursor of another question and one that was tampered with', async () => {
    const { next } = await page({ q: '输液器' }, { limit: 5 });
    await expect(page({ q: '支架' }, { cursor: next ?? '' })).rejects.toMatchObject({ code: 'list.bad-cursor' });
    await expect(page({ q: '输液器' }, { cursor: 'AAAA' })).rejects.toMatchObject({ code: 'list.bad-cursor' });
  });
});
