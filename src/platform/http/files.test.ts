import ExcelJS from 'exceljs';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendCsv, sendLines, sendWorkbook } from './files.ts';

const ROWS = [
  ['06936260855798', '=HYPERLINK("http://x")', '多行\n"引号",逗号'],
  ['-5', '@SUM(1)', '国械注准20243131971'],
  ['12', '-cmd', ''],
];
async function* rows(): AsyncGenerator<string[]> {
  yield* ROWS;
}

const app = Fastify();
app.get('/x.csv', (_request, reply) => sendCsv(reply, '器械', ['代码', '甲', '乙'], rows()));
app.get('/plain.csv', (_request, reply) => sendCsv(reply, 'x', ['代码', '甲', '乙'], rows(), { plain: true }));
app.get('/x.xlsx', (_request, reply) => sendWorkbook(reply, 'x', ['代码', '甲', '乙'], rows()));
app.get('/x.ndjson', (_request, reply) => sendLines(reply, 'x', rows()));
beforeAll(async () => app.ready());
afterAll(async () => app.close());

describe('files of whole result sets', () => {
  it('CSV keeps codes, guards formulas and quotes what needs it', async () => {
    const { body, headers } = await app.inject('/x.csv');
    expect(body.startsWith('\uFEFF代码,甲,乙\r\n')).toBe(true);
    expect(body).toContain('"\t06936260855798"');
    expect(body).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(body).toContain('"多行\n""引号"",逗号"');
    expect(body).toContain("-5,'@SUM(1)");
    expect(body).toContain("12,'-cmd,\r\n");
    expect(headers['content-disposition']).toContain("filename*=UTF-8''%E5%99%A8%E6%A2%B0.csv");
  });

  it('plain CSV gives values as published', async () => {
    const { body } = await app.inject('/plain.csv');
    expect(body).toContain('\r\n06936260855798,"=HYPERLINK(""http://x"")"');
  });

  it('a workbook holds text cells only', async () => {
    const { rawPayload } = await app.inject('/x.xlsx');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(rawPayload as unknown as ArrayBuffer);
    const sheet = book.worksheets[0];
    expect(sheet?.rowCount).toBe(4);
    expect(sheet?.getCell('A2').value).toBe('06936260855798');
    expect(sheet?.getCell('A2').type).toBe(ExcelJS.ValueType.String);
    expect(sheet?.getCell('B2').value).toBe('=HYPERLINK("http://x")');
    expect(sheet?.getCell('B2').type).toBe(ExcelJS.ValueType.String);
  });

  it('ndjson holds one value a line', async () => {
    const { body } = await app.inject('/x.ndjson');
    expect(
      body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(ROWS);
  });
});
