import type { CertificateEvent, CertificatePosition, CertificateSource } from '../../domains/certificates/index.ts';
import type { SourceProblem } from '../../domains/devices/index.ts';
import { AppError } from '../../kernel/app-error.ts';
import { readManifest } from '../manifest.ts';
import { rejection, shown } from '../problem-list.ts';
import { type Cells, certificateRow } from './certificate-row.ts';
import { COLUMNS, headingKey, isHeadingRow, meaningOf } from './columns.ts';
import { jsonLineRows } from './json-line-rows.ts';
import { csvRows, type TableRow } from './table-rows.ts';
import { workbookRows } from './workbook-rows.ts';

const manifest = readManifest('nmpa-registrations');
/** Titles and notes may stand above the headings; further down no headings are looked for. */
const LAST_HEADING_ROW = 30;
const NO_HEADINGS = '找不到表头：需要“注册证编号”（或“备案编号”）等列名';

/** Reads a list of certificates; which form it has shows in its first bytes. */
async function* read(
  stream: AsyncIterable<Uint8Array>,
  options: { readonly startAt: number },
): AsyncGenerator<CertificateEvent> {
  const { head, whole } = await peek(stream);
  const keys = new Map<string, number>();
  let recordNo = 0;
  for await (const row of rowsOf(head, whole)) {
    if ('problem' in row) {
      yield { type: 'part-problem', problem: row.problem };
      continue;
    }
    recordNo++;
    const position: CertificatePosition = { ...row.position, recordNo };
    const event = 'rejected' in row ? reject(position, row.rejected) : toEvent(row.cells, position, keys);
    if (position.at >= options.startAt) yield event;
  }
}

type Row =
  | { readonly cells: Cells; readonly position: Omit<CertificatePosition, 'recordNo'> }
  | { readonly rejected: SourceProblem; readonly position: Omit<CertificatePosition, 'recordNo'> }
  | { readonly problem: SourceProblem };

function rowsOf(head: Buffer, whole: AsyncIterable<Uint8Array>): AsyncIterable<Row> {
  if (head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return underHeadings(workbookRows(whole));
  if (head.subarray(0, 4).toString('hex') === 'd0cf11e0') {
    throw new AppError('source.not-this-format', '旧式 .xls 工作簿：请另存为 .xlsx 或 CSV');
  }
  return /^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(head.toString('latin1'))
    ? jsonLineRows(whole)
    : underHeadings(csvRows(whole));
}

/** Finds the headings of each sheet and puts the rows behind them under these headings. */
async function* underHeadings(rows: AsyncIterable<TableRow>): AsyncGenerator<Row> {
  let sheet: string | null | undefined;
  let headings: string[] | null = null;
  let searched = 0;
  let found = false;
  for await (const { cells, position } of rows) {
    if (position.sheet !== sheet) {
      if (sheet !== undefined && headings === null) yield { problem: noHeadings(sheet) };
      sheet = position.sheet;
      headings = null;
      searched = 0;
    }
    if (headings === null) {
      if (searched > LAST_HEADING_ROW) continue;
      searched++;
      if (!isHeadingRow(cells)) continue;
      headings = cells.map((cell, i) => cell.trim().replace(/\s+/g, '') || `第${i + 1}列`);
      found = true;
      for (const heading of headings) {
        if (meaningOf(heading) === null && !/^第\d+列$/.test(heading))
          yield { problem: unknownHeading(heading, sheet) };
      }
      continue;
    }
    const known = headings;
    // a list printed page by page repeats its headings
    if (cells.every((cell, i) => headingKey(cell) === headingKey(known[i] ?? ''))) continue;
    yield { cells: cells.map((cell, i) => [known[i] ?? `第${i + 1}列`, cell] as const), position };
  }
  if (!found) throw new AppError('source.not-this-format', NO_HEADINGS);
  if (headings === null) yield { problem: noHeadings(sheet ?? null) };
}

function toEvent(cells: Cells, position: CertificatePosition, keys: Map<string, number>): CertificateEvent {
  const certificate = certificateRow(cells, position);
  if ('severity' in certificate) return reject(position, certificate);
  const times = (keys.get(certificate.recordKey) ?? 0) + 1;
  keys.set(certificate.recordKey, times);
  if (times === 1) return { type: 'certificate', certificate };
  // rows of one certificate without ids of their own stay apart by their order
  const problem: SourceProblem = {
    severity: 'notice',
    code: 'certificate.several-rows',
    field: null,
    value: certificate.recordKey,
    reason: `同一编号的第 ${times} 行`,
  };
  return {
    type: 'certificate',
    certificate: {
      ...certificate,
      recordKey: `${certificate.recordKey}#${times}`,
      problems: [...certificate.problems, problem],
    },
  };
}

function reject(position: CertificatePosition, rejected: SourceProblem): CertificateEvent {
  return { type: 'rejected', record: { position, recordKey: rejected.value, rejected } };
}

function unknownHeading(heading: string, sheet: string | null): SourceProblem {
  const reason = `未知列名${sheet === null ? '' : `（工作表 ${sheet}）`}，内容已按原列名保留`;
  return { severity: 'problem', code: 'source.unknown-field', field: shown(heading), value: null, reason };
}

function noHeadings(sheet: string | null): SourceProblem {
  return { ...rejection('source.no-headings', null, sheet, NO_HEADINGS), severity: 'problem' };
}

async function peek(stream: AsyncIterable<Uint8Array>): Promise<{ head: Buffer; whole: AsyncIterable<Uint8Array> }> {
  const chunks = stream[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let ended = false;
  while (head.length < 64 && !ended) {
    const next = await chunks.next();
    if (next.done) ended = true;
    else head = Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  return { head, whole: whole() };
}

/** Lists of Chinese registration certificates and filings. */
export const nmpaRegistrations: CertificateSource = {
  id: manifest.id,
  titleZh: manifest.title.zh,
  titleEn: manifest.title.en,
  publisher: manifest.publisher,
  url: manifest.url,
  licence: manifest.licence,
  columnLabels: Object.fromEntries(COLUMNS.map(({ column, zh, en }) => [column, { zh, en }])),
  recognises(fileName, firstBytes) {
    if (/\.xlsx$/i.test(fileName)) return true;
    const head = Buffer.from(
      firstBytes.buffer,
      firstBytes.byteOffset,
      Math.min(firstBytes.byteLength, 65_536),
    ).toString('utf8');
    if (/\.(csv|tsv|txt)(\.gz)?$/i.test(fileName)) return !/^\s*[<{]/.test(head);
    return /\.jsonl?(\.gz)?$/i.test(fileName) && /"(certificate_no|注册证编号|备案编号)"\s*:/.test(head);
  },
  read,
};
