import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFeed } from '@rowanmanning/feed-parser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enterpriseProfile } from '../../src/app/server/delivery.ts';
import { createServer } from '../../src/app/server/server.ts';
import { readDays } from '../../src/domains/subscriptions/days.pg.ts';
import { type DeliveryOptions, deliverDue } from '../../src/domains/subscriptions/delivery.pg.ts';
import { readPolicy } from '../../src/domains/subscriptions/library.pg.ts';
import { MOST_FAILURES } from '../../src/domains/subscriptions/rules/schedule.ts';
import { tellAll } from '../../src/domains/subscriptions/telling.pg.ts';
import { checkTrail } from '../../src/platform/audit/trail.pg.ts';
import type { HttpServer } from '../../src/platform/http/server.ts';
import { type Mailer, smtpMailer } from '../../src/platform/mail/mailer.ts';
import { importPolicies } from '../../src/processes/import-policies/import-policies.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { mailReceiver, webhookReceiver } from '../support/receivers.ts';

const host = { host: '127.0.0.1:8080' };
const own = { ...host, origin: 'http://127.0.0.1:8080' };
/** 2026-11-22, a Sunday, 12:00 in Shanghai. */
const NOON = Date.parse('2026-11-22T04:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

let database: TestDatabase;
let app: HttpServer;
let mail: Awaited<ReturnType<typeof mailReceiver>>;
let hook: Awaited<ReturnType<typeof webhookReceiver>>;
let mailer: Mailer;
let now = NOON;
const log: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'xiedang-subscriptions-'));
const clock = { now: () => new Date(now) };

beforeAll(async () => {
  database = await cloneDatabase();
  mail = await mailReceiver();
  hook = await webhookReceiver();
  mailer = smtpMailer(mail.url, '械档 <desk@xiedang.test>');
  app = await createServer({
    store: database.store,
    clock,
    version: '0',
    log: { level: 'info', stream: { write: (line) => log.push(line) } },
    delivery: { mailer, site: null },
  });
});
afterAll(async () => {
  await app?.close();
  await mail?.close();
  await hook?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  now = NOON;
  mail.mails.length = 0;
  hook.calls.length = 0;
});

const send = (url: string, payload: object = {}, headers: Record<string, string> = own) =>
  app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers });
const post = async (url: string, payload: object = {}) => {
  const answer = await send(url, payload);
  expect([url, answer.statusCode < 300, answer.statusCode < 300 ? '' : answer.body]).toEqual([url, true, '']);
  return answer.json();
};
const ask = (url: string) => app.inject({ method: 'GET', url, headers: host });
const get = async (url: string) => {
  const answer = await ask(`/api/v1${url}`);
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json();
};

async function take(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, text);
  await importPolicies(database.owner, [path], { actor: 'local', refuse: (refused) => Promise.reject(refused) });
  const [row] = await database.owner<{ id: string }[]>`select id from policy_document where key = ${name}`;
  return row?.id ?? '';
}

const work = (more: Partial<DeliveryOptions> = {}) => ({
  sql: database.app,
  readPolicy,
  enterprise: enterpriseProfile,
  now: clock.now,
  mailer,
  site: null,
  ...more,
});
const tellNow = () => tellAll(work());
const deliverNow = (more: Partial<DeliveryOptions> = {}) => deliverDue(work(more));

let number = 100;
/** An act of the national administration, with a number of its own. */
const act = (title: string, body: string): string => `国家药监局关于${title}的公告
2026年第${number++}号

${body}

国家药监局
2026年5月${(number % 27) + 1}日
`;

describe('subscribing', () => {
  it('what is not understood is refused before it is kept', async () => {
    const about = { type: 'query', q: '自查' };
    const refused = async (body: object) => (await send('/subscriptions', { name: '甲', about, ...body })).json().code;
    expect(await refused({ about: { type: 'query', q: ' ' } })).toBe('subscription.no-question');
    expect(await refused({ about: { type: 'profile', profile: { roles: ['皇帝'] } } })).toBe(
      'subscription.bad-profile',
    );
    expect(await refused({ about: { type: 'act', id: '00000000-0000-4000-8000-000000000000' } })).toBe(
      'policy.not-found',
    );
    for (const url of ['ftp://x.test/', 'file:///etc/passwd', 'http://user:pass@x.test/', 'javascript:alert(1)'])
      expect([url, await refused({ webhook: { url } })]).toEqual([url, 'subscription.bad-webhook']);
    expect(await refused({ mail: { to: 'no address', when: 'daily' } })).toBe('http.invalid-request');
    expect((await send('/subscriptions', { name: '甲', about }, host)).statusCode).toBe(403);
    expect((await get('/subscriptions')).total.value).toBe(0);
  });

  it('a new version keeps number and place; who changes an older one is told', async () => {
    const made = await post('/subscriptions', {
      name: '甲',
      about: { type: 'query', q: '自查' },
      webhook: { url: hook.url },
    });
    expect(made).toMatchObject({
      lastSeq: 0,
      unread: 0,
      feed: false,
      events: ['added', 'changed', 'amended', 'repealed'],
    });
    expect(made.webhookSecret).toHaveLength(43);
    expect((await get(`/subscriptions/${made.id}`)).webhookSecret).toBeUndefined();
    const body = { name: '乙', about: { type: 'query', q: '召回' }, webhook: { url: hook.url } };
    const changed = await post(`/subscriptions/${made.id}`, { ...body, replaces: made.version });
    // the same receiver keeps its key
    expect([changed.name, changed.webhookSecret]).toEqual(['乙', undefined]);
    expect((await send(`/subscriptions/${made.id}`, { ...body, replaces: made.version })).json().code).toBe(
      'subscription.conflict',
    );
    expect((await get(`/subscriptions/${made.id}`)).versions).toHaveLength(2);
    await post(`/subscriptions/${made.id}/remove`);
    expect((await ask(`/api/v1/subscriptions/${made.id}`)).statusCode).toBe(404);
  });
});

describe('what happens to acts', () => {
  it('following an act: cited, changed and repealed, each once, whoever works', async () => {
    const title = '医疗器械跟踪检查规定';
    const rule = act(title, '医疗器械注册人应当接受跟踪检查。自公布之日起施行。');
    const [, no] = /第(\d+)号/.exec(rule) ?? [];
    const id = await take('followed.txt', rule);
    const { id: root } = await post('/subscriptions', { name: '跟踪', about: { type: 'act', id } });
    const named = `《国家药监局关于${title}的公告》（2026年第${no}号）`;
    await take('citing.txt', act('抽检工作', `根据${named}，各单位应当做好抽检工作。`));
    await take('repealing.txt', act('清理文件', `现决定废止${named}，自公布之日起施行。`));
    await take('followed.txt', rule.replace('接受跟踪检查', '接受并配合跟踪检查'));
    await Promise.all([tellNow(), tellNow(), tellNow()]);
    await tellNow();
    const { items } = await get(`/subscriptions/${root}/messages`);
    expect(items.map((one: { event: { kind: string } }) => one.event.kind).toSorted()).toEqual([
      'changed',
      'cited',
      'repealed',
    ]);
    expect(items.map((one: { seq: number; previousSeq: number | null }) => [one.seq, one.previousSeq])).toEqual([
      [3, 2],
      [2, 1],
      [1, null],
    ]);
    const repealed = items.find((one: { event: { kind: string } }) => one.event.kind === 'repealed');
    expect(repealed.words.zh).toContain('废止了');
    expect(repealed.about.quote).toContain('现决定废止');
    expect((await get(`/subscriptions/${root}`)).target.title).toContain(title);
  });

  it('a digest is told once, with the articles that answer; a copy is not told again', async () => {
    const { id: root } = await post('/subscriptions', { name: '汇编', about: { type: 'query', q: '输注泵' } });
    const one = act('输注泵抽检', '输注泵生产企业应当配合抽检。'.repeat(20));
    await take('pump.txt', one);
    await take('pump-copy.txt', one);
    await tellNow();
    const { items } = await get(`/subscriptions/${root}/messages`);
    expect(items).toHaveLength(1);
    expect(items[0].hits[0]).toMatchObject({ typed: '输注泵', found: '输注泵' });
    const preview = await post('/subscriptions/preview', { about: { type: 'query', q: '输注泵' } });
    expect(preview).toMatchObject({ matches: 1, words: [{ typed: '输注泵' }] });
    const asked = encodeURIComponent(JSON.stringify({ type: 'query', q: '输注泵' }));
    expect((await get(`/subscriptions/preview?about=${asked}`)).matches).toBe(1);
    expect((await ask('/api/v1/subscriptions/preview?about=no')).json().code).toBe('subscription.bad-question');
  });

  it('an enterprise is told what fits and what may, with the sentence; market talk never', async () => {
    const enterprise = await post('/duties/profiles', {
      name: '某经营企业',
      party: { roles: ['distributor'], classes: ['III'], province: '44', city: '广州市', words: ['血糖仪'] },
    });
    const { id: root } = await post('/subscriptions', {
      name: '企业',
      about: { type: 'profile', enterprise: enterprise.id },
    });
    await take('for-me.txt', act('血糖仪经营', '医疗器械经营企业应当于2026年12月20日前完成自查。'));
    await take('not-me.txt', act('医疗机构器械使用', '医疗机构应当建立使用管理制度。'));
    await take('market.txt', '本周血糖仪板块走高，多只个股涨停，分析师看好明年行情。');
    await tellNow();
    const { items } = await get(`/subscriptions/${root}/messages`);
    expect(items).toHaveLength(1);
    expect(items[0].match).toMatchObject({
      fits: 'yes',
      bearing: 'binding',
      days: [{ date: '2026-12-20', kind: 'duty' }],
    });
    expect(items[0].match.reasons.every((one: { quote: string }) => one.quote.length > 0)).toBe(true);

    // the day stands in the calendar of the enterprise, as what it is
    await readDays(database.app, readPolicy);
    const page = await get(`/duties/profiles/${enterprise.id}`);
    const found = page.decision.outcome.duties.filter((one: { kind: string }) => one.kind === 'policy');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      due: '2026-12-20',
      firmness: 'unverified',
      status: 'open',
      policy: { day: 'duty' },
    });
    expect(found[0].policy.quote).toContain('2026年12月20日前');
    const ics = (await ask(`/api/v1/duties/profiles/${enterprise.id}/duties.ics`)).body.replaceAll('\r\n ', '');
    expect(ics).toContain('DTSTART;VALUE=DATE:20261220');
    expect(ics).toContain('须核对');
    const kept = (await get('/duties/profiles')).items.find((one: { id: string }) => one.id === enterprise.id);
    expect(kept.next).toMatchObject({ due: '2026-12-20' });
    const done = { ...page.profile, records: [{ obligation: found[0].obligation, date: '2026-12-01' }] };
    await post(`/duties/profiles/${enterprise.id}`, { name: '某经营企业', ...done, replaces: page.version });
    const after = await get(`/duties/profiles/${enterprise.id}`);
    expect(after.decision.outcome.duties.find((one: { kind: string }) => one.kind === 'policy')).toMatchObject({
      status: 'satisfied',
    });
    expect(after.decision.outcome.notes).toEqual([]);

    await post(`/duties/profiles/${enterprise.id}/remove`);
    expect((await get(`/subscriptions/${root}`)).problem.en).toContain('kept no longer');
    await tellNow();
  });
});

describe('channels', () => {
  it('a digest goes out at its hour of Shanghai with what was told before, and not twice', async () => {
    const { id: root } = await post('/subscriptions', {
      name: '每日',
      about: { type: 'query', q: '胰岛素泵' },
      mail: { to: 'daily@example.test', when: 'daily', hour: 8 },
    });
    await take('insulin-1.txt', act('胰岛素泵检查', '胰岛素泵注册人应当自查。'));
    await take('insulin-2.txt', act('胰岛素泵培训', '胰岛素泵经营企业应当参加培训。'));
    await tellNow();
    await deliverNow();
    expect(mail.mails).toHaveLength(0);
    // 07:59 the next day, then 08:00
    now = NOON + 20 * 60 * MINUTE - MINUTE;
    await deliverNow();
    expect(mail.mails).toHaveLength(0);
    now += MINUTE;
    await take('insulin-3.txt', act('胰岛素泵抽检', '胰岛素泵抽检另行通知。'));
    await tellNow();
    await deliverNow();
    await deliverNow();
    expect(mail.mails.map((one) => [one.to, one.header('X-Xiedang-Sequence')])).toEqual([
      [['daily@example.test'], '1-2'],
    ]);
    now += DAY;
    await deliverNow();
    expect(mail.mails.map((one) => one.header('X-Xiedang-Sequence'))).toEqual(['1-2', '3']);
    await post(`/subscriptions/${root}/remove`);
  });

  it('a receiver that stays away pauses the channel with the reason; taken up again nothing is missing', async () => {
    const { id: root } = await post('/subscriptions', {
      name: '停',
      about: { type: 'query', q: '听诊器' },
      webhook: { url: hook.url },
    });
    await take('stethoscope-1.txt', act('听诊器检查', '听诊器注册人应当自查。'));
    await take('stethoscope-2.txt', act('听诊器培训', '听诊器经营企业应当参加培训。'));
    await tellNow();
    hook.answer(...Array.from({ length: MOST_FAILURES }, () => 500));
    for (let attempt = 0; attempt < MOST_FAILURES + 2; attempt++) {
      await deliverNow();
      // too early: nothing is tried
      await deliverNow();
      now += DAY;
    }
    expect(hook.calls).toHaveLength(MOST_FAILURES);
    expect((await get(`/subscriptions/${root}`)).channels).toMatchObject([
      { state: 'paused', reason: 'HTTP 500', deliveredSeq: 0, pending: 2, failures: MOST_FAILURES },
    ]);
    expect(await post(`/subscriptions/${root}/trial`, { channel: 'webhook' })).toEqual({
      delivered: true,
      reason: null,
    });
    expect(hook.calls.at(-1)?.body).toMatchObject({ trial: true, seq: 0 });
    await post(`/subscriptions/${root}/resume`, { channel: 'webhook' });
    await deliverNow();
    expect(hook.calls.slice(MOST_FAILURES + 1).map((call) => call.body.seq)).toEqual([1, 2]);
    await post(`/subscriptions/${root}/remove`);
  });

  it('a process that ends between sending and writing sends again under the same id', async () => {
    const { id: root } = await post('/subscriptions', {
      name: '断',
      about: { type: 'query', q: '轮椅车' },
      mail: { to: 'broken@example.test', when: 'at-once' },
    });
    await take('wheelchair.txt', act('轮椅车检查', '轮椅车注册人应当自查。'));
    await tellNow();
    const dying: Mailer = {
      domain: mailer.domain,
      async send(letter) {
        await mailer.send(letter);
        throw new Error('the process ends here');
      },
    };
    await expect(deliverNow({ mailer: dying })).rejects.toThrow('ends here');
    await deliverNow();
    expect(mail.mails).toHaveLength(2);
    expect(new Set(mail.mails.map((one) => one.header('Message-ID'))).size).toBe(1);
    await deliverNow();
    expect(mail.mails).toHaveLength(2);
    await post(`/subscriptions/${root}/remove`);
  });

  it('without an SMTP server mail waits and says so; a refusal names no address', async () => {
    const { id: root } = await post('/subscriptions', {
      name: '邮',
      about: { type: 'query', q: '体温计' },
      mail: { to: 'secret.reader@example.test', when: 'at-once' },
    });
    await take('thermometer.txt', act('体温计检查', '体温计注册人应当自查。'));
    await tellNow();
    await deliverNow({ mailer: null });
    expect((await get(`/subscriptions/${root}`)).channels).toMatchObject([{ state: 'waiting', pending: 1 }]);
    mail.refuse(true);
    await deliverNow();
    const [channel] = (await get(`/subscriptions/${root}`)).channels;
    expect(channel.state).toBe('retrying');
    expect(channel.reason).toContain('550');
    expect(channel.reason).not.toContain('secret.reader');
    mail.refuse(false);
    now += DAY;
    await deliverNow();
    expect(mail.mails).toHaveLength(1);

    const bare = await createServer({ store: database.store, clock, version: '0' });
    const answer = await bare.inject({ method: 'GET', url: `/api/v1/subscriptions/${root}`, headers: host });
    expect(answer.json().channels).toMatchObject([{ state: 'off' }]);
    expect(answer.json().channels[0].reason).toContain('XIEDANG_SMTP_URL');
    const trial = await bare.inject({
      method: 'POST',
      url: `/api/v1/subscriptions/${root}/trial`,
      payload: { channel: 'mail' },
      headers: own,
    });
    expect(trial.json()).toMatchObject({ delivered: false });
    await bare.close();
    await post(`/subscriptions/${root}/remove`);
  });

  it('a channel begins with what is told from then on', async () => {
    const made = await post('/subscriptions', { name: '后', about: { type: 'query', q: '血压计' } });
    await take('pressure-1.txt', act('血压计检查', '血压计注册人应当自查。'));
    await tellNow();
    await post(`/subscriptions/${made.id}`, {
      name: '后',
      about: made.about,
      webhook: { url: hook.url },
      replaces: made.version,
    });
    await take('pressure-2.txt', act('血压计培训', '血压计经营企业应当参加培训。'));
    await tellNow();
    await deliverNow();
    expect(hook.calls.map((call) => [call.body.seq, call.body.previousSeq])).toEqual([[2, 1]]);
    await post(`/subscriptions/${made.id}/remove`);
  });
});

describe('feed and inbox', () => {
  it('the feed needs its address alone, goes in pages, and hostile text stays text', async () => {
    const { id: root } = await post('/subscriptions', { name: '源 <b>', about: { type: 'query', q: '雾化器' } });
    for (const title of ['雾化器甲', '雾化器乙', '雾化器<script>alert(1)</script>]]>丙'])
      await take(`${title.length}-${title.slice(0, 4)}.txt`, act(title, '雾化器注册人应当自查。'));
    await tellNow();
    const { path } = await post(`/subscriptions/${root}/feed`);
    const first = await ask(`${path}?limit=2`);
    expect([first.statusCode, first.headers['cache-control']]).toEqual([200, 'private, no-store']);
    const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await ask(next.slice(next.indexOf('/api')));
    const ids = [first, second].flatMap((answer) => parseFeed(answer.body).items.map((item) => item.id));
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    expect(second.body).not.toContain('rel="next"');
    expect(first.body).not.toContain('<script>');
    expect(parseFeed(first.body).title).toContain('<b>');
    const again = (await post(`/subscriptions/${root}/feed`)).path;
    expect([(await ask(path)).statusCode, (await ask(again)).statusCode]).toEqual([404, 200]);
    expect((await ask(again)).body).toContain(ids[0]);
    await post(`/subscriptions/${root}/feed/end`);
    expect((await ask(again)).json().code).toBe('subscription.feed.not-found');
    const kept = await database.owner<{ all: string }[]>`
      select coalesce(string_agg(t::text, ' '), '') as all from policy_subscription_state t`;
    for (const secret of [path, again]) {
      const token = secret.split('/').at(-1)?.replace('.atom', '') ?? '';
      expect(kept[0]?.all).not.toContain(token);
      expect(log.join('\n')).not.toContain(token);
    }
  });

  it('the inbox has all messages, counts those not read, and marks them', async () => {
    const all = await get('/inbox?limit=3');
    expect(all.items).toHaveLength(3);
    expect(all.total.value).toBeGreaterThanOrEqual(all.items.length);
    const [{ seq, subscription }] = all.items;
    const { unread } = await post('/inbox/read', { items: [{ subscription: subscription.id, seq }] });
    expect(unread).toBe(all.unread - 1);
    expect((await get('/inbox?unread=false')).items.map((one: { seq: number }) => one.seq)).toEqual([seq]);
    const seen = new Set<string>();
    let cursor = '';
    do {
      const page = await get(`/inbox?limit=2${cursor && `&cursor=${cursor}`}`);
      for (const one of page.items) seen.add(`${one.subscription.id}/${one.seq}`);
      cursor = page.next;
    } while (cursor);
    expect(seen.size).toBe(all.total.value);
    expect((await post(`/subscriptions/${subscription.id}/read`, { upTo: 1_000 })).unread).toBe(0);
    expect((await post('/inbox/read', { all: true })).unread).toBe(0);
    expect((await get('/inbox?unread=true')).items).toEqual([]);
    expect((await ask('/api/v1/inbox?cursor=x')).json().code).toBe('list.bad-cursor');
  });
});

it('neither the log nor the trail knows addresses, words or keys', async () => {
  const trail = await database.owner<{ all: string }[]>`
    select string_agg(e.act || e.subject || e.detail::text, ' ') as all from audit_entry e`;
  expect(trail[0]?.all).toContain('subscription.add');
  for (const secret of ['example.test', hook.url, '听诊器', '每日'])
    expect([secret, `${trail[0]?.all} ${log.join(' ')}`.includes(secret)]).toEqual([secret, false]);
  expect(await checkTrail(database.app)).toMatchObject({ broken: null });
});

it('the application may append messages and attempts, and neither change nor take them away', async () => {
  for (const table of ['policy_subscription', 'policy_message', 'policy_message_read', 'policy_delivery'])
    for (const sql of [`delete from ${table}`, `update ${table} set root = root`])
      await expect(database.app.unsafe(sql)).rejects.toThrow(/permission denied/);
});

it('stated acts match by id, pasted ones without being kept', async () => {
  const id = await take('match.txt', act('输血器经营', '医疗器械经营企业应当于2026年12月25日前完成自查。'));
  const before = await database.owner`select count(*)::integer as n from policy_document`;
  const profile = { roles: ['distributor'] };
  const kept = await post('/policies/match', { id, profile });
  expect(kept.documents[0]).toMatchObject({ ordinal: 0, fits: 'yes', days: [{ date: '2026-12-25' }] });
  const answer = await send('/policies/match', { text: act('输血器', '医疗器械经营企业应当自查。'), profile }, host);
  expect(answer.json().documents[0]).toMatchObject({ fits: 'yes' });
  expect((await send('/policies/match', { profile }, host)).json().code).toBe('subscription.no-act');
  expect(await database.owner`select count(*)::integer as n from policy_document`).toEqual(before);
});
