import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own. */
export interface Served {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the API over the store that the environment names (`api`), or the bare routes to compare it with (`bare`). */
export async function serve(what: 'api' | 'bare'): Promise<Served> {
  const script = fileURLToPath(new URL('./server-process.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, what], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  ended.catch(() => undefined);
  const port = await Promise.race([
    ended,
    new Promise<number>((resolve) => {
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        const found = /^port (\d+)$/m.exec(text)?.[1];
        if (found) resolve(Number(found));
      });
    }),
  ]);
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      child.stdin?.end();
      await ended.catch(() => undefined);
    },
  };
}
