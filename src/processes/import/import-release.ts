import { createHash } from 'node:crypto';
import { AppError, isAppError } from '../../kernel/app-error.ts';
import { type Clock, systemClock, today } from '../../kernel/clock.ts';
import type { PartDescriptor } from '../../platform/files/open-text.ts';
import type { ReservedSql } from '../../platform/postgres/connections.ts';
import type { Store } from '../../platform/postgres/store.ts';
import { enterImport, type FileFacts, findImport, type ImportRow, partStates, visibleImports } from './import-rows.ts';
import { moveProblems, noteDrift, noteSharedIdentifiers, problemCounts } from './ledger.ts';
import type { PartJob } from './load-part.ts';
import { notePresence } from './presence.ts';
import { addSearchTerms, renewTallies } from './projections.ts';
import { exchangePartitions, prepareFirst, shelfIsEmpty } from './publish-first.ts';
import { mergeStaged } from './publish-merge.ts';
import type { ReleasePlan } from './release-plan.ts';
import { dropStaging, type PartState } from './staging.ts';
import { loadParts } from './worker-pool.ts';

/** Lock class of imports; the shelf is the second key. One import a shelf at a time. */
const LOCK_CLASS = 7_302;

export interface ImportCounts {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly withdrawn: number;
  readonly identifiers: number;
  readonly problems: Readonly<Record<string, number>>;
}

export interface ImportOutcome {
  readonly releaseId: string;
  readonly state: 'published' | 'already-published' | 'interrupted' | 'dry-run';
  readonly counts: ImportCounts;
  /** Records read in this run; fewer than `counts.read` when an interrupted run was gone on with. */
  readonly readNow: number;
  readonly seconds: Readonly<Record<string, number>>;
}

export interface ImportProgress {
  readonly importId: number;
  readonly releaseId: string;
  readonly stage: string;
  readonly read: number;
  readonly parts: { readonly done: number; readonly total: number };
}

export interface ImportOptions {
  readonly workers: number;
  readonly dryRun?: boolean;
  readonly actor: string;
  readonly clock?: Clock;
  onProgress?(progress: ImportProgress): void;
  /** Asked now and then; true ends the run in a state that can be gone on with. */
  stopped?(): boolean;
}

/** What is to be imported: the plan, the files with their hashes, and the documents in them. */
export interface ReleaseInput {
  readonly plan: ReleasePlan;
  readonly files: readonly FileFacts[];
  readonly parts: readonly (PartDescriptor & { readonly fileNo: number })[];
}

/** Identity of a release's content: the same files in any order are the same content. */
export function contentHash(files: readonly FileFacts[]): string {
  return createHash('sha256')
    .update(
      files
        .map((f) => f.sha256)
        .sort()
        .join('\n'),
    )
    .digest('hex');
}

/**
 * Takes a release in: reads it into staged tables, then merges and publishes it in one step. Readers see the state
 * before until then. Killed at any moment, the next run with the same files goes on where this one stood.
 * A release that contradicts its header, or cannot be read as a whole, changes nothing and is thrown as an AppError.
 */
export async function importRelease(store: Store, input: ReleaseInput, options: ImportOptions): Promise<ImportOutcome> {
  const connection = await store.ownerSql().reserve();
  try {
    const { shelf } = input.plan;
    const [lock] = await connection<{ got: boolean }[]>`SELECT pg_try_advisory_lock(${LOCK_CLASS}, ${shelf}) AS got`;
    if (!lock?.got) {
      throw new AppError(
        'import.busy',
        `another import into the register of ${input.plan.source} is running; wait for it or stop it`,
        { source: input.plan.source },
      );
    }
    try {
      return await run(store, connection, input, options);
    } finally {
      await connection`SELECT pg_advisory_unlock(${LOCK_CLASS}, ${shelf})`;
    }
  } finally {
    connection.release();
  }
}

function emptyCounts(counts: Partial<ImportCounts> = {}): ImportCounts {
  return {
    read: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    withdrawn: 0,
    identifiers: 0,
    problems: {},
    ...counts,
  };
}

async function run(
  store: Store,
  lock: ReservedSql,
  input: ReleaseInput,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const sql = store.ownerSql();
  const { plan } = input;
  const hash = contentHash(input.files);
  const found = await findImport(sql, plan, hash);
  if (found?.state === 'published') {
    const before = found.counts as Partial<ImportCounts>;
    const read = before.read ?? 0;
    const counts = emptyCounts({
      read,
      unchanged: read - (before.rejected ?? 0),
      rejected: before.rejected ?? 0,
      identifiers: before.identifiers ?? 0,
      problems: before.problems ?? {},
    });
    return { releaseId: found.releaseId, state: 'already-published', counts, readNow: 0, seconds: {} };
  }
  const row = found ?? (await enterImport(sql, plan, hash, input.files, input.parts, options.actor));
  await sql`UPDATE import SET state = 'running', stage = 'reading' WHERE id = ${row.id}`;
  try {
    return await readAndPublish(store, lock, input, row, options);
  } catch (error) {
    // what the files themselves are to blame for ends the import; anything else can be gone on with
    const blame = isAppError(error) && /^(part|file|source|release)\./.test(error.code);
    await sql`
      UPDATE import SET state = ${blame ? 'failed' : 'interrupted'},
        failure = ${sql.json({ code: isAppError(error) ? error.code : 'internal', message: (error as Error).message })}
      WHERE id = ${row.id}`;
    if (blame) await dropStaging(sql, row.id);
    throw error;
  }
}

async function readAndPublish(
  store: Store,
  lock: ReservedSql,
  input: ReleaseInput,
  row: ImportRow,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const sql = store.ownerSql();
  const seconds: Record<string, number> = {};
  let mark = performance.now();
  const lap = (name: string) => {
    const now = performance.now();
    seconds[name] = Math.round((seconds[name] ?? 0) * 1000 + (now - mark)) / 1000;
    mark = now;
  };
  let readNow = 0;
  let stage = 'reading';
  const before = await partStates(sql, row.id);
  let doneParts = [...before.values()].filter((p) => p.done).length;
  const already = [...before.values()].reduce((sum, p) => sum + p.read, 0);
  const progress = () =>
    options.onProgress?.({
      importId: row.id,
      releaseId: row.releaseId,
      stage,
      read: already + readNow,
      parts: { done: doneParts, total: input.parts.length },
    });
  const enter = async (name: string) => {
    lap(stage);
    stage = name;
    progress();
    // not from the pool: its connections may all be busy with the very transaction that is reported on
    await lock`UPDATE import SET stage = ${name} WHERE id = ${row.id}`;
  };

  const jobs: PartJob[] = input.parts.flatMap((part) => {
    const state = before.get(part.ordinal);
    return state && !state.done
      ? [{ importId: row.id, source: row.source, releasedOn: row.releasedOn, part, state }]
      : [];
  });
  let stopped = false;
  let written = 0;
  await loadParts(store.owner, jobs, options.workers, {
    onProgress: (read) => {
      readNow += read;
      doneParts = Math.max(doneParts, 0);
      progress();
      const now = performance.now();
      if (now - written > 1000) {
        written = now;
        sql`UPDATE import SET progress = ${sql.json({ read: already + readNow, parts: input.parts.length, at: new Date().toISOString() })} WHERE id = ${row.id}`.catch(
          () => undefined,
        );
      }
    },
    stopped: () => {
      stopped ||= options.stopped?.() ?? false;
      return stopped;
    },
  });
  const states = await partStates(sql, row.id);
  const totals = sum([...states.values()]);
  if (stopped && [...states.values()].some((p) => !p.done)) {
    await sql`UPDATE import SET state = 'interrupted' WHERE id = ${row.id}`;
    return { releaseId: row.releaseId, state: 'interrupted', counts: emptyCounts(totals), readNow, seconds };
  }
  const counts = await publish(store, row, totals, options, enter);
  lap(stage);
  return { releaseId: row.releaseId, state: options.dryRun ? 'dry-run' : 'published', counts, readNow, seconds };
}

interface Totals {
  readonly read: number;
  readonly rejected: number;
  readonly identifiers: number;
  readonly fill: Record<string, number>;
}

function sum(parts: readonly PartState[]): Totals {
  const totals = { read: 0, rejected: 0, identifiers: 0, fill: {} as Record<string, number> };
  for (const part of parts) {
    totals.read += part.read;
    totals.rejected += part.rejected;
    totals.identifiers += part.identifiers;
    for (const [field, n] of Object.entries(part.fill)) totals.fill[field] = (totals.fill[field] ?? 0) + n;
  }
  return totals;
}

/** Thrown to undo the publishing transaction of a dry run. */
class DryRun extends Error {}

async function publish(
  store: Store,
  row: ImportRow,
  totals: Totals,
  options: ImportOptions,
  enter: (stage: string) => Promise<void>,
): Promise<ImportCounts> {
  const sql = store.ownerSql();
  const { id: importId, shelf, source, mode, releasedOn } = row;
  const first = await shelfIsEmpty(sql, shelf);
  const prepared = first ? await prepareFirst(sql, importId, shelf, enter) : undefined;
  const day = today(options.clock ?? systemClock);
  let counts = emptyCounts(totals);
  try {
    await sql.begin(async (tx) => {
      // room for sorting and hashing whole releases; the session is the only large one
      await tx.unsafe(`SET LOCAL work_mem = '128MB'`);
      const visible = await visibleImports(tx, shelf);
      const ledger = { importId, shelf, source, mode, visible };
      let merged = prepared ? { ...prepared, history: 0 } : undefined;
      let withdrawn = 0;
      if (first) {
        await enter('checks');
        await noteSharedIdentifiers(tx, ledger, true);
        await moveProblems(tx, importId);
        await enter('publishing');
        await exchangePartitions(tx, importId, shelf);
        await tx.unsafe(`DROP TABLE IF EXISTS stage_problem_${importId}`);
      } else {
        await enter('merging');
        merged = await mergeStaged(tx, { importId, shelf, releasedOn, visible });
        withdrawn = await notePresence(tx, { importId, shelf, releasedOn, mode, visible });
        await enter('checks');
        await noteSharedIdentifiers(tx, ledger, false);
        await moveProblems(tx, importId);
      }
      await noteDrift(tx, ledger, totals.fill, totals.read - totals.rejected);
      await enter('counting');
      const now = [...visible, importId];
      const affected = first
        ? undefined
        : `SELECT v.product_id FROM device_version v JOIN taken t ON t.record_key = v.record_key AND v.shelf = ${shelf}`;
      await renewTallies(tx, shelf, now, day, affected);
      await enter('terms');
      await addSearchTerms(tx, shelf);
      if (!first) await dropStaging(tx, importId);
      const { inserted = 0, updated = 0, unchanged = 0, history = 0 } = merged ?? {};
      const problems = await problemCounts(tx, importId);
      counts = {
        read: totals.read,
        inserted,
        updated,
        unchanged,
        rejected: totals.rejected,
        withdrawn,
        identifiers: totals.identifiers,
        problems,
      };
      if (options.dryRun) throw new DryRun();
      await tx`
        UPDATE import SET state = 'published', stage = 'done', published_at = clock_timestamp(),
          counts = ${tx.json({ ...counts, history } as never)}, fill = ${tx.json(totals.fill)}, failure = NULL
        WHERE id = ${importId}`;
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
    await dropStaging(sql, importId);
    await sql.unsafe(`DROP TABLE IF EXISTS product_${shelf}_${importId}`);
    await sql`DELETE FROM import WHERE id = ${importId}`;
  }
  return counts;
}
