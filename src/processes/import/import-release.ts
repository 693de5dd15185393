import { createHash } from 'node:crypto';
import { AppError, isAppError } from '../../kernel/app-error.ts';
import { type Clock, systemClock, today } from '../../kernel/clock.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import type { PartDescriptor } from '../../platform/files/open-text.ts';
import type { ReservedSql } from '../../platform/postgres/connections.ts';
import type { Store } from '../../platform/postgres/store.ts';
import {
  enterImport,
  type FileFacts,
  findImport,
  IMPORT_LOCK,
  type ImportRow,
  type KnownPart,
  partStates,
  partsAsNumbered,
  visibleImports,
} from './import-rows.ts';
import {
  moveProblems,
  noteConflicts,
  noteDrift,
  noteSharedIdentifiers,
  problemCounts,
  tellBrokenChains,
} from './ledger.ts';
import type { PartJob } from './load-part.ts';
import { noteMissingDays } from './missing-days.ts';
import { notePresence } from './presence.ts';
import { addSearchTerms, renewTallies } from './projections.ts';
import { exchangePartitions, prepareFirst, ROOM, shelfIsEmpty } from './publish-first.ts';
import { mergeStaged } from './publish-merge.ts';
import type { ReleasePlan } from './release-plan.ts';
import { dropStaging, type PartState, refusePart } from './staging.ts';
import { isFaultOfFile, loadParts } from './worker-pool.ts';

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

/** A document that could not be taken as a whole, while others of its release were. */
export interface RefusedPart {
  readonly partNo: number;
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export interface ImportOutcome {
  readonly releaseId: string;
  readonly state: 'published' | 'already-published' | 'interrupted' | 'dry-run';
  readonly counts: ImportCounts;
  /** Documents of which nothing was taken. */
  readonly refused: readonly RefusedPart[];
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
 * A document that contradicts its header, or cannot be read as a whole, changes nothing: the others are taken and it is
 * listed; when there is no other, nothing is published and its fault is thrown as an AppError.
 */
export async function importRelease(store: Store, input: ReleaseInput, options: ImportOptions): Promise<ImportOutcome> {
  const connection = await store.ownerSql().reserve();
  try {
    const { shelf } = input.plan;
    const [lock] = await connection<{ got: boolean }[]>`SELECT pg_try_advisory_lock(${IMPORT_LOCK}, ${shelf}) AS got`;
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
      await connection`SELECT pg_advisory_unlock(${IMPORT_LOCK}, ${shelf})`;
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
    const refused = refusedParts((await partStates(sql, found.id)).values());
    return { releaseId: found.releaseId, state: 'already-published', counts, refused, readNow: 0, seconds: {} };
  }
  const row = found ?? (await enterImport(sql, plan, hash, input.files, input.parts, options.actor));
  await sql`UPDATE import SET state = 'running', stage = 'reading' WHERE id = ${row.id} AND state <> 'published'`;
  const parts = found ? await partsAsNumbered(sql, found.id, input.files, input.parts) : input.parts;
  try {
    return await readAndPublish(store, lock, parts, row, options);
  } catch (error) {
    // what the files themselves are to blame for ends the import; anything else can be gone on with
    const blame = isAppError(error) && isFaultOfFile(error);
    await sql`
      UPDATE import SET state = ${blame ? 'failed' : 'interrupted'},
        failure = ${sql.json({ code: isAppError(error) ? error.code : 'internal', message: (error as Error).message })}
      WHERE id = ${row.id} AND state <> 'published'`;
    if (blame) await dropStaging(sql, row.id);
    throw error;
  }
}

async function readAndPublish(
  store: Store,
  lock: ReservedSql,
  parts: ReleaseInput['parts'],
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
      parts: { done: doneParts, total: parts.length },
    });
  const enter = async (name: string) => {
    lap(stage);
    stage = name;
    progress();
    // not from the pool: its connections may all be busy with the very transaction that is reported on
    await lock`UPDATE import SET stage = ${name} WHERE id = ${row.id}`;
  };

  const jobs: PartJob[] = parts.flatMap((part) => {
    const state = before.get(part.ordinal);
    return state && !state.done
      ? [{ importId: row.id, source: row.source, releasedOn: row.releasedOn, part, state }]
      : [];
  });
  // whoever follows the import knows it from its first moment, not from its first chunk
  progress();
  let stopped = false;
  let written = 0;
  await loadParts(store.owner, jobs, options.workers, {
    onProgress: (read, done) => {
      readNow += read;
      if (done) doneParts++;
      progress();
      const now = performance.now();
      if (now - written > 1000) {
        written = now;
        sql`UPDATE import SET progress = ${sql.json({ read: already + readNow, parts: parts.length, at: new Date().toISOString() })} WHERE id = ${row.id}`.catch(
          () => undefined,
        );
      }
    },
    onRefused: async (partNo, failure) => {
      await refusePart(sql, row.id, partNo, { code: failure.code, message: failure.message });
      doneParts++;
    },
    stopped: () => {
      stopped ||= options.stopped?.() ?? false;
      return stopped;
    },
  });
  const states = await partStates(sql, row.id);
  const totals = sum([...states.values()]);
  const refused = refusedParts(states.values());
  const outcome = { releaseId: row.releaseId, refused, readNow, seconds };
  if ([...states.values()].some((p) => !p.done)) {
    if (!stopped) throw new AppError('import.incomplete', 'the reading threads ended before all documents were read');
    await sql`UPDATE import SET state = 'interrupted' WHERE id = ${row.id}`;
    return { ...outcome, state: 'interrupted', counts: emptyCounts(totals) };
  }
  const [fault] = refused;
  if (fault && refused.length === states.size) {
    const others = refused.length - 1;
    throw new AppError(fault.code, others ? `${fault.message}; ${others} more documents failed` : fault.message, {
      path: fault.path,
      documents: refused.length,
    });
  }
  const counts = await publish(store, row, { ...totals, complete: !fault }, options, enter);
  lap(stage);
  return { ...outcome, state: options.dryRun ? 'dry-run' : 'published', counts };
}

function refusedParts(parts: Iterable<KnownPart>): RefusedPart[] {
  return [...parts]
    .flatMap(({ partNo, path, failure }) => (failure ? [{ partNo, path, ...failure }] : []))
    .sort((a, b) => a.partNo - b.partNo);
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
  totals: Totals & { readonly complete: boolean },
  options: ImportOptions,
  enter: (stage: string) => Promise<void>,
): Promise<ImportCounts> {
  const sql = store.ownerSql();
  const { id: importId, shelf, source, mode, releasedOn } = row;
  const first = await shelfIsEmpty(sql, shelf);
  const prepared = first
    ? await prepareFirst(
        sql,
        { importId, shelf, source, taken: totals.read - totals.rejected, complete: totals.complete },
        enter,
      )
    : undefined;
  const day = today(options.clock ?? systemClock);
  let counts = emptyCounts(totals);
  try {
    await sql.begin(async (tx) => {
      await tx.unsafe(ROOM);
      const [now] = await tx<{ state: string }[]>`SELECT state FROM import WHERE id = ${importId}`;
      if (now?.state === 'published')
        throw new AppError('import.taken-over', 'another run of this import has published it', { importId });
      const visible = await visibleImports(tx, shelf);
      const ledger = { importId, shelf, source, mode, visible };
      let merged = prepared ? { ...prepared, history: 0 } : undefined;
      let withdrawn = 0;
      if (first) {
        await enter('checks');
        await noteSharedIdentifiers(tx, ledger, true);
        await tellBrokenChains(tx, ledger, true);
        await moveProblems(tx, importId);
        await enter('publishing');
        await exchangePartitions(tx, importId, shelf);
        await tx.unsafe(`DROP TABLE IF EXISTS stage_problem_${importId}`);
      } else {
        await enter('merging');
        merged = await mergeStaged(tx, { importId, shelf, releasedOn, visible });
        withdrawn = await notePresence(tx, { importId, shelf, releasedOn, mode, complete: totals.complete, visible });
        await enter('checks');
        await noteSharedIdentifiers(tx, ledger, false);
        await noteConflicts(tx, ledger, 'taken');
        await tellBrokenChains(tx, ledger, false);
        await moveProblems(tx, importId);
      }
      await noteDrift(tx, ledger, totals.fill, totals.read - totals.rejected);
      await noteMissingDays(tx, ledger);
      await enter('counting');
      const counting = [...visible, importId];
      const affected = first
        ? undefined
        : `SELECT v.product_id FROM device_version v JOIN taken t ON t.record_key = v.record_key AND v.shelf = ${shelf}`;
      await renewTallies(tx, shelf, counting, day, affected);
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
          complete = ${totals.complete}, counts = ${tx.json({ ...counts, history } as never)}, fill = ${tx.json(totals.fill)}, failure = NULL
        WHERE id = ${importId}`;
      await audit(tx, {
        actor: options.actor,
        act: 'release.import',
        subject: `release/${row.releaseId}`,
        outcome: 'done',
        detail: { source, mode, releasedOn, read: totals.read, inserted, updated, withdrawn },
      });
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
    await dropStaging(sql, importId);
    await sql.unsafe(`DROP TABLE IF EXISTS product_${shelf}_${importId}`);
    await sql`DELETE FROM import WHERE id = ${importId}`;
  }
  return counts;
}
