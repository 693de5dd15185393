import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isAppError } from '../../src/kernel/app-error.ts';
import { openStore } from '../../src/platform/postgres/store.ts';

/**
 * A process of its own that opens a store, for tests of what happens between processes.
 * It answers one JSON line when the store is open (or refused) and obeys words on stdin.
 */
export interface StoreProcess {
  readonly child: ChildProcess;
  /** `{ port }`, or `{ code, message, details }` when it was refused. */
  readonly opened: Record<string, unknown>;
  /** `query` answers `{ rows }`; `close` closes the store; `exit` and `throw` end without closing. */
  say(word: 'query' | 'close' | 'exit' | 'throw'): Promise<Record<string, unknown>>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

export async function spawnStore(dataDir: string, role: 'server' | 'client', address = ''): Promise<StoreProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), dataDir, role, address], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const next = async () => {
    const line = await lines.next();
    return line.done ? { ended: true } : (JSON.parse(line.value) as Record<string, unknown>);
  };
  const opened = await next();
  return {
    child,
    opened,
    say(word) {
      child.stdin!.write(`${word}\n`);
      return next();
    },
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

async function main(dataDir: string, role: 'server' | 'client', address: string): Promise<void> {
  const answer = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);
  try {
    const store = await openStore({ dataDir, role });
    if (address) store.announce(address);
    answer({ port: store.owner.port });
    for await (const word of createInterface({ input: process.stdin })) {
      if (word === 'exit') process.exit(0);
      if (word === 'throw')
        setImmediate(() => {
          throw new Error('thrown on purpose, not caught by anyone');
        });
      if (word === 'query')
        answer({ rows: await store.ownerSql()`select count(*) as n from pg_class where relname = 'kept'` });
      if (word === 'close') {
        await store.close();
        answer({ closed: true });
        return;
      }
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
    answer({ code: error.code, message: error.message, details: error.details });
  }
}

const [, program, dataDir, role, address] = process.argv;
if (program === fileURLToPath(import.meta.url) && dataDir)
  await main(dataDir, role === 'server' ? 'server' : 'client', address ?? '');
