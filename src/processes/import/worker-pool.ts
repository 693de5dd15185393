import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError, isAppError } from '../../kernel/app-error.ts';
import { type ConnectionTarget, connect } from '../../platform/postgres/connections.ts';
import { type PartJob, PartLoader } from './load-part.ts';
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

/** Documents of so many bytes in all are read in this thread: a thread more would take longer to start. */
const SMALL = 1 << 20;

interface Reader {
  /** Reads a document into the staged tables; throws an AppError. */
  read(job: PartJob): Promise<void>;
  end(): Promise<void>;
}

function readerHere(target: ConnectionTarget, onProgress: PoolHooks['onProgress']): Reader {
  const sql = connect(target, { max: 1, applicationName: 'xiedang-import' });
  const loader = new PartLoader(sql, (read, state) => onProgress(read, state.done));
  return {
    async read(job) {
      await loader.load(job);
    },
    end: () => sql.end({ timeout: 5 }),
  };
}

function readerInThread(target: ConnectionTarget, onProgress: PoolHooks['onProgress']): Reader {
  const worker = startWorker(target);
  let settle: { resolve(): void; reject(error: AppError): void } | undefined;
  let ended: AppError | undefined;
  const fail = (message: string, cause?: unknown) => {
    ended ??= new AppError('import.worker-failed', `a reading thread ended: ${message}`, {}, cause);
    settle?.reject(ended);
  };
  const exit = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      fail(`exit code ${code}`);
      resolve();
    });
  });
  worker.on('error', (error) => fail((error as Error).message, error));
  worker.on('message', (word: WorkerWord) => {
    if (word.type === 'progress') onProgress(word.read, word.state.done);
    else if (word.type === 'done') settle?.resolve();
    else settle?.reject(new AppError(word.code, word.message, word.details));
  });
  return {
    read: (job) =>
      new Promise<void>((resolve, reject) => {
        settle = { resolve, reject };
        if (ended) reject(ended);
        else worker.postMessage(job);
      }),
    async end() {
      settle = undefined;
      if (!ended) worker.postMessage(null);
      await exit;
    },
  };
}

/**
 * Loads parts with up to `workers` threads, each with a connection of its own; few bytes in this thread. A document
 * that is itself to blame is told to `onRefused` and the others go on. Any other failure ends the run after the parts in
 * hand and is thrown; what was stored stays for a later run.
 */
export async function loadParts(
  target: ConnectionTarget,
  jobs: readonly PartJob[],
  workers: number,
  hooks: PoolHooks,
): Promise<void> {
  const waiting = [...jobs];
  let failure: AppError | undefined;
  const run = async (reader: Reader) => {
    try {
      for (;;) {
        const job = failure || hooks.stopped() ? undefined : waiting.shift();
        if (!job) return;
        try {
          await reader.read(job);
        } catch (error) {
          if (!isAppError(error) || !isFaultOfFile(error)) throw error;
          await hooks.onRefused(job.part.ordinal, error);
        }
      }
    } catch (cause) {
      failure ??= isAppError(cause)
        ? cause
        : new AppError('import.store-failed', cause instanceof Error ? cause.message : String(cause), {}, cause);
    } finally {
      await reader.end();
    }
  };
  const bytes = jobs.reduce((sum, { part }) => sum + (part.bytes?.size ?? sizeOf(part.file)), 0);
  const start = bytes <= SMALL ? readerHere : readerInThread;
  const readers = bytes <= SMALL ? Math.min(1, jobs.length) : Math.min(workers, jobs.length);
  await Promise.all(Array.from({ length: readers }, () => run(start(target, hooks.onProgress))));
  if (failure) throw failure;
}

/** Bytes of a file; one that is gone is told by whoever reads it. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
