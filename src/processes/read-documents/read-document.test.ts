import { createRequire } from 'node:module';
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { type Run, textOfPages } from './pdf-lines.ts';
import { kindOfFile, readAnyDocument, readDocument } from './read-document.ts';

const FONT = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
);
const TITLE = '关于印发《甲市创新器械工作方案》的通知';
const LONG =
  '为贯彻落实《医疗器械监督管理条例》，现将《甲市创新器械工作方案》印发给你们，请结合实际认真贯彻落实。注册人应当于2026年3月1日前提交自查报告，逾期未提交的，由药品监督管理部门责令改正。';

function pdfOf(draw: (doc: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  const doc = new PDFDocument({ size: 'A4', ...options });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  doc.font(FONT).fontSize(12);
  draw(doc);
  doc.end();
  return new Promise((resolve) => doc.on('end', () => resolve(Buffer.concat(chunks))));
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'read',
    (error: { code?: string }) => error.code,
  );

describe('what a file is', () => {
  it('is told by its first bytes and not by its name', () => {
    expect(kindOfFile(Buffer.from('%PDF-1.7\n'))).toBe('pdf');
    expect(kindOfFile(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('old-office');
    expect(kindOfFile(Buffer.from('{\\rtf1\\ansi'))).toBe('rtf');
    expect(kindOfFile(Buffer.from('PK\x03\x04....OFD.xml', 'latin1'))).toBe('ofd');
    expect(kindOfFile(Buffer.from('PK\x03\x04....xl/workbook.xml', 'latin1'))).toBe('workbook');
    expect(kindOfFile(Buffer.from('89504e470d0a1a0a', 'hex'))).toBe('picture');
    expect(kindOfFile(Buffer.from('关于…'))).toBe('text');
  });

  it('is said when it is not read', async () => {
    for (const head of ['d0cf11e0a1b11ae1', Buffer.from('{\\rtf1').toString('hex'), '89504e470d0a1a0a'])
      expect(await codeOf(readAnyDocument(Buffer.from(head, 'hex')))).toBe('policy.not-text');
    expect(await codeOf(readAnyDocument(Buffer.alloc(0)))).toBe('file.empty');
    expect(await codeOf(readAnyDocument(Buffer.from(' \n ')))).toBe('policy.no-text');
    expect(await codeOf(readAnyDocument(Buffer.from([1, 0, 2, 0, 3])))).toBe('policy.not-text');
  });

  it('text comes in any of the known encodings', async () => {
    const gb18030 = Buffer.from('b9d8d3dad3a1b7a2cda8d6aa', 'hex');
    expect((await readAnyDocument(gb18030)).text).toBe('关于印发通知');
    expect((await readAnyDocument(Buffer.from(`\uFEFF${TITLE}`, 'utf16le'))).text.replace('\uFEFF', '')).toBe(TITLE);
  });
});

describe('Word', () => {
  it('gives a paragraph a line and the rows of tables', async () => {
    const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
    const bytes = await Packer.toBuffer(
      new Document({
        sections: [
          {
            children: [
              new Paragraph(TITLE),
              new Paragraph(LONG),
              new Table({ rows: [new TableRow({ children: [cell('责任部门'), cell('市药监局 & <市医保局>')] })] }),
            ],
          },
        ],
      }),
    );
    const read = await readDocument(bytes);
    expect(read.text).toBe(`${TITLE}\n${LONG}\n责任部门\t市药监局 & <市医保局>`);
    expect(read.from).toBe('docx');
  });

  it('says that automatic numbers are not in the text', async () => {
    const numbered = (text: string) => new Paragraph({ text, numbering: { reference: 'n', level: 0 } });
    const level = { level: 0, format: 'decimal' as const, text: '%1.', alignment: 'left' as const };
    const bytes = await Packer.toBuffer(
      new Document({
        numbering: { config: [{ reference: 'n', levels: [level] }] },
        sections: [{ children: [numbered('甲'), numbered('乙')] }],
      }),
    );
    expect((await readDocument(bytes)).notices).toEqual([{ kind: 'automatic-numbers', count: 2 }]);
  });

  it('is refused when it is cut off or no Word file', async () => {
    const bytes = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(TITLE)] }] }));
    expect(await codeOf(readDocument(bytes.subarray(0, bytes.length / 2)))).toBe('policy.unreadable');
    expect(await codeOf(readDocument(Buffer.from('PK\x03\x04 word/document.xml', 'latin1')))).toBe('policy.unreadable');
  });
});

describe('PDF', () => {
  it('joins the lines of a paragraph, also over a page, and leaves page numbers out', async () => {
    const bytes = await pdfOf((doc) => {
      doc.text(TITLE, { align: 'center' });
      for (let i = 0; i < 16; i++) doc.text(`${LONG}`, { indent: 24 });
      doc.text('一、工作目标', { indent: 24 });
    });
    const { text, pages } = await readDocument(bytes);
    expect(pages).toBe(2);
    expect(text.split('\n')).toEqual([TITLE, ...Array<string>(16).fill(LONG), '一、工作目标']);
  });

  it('is refused when its pages are pictures, and says which pages of others are', async () => {
    expect(await codeOf(pdfOf((doc) => doc.rect(50, 50, 200, 200).fill()).then(readDocument))).toBe('policy.scanned');
    const mixed = await pdfOf((doc) => {
      doc.text(LONG);
      doc.addPage().rect(50, 50, 200, 200).fill();
    }).then(readDocument);
    expect(mixed.notices).toEqual([{ kind: 'pages-without-text', pages: [2] }]);
  });

  it('is refused when it asks for a password or is cut off', async () => {
    const locked = await pdfOf((doc) => doc.text(LONG), { userPassword: 'x', ownerPassword: 'y' });
    expect(await codeOf(readDocument(locked))).toBe('policy.locked');
    expect(await codeOf(readDocument(Buffer.from('%PDF-1.7\nnothing')))).toBe('policy.unreadable');
  });

  it('leaves running heads out that stand on most pages', () => {
    const run = (text: string, y: number, x = 72): Run => ({ text, x, y, width: text.length * 12, size: 12 });
    const pages = Array.from({ length: 6 }, (_, i) => [
      run('械档政策汇编', 800),
      run(`第${i}段。`, 700),
      run(`- ${i + 1} -`, 40),
    ]);
    expect(textOfPages(pages)).toBe('第0段。\n第1段。\n第2段。\n第3段。\n第4段。\n第5段。');
  });
});
