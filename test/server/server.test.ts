import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../src/app/server/server.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { checkTrail } from '../../src/platform/audit/trail.pg.ts';
import type { HttpServer } from '../../src/platform/http/server.ts';
import { importFiles } from '../../src/processes/import/import-files.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { RegisterFixture } from '../support/register-fixture.ts';

const CERTIFICATE = '国械注准20203130001';
let database: TestDatabase;
let app: HttpServer;
let releases: { first: string; second: string };

const host = { host: '127.0.0.1:8080' };
const own = { ...host, origin: 'http://127.0.0.1:8080' };
const get = (url: string, headers: Record<string, string> = host) => app.inject({ method: 'GET', url, headers });
const post = (url: string, payload: object, headers: Record<string, string> = own) =>
  app.inject({ method: 'POST', url, payload, headers });
const read = async (url: string) => {
  const answer = await get(url);
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json();
};

beforeAll(async () => {
  database = await cloneDatabase();
  const fixture = new RegisterFixture(database.owner);
  const base = { name: '药物洗脱支架', holderName: '江苏瑞康', certificateText: CERTIFICATE };
  const first = await fixture.release(
    { source: 'gudid', releasedOn: '2026-01-10', publishedAt: '2026-01-11T00:00:00Z', mode: 'full' },
    [
      {
        recordKey: 'A',
        di: '06972253600013',
        versionNo: 1,
        validFrom: '2026-01-01',
        model: 'X1',
        product: base,
        payload: '{"rx":"true"}',
      },
      { recordKey: 'B', di: '06972253600020', versionNo: 1, validFrom: '2026-01-01', model: '=1+1', product: base },
      { recordKey: 'C/1', di: '06972253600037', versionNo: 1, validFrom: '2026-01-01', product: base },
    ],
  );
  const second = await fixture.release(
    { source: 'gudid', releasedOn: '2026-03-10', publishedAt: '2026-03-11T00:00:00Z', mode: 'full' },
    [
      {
        recordKey: 'A',
        di: '06972253600013',
        versionNo: 2,
        validFrom: '2026-03-01',
        model: 'X2',
        product: base,
        payload: '{"rx":"false"}',
      },
      { recordKey: 'D', di: '06972253600044', versionNo: 1, validFrom: '2026-03-01', product: base },
    ],
  );
  await fixture.presence(second, 2, 'B', '2026-03-10', false);
  await fixture.problem(second, 2, 'identifier.shared', 'A');
  await fixture.finish();
  releases = { first: first.releaseId, second: second.releaseId };
  const folder = mkdtempSync(join(tmpdir(), 'xiedang-certificates-'));
  const file = join(folder, 'list.csv');
  writeFileSync(
    file,
    `注册证编号,产品名称,注册人名称,代理人名称,批准日期,有效期至,状态\n${CERTIFICATE},药物洗脱支架,江苏瑞康,,2020-05-01,2025-04-30,有效\n国械注准20203130002,球囊,江苏瑞康,,2020-05-01,2025-04-30,已注销\n`,
  );
  const importList = async (path: string, releasedOn: string) =>
    (
      await importFiles(database.store, [path], {
        source: 'nmpa-registrations',
        releasedOn,
        workers: 1,
        actor: 'local',
      })
    ).summary;
  expect(await importList(file, '2025-01-01')).toMatchObject({ read: 2, inserted: 2, rejected: 0 });
  const renewed = join(folder, 'renewed.csv');
  writeFileSync(
    renewed,
    `注册证编号,产品名称,注册人名称,批准日期,有效期至\n${CERTIFICATE},药物洗脱支架,江苏瑞康,2025-05-01,2030-04-30\n`,
  );
  await importList(renewed, '2026-01-01');
  expect(await importList(renewed, '2026-01-01')).toMatchObject({ inserted: 0, updated: 0, unchanged: 1 });
  app = await createServer({ store: database.store, clock: systemClock, version: 'test' });
  await app.ready();
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

describe('who may ask', () => {
  it('refuses names that are not this machine', async () => {
    for (const name of ['evil.example', '127.0.0.1.evil.example', '10.0.0.1', 'localhost.evil.example']) {
      const answer = await get('/api/v1/health', { host: name });
      expect([name, answer.statusCode, answer.json().code]).toEqual([name, 403, 'http.forbidden-host']);
    }
    expect((await get('/api/v1/health', { host: 'localhost:3000' })).statusCode).toBe(200);
  });

  it('refuses writes from other pages and without Origin; long questions may come without', async () => {
    const body = {
      kind: 'note',
      occurredOn: '2026-01-01',
      subjects: [{ type: 'party', key: 'p' }],
      body: { text: 'x' },
    };
    for (const origin of [undefined, 'http://evil.example', 'null', 'http://127.0.0.1:9999']) {
      const answer = await post('/api/v1/records', body, origin === undefined ? host : { ...host, origin });
      expect([origin, answer.statusCode]).toEqual([origin, 403]);
    }
    expect((await post('/api/v1/lookup', { codes: ['06972253600013'] }, host)).statusCode).toBe(200);
  });

  it('the application role appends records and can neither change nor remove them', async () => {
    for (const table of ['record', 'record_subject', 'audit_entry', 'device_version', 'certificate_version']) {
      await expect(database.app.unsafe(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' });
    }
    for (const change of [
      'record set kind = kind',
      'record_subject set key = key',
      'audit_entry set act = act',
      'device_version set model = model',
    ]) {
      await expect(database.app.unsafe(`update ${change}`)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('every answer', () => {
  it('carries security headers, a request id and the limits', async () => {
    const { headers } = await get('/api/v1/health');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers).toHaveProperty('x-ratelimit-limit');
  });

  it.each([
    ['/api/v1/nowhere', 404, 'http.not-found'],
    ['/api/v1/devices?asOf=2026-02-30', 400, 'read.bad-date'],
    ['/api/v1/devices?knownAt=yesterday', 400, 'read.bad-instant'],
    ['/api/v1/devices?limit=0', 400, 'http.invalid-request'],
    ['/api/v1/devices?cursor=xyz', 400, 'list.bad-cursor'],
    ['/api/v1/dossiers/devices/gudid/none', 404, 'device.not-found'],
    ['/api/v1/dossiers/certificates/none', 404, 'certificate.not-found'],
    ['/api/v1/parties/none', 404, 'party.not-found'],
    ['/api/v1/releases/none', 404, 'release.not-found'],
    ['/api/v1/releases/none/changes', 404, 'release.not-found'],
  ])('%s is a problem', async (url, status, code) => {
    const answer = await get(url);
    expect([answer.statusCode, answer.headers['content-type'], answer.json().code]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
      code,
    ]);
  });

  it('is described: OpenAPI names the routes, the page shows them without scripts', async () => {
    const document = await read('/api/openapi.json');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/v1/devices',
        '/api/v1/lookup',
        '/api/v1/dossiers/devices/{source}/{recordKey}',
        '/api/v1/records',
        '/api/v1/releases/{releaseId}/changes',
      ]),
    );
    const page = await get('/api/docs');
    expect(page.body).toContain('/api/v1/devices/facets');
    expect(page.body).not.toMatch(/<script|https?:\/\/(?!127)/);
  });
});

describe('dossier of a device', () => {
  it('turns back to any legal and known day', async () => {
    const at = async (query: string) => (await read(`/api/v1/dossiers/devices/gudid/A?${query}`)).device.model;
    expect(await at('')).toBe('X2');
    expect(await at('asOf=2026-02-28')).toBe('X1');
    expect(await at('asOf=2026-03-05&knownAt=2026-03-01')).toBe('X1');
    expect(await at('asOf=2026-03-05&knownAt=2026-03-11T00:00:00Z')).toBe('X2');
    expect((await get('/api/v1/dossiers/devices/gudid/A?knownAt=2026-01-01')).statusCode).toBe(404);
    const early = await read('/api/v1/dossiers/devices/gudid/A?asOf=2025-06-01');
    expect([early.note.code, early.device.model]).toEqual(['not-yet-valid', 'X1']);
  });

  it('points every value at its place', async () => {
    const file = await read('/api/v1/dossiers/devices/gudid/A');
    for (const value of [...file.values, ...file.identifiers, ...file.versions])
      expect(file.sources[value.src]).toBeDefined();
    const rx = file.values.find((value: { tag: string }) => value.tag === 'rx');
    expect(file.sources[rx.src]).toMatchObject({
      releaseId: releases.second,
      part: 'part.xml',
      length: 90,
      firmness: 'primary',
    });
    expect(file.problems).toMatchObject([{ code: 'identifier.shared' }]);
    expect(file.certificates).toMatchObject([{ number: CERTIFICATE, status: { outcome: 'valid' } }]);
  });

  it('says what a full release no longer holds', async () => {
    expect((await read('/api/v1/dossiers/devices/gudid/B')).device).toMatchObject({
      status: 'withdrawn',
      withdrawnOn: '2026-03-10',
    });
    expect((await read('/api/v1/dossiers/devices/gudid/B?asOf=2026-03-09')).device.status).toBe('valid');
    expect((await read('/api/v1/devices?status=withdrawn')).total).toEqual({ value: 1, relation: 'exact' });
  });

  it('compares two versions, prints, and takes keys with a slash', async () => {
    const { fields } = await read('/api/v1/dossiers/devices/gudid/A/compare?from=2026-02-01:&to=2026-03-05:');
    expect(fields.map((f: { tag: string }) => f.tag).sort()).toEqual([
      'publicVersionDate',
      'publicVersionNumber',
      'rx',
      'versionModelNumber',
    ]);
    const pdf = await get('/api/v1/dossiers/devices/gudid/A/print.pdf');
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await read('/api/v1/dossiers/devices/gudid/C%2F1')).device.recordKey).toBe('C/1');
  });

  it('is where a Digital Link leads', async () => {
    expect((await get('/01/06972253600013/10/L1')).headers.location).toBe('/d/gudid/A');
    const json = await get('/01/06972253600013?17=301231', { ...host, accept: 'application/json' });
    expect(json.json()).toMatchObject({ found: true, kind: 'udi' });
    expect((await get('/01/06901234567892', { ...host, accept: 'application/json' })).statusCode).toBe(404);
  });
});

describe('certificates', () => {
  const status = async (query: string, number = CERTIFICATE) =>
    (await read(`/api/v1/dossiers/certificates/${encodeURIComponent(number)}?${query}`)).status;

  it('have one stated status on any day', async () => {
    expect(await status('asOf=2024-01-01')).toMatchObject({ outcome: 'valid', reason: { zh: '有效期至 2025-04-30' } });
    expect(await status('asOf=2026-02-01')).toMatchObject({ outcome: 'valid', reason: { zh: '有效期至 2030-04-30' } });
    expect(await status('asOf=2031-01-01')).toMatchObject({ outcome: 'expired', determinable: true });
    expect(await status('asOf=2019-01-01')).toMatchObject({
      outcome: 'unknown',
      determinable: false,
      missing: [{ name: 'earlier' }],
    });
    expect(await status('', '国械注准20203130002')).toMatchObject({ outcome: 'withdrawn' });
  });

  it('list their products, devices and history', async () => {
    const file = await read(`/api/v1/dossiers/certificates/${encodeURIComponent(CERTIFICATE)}`);
    expect(file.history).toHaveLength(2);
    expect(file.devices.count.value).toBe(4);
    expect(file.values.find((v: { tag: string }) => v.tag === 'validUntil').value).toBe('2030-04-30');
    const { items } = await read(`/api/v1/dossiers/certificates/${encodeURIComponent(CERTIFICATE)}/devices?limit=3`);
    expect(items).toHaveLength(3);
  });

  it('belong to a party with a file', async () => {
    const { items } = await read('/api/v1/parties?q=瑞康'.replace('瑞康', encodeURIComponent('瑞康')));
    const file = await read(`/api/v1/parties/${encodeURIComponent(items[0].key)}`);
    expect(file.certificates.map((c: { number: string }) => c.number)).toContain(CERTIFICATE);
  });
});

describe('records and watches', () => {
  it('append, correct once, show both, and put devices under recall', async () => {
    const subjects = [{ type: 'certificate', key: CERTIFICATE }];
    const recall = { kind: 'recall', occurredOn: '2026-02-01', subjects, body: { level: '二级', reason: '标签' } };
    expect((await read('/api/v1/devices?hasRecall=true')).total.value).toBe(0);
    const made = await post('/api/v1/records', recall);
    expect(made.statusCode).toBe(201);
    expect((await read('/api/v1/devices?hasRecall=true')).total).toEqual({ value: 4, relation: 'exact' });
    expect((await read('/api/v1/devices?hasRecall=false')).total.value).toBe(0);
    const { id } = made.json();
    const corrected = await post('/api/v1/records', {
      ...recall,
      corrects: id,
      body: { level: '三级', reason: '标签' },
    });
    expect(corrected.statusCode).toBe(201);
    const again = await post('/api/v1/records', { ...recall, corrects: id });
    expect([again.statusCode, again.json().code]).toEqual([409, 'record.already-corrected']);
    const file = await read('/api/v1/dossiers/devices/gudid/A');
    expect(file.records.map((r: { correctedBy: string | null }) => r.correctedBy)).toEqual(
      [null, corrected.json().id].sort((a) => (a === null ? -1 : 1)),
    );
  });

  it.each([
    [{ kind: 'party' }, 'record.unknown-kind'],
    [{ body: { level: '四级', reason: 'x' } }, 'record.bad-body'],
    [{ body: { level: '一级', reason: 'x', more: 1 } }, 'record.bad-body'],
    [{ corrects: '00000000-0000-4000-8000-000000000000' }, 'record.not-found'],
  ])('%j is refused', async (change, code) => {
    const answer = await post('/api/v1/records', {
      kind: 'recall',
      occurredOn: '2026-02-01',
      subjects: [{ type: 'device', key: 'gudid/A' }],
      body: { level: '一级', reason: 'x' },
      ...change,
    });
    expect(answer.json().code).toBe(code);
  });

  it('a watch tells what happened since', async () => {
    const made = await post('/api/v1/watches', { type: 'device', key: 'gudid/A' });
    expect(made.statusCode).toBe(201);
    const { items } = await read('/api/v1/watches/changes?since=2026-02-01T00:00:00Z');
    expect(items).toMatchObject([{ what: 'versions', releaseId: releases.second, count: 1 }]);
    const gone = await app.inject({ method: 'DELETE', url: `/api/v1/watches/${made.json().id}`, headers: own });
    expect(gone.statusCode).toBe(204);
    expect((await read('/api/v1/watches')).items).toEqual([]);
  });

  it('every write is in the trail, and a changed entry shows', async () => {
    const { entries, broken } = await checkTrail(database.owner);
    expect([entries > 5, broken]).toEqual([true, null]);
    await database.owner`update audit_entry set actor = 'someone' where no = 3`;
    expect((await checkTrail(database.owner)).broken).toBe(3);
  });
});

describe('releases and quality', () => {
  it('report what a release changed', async () => {
    const { items } = await read(`/api/v1/releases/${releases.second}/changes`);
    expect(items.map((c: { kind: string; key: string }) => [c.kind, c.key]).sort()).toEqual([
      ['changed', 'A'],
      ['new', 'D'],
      ['withdrawn', 'B'],
    ]);
    expect(
      items
        .find((c: { key: string }) => c.key === 'A')
        .fields.map((f: { name: string; from: unknown; to: unknown }) => [f.name, f.from, f.to]),
    ).toEqual([
      ['publicVersionNumber', '1', '2'],
      ['publicVersionDate', '2026-01-01', '2026-03-01'],
      ['versionModelNumber', 'X1', 'X2'],
      ['rx', 'true', 'false'],
    ]);
    const kinds = (await read(`/api/v1/releases/${releases.first}/changes?kind=new`)).items;
    expect(kinds).toHaveLength(3);
    const paged: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await read(`/api/v1/releases/${releases.second}/changes?limit=1${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items.map((c: { key: string }) => c.key));
      if (!page.next) break;
      cursor = page.next;
    }
    expect(paged.sort()).toEqual(['A', 'B', 'D']);
  });

  it('open the rows behind a count', async () => {
    const { items } = await read('/api/v1/quality?source=gudid');
    expect(items).toMatchObject([{ release: releases.second, code: 'identifier.shared', count: 1 }]);
    const rows = await read(`/api/v1/quality/rows?release=${releases.second}&code=identifier.shared`);
    expect(rows.items).toMatchObject([{ recordKey: 'A', di: '06972253600013', part: 'part.xml' }]);
  });

  it('screen, API and file hold the same devices', async () => {
    const lines = (await get('/api/v1/devices.ndjson?q=支架'.replace('支架', encodeURIComponent('支架')))).body
      .trim()
      .split('\n');
    const { items, total } = await read(`/api/v1/devices?q=${encodeURIComponent('支架')}`);
    expect(lines.map((line) => JSON.parse(line).recordKey)).toEqual(
      items.map((i: { recordKey: string }) => i.recordKey),
    );
    expect(total.value).toBe(lines.length);
    const csv = (await get('/api/v1/devices.csv')).body;
    expect(csv.split('\r\n')).toHaveLength(lines.length + 2);
    expect(csv).toContain("'=1+1");
    expect((await get('/api/v1/devices.csv?asOf=nonsense')).statusCode).toBe(400);
  });

  it('the first page has its counts and codes to try', async () => {
    const summary = await read('/api/v1/summary');
    expect(summary).toMatchObject({ devices: 4, demo: false });
    expect(summary.examples.length).toBeGreaterThan(0);
    expect((await read('/api/v1/sources')).items.map((s: { id: string }) => s.id)).toContain('gudid');
  });
});
