import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../src/app/server/server.ts';
import { type LivingAct, startOf, stateOf } from '../../src/domains/policy/linking/life.ts';
import type { LocalDate } from '../../src/kernel/local-date.ts';
import type { HttpServer } from '../../src/platform/http/server.ts';
import { importPolicies } from '../../src/processes/import-policies/import-policies.ts';
import { importStandards } from '../../src/processes/import-policies/import-standards.ts';
import { reindexPolicies } from '../../src/processes/import-policies/reindex.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let app: HttpServer;
const folder = mkdtempSync(join(tmpdir(), 'xiedang-desk-'));

const OLD = `某省药品监督管理局关于印发《甲类器械检查办法》的通知
某药监械〔2019〕12号

各市市场监督管理局:
现将《甲类器械检查办法》印发给你们,请遵照执行。本通知自2019年7月1日起施行。
某省药品监督管理局
2019年6月3日
`;
const NEW = `某省药品监督管理局关于加强甲类器械检查的通知
某药监械〔2023〕5号

各市市场监督管理局:
根据《医疗器械监督管理条例》(国务院令第739号),现就有关事项通知如下:
一、企业应当每年自查,符合GB 9706.1-2007和YY/T 0664的要求。
本通知自2023年5月1日起施行。《某省药品监督管理局关于印发〈甲类器械检查办法〉的通知》(某药监械〔2019〕12号)同时废止。
某省药品监督管理局
2023年4月3日
`;
const LAW = `医疗器械监督管理条例
中华人民共和国国务院令第739号

第一条 为了保证医疗器械的安全、有效,制定本条例。
第二条 在中华人民共和国境内从事医疗器械活动,适用本条例。
第三条 国务院药品监督管理部门负责全国医疗器械监督管理工作。
第四条 县级以上地方人民政府应当加强领导。
第五条 医疗器械监督管理遵循风险管理的原则。
第六条 本条例自2021年6月1日起施行。
`;

function put(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const take = (...files: string[]) =>
  importPolicies(database.owner, files, { actor: 'local', refuse: (refused) => expect.fail(JSON.stringify(refused)) });
async function get(url: string) {
  const answer = await app.inject({ url: `/api/v1${url}`, headers: { host: '127.0.0.1:8080' } });
  return { status: answer.statusCode, body: answer.json() };
}
const post = (url: string, payload: object) =>
  app.inject({
    method: 'POST',
    url: `/api/v1${url}`,
    headers: { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' },
    payload,
  });
async function idOf(key: string): Promise<string> {
  const [row] = await database.owner<{ id: string }[]>`select id from policy_document where key = ${key}`;
  return row?.id ?? '';
}
const events = () =>
  database.owner<{ no: number; kind: string; key: string; by: string | null }[]>`
    select e.no, e.kind, d.key, b.key as by from policy_event e join policy_document d on d.id = e.document_id
    left join policy_document b on b.id = e.about_document order by e.no`;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await createServer({
    store: database.store,
    clock: { now: () => new Date('2026-11-22T04:00:00Z') },
    version: '0',
  });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('what is asked wrongly', () => {
  it.each([
    ['/policies?limit=999999', 'http.invalid-request'],
    ['/policies?sort=random', 'http.invalid-request'],
    ['/policies?from=2025-02-30', 'http.invalid-request'],
    ['/policies?cites=x', 'http.invalid-request'],
    [`/policies?cites=${'-'.repeat(36)}`, 'query.bad-cites'],
    ['/policies?cursor=xx', 'list.bad-cursor'],
    [
      `/policies?sort=title&cursor=${Buffer.from('{"sort":"newest","at":"2020-01-01","id":"x"}').toString('base64url')}`,
      'list.bad-cursor',
    ],
    [
      `/policies?cursor=${Buffer.from(`{"sort":"relevance","at":"'; drop table x","id":"00000000-0000-4000-8000-000000000000"}`).toString('base64url')}`,
      'list.bad-cursor',
    ],
    [`/policies?q=a&cursor=${Buffer.from('{"offset":1e9}').toString('base64url')}`, 'list.bad-cursor'],
    ['/policies/not-a-uuid', 'http.invalid-request'],
    ['/policies/00000000-0000-4000-8000-000000000000', 'policy.not-found'],
    ['/policies/00000000-0000-4000-8000-000000000000/cited-by', 'policy.not-found'],
    ['/policies/facets?state=gone', 'http.invalid-request'],
  ])('%s is refused', async (url, code) => {
    const { status, body } = await get(url);
    expect([status >= 400 && status < 500, body.code]).toEqual([true, code]);
  });

  it.each(["'; drop table policy_act; --", '\\', '%_', '$1', '〔〔〔', '号'.repeat(90)])(
    '%s is a word like others',
    async (word) => {
      const asked = encodeURIComponent(word);
      for (const name of ['q', 'number', 'issuer', 'region', 'standard', 'kind', 'docType'])
        expect((await get(`/policies?${name}=${asked.slice(0, 90 * 9)}`)).status).toBeLessThan(500);
      expect((await get(`/policies/facets?q=${asked}`)).status).toBe(200);
    },
  );
});

it('links when the act arrives, and tells each thing once', async () => {
  await take(put('new.txt', NEW));
  const newer = await idOf('new.txt');
  let { body } = await get(`/policies/${newer}`);
  expect(body.acts[0].cites.map((cite: { target: unknown }) => cite.target)).toEqual([null, null]);
  await take(put('old.txt', OLD));
  await take(put('law.txt', LAW));
  ({ body } = await get(`/policies/${newer}`));
  expect(body.acts[0].cites).toMatchObject([
    {
      title: '医疗器械监督管理条例',
      relation: 'basis',
      resolvedBy: 'number',
      target: { title: '医疗器械监督管理条例' },
    },
    { relation: 'repeals', resolvedBy: 'number', target: { number: '某药监械〔2019〕12号', state: 'repealed' } },
  ]);
  const told = (await events()).map(({ no, kind, key, by }) => [no, kind, key, by]);
  expect(told).toEqual([
    [1, 'added', 'new.txt', null],
    [2, 'added', 'old.txt', null],
    [3, 'repealed', 'old.txt', 'new.txt'],
    [4, 'added', 'law.txt', null],
    [5, 'cited', 'law.txt', 'new.txt'],
  ]);
  // a copy of the citing text repeals nothing a second time
  await take(put('new-copy.txt', `${NEW}\n`));
  expect((await events()).slice(5).map(({ kind, key }) => [kind, key])).toEqual([['added', 'new-copy.txt']]);
});

it('says what became of an act, by whom, with the sentence', async () => {
  const { body } = await get(`/policies/${await idOf('old.txt')}`);
  expect(body).toMatchObject({
    state: 'repealed',
    issuedOn: '2019-06-03',
    effectiveOn: '2019-07-01',
    number: '某药监械〔2019〕12号',
  });
  expect(body.acts[0].life).toMatchObject({ state: 'repealed', asOf: '2026-11-22', missing: [] });
  expect(body.acts[0].life.steps.at(-1)).toMatchObject({
    en: 'repealed',
    date: '2023-05-01',
    by: { id: await idOf('new.txt'), ordinal: 0 },
  });
  expect(body.acts[0].life.steps.at(-1).quote).toContain('同时废止');
  expect(body.acts[0].citedBy).toMatchObject({ total: 1, items: [{ relation: 'repeals', issuedOn: '2023-04-03' }] });
});

it('narrows, sorts and counts', async () => {
  const keys = async (query: string) =>
    (await get(`/policies?${query}`)).body.items.map(({ key }: { key: string }) => key);
  expect(await keys('state=repealed')).toEqual(['old.txt']);
  expect(await keys('number=某药监械〔2023〕5号&sort=title')).toEqual(expect.arrayContaining(['new.txt']));
  expect(await keys(`cites=${await idOf('law.txt')}`)).toEqual(expect.arrayContaining(['new.txt', 'new-copy.txt']));
  expect(await keys('from=2020-01-01&to=2023-12-31')).toHaveLength(2);
  expect(await keys('standard=GB 9706.1')).toHaveLength(2);
  expect(await keys('standard=GB 9706.1-2020')).toEqual([]);
  expect((await keys('sort=oldest'))[0]).toBe('old.txt');
  expect((await keys('q=检查&sort=oldest'))[0]).toBe('old.txt');
  expect(await keys('region=某省&level=city')).toEqual([]);
  const first = (await get('/policies?sort=newest&limit=2')).body;
  const second = (await get(`/policies?sort=newest&limit=2&cursor=${first.next}`)).body;
  expect([...first.items, ...second.items].map(({ key }) => key).sort()).toEqual([
    'law.txt',
    'new-copy.txt',
    'new.txt',
    'old.txt',
  ]);
  const { facets, total } = (await get('/policies/facets?q=检查')).body;
  expect(total.value).toBeGreaterThan(0);
  expect(facets.map(({ name }: { name: string }) => name)).toEqual([
    'kind',
    'issuer',
    'region',
    'level',
    'year',
    'language',
    'state',
  ]);
  const state = (await get('/policies/facets')).body.facets.find(({ name }: { name: string }) => name === 'state');
  expect(state.buckets).toEqual(
    expect.arrayContaining([{ value: 'repealed', label: '已废止', count: 1, relation: 'exact' }]),
  );
});

it('compares two texts and two documents', async () => {
  const { status, body } = await get(`/policies/compare?a=${await idOf('old.txt')}&b=${await idOf('new.txt')}`);
  expect([status, body.a.id]).toEqual([200, await idOf('old.txt')]);
  expect(body.counts.added + body.counts.changed).toBeGreaterThan(0);
  const posted = await post('/policies/compare', {
    a: '第一条 甲。\n第二条 乙五日。\n第三条 丙。',
    b: '第一条 甲。\n第二条 乙六日。\n第三条 丙。',
  });
  expect(posted.json().counts).toMatchObject({ same: 2, changed: 1 });
  expect((await post('/policies/compare', { a: 'x' })).json().code).toBe('http.invalid-request');
  const none = '00000000-0000-4000-8000-000000000000';
  expect((await get(`/policies/compare?a=${none}&b=${none}`)).body.code).toBe('policy.not-found');
  expect((await get('/policies/compare?a=1&b=2')).status).toBe(400);
});

it('draws the acts around one, and lists citations that lead nowhere', async () => {
  const law = await idOf('law.txt');
  const { body } = await get(`/policies/${law}/graph?depth=2`);
  expect(body.edges).toContainEqual({ from: `${await idOf('new.txt')}:0`, to: `${law}:0`, relation: 'basis' });
  expect(body.edges).toContainEqual(expect.objectContaining({ to: `${await idOf('old.txt')}:0`, relation: 'repeals' }));
  expect((await get('/policies/00000000-0000-4000-8000-000000000000/graph')).body.code).toBe('policy.not-found');
  await take(
    put(
      'asks.txt',
      '甲市药监局关于乙事的通知\n为落实《丙类器械登记管理规定》(某令第9号),现通知如下。\n甲市药监局\n2024年1月2日\n',
    ),
  );
  const open = (await get('/policies/unresolved?limit=1')).body;
  expect(open).toMatchObject({
    items: [{ title: '丙类器械登记管理规定', citing: 1, candidates: 0 }],
    total: { relation: 'exact' },
  });
  expect((await get('/policies/unresolved?cursor=zz')).body.code).toBe('list.bad-cursor');
});

it('gives whole results as files', async () => {
  const file = (url: string) => app.inject({ url: `/api/v1${url}`, headers: { host: '127.0.0.1:8080' } });
  const total = (await get('/policies')).body.total.value;
  const lines = (await file('/policies.ndjson')).body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(total);
  const csv = await file('/policies.csv?q=检查&sort=oldest');
  expect(csv.headers['x-total']).toBe(String((await get('/policies?q=检查')).body.total.value));
  expect(csv.body.split('\r\n')[1]).toContain('甲类器械检查办法');
  expect((await file('/policies.xlsx')).rawPayload.subarray(0, 2).toString()).toBe('PK');
  const docx = await file(`/policies.docx?q=${encodeURIComponent('检查')}`);
  expect(docx.headers['content-disposition']).toContain('.docx');
  const { value } = await mammoth.extractRawText({ buffer: docx.rawPayload });
  expect(value).toContain('某药监械〔2019〕12号');
  expect((await get('/policies.csv?sort=x')).status).toBe(400);
});

describe('taking in over HTTP', () => {
  const upload = (files: readonly [string, string | Buffer][], origin = 'http://127.0.0.1:8080') => {
    const boundary = 'xiedang-boundary';
    const parts = files.flatMap(([name, content]) => [
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]);
    return app.inject({
      method: 'POST',
      url: '/api/v1/policies/import',
      headers: { host: '127.0.0.1:8080', origin, 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    });
  };

  it('is for our own pages, and refuses what is no file', async () => {
    expect((await upload([['a.txt', '甲']], 'http://evil.example')).statusCode).toBe(403);
    expect((await post('/policies/import', {})).statusCode).toBe(415);
    expect((await upload([])).json().code).toBe('policy.no-text');
    expect(
      (
        await upload([
          ['a.txt', '甲'],
          ['a.txt', '乙'],
        ])
      ).json().code,
    ).toBe('policy.same-name');
  });

  it('lists what it refused beside what it took', async () => {
    const answer = await upload([
      ['../../up.txt', '关于丁事的通知\n现就丁事通知如下。\n某局\n2024年1月2日'],
      ['rows.jsonl', '{"path":"u/1","body":"戊事正文"}\nnot json\n'],
      ['empty.txt', ''],
    ]);
    expect(answer.json()).toMatchObject({
      read: 4,
      inserted: 2,
      rejected: 2,
      refused: [{ line: 2, code: 'policy.bad-line' }, { file: 'empty.txt' }],
    });
    expect(await idOf('up.txt')).not.toBe('');
  });
});

it('holds standards against the list', async () => {
  const list = put(
    'standards.jsonl',
    ['GB 9706.1-2020|现行', 'YY/T 0664-2020|现行', 'YY/T 0664-2030|即将实施', 'odd|现行']
      .map((row) => row.split('|'))
      .map(([number, status_zh]) => JSON.stringify({ number, status_zh, title_zh: `标准${number}` }))
      .join('\n'),
  );
  const refused: string[] = [];
  const options = {
    actor: 'local',
    refuse: ({ line, code }: { line: number | null; code: string }) => void refused.push(`${line} ${code}`),
  };
  expect(await importStandards(database.owner, list, options)).toMatchObject({ read: 4, inserted: 3, rejected: 1 });
  expect(refused).toEqual(['4 policy.no-standard']);
  expect(await importStandards(database.owner, list, options)).toMatchObject({ inserted: 0, unchanged: 3 });
  const { body } = await get(`/policies/${await idOf('new.txt')}`);
  expect(body.acts[0].standards).toMatchObject([
    { number: 'GB 9706.1-2007', state: 'replaced', by: 'GB 9706.1-2020', listed: null },
    { number: 'YY/T 0664', state: 'current', by: 'YY/T 0664-2030', listed: 'YY/T 0664-2020' },
  ]);
  await expect(importStandards(database.owner, join(folder, 'none.gz'), options)).rejects.toMatchObject({
    code: 'file.not-found',
  });
});

it('reads the library anew and tells nothing of it', async () => {
  const state = () =>
    database.owner`select a.document_id, a.ordinal, a.title, a.repealed, a.year, c.title as cited, c.target_document
      from policy_act a left join policy_cite c using (document_id, ordinal) order by 1, 2, c.no`;
  const before = await state();
  const told = (await events()).length;
  await database.owner`update policy_reading set edition = 0, reading = '{"documents":[],"damage":[]}'`;
  const steps: number[] = [];
  const options = { actor: 'local', all: false, progress: (done: number) => void steps.push(done) };
  const result = await reindexPolicies(database.owner, options);
  expect(steps.at(-1)).toBe(result.documents);
  expect(result.documents).toBeGreaterThan(4);
  expect(await state()).toEqual(before);
  expect(await events()).toHaveLength(told);
  expect(await reindexPolicies(database.owner, options)).toMatchObject({ documents: 0 });
});

it('numbers events without a gap', async () => {
  const [row] = await database.owner`select count(*)::integer as n, max(no)::integer as last from policy_event`;
  expect(row?.n).toBe(row?.last);
});

it('has one notion of the state of an act, in SQL and in words', async () => {
  const days = [null, '2020-01-01', '2026-11-22', '2027-01-01'];
  const acts: LivingAct[] = [];
  for (const kind of ['notice', 'draft', 'news', 'penalty'])
    for (const effective of days)
      for (const expiry of days)
        for (const repealedFrom of days)
          for (const year of [null, 2020, 2026])
            for (const flag of [false, true]) {
              const dates = { effective, issued: null, published: null, year };
              const repealed = flag || repealedFrom !== null;
              acts.push({
                kind,
                isPolicy: kind !== 'news',
                number: null,
                expiry,
                starts: startOf(dates),
                repealed,
                repealedFrom,
                followed: flag && year === 2020,
                ...dates,
              });
            }
  const rows = acts.map(({ isPolicy, repealedFrom, ...act }) => ({
    ...act,
    is_policy: isPolicy,
    repealed_from: repealedFrom,
  }));
  const found = await database.app.unsafe<{ state: string }[]>(
    `select policy_state(jsonb_populate_record(null::policy_act, r), '2026-11-22') as state
     from jsonb_array_elements($1::text::jsonb) with ordinality as e (r, at) order by at`,
    [JSON.stringify(rows)],
  );
  expect(found.map(({ state }) => state)).toEqual(acts.map((act) => stateOf(act, '2026-11-22' as LocalDate)));
});

it('lets the application read the desk and write nothing of it', async () => {
  for (const table of [
    'policy_reading',
    'policy_act',
    'policy_cite',
    'policy_standard',
    'policy_standard_cite',
    'policy_event',
  ]) {
    await expect(database.app.unsafe(`select 1 from ${table} limit 1`)).resolves.toBeDefined();
    await expect(database.app.unsafe(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' });
  }
});
