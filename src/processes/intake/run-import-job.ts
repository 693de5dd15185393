import { setTimeout as sleep } from 'node:timers/promises';
import { isAppError } from '../../kernel/app-error.ts';
import { connect, type Sql } from '../../platform/postgres/connections.ts';
import type { Store } from '../../platform/postgres/store.ts';
import { type ImportResult, importFiles } from '../import/import-files.ts';
import type { ImportProgress } from '../import/import-release.ts';
import { beginJob, endJob, jobFiles, reportProgress } from './job-store.ts';
import { type ImportJob, MOST_ATTEMPTS } from './types.ts';

export interface JobRun {
  /** True when this process shall end although nobody stopped the job: it is gone on with later. */
  readonly leaving: () => boolean;
  readonly workers: number;
  /** Ends this process at once. */
  readonly exit: () => void;
}

/** How often progress is written and a stop is asked for. */
const LOOK_EVERY_MS = 500;
/** An import told to stop ends after the documents in hand; a long one is left in the middle, which is as safe. */
const GRACE_MS = 2_500;
/** Another import of the same register may be running, begun from the command line: wait for it. */
const BUSY_AGAIN_MS = 1_000;

/** Runs one queued import in this process and writes how it went into its row. */
export async function runImportJob(store: Store, jobId: number, run: JobRun): Promise<void> {
  // a connection of its own: the import may hold all of the owner's pool
  const sql = connect(store.owner, { max: 1, applicationName: 'xiedang-import-job' });
  try {
    const job = await beginJob(sql, jobId);
    if (job) await work(store, sql, job, run);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function work(store: Store, sql: Sql, job: ImportJob, run: JobRun): Promise<void> {
  const meter = new Meter();
  let stopAsked = job.stopRequestedAt !== null;
  let endingSince: number | undefined;
  let reporting: Promise<void> | undefined;
  const ending = () => stopAsked || run.leaving();
  const settle = async () => {
    await endJob(sql, job.id, { state: stopAsked ? 'interrupted' : 'queued' });
    if (meter.last)
      await sql`update import set state = 'interrupted' where id = ${meter.last.importId} and state = 'running'`;
  };
  const look = async () => {
    stopAsked ||= (await reportProgress(sql, job.id, meter.last?.importId ?? null, meter.progress())).stop;
    if (!ending()) return;
    endingSince ??= performance.now();
    if (performance.now() - endingSince < GRACE_MS) return;
    await settle();
    run.exit();
  };
  const timer = setInterval(() => {
    reporting ??= look()
      .catch(() => undefined)
      .finally(() => {
        reporting = undefined;
      });
  }, LOOK_EVERY_MS);
  try {
    const result = await importPatiently(store, job, await filesOf(sql, job.id), { ...run, ending, meter });
    clearInterval(timer);
    await reporting;
    await reportProgress(sql, job.id, meter.last?.importId ?? null, meter.progress());
    if (result === undefined || interrupted(result)) return await settle();
    const failure = result.failures[0];
    // a lost database or a fault of ours: leave without a word, the server tries again
    if (failure?.code === 'internal' && job.attempts < MOST_ATTEMPTS) throw new Error(failure.message);
    await endJob(sql, job.id, {
      state: failure ? 'failed' : 'done',
      summary: result.summary,
      failure: failure ? { code: failure.code, message: failure.message } : null,
    });
  } catch (error) {
    clearInterval(timer);
    await reporting;
    if (!isAppError(error)) throw error;
    await endJob(sql, job.id, { state: 'failed', failure: { code: error.code, message: error.message } });
  } finally {
    clearInterval(timer);
  }
}

async function filesOf(sql: Sql, jobId: number): Promise<string[]> {
  return (await jobFiles(sql, jobId)).map((file) => file.path);
}

function interrupted(result: ImportResult): boolean {
  return result.summary.releases.some((release) => release.state === 'interrupted');
}

/** Imports; waits while another import of the same register runs. Undefined when told to end while waiting. */
async function importPatiently(
  store: Store,
  job: ImportJob,
  files: readonly string[],
  run: Pick<JobRun, 'workers'> & { readonly ending: () => boolean; readonly meter: Meter },
): Promise<ImportResult | undefined> {
  while (!run.ending()) {
    const result = await importFiles(store, files, {
      ...job.request,
      dryRun: job.request.dryRun ?? false,
      workers: run.workers,
      actor: job.actor,
      onProgress: (progress) => run.meter.note(progress),
      stopped: run.ending,
    });
    if (!result.failures.length || result.failures.some((failure) => failure.code !== 'import.busy')) return result;
    await sleep(BUSY_AGAIN_MS);
  }
  return undefined;
}

/** Measures the rate of reading over the last ten seconds. */
class Meter {
  last: ImportProgress | undefined;
  private readonly marks: { at: number; read: number }[] = [];

  note(progress: ImportProgress): void {
    if (this.last?.importId !== progress.importId) this.marks.length = 0;
    this.last = progress;
    const at = performance.now();
    this.marks.push({ at, read: progress.read });
    while (this.marks.length > 2 && at - (this.marks[0]?.at ?? at) > 10_000) this.marks.shift();
  }

  progress() {
    if (!this.last) return { stage: 'waiting' };
    const { stage, read } = this.last;
    const [first, latest] = [this.marks[0], this.marks.at(-1)];
    const seconds = first && latest ? (latest.at - first.at) / 1000 : 0;
    const rate = stage === 'reading' && first && latest && seconds > 0.2 ? (latest.read - first.read) / seconds : null;
    return { stage, read, rate: rate === null ? null : Math.round(rate), at: new Date().toISOString() };
  }
}
