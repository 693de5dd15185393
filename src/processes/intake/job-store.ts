import { createHash } from 'node:crypto';
import type { Queryable, Sql, Transaction } from '../../platform/postgres/connections.ts';
import type { Failure, ImportJob, IntakeFile, IntakeRequest, JobOrigin, JobProgress, JobState } from './types.ts';

const COLUMNS = `id, origin, request, state, actor, created_at as "createdAt", started_at as "startedAt",
  ended_at as "endedAt", stop_requested_at as "stopRequestedAt", attempts, import_id as "importId", progress, summary,
  failure`;

export interface NewJob {
  readonly origin: JobOrigin;
  readonly request: IntakeRequest;
  readonly files: readonly IntakeFile[];
  readonly actor: string;
}

/** The same files with the same wishes are the same work. */
export function workHash({ files, request }: Pick<NewJob, 'files' | 'request'>): string {
  const { mode, source, releasedOn, dryRun } = request;
  const wishes = JSON.stringify([mode ?? null, source ?? null, releasedOn ?? null, dryRun ?? false]);
  return createHash('sha256')
    .update([...files.map((file) => file.sha256).sort(), wishes].join('\n'))
    .digest('hex');
}

/** Enters a job with its files; `fresh` is false when the same work waits or runs already. */
export async function enterJob(tx: Transaction, job: NewJob): Promise<{ id: number; fresh: boolean }> {
  const hash = workHash(job);
  const [row] = await tx<{ id: number }[]>`
    insert into import_job (origin, request, content_hash, actor)
    values (${job.origin}, ${tx.json(job.request as never)}, ${hash}, ${job.actor})
    on conflict (content_hash) where state in ('queued', 'running') do nothing
    returning id`;
  if (!row) {
    const [open] = await tx<{ id: number }[]>`
      select id from import_job where content_hash = ${hash} and state in ('queued', 'running')`;
    return { id: open?.id as number, fresh: false };
  }
  const files = job.files.map((file, i) => ({ job_id: row.id, file_no: i + 1, ...file }));
  await tx`insert into import_job_file ${tx(files, 'job_id', 'file_no', 'name', 'path', 'bytes', 'sha256')}`;
  return { id: row.id, fresh: true };
}

export async function findJob(sql: Queryable, id: number): Promise<ImportJob | undefined> {
  const [row] = await sql.unsafe<ImportJob[]>(`select ${COLUMNS} from import_job where id = $1`, [id]);
  return row;
}

/** Jobs that wait or run, oldest first, then the last that ended. */
export async function recentJobs(sql: Queryable, ended: number): Promise<ImportJob[]> {
  return sql.unsafe<ImportJob[]>(
    `(select ${COLUMNS} from import_job where state in ('queued', 'running') order by id)
     union all
     (select ${COLUMNS} from import_job where state not in ('queued', 'running') order by id desc limit $1)`,
    [ended],
  );
}

/** The newest job that brought an import. */
export async function jobOfImport(sql: Queryable, importId: number): Promise<ImportJob | undefined> {
  const [row] = await sql.unsafe<ImportJob[]>(
    `select ${COLUMNS} from import_job where import_id = $1 order by id desc limit 1`,
    [importId],
  );
  return row;
}

export async function jobFiles(sql: Queryable, id: number): Promise<IntakeFile[]> {
  return sql<IntakeFile[]>`select name, path, bytes, sha256 from import_job_file where job_id = ${id} order by file_no`;
}

/** Counts a process that is started for a job. */
export async function countAttempt(sql: Queryable, id: number): Promise<void> {
  await sql.unsafe('update import_job set attempts = attempts + 1 where id = $1', [id]);
}

/** Takes a job in hand; undefined when it has ended meanwhile. */
export async function beginJob(sql: Queryable, id: number): Promise<ImportJob | undefined> {
  const [row] = await sql.unsafe<ImportJob[]>(
    `update import_job set state = 'running', started_at = coalesce(started_at, clock_timestamp()), failure = null
     where id = $1 and state in ('queued', 'running') returning ${COLUMNS}`,
    [id],
  );
  return row;
}

export async function reportProgress(
  sql: Sql,
  id: number,
  importId: number | null,
  progress: JobProgress,
): Promise<{ stop: boolean }> {
  const [row] = await sql<{ stop: boolean }[]>`
    update import_job set progress = ${sql.json(progress as never)},
      import_id = coalesce((select i.id from import i where i.id = ${importId}), import_id)
    where id = ${id} returning stop_requested_at is not null as stop`;
  return { stop: row?.stop ?? true };
}

/** Writes how a job ended, or puts it back to wait. */
export async function endJob(
  sql: Sql,
  id: number,
  end: {
    readonly state: Exclude<JobState, 'running'>;
    readonly summary?: unknown;
    readonly failure?: Failure | null;
  },
): Promise<void> {
  await sql`
    update import_job set state = ${end.state},
      ended_at = ${end.state === 'queued' ? null : sql`clock_timestamp()`},
      summary = ${end.summary === undefined ? null : sql.json(end.summary as never)},
      failure = ${end.failure ? sql.json(end.failure as never) : null}
    where id = ${id} and state in ('queued', 'running')`;
}

/** Marks a job to be stopped; one that only waits is over at once. False when it has ended already. */
export async function requestStop(tx: Transaction, id: number, actor: string): Promise<boolean> {
  const rows = await tx`
    update import_job set stop_requested_at = coalesce(stop_requested_at, clock_timestamp()), stop_requested_by = ${actor},
      state = case state when 'queued' then 'interrupted' else state end,
      ended_at = case state when 'queued' then clock_timestamp() end
    where id = ${id} and state in ('queued', 'running') returning id`;
  return rows.length > 0;
}

/** After a restart: what was running waits again. Answers all that waits, in order. */
export async function reopenJobs(sql: Queryable): Promise<number[]> {
  await sql.unsafe(
    `update import_job set state = 'interrupted', ended_at = clock_timestamp()
     where state = 'running' and stop_requested_at is not null`,
  );
  await sql.unsafe(`update import_job set state = 'queued', attempts = 0 where state = 'running'`);
  const rows = await sql.unsafe<{ id: number }[]>(`select id from import_job where state = 'queued' order by id`);
  return rows.map((row) => row.id);
}

/** Of these hashes, those that a job from the watched folder had before, whatever became of it. */
export async function hadFromFolder(sql: Queryable, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await sql.unsafe<{ sha256: string }[]>(
    `select distinct f.sha256 from import_job_file f join import_job j on j.id = f.job_id
     where j.origin = 'folder' and f.sha256 = any($1::text[])`,
    [hashes as string[]],
  );
  return new Set(rows.map((row) => row.sha256));
}

/** Files of the watched folder that could not be taken in, newest first. */
export async function failedFromFolder(
  sql: Queryable,
  limit: number,
): Promise<{ name: string; path: string; sha256: string; jobId: number; failure: Failure }[]> {
  return sql.unsafe(
    `select f.name, f.path, f.sha256, j.id as "jobId", j.failure from import_job j join import_job_file f on f.job_id = j.id
     where j.origin = 'folder' and j.state = 'failed' order by j.id desc, f.file_no limit $1`,
    [limit],
  );
}
