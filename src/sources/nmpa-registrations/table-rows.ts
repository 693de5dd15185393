import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { CertificatePosition } from '../../domains/certificates/index.ts';
import { AppError } from '../../kernel/app-error.ts';
import { utf8Stream } from './utf8-stream.ts';

/** A row of a table with its place; `recordNo` is set by the reader. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly position: Omit<CertificatePosition, 'recordNo'>;
}

/** Rows of a CSV text (comma, semicolon or tab), blank ones left out. Throws `source.malformed` when quotes never close. */
export async function* csvRows(stream: AsyncIterable<Uint8Array>): AsyncGenerator<TableRow> {
  const text = utf8Stream(stream);
  const first = await text.next();
  if (first.done) return;
  const delimiter = delimiterOf(first.value.toString('utf8'));
  async function* whole(): AsyncGenerator<Buffer> {
    yield first.value as Buffer;
    yield* text;
  }
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const source = Readable.from(whole(), { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let at = first.value.subarray(0, 3).toString('hex') === 'efbbbf' ? 3 : 0;
  let line = 1;
  try {
    for await (const row of parser as AsyncIterable<{ record: string[]; raw: string; info: { lines: number } }>) {
      const length = Buffer.byteLength(row.raw, 'utf8');
      const position = { at, length, sheet: null, row: line };
      at += length;
      line = row.info.lines + 1;
      if (row.record.some((cell) => cell.trim() !== '')) yield { cells: row.record, position };
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new AppError('source.malformed', `CSV 有误：${error.message}`, { at, line }, error);
    }
    throw error;
  }
}

function delimiterOf(head: string): string {
  const counts = [',', '\t', ';'].map((mark) => ({ mark, count: head.slice(0, 8192).split(mark).length }));
  return counts.reduce((a, b) => (b.count > a.count ? b : a)).mark;
}
