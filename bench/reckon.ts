/**
 * Reckoning open cases anew after a change of calendar: random cases are kept in a store of its own, then a year is
 * entered whose holidays fall into the days they are counted over.
 *   node --import tsx bench/reckon.ts [--cases 100000] [--seed 20261122] [--rounds 3]
 * Set against computing the same cases without a database in the same run. Prints one JSON object.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type KeptCase, reckon, writeCase } from '../src/domains/clocks/reckon.ts';
import { reckonWith } from '../src/domains/clocks/reckoning.pg.ts';
import { runCase } from '../src/domains/clocks/run.ts';
import { addDays, type LocalDate } from '../src/kernel/local-date.ts';
import { migrate } from '../src/platform/postgres/migrate.ts';
import { openStore } from '../src/platform/postgres/store.ts';
import { loadRulebook } from '../src/rules/load.ts';
import { writeCalendar } from '../src/rules/overlay-calendar.ts';
import { random, randomCase } from '../test/rules/random-cases.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '20261122' },
    rounds: { type: 'string', default: '3' },
  },
});
const count = Number(values.cases);
const TODAY = '2026-11-22' as LocalDate;
const clock = { now: () => new Date(`${TODAY}T04:00:00Z`) };
const folder = mkdtempSync(join(tmpdir(), 'xiedang-reckon-'));
const overlay = join(folder, 'rulebook');

/** The running years' cases: moved so that they are open today and reach over the new year. */
function openCases(): KeptCase[] {
  const next = random(Number(values.seed));
  return Array.from({ length: count }, () => {
    const { asOf: _asOf, ...one } = randomCase(next);
    const first = one.events.map((event) => event.date).sort()[0] as LocalDate;
    const shift = Math.round((Date.parse(TODAY) - Date.parse(first)) / 86_400_000) - Math.floor(next() * 90);
    return { ...one, events: one.events.map((event) => ({ ...event, date: addDays(event.date, shift) })) };
  });
}

const store = await openStore({ dataDir: folder, role: 'server' });
try {
  await migrate(store.ownerSql());
  const sql = store.ownerSql();
  const before = loadRulebook({ overlay });
  const cases = openCases();
  for (let at = 0; at < count; at += 10_000) {
    const rows = cases.slice(at, at + 10_000).map((input, i) => ({ title: `case ${at + i}`, input }));
    const ids = await sql.unsafe<{ id: string }[]>(
      `insert into clock_case (title, procedure, class, origin, actor)
       select r->>'title', r->'input'->>'procedure', r->'input'->>'class', r->'input'->>'origin', 'bench'
       from jsonb_array_elements($1::text::jsonb) as r returning id`,
      [JSON.stringify(rows)],
    );
    const states = ids.map(({ id }, i) => {
      const { input } = rows[i] as { input: KeptCase };
      return { ...reckon(id, input, false, before, TODAY), input: writeCase(input) };
    });
    await sql.unsafe(
      `insert into clock_case_state select * from jsonb_to_recordset($1::text::jsonb) as s(case_id uuid, input text,
         dues text, state text, next_due date, next_limit text, provisional boolean, closed boolean)`,
      [JSON.stringify(states)],
    );
  }
  await sql.unsafe('analyze clock_case_state');
  await reckonWith(store.appSql(), { cause: 'day', actor: 'bench' }, before, clock);
  const runs: { loadSeconds: number; seconds: number; cases: number; changed: number }[] = [];
  let book = before;
  for (let round = 0; round < Number(values.rounds); round++) {
    // other make-up days each time, so that something moves in every round
    writeCalendar(
      overlay,
      {
        year: 2027,
        off: { 元旦: ['2027-01-01..2027-01-03'], 春节: [`2027-02-0${4 + round}..2027-02-1${2 + round}`] },
        makeUp: [],
        notice: { title: `bench ${round}` },
        by: 'bench',
        why: 'bench',
      },
      TODAY,
    );
    const loading = performance.now();
    // the built program reads one compiled file here; from the sources it is hundreds of YAML files
    const next = loadRulebook({ overlay });
    const started = performance.now();
    const answer = await reckonWith(
      store.appSql(),
      { cause: 'calendar 2027', actor: 'bench', before: book },
      next,
      clock,
    );
    runs.push({
      loadSeconds: Number(((started - loading) / 1000).toFixed(2)),
      seconds: Number(((performance.now() - started) / 1000).toFixed(2)),
      cases: answer.cases,
      changed: answer.changed,
    });
    book = next;
  }
  const started = performance.now();
  for (const input of cases) runCase({ ...input, asOf: TODAY }, book, { quiet: true });
  const alone = (performance.now() - started) / 1000;
  const median = [...runs].map((run) => run.seconds).sort((a, b) => a - b)[Math.floor(runs.length / 2)] as number;
  process.stdout.write(
    `${JSON.stringify({ cpu: cpus()[0]?.model, cores: cpus().length, cases: count, seed: Number(values.seed), runs, medianSeconds: median, goalSeconds: 5, computingAloneSeconds: Number(alone.toFixed(2)), ratioToComputingAlone: Number((median / alone).toFixed(2)) }, null, 1)}\n`,
  );
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
