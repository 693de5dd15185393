/**
 * Latency of reads over HTTP, at whatever size the data folder holds: dossier by any key, look-up by code, first page of
 * free text, facets with their total, suggestions. Questions are drawn from the data by a printed seed and asked one
 * after another, so that a time is a latency and not a queue. Between them a route that reads nothing is asked: what it
 * takes is the noise of the machine.
 *
 *   XIEDANG_DATA=DIR node --import tsx bench/reads.ts [--count 300] [--rounds 3] [--seed 20261101] [--slowest 12]
 *     [--while-import DIR]  measures as long as an import of DIR, held to one core, runs beside it (it changes the store:
 *                           give it a copy); at most --seconds 300
 *
 * On a machine that others use, `chrt -r 1` before the command gives the reads the processor when they ask for it.
 * Each round asks other questions, but for the first (warm-up) round, which is not counted. Figures are the medians of
 * the rounds. Prints one JSON object.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openStore, storeOptionsFrom } from '../src/platform/postgres/store.ts';
import { type Latency, latency, median, rounded } from './reading/latencies.ts';
import { LoopbackClient } from './reading/loopback-client.ts';
import { type Question, questions } from './reading/questions.ts';
import { importBeside } from './reading/running-import.ts';
import { serve } from './reading/served.ts';
import { sizeOf } from './reading/size.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '20261101' },
    slowest: { type: 'string', default: '12' },
    seconds: { type: 'string', default: '300' },
    'while-import': { type: 'string' },
  },
});
const seed = Number(values.seed);
const count = Number(values.count);

interface Asked {
  readonly question: Question;
  readonly ms: number;
  readonly status: number;
  /** Step of the import that ran meanwhile. */
  readonly stage: string | null;
}

const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
const sql = store.ownerSql();
const size = await sizeOf(sql);
const server = await serve('api');
const client = new LoopbackClient(server.port);

async function round(number: number, stage: () => string | null, until: () => boolean): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const [i, question] of (await questions(sql, seed + number, count)).entries()) {
    if (until()) break;
    const { ms, status } = await client.get(question.path, question.headers);
    asked.push({ question, ms, status, stage: stage() });
    if (i % 8 === 0) {
      const nothing = await client.get('/api/v1/records/kinds');
      const kind = 'reads nothing';
      asked.push({
        question: { group: 'lookup', kind, path: '' },
        ms: nothing.ms,
        status: nothing.status,
        stage: stage(),
      });
    }
  }
  return asked;
}

const never = () => false;
await round(-1, () => null, never);
const rounds: Asked[][] = [];
const stages = new Map<string, number>();
if (values['while-import']) {
  const running = await importBeside(sql, values['while-import']);
  const end = performance.now() + Number(values.seconds) * 1000;
  const over = () => running.ended() || performance.now() > end;
  for (let i = 0; !over(); i++) rounds.push(await round(i, running.stage, over));
  for (const [name, seconds] of await running.stop()) stages.set(name, seconds);
} else {
  for (let i = 0; i < Number(values.rounds); i++) rounds.push(await round(i, () => null, never));
}
client.close();
await server.stop();
await store.close();

/** Medians over the rounds of each percentile; the number of all. */
function figures(choose: (asked: Asked) => boolean): Latency {
  const each = rounds.map((asked) => latency(asked.filter(choose).map((a) => a.ms))).filter((l) => l.n > 0);
  const mid = (of: (l: Latency) => number) => rounded(median(each.map(of)));
  const n = each.reduce((sum, l) => sum + l.n, 0);
  return { n, p50: mid((l) => l.p50), p95: mid((l) => l.p95), p99: mid((l) => l.p99), max: mid((l) => l.max) };
}

const BUDGETS: Readonly<Record<string, { readonly million: number; readonly five: number }>> = {
  dossier: { million: 30, five: 100 },
  lookup: { million: 30, five: 100 },
  search: { million: 60, five: 200 },
  facets: { million: 1000, five: 1000 },
  suggest: { million: 60, five: 200 },
};
const all = rounds.flat();
const isRead = (a: Asked) => a.question.kind !== 'reads nothing';
const groups = [...new Set(all.filter(isRead).map((a) => a.question.group))].sort();
const large = size.identifiers > 3_000_000;
const answer = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  seed,
  size,
  rounds: rounds.length,
  readsNothing: figures((a) => !isRead(a)),
  groups: Object.fromEntries(
    groups.map((group) => {
      const of = figures((a) => isRead(a) && a.question.group === group);
      const budget = BUDGETS[group]?.[large ? 'five' : 'million'] ?? 0;
      const kinds = [
        ...new Set(all.filter((a) => a.question.group === group && isRead(a)).map((a) => a.question.kind)),
      ];
      return [
        group,
        {
          ...of,
          budget,
          holds: of.p95 <= budget,
          ...(stages.size === 0
            ? {}
            : {
                whileImporting: Object.fromEntries(
                  [...stages].map(([stage, seconds]) => [
                    stage,
                    {
                      seconds,
                      ...latency(
                        all
                          .filter((a) => isRead(a) && a.question.group === group && a.stage === stage)
                          .map((a) => a.ms),
                      ),
                    },
                  ]),
                ),
              }),
          kinds: Object.fromEntries(
            kinds.sort().map((kind) => {
              const { n, p50, p95, max } = latency(
                all.filter((a) => a.question.group === group && a.question.kind === kind).map((a) => a.ms),
              );
              return [kind, `n ${n}  p50 ${p50}  p95 ${p95}  max ${max}`];
            }),
          ),
        },
      ];
    }),
  ),
  failed: all.filter((a) => a.status >= 400 && a.status !== 404).length,
  slowest: [...all]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, Number(values.slowest))
    .map((a) => ({ ms: rounded(a.ms), kind: a.question.kind, path: decodeURIComponent(a.question.path) })),
};
process.stdout.write(`${JSON.stringify(answer, null, 1)}\n`);
