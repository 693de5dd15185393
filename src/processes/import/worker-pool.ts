import { Worker } from 'node:worker_threads';
import { AppError, isAppError } from '../../kernel/app-error.ts';
import type { ConnectionTarget } from '../../platform/postgres/connections.ts';
import type { PartJob } from './load-part.ts';
import type { WorkerWord } from './part-worker.ts';

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
  /** Records stored since the last call; `done` when the document came to its end. */
  onProgress(read: number, done: boolean): void;
  /** A document cannot be taken as a whole, by its own fault. Waited for before the next one is given out. */
  onRefused(partNo: number, failure: AppError): Promise<void>;
  /** True when the run shall end after the parts in hand; asked before each part. */
  stopped(): boolean;
}

/** True for failures that the files themselves are to blame for: a later run would meet them again. */
export function isFaultOfFile(error: AppError): boolean {
  return /^(part|file|source|release)\./.test(error.code);
}

/**
 * Loads parts with up to `workers` threads, each with a connection of its own. A document that is itself to blame is
 * told to `onRefused` and the others go on. Any other failure ends the run after the parts in hand and is thrown; what
 * was stored stays for a later run.
 */
export async function loadParts(
  target: ConnectionTarget,
  jobs: readonly PartJob[],
  workers: number,
  hooks: PoolHooks,
): Promise<void> {
  const waiting = [...jobs];
  let failure: AppError | undefined;
  const run = (worker: Worker) =>
    new Promise<void>((resolve) => {
      let job: PartJob | undefined;
      const give = () => {
        job = failure || hooks.stopped() ? undefined : waiting.shift();
        worker.postMessage(job ?? null);
      };
      const refuse = (error: AppError) => {
        if (!job || !isFaultOfFile(error)) {
          failure ??= error;
          give();
          return;
        }
        hooks.onRefused(job.part.ordinal, error).then(give, (cause: unknown) => {
          failure ??= isAppError(cause)
            ? cause
            : new AppError('import.store-failed', cause instanceof Error ? cause.message : String(cause), {}, cause);
          give();
        });
      };
      worker.on('message', (word: WorkerWord) => {
        if (word.type === 'progress') hooks.onProgress(word.read, word.state.done);
        else if (word.type === 'failed') refuse(new AppError(word.code, word.message, word.details));
        else give();
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
}
