import { STAGE_COLUMNS, type StageRows, type StageTable } from '../../domains/devices/index.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { copyInto } from '../../platform/postgres/copy.ts';

/** The import's own tables; they hold what was read until it is published. */
export interface Staging {
  readonly importId: number;
  readonly shelf: number;
  readonly releasedOn: string;
}

const LIKE: Readonly<Record<StageTable, string>> = {
  device: 'device_version',
  identifier: 'device_identifier',
  product: 'product',
  problem: 'quality_problem',
};

export function stageTable(table: StageTable, importId: number): string {
  return `stage_${table}_${importId}`;
}

/**
 * Makes the staged tables, empty. What is the same in every row of the import is the default of its column, so that it
 * need not be sent. They are ordinary, logged tables: after a crash of the server the committed chunks are still there.
 */
export async function createStaging(
  sql: Queryable,
  { importId, shelf, releasedOn }: Staging,
  source: string,
): Promise<void> {
  for (const table of Object.keys(STAGE_COLUMNS) as StageTable[]) {
    const name = stageTable(table, importId);
    await sql.unsafe(
      `CREATE TABLE ${name} (LIKE ${LIKE[table]} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE, CHECK (shelf = ${shelf})) WITH (autovacuum_enabled = false)`,
    );
    await sql.unsafe(`ALTER TABLE ${name} ALTER COLUMN shelf SET DEFAULT ${shelf}`);
    if (table !== 'product') await sql.unsafe(`ALTER TABLE ${name} ALTER COLUMN import_id SET DEFAULT ${importId}`);
  }
  await sql.unsafe(
    `ALTER TABLE ${stageTable('device', importId)} ALTER COLUMN released_on SET DEFAULT '${releasedOn}'`,
  );
  await sql.unsafe(
    `ALTER TABLE ${stageTable('product', importId)} ALTER COLUMN source SET DEFAULT '${source.replaceAll("'", "''")}'`,
  );
}

export async function dropStaging(sql: Queryable, importId: number): Promise<void> {
  for (const table of Object.keys(STAGE_COLUMNS) as StageTable[]) {
    await sql.unsafe(`DROP TABLE IF EXISTS ${stageTable(table, importId)}`);
  }
}

/** What a part has done so far; stored in the transaction of its rows. */
export interface PartState {
  readonly partNo: number;
  readonly resumeAt: number;
  readonly read: number;
  readonly rejected: number;
  readonly identifiers: number;
  readonly problems: Readonly<Record<string, number>>;
  readonly fill: Readonly<Record<string, number>>;
  readonly headerCount: number | null;
  readonly done: boolean;
}

/**
 * Stores the rows written since the last chunk together with how far the part has come: both or neither. `before` is
 * the number of records stored so far: when another run has stored more, nothing is stored and `import.taken-over`
 * thrown. So no record is stored twice, even where a killed run's last transaction ends after the next run has begun.
 */
export async function storeChunk(
  sql: Sql,
  importId: number,
  rows: StageRows,
  state: PartState,
  before: number,
): Promise<void> {
  await sql.begin(async (tx) => {
    // a lost last moment is read again after a crash; nothing is published before everything is there
    await tx`SET LOCAL synchronous_commit = off`;
    for (const table of Object.keys(STAGE_COLUMNS) as StageTable[]) {
      if (!rows[table].length) continue;
      await copyInto(tx, `${stageTable(table, importId)} (${STAGE_COLUMNS[table]})`, [rows[table].take()]);
    }
    const stored = await tx`
      UPDATE import_part SET resume_at = ${state.resumeAt}, read = ${state.read}, rejected = ${state.rejected},
        identifiers = ${state.identifiers}, problems = ${tx.json(state.problems)}, fill = ${tx.json(state.fill)},
        header_count = ${state.headerCount}, done = ${state.done}
      WHERE import_id = ${importId} AND part_no = ${state.partNo} AND read = ${before} AND NOT done`;
    if (stored.count === 0)
      throw new AppError('import.taken-over', 'another run of this import has gone on in the meantime', {
        part: state.partNo,
      });
  });
}

/** Takes back what was stored of a document that cannot be taken as a whole, and says why in its place. */
export async function refusePart(
  sql: Sql,
  importId: number,
  partNo: number,
  failure: { readonly code: string; readonly message: string },
): Promise<void> {
  const device = stageTable('device', importId);
  await sql.begin(async (tx) => {
    await tx.unsafe(
      `DELETE FROM ${stageTable('identifier', importId)} WHERE version_id IN (SELECT id FROM ${device} WHERE part_no = $1)`,
      [partNo],
    );
    await tx.unsafe(`DELETE FROM ${device} WHERE part_no = $1`, [partNo]);
    await tx.unsafe(`DELETE FROM ${stageTable('problem', importId)} WHERE part_no = $1`, [partNo]);
    await tx.unsafe(
      `INSERT INTO ${stageTable('problem', importId)} (part_no, position_at, record_no, severity, code, reason) VALUES ($1, 0, 0, 'rejected', $2, $3)`,
      [partNo, failure.code, failure.message],
    );
    await tx`
      UPDATE import_part SET done = true, failure = ${tx.json({ ...failure })}, resume_at = 0, read = 0, rejected = 0,
        identifiers = 0, problems = '{}', fill = '{}'
      WHERE import_id = ${importId} AND part_no = ${partNo}`;
  });
}
