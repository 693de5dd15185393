import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../src/app/server/server.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { HttpServer } from '../../src/platform/http/server.ts';
import { prepareQueue } from '../../src/platform/jobs/queue.ts';
import { storeOn } from '../../src/platform/postgres/store.ts';
import { safeFileName, tidyInbox } from '../../src/processes/intake/inbox.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { multipartForm } from '../support/multipart.ts';
import { deviceXml, udidRecord, udidXml } from '../support/udid-release.ts';

const day = (n: number) => `UDID_DAY_UPDATE_202605${String(n).padStart(2, '0')}.xml`;
const xml = (...numbers: number[]) => udidXml(numbers.map((n) => deviceXml(udidRecord(n))));
const headers = { host: 'localhost', origin: 'http://localhost' };

let db: TestDatabase;
let app: HttpServer;
let dataDir: string;
beforeAll(async () => {
  db = await cloneDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'xiedang-inbox-'));
  await prepareQueue(db.store.owner, () => undefined);
  const { kind, app: appTarget, owner } = db.store;
  const store = storeOn({
    kind,
    dataDir,
    app: appTarget,
    owner,
    announce: () => undefined,
    leave: async () => undefined,
  });
  // nobody works the queue here: what is uploaded waits
  app = await createServer({ store, clock: systemClock, version: 'test', uploadLimit: 20_000 });
  app.addHook('onClose', () => store.close());
});
afterAll(async () => {
  await app?.close();
  await db?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const upload = (fields: Record<string, string>, ...files: { name: string; bytes: Uint8Array | string }[]) =>
  app.inject({ method: 'POST', url: '/api/v1/releases', ...multipartForm(fields, files) });
const inbox = () => (existsSync(join(dataDir, 'inbox')) ? readdirSync(join(dataDir, 'inbox')) : []);

describe('who may upload', () => {
  it('refuses a form from another site', async () => {
    const form = multipartForm({}, [{ name: day(1), bytes: xml(1) }]);
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/releases',
      payload: form.payload,
      headers: { ...form.headers, origin: 'http://elsewhere.example' },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'http.foreign-origin']);
    expect(inbox()).toEqual([]);
  });
});

describe('an upload', () => {
  it('waits as a job, its bytes and hash kept, and can be followed', async () => {
    const answer = await upload({ mode: 'update', dryRun: 'false' }, { name: day(2), bytes: xml(1, 2) });
    expect(answer.statusCode).toBe(202);
    const { importId, files } = answer.json();
    expect(files).toEqual([
      { name: day(2), bytes: Buffer.byteLength(xml(1, 2)), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    const [stored] = await db.owner<{ path: string; sha256: string }[]>`select path, sha256 from import_job_file`;
    expect(dirname(dirname(stored!.path))).toBe(join(dataDir, 'inbox'));
    expect(readFileSync(stored!.path, 'utf8')).toBe(xml(1, 2));
    const progress = await app.inject({ url: `/api/v1/imports/${importId}`, headers });
    expect(progress.json()).toMatchObject({
      importId,
      state: 'queued',
      origin: 'upload',
      read: 0,
      total: null,
      actor: 'local',
    });
    const list = await app.inject({ url: '/api/v1/imports', headers });
    expect(list.json().items.map((item: { importId: string }) => item.importId)).toEqual([importId]);
    const [trail] = await db.owner`select act, subject, detail from audit_entry order by no desc limit 1`;
    expect(trail).toMatchObject({ act: 'import.submit', subject: `import/${importId}` });
  });

  it('of the same files twice is one job, and the second copy is not kept', async () => {
    const first = (await upload({}, { name: day(3), bytes: xml(3) })).json();
    const before = inbox().length;
    const second = (await upload({}, { name: 'another-name.xml', bytes: xml(3) })).json();
    expect(second.importId).toBe(first.importId);
    expect(inbox()).toHaveLength(before);
    const otherWish = (await upload({ dryRun: 'true' }, { name: day(3), bytes: xml(3) })).json();
    expect(otherWish.importId).not.toBe(first.importId);
  });

  it('that only waits is stopped at once and can be gone on with', async () => {
    const { importId } = (await upload({}, { name: day(4), bytes: xml(4) })).json();
    const post = (url: string) => app.inject({ method: 'POST', url, headers, payload: {} });
    expect((await post(`/api/v1/imports/${importId}/stop`)).json()).toMatchObject({ state: 'interrupted' });
    const again = await post(`/api/v1/imports/${importId}/stop`);
    expect([again.statusCode, again.json().code]).toEqual([409, 'import.not-running']);
    const next = (await post(`/api/v1/imports/${importId}/continue`)).json();
    expect(next).toMatchObject({ state: 'queued', origin: 'continue' });
    expect(next.importId).not.toBe(importId);
    const running = await post(`/api/v1/imports/${next.importId}/continue`);
    expect([running.statusCode, running.json().code]).toEqual([409, 'import.not-interrupted']);
  });
});

describe('a bad upload leaves nothing behind', () => {
  it.each([
    ['without a file', {}, [], 400, 'body.no-file'],
    ['with an unknown mode', { mode: 'half' }, [{ name: day(5), bytes: xml(5) }], 400, 'body.bad-fields'],
    [
      'with a day that does not exist',
      { releasedOn: '2026-02-30' },
      [{ name: day(5), bytes: xml(5) }],
      400,
      'body.bad-fields',
    ],
    ['with an unknown field', { modus: 'full' }, [{ name: day(5), bytes: xml(5) }], 400, 'body.bad-fields'],
    ['above the limit', {}, [{ name: day(5), bytes: 'x'.repeat(20_001) }], 413, 'http.too-large'],
    [
      'with a second file above the limit',
      {},
      [
        { name: day(5), bytes: xml(5) },
        { name: day(6), bytes: 'x'.repeat(20_001) },
      ],
      413,
      'http.too-large',
    ],
  ])('%s', async (_what, fields, files, status, code) => {
    const before = inbox().length;
    const answer = await upload(fields as unknown as Record<string, string>, ...files);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(inbox()).toHaveLength(before);
  });

  it('that is no form', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/releases', headers, payload: { file: 'x' } });
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'http.unsupported-type']);
  });
});

describe('names', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\UDID_DAY_UPDATE_20260501.zip', 'UDID_DAY_UPDATE_20260501.zip'],
    ['..', 'upload'],
    ['', 'upload'],
    ['.hidden.xml', 'hidden.xml'],
    ['医疗器械\u0000 名单.xlsx', '医疗器械 名单.xlsx'],
  ])('%j is stored as %j', (given, stored) => {
    expect(safeFileName(given)).toBe(stored);
  });

  it('a very long name keeps its ending and fits a file system', () => {
    const name = safeFileName(`${'械'.repeat(300)}.xml.gz`);
    expect(name.endsWith('.xml.gz')).toBe(true);
    expect(Buffer.byteLength(name)).toBeLessThan(255);
  });
});

it('answers 404 for imports and releases that do not exist', async () => {
  for (const id of ['job-99999', '99999', 'nonsense', 'job-0', '-1'])
    expect((await app.inject({ url: `/api/v1/imports/${id}`, headers })).json().code).toBe('import.not-found');
  const revoke = await app.inject({
    method: 'POST',
    url: '/api/v1/releases/none/revoke',
    headers,
    payload: { reason: 'x' },
  });
  expect([revoke.statusCode, revoke.json().code]).toEqual([404, 'release.unknown']);
});

it('an inbox folder no job needs is tidied away after an hour, others stay', async () => {
  const { utimesSync } = await import('node:fs');
  await upload({}, { name: day(9), bytes: xml(9) });
  const before = inbox().length;
  const [job] = await db.owner<{ id: number; path: string }[]>`
    select j.id, f.path from import_job j join import_job_file f on f.job_id = j.id order by j.id desc limit 1`;
  await db.owner`update import_job set state = 'failed' where id = ${job!.id}`;
  expect(await tidyInbox(db.owner, dataDir)).toBe(0);
  for (const folder of inbox()) utimesSync(join(dataDir, 'inbox', folder), new Date(0), new Date(0));
  expect(await tidyInbox(db.owner, dataDir)).toBe(1);
  expect(existsSync(job!.path)).toBe(false);
  expect(inbox()).toHaveLength(before - 1);
});
