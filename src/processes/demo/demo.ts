import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addRecord, appendRecord, findRecord, NewRecord } from '../../domains/records/index.ts';
import { type Actor, systemActor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import type { Transaction } from '../../platform/postgres/connections.ts';
import type { Store } from '../../platform/postgres/store.ts';
import { importFiles } from '../import/import-files.ts';
import { IMPORT_LOCK } from '../import/import-rows.ts';
import { partitionOf } from '../import/publish-first.ts';
import { dropStaging } from '../import/staging.ts';

/** Demonstration data stand on a shelf of their own, whatever source they come from. */
const DEMO_SHELF = 9;
const FILES = ['gudid-demo-20160525.xml.gz', 'eudamed-demo-20260806.jsonl.gz'] as const;

export interface DemoState {
  /** Demonstration devices are in the store. */
  readonly present: boolean;
  /** They were loaded or removed before: they do not load by themselves again. */
  readonly touched: boolean;
}

/** The folder of the demonstration data, whether run from `src` or from `dist`. */
function demoFolder(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); dirname(at) !== at; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return join(at, 'seeds', 'demo');
  }
  throw new AppError('demo.not-found', 'the folder seeds/demo of this installation is missing', {});
}

export async function demoState(store: Store): Promise<DemoState> {
  const [row] = await store.ownerSql()<DemoState[]>`
    select exists (select from import where shelf = ${DEMO_SHELF}) as present,
      exists (select from demo_event) as touched`;
  return row ?? { present: false, touched: false };
}

/**
 * Loads the demonstration data into a store that never held anything: no import of any source, not even one that
 * failed, and no demonstration data before. Answers the number of devices, null when the store is not new.
 */
export async function loadDemoWhenNew(store: Store): Promise<number | null> {
  const [row] = await store.ownerSql()<{ used: boolean }[]>`
    select exists (select from import) or exists (select from demo_event) or exists (select from import_job)
      or exists (select from record) as used`;
  return row?.used === false ? loadDemo(store, systemActor) : null;
}

/**
 * Loads the demonstration data; answers the number of devices. Loading twice changes nothing.
 * Throws `demo.failed` when a file cannot be taken in, `import.busy` while another process loads them.
 */
export async function loadDemo(store: Store, actor: Actor): Promise<number> {
  const folder = demoFolder();
  const { summary, failures } = await importFiles(
    store,
    FILES.map((name) => join(folder, name)),
    { mode: 'update', shelf: DEMO_SHELF, workers: 1, actor: actor.id },
  );
  const failure = failures[0];
  if (failure?.code === 'import.busy') throw new AppError(failure.code, failure.message, {});
  if (failure) throw new AppError('demo.failed', `示例数据未能载入：${failure.message}`, { code: failure.code });
  await store.ownerSql().begin(async (tx) => {
    const [before] = await tx<{ loaded: boolean }[]>`
      select coalesce((select act = 'loaded' from demo_event order by id desc limit 1), false) as loaded`;
    if (before?.loaded) return;
    for (const record of exampleRecords(folder)) await addExample(tx, record, actor);
    await tx`insert into demo_event (act, actor) values ('loaded', ${actor.id})`;
    await audit(tx, {
      actor: actor.id,
      act: 'demo.load',
      subject: 'demo',
      outcome: 'done',
      detail: { releases: summary.releases.map((release) => release.id) },
    });
  });
  return summary.read - summary.rejected;
}

function exampleRecords(folder: string): NewRecord[] {
  return readFileSync(join(folder, 'records.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => NewRecord.parse(JSON.parse(line)));
}

async function addExample(tx: Transaction, record: NewRecord, actor: Actor): Promise<void> {
  const id = await addRecord(
    {
      find: (known) => findRecord(tx, known),
      append: (one, by) => appendRecord(tx, one, by),
      audit: (act, subject, detail) =>
        audit(tx, { actor: actor.id, act, subject, outcome: 'done', detail: { ...detail, demo: true } }),
    },
    record,
    actor,
  );
  await tx`insert into demo_record (record_id) values (${id})`;
}

const PARTITIONED = [
  'device_identifier',
  'device_version',
  'product',
  'device_presence',
  'quality_problem',
  'product_tally',
  'search_term',
] as const;

/**
 * Takes all demonstration data away in one transaction: the contents of their partitions, their imports, the invented
 * records and what corrects these. They do not come back by themselves. False when there were none.
 * Throws `import.busy` while they are being loaded.
 */
export async function removeDemo(store: Store, actor: Actor): Promise<boolean> {
  return store.ownerSql().begin(async (tx) => {
    const [lock] = await tx<{ got: boolean }[]>`
      select pg_try_advisory_xact_lock(${IMPORT_LOCK}, ${DEMO_SHELF}) as got`;
    if (!lock?.got) throw new AppError('import.busy', '示例数据正在载入，请等待其结束', {});
    const imports = await tx<{ id: number }[]>`select id from import where shelf = ${DEMO_SHELF}`;
    const [last] = await tx<{ act: string }[]>`select act from demo_event order by id desc limit 1`;
    if (last?.act === 'removed' && imports.length === 0) return false;
    const tables: string[] = [];
    for (const parent of PARTITIONED) tables.push(await partitionOf(tx, parent, DEMO_SHELF));
    await tx.unsafe(`truncate ${tables.join(', ')}`);
    for (const { id } of imports) await dropStaging(tx, id);
    await tx`delete from import where shelf = ${DEMO_SHELF}`;
    await tx.unsafe(`
      create temp table going on commit drop as
      with recursive chain as (
        select record_id as id from demo_record
        union select r.id from record r join chain on r.corrects = chain.id)
      select id from chain`);
    await tx`delete from demo_record`;
    await tx`delete from record_subject where record_id in (select id from going)`;
    await tx`delete from record where id in (select id from going)`;
    await tx`insert into demo_event (act, actor) values ('removed', ${actor.id})`;
    await audit(tx, { actor: actor.id, act: 'demo.remove', subject: 'demo', outcome: 'done', detail: {} });
    return imports.length > 0;
  });
}
