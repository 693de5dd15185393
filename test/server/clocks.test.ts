import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
const overlay = mkdtempSync(join(tmpdir(), 'xiedang-overlay-'));
/** 2026-11-22, a Sunday. */
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

beforeAll(async () => {
  database = await cloneDatabase();
  app = await createServer({ store: database.store, clock, version: '0', rules: liveRulebook(overlay) });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(overlay, { recursive: true, force: true });
});

const firstII = (events: object[], title = '首次注册') => ({
  title,
  procedure: 'registration-first',
  class: 'II',
  events,
});

describe('who may do what', () => {
  it('a page of another origin cannot write', async () => {
    const foreign = { ...host, origin: 'http://evil.example' };
    expect((await post('/clocks/cases', firstII([]), foreign)).statusCode).toBe(403);
    expect((await post('/calendars', {}, foreign)).statusCode).toBe(403);
  });

  it('the application may not edit or delete what was recorded', async () => {
    for (const table of [
      'clock_case',
      'clock_case_event',
      'clock_case_close',
      'clock_reckoning',
      'clock_due_change',
      'duty_profile',
    ])
      for (const statement of [`update ${table} set actor = 'x'`, `delete from ${table}`])
        await expect(database.app.unsafe(statement), statement).rejects.toThrow(/permission denied|does not exist/);
  });
});

describe('clocks over HTTP', () => {
  it('counts working days and says where the calendar ends', async () => {
    expect((await post('/workdays', { from: '2026-09-30', to: '2026-10-12' })).json()).toMatchObject({
      count: 4,
      provisional: false,
    });
    expect((await post('/workdays', { from: '2026-12-30', add: 3 })).json()).toMatchObject({
      date: '2027-01-04',
      provisional: true,
      uncertainFrom: '2027-01-01',
    });
    const bad = await post('/workdays', { from: '2026-02-30', add: 1 });
    expect([bad.statusCode, bad.json().code]).toEqual([400, 'workday.bad-question']);
  });

  it('runs a case that is not kept and refuses what is none', async () => {
    const run = await post('/clocks/run', {
      procedure: 'production-licence-renewal',
      events: [{ type: 'expires', date: '2027-01-10' }],
      asOf: '2026-10-01',
    });
    expect(run.json().outcome.clocks[0]).toMatchObject({
      limit: 'prod-renew-window',
      window: { from: '2026-09-01', to: '2026-11-30' },
      status: 'running',
      provisional: true,
    });
    const bad = await post('/clocks/run', {
      procedure: 'registration-first',
      events: [{ type: 'eaten', date: '2026-01-01' }],
    });
    expect([bad.statusCode, bad.json().code]).toEqual([400, 'clock.bad-case']);
    expect(bad.json().detail).toContain('events.0.type "eaten"');
  });

  it('counts back from the day the new certificate must be there', async () => {
    const plan = (
      await post('/clocks/plan', {
        procedure: 'registration-renewal',
        class: 'III',
        target: '2026-08-31',
        expires: '2026-08-31',
        asOf: '2026-01-05',
      })
    ).json();
    expect(plan).toMatchObject({ determinable: true, lawfulBy: '2026-02-28' });
    expect(plan.steps.map((step: { limit: string }) => step.limit)).toEqual([
      'accept-defect-notice',
      'review-III',
      'decision',
      'deliver',
    ]);
    expect(plan.latest <= plan.lawfulBy).toBe(true);
  });
});

describe('cases that are kept', () => {
  it('are opened, go on, are corrected and put away; nothing is overwritten', async () => {
    const made = await post(
      '/clocks/cases',
      firstII([
        { type: 'received', date: '2026-10-12' },
        { type: 'accepted', date: '2026-10-14' },
        { type: 'transferred', date: '2026-10-15' },
      ]),
    );
    expect([made.statusCode, made.body.slice(0, 300)]).toEqual([201, expect.anything()]);
    const id = made.json().id as string;
    const review = (body: {
      decision: { outcome: { clocks: { limit: string; due: string | null; from: string }[] } };
    }) => body.decision.outcome.clocks.find((one) => one.limit === 'review-II');
    expect(review(made.json())).toMatchObject({ from: '2026-10-14' });

    const wrong = made.json().events.find((one: { event: { type: string } }) => one.event.type === 'accepted').id;
    const fixed = await post(`/clocks/cases/${id}/events`, {
      event: { type: 'accepted', date: '2026-10-15' },
      corrects: wrong,
    });
    expect(review(fixed.json())).toMatchObject({ from: '2026-10-15' });
    expect(fixed.json().events).toHaveLength(4);
    expect(fixed.json().events[1]).toMatchObject({ id: wrong, correctedBy: fixed.json().events[3].id });
    const again = await post(`/clocks/cases/${id}/events`, { event: null, corrects: wrong });
    expect([again.statusCode, again.json().code]).toEqual([409, 'clock.already-corrected']);

    const listed = await get('/clocks/cases');
    expect(listed.items[0]).toMatchObject({ id, next: { limit: 'review-II', status: 'running' } });
    expect(listed.total).toEqual({ value: 1, relation: 'exact' });
    await post(`/clocks/cases/${id}/close`, { closed: true, reason: '办结' });
    expect((await get('/clocks/cases')).items).toEqual([]);
    expect((await get('/clocks/cases?closed=true')).items).toHaveLength(1);
    await post(`/clocks/cases/${id}/close`, { closed: false });
    expect((await get('/clocks/cases')).items).toHaveLength(1);
    expect((await checkTrail(database.app)).broken).toBeNull();
  });

  it('two who write at once follow one another', async () => {
    const id = (await post('/clocks/cases', firstII([{ type: 'received', date: '2026-11-02' }], '同时'))).json().id;
    const answers = await Promise.all(
      ['2026-11-03', '2026-11-04', '2026-11-05'].map((date) =>
        post(`/clocks/cases/${id}/events`, { event: { type: 'expert-started', date } }),
      ),
    );
    expect(answers.map((answer) => answer.statusCode)).toEqual([201, 201, 201]);
    expect((await get(`/clocks/cases/${id}`)).events).toHaveLength(4);
  });

  it('pages stay whole to the last case', async () => {
    for (let n = 0; n < 5; n++)
      await post('/clocks/cases', firstII([{ type: 'received', date: `2026-11-1${n}` }], `翻页 ${n}`));
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await get(`/clocks/cases?q=${encodeURIComponent('翻页')}&limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((one: { title: string }) => one.title));
      cursor = page.next ?? '';
    } while (cursor);
    expect([...seen].sort()).toEqual(['翻页 0', '翻页 1', '翻页 2', '翻页 3', '翻页 4']);
    const bad = await app.inject({ method: 'GET', url: '/api/v1/clocks/cases?cursor=xx', headers: host });
    expect([bad.statusCode, bad.json().code]).toEqual([400, 'list.bad-cursor']);
  });
});

describe('a new year', () => {
  const year = {
    year: 2027,
    off: { 元旦: ['2027-01-01..2027-01-03'], 春节: ['2027-02-05..2027-02-13'] },
    makeUp: ['2027-01-30', '2027-02-14'],
    notice: { title: '试录的2027年安排' },
    by: '测试员',
    why: '试录',
  };

  it('moves what reaches into it, tells what moved, and is marked as the operator’s own', async () => {
    const id = (
      await post(
        '/clocks/cases',
        firstII(
          [
            { type: 'received', date: '2026-11-09' },
            { type: 'accepted', date: '2026-11-10' },
          ],
          '跨年',
        ),
      )
    ).json().id;
    const before = (await get(`/clocks/cases/${id}`)).decision.outcome.clocks.find(
      (one: { limit: string }) => one.limit === 'review-II',
    );
    expect(before).toMatchObject({ due: '2027-02-02', provisional: true, uncertainFrom: '2027-01-01' });

    const entered = await post('/calendars', year);
    expect(entered.statusCode).toBe(201);
    expect(entered.json().reckoned.changed).toBeGreaterThan(0);
    const after = (await get(`/clocks/cases/${id}`)).decision.outcome.clocks.find(
      (one: { limit: string }) => one.limit === 'review-II',
    );
    // 60 working days after 2026-11-10: 37 in 2026, then 23 from 4 January with Saturday 30 January worked
    expect(after).toMatchObject({ due: '2027-02-02', provisional: false });
    const [run] = (await get('/clocks/reckonings')).items;
    expect(run).toMatchObject({ cause: 'calendar 2027' });
    const moved = (await get(`/clocks/reckonings/${run.id}`)).items;
    expect(moved.length).toBe(entered.json().reckoned.changed);
    expect((await get('/calendars')).items[0]).toMatchObject({ year: 2027, overlay: true, by: '测试员' });
    expect((await post('/workdays', { from: '2026-12-31', to: '2027-01-31' })).json()).toMatchObject({
      count: 21,
      provisional: false,
    });
  });

  it('refuses an address of a notice that is none', async () => {
    const answer = await post('/calendars', { ...year, notice: { title: 'x', url: 'javascript:alert(1)' } });
    expect(answer.statusCode).toBe(400);
  });

  it('does not stand over a published year unless that is said', async () => {
    const typed = { ...year, year: 2026, off: { 元旦: ['2026-01-01'] }, makeUp: [] };
    const refused = await post('/calendars', typed);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'calendar.exists']);
    expect((await post('/workdays', { from: '2026-02-13', add: 1 })).json()).toMatchObject({ date: '2026-02-14' });
  });

  it('reading needs no address of a page', async () => {
    const plain = await app.inject({
      method: 'POST',
      url: '/api/v1/workdays',
      payload: { from: '2026-09-30', add: 3 },
      headers: host,
    });
    expect(plain.statusCode).toBe(200);
  });

  it('refuses days of another year, a weekday as make-up day and days that do not exist', async () => {
    for (const wrong of [
      { off: { 元旦: ['2026-12-31'] } },
      { makeUp: ['2027-01-06'] },
      { off: { 元旦: ['2027-02-30'] } },
    ]) {
      const answer = await post('/calendars', { ...year, ...wrong });
      expect([answer.statusCode, answer.json().code.split('.')[0]]).toEqual([400, 'calendar']);
    }
    expect((await get('/calendars/2027')).off).toHaveProperty('元旦');
  });

  it('a faulty file in the overlay does not stop a running server', async () => {
    writeFileSync(join(overlay, 'calendars', 'cn', '2028.yaml'), 'year: 2028\n');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await post('/workdays', { from: '2026-09-30', to: '2026-10-12' })).json()).toMatchObject({ count: 4 });
  });
});
