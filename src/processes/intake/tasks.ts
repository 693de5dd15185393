import { spawn } from 'node:child_process';
import { addJob, type JobTask, type Queue, startQueue } from '../../platform/jobs/queue.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import type { Store } from '../../platform/postgres/store.ts';
import { countAttempt, endJob, findJob, reopenJobs } from './job-store.ts';
import { MOST_ATTEMPTS } from './types.ts';

const TASK = 'import';
/** How long after a crash it is tried again, times the number of attempts. */
const AGAIN_MS = 500;
/** The heap of the importing process; its threads have limits of their own. */
const HEAP_MB = 256;
/** Longest piece of what a process said on standard error that is kept. */
const LAST_WORDS = 2_000;
const LAST_WORDS_MS = 500;

export interface IntakeRunnerOptions {
  readonly store: Store;
  /** Program and arguments in front of the verb: node, its options, the command's entry. */
  readonly command: readonly [program: string, ...args: string[]];
  /** Environment of the importing process; it must lead to the same store. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: { readonly level: string; readonly message: string }) => void;
  readonly claimEvery?: number;
  /** Jobs of others in the same queue. */
  readonly tasks?: Readonly<Record<string, JobTask>> | undefined;
}

/** Puts a job into the queue, in the transaction that entered it. */
export function enqueueImport(tx: Queryable, jobId: number, order = 0): Promise<void> {
  return addJob(tx, { task: TASK, key: `import:${jobId}`, payload: { jobId }, order, lane: TASK });
}

/**
 * Works off queued imports, one after another, each in a process of its own: what it needs of memory, and whatever
 * goes wrong in it, is not the server's. After a restart unfinished imports go on where they stood.
 */
export function startIntakeRunner(options: IntakeRunnerOptions): Promise<Queue> {
  const sql = () => options.store.ownerSql();
  const task: JobTask = async ({ jobId }, signal) => {
    if (typeof jobId !== 'number' || signal.aborted) return;
    await countAttempt(sql(), jobId);
    const { code, words } = await runProcess(options, jobId, signal);
    const job = await findJob(sql(), jobId);
    if (job?.state !== 'running' && job?.state !== 'queued') return;
    // the process left without writing how it went
    if (signal.aborted) return endJob(sql(), jobId, { state: 'queued' });
    if (job.stopRequestedAt !== null) return endJob(sql(), jobId, { state: 'interrupted' });
    const message = `导入进程异常结束（${code}）：${words.trim().split('\n').at(-1) ?? ''}`;
    options.log({ level: 'error', message: `${message}\n${words}` });
    if (job.attempts < MOST_ATTEMPTS) {
      await endJob(sql(), jobId, { state: 'queued' });
      return enqueueImport(sql(), jobId, job.attempts * AGAIN_MS);
    }
    await endJob(sql(), jobId, { state: 'failed', failure: { code: 'import.crashed', message } });
  };
  return startQueue({
    target: options.store.owner,
    tasks: { ...options.tasks, [TASK]: task },
    onClaimed: async () => {
      const ids = await reopenJobs(sql());
      for (const [order, id] of ids.entries()) await enqueueImport(sql(), id, order);
    },
    log: options.log,
    ...(options.claimEvery === undefined ? {} : { claimEvery: options.claimEvery }),
  });
}

/** Runs `import-job N`; its channel to us closes when we end, however we end, and then it ends too. */
function runProcess(
  options: IntakeRunnerOptions,
  jobId: number,
  signal: AbortSignal,
): Promise<{ code: string; words: string }> {
  const [program, ...args] = options.command;
  return new Promise((resolve) => {
    let words = '';
    const child = spawn(program, [`--max-old-space-size=${HEAP_MB}`, ...args, 'import-job', String(jobId)], {
      env: options.env,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const leave = () => child.connected && child.disconnect();
    signal.addEventListener('abort', leave, { once: true });
    child.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString('utf8')).slice(-LAST_WORDS);
    });
    const end = (code: string) => {
      signal.removeEventListener('abort', leave);
      resolve({ code, words });
    };
    child.on('error', (error) => end(error.message));
    // not 'close': after our own disconnect it never comes (Node 20); the last words may follow the exit
    child.on('exit', (code, by) => {
      const done = () => end(by ?? String(code));
      if (child.stderr?.readableEnded === false) child.stderr.once('end', done);
      setTimeout(done, LAST_WORDS_MS).unref();
    });
  });
}
