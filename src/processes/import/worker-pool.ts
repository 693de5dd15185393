import { Worker } from 'node:worker_threads';
import { AppError } from '../../kernel/app-error.ts';
import type { ConnectionTarget } from '../../platform/postgres/connections.ts';
import type { PartJob } from './load-part.ts';
import type { WorkerWord } from './part-worker.ts';
import type { PartState } from './staging.ts';

/** Heap of one worker; the rows of a chunk and the caches stay far below. */
const WORKER_HEAP_MB = 192;

function startWorker(target: ConnectionTarget): Worker {
  const options = { workerData: { target }, resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB } };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./part-worker.js', import.meta.url), options);
  // from the sources (tests, benchmarks) the thread has to learn TypeScript first, as this process did
  const learn = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => {
    register();
    return import(${JSON.stringify(new URL('./part-worker.ts', import.meta.url).href)});
  });`;
  return new Worker(learn, { ...options, eval: true });
}

export interface PoolHooks {
  /** Records stored since the last call. */
  onProgress(read: number): void;
  /** True when the run shall end after the parts in hand; asked before each part. */
  stopped(): boolean;
}

/**
 * Loads parts with up to `workers` threads, each with a connection of its own. The first failure ends the run after
 * the parts in hand and is thrown; what was stored stays for a later run.
 */
export async function loadParts(
  target: ConnectionTarget,
  jobs: readonly PartJob[],
  workers: number,
  hooks: PoolHooks,
): Promise<PartState[]> {
  const waiting = [...jobs];
  const done: PartState[] = [];
  let failure: AppError | undefined;
  const run = (worker: Worker) =>
    new Promise<void>((resolve) => {
      const give = () => {
        const job = failure || hooks.stopped() ? undefined : waiting.shift();
        worker.postMessage(job ?? null);
      };
      worker.on('message', (word: WorkerWord) => {
        if (word.type === 'progress') hooks.onProgress(word.read);
        else {
          if (word.type === 'done') done.push(word.state);
          else failure ??= new AppError(word.code, word.message, word.details);
          give();
        }
      });
      worker.on('error', (error) => {
        failure ??= new AppError(
          'import.worker-failed',
          `a reading thread ended: ${(error as Error).message}`,
          {},
          error,
        );
        resolve();
      });
      worker.on('exit', () => resolve());
      give();
    });
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, () => run(startWorker(target))));
  if (failure) throw failure;
  return done;
}
