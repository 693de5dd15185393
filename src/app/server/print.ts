import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';

const require = createRequire(import.meta.url);
const FONT = '@expo-google-fonts/noto-sans-sc';

/** One block of a printed dossier: facts in two columns, or a table. */
export type PrintBlock =
  | { readonly title: string; readonly facts: readonly (readonly [label: string, text: string, src?: number])[] }
  | { readonly title: string; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

export interface PrintSheet {
  readonly title: string;
  readonly subtitle: string;
  /** State stamp: 有效, 已退市 … */
  readonly stamp: string;
  /** The two times, in words. */
  readonly times: string;
  readonly demo: boolean;
  readonly blocks: readonly PrintBlock[];
  /** What the small numbers behind values mean, in order. */
  readonly sources: readonly string[];
}

const MARGIN = 48;
const INK = '#1c2321';
const GREY = '#5f6a66';
const LINE = '#c9c6bd';
const ACCENT = '#0b6b6b';

/** Characters of one cell at most; a printed page is no place for a description of two thousand. */
const LONGEST = 1200;

/**
 * A dossier as A4 pages with a Chinese font built in: every value with the number of its source, the sources at the
 * end, times and page numbers at the foot.
 */
export function printSheet(sheet: PrintSheet): Readable {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, bottom: MARGIN + 16, left: MARGIN, right: MARGIN },
    bufferPages: true,
    info: { Title: sheet.title, Creator: '械档 Xiedang' },
  });
  pdf.registerFont('text', require.resolve(`${FONT}/400Regular/NotoSansSC_400Regular.ttf`));
  pdf.registerFont('bold', require.resolve(`${FONT}/700Bold/NotoSansSC_700Bold.ttf`));
  const width = pdf.page.width - 2 * MARGIN;
  pdf
    .font('bold')
    .fontSize(16)
    .fillColor(INK)
    .text(sheet.title, { width: width - 90 });
  pdf
    .font('text')
    .fontSize(9)
    .fillColor(GREY)
    .text(sheet.subtitle, { width: width - 90 });
  const below = pdf.y;
  pdf
    .font('bold')
    .fontSize(12)
    .fillColor(ACCENT)
    .text(sheet.stamp, MARGIN + width - 84, MARGIN, { width: 84, align: 'right' });
  if (sheet.demo)
    pdf.fontSize(9).text('演示数据 DEMO', MARGIN + width - 84, MARGIN + 18, { width: 84, align: 'right' });
  pdf.x = MARGIN;
  pdf.y = Math.max(below, pdf.y) + 8;
  for (const block of sheet.blocks) {
    heading(pdf, block.title, width);
    if ('facts' in block) facts(pdf, block.facts, width);
    else table(pdf, block, width);
  }
  heading(pdf, '来源 Sources', width);
  sheet.sources.forEach((source, i) => {
    room(pdf, 24);
    pdf
      .font('text')
      .fontSize(7.5)
      .fillColor(GREY)
      .text(`[${i + 1}] ${source}`, MARGIN, pdf.y, { width });
  });
  footers(pdf, sheet, width);
  pdf.end();
  return pdf as unknown as Readable;
}

type Pdf = InstanceType<typeof PDFDocument>;

function bottom(pdf: Pdf): number {
  return pdf.page.height - pdf.page.margins.bottom;
}

/** Starts a new page when fewer points are left. */
function room(pdf: Pdf, points: number): void {
  if (pdf.y + points > bottom(pdf)) pdf.addPage();
}

function heading(pdf: Pdf, title: string, width: number): void {
  room(pdf, 48);
  pdf.moveDown(0.8);
  pdf.font('bold').fontSize(11).fillColor(INK).text(title, MARGIN, pdf.y, { width });
  pdf
    .moveTo(MARGIN, pdf.y + 2)
    .lineTo(MARGIN + width, pdf.y + 2)
    .lineWidth(0.5)
    .strokeColor(LINE)
    .stroke();
  pdf.y += 6;
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

function facts(pdf: Pdf, rows: readonly (readonly [string, string, number?])[], width: number): void {
  const label = 130;
  for (const [name, text, src] of rows) {
    const value = `${cut(text)}${src === undefined ? '' : ` [${src + 1}]`}`;
    pdf.font('text').fontSize(9);
    const height = Math.max(
      pdf.heightOfString(name, { width: label - 8 }),
      pdf.heightOfString(value, { width: width - label }),
    );
    room(pdf, Math.min(height, 400) + 3);
    const top = pdf.y;
    pdf.fillColor(GREY).text(name, MARGIN, top, { width: label - 8 });
    pdf.fillColor(INK).text(value, MARGIN + label, top, { width: width - label });
    pdf.y = Math.max(pdf.y, top + height) + 3;
  }
}

function table(
  pdf: Pdf,
  block: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] },
  width: number,
): void {
  const each = width / block.columns.length;
  const line = (cells: readonly string[], font: 'text' | 'bold', colour: string) => {
    pdf.font(font).fontSize(8);
    const height = Math.max(...cells.map((cell) => pdf.heightOfString(cell || ' ', { width: each - 6 })));
    room(pdf, height + 4);
    const top = pdf.y;
    cells.forEach((cell, i) => {
      pdf.fillColor(colour).text(cell, MARGIN + i * each, top, { width: each - 6 });
    });
    pdf.y = top + height + 3;
  };
  line(block.columns, 'bold', GREY);
  for (const row of block.rows) line(row.map(cut), 'text', INK);
}

function footers(pdf: Pdf, sheet: PrintSheet, width: number): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let i = start; i < start + count; i++) {
    pdf.switchToPage(i);
    const y = pdf.page.height - MARGIN + 4;
    // below the bottom margin: pdfkit would start a page of its own
    pdf.page.margins.bottom = 0;
    pdf.font('text').fontSize(7.5).fillColor(GREY);
    pdf.text(sheet.times, MARGIN, y, { width: width - 80, lineBreak: false });
    pdf.text(`${i - start + 1} / ${count}`, MARGIN + width - 80, y, { width: 80, align: 'right', lineBreak: false });
  }
}
