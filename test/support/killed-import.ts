import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ImportSummary } from '../../src/processes/import/import-files.ts';

const CLI = fileURLToPath(new URL('../../src/app/cli/main.ts', import.meta.url));

export interface ImportProcess {
  readonly child: ChildProcess;
  /** The last line of `--json`, or why there is none. */
  readonly end: Promise<{
    code: number | null;
    signal: NodeJS.Signals | null;
    summary: ImportSummary | undefined;
    errors: string;
  }>;
}

/** `xiedang import … --json` from the sources as a process of its own, in a process group of its own. */
export function importProcess(
  files: readonly string[],
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): ImportProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', CLI, 'import', ...files, '--json', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let out = '';
  let errors = '';
  child.stdout?.on('data', (piece: Buffer) => {
    out += piece.toString();
  });
  child.stderr?.on('data', (piece: Buffer) => {
    errors += piece.toString();
  });
  const end = once(child, 'close').then(([code, signal]) => {
    const last = out.trim().split('\n').at(-1);
    return {
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      summary: last ? (JSON.parse(last) as ImportSummary) : undefined,
      errors,
    };
  });
  return { child, end };
}

/** Looks every few milliseconds until `ready` says so, or the process has ended. */
export async function whenReady(run: ImportProcess, ready: () => Promise<boolean>): Promise<boolean> {
  let ended = false;
  void run.end.then(() => {
    ended = true;
  });
  for (;;) {
    if (ended) return false;
    if (await ready().catch(() => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
