import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from '../../src/platform/postgres/connections.ts';

/** An import that runs beside the measurement. */
export interface RunningImport {
  /** The step it is at; null between imports. */
  stage(): string | null;
  ended(): boolean;
  /** Interrupts it when it still runs; seconds spent in each step. */
  stop(): Promise<Map<string, number>>;
}

const LAST_CORE = '1';

/** Holds a running process to one core, at ordinary priority; it may have ended meanwhile. */
function hold(pid: number): void {
  try {
    execFileSync('chrt', ['-o', '-p', '0', String(pid)], { stdio: 'ignore' });
    execFileSync('taskset', ['-a', '-cp', LAST_CORE, String(pid)], { stdio: 'ignore' });
  } catch {
    // gone already
  }
}

/**
 * Imports every release file of a folder, held to one core: the program with its threads, and the sessions of the
 * database that work for it (those of the owner of the tables, but our own).
 */
export async function importBeside(sql: Sql, folder: string): Promise<RunningImport> {
  const files = readdirSync(folder)
    .filter((name) => /\.(xml|zip)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
  const program = [process.execPath, 'bin/xiedang.mjs', 'import', ...files, '--json'];
  const child = spawn('chrt', ['-o', '0', 'taskset', '-c', LAST_CORE, ...program], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let over = false;
  const exit = new Promise<void>((resolve) => {
    child.once('exit', () => {
      over = true;
      resolve();
    });
  });
  const spent = new Map<string, number>();
  let stage: string | null = null;
  let before = performance.now();
  const held = new Set<number>();
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    const [running] = await sql<{ stage: string }[]>`select stage from import where state = 'running' limit 1`;
    const sessions = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where usename = current_user and datname = current_database()
        and pid <> pg_backend_pid() and backend_start > now() - interval '1 hour' and query not like '%pg_stat_activity%'
        and query not like '%from import where state%'`;
    for (const { pid } of sessions) {
      if (held.has(pid)) continue;
      held.add(pid);
      hold(pid);
    }
    const now = performance.now();
    if (stage !== null) spent.set(stage, (spent.get(stage) ?? 0) + (now - before) / 1000);
    before = now;
    stage = over ? null : (running?.stage ?? null);
    looking = false;
  };
  const watch = setInterval(() => void look().catch(() => undefined), 250);
  return {
    stage: () => stage,
    ended: () => over,
    async stop() {
      clearInterval(watch);
      if (!over) child.kill('SIGINT');
      await exit;
      return new Map([...spent].map(([name, seconds]) => [name, Math.round(seconds * 10) / 10]));
    },
  };
}
