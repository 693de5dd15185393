import type { TableRow } from './table-rows.ts';
import { hear, listen, openParts, type Parts } from './workbook-parts.ts';

interface Book {
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  readonly strings: readonly string[];
  /** For each cell style, true when it shows a number as a date. */
  readonly dateStyles: readonly boolean[];
  readonly epoch: number;
}

const DAY = 86_400_000;
/** Built-in number formats that show dates; 27–36 and 50–58 are the Chinese, Japanese and Korean ones. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/**
 * Rows of all sheets of an .xlsx workbook in its order, blank ones left out; `at` and `row` are the number of the row.
 * Sheets are streamed; the packed file and the table of shared strings are held. Dates become ISO days, formulas their
 * stored result, rich text its words. Throws `source.malformed` when the file is no workbook.
 */
export async function* workbookRows(stream: AsyncIterable<Uint8Array>): AsyncGenerator<TableRow> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const parts = await openParts(Buffer.concat(chunks));
  const book = await readBook(parts);
  for (const { name, part } of book.sheets) {
    if (!parts.has(part)) continue; // charts and macro sheets are listed too
    yield* sheetRows(parts, part, name, book);
  }
}

async function readBook(parts: Parts): Promise<Book> {
  const targets = new Map<string, string>();
  await hear(await parts.open('xl/_rels/workbook.xml.rels'), {
    open: (name, attributes) => {
      const target = attributes.Target;
      if (name !== 'Relationship' || attributes.Id === undefined || target === undefined) return;
      targets.set(attributes.Id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
  });
  const sheets: { name: string; part: string }[] = [];
  let epoch = Date.UTC(1899, 11, 30);
  await hear(await parts.open('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) epoch = Date.UTC(1904, 0, 1);
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      sheets.push({ name: attributes.name ?? '', part: targets.get(id ?? '') ?? '' });
    },
  });
  return { sheets, strings: await readStrings(parts), dateStyles: await readDateStyles(parts), epoch };
}

async function readStrings(parts: Parts): Promise<string[]> {
  const strings: string[] = [];
  if (!parts.has('xl/sharedStrings.xml')) return strings;
  let text = '';
  let inText = false;
  let inReading = false; // rPh: how the characters are read aloud, no part of the text
  await hear(await parts.open('xl/sharedStrings.xml'), {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') inReading = true;
      else if (name === 't') inText = !inReading;
    },
    close: (name) => {
      if (name === 'si') strings.push(text);
      else if (name === 'rPh') inReading = false;
      else if (name === 't') inText = false;
    },
    text: (piece) => {
      if (inText) text += piece;
    },
  });
  return strings;
}

async function readDateStyles(parts: Parts): Promise<boolean[]> {
  const styles: boolean[] = [];
  if (!parts.has('xl/styles.xml')) return styles;
  const own = new Map<number, boolean>();
  let inCells = false;
  await hear(await parts.open('xl/styles.xml'), {
    open: (name, attributes) => {
      const id = Number(attributes.numFmtId);
      if (name === 'numFmt') own.set(id, showsDate(attributes.formatCode ?? ''));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) styles.push(own.get(id) ?? isBuiltInDate(id));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** True when a format code shows year, month or day; quoted words, escapes and conditions are set aside. */
function showsDate(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '').toLowerCase();
  return !/general/.test(bare) && /[yd]|e(?![+-])|m(?!.*[#0])/.test(bare);
}

async function* sheetRows(parts: Parts, part: string, sheet: string, book: Book): AsyncGenerator<TableRow> {
  let ready: TableRow[] = [];
  let cells: string[] = [];
  let row = 0;
  let column = 0;
  let type = '';
  let style = 0;
  let value = '';
  let listening: 'v' | 't' | null = null;
  const listener = {
    open: (name: string, attributes: Readonly<Record<string, string>>) => {
      if (name === 'row') {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r);
        cells = [];
        column = 0;
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnNumber(attributes.r);
        type = attributes.t ?? 'n';
        style = Number(attributes.s ?? 0);
        value = '';
      } else if (name === 'v') listening = 'v';
      else if (name === 't' && type === 'inlineStr') listening = 't';
      else if (name === 'rPh') type = 'reading';
    },
    text: (piece: string) => {
      if (listening !== null) value += piece;
    },
    close: (name: string) => {
      if (name === 'v' || name === 't') listening = null;
      else if (name === 'rPh') type = 'inlineStr';
      else if (name === 'c') cells[column - 1] = cellText(value, type, style, book);
      else if (name === 'row') {
        const filled = Array.from(cells, (cell) => cell ?? '');
        if (filled.some((cell) => cell.trim() !== ''))
          ready.push({ cells: filled, position: { at: row, length: 0, sheet, row } });
      }
    },
  };
  for await (const _ of listen(await parts.open(part), listener)) {
    const rows = ready;
    ready = [];
    yield* rows;
  }
}

function cellText(value: string, type: string, style: number, book: Book): string {
  if (type === 's') return book.strings[Number(value)] ?? '';
  if (type === 'd') return value.slice(0, 10);
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n' || value === '' || book.dateStyles[style] !== true) return value;
  const number = Number(value);
  return Number.isFinite(number) && number >= 1
    ? new Date(book.epoch + Math.floor(number) * DAY).toISOString().slice(0, 10)
    : value;
}

/** Column of a reference such as `AB12`, from 1. */
function columnNumber(reference: string): number {
  let number = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    number = number * 26 + letter;
  }
  return number;
}
