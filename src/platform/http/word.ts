import {
  AlignmentType,
  Document,
  HeadingLevel,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { FastifyReply } from 'fastify';
import { attachment } from './files.ts';

/** A table as a Word file: a headline, a line below it, and rows of text. */
export interface WordTable {
  readonly title: string;
  readonly note: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Characters a file of Word cannot hold. */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

const FONT = { ascii: 'Arial', eastAsia: 'SimSun', hAnsi: 'Arial' };

/** Sends a table as a Word file. It is made whole in memory: callers bound the rows. */
export async function sendWord(reply: FastifyReply, name: string, table: WordTable): Promise<FastifyReply> {
  const cell = (text: string, bold: boolean) =>
    new TableCell({
      children: [new Paragraph({ children: [new TextRun({ text: text.replace(FORBIDDEN, ''), bold, size: 18 })] })],
    });
  const row = (cells: readonly string[], header: boolean) =>
    new TableRow({ tableHeader: header, cantSplit: true, children: cells.map((text) => cell(text, header)) });
  const document = new Document({
    creator: 'Xiedang',
    title: table.title,
    styles: { default: { document: { run: { font: FONT } } } },
    sections: [
      {
        properties: { page: { size: { orientation: PageOrientation.LANDSCAPE } } },
        children: [
          new Paragraph({
            text: table.title.replace(FORBIDDEN, ''),
            heading: HeadingLevel.HEADING_1,
            alignment: AlignmentType.CENTER,
          }),
          new Paragraph({ text: table.note.replace(FORBIDDEN, '') }),
          new Table({
            width: { size: 100, type: WidthType.PERCENTAGE },
            rows: [row(table.header, true), ...table.rows.map((cells) => row(cells, false))],
          }),
        ],
      },
    ],
  });
  const bytes = await Packer.toBuffer(document);
  attachment(reply, name, 'docx');
  return reply.type('application/vnd.openxmlformats-officedocument.wordprocessingml.document').send(bytes);
}
