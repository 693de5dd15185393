import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseFeed } from '@rowanmanning/feed-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServer } from '../../src/app/server/server.ts';
import type { HttpServer } from '../../src/platform/http/server.ts';
import { smtpMailer } from '../../src/platform/mail/mailer.ts';
import { importPolicies } from '../../src/processes/import-policies/import-policies.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { mailReceiver, webhookReceiver } from '../support/receivers.ts';

/** The proof from end to end: what happens to policies arrives once on each channel, also when processes are killed. */

const PROCESS = fileURLToPath(new URL('../support/delivery-process.ts', import.meta.url));
const host = { host: '127.0.0.1:8080' };
const own = { ...host, origin: 'http://127.0.0.1:8080' };

let database: TestDatabase;
let app: HttpServer;
let mail: Awaited<ReturnType<typeof mailReceiver>>;
let hook: Awaited<ReturnType<typeof webhookReceiver>>;
const folder = mkdtempSync(join(tmpdir(), 'xiedang-delivery-'));
const workers: ChildProcess[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  mail = await mailReceiver();
  hook = await webhookReceiver([503, 302]);
  app = await createServer({
    store: database.store,
    clock: { now: () => new Date() },
    version: '0',
    delivery: { mailer: smtpMailer(mail.url, 'desk@xiedang.test'), site: 'https://desk.test' },
  });
});
afterAll(async () => {
  for (const worker of workers) await kill(worker);
  await app?.close();
  await mail?.close();
  await hook?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A process that tells and delivers; its clock goes ahead so that waiting for the next attempt is over at once. */
async function work(aheadMs = 0): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROCESS], {
    env: {
      ...process.env,
      ...database.env,
      XIEDANG_DATA: database.store.dataDir,
      XIEDANG_SMTP_URL: mail.url,
      XIEDANG_MAIL_FROM: 'desk@xiedang.test',
      XIEDANG_PUBLIC_URL: 'https://desk.test',
      AHEAD_MS: String(aheadMs),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  workers.push(child);
  await once(child, 'message');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await holds()); await sleep(50))
    if (Date.now() > end) throw new Error(`did not come: ${what}`);
}

async function take(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, text);
  await importPolicies(database.owner, [path], {
    actor: 'local',
    refuse: (refused) => {
      throw new Error(refused.message);
    },
  });
}

const post = async (url: string, payload: object = {}) => {
  const answer = await app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers: own });
  expect([url, answer.statusCode, answer.statusCode < 300 ? '' : answer.body]).toEqual([url, 201, '']);
  return answer.json();
};
const get = async (url: string) => (await app.inject({ method: 'GET', url: `/api/v1${url}`, headers: host })).json();

const RULE = `国家药监局关于发布医疗器械召回管理细则的公告
2026年第11号

为规范医疗器械召回，国家药监局组织制定了《医疗器械召回管理细则》，现予发布，自2026年3月1日起施行。
医疗器械注册人应当于2026年12月31日前完成召回制度自查。

国家药监局
2026年2月1日
`;
const GUIDE = `国家药监局关于医疗器械召回信息公开有关事项的通告
2026年第12号

医疗器械注册人应当公开召回信息。${'召回信息应当真实、准确、完整，并在网站显著位置公布。'.repeat(3)}

国家药监局
2026年4月1日
`;
const REPEAL = `国家药监局关于废止医疗器械召回管理细则的公告
2026年第30号

根据工作需要，现决定废止《国家药监局关于发布医疗器械召回管理细则的公告》（2026年第11号）。医疗器械召回按新的规定执行，自公布之日起施行。

国家药监局
2026年10月1日
`;

it('two documents and one that repeals: each change once on each channel, numbered without a gap', async () => {
  const { id, webhookSecret } = await post('/subscriptions', {
    name: '召回',
    about: { type: 'query', q: '医疗器械 召回' },
    mail: { to: 'reader@example.test', when: 'at-once' },
    webhook: { url: hook.url },
  });
  const { path } = await post(`/subscriptions/${id}/feed`);
  const messages = async () => (await get(`/subscriptions/${id}/messages`)).items as { seq: number }[];

  // the first document; the receiver of the webhook is down
  let worker = await work();
  await take('rule.txt', RULE);
  await until('first mail', () => mail.mails.length === 1);
  await until('first call', () => hook.calls.length === 1);
  await until('its failure is kept', async () =>
    (await get(`/subscriptions/${id}`)).attempts.some((one: { outcome: string }) => one.outcome === 'failed'),
  );
  await kill(worker);

  // nobody works while the second comes in, twice
  await take('guide.txt', GUIDE);
  await take('guide.txt', GUIDE);
  await take('rule.txt', RULE);
  // two processes at once, a minute later: the second attempt fails as well
  worker = await work(60_000);
  const second = await work(60_000);
  await until('second mail', () => mail.mails.length === 2);
  await until('second call', () => hook.calls.length === 2);
  await kill(worker);
  await take('repeal.txt', REPEAL);
  await until('the repealing act and the repealed one', async () => (await messages()).length === 4);
  await kill(second);

  // an hour later all is well
  worker = await work(3_600_000);
  await until('all calls', () => hook.calls.filter((call) => call.status === 200).length === 4);
  await until('all mails', () => mail.mails.length === 4);
  await sleep(3_000);
  await kill(worker);

  const told = await messages();
  expect(told.map(({ seq }) => seq)).toEqual([4, 3, 2, 1]);
  const kinds = told.map((one) => (one as unknown as { event: { kind: string }; act: { title: string } }).event.kind);
  expect(kinds.toSorted()).toEqual(['added', 'added', 'added', 'repealed']);

  const calls = hook.calls.filter((call) => call.status === 200);
  expect(calls.map((call) => call.body.seq)).toEqual([1, 2, 3, 4]);
  expect(calls.map((call) => call.body.previousSeq)).toEqual([null, 1, 2, 3]);
  expect(hook.calls.map((call) => call.status)).toEqual([503, 302, 200, 200, 200, 200]);
  // an attempt again is told by its id
  expect(new Set(hook.calls.slice(0, 3).map((call) => call.id)).size).toBe(1);
  expect(new Set(calls.map((call) => call.id)).size).toBe(4);
  expect(hook.calls.every((call) => call.signedBy(webhookSecret))).toBe(true);
  expect(hook.calls.some((call) => call.signedBy('another'))).toBe(false);

  expect(mail.mails.map((one) => one.header('X-Xiedang-Sequence'))).toEqual(['1', '2', '3', '4']);
  expect(mail.mails.map((one) => one.header('X-Xiedang-Previous'))).toEqual(['0', '1', '2', '3']);
  expect(new Set(mail.mails.map((one) => one.header('Message-ID'))).size).toBe(4);
  expect(mail.mails.every((one) => one.to.join() === 'reader@example.test')).toBe(true);

  const answer = await app.inject({ method: 'GET', url: path, headers: host });
  expect(answer.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  const feed = parseFeed(answer.body);
  expect(feed.items.map((item) => /^#(\d+) /.exec(item.title ?? '')?.[1])).toEqual(['4', '3', '2', '1']);
  expect(new Set(feed.items.map((item) => item.id)).size).toBe(4);
  expect(feed.items.every((item) => item.url?.startsWith('https://desk.test/policies/'))).toBe(true);

  const state = await get(`/subscriptions/${id}`);
  expect(state.channels).toMatchObject([
    { channel: 'mail', state: 'idle', deliveredSeq: 4, pending: 0, failures: 0 },
    { channel: 'webhook', state: 'idle', deliveredSeq: 4, pending: 0, failures: 0 },
  ]);
}, 300_000);
