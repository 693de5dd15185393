/**
 * Memory of an import by size: for each size a generated release is imported into a fresh embedded store, and the
 * largest memory seen of our processes together and of all PostgreSQL processes together is printed, one JSON line a
 * size. PSS counts shared pages once, RSS counts them for each process. Linux only (/proc).
 *   node --import tsx bench/memory.ts 10000 200000 [--workers 2] [--parts 5000]
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateRelease } from './generate/release.ts';

const SAMPLE_EVERY_MS = 200;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Use {
  rss: number;
  pss: number;
  processes: number;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly postgres: boolean;
}

/** Every process with its parent. */
function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return [{ pid: Number(pid), parent, postgres: name.startsWith('postgres') }];
      } catch {
        return [];
      }
    });
}

/** A process and all below it, as far as they are wanted. */
function familyOf(all: readonly Process[], root: number, wanted: (one: Process) => boolean): number[] {
  const found = new Set(all.filter((one) => one.pid === root && wanted(one)).map((one) => one.pid));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const one of all) if (found.has(one.parent) && wanted(one)) found.add(one.pid);
  }
  return [...found];
}

/** Megabytes of some processes together. */
function memoryOf(pids: readonly number[]): Use {
  const use = { rss: 0, pss: 0, processes: 0 };
  for (const pid of pids) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      use.rss += Number(/^Rss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
      use.pss += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
      use.processes++;
    } catch {
      // it ended while we looked
    }
  }
  return use;
}

function keepLargest(largest: Use, seen: Use): void {
  for (const key of ['rss', 'pss', 'processes'] as const) largest[key] = Math.max(largest[key], Math.round(seen[key]));
}

/** The database server of a data folder; undefined while it does not run. */
function postmasterOf(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]) || undefined;
  } catch {
    return undefined;
  }
}

async function measure(devices: number, workers: string, perPart: number): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'xiedang-memory-'));
  // the database runs as another user when we are root
  chmodSync(folder, 0o711);
  const release = join(folder, 'release');
  const data = join(folder, 'data');
  try {
    await generateRelease({
      out: release,
      zip: false,
      faults: {},
      devices,
      files: Math.max(1, Math.ceil(devices / perPart)),
      seed: 42,
      kind: 'full',
      date: '2026-05-01',
    });
    const built = existsSync(join(ROOT, 'dist/app/cli/main.js'));
    const command = built ? [join(ROOT, 'bin/xiedang.mjs')] : ['--import', 'tsx', join(ROOT, 'src/app/cli/main.ts')];
    const files = readdirSync(release).filter((name) => name.endsWith('.xml'));
    const started = performance.now();
    const child = spawn(
      process.execPath,
      [...command, 'import', ...files.map((name) => join(release, name)), '--json', '--workers', workers],
      {
        cwd: ROOT,
        env: { ...process.env, XIEDANG_DATA: data, DATABASE_URL: '' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let answer = '';
    child.stdout.on('data', (chunk: Buffer) => {
      answer += chunk.toString('utf8');
    });
    const ours: Use = { rss: 0, pss: 0, processes: 0 };
    const postgres: Use = { rss: 0, pss: 0, processes: 0 };
    const timer = setInterval(() => {
      const all = processes();
      keepLargest(ours, memoryOf(familyOf(all, child.pid ?? 0, (one) => !one.postgres)));
      const postmaster = postmasterOf(data);
      if (postmaster !== undefined) keepLargest(postgres, memoryOf(familyOf(all, postmaster, () => true)));
    }, SAMPLE_EVERY_MS);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    clearInterval(timer);
    const summary = JSON.parse(answer.trim().split('\n').at(-1) || '{}') as { inserted?: number };
    if (code !== 0 || !summary.inserted)
      throw new Error(`the import of ${devices} devices ended with ${code}: ${answer}`);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    return {
      devices,
      inserted: summary.inserted,
      seconds,
      built,
      workers: Number(workers),
      oursMb: ours,
      postgresMb: postgres,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { workers: { type: 'string', default: '2' }, parts: { type: 'string', default: '5000' } },
});
const sizes = positionals.map(Number);
if (!sizes.length || !sizes.every((size) => Number.isSafeInteger(size) && size > 0))
  throw new RangeError('name the numbers of devices: bench/memory.ts 10000 200000');
for (const size of sizes) {
  process.stdout.write(`${JSON.stringify(await measure(size, values.workers, Number(values.parts)))}\n`);
}
