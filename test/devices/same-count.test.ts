import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServer } from '../../src/app/server/server.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { HttpServer } from '../../src/platform/http/server.ts';
import { loadDemoWhenNew } from '../../src/processes/demo/demo.ts';
import { random } from '../rules/random-cases.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

const SEED = Number(process.env.XIEDANG_SEED ?? 20261122);
const COUNT = 200;

let database: TestDatabase;
let app: HttpServer;

beforeAll(async () => {
  database = await cloneDatabase();
  await loadDemoWhenNew(database.store);
  app = await createServer({ store: database.store, clock: systemClock, version: 'test' });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const ask = async (url: string) => {
  const answer = await app.inject({ url: `/api/v1${url}`, headers: { host: 'localhost' } });
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer;
};

/** Words, parts of words, holders and filters that stand in the data, some of them together. */
async function questions(): Promise<string[]> {
  const rows = await database.owner<
    { name: string | null; brand: string | null; holder: string; key: string; model: string | null }[]
  >`
    select p.name, p.brand, p.holder_name as holder, p.holder_key as key, v.model
    from device_version v join product p on p.shelf = v.shelf and p.id = v.product_id order by v.record_key`;
  const next = random(SEED);
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  const words = (text: string | null) => (text ?? '').split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  return Array.from({ length: COUNT }, () => {
    const row = pick(rows);
    const q = new URLSearchParams();
    const kind = next();
    if (kind < 0.25) q.set('q', pick([...words(row.name), ...words(row.brand), 'catheter']));
    else if (kind < 0.4) q.set('q', words(row.holder).slice(0, 2).join(' ') || row.holder);
    else if (kind < 0.55) q.set('q', (row.model ?? row.name ?? 'a').slice(0, 4));
    else if (kind < 0.7) q.set('holder', row.key);
    else if (kind < 0.8) q.set('q', pick(words(row.name).concat('system')).slice(0, -1));
    if (next() < 0.3) q.set('source', pick(['gudid', 'eudamed']));
    if (next() < 0.2) q.set('status', pick(['valid', 'withdrawn']));
    if (next() < 0.15) q.set('hasRecall', pick(['true', 'false']));
    return q.toString();
  });
}

it(`screen, interface and file give the same count for ${COUNT} random queries (seed ${SEED})`, async () => {
  let found = 0;
  let exact = 0;
  for (const query of await questions()) {
    const pages: string[] = [];
    let total: { value: number; relation: string } | undefined;
    let cursor: string | null = null;
    do {
      const page: { items: { source: string; recordKey: string }[]; next: string | null; total: typeof total } = (
        await ask(`/devices?${query}&limit=37${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
      ).json();
      total ??= page.total;
      pages.push(...page.items.map((item) => `${item.source}/${item.recordKey}`));
      cursor = page.next;
    } while (cursor);
    const lines = (await ask(`/devices.ndjson?${query}`)).body.split('\n').filter((line) => line !== '');
    const facets = (await ask(`/devices/facets?${query}`)).json();
    expect([query, new Set(pages).size], 'no row twice').toEqual([query, pages.length]);
    expect([query, lines.length], 'the file').toEqual([query, pages.length]);
    // a total that says it is an estimate had not the time to count; one that says it is exact is
    if (total?.relation === 'exact') {
      expect([query, total.value], 'the total of the page').toEqual([query, pages.length]);
      exact++;
    }
    if (facets.total.relation === 'exact')
      expect([query, facets.total.value], 'the total beside the facets').toEqual([query, pages.length]);
    if (pages.length > 0) found++;
  }
  expect(found).toBeGreaterThan(COUNT / 2);
  expect(exact).toBeGreaterThan(COUNT / 4);
}, 240_000);
