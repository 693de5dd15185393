import type { CertificatePosition } from '../../domains/certificates/index.ts';
import type { SourceProblem } from '../../domains/devices/index.ts';
import { rejection, shown } from '../problem-list.ts';
import type { Cells } from './certificate-row.ts';
import { utf8Stream } from './utf8-stream.ts';

type Place = Omit<CertificatePosition, 'recordNo'>;
type JsonRow =
  | { readonly cells: Cells; readonly position: Place }
  | { readonly rejected: SourceProblem; readonly position: Place };

/** Rows of a list with one JSON object a line; a line that is none is refused and the next one read. */
export async function* jsonLineRows(stream: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRow> {
  let rest: Buffer = Buffer.alloc(0);
  let base = 0;
  let lineNo = 0;
  for await (const chunk of utf8Stream(stream)) {
    rest = Buffer.concat([rest, chunk]);
    let used = 0;
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a, used)) {
      yield* row(rest.subarray(used, end), base + used, ++lineNo);
      used = end + 1;
    }
    rest = rest.subarray(used);
    base += used;
  }
  yield* row(rest, base, ++lineNo);
}

function* row(bytes: Buffer, at: number, line: number): Generator<JsonRow> {
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') return;
  const position: Place = { at, length: bytes.length, sheet: null, row: line };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = `JSON 有误：${error instanceof Error ? shown(error.message) : ''}`;
    yield { rejected: rejection('source.malformed', null, null, reason), position };
    return;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield { rejected: rejection('source.malformed', null, shown(text), '不是 JSON 对象'), position };
    return;
  }
  yield { cells: Object.entries(value).map(([heading, cell]) => [heading, cellText(cell)] as const), position };
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
