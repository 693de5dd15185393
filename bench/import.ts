/**
 * Imports a release on a fresh embedded store and sets its rate against the reference scanner, alone on one core in the
 * same run (before and after the import, so that a change of the machine's speed shows). Prints the time by stage and
 * the largest memory of our processes and of PostgreSQL.
 * node --import tsx bench/import.ts DIR [--data FOLDER] [--sample 100000]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addTo, scanFile } from './reference-scanner.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, sample: { type: 'string', default: '100000' } },
});
const dir = positionals[0];
if (!dir) throw new RangeError('name the folder of a generated release (bench/generate)');
const files = readdirSync(dir)
  .filter((f) => f.endsWith('.xml'))
  .sort()
  .map((f) => join(dir, f));

/** Records a second of the reference scanner over the first files of the release. */
async function reference(sample: number): Promise<number> {
  const sum = { records: 0, packages: 0, nameLength: 0 };
  let started = 0;
  let from = 0;
  for (const [i, file] of files.entries()) {
    if (i === 1) {
      started = performance.now();
      from = sum.records;
    }
    await scanFile(file, (device) => addTo(sum, device));
    if (sum.records - from >= sample && i > 0) break;
  }
  return Math.round((sum.records - from) / ((performance.now() - started) / 1000));
}

/** Proportional memory in MB of the processes whose command line matches, from /proc. */
function memory(): { ours: number; postgres: number } {
  let ours = 0;
  let postgres = 0;
  for (const pid of readdirSync('/proc').filter((p) => /^\d+$/.test(p))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const isOurs = command.includes('xiedang') && command.includes(' import ') && !command.includes('bench/');
      const isPostgres = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(data) && command.includes('postgres');
      if (!isOurs && !isPostgres && !command.startsWith('postgres:')) continue;
      const pss = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
      if (isOurs) ours += pss;
      else if (command.startsWith('postgres:') ? postmasters.has(parentOf(pid)) : isPostgres) postgres += pss;
    } catch {
      // the process ended while we looked
    }
  }
  return { ours, postgres };
}

const parentOf = (pid: string): string =>
  /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
const postmasters = new Set<string>();
const data = values.data ?? mkdtempSync(join(tmpdir(), 'xiedang-bench-'));

const before = await reference(Number(values.sample));
const started = performance.now();
const child = spawn(process.execPath, ['bin/xiedang.mjs', 'import', ...files, '--json'], {
  env: { ...process.env, XIEDANG_DATA: data },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let out = '';
child.stdout.setEncoding('utf8').on('data', (text: string) => {
  out += text;
});
const peak = { ours: 0, postgres: 0 };
const watch = setInterval(() => {
  try {
    postmasters.clear();
    const pid = readFileSync(join(data, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0];
    if (pid) postmasters.add(pid);
    const now = memory();
    peak.ours = Math.max(peak.ours, now.ours);
    peak.postgres = Math.max(peak.postgres, now.postgres);
  } catch {
    // not started yet, or stopped already
  }
}, 2000);
const status = await new Promise<number | null>((resolve) => child.on('exit', resolve));
clearInterval(watch);
const seconds = (performance.now() - started) / 1000;
const after = await reference(Number(values.sample));
if (status !== 0) throw new Error(`the import ended with ${status}: ${out}`);
const summary = JSON.parse(out.trim().split('\n').at(-1) ?? '{}');
const scanner = Math.round((before + after) / 2);
const rate = Math.round(summary.read / seconds);
console.log(
  JSON.stringify({
    cores: cpus().length,
    cpu: cpus()[0]?.model,
    records: summary.read,
    identifiers: summary.identifiers,
    seconds: Math.round(seconds * 10) / 10,
    recordsPerSecond: rate,
    referencePerSecond: { before, after },
    ratio: Math.round((rate / scanner) * 1000) / 1000,
    stages: summary.releases[0]?.stages,
    peakMb: { ours: Math.round(peak.ours), postgres: Math.round(peak.postgres) },
  }),
);
if (!values.data) rmSync(data, { recursive: true, force: true });
