/**
 * Kills an import with -9 three times, the first time together with its database, and shows that it ends equal to one that
 * was left alone: hashes over the content without surrogate keys and record times. Prints how much was read twice.
 * node --import tsx bench/kill.ts DIR [--at 0.2,0.5,0.7]     DIR: a generated release (bench/generate)
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder } from '../src/platform/postgres/data-folder.ts';
import { postmasterState } from '../src/platform/postgres/embedded-server.ts';
import { openStore } from '../src/platform/postgres/store.ts';
import { contentDigest } from '../test/support/content-digest.ts';
import { importProcess, whenReady } from '../test/support/killed-import.ts';
import { readTruth } from './generate/release.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { at: { type: 'string', default: '0.2,0.5,0.7' } },
});
const dir = positionals[0];
if (!dir) throw new RangeError('name the folder of a generated release (bench/generate)');
const files = readdirSync(dir)
  .filter((name) => /\.(xml|zip)$/.test(name))
  .sort()
  .map((name) => join(dir, name));
const { rows } = readTruth(dir);
const shares = values.at.split(',').map(Number);
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function digestOf(dataDir: string): Promise<Record<string, string>> {
  const store = await openStore({ dataDir, role: 'client' });
  try {
    return await contentDigest(store.ownerSql(), 1);
  } finally {
    await store.close();
  }
}

async function toEnd(dataDir: string) {
  const { code, summary, errors } = await importProcess(files, { XIEDANG_DATA: dataDir, DATABASE_URL: '' }).end;
  if (code !== 0 || !summary) throw new Error(errors || `exit ${code}`);
  return summary;
}

/** Runs until that many records are committed, then kills the process, and its database too when asked. */
async function killAt(dataDir: string, records: number, withDatabase: boolean): Promise<number> {
  const folder = dataFolder(dataDir);
  const run = importProcess(files, { XIEDANG_DATA: dataDir, DATABASE_URL: '' });
  while (!('postmaster' in postmasterState(folder))) await new Promise((resolve) => setTimeout(resolve, 50));
  const store = await openStore({ dataDir, role: 'client' });
  let committed = 0;
  try {
    const met = await whenReady(run, async () => {
      const [row] = await store.ownerSql()<{ n: number }[]>`SELECT coalesce(sum(read), 0)::int AS n FROM import_part`;
      committed = row?.n ?? 0;
      return committed >= records;
    });
    if (!met) throw new Error('the import ended before it could be killed');
    process.kill(-(run.child.pid as number), 'SIGKILL');
    await run.end;
    const [row] = await store.ownerSql()<{ n: number }[]>`SELECT coalesce(sum(read), 0)::int AS n FROM import_part`;
    committed = row?.n ?? 0;
    const state = postmasterState(folder);
    if (withDatabase && 'postmaster' in state) process.kill(-state.postmaster.pid, 'SIGKILL');
  } finally {
    await store.close().catch(() => undefined);
  }
  return committed;
}

const root = mkdtempSync(join(tmpdir(), 'xiedang-bench-kill-'));
// started by root, the database runs as an unprivileged user that must be able to pass
chmodSync(root, 0o711);
try {
  const calm = join(root, 'calm');
  const first = await toEnd(calm);
  print({ run: 'undisturbed', read: first.read, seconds: first.seconds });
  const due = await digestOf(calm);
  rmSync(calm, { recursive: true, force: true });
  const disturbed = join(root, 'disturbed');
  let committed = 0;
  for (const [i, share] of shares.entries()) {
    committed = await killAt(disturbed, share * rows, i === 0);
    print({ run: `killed ${i + 1}`, at: share, committed, database: i === 0 });
  }
  const last = await toEnd(disturbed);
  const twice = last.readNow - (last.read - committed);
  print({
    run: 'last',
    readNow: last.readNow,
    readTwice: twice,
    shareOfCommitted: twice / committed,
    seconds: last.seconds,
  });
  const found = await digestOf(disturbed);
  const equal = JSON.stringify(found) === JSON.stringify(due);
  print({ rows, equal, digest: found });
  if (!equal || twice > 0.1 * committed) process.exitCode = 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}
