import { type ProductFields, STAGE_COLUMNS, StageRows } from '../../src/domains/devices/index.ts';
import { FIELDS, PRODUCT_TAGS } from '../../src/sources/nmpa-udid/fields.ts';
import { readPart } from '../../src/sources/nmpa-udid/part-reader.ts';
import { unpackPayload } from '../../src/sources/nmpa-udid/payload.ts';
import { RecordRows } from '../../src/sources/nmpa-udid/record-rows.ts';
import { DeviceScanner } from '../../src/sources/nmpa-udid/scanner.ts';

export type Cell = string | null;
export interface ReadUdid {
  readonly devices: Record<string, Cell>[];
  readonly products: Record<string, Cell>[];
  readonly identifiers: Record<string, Cell>[];
  readonly problems: Record<string, Cell>[];
  readonly headerCount: number | null;
  readonly read: number;
  readonly rejected: number;
  readonly fill: Record<string, number>;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\t': '\t', '\\n': '\n', '\\r': '\r', '\\\\': '\\' };

/** Rows of PostgreSQL's COPY text format. */
export function copyRows(bytes: Uint8Array, columns: string): Record<string, Cell>[] {
  const names = columns.split(', ');
  return Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const cells = line.split('\t');
      if (cells.length !== names.length)
        throw new Error(`${cells.length} cells where ${names.length} are due: ${line}`);
      return Object.fromEntries(
        names.map((name, i) => [
          name,
          cells[i] === '\\N' ? null : (cells[i] as string).replace(/\\[tnr\\]/g, (c) => ESCAPES[c] ?? c),
        ]),
      );
    });
}

/** Cuts bytes into pieces whose lengths `next` gives. */
export async function* pieces(bytes: Uint8Array, next: () => number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + Math.max(1, next()));
    // a buffer of its own, as a stream gives them
    yield Buffer.from(bytes.subarray(at, end));
    at = end;
  }
}

/** Rows and reader, to be used for one document after another as a thread of an import does. */
export function udidReader(releasedOn: string): { rows: StageRows; reader: RecordRows } {
  const rows = new StageRows();
  rows.part = { partNo: 1, releasedOn };
  return { rows, reader: new RecordRows(rows, new DeviceScanner(), Number(releasedOn.replaceAll('-', ''))) };
}

/** Reads a document with the byte reader of the national base, without a database. */
export async function readUdid(
  bytes: Uint8Array,
  options: {
    chunk?: () => number;
    releasedOn?: string;
    from?: { at: number; recordNo: number };
    /** Used again; products it has met are not written again. */
    with?: ReturnType<typeof udidReader>;
  } = {},
): Promise<ReadUdid> {
  const { rows, reader } = options.with ?? udidReader(options.releasedOn ?? '2026-05-01');
  rows.resetCounts();
  for (const table of ['device', 'identifier', 'product', 'problem'] as const) rows[table].length = 0;
  let id = 1;
  const result = await readPart(pieces(bytes, options.chunk ?? (() => 65_536)), reader, {
    from: options.from ?? { at: 0, recordNo: 0 },
    nextId: () => id++,
    afterRecord: () => undefined,
  });
  return {
    devices: copyRows(rows.device.bytes.subarray(0, rows.device.length), STAGE_COLUMNS.device),
    products: copyRows(rows.product.bytes.subarray(0, rows.product.length), STAGE_COLUMNS.product),
    identifiers: copyRows(rows.identifier.bytes.subarray(0, rows.identifier.length), STAGE_COLUMNS.identifier),
    problems: copyRows(rows.problem.bytes.subarray(0, rows.problem.length), STAGE_COLUMNS.problem),
    headerCount: result.headerCount,
    read: rows.read,
    rejected: rows.rejected,
    fill: Object.fromEntries(FIELDS.map((field, i) => [field.tag, reader.fill[i] as number])),
  };
}

const PRODUCT_NAMES: readonly (keyof ProductFields | string)[] = [
  'name',
  'brand',
  'description',
  'holder_name',
  'holder_name_alt',
  'holder_code',
  'certificate_text',
  'class_code',
  'class_code_old',
  'category',
  'kind',
];

/** All that is stored of a device, put back under the tags of the source: texts, and lists of entries. */
export function publishedAgain(
  device: Record<string, Cell>,
  products: readonly Record<string, Cell>[],
): Record<string, unknown> {
  const product = products.find((p) => p.id === device.product_id);
  if (!product) throw new Error(`no product ${device.product_id}`);
  const out: Record<string, unknown> = { ...unpackPayload(device.payload ?? '') };
  const put = (tag: string, value: Cell | undefined) => {
    if (value !== null && value !== undefined && value !== '') out[tag] = value;
  };
  for (const [i, tag] of PRODUCT_TAGS.entries()) put(tag, product[PRODUCT_NAMES[i] as string]);
  put('zxxsdycpbs', device.di ?? device.di_key);
  put('ggxh', device.model);
  put('cphhhbh', device.catalog_no);
  put('deviceRecordKey', device.record_key);
  return out;
}
