import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import type { FastifyReply } from 'fastify';

/** Bytes collected before they are handed on. */
const CHUNK = 1 << 16;

/**
 * A cell that spreadsheet programs would read as a formula gets an apostrophe in front: what a publisher wrote must
 * never run on a reader's machine.
 */
export function safeCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

/** Digits that a spreadsheet would turn into a number and so shorten or round: leading zeros, more than 11 digits. */
const CODE = /^(0\d+|\d{12,})$/;

/** How cells are written: for spreadsheets, or `plain` for programs, which get the bytes as published. */
export interface CsvOptions {
  readonly plain?: boolean | undefined;
}

function csvCell(text: string, plain: boolean): string {
  // a tab in front keeps a code a text in Excel; docs/decisions/csv-codes.md
  const cell = plain ? text : CODE.test(text) ? `\t${text}` : safeCell(text);
  return /[",\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** RFC 6266 name: ASCII for old programs, UTF-8 for the others. */
export function attachment(reply: FastifyReply, name: string, extension: string): void {
  const ascii = name.replace(/[^\w.-]+/g, '_');
  reply.header(
    'content-disposition',
    `attachment; filename="${ascii}.${extension}"; filename*=UTF-8''${encodeURIComponent(`${name}.${extension}`)}`,
  );
  reply.header('cache-control', 'no-store');
}

async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length >= CHUNK) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk) yield chunk;
}

/** Streams rows as CSV with a byte order mark, so that Excel reads it as UTF-8. */
export function sendCsv(
  reply: FastifyReply,
  name: string,
  header: readonly string[],
  rows: AsyncIterable<readonly string[]>,
  options: CsvOptions = {},
): FastifyReply {
  const plain = options.plain ?? false;
  attachment(reply, name, 'csv');
  async function* lines(): AsyncGenerator<string> {
    yield `${plain ? '' : '\uFEFF'}${header.map((title) => csvCell(title, plain)).join(',')}\r\n`;
    for await (const row of rows) yield `${row.map((cell) => csvCell(cell, plain)).join(',')}\r\n`;
  }
  return reply.type('text/csv; charset=utf-8').send(Readable.from(inChunks(lines()), { objectMode: false }));
}

/** Streams values as one JSON object a line. */
export function sendLines(reply: FastifyReply, name: string, values: AsyncIterable<unknown>): FastifyReply {
  attachment(reply, name, 'ndjson');
  async function* lines(): AsyncGenerator<string> {
    for await (const value of values) yield `${JSON.stringify(value)}\n`;
  }
  return reply
    .type('application/x-ndjson; charset=utf-8')
    .send(Readable.from(inChunks(lines()), { objectMode: false }));
}

/** Rows of one sheet; Excel holds no more. */
const SHEET_ROWS = 1_048_575;

/** Streams rows as a workbook of text cells; a list longer than a sheet goes on in the next. */
export function sendWorkbook(
  reply: FastifyReply,
  name: string,
  header: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): FastifyReply {
  attachment(reply, name, 'xlsx');
  const stream = new PassThrough({ highWaterMark: 1 << 20 });
  void writeWorkbook(stream, header, rows).catch((error: Error) => stream.destroy(error));
  return reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(stream);
}

async function writeWorkbook(
  stream: PassThrough,
  header: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  let number = 0;
  const open = () => {
    const sheet = book.addWorksheet(`${++number}`, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = header.map((title) => ({
      header: title,
      width: Math.min(48, Math.max(12, title.length * 2)),
      style: { numFmt: '@' },
    }));
    sheet.getRow(1).font = { bold: true };
    return sheet;
  };
  let sheet = open();
  let count = 0;
  for await (const row of rows) {
    if (stream.destroyed) return;
    if (count === SHEET_ROWS) {
      sheet.commit();
      sheet = open();
      count = 0;
    }
    // a string cell is never a formula; what a sheet cannot hold is cut and says so
    sheet.addRow(row.map((cell) => (cell.length > 32_767 ? `${cell.slice(0, 32_760)}…[截]` : cell))).commit();
    count++;
    if (stream.writableNeedDrain) await once(stream, 'drain');
  }
  sheet.commit();
  await book.commit();
}
