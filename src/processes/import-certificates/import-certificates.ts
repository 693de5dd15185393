import type { CertificateEvent, CertificateSource } from '../../domains/certificates/index.ts';
import type { SourceProblem } from '../../domains/devices/index.ts';
import { AppError } from '../../kernel/app-error.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import { openPart } from '../../platform/files/open-part.ts';
import { openText } from '../../platform/files/open-text.ts';
import type { ReleasePart } from '../../platform/files/part.ts';
import type { Transaction } from '../../platform/postgres/connections.ts';
import type { Store } from '../../platform/postgres/store.ts';
import { contentHash, type ImportOptions, type ImportOutcome } from '../import/import-release.ts';
import { type FileFacts, findImport, freeReleaseId, IMPORT_LOCK } from '../import/import-rows.ts';
import type { ReleasePlan } from '../import/release-plan.ts';
import { CertificateVersions } from './certificate-versions.ts';

/** Certificates have no partition; their imports carry this number so that no device read meets them. */
export const CERTIFICATE_SHELF = 4;

export interface CertificateList {
  readonly source: CertificateSource;
  readonly plan: ReleasePlan;
  readonly file: FileFacts;
  readonly parts: readonly ReleasePart[];
}

/** Rows looked up and stored together. */
const BATCH = 500;
/** Longest piece of a value that the ledger repeats. */
const SHOWN = 500;

/** Thrown to undo the transaction: a dry run, or a run that was told to stop. */
class Undone extends Error {}

/**
 * Takes in one list of certificates, in one transaction: either the whole list becomes visible or nothing changes; a
 * killed import leaves nothing behind. The same content again changes nothing. A list is a selection, so what it lacks
 * is not withdrawn: there is no full mode. Counted in rows of the list.
 * Throws `source.no-full-mode`, `source.no-records`, `import.busy`, and what the reader throws.
 */
export async function importCertificates(
  store: Store,
  list: CertificateList,
  options: Pick<ImportOptions, 'actor' | 'dryRun' | 'onProgress' | 'stopped'>,
): Promise<ImportOutcome> {
  const { plan, file } = list;
  if (plan.mode === 'full') {
    throw new AppError('source.no-full-mode', '证书名单只能以 update 方式导入：名单是摘录，缺失不等于注销', {
      source: plan.source,
    });
  }
  const sql = store.ownerSql();
  const hash = contentHash([file]);
  const same = await findImport(sql, plan, hash);
  if (same) return repeated(same.releaseId, same.counts as Partial<Counts>);
  const counts = emptyCounts();
  const started = performance.now();
  let releaseId = '';
  let undone: 'dry-run' | 'interrupted' | undefined;
  try {
    await sql.begin(async (tx) => {
      const [lock] = await tx<{ got: boolean }[]>`
        select pg_try_advisory_xact_lock(${IMPORT_LOCK}, ${CERTIFICATE_SHELF}) as got`;
      if (!lock?.got)
        throw new AppError('import.busy', '另一份证书名单正在导入，请等待其结束', { source: plan.source });
      releaseId = await freeReleaseId(tx, plan);
      const importId = await enter(tx, list, { releaseId, hash, actor: options.actor });
      await readInto(tx, importId, list, counts, (read) => {
        options.onProgress?.({
          importId,
          releaseId,
          stage: 'reading',
          read,
          parts: { done: 0, total: list.parts.length },
        });
        if (options.stopped?.()) undone = 'interrupted';
        return undone === undefined;
      });
      if (options.dryRun) undone ??= 'dry-run';
      if (undone) throw new Undone();
      await tx`update import set state = 'published', stage = 'done', published_at = clock_timestamp(),
        counts = ${tx.json(counts as never)} where id = ${importId}`;
      await audit(tx, {
        actor: options.actor,
        act: 'release.import',
        subject: `release/${releaseId}`,
        outcome: 'done',
        detail: { source: plan.source, releasedOn: plan.releasedOn, sha256: file.sha256, read: counts.read },
      });
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  const seconds = { reading: Math.round(performance.now() - started) / 1000 };
  return { releaseId, state: undone ?? 'published', counts, readNow: counts.read, refused: [], seconds };
}

interface Counts {
  read: number;
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: number;
  withdrawn: number;
  identifiers: number;
  problems: Record<string, number>;
}

function emptyCounts(): Counts {
  return { read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, withdrawn: 0, identifiers: 0, problems: {} };
}

function repeated(releaseId: string, before: Partial<Counts>): ImportOutcome {
  const { read = 0, rejected = 0, problems = {} } = before;
  const counts = { ...emptyCounts(), read, unchanged: read - rejected, rejected, problems };
  return { releaseId, state: 'already-published', counts, readNow: 0, refused: [], seconds: {} };
}

async function enter(
  tx: Transaction,
  { source, plan, file, parts }: CertificateList,
  given: { readonly releaseId: string; readonly hash: string; readonly actor: string },
): Promise<number> {
  await tx`
    insert into source (id, shelf, title_zh, title_en, publisher, url, licence)
    values (${source.id}, ${CERTIFICATE_SHELF}, ${source.titleZh}, ${source.titleEn}, ${source.publisher},
      ${source.url}, ${source.licence}) on conflict (id) do nothing`;
  const [row] = await tx<{ id: number }[]>`
    insert into import (release_id, source, shelf, mode, release_name, released_on, content_hash, state, actor)
    values (${given.releaseId}, ${source.id}, ${CERTIFICATE_SHELF}, 'update', ${plan.name}, ${plan.releasedOn},
      ${given.hash}, 'running', ${given.actor}) returning id`;
  const id = row?.id as number;
  await tx`insert into import_file (import_id, file_no, name, path, bytes, sha256)
    values (${id}, 1, ${file.name}, ${file.file}, ${file.bytes}, ${file.sha256})`;
  for (const part of parts)
    await tx`insert into import_part (import_id, part_no, file_no, path) values (${id}, ${part.ordinal}, 1, ${part.path})`;
  return id;
}

async function readInto(
  tx: Transaction,
  importId: number,
  list: CertificateList,
  counts: Counts,
  goOn: (read: number) => boolean,
): Promise<void> {
  const versions = new CertificateVersions(tx, { importId, releasedOn: list.plan.releasedOn });
  for (const part of list.parts) {
    const before = { ...counts };
    const problems = new ProblemRows(importId, part.ordinal, counts);
    // a workbook is read as it is, a text in UTF-8
    const stream = part.kind === 'xlsx' ? openPart(part) : await openText(part);
    let batch: Extract<CertificateEvent, { type: 'certificate' }>['certificate'][] = [];
    const store = async () => {
      const taken = await versions.take(part.ordinal, batch);
      counts.inserted += taken.inserted;
      counts.updated += taken.updated;
      counts.unchanged += taken.unchanged;
      batch = [];
      await problems.store(tx);
    };
    for await (const event of list.source.read(stream, { startAt: 0 })) {
      if (event.type === 'part-problem') problems.add({ at: 0, recordNo: 0 }, null, event.problem);
      else if (event.type === 'rejected') {
        counts.read++;
        counts.rejected++;
        problems.add(event.record.position, event.record.recordKey, event.record.rejected);
      } else {
        counts.read++;
        const { certificate } = event;
        for (const problem of certificate.problems) problems.add(certificate.position, certificate.recordKey, problem);
        batch.push(certificate);
      }
      if (batch.length >= BATCH || problems.length >= BATCH) {
        await store();
        if (!goOn(counts.read)) return;
      }
    }
    await store();
    await tx`update import_part set done = true, read = ${counts.read - before.read},
      rejected = ${counts.rejected - before.rejected} where import_id = ${importId} and part_no = ${part.ordinal}`;
    if (!goOn(counts.read)) return;
  }
  if (counts.read === 0) throw new AppError('source.no-records', '清单中没有可读取的记录', { path: list.file.name });
}

/** Faults on their way into the ledger, with their places. */
class ProblemRows {
  private rows: Record<string, unknown>[] = [];

  constructor(
    private readonly importId: number,
    private readonly partNo: number,
    private readonly counts: Counts,
  ) {}

  get length(): number {
    return this.rows.length;
  }

  add(
    position: { readonly at: number; readonly recordNo: number },
    recordKey: string | null,
    problem: SourceProblem,
  ): void {
    const { severity, code, field, value, reason } = problem;
    this.counts.problems[code] = (this.counts.problems[code] ?? 0) + 1;
    this.rows.push({
      import_id: this.importId,
      shelf: CERTIFICATE_SHELF,
      part_no: this.partNo,
      position_at: position.at,
      record_no: position.recordNo,
      severity,
      code,
      record_key: recordKey,
      field,
      value: value?.slice(0, SHOWN) ?? null,
      reason,
    });
  }

  async store(tx: Transaction): Promise<void> {
    if (this.rows.length) await tx`insert into quality_problem ${tx(this.rows)}`;
    this.rows = [];
  }
}
