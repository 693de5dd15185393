import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServer } from '../../src/app/server/server.ts';
import { searchPolicies } from '../../src/domains/policy/index.ts';
import { markedText } from '../../src/domains/policy/search/snippet.ts';
import { policyLibrary } from '../../src/domains/policy/store.pg.ts';
import type { HttpServer } from '../../src/platform/http/server.ts';
import { type ImportedPolicies, importPolicies } from '../../src/processes/import-policies/import-policies.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let app: HttpServer;
const folder = mkdtempSync(join(tmpdir(), 'xiedang-policies-'));

const RECALL = `# 医疗器械召回管理办法

## 第一章 总则

第一条 为加强医疗器械监督管理，控制存在缺陷的医疗器械产品，根据《医疗器械监督管理条例》（国务院令第739号），制定本办法。

第二条 ${'中华人民共和国境内已上市医疗器械的召回及其监督管理，适用本办法。召回分为一级、二级、三级。'.repeat(4)}

第三条 ${'注册人应当建立健全医疗器械召回管理制度，收集医疗器械安全相关信息，对可能的缺陷产品进行调查、评估。'.repeat(4)}
`;
const FEES = `国家药品监督管理局公告
2015年第53号

关于发布药品、医疗器械产品注册收费标准的公告

首次注册费十五万三千六百元。小微企业提出的创新医疗器械产品首次注册申请，免收首次注册费。
软件应当符合YY/T 0664的要求。`;

function put(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const line = (path: string, title: string, body: string, more = {}) =>
  `${JSON.stringify({ path, title_zh: title, lang: 'zh', body, ...more })}\n`;

async function take(...files: string[]): Promise<ImportedPolicies & { refused: [string, number | null, string][] }> {
  const refused: [string, number | null, string][] = [];
  const result = await importPolicies(database.owner, files, {
    actor: 'local',
    refuse: ({ file, line: at, code }) => {
      refused.push([file, at, code]);
    },
  });
  return { ...result, refused };
}

async function keysFor(query: string): Promise<string[]> {
  const answer = await searchPolicies(policyLibrary(database.app), query, {
    filter: {},
    offset: 0,
    limit: 10,
  });
  return answer.hits.map(({ document }) => document.key);
}

/** What the index says of itself must be what it holds. */
async function countsAreRight(): Promise<void> {
  const wrong = await database.owner`
    with held as (
      select term, count(*)::integer as documents from policy_index join policy_posting using (no), unnest(tsvector_to_array(terms)) as term
      where not stub group by term
    )
    select coalesce(h.term, t.term) as term from held h full join policy_term t using (term)
    where coalesce(h.documents, 0) <> coalesce(t.documents, 0) limit 5`;
  expect(wrong).toEqual([]);
  const [library] = await database.owner`
    select l.documents = (select count(*) from policy_index where not stub)
      and l.length = (select coalesce(sum(length), 0) from policy_index where not stub) as right from policy_library l`;
  expect(library).toEqual({ right: true });
}

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

it('takes text with a head, Markdown and JSON lines, and the same content a second time changes nothing', async () => {
  const files = [
    put('recall.zh.md', RECALL),
    put('fees.txt', `${JSON.stringify({ id: 'fees', title: '注册收费标准', url: 'https://example.cn/f' })}\n\n${FEES}`),
    put(
      'more.jsonl',
      line('a/recall-copy.md', '召回办法副本', RECALL) +
        line('a/recall.en.md', '医疗器械召回管理办法', '# [Translation needed] 医疗器械召回管理办法'),
    ),
  ];
  expect(await take(...files)).toMatchObject({ files: 3, read: 4, inserted: 4, unchanged: 0, updated: 0, rejected: 0 });
  await countsAreRight();
  expect(await take(...files)).toMatchObject({ read: 4, inserted: 0, unchanged: 4, updated: 0 });
  expect(await keysFor('召回分为几级')).toEqual(['recall.zh.md', 'a/recall.en.md']);
  expect((await keysFor('小微企业免费吗'))[0]).toBe('fees.txt');
  expect((await keysFor('2015年第53号'))[0]).toBe('fees.txt');
  expect((await keysFor('引用 YY/T0664 的文件'))[0]).toBe('fees.txt');
  expect((await keysFor('醫療器械召回'))[0]).toBe('recall.zh.md');
});

it('keeps the old version when a document changes, and counts only the new one', async () => {
  expect(await take(put('fees.txt', FEES.replace('首次注册费', '变更注册费')))).toMatchObject({ updated: 1 });
  await countsAreRight();
  const [row] = await database.owner<{ id: string }[]>`select id from policy_document where key = 'fees.txt'`;
  const answer = await app.inject({ url: `/api/v1/policies/${row?.id}`, headers: { host: '127.0.0.1:8080' } });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ key: 'fees.txt', versions: [{ title: null }, { title: '注册收费标准' }] });
});

it('lists every failure with file, line and reason, and takes the rest', async () => {
  const whole = gzipSync(
    Array.from({ length: 400 }, (_, i) =>
      line(`gz/${i}.md`, `公告${i}`, `第${i}号文件正文${createHash('sha256').update(`${i}`).digest('hex')}`),
    ).join(''),
  );
  const answer = await take(
    put(
      'odd.jsonl',
      `${line('b/1', '一', '正文一')}not json\n[1]\n{"path":"b/2"}\n{"body":"无名"}\n${line('b/3', '三', '正文三')}`,
    ),
    put('torn.jsonl.gz', whole.subarray(0, whole.length - 2000)),
    put('empty.txt', ''),
    put('picture.txt', Buffer.from([0x89, 0x50, 0, 0, 1])),
    join(folder, 'missing.txt'),
    put('gbk.txt', iconv.encode('关于加强义齿监管的通知\n各有关单位：定制式义齿生产企业应当自查。', 'gb18030')),
  );
  expect(answer.refused.map(([file, at, code]) => [file, file === 'torn.jsonl.gz' ? null : at, code])).toEqual([
    ['odd.jsonl', 2, 'policy.bad-line'],
    ['odd.jsonl', 3, 'policy.bad-line'],
    ['odd.jsonl', 4, 'policy.no-text'],
    ['odd.jsonl', 5, 'policy.no-key'],
    ['torn.jsonl.gz', null, 'file.corrupt'],
    ['empty.txt', null, 'file.empty'],
    ['picture.txt', null, 'policy.not-text'],
    ['missing.txt', null, 'file.not-found'],
  ]);
  const [torn] = await database.owner<
    { n: number }[]
  >`select count(*)::integer as n from policy_document where key like 'gz/%'`;
  expect(torn?.n).toBeGreaterThan(100);
  expect(answer.refused.find(([file]) => file === 'torn.jsonl.gz')?.[1]).toBe(torn?.n);
  expect((await keysFor('假牙'))[0]).toBe('gbk.txt');
  await countsAreRight();
});

it('keeps hostile text as text', async () => {
  const hostile = `<html><body><p>关于磁疗的公告'; drop table policy_index; --</p><script>alert(1)</script>
    <img src=x onerror=alert(1)>磁疗产品\u0000不得&lt;b&gt;宣传${'\\'.repeat(50)}'</body></html>`;
  const surrogate = `{"path":"h/2","body":"磁疗 \\ud800 半个字"}\n`;
  expect(await take(put('hostile.html', hostile.replace('\u0000', '&#0;')), put('h.jsonl', surrogate))).toMatchObject({
    inserted: 2,
    rejected: 0,
  });
  const answer = await searchPolicies(policyLibrary(database.app), `磁疗' | !'\\ :* <->`, {
    filter: {},
    offset: 0,
    limit: 10,
  });
  const hit = answer.hits.find(({ document }) => document.key === 'hostile.html');
  expect(hit?.snippet.text).not.toContain('alert');
  expect(markedText(hit?.snippet as { text: string; marks: [number, number][] })).toContain('【磁疗】');
  for (const query of ['', '   ', '？！', "'", '\\', '的', 'a'.repeat(5000), '号'.repeat(3000), '〔〔〔2020'])
    expect(Array.isArray(await keysFor(query))).toBe(true);
});

it('answers the API in pages that join without a gap', async () => {
  const get = async (url: string) =>
    (await app.inject({ url: `/api/v1${url}`, headers: { host: '127.0.0.1:8080' } })).json();
  const all = await get('/policies?q=公告&limit=400');
  expect(all.total.relation).toBe('exact');
  const keys: string[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: { items: { key: string }[]; next: string | null } = await get(
      `/policies?q=公告&limit=50${next ? `&cursor=${next}` : ''}`,
    );
    keys.push(...page.items.map(({ key }) => key));
    next = page.next;
  }
  expect(keys).toEqual(all.items.map(({ key }: { key: string }) => key));
  const listed = await get('/policies?limit=2');
  expect(listed.items).toHaveLength(2);
  const second = await get(`/policies?limit=2&cursor=${listed.next}`);
  expect(second.items[0].key).not.toBe(listed.items[1].key);
  expect((await get('/policies?q=召回&year=1960')).items).toEqual([]);
  expect(await get('/policies?cursor=xx')).toMatchObject({ code: 'list.bad-cursor' });
  expect(await get('/policies/00000000-0000-4000-8000-000000000000')).toMatchObject({ code: 'policy.not-found' });
});

it('lets the application read the library and change nothing in it', async () => {
  await expect(database.app`select count(*) from policy_index`).resolves.toHaveLength(1);
  for (const statement of [
    "update policy_version set text = ''",
    'delete from policy_version',
    "insert into policy_document (key) values ('x')",
    'update policy_term set documents = 0',
    'delete from policy_index',
  ])
    await expect(database.app.unsafe(statement)).rejects.toMatchObject({ code: '42501' });
});
