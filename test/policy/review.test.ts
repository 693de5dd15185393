import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveRulebook } from '../../src/app/server/live-rulebook.ts';
import { createServer } from '../../src/app/server/server.ts';
import { checkTrail } from '../../src/platform/audit/trail.pg.ts';
import type { HttpServer } from '../../src/platform/http/server.ts';
import { importPolicies } from '../../src/processes/import-policies/import-policies.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let app: HttpServer;
const folder = mkdtempSync(join(tmpdir(), 'xiedang-review-'));
const overlay = mkdtempSync(join(tmpdir(), 'xiedang-overlay-'));
const clock = { now: () => new Date('2026-11-22T04:00:00Z') };
const host = { host: '127.0.0.1:8080' };
const own = { ...host, origin: 'http://127.0.0.1:8080' };
const post = (url: string, payload: object, headers: Record<string, string> = own) =>
  app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers });
const get = async (url: string) => {
  const answer = await app.inject({ method: 'GET', url: `/api/v1${url}`, headers: host });
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json();
};

const TEXT = `甲省药品监督管理局关于开展自查的通知
甲药监械〔2025〕3号
各市市场监督管理局:
根据《医疗器械监督管理条例》(国务院令第739号),现就有关事项通知如下:
第一条 企业应当于2025年10月31日前完成自查,并保存记录。自查记录应当保存5年。
第二条 补正资料预审查应当在20个工作日内完成。
本通知自2025年9月1日起施行。
甲省药品监督管理局
2025年8月20日`;

async function take(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, text);
  await importPolicies(database.owner, [path], { actor: 'local', refuse: () => undefined });
}

async function idOf(key: string): Promise<string> {
  const [row] = await database.owner.unsafe<{ id: string }[]>('select id from policy_document where key = $1', [key]);
  return (row as { id: string }).id;
}

const place = (quote: string, text = TEXT) => ({
  start: text.indexOf(quote),
  end: text.indexOf(quote) + quote.length,
});

beforeAll(async () => {
  database = await cloneDatabase();
  app = await createServer({ store: database.store, clock, version: '0', rules: liveRulebook(overlay) });
  await take('notice.txt', TEXT);
  await take('bare.txt', '关于开展自查的通知\n各有关单位:\n请认真开展自查,应当如实报告有关情况。');
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
  rmSync(overlay, { recursive: true, force: true });
});

describe('who may do what', () => {
  it('a page of another origin cannot correct, review or accept', async () => {
    const foreign = { ...host, origin: 'http://evil.example' };
    const id = await idOf('notice.txt');
    for (const url of [`/policies/${id}/corrections`, `/policies/${id}/reviewed`, `/policies/${id}/drafts`])
      expect((await post(url, {}, foreign)).statusCode).toBe(403);
  });

  it('the application may not write, edit or delete corrections, nor edit drafts', async () => {
    for (const sql of [
      `insert into policy_correction (document_id, version_id, ordinal, op, actor) values (gen_random_uuid(), gen_random_uuid(), 0, 'reviewed', 'x')`,
      'delete from policy_correction',
      `update policy_correction set actor = 'x'`,
      `update rule_draft set sentence = 'x'`,
      'delete from rule_draft_decision',
    ])
      await expect(database.app.unsafe(sql), sql).rejects.toThrow(/permission denied/);
  });
});

describe('corrections', () => {
  it('are refused when they are not of the shape, outside the text, or of an earlier version', async () => {
    const id = await idOf('notice.txt');
    const { versionId: version } = await get(`/policies/${id}`);
    const wrong = async (body: object) => {
      const answer = await post(`/policies/${id}/corrections`, { version, ordinal: 0, ...body });
      return [answer.statusCode, answer.json().code];
    };
    expect(await wrong({ op: 'set', element: 'issueDate', value: '2025-02-30' })).toEqual([
      400,
      'policy.bad-correction',
    ]);
    expect(await wrong({ op: 'set', element: 'kind', value: 'law' })).toEqual([400, 'policy.bad-correction']);
    expect(await wrong({ op: 'set', element: 'secret', value: 'x' })).toEqual([400, 'http.invalid-request']);
    const item = { op: 'add', element: 'figures', value: { value: 5, unit: '年', of: '', op: '=' } };
    expect(await wrong({ ...item, start: 9_000, end: 9_010 })).toEqual([400, 'policy.bad-correction']);
    expect(await wrong({ ...item, ordinal: 7, ...place('5年') })).toEqual([400, 'policy.bad-correction']);
    const other = await post(`/policies/${id}/corrections`, {
      version: '00000000-0000-4000-8000-000000000000',
      ordinal: 0,
      op: 'set',
      element: 'title',
      value: 'x',
    });
    expect([other.statusCode, other.json().code]).toEqual([409, 'policy.conflict']);
  });

  it('change what is shown and listed, are told as an event, and can be taken back', async () => {
    const id = await idOf('notice.txt');
    const { versionId: version } = await get(`/policies/${id}`);
    const made = await post(`/policies/${id}/corrections`, {
      version,
      ordinal: 0,
      op: 'set',
      element: 'kind',
      value: 'consultation',
      note: '<script>alert(1)</script>',
    });
    expect(made.statusCode).toBe(201);
    const shown = await get(`/policies/${id}`);
    expect(shown.kind).toBe('consultation');
    expect(shown.reading.documents[0].kind).toBe('consultation');
    expect((await get('/policies?kind=consultation')).items.map((item: { id: string }) => item.id)).toContain(id);
    const events = await database.owner.unsafe(
      `select kind from policy_event where document_id = $1::uuid order by no`,
      [id],
    );
    expect(events.map(({ kind }) => kind)).toContain('corrected');
    const back = `/policies/${id}/corrections/${made.json().id}/withdraw`;
    expect((await post(back, {})).statusCode).toBe(201);
    expect((await post(back, {})).json().code).toBe('policy.already-withdrawn');
    expect((await get(`/policies/${id}`)).kind).toBe('notice');
  });

  it('outlive a new version of the text, and are told when their words are gone', async () => {
    const id = await idOf('notice.txt');
    const { versionId: version } = await get(`/policies/${id}`);
    const figure = { value: 5, unit: '年', of: '自查记录保存期限', op: '>=' };
    const before = { value: 5, unit: '年' };
    await post(`/policies/${id}/corrections`, {
      version,
      ordinal: 0,
      op: 'change',
      element: 'figures',
      before,
      value: figure,
      ...(place('5年', TEXT.slice(TEXT.indexOf('保存5年'))).start === 2
        ? { start: TEXT.indexOf('保存5年') + 2, end: TEXT.indexOf('保存5年') + 4 }
        : place('5年')),
    });
    const moved = TEXT.replace('各市市场监督管理局:', '各市市场监督管理局、各有关企业、各有关单位:');
    await take('notice.txt', moved);
    const shown = await get(`/policies/${id}`);
    const kept = shown.reading.documents[0].figures.find((one: { of: string }) => one.of === '自查记录保存期限');
    expect(kept.op).toBe('>=');
    expect(shown.text.slice(kept.start, kept.end)).toBe('5年');
    await take(
      'notice.txt',
      moved.replace('自查记录应当保存5年。', '自查记录长期保存。').replace('2025年9月1日起', '2025年10月1日起'),
    );
    const gone = await get(`/policies/${id}`);
    expect(gone.corrections.at(-1).orphan).toBe(true);
    await take('notice.txt', TEXT);
    expect((await get(`/policies/${id}`)).corrections.at(-1).orphan).toBe(false);
  });

  it('are written one after the other when two persons write at once', async () => {
    const id = await idOf('bare.txt');
    const { versionId: version } = await get(`/policies/${id}`);
    const answers = await Promise.all(
      ['甲', '乙', '丙', '丁'].map((value) =>
        post(`/policies/${id}/corrections`, { version, ordinal: 0, op: 'set', element: 'title', value }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201]);
    expect((await get(`/policies/${id}`)).corrections).toHaveLength(4);
  });
});

describe('the queue', () => {
  it('holds acts with doubts until a person has read them, and again after a new version', async () => {
    const id = await idOf('bare.txt');
    const open = async () => (await get('/policies/review')).items.map((item: { id: string }) => item.id);
    expect(await open()).toContain(id);
    expect((await get('/policies/review?doubt=no-issuer')).counts['no-issuer']).toBeGreaterThan(0);
    const { versionId: version } = await get(`/policies/${id}`);
    expect((await post(`/policies/${id}/reviewed`, { version, ordinal: 0 })).statusCode).toBe(201);
    expect(await open()).not.toContain(id);
    expect((await get('/policies/review?state=reviewed')).items.map((item: { id: string }) => item.id)).toContain(id);
    await take('bare.txt', '关于开展自查的通知\n各有关单位:\n请认真开展自查,应当如实报告全部情况。');
    expect(await open()).toContain(id);
  });

  it('gives what was reviewed as annotation with its text', async () => {
    const answer = await app.inject({ method: 'GET', url: '/api/v1/policies/gold.ndjson', headers: host });
    const lines = answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const gold = lines.find((line) => line.seed === 'notice.txt');
    expect(gold).toMatchObject({ docNumber: '甲药监械〔2025〕3号', reviewedBy: 'local', text: TEXT });
    expect(
      gold.figures.some((figure: { of: string; op: string }) => figure.of === '自查记录保存期限' && figure.op === '>='),
    ).toBe(true);
  });
});

describe('from policy to rulebook', () => {
  it('proposes the values of an act with their sentence and the day it takes effect', async () => {
    const id = await idOf('notice.txt');
    const { items } = await get(`/policies/${id}/proposals`);
    const days = items.find((item: { value: number; unit: string }) => item.value === 20 && item.unit === 'workday');
    expect(days).toMatchObject({ from: '2025-09-01', article: '第二条' });
    expect(days.sentence).toContain('补正资料预审查应当在20个工作日内完成');
  });

  it('a draft holds only after a person accepted it, once, and then with its sentence as source', async () => {
    const id = await idOf('notice.txt');
    const { versionId: version } = await get(`/policies/${id}`);
    const body = {
      version,
      ordinal: 0,
      ...place('20个工作日'),
      parameter: 'jia-pre-review',
      title: '补正资料预审查',
      unit: 'workday',
      value: 20,
      from: '2025-09-01',
      article: '第二条',
    };
    const wrong = await post(`/policies/${id}/drafts`, { ...body, unit: 'moon' });
    expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'policy.bad-draft']);
    const made = await post(`/policies/${id}/drafts`, body);
    expect(made.statusCode).toBe(201);
    const draft = made.json().id;
    const none = await app.inject({ method: 'GET', url: '/api/v1/rules/jia-pre-review', headers: host });
    expect(none.statusCode).toBe(404);
    const accepted = await post(`/rule-drafts/${draft}/accept`, { why: '核对原文无误' });
    expect(accepted.statusCode).toBe(201);
    expect((await post(`/rule-drafts/${draft}/accept`, { why: '再来' })).json().code).toBe('policy.already-decided');
    const rule = await get('/rules/jia-pre-review');
    expect(JSON.stringify(rule)).toContain('补正资料预审查应当在20个工作日内完成');
    expect(JSON.stringify(rule)).toContain('核对原文无误');
    expect(readFileSync(join(overlay, 'parameters', 'jia-pre-review.yaml'), 'utf8')).toContain('workday');
    expect((await get('/rule-drafts?open=true')).total.value).toBe(0);
  });

  it('a value that cannot be loaded leaves the overlay as it was', async () => {
    const id = await idOf('notice.txt');
    const { versionId: version } = await get(`/policies/${id}`);
    const made = await post(`/policies/${id}/drafts`, {
      version,
      ordinal: 0,
      ...place('20个工作日'),
      parameter: 'review-II',
      unit: 'workday',
      value: 55,
      from: '2030-01-01',
    });
    expect(made.statusCode).toBe(201);
    writeFileSync(join(overlay, 'parameters', 'broken.yaml'), 'id: broken\n');
    const refused = await post(`/rule-drafts/${made.json().id}/accept`, { why: '试' });
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'rules.bad-value']);
    rmSync(join(overlay, 'parameters', 'broken.yaml'));
    expect((await get('/rule-drafts?open=true')).total.value).toBe(1);
    expect((await post(`/rule-drafts/${made.json().id}/refuse`, { why: '另有规定' })).statusCode).toBe(201);
  });

  it('drafts of acts and news set no value', async () => {
    await take(
      'draft.txt',
      `甲省药监局公开征求《某某办法(征求意见稿)》意见\n现公开征求意见,请于2025年9月1日前反馈。\n补正应当在20个工作日内完成。`,
    );
    const id = await idOf('draft.txt');
    const { versionId: version } = await get(`/policies/${id}`);
    const answer = await post(`/policies/${id}/drafts`, {
      version,
      ordinal: 0,
      start: 0,
      end: 5,
      parameter: 'x',
      title: 'x',
      unit: 'day',
      value: 1,
      from: '2025-01-01',
    });
    expect(answer.json().code).toBe('policy.no-rule');
  });

  it('leaves a trail without gaps', async () => {
    expect((await checkTrail(database.owner)).broken).toBeNull();
  });
});
