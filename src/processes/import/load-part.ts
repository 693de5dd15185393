import { PRODUCT_COLUMNS, type SourceRecord, StageRows } from '../../domains/devices/index.ts';
import { AppError } from '../../kernel/app-error.ts';
import { type PartDescriptor, type PartText, readText } from '../../platform/files/open-text.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { dayNumber } from '../../sources/nmpa-udid/days.ts';
import { FIELDS } from '../../sources/nmpa-udid/fields.ts';
import { readPart } from '../../sources/nmpa-udid/part-reader.ts';
import { RecordRows } from '../../sources/nmpa-udid/record-rows.ts';
import { DeviceScanner } from '../../sources/nmpa-udid/scanner.ts';
import { deviceSource } from '../../sources/registry.ts';
import { type PartState, storeChunk } from './staging.ts';

/** A chunk is stored when it holds so many records or bytes. Fewer than a block of surrogate keys has. */
const CHUNK_RECORDS = 40_000;
const CHUNK_BYTES = 8 << 20;
export const BLOCK = 65_536;

/** One document to read into the staged tables, from where it was left. */
export interface PartJob {
  readonly importId: number;
  readonly source: string;
  readonly releasedOn: string;
  readonly part: PartDescriptor;
  readonly state: PartState;
}

/** Loads parts one after another through one connection, keeping what is worth keeping between them. */
export class PartLoader {
  private readonly rows = new StageRows();
  private readonly scanner = new DeviceScanner();
  private fast: RecordRows | undefined;
  private block = 0;
  private used = BLOCK;

  constructor(
    private readonly sql: Sql,
    private readonly onProgress: (read: number, state: PartState) => void,
  ) {}

  private async nextBlock(): Promise<void> {
    const [row] = await this.sql<{ block: number }[]>`SELECT nextval('version_block') AS block`;
    this.block = (row?.block ?? 0) * BLOCK;
    this.used = 0;
  }

  private readonly nextId = (): number => this.block + this.used++;

  /** Positions in a document that had to be transcoded are those of its UTF-8 form; the ledger says so. */
  private async noteEncoding({ importId, part, state }: PartJob, text: PartText): Promise<void> {
    await this
      .sql`UPDATE import_part SET encoding = ${text.encoding} WHERE import_id = ${importId} AND part_no = ${part.ordinal}`;
    if (text.positionsIn === 'source' || state.read > 0) return;
    this.rows.addProblem({ at: 0, length: 0, recordNo: 0 }, null, {
      severity: 'notice',
      code: 'encoding.transcoded',
      field: null,
      value: text.encoding,
      reason: text.declared,
    });
  }

  /** Reads the part to its end; throws when it cannot be read as a whole or contradicts its header. */
  async load(job: PartJob): Promise<PartState> {
    const { rows } = this;
    rows.part = { partNo: job.part.ordinal, releasedOn: job.releasedOn };
    rows.resetCounts();
    for (const table of ['device', 'identifier', 'product', 'problem'] as const) rows[table].length = 0;
    let state = job.state;
    let fill = new Map(Object.entries(state.fill));
    await this.nextBlock();
    const store = async (resumeAt: number, headerCount: number | null, done: boolean) => {
      const problems = { ...state.problems };
      for (const [code, n] of Object.entries(rows.problemCounts)) problems[code] = (problems[code] ?? 0) + n;
      const fresh = rows.read;
      const before = state.read;
      state = {
        partNo: state.partNo,
        resumeAt,
        read: state.read + rows.read,
        rejected: state.rejected + rows.rejected,
        identifiers: state.identifiers + rows.identifiers,
        problems,
        fill: Object.fromEntries(fill),
        headerCount,
        done,
      };
      await storeChunk(this.sql, job.importId, rows, state, before);
      rows.resetCounts();
      this.onProgress(fresh, state);
      if (!done) await this.nextBlock();
    };
    const full = () => rows.read >= CHUNK_RECORDS || rows.bytes() >= CHUNK_BYTES;

    const text = await readText(job.part);
    await this.noteEncoding(job, text);
    if (job.source === 'nmpa-udid') {
      this.fast ??= new RecordRows(rows, this.scanner, dayNumber(job.releasedOn));
      const { fast } = this;
      FIELDS.forEach((field, i) => {
        fast.fill[i] = fill.get(field.tag) ?? 0;
      });
      const counted = () => {
        fill = new Map(FIELDS.map((field, i) => [field.tag, fast.fill[i] as number]));
      };
      const result = await readPart(text.bytes, fast, {
        from: { at: state.resumeAt, recordNo: state.read },
        nextId: this.nextId,
        afterRecord: (progress) => {
          if (!full()) return undefined;
          counted();
          return store(progress.at, null, false);
        },
      });
      counted();
      const read = state.read + rows.read;
      if (result.headerCount !== null && result.headerCount !== read) {
        throw new AppError(
          'part.count-mismatch',
          `${job.part.path}: the header states ${result.headerCount} records, the file holds ${read}`,
          { path: job.part.path, stated: result.headerCount, found: read },
        );
      }
      await store(result.at, result.headerCount, true);
      return state;
    }

    const source = deviceSource(job.source);
    let headerCount: number | null = null;
    let at = state.resumeAt;
    for await (const event of source.read(text.bytes, { startAt: state.resumeAt })) {
      if (event.type === 'header') headerCount = event.count;
      else if (event.type === 'part-problem') rows.addProblem({ at, length: 0, recordNo: 0 }, null, event.problem);
      else if (event.type === 'rejected') {
        rows.read++;
        rows.rejected++;
        rows.addProblem(event.record.position, event.record.recordKey, event.record.rejected);
        at = event.record.position.at + event.record.position.length;
      } else {
        countFill(fill, event.record);
        rows.record(this.nextId(), job.source, event.record, (product) => source.derive(product));
        at = event.record.position.at + event.record.position.length;
      }
      if (full()) await store(at, headerCount, false);
    }
    const read = state.read + rows.read;
    if (headerCount !== null && headerCount !== read) {
      throw new AppError(
        'part.count-mismatch',
        `${job.part.path}: the header states ${headerCount} records, the file holds ${read}`,
        {
          path: job.part.path,
          stated: headerCount,
          found: read,
        },
      );
    }
    await store(at, headerCount, true);
    return state;
  }
}

function countFill(fill: Map<string, number>, record: SourceRecord): void {
  const add = (tag: string) => fill.set(tag, (fill.get(tag) ?? 0) + 1);
  for (const column of PRODUCT_COLUMNS) if (record.product[column] !== null) add(column);
  for (const tag of Object.keys(record.payload)) add(tag);
  if (record.model !== null) add('model');
  if (record.catalogNo !== null) add('catalogNo');
}
