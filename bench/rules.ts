/**
 * Decisions a second on one core: one value by day without words, one clock with its full trace, working days, whole
 * cases; each set against an empty loop over the same questions in the same run.
 *   node --import tsx bench/rules.ts [--seconds 2] [--seed 20261122]
 * Prints one JSON object.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { runCase } from '../src/domains/clocks/run.ts';
import { addDays, type LocalDate } from '../src/kernel/local-date.ts';
import { loadRulebook } from '../src/rules/load.ts';
import { random, randomCase } from '../test/rules/random-cases.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '2' }, seed: { type: 'string', default: '20261122' } },
});
const seconds = Number(values.seconds);
const next = random(Number(values.seed));

const loading = performance.now();
const rulebook = loadRulebook();
const loadedIn = performance.now() - loading;
const calendar = rulebook.calendar();

const days = Array.from({ length: 4096 }, () => addDays('2021-10-01' as LocalDate, Math.floor(next() * 1800)));
const names = [...rulebook.parameters.keys()];
const cases = Array.from({ length: 4096 }, () => randomCase(next));

/** Best of three rounds; `sink` keeps the work from being left out. */
let sink = 0;
function rate(work: (i: number) => number): number {
  let best = 0;
  for (let round = 0; round < 4; round++) {
    const started = performance.now();
    let done = 0;
    let answered = 0;
    while (performance.now() - started < (seconds * 1000) / 4) {
      for (let i = 0; i < 512; i++) answered += work(done++);
    }
    sink += answered;
    const perSecond = answered / ((performance.now() - started) / 1000);
    if (round > 0 && perSecond > best) best = perSecond;
  }
  return Math.round(best);
}

const at = <T>(list: readonly T[], i: number) => list[i % list.length] as T;
const empty = rate((i) => (at(days, i).length > 0 && at(names, i).length > 0 ? 1 : 0));
const value = rate((i) => (rulebook.valueOn(at(names, i), at(days, i)) ? 1 : 0));
const workday = rate((i) => (calendar.add(at(days, i), (i % 120) - 60) ? 1 : 0));
const traced = rate((i) => runCase(at(cases, i), rulebook).outcome?.clocks.length ?? 0);
const tracedCases = rate((i) => (runCase(at(cases, i), rulebook).outcome ? 1 : 0));
const quietCases = rate((i) => (runCase(at(cases, i), rulebook, { quiet: true }).outcome ? 1 : 0));

process.stdout.write(
  `${JSON.stringify(
    {
      cpu: cpus()[0]?.model,
      cores: cpus().length,
      loadMs: Math.round(loadedIn),
      perSecond: {
        emptyLoop: empty,
        valueByDay: value,
        workdayAdd: workday,
        clockWithTrace: traced,
        caseWithTrace: tracedCases,
        caseWithoutWords: quietCases,
      },
      budgets: {
        valueByDay: { budget: 90_000, ratio: Number((value / 90_000).toFixed(1)), holds: value >= 90_000 },
        clockWithTrace: { budget: 20_000, ratio: Number((traced / 20_000).toFixed(1)), holds: traced >= 20_000 },
      },
    },
    null,
    1,
  )}\n`,
);
if (sink < 0) process.exitCode = 1;
