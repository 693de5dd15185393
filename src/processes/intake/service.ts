import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import type { Store } from '../../platform/postgres/store.ts';
import { type MissingDay, missingDays } from '../import/missing-days.ts';
import { type Revocation, revokeRelease } from '../import/revoke.ts';
import { enterJob, findJob, jobFiles, jobOfImport, recentJobs, requestStop } from './job-store.ts';
import { commandImports, findImportView, type ImportView, viewOfJob } from './progress.ts';
import { enqueueImport } from './tasks.ts';
import { type IntakeFile, type IntakeRequest, type JobOrigin, jobName, jobNumber } from './types.ts';

/** Imports that ended, shown beside those that run. */
const LAST = 20;

/** What may be asked of the taking-in of releases. Every write leaves a line in the audit trail. */
export interface IntakeService {
  /** Queues files for import. The same work that waits or runs already is not queued twice. */
  submit(
    files: readonly IntakeFile[],
    request: IntakeRequest,
    from: { readonly origin: JobOrigin; readonly actor: Actor },
  ): Promise<{ importId: string; jobId: number; fresh: boolean }>;
  /** Throws `import.not-found`. */
  get(importId: string): Promise<ImportView>;
  list(): Promise<{ items: ImportView[]; missingDays: MissingDay[] }>;
  /** Ends an import safely; what was read stays for `goOn`. Throws `import.not-found`, `import.not-running`. */
  stop(importId: string, actor: Actor): Promise<ImportView>;
  /** Queues an interrupted import again. Throws `import.not-found`, `import.not-interrupted`, `file.not-found`. */
  goOn(importId: string, actor: Actor): Promise<ImportView>;
  /** Undoes a release. Throws what `revokeRelease` throws. */
  revoke(releaseId: string, reason: string | null, actor: Actor): Promise<Revocation>;
}

export function intakeService(store: Store): IntakeService {
  const sql = () => store.ownerSql();
  const view = async (importId: string): Promise<ImportView> => {
    const found = await findImportView(sql(), importId);
    if (!found) throw new AppError('import.not-found', `没有这次导入：${importId}`, { importId });
    return found;
  };
  const submit: IntakeService['submit'] = (files, request, { origin, actor }) =>
    sql().begin(async (tx) => {
      const { id, fresh } = await enterJob(tx, { origin, request, files, actor: actor.id });
      if (fresh) {
        await enqueueImport(tx, id);
        await audit(tx, {
          actor: actor.id,
          act: 'import.submit',
          subject: `import/${jobName(id)}`,
          outcome: 'done',
          detail: { origin, request, files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })) },
        });
      }
      return { importId: jobName(id), jobId: id, fresh };
    });
  return {
    submit,
    get: view,
    async list() {
      const jobs = await recentJobs(sql(), LAST);
      const items: ImportView[] = [];
      for (const job of jobs) items.push(await viewOfJob(sql(), job));
      items.push(...(await commandImports(sql(), LAST)));
      const open = (item: ImportView) =>
        item.endedAt === null && ['queued', 'running', 'stopping'].includes(item.state);
      items.sort((a, b) => Number(open(b)) - Number(open(a)) || (a.createdAt < b.createdAt ? 1 : -1));
      return { items, missingDays: await missingDays(sql()) };
    },
    async stop(importId, actor) {
      const current = await view(importId);
      const jobId = jobNumber(current.importId);
      const stopped =
        jobId !== undefined &&
        (await sql().begin(async (tx) => {
          if (!(await requestStop(tx, jobId, actor.id))) return false;
          const subject = `import/${current.importId}`;
          await audit(tx, { actor: actor.id, act: 'import.stop', subject, outcome: 'done', detail: {} });
          return true;
        }));
      if (stopped) return view(current.importId);
      const why =
        current.origin === 'command' && current.state === 'running'
          ? '这次导入由命令行启动，请在那里按 Ctrl-C 停止'
          : '这次导入已经结束';
      throw new AppError('import.not-running', why, { importId, state: current.state });
    },
    async goOn(importId, actor) {
      const current = await view(importId);
      if (current.state !== 'interrupted')
        throw new AppError('import.not-interrupted', '只有中断的导入可以继续', { importId, state: current.state });
      const { files, request } = await work(importId);
      const next = await submit(files, request, { origin: 'continue', actor });
      return view(next.importId);
    },
    revoke: (releaseId, reason, actor) => revokeRelease(store, { releaseId, reason, actor: actor.id }),
  };

  async function work(importId: string): Promise<{ files: IntakeFile[]; request: IntakeRequest }> {
    const jobId = jobNumber(importId);
    const job = jobId === undefined ? await jobOfImport(sql(), Number(importId)) : await findJob(sql(), jobId);
    if (job) return { files: await jobFiles(sql(), job.id), request: job.request };
    const files = await sql()<IntakeFile[]>`
      select name, path, bytes, sha256 from import_file where import_id = ${Number(importId)} order by file_no`;
    const [row] = await sql()<{ mode: 'full' | 'update'; source: string; releasedOn: string }[]>`
      select mode, source, released_on as "releasedOn" from import where id = ${Number(importId)}`;
    return { files, request: row ?? {} };
  }
}
