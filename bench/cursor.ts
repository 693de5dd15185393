/**
 * Whole result sets: page by page with the cursor, and as one .ndjson file. Rows a second over HTTP on one connection,
 * with the repeated or missing rows counted (there should be none).
 *
 *   XIEDANG_DATA=DIR node --import tsx bench/cursor.ts [--rows 300000] [--limit 1000] [--seed 20261101]
 *
 * Sets larger than --rows are left there (0 = read to the last row). The first page, which ranks and counts, is in the
 * time. Prints one JSON object.
 */
import { get } from 'node:http';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openStore, storeOptionsFrom } from '../src/platform/postgres/store.ts';
import { LoopbackClient } from './reading/loopback-client.ts';
import { questions } from './reading/questions.ts';
import { serve } from './reading/served.ts';
import { sizeOf } from './reading/size.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '300000' },
    limit: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '20261101' },
  },
});
const upTo = Number(values.rows) || Number.POSITIVE_INFINITY;
const seed = Number(values.seed);

interface Read {
  readonly rows: number;
  readonly distinct: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly total: { value: number; relation: string } | null;
  readonly toTheEnd: boolean;
}

interface List {
  readonly items: { source: string; recordKey: string }[];
  readonly next: string | null;
  readonly total: { value: number; relation: string };
}

const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
const sql = store.ownerSql();
const size = await sizeOf(sql);
const drawn = await questions(sql, seed, 60);
const server = await serve('api');
const keyOf = (item: { source: string; recordKey: string }) => `${item.source}/${item.recordKey}`;
const perSecond = (rows: number, seconds: number) => Math.round(rows / seconds);

async function byCursor(query: string, most = upTo): Promise<Read> {
  const client = new LoopbackClient(server.port);
  const seen = new Set<string>();
  let rows = 0;
  let cursor: string | null = '';
  let total: List['total'] | null = null;
  const started = performance.now();
  while (cursor !== null && rows < most) {
    const { body, status } = await client.get(
      `/api/v1/devices?limit=${values.limit}&${query}${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    if (status !== 200) throw new Error(`status ${status}: ${body.toString('utf8').slice(0, 300)}`);
    const list = JSON.parse(body.toString('utf8')) as List;
    total ??= list.total;
    for (const item of list.items) seen.add(keyOf(item));
    rows += list.items.length;
    cursor = list.next;
  }
  const seconds = (performance.now() - started) / 1000;
  client.close();
  return {
    rows,
    distinct: seen.size,
    seconds: Math.round(seconds * 100) / 100,
    rowsPerSecond: perSecond(rows, seconds),
    total,
    toTheEnd: cursor === null,
  };
}

/** Lines of the file; read until `upTo` and then cut off. */
async function byFile(query: string): Promise<Read | { status: number }> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const request = get({ port: server.port, host: '127.0.0.1', path: `/api/v1/devices.ndjson?${query}` }, (answer) => {
      if (answer.statusCode !== 200) {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0 });
        return;
      }
      const seen = new Set<string>();
      let rows = 0;
      let rest = '';
      const done = (toTheEnd: boolean) => {
        const seconds = (performance.now() - started) / 1000;
        resolve({
          rows,
          distinct: seen.size,
          seconds: Math.round(seconds * 100) / 100,
          rowsPerSecond: perSecond(rows, seconds),
          total: null,
          toTheEnd,
        });
      };
      answer.setEncoding('utf8').on('data', (piece: string) => {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) seen.add(keyOf(JSON.parse(line) as List['items'][number]));
        rows += lines.length;
        if (rows >= upTo && !request.destroyed) {
          request.destroy();
          done(false);
        }
      });
      answer.once('end', () => done(true));
    });
    request.on('error', (error) => (request.destroyed ? undefined : reject(error)));
  });
}

const word = drawn.find((q) => q.group === 'search' && q.kind === 'name part');
const asked: readonly (readonly [string, string])[] = [
  ['everything', ''],
  ['everything, by identifier', 'sort=di'],
  ['everything, newest first', 'sort=publishedOn'],
  ['a frequent word', `q=${encodeURIComponent('导管')}`],
  ['a part of a name', (word?.path.split('?')[1] ?? '').replace(/&limit=\d+/, '')],
  ['a class', 'class=13'],
  ['only valid', 'status=valid'],
];
const answer: Record<string, unknown> = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  seed,
  size,
  limit: values.limit,
};
// compiles the code; not counted
await byCursor('', 20_000);
for (const [name, query] of asked) {
  answer[name] = { query: decodeURIComponent(query), cursor: await byCursor(query), file: await byFile(query) };
}
await server.stop();
await store.close();
process.stdout.write(`${JSON.stringify(answer, null, 1)}\n`);
