/**
 * Requests a second of hot routes, set against bare Fastify routes that run the same statements with the same
 * connection settings (and answer its rows as they are), each server in a process of its own. Both are measured in turns
 * within one run, so that the ratio holds on a busy machine.
 *
 *   XIEDANG_DATA=DIR node --import tsx bench/api.ts [--connections 8] [--seconds 3] [--rounds 5] [--seed 20261101]
 *
 * Prints one JSON object: requests a second (medians of the rounds), latencies, ratio.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openStore, storeOptionsFrom } from '../src/platform/postgres/store.ts';
import { latency, median, rounded } from './reading/latencies.ts';
import { LoopbackClient } from './reading/loopback-client.ts';
import { questions } from './reading/questions.ts';
import { type Served, serve } from './reading/served.ts';
import { sizeOf } from './reading/size.ts';

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '20261101' },
  },
});
const connections = Number(values.connections);
const seconds = Number(values.seconds);
const seed = Number(values.seed);

const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
const sql = store.ownerSql();
const size = await sizeOf(sql);
const drawn = await questions(sql, seed, 2000);
const [api, bare] = [await serve('api'), await serve('bare')];

/** Hot routes: the paths asked of the API, and of the bare server. */
const routes = {
  'look-up by identifier': {
    api: drawn.filter((q) => q.group === 'lookup' && q.kind === 'main identifier').map((q) => q.path),
    bare: (path: string) => path.replace('/api/v1', ''),
  },
  'dossier of a device (both run its five statements)': {
    api: drawn.filter((q) => q.group === 'dossier' && q.kind === 'record key').map((q) => q.path),
    bare: (path: string) => path.replace('/api/v1', ''),
  },
};

async function load(
  server: Served,
  paths: readonly string[],
  seconds: number,
): Promise<{ rate: number; times: number[] }> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new LoopbackClient(server.port);
      while (performance.now() < end) {
        const { status, ms } = await client.get(paths[next++ % paths.length] as string);
        if (status !== 200) throw new Error(`status ${status}`);
        times.push(ms);
      }
      client.close();
    }),
  );
  return { rate: times.length / ((performance.now() - started) / 1000), times };
}

const answer: Record<string, unknown> = { cpu: cpus()[0]?.model, cores: cpus().length, seed, size, connections };
for (const [name, { api: paths, bare: toBare }] of Object.entries(routes)) {
  const barePaths = paths.map(toBare);
  const rates: { ours: number; bare: number }[] = [];
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let round = -1; round < Number(values.rounds); round++) {
    // the first round warms up: code is compiled, and every connection has planned its statements a few times
    const length = round < 0 ? 3 * seconds : seconds;
    const theirs = await load(bare, barePaths, length);
    const ours = await load(api, paths, length);
    if (round < 0) continue;
    rates.push({ ours: ours.rate, bare: theirs.rate });
    times.ours.push(...ours.times);
    times.bare.push(...theirs.times);
  }
  answer[name] = {
    requestsPerSecond: Math.round(median(rates.map((r) => r.ours))),
    bareRequestsPerSecond: Math.round(median(rates.map((r) => r.bare))),
    ratio: rounded(median(rates.map((r) => r.ours / r.bare))),
    latency: latency(times.ours),
    bareLatency: latency(times.bare),
  };
}
await api.stop();
await bare.stop();
await store.close();
process.stdout.write(`${JSON.stringify(answer, null, 1)}\n`);
