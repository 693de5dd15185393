/** Starts the worker that reads codes. */
export function createReadingWorker(): Worker {
  return new Worker(new URL('./reading-worker.ts', import.meta.url), { type: 'module' });
}
