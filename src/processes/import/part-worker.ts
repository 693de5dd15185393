import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '../../kernel/app-error.ts';
import { type ConnectionTarget, connect } from '../../platform/postgres/connections.ts';
import { type PartJob, PartLoader } from './load-part.ts';
import type { PartState } from './staging.ts';

/** What a worker says: records stored since the last word, a finished part, or why it cannot be read. */
export type WorkerWord =
  | { readonly type: 'progress'; readonly read: number; readonly state: PartState }
  | { readonly type: 'done'; readonly state: PartState }
  | {
      readonly type: 'failed';
      readonly code: string;
      readonly message: string;
      readonly details: Record<string, unknown>;
    };

const port = parentPort;
if (!port) throw new Error('part-worker runs as a worker thread');
const sql = connect((workerData as { target: ConnectionTarget }).target, { max: 1, applicationName: 'xiedang-import' });
const say = (word: WorkerWord) => port.postMessage(word);
const loader = new PartLoader(sql, (read, state) => say({ type: 'progress', read, state }));

port.on('message', (job: PartJob | null) => {
  if (job === null) {
    sql.end({ timeout: 5 }).then(
      () => port.close(),
      () => port.close(),
    );
    return;
  }
  loader.load(job).then(
    (state) => say({ type: 'done', state }),
    (error: unknown) =>
      say({
        type: 'failed',
        code: isAppError(error) ? error.code : 'internal',
        message: error instanceof Error ? error.message : String(error),
        details: isAppError(error) ? { ...error.details } : {},
      }),
  );
});
