import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveRulebook } from '../../src/app/server/live-rulebook.ts';
import { createServer } from '../../src/app/server/server.ts';
import { checkTrail } from '../../src/platform/audit/trail.pg.ts';
import type { HttpServer } from '../../src/platform/http/server.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let app: HttpServer;
const log: string[] = [];
const overlay = mkdtempSync(join(tmpdir(), 'xiedang-overlay-'));
/** 2026-11-22, a Sunday. */
const clock = { now: () => new Date('2026-11-22T04:00:00Z') };
const host = { host: '127.0.0.1:8080' };
const own = { ...host, origin: 'http://127.0.0.1:8080' };
const post = (url: string, payload: object = {}, headers: Record<string, string> = own) =>
  app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers });
const ask = (url: string) => app.inject({ method: 'GET', url, headers: host });
const get = async (url: string) => {
  const answer = await ask(`/api/v1${url}`);
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json();
};

interface Duty {
  readonly obligation: string;
  readonly due: string | null;
  readonly status: string | null;
}

beforeAll(async () => {
  database = await cloneDatabase();
  app = await createServer({
    store: database.store,
    clock,
    version: '0',
    rules: liveRulebook(overlay),
    log: { level: 'info', stream: { write: (line) => log.push(line) } },
  });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(overlay, { recursive: true, force: true });
});

const enterprise = (name: string, more: object = {}) => ({
  name,
  party: {
    roles: ['注册人', '经营企业'],
    classes: ['III'],
    certificates: [
      { number: '国械注准20223010001', class: 'III', expires: '2027-06-30', firstRegistered: '2022-07-01' },
    ],
    licences: [{ kind: 'distribution', number: '粤穗药监械经营许可20220001号', expires: '2027-03-31' }],
  },
  ...more,
});

describe('who may do what', () => {
  it('a page of another origin cannot write, and nobody writes without one', async () => {
    const foreign = { ...host, origin: 'http://evil.example' };
    for (const headers of [foreign, host]) {
      expect((await post('/duties/profiles', enterprise('他人'), headers)).statusCode).toBe(403);
      const id = '00000000-0000-4000-8000-000000000000';
      for (const path of ['', '/feed', '/remove'])
        expect((await post(`/duties/profiles/${id}${path}`, {}, headers)).statusCode).toBe(403);
    }
    expect((await get('/duties/profiles')).items).toEqual([]);
  });

  it('a question that changes nothing may be asked by a program', async () => {
    const question = { party: { roles: ['registrant'] }, from: '2026-01-01', to: '2026-12-31' };
    expect((await post('/duties/run', question, host)).statusCode).toBe(200);
    expect((await post('/duties/run', question, { ...host, origin: 'http://evil.example' })).statusCode).toBe(403);
  });

  it('a feed needs its token and nothing else, and tells no one whether another exists', async () => {
    const made = (await post('/duties/profiles', enterprise('订阅甲'))).json();
    const { path } = (await post(`/duties/profiles/${made.id}/feed`)).json() as { path: string };
    const feed = await ask(path);
    expect([feed.statusCode, feed.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(feed.body).toContain('BEGIN:VEVENT');
    expect(feed.headers['cache-control']).toContain('no-store');
    for (const wrong of [path.replace('.ics', ''), path.replace(/.\.ics$/, '~.ics'), '/api/v1/duties/feeds/x.ics']) {
      const answer = await ask(wrong);
      expect([wrong, answer.statusCode, answer.json().code]).toEqual([wrong, 404, 'duty.feed.not-found']);
    }
    const other = `/api/v1/duties/feeds/${'A'.repeat(43)}.ics`;
    expect((await ask(other)).statusCode).toBe(404);
  });

  it('a new address ends the old one, a removed enterprise its feed', async () => {
    const { id } = (await post('/duties/profiles', enterprise('订阅乙'))).json();
    const first = (await post(`/duties/profiles/${id}/feed`)).json().path as string;
    const second = (await post(`/duties/profiles/${id}/feed`)).json().path as string;
    expect([(await ask(first)).statusCode, (await ask(second)).statusCode]).toEqual([404, 200]);
    expect((await post(`/duties/profiles/${id}/remove`)).statusCode).toBe(201);
    expect((await ask(second)).statusCode).toBe(404);
    expect((await ask(`/api/v1/duties/profiles/${id}`)).json().code).toBe('duty.not-found');
    expect((await post(`/duties/profiles/${id}/feed`)).statusCode).toBe(404);
  });

  it('the log knows the pattern of the route and neither token nor name', async () => {
    const { id } = (await post('/duties/profiles', enterprise('不入日志的企业'))).json();
    const { path } = (await post(`/duties/profiles/${id}/feed`)).json() as { path: string };
    log.length = 0;
    await ask(path);
    await ask(`${path}x`);
    const token = path.split('/').at(-1)?.replace('.ics', '') ?? '';
    expect(log.filter((line) => line.includes('/duties/feeds/:token'))).toHaveLength(2);
    for (const secret of [token, '不入日志的企业', id]) expect(log.join('\n')).not.toContain(secret);
    const kept = await database.app.unsafe<{ all: string }[]>(
      `select coalesce(string_agg(t::text, ' '), '') as all from duty_profile t`,
    );
    expect(kept[0]?.all).not.toContain(token);
  });
});

describe('enterprises that are kept', () => {
  it('are listed with what is overdue and due next, and answer with their duties', async () => {
    const made = await post('/duties/profiles', enterprise('列表企业'));
    expect(made.statusCode).toBe(201);
    const [row] = (await get(`/duties/profiles?q=${encodeURIComponent('列表企业')}`)).items;
    expect(row).toMatchObject({ id: made.json().id, name: '列表企业', feed: false });
    expect(row.next.due >= '2026-11-22').toBe(true);
    const page = (await get(`/duties/profiles/${row.id}`)).decision.outcome.duties as Duty[];
    expect(page.filter((duty) => duty.status === 'overdue')).toHaveLength(row.overdue);
    const whole = await get(`/duties/profiles/${row.id}?from=2026-12-01&to=2027-12-31`);
    const duties = whole.decision.outcome.duties as Duty[];
    expect(duties.find((duty) => duty.obligation === 'cert-renew')).toMatchObject({ due: '2026-12-30' });
  });

  it('go on by new versions; two who change the same one are told', async () => {
    const made = (await post('/duties/profiles', enterprise('改两次'))).json();
    const done = { records: [{ obligation: 'self-report-dist', date: '2027-02-01', for: '2026' }] };
    const next = await post(`/duties/profiles/${made.id}`, { ...enterprise('改两次', done), replaces: made.version });
    expect(next.statusCode).toBe(201);
    expect(next.json().versions).toHaveLength(2);
    const late = await post(`/duties/profiles/${made.id}`, { ...enterprise('后来者'), replaces: made.version });
    expect([late.statusCode, late.json().code]).toEqual([409, 'duty.conflict']);
    const whole = await get(`/duties/profiles/${made.id}?from=2027-01-01&to=2027-12-31`);
    const report = (whole.decision.outcome.duties as Duty[]).find((duty) => duty.obligation === 'self-report-dist');
    expect(report).toMatchObject({ due: '2027-03-31', status: 'satisfied' });
    expect((await checkTrail(database.app)).broken).toBeNull();
  });

  it('keep their feed over a new version', async () => {
    const made = (await post('/duties/profiles', enterprise('留址'))).json();
    const { path } = (await post(`/duties/profiles/${made.id}/feed`)).json() as { path: string };
    const { version } = await get(`/duties/profiles/${made.id}`);
    await post(`/duties/profiles/${made.id}`, { ...enterprise('留址二'), replaces: version });
    expect((await ask(path)).body).toContain('留址二');
  });

  it('are refused when they cannot be read', async () => {
    for (const [party, code] of [
      [{ roles: ['诗人'] }, 'duty.unknown-role'],
      [{ roles: ['registrant'], certificates: [{ expires: '2027-02-30' }] }, 'http.invalid-request'],
    ] as const) {
      const answer = await post('/duties/profiles', { name: '有误', party });
      expect([answer.statusCode, answer.json().code]).toEqual([400, code]);
    }
    const bad = await ask('/api/v1/duties/profiles?cursor=xx');
    expect([bad.statusCode, bad.json().code]).toEqual([400, 'list.bad-cursor']);
  });

  it('pages stay whole to the last one', async () => {
    for (let n = 0; n < 5; n++) await post('/duties/profiles', enterprise(`翻页 ${n}`));
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await get(
        `/duties/profiles?q=${encodeURIComponent('翻页')}&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.items.map((one: { name: string }) => one.name));
      cursor = page.next ?? '';
    } while (cursor);
    expect(seen).toEqual(['翻页 0', '翻页 1', '翻页 2', '翻页 3', '翻页 4']);
  });

  it('give their list as a calendar file', async () => {
    const made = (await post('/duties/profiles', enterprise('文件'))).json();
    const file = await ask(`/api/v1/duties/profiles/${made.id}/duties.ics?from=2027-01-01&to=2027-12-31`);
    expect(file.headers['content-disposition']).toContain('duties.ics');
    expect(file.body.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
    expect((await ask(`/api/v1/duties/profiles/${made.id}/duties.ics?from=2027-02-30`)).json().code).toBe(
      'duty.bad-question',
    );
  });
});
