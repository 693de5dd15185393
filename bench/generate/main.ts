import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { FaultPlan } from './faults.ts';
import { DEFAULT_DATE, generateRelease, readTruth } from './release.ts';
import { generateUpdate } from './update.ts';

const USAGE = `npx tsx bench/generate/main.ts --devices N --files N --out DIR [--seed 42] [--zip] [--kind full|day]
    [--date 2026-05-01] [--faults plan.json]
npx tsx bench/generate/main.ts --update-of DIR|SEED [--devices N] --out DIR --date 2026-05-02 [--new N] [--changed N]
    [--withdrawn N] [--unchanged N] [--files N] [--zip] [--faults plan.json]
DIR of --update-of holds the truth.json of the full release; with a SEED give its --devices (and --base-date).`;

function whole(name: string, text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 0) throw new RangeError(`--${name}: not a whole number: ${text}`);
  return value;
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      devices: { type: 'string' },
      files: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string' },
      zip: { type: 'boolean' },
      kind: { type: 'string' },
      date: { type: 'string' },
      faults: { type: 'string' },
      'update-of': { type: 'string' },
      'base-date': { type: 'string' },
      new: { type: 'string' },
      changed: { type: 'string' },
      withdrawn: { type: 'string' },
      unchanged: { type: 'string' },
    },
  });
  if (!values.out) throw new RangeError(`--out is missing\n${USAGE}`);
  const faults = values.faults ? (JSON.parse(readFileSync(values.faults, 'utf8')) as FaultPlan) : {};
  const started = performance.now();
  const common = { out: values.out, zip: values.zip ?? false, faults };
  const base = values['update-of'];
  let rows: number;
  let bytes: number;
  let seed: number;
  if (base !== undefined) {
    const known = existsSync(base)
      ? readTruth(base)
      : {
          devices: whole('devices', values.devices, 0),
          seed: whole('update-of', base, 0),
          date: values['base-date'] ?? DEFAULT_DATE,
        };
    if (known.devices === 0) throw new RangeError(`--devices of the full release is missing\n${USAGE}`);
    const truth = await generateUpdate({
      ...common,
      base: { devices: known.devices, seed: known.seed, date: known.date },
      date: values.date ?? '2026-05-02',
      files: whole('files', values.files, 1),
      new: whole('new', values.new, 3000),
      changed: whole('changed', values.changed, 2000),
      withdrawn: whole('withdrawn', values.withdrawn, 50),
      unchanged: whole('unchanged', values.unchanged, 100),
    });
    ({ rows, bytes, seed } = truth);
  } else {
    if (values.kind !== undefined && values.kind !== 'full' && values.kind !== 'day')
      throw new RangeError(`--kind: ${values.kind}`);
    const truth = await generateRelease({
      ...common,
      devices: whole('devices', values.devices, 10_000),
      files: whole('files', values.files, 2),
      seed: whole('seed', values.seed, 42),
      kind: values.kind ?? 'full',
      date: values.date ?? DEFAULT_DATE,
    });
    ({ rows, bytes, seed } = truth);
  }
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage().user / 1e6;
  process.stdout.write(
    `${JSON.stringify({ seed, rows, bytes, bytesPerRow: Math.round(bytes / rows), seconds: Number(seconds.toFixed(2)), rowsPerSecond: Math.round(rows / seconds), cpuSeconds: Number(cpu.toFixed(2)), rowsPerCpuSecond: Math.round(rows / cpu), peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`,
  );
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof RangeError ? 2 : 1;
});
