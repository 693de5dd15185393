import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { readReadingOnly } from '../../src/domains/rulebook/index.ts';
import { rulebookRoutes } from '../../src/domains/rulebook/routes.ts';
import type { LocalDate } from '../../src/kernel/local-date.ts';
import { createHttpServer, type HttpServer } from '../../src/platform/http/server.ts';
import { loadRulebook } from '../../src/rules/load.ts';
import { Rulebook } from '../../src/rules/rulebook.ts';
import type { Parameter } from '../../src/rules/shapes.ts';

const TODAY = '2026-11-22' as LocalDate;
const loaded = loadRulebook();
let rulebook = loaded;
let app: HttpServer;
/** Answers held against their schemas. */
let held = 0;

const host = { host: '127.0.0.1:8080' };
const get = (url: string, headers: Record<string, string> = host) =>
  app.inject({ method: 'GET', url: `/api/v1${url}`, headers });
const read = async (url: string) => {
  const answer = await get(url);
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json();
};
const refused = async (url: string) => {
  const answer = await get(url);
  return [answer.statusCode, answer.json().code];
};

beforeAll(async () => {
  app = await createHttpServer({ version: 'test', requestsPerMinute: 60_000, bodyLimit: 2 ** 20 });
  // every answer is held against its published schema
  app.setSerializerCompiler(({ schema }) => (data) => {
    (schema as unknown as z.ZodType).parse(data);
    held++;
    return JSON.stringify(data);
  });
  await app.register(
    async (api) =>
      rulebookRoutes(api as unknown as HttpServer, {
        rulebook: () => rulebook,
        readingOnly: readReadingOnly(),
        today: () => TODAY,
      }),
    { prefix: '/api/v1' },
  );
  await app.ready();
});
afterAll(async () => app?.close());

describe('who may ask', () => {
  it('only this machine, and nobody may write', async () => {
    for (const url of ['/rules', '/rules/review-II', '/rules/coverage', '/rules.csv', '/instruments'])
      expect((await get(url, { host: 'evil.example' })).json().code).toBe('http.forbidden-host');
    for (const method of ['POST', 'PUT', 'DELETE'] as const) {
      const headers = { ...host, origin: 'http://127.0.0.1:8080' };
      const answer = await app.inject({ method, url: '/api/v1/rules/review-II', headers });
      expect([method, answer.statusCode]).toEqual([method, 404]);
    }
  });
});

describe('the list', () => {
  it('holds every parameter and table, walked by pages', async () => {
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { id: string }[]; next: string | null; total: { value: number } } = await read(
        `/rules?limit=50&cursor=${cursor}`,
      );
      ids.push(...page.items.map(({ id }) => id));
      expect(page.total).toEqual({ value: loaded.parameters.size + loaded.tables.size, relation: 'exact' });
      cursor = page.next;
    }
    expect(new Set(ids)).toEqual(new Set([...loaded.parameters.keys(), ...loaded.tables.keys()]));
    expect(ids.length).toBe(new Set(ids).size);
  });

  it('says value, start, firmness and article, and why there is none', async () => {
    const find = async (id: string, times = '') =>
      (await read(`/rules?limit=1000${times}`)).items.find((row: { id: string }) => row.id === id);
    expect(await find('review-II')).toMatchObject({
      type: 'parameter',
      kind: 'time-limit',
      place: { id: 'cn/registration', title: { zh: '全国 · 注册' } },
      value: 60,
      words: { zh: '60 个工作日', en: '60 working days' },
      from: '2021-10-01',
      firmness: 'primary-text',
      source: { instrument: 'samr-47-2021' },
      article: '第九十二条(二)',
      absence: null,
      overlay: false,
    });
    expect(await find('review-II', '&asOf=2021-09-30')).toMatchObject({
      value: null,
      firmness: 'missing',
      absence: 'before',
    });
    expect(await find('review-II', '&knownAt=2026-11-21')).toMatchObject({ value: null, absence: 'not-known' });
    // an instant means its day in Asia/Shanghai
    expect(await find('review-II', `&knownAt=${encodeURIComponent('2026-11-21T16:00:00Z')}`)).toMatchObject({
      value: 60,
    });
    expect(await find('inspect-rectify-national-days')).toMatchObject({ value: null, absence: 'not-found' });
  });

  it.each([
    ['review-II', 'review-II'],
    ['技术审评 第二类', 'review-II'],
    ['TECHNICAL review', 'review-II'],
    ['第九十二条', 'review-II'],
    ['市场监管总局令第47号', 'review-II'],
    ['60 working days', 'review-II'],
    ['广东 优先', 'gd-first-priority'],
    ['批生产记录', 'record-fields'],
  ])('finds %s', async (q, id) => {
    const { items } = await read(`/rules?limit=1000&q=${encodeURIComponent(q)}`);
    expect(items.map((row: { id: string }) => row.id)).toContain(id);
  });

  it('filters by kind, place and firmness', async () => {
    const all = async (query: string) =>
      (await read(`/rules?limit=1000&${query}`)).items as {
        kind: string;
        firmness: string;
        place: { id: string } | null;
      }[];
    for (const row of await all('kind=promise')) expect(row.kind).toBe('promise');
    for (const row of await all('place=cn-44')) expect(row.place?.id).toMatch(/^cn-44\//);
    for (const row of await all('firmness=unverified')) expect(row.firmness).toBe('unverified');
    expect((await all('kind=table')).length).toBe(loaded.tables.size);
    expect((await all('place=cn')).length).toBeGreaterThan((await all('place=cn/registration')).length);
    expect(await all('q=%E9%B2%B2%E9%B9%8F')).toEqual([]);
    expect(await all('overlay=true')).toEqual([]);
  });

  it('refuses what it cannot read', async () => {
    expect(await refused('/rules?asOf=2026-02-30')).toEqual([400, 'read.bad-date']);
    expect(await refused('/rules?knownAt=soon')).toEqual([400, 'read.bad-instant']);
    expect(await refused('/rules?cursor=x')).toEqual([400, 'list.bad-cursor']);
    expect(await refused('/rules?kind=wish')).toEqual([400, 'http.invalid-request']);
  });

  it('comes as a file', async () => {
    const csv = await get('/rules.csv?kind=time-limit');
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body).toContain('review-II,time-limit,技术审评（第二类）');
    const lines = (await get('/rules.ndjson')).body.trim().split('\n');
    expect(lines.length).toBe(loaded.parameters.size + loaded.tables.size);
    expect((await get('/rules.xlsx')).rawPayload.subarray(0, 2).toString()).toBe('PK');
  });
});

describe('one rule', () => {
  it('shows its values, sources, questions and users', async () => {
    const rule = await read('/rules/review-II');
    expect(rule).toMatchObject({ type: 'parameter', absence: null, readingOnly: null });
    expect(rule.values.filter((value: { inForce: boolean }) => value.inForce)).toHaveLength(1);
    expect(rule.values[0].sources[0]).toMatchObject({
      number: '市场监管总局令第47号',
      url: expect.stringMatching(/^https:/),
    });
    const users = rule.users.map((user: { type: string; id: string }) => `${user.type} ${user.id}`);
    expect(users).toContain('procedure registration-first');
    expect(users).toContain('promise ha-innov-review');
    expect(users).toContain('calendar cn');
    expect(rule.questions[0].id).toBe('review-start');
  });

  it('shows the limit beside a promise, a duty, and why nothing uses a value', async () => {
    const promise = await read('/rules/gd-first');
    expect(promise.users).toContainEqual(expect.objectContaining({ type: 'limit', id: 'decision' }));
    expect((await read('/rules/self-report-prod')).users).toContainEqual(
      expect.objectContaining({ type: 'duty', id: 'self-report-prod' }),
    );
    expect((await read('/rules/penalty-decision-days')).readingOnly.zh).toMatch(/处罚/);
  });

  it('shows a table with the rows in force marked', async () => {
    const before = await read('/rules/gmp-versions?asOf=2026-10-31');
    const after = await read('/rules/gmp-versions?asOf=2026-11-01');
    const inForce = (table: { rows: { id: string; inForce: boolean }[] }) =>
      table.rows.filter((row) => row.inForce).map((row) => row.id);
    expect(inForce(before)).toContain('gmp-2014');
    expect(inForce(after)).not.toContain('gmp-2014');
    expect(inForce(after)).toContain('gmp-2025');
    expect(after.columns.length).toBeGreaterThan(1);
  });

  it('is not there', async () => {
    expect(await refused('/rules/no-such')).toEqual([404, 'rules.not-found']);
    expect(await refused('/instruments/no-such')).toEqual([404, 'instrument.not-found']);
  });
});

describe('changes', () => {
  it('tells what begins and ends in force', async () => {
    const { items } = await read('/rules/changes?from=2026-10-31&to=2026-11-01&limit=1000');
    const told = items.map((item: Record<string, string>) => `${item.on} ${item.change} ${item.type} ${item.id}`);
    expect(told).toContain('2026-11-01 begins instrument nmpa-107-2025');
    expect(told).toContain('2026-11-01 ends table-row gmp-versions');
    const begun = await read('/rules/changes?from=2021-09-30&to=2021-10-01&axis=force&limit=1000');
    const review = begun.items.find((item: { id: string }) => item.id === 'review-II');
    expect(review).toMatchObject({ change: 'begins', before: null, after: { words: { zh: '60 个工作日' } } });
    expect(review.after.sources[0].article).toBe('第九十二条(二)');
  });

  it('leaves the first day out and takes the last day in', async () => {
    const ids = async (from: string, to: string) =>
      (await read(`/rules/changes?from=${from}&to=${to}&axis=force&limit=1000`)).items.map((i: { id: string }) => i.id);
    expect(await ids('2021-10-01', '2021-10-02')).not.toContain('review-II');
    expect(await ids('2021-09-29', '2021-09-30')).not.toContain('review-II');
  });

  it('tells what was recorded', async () => {
    const { items, total } = await read('/rules/changes?from=2026-11-21&to=2026-11-22&axis=known&limit=1000');
    expect(total.value).toBeGreaterThan(loaded.parameters.size);
    expect(new Set(items.map((item: { type: string }) => item.type))).toEqual(
      new Set(['parameter', 'instrument', 'calendar']),
    );
  });

  it('wants the days in their order', async () => {
    expect(await refused('/rules/changes?from=2026-11-02&to=2026-11-01')).toEqual([400, 'query.days-reversed']);
    expect(await refused('/rules/changes?from=2026-11-02')).toEqual([400, 'http.invalid-request']);
    expect(await refused('/rules/changes?from=x&to=2026-11-01')).toEqual([400, 'read.bad-date']);
  });
});

describe('instruments and coverage', () => {
  it('lists instruments and what rests on each', async () => {
    const { items, total } = await read('/instruments?limit=1000');
    expect(total.value).toBe(loaded.instruments.size);
    expect(items[0].rules).toBeGreaterThan(5);
    const { items: found } = await read(`/instruments?q=${encodeURIComponent('第47号')}`);
    expect(found.map((one: { id: string }) => one.id)).toContain('samr-47-2021');
    const order = await read('/instruments/samr-47-2021');
    expect(order.resting).toContainEqual(expect.objectContaining({ id: 'review-II', article: '第九十二条(二)' }));
    const regulation = await read('/instruments/prc-state-council-739');
    expect(regulation.amendedBy).toEqual([
      expect.objectContaining({ id: 'prc-state-council-797', from: '2025-01-20' }),
    ]);
  });

  it('counts', async () => {
    const coverage = await read('/rules/coverage');
    const sum = (items: { values: number }[]) => items.reduce((total, { values }) => total + values, 0);
    expect(sum(coverage.byFirmness)).toBe(coverage.values);
    expect(coverage.missing.map((one: { id: string }) => one.id)).toContain('inspect-rectify-national-days');
    expect(coverage.readingOnly.length).toBeGreaterThan(10);
    expect(coverage.questions.length).toBeGreaterThan(10);
    expect(held).toBeGreaterThan(20);
  });
});

describe('another rulebook in its place', () => {
  it('is read at the next request, and its own values are marked', async () => {
    const review = loaded.parameters.get('review-II') as Parameter;
    const own = {
      ...(review.values[0] as Parameter['values'][number]),
      from: '2026-01-01' as LocalDate,
      value: 55,
      by: '法规部',
      why: '试行',
      overlay: true as const,
    };
    const parameters = new Map(loaded.parameters).set('review-II', { ...review, values: [...review.values, own] });
    rulebook = new Rulebook({ ...loaded, units: [...loaded.units.values()], parameters });
    try {
      const { items } = await read('/rules?overlay=true');
      expect(items).toEqual([expect.objectContaining({ id: 'review-II', value: 55, overlay: true })]);
      const rule = await read('/rules/review-II');
      expect(rule.values[1]).toMatchObject({ inForce: true, overlay: { by: '法规部', why: '试行' } });
      const { items: changes } = await read('/rules/changes?from=2025-12-31&to=2026-01-01&axis=force');
      expect(changes).toContainEqual(
        expect.objectContaining({
          id: 'review-II',
          change: 'changes',
          before: expect.objectContaining({ words: { zh: '60 个工作日', en: '60 working days' } }),
          after: expect.objectContaining({ words: { zh: '55 个工作日', en: '55 working days' } }),
        }),
      );
    } finally {
      rulebook = loaded;
    }
  });
});
