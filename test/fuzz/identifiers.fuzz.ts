/**
 * Throws random and damaged codes at every parser of the identifiers library until the time is over; finds exceptions,
 * broken answers, and inputs that take too long.
 *
 *   npx tsx test/fuzz/identifiers.fuzz.ts --seconds 60 [--seed 1]
 */
import { parseArgs } from 'node:util';
import {
  ALL_FORMS,
  ALL_KINDS,
  anyInput,
  bestTime,
  longInput,
  randomFrom,
  readAll,
  TIME_LIMIT,
  timedParsers,
} from './identifier-fuzzing.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 2_147_483_647);
const random = randomFrom(seed);
const end = performance.now() + Number(values.seconds) * 1000;
console.log(`seed ${seed}, ${values.seconds} seconds`);

let inputs = 0;
let longest = 0;
let slowest = '';
const findings: string[] = [];
while (performance.now() < end && findings.length < 20) {
  const input = anyInput(random);
  inputs++;
  try {
    readAll(input, ALL_FORMS, ALL_KINDS);
  } catch (error) {
    findings.push(`${JSON.stringify(input)}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  if (inputs % 500 !== 0) continue;
  // Lengths up to the limit of the parsers, where all of it is read, and a megabyte, where it has to be refused.
  const long = longInput(random, [8_000, 500, 1_000_000][random(3)] as number);
  for (const [name, call] of timedParsers(long)) {
    try {
      const time = bestTime(call);
      if (time > longest) {
        longest = time;
        slowest = `${name}, ${long.length} characters beginning ${JSON.stringify(long.slice(0, 40))}`;
      }
      if (time > TIME_LIMIT)
        findings.push(
          `${name}: ${time.toFixed(0)} ms for ${long.length} characters, ${JSON.stringify(long.slice(0, 60))}`,
        );
    } catch (error) {
      findings.push(`${name} on ${long.length} characters ${JSON.stringify(long.slice(0, 60))}: ${String(error)}`);
    }
  }
}
console.log(
  `${inputs} inputs, each read in ${ALL_FORMS.length} forms and as ${ALL_KINDS.length} kinds of number; slowest ${longest.toFixed(1)} ms (${slowest})`,
);
for (const finding of findings) console.log(`FOUND ${finding}`);
if (findings.length > 0) {
  console.log(`again with --seed ${seed}`);
  process.exitCode = 1;
} else console.log('nothing found');
