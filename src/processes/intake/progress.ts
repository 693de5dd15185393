import { open, stat } from 'node:fs/promises';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { findJob, jobOfImport } from './job-store.ts';
import { type ImportJob, type IntakeRequest, jobName, jobNumber } from './types.ts';

/** One import as people follow it: begun by an upload, the watched folder or a command. */
export interface ImportView {
  /** `job-12` where a job of the server brought it, else the number of the import. */
  readonly importId: string;
  readonly origin: ImportJob['origin'] | 'command';
  readonly request: IntakeRequest;
  readonly releaseId: string | null;
  readonly releaseName: string | null;
  readonly source: string | null;
  readonly state:
    | 'queued'
    | 'running'
    | 'stopping'
    | 'published'
    | 'already-published'
    | 'dry-run'
    | 'revoked'
    | 'failed'
    | 'interrupted';
  readonly stage: string | null;
  readonly read: number;
  /** Records expected; null while nothing tells. An estimate until all is read. */
  readonly total: number | null;
  /** Records a second. */
  readonly rate: number | null;
  /** Seconds of reading left; publishing comes on top. */
  readonly secondsLeft: number | null;
  readonly rejected: number;
  readonly problems: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, unknown>> | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly actor: string;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

interface ImportFacts {
  readonly id: number;
  readonly releaseId: string;
  readonly releaseName: string;
  readonly source: string;
  readonly mode: 'full' | 'update';
  readonly state: 'running' | 'interrupted' | 'failed' | 'published' | 'revoked';
  readonly stage: string;
  readonly startedAt: string;
  readonly publishedAt: string | null;
  readonly counts: Record<string, unknown>;
  readonly failure: { code: string; message: string } | null;
  readonly actor: string;
  readonly progress: { read?: number; at?: string };
  readonly read: number;
  readonly rejected: number;
  readonly parts: number;
  readonly done: number;
  readonly doneRead: number;
  readonly resumeAt: number;
  readonly problems: Record<string, number>;
}

async function importFacts(sql: Queryable, id: number): Promise<ImportFacts | undefined> {
  const [row] = await sql<ImportFacts[]>`
    select i.id, i.release_id as "releaseId", i.release_name as "releaseName", i.source, i.mode, i.state, i.stage,
      i.started_at as "startedAt", i.published_at as "publishedAt", i.counts, i.failure, i.actor, i.progress,
      coalesce(p.read, 0) as read, coalesce(p.rejected, 0) as rejected, coalesce(p.parts, 0) as parts,
      coalesce(p.done, 0) as done, coalesce(p.done_read, 0) as "doneRead", coalesce(p.resume_at, 0) as "resumeAt",
      coalesce((select jsonb_object_agg(code, n) from (
        select e.key as code, sum(e.value::int) as n from import_part q, jsonb_each_text(q.problems) e
        where q.import_id = i.id group by e.key) c), '{}') as problems
    from import i left join lateral (
      select sum(read)::bigint as read, sum(rejected)::bigint as rejected, count(*) as parts,
        count(*) filter (where done) as done, coalesce(sum(read) filter (where done), 0)::bigint as done_read,
        max(resume_at) as resume_at
      from import_part where import_id = i.id) p on true
    where i.id = ${id}`;
  return row;
}

/** Bytes of a plain document, unpacked; null for archives, whose documents are counted one by one. */
async function plainSize(path: string): Promise<number | null> {
  try {
    const { size } = await stat(path);
    if (/\.(zip|xlsx)$/i.test(path)) return null;
    if (!/\.gz$/i.test(path)) return size;
    const file = await open(path, 'r');
    try {
      // a gzip file ends with the size of its content (modulo 4 GB, which is enough for an estimate)
      const { buffer } = await file.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4));
      return buffer.readUInt32LE(0);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

async function expectedTotal(sql: Queryable, facts: ImportFacts): Promise<number | null> {
  if (facts.state === 'published' || (facts.parts > 0 && facts.done === facts.parts)) return facts.read;
  if (facts.done > 0) return Math.max(facts.read, Math.round((facts.doneRead / facts.done) * facts.parts));
  if (facts.parts !== 1 || facts.resumeAt === 0 || facts.read === 0) return null;
  const [file] = await sql<{ path: string }[]>`select path from import_file where import_id = ${facts.id} limit 1`;
  const size = file === undefined ? null : await plainSize(file.path);
  return size === null ? null : Math.max(facts.read, Math.round((facts.read * size) / facts.resumeAt));
}

/** The import behind a public id: `job-12` or the number of an import. Undefined when there is none. */
export async function findImportView(sql: Queryable, id: string): Promise<ImportView | undefined> {
  const asJob = jobNumber(id);
  if (asJob !== undefined) {
    const job = await findJob(sql, asJob);
    return job && viewOfJob(sql, job);
  }
  if (!/^[1-9]\d{0,8}$/.test(id)) return undefined;
  const facts = await importFacts(sql, Number(id));
  if (!facts) return undefined;
  const job = await jobOfImport(sql, facts.id);
  return job ? viewOfJob(sql, job) : viewOfImport(sql, facts);
}

export async function viewOfJob(sql: Queryable, job: ImportJob): Promise<ImportView> {
  const facts = job.importId === null ? undefined : await importFacts(sql, job.importId);
  const open = job.state === 'queued' || job.state === 'running';
  const released = job.summary?.releases[0];
  const read = facts ? Math.max(facts.read, job.progress.read ?? 0) : (job.summary?.read ?? job.progress.read ?? 0);
  const total = !open ? read : facts ? await expectedTotal(sql, facts) : null;
  const [file] = await sql<{ name: string }[]>`
    select name from import_job_file where job_id = ${job.id} order by file_no limit 1`;
  return {
    importId: jobName(job.id),
    origin: job.origin,
    request: job.request,
    releaseId: facts?.releaseId ?? (job.request.dryRun ? null : (released?.id ?? null)),
    releaseName: facts?.releaseName ?? file?.name ?? null,
    source: facts?.source ?? null,
    state: stateOf(job, facts),
    stage: job.state === 'running' ? (job.progress.stage ?? null) : job.state === 'queued' ? 'waiting' : null,
    read,
    total,
    ...pace(open ? (job.progress.rate ?? null) : null, read, total),
    rejected: facts?.rejected ?? job.summary?.rejected ?? 0,
    problems: job.summary?.problems ?? facts?.problems ?? {},
    counts: job.summary ? countsOf(job.summary) : null,
    failure: job.failure,
    actor: job.actor,
    createdAt: job.createdAt,
    endedAt: job.endedAt,
  };
}

function countsOf({
  read,
  inserted,
  updated,
  unchanged,
  rejected,
  withdrawn,
  identifiers,
}: NonNullable<ImportJob['summary']>) {
  return { read, inserted, updated, unchanged, rejected, withdrawn, identifiers };
}

function stateOf(job: ImportJob, facts: ImportFacts | undefined): ImportView['state'] {
  if (job.state === 'running') return job.stopRequestedAt === null ? 'running' : 'stopping';
  if (job.state !== 'done') return job.state;
  if (facts?.state === 'revoked') return 'revoked';
  const states = new Set(job.summary?.releases.map((release) => release.state));
  if (states.has('dry-run')) return 'dry-run';
  return states.size === 1 && states.has('already-published') ? 'already-published' : 'published';
}

/** Imports that a command began, running or interrupted: nothing but their own row tells of them. */
export async function commandImports(sql: Queryable, limit: number): Promise<ImportView[]> {
  const rows = await sql<{ id: number }[]>`
    select i.id from import i where i.shelf <> 9
      and not exists (select from import_job j where j.import_id = i.id)
    order by (i.state = 'running') desc, i.id desc limit ${limit}`;
  const views: ImportView[] = [];
  for (const { id } of rows) {
    const facts = await importFacts(sql, id);
    if (facts) views.push(await viewOfImport(sql, facts));
  }
  return views;
}

async function viewOfImport(sql: Queryable, facts: ImportFacts): Promise<ImportView> {
  const running = facts.state === 'running';
  const read = Math.max(facts.read, facts.progress.read ?? 0);
  const total = running ? await expectedTotal(sql, facts) : read;
  const seconds = (Date.parse(facts.progress.at ?? '') - Date.parse(facts.startedAt)) / 1000;
  const rate = running && facts.stage === 'reading' && seconds > 0 ? Math.round(read / seconds) : null;
  return {
    importId: String(facts.id),
    origin: 'command',
    request: { mode: facts.mode },
    releaseId: facts.releaseId,
    releaseName: facts.releaseName,
    source: facts.source,
    state: facts.state,
    stage: running ? facts.stage : null,
    read,
    total,
    ...pace(rate, read, total),
    rejected: facts.rejected,
    problems: (facts.counts.problems as Record<string, number> | undefined) ?? facts.problems,
    counts: Object.keys(facts.counts).length ? facts.counts : null,
    failure: facts.failure,
    actor: facts.actor,
    createdAt: facts.startedAt,
    endedAt: facts.publishedAt,
  };
}

function pace(rate: number | null, read: number, total: number | null) {
  const secondsLeft = rate === null || rate <= 0 || total === null ? null : Math.ceil((total - read) / rate);
  return { rate, secondsLeft };
}
