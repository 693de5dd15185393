import { Logger, type Runner, run, runMigrations } from 'graphile-worker';
import { type ConnectionTarget, connect, type Queryable, type Sql } from '../postgres/connections.ts';
import { openPgPool } from '../postgres/pg-pool.ts';

/** Advisory lock of the one process that works the queue of a database. */
const LOCK_KEY = 7_139_231_044;

/** Lanes that are worked at once: a long import does not hold up what is told and sent. */
const LANES = 2;

/** What a job is given: its payload, and a signal that says the process is about to end. */
export type JobTask = (payload: Record<string, unknown>, signal: AbortSignal) => Promise<void>;

export interface QueueOptions {
  /** Owner of the tables; the queue's own schema is made and upgraded as this user. */
  readonly target: ConnectionTarget;
  readonly tasks: Readonly<Record<string, JobTask>>;
  /** Called once this process works the queue, before the first job: puts open work back in. */
  readonly onClaimed: () => Promise<void>;
  readonly log: (line: { readonly level: string; readonly message: string }) => void;
  /** Milliseconds between attempts to take the queue over from another process; default 2,000. */
  readonly claimEvery?: number;
}

export interface Queue {
  /** True while this process works the queue; false while another one does. */
  working(): boolean;
  /** Tells running jobs to end, waits for them, and leaves the queue to others. */
  close(): Promise<void>;
}

/** Adds a job, in the transaction of what it is about. A job with the same key that waits is replaced. */
export async function addJob(
  sql: Queryable,
  job: {
    readonly task: string;
    readonly key: string;
    readonly payload: Record<string, unknown>;
    readonly order?: number;
    /** Jobs of one lane run one after another; other lanes run beside it. */
    readonly lane: string;
  },
): Promise<void> {
  await sql.unsafe(
    `select graphile_worker.add_job($1, $2::text::json, run_at := clock_timestamp() + $3 * interval '1 millisecond',
       job_key := $4, queue_name := $5, max_attempts := 25)`,
    [job.task, JSON.stringify(job.payload), job.order ?? 0, job.key, job.lane],
  );
}

/** Makes or upgrades the schema of the queue. Safe to repeat. */
export async function prepareQueue(target: ConnectionTarget, log: QueueOptions['log']): Promise<void> {
  const pgPool = openPgPool(target, { max: 1, onError: (error) => log({ level: 'warning', message: error.message }) });
  try {
    await runMigrations({ pgPool, logger: loggerOf(log) });
  } finally {
    await pgPool.end();
  }
}

function loggerOf(log: QueueOptions['log']): Logger {
  return new Logger(() => (level, message) => {
    if (level !== 'debug') log({ level, message });
  });
}

/**
 * Works the queue as soon as no other process does: at most one process a database, so that a job found locked when
 * the queue is claimed belongs to a process that is gone. Jobs of a lane run one after another, oldest first.
 */
export async function startQueue(options: QueueOptions): Promise<Queue> {
  const { target, log } = options;
  await prepareQueue(target, log);
  const lock = connect(target, { max: 1, applicationName: 'xiedang-queue-lock' });
  const ending = new AbortController();
  let running: { runner: Runner; end: () => Promise<void> } | undefined;
  let claiming: Promise<void> | undefined;
  const look = async () => {
    try {
      if (running && (await holds(lock))) return;
      const [row] = await lock<{ got: boolean }[]>`select pg_try_advisory_lock(${LOCK_KEY}) as got`;
      if (!row?.got || running || ending.signal.aborted) return;
      await releaseStale(lock);
      await options.onClaimed();
      running = await work(options, ending.signal);
    } catch (error) {
      log({ level: 'error', message: `job queue: ${(error as Error).message}` });
    }
  };
  const tick = () => {
    claiming ??= look().finally(() => {
      claiming = undefined;
    });
    return claiming;
  };
  await tick();
  const timer = setInterval(() => void tick(), options.claimEvery ?? 2_000);
  timer.unref();
  let closing: Promise<void> | undefined;
  return {
    working: () => running !== undefined,
    close() {
      closing ??= (async () => {
        clearInterval(timer);
        ending.abort();
        await claiming;
        await running?.end();
        await lock.end({ timeout: 5 });
      })();
      return closing;
    },
  };
}

/** Does this session still hold the lock? After a lost connection the driver comes back with another session. */
async function holds(lock: Sql): Promise<boolean> {
  const [row] = await lock<{ held: boolean }[]>`
    select exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted) as held`;
  return row?.held ?? false;
}

/** Jobs and lanes locked by processes that are gone are free again at once, not after the library's four hours. */
async function releaseStale(sql: Sql): Promise<void> {
  await sql.unsafe(
    `select graphile_worker.force_unlock_workers(array(
       select locked_by from graphile_worker.jobs where locked_by is not null
       union select locked_by from graphile_worker._private_job_queues where locked_by is not null))`,
  );
}

async function work(options: QueueOptions, ending: AbortSignal): Promise<{ runner: Runner; end: () => Promise<void> }> {
  const pgPool = openPgPool(options.target, {
    max: LANES + 2,
    onError: (error) => options.log({ level: 'warning', message: `job queue connection: ${error.message}` }),
  });
  const taskList = Object.fromEntries(
    Object.entries(options.tasks).map(([name, task]) => [
      name,
      (payload: unknown) => task((payload ?? {}) as Record<string, unknown>, ending),
    ]),
  );
  const runner = await run({
    pgPool,
    taskList,
    concurrency: LANES,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: loggerOf(options.log),
  });
  return {
    runner,
    async end() {
      await runner.stop().catch(() => undefined);
      await pgPool.end();
    },
  };
}
