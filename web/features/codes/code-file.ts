import { readCode } from './reading.ts';

const SAMPLE = 40;

/** The column of a table that holds most codes. */
function codeColumn(rows: readonly (readonly string[])[]): number {
  const width = Math.max(0, ...rows.slice(0, SAMPLE).map((row) => row.length));
  let best = 0;
  let most = -1;
  for (let column = 0; column < width; column += 1) {
    const hits = rows.slice(0, SAMPLE).filter((row) => {
      const cell = row[column] ?? '';
      return cell !== '' && readCode(cell).type !== 'unknown';
    }).length;
    if (hits > most) {
      most = hits;
      best = column;
    }
  }
  return best;
}

/** The codes of a table; a heading that is no code is left out. */
function column(rows: readonly (readonly string[])[]): string[] {
  const index = codeColumn(rows);
  const cells = rows.map((row) => row[index] ?? '').filter((cell) => cell !== '');
  const [head] = cells;
  return head !== undefined && cells.length > 1 && readCode(head).type === 'unknown' ? cells.slice(1) : cells;
}

/** One row of a comma, semicolon or tab separated file, quotes as in RFC 4180. */
export function splitRow(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at];
    if (quoted && sign === '"' && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (sign === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  cells.push(cell);
  return cells.map((text) => text.trim());
}

async function decode(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

async function sheetRows(file: File): Promise<string[][]> {
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  await book.xlsx.load(await file.arrayBuffer());
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell) => {
      cells.push(cell.text.trim());
    });
    rows.push(cells);
  });
  return rows;
}

/** The codes in a dropped file: lines of a text, or the column of a table that holds codes. */
export async function codesOfFile(file: File): Promise<readonly string[]> {
  const name = file.name.toLowerCase();
  if (name.endsWith('.xlsx')) return column(await sheetRows(file));
  const lines = (await decode(file))
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  if (!/\.(csv|tsv)$/.test(name)) return lines;
  const first = lines[0] ?? '';
  const separator = ['\t', ';', ','].find((sign) => first.includes(sign));
  return separator ? column(lines.map((line) => splitRow(line, separator))) : lines;
}
