import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { CertificateEvent, SourceCertificate } from '../../domains/certificates/index.ts';
import { COLUMNS, headingKey } from './columns.ts';
import { nmpaRegistrations } from './nmpa-registrations.ts';

const reference = `${process.env.XIEDANG_REFERENCE ?? '../shared'}/data/nmpa-registrations-aesthetic/registrations.jsonl`;
const csv = readFileSync(new URL('./fixtures/list.csv', import.meta.url));

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function events(bytes: Uint8Array | string, { size = 1 << 16, startAt = 0 } = {}): Promise<CertificateEvent[]> {
  const found: CertificateEvent[] = [];
  const given = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  for await (const event of nmpaRegistrations.read(pieces(given, size), { startAt })) found.push(event);
  return found;
}

const certificates = (found: CertificateEvent[]): SourceCertificate[] =>
  found.flatMap((event) => (event.type === 'certificate' ? [event.certificate] : []));
const refused = (found: CertificateEvent[]) =>
  found.flatMap((event) =>
    event.type === 'rejected' ? [[event.record.position.row, event.record.rejected.code]] : [],
  );

describe('nmpaRegistrations.read of CSV', () => {
  it('finds the headings under a title and fills the columns', async () => {
    const found = await events(csv);
    const [first, second] = certificates(found);
    expect(first).toMatchObject({
      recordKey: '国械注准20203130001',
      certificateNo: '国械注准20203130001',
      number: '国械注准20203130001',
      holderName: '示例医疗器械（苏州）有限公司',
      holderAddress: '江苏省苏州市示例路1号',
      productName: '示例支架',
      model: 'A型,B型',
      scope: '用于\n示例',
      approvedOn: '2020-01-05',
      validUntil: '2025-01-04',
      problems: [],
    });
    expect(first?.payload).toEqual({ 序号: '1', 审批部门: '国家药品监督管理局', 备注: '无' });
    expect(second).toMatchObject({ number: '苏械注准20212140002', approvedOn: '2021-03-09', validUntil: '2026-03-08' });
  });

  it('refuses medicines and rows without a number, keeps the rows of one certificate apart', async () => {
    const found = await events(csv);
    expect(refused(found)).toEqual([
      [7, 'certificate.not-a-device'],
      [10, 'source.missing-key'],
    ]);
    expect(certificates(found).map((c) => c.recordKey)).toEqual([
      '国械注准20203130001',
      '苏械注准20212140002',
      '国械注准20203130001#2',
      '粤械注20',
    ]);
  });

  it('reports numbers of unknown form, impossible and reversed dates, unknown headings', async () => {
    const found = await events(csv);
    expect(certificates(found)[3]?.problems.map((p) => [p.code, p.field, p.value])).toEqual([
      ['source.unknown-field', '神秘列', '42'],
      ['certificate.unknown-form', '注册证编号', '粤械注20'],
      ['date.impossible', '批准日期', '2021年2月30日'],
    ]);
    expect(certificates(found)[3]?.payload).toMatchObject({ 批准日期: '2021年2月30日', 神秘列: '42' });
    expect(certificates(found)[2]?.problems.map((p) => p.code)).toEqual(['date.reversed', 'certificate.several-rows']);
    expect(found[0]).toMatchObject({
      type: 'part-problem',
      problem: { code: 'source.unknown-field', field: '神秘列' },
    });
  });

  it('reads GB18030, UTF-16, a byte order mark, tabs and chunks of any size alike', async () => {
    const whole = await events(csv);
    const text = csv.toString('utf8');
    const shape = (found: CertificateEvent[]) => certificates(found).map(({ position: _, ...rest }) => rest);
    for (const size of [1, 5, 4096]) expect(await events(csv, { size })).toEqual(whole);
    for (const size of [1, 3, 4096])
      expect(shape(await events(iconv.encode(text, 'gb18030'), { size }))).toEqual(shape(whole));
    expect(shape(await events(iconv.encode(text, 'utf-16le', { addBOM: true })))).toEqual(shape(whole));
    expect(shape(await events(`\uFEFF${text}`))).toEqual(shape(whole));
    const rows = '注册证编号\t产品名称\n国械注准20203130001\t示例，一';
    expect(certificates(await events(rows))[0]).toMatchObject({ productName: '示例，一' });
  });

  it('gives byte positions that cut out the row, and goes on at one', async () => {
    const found = await events(csv);
    for (const certificate of certificates(found)) {
      const { at, length } = certificate.position;
      expect(csv.subarray(at, at + length).toString('utf8')).toContain(certificate.certificateNo);
    }
    const third = certificates(found)[2]!;
    const later = await events(csv, { startAt: third.position.at });
    expect(certificates(later)).toEqual(certificates(found).slice(2));
  });

  it('throws without headings', async () => {
    await expect(events('a,b\n1,2\n')).rejects.toMatchObject({ code: 'source.not-this-format' });
    await expect(events(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).rejects.toMatchObject({
      code: 'source.not-this-format',
    });
  });
});

describe('nmpaRegistrations.read of dates', () => {
  const dated = async (text: string) => {
    const found = await events(`注册证编号,有效期至\n国械注准20203130001,${text}\n`);
    const { validUntil, problems, payload } = certificates(found)[0]!;
    return { validUntil, codes: problems.map((p) => p.code), kept: payload.有效期至 };
  };

  it.each([
    '2025-01-04',
    '2025/1/4',
    '2025.01.04',
    '2025年1月4日',
    '20250104',
    '2025-01-04 00:00:00',
    '２０２５－０１－０４',
  ])('reads %s', async (text) =>
    expect(await dated(text)).toEqual({ validUntil: '2025-01-04', codes: [], kept: undefined }),
  );

  it('reads the day number of a spreadsheet with a notice', async () => {
    expect(await dated('45661')).toEqual({ validUntil: '2025-01-04', codes: ['date.serial'], kept: undefined });
  });

  it('keeps words for no end without a fault and other words with one', async () => {
    expect(await dated('长期有效')).toEqual({ validUntil: null, codes: [], kept: '长期有效' });
    expect(await dated('2025-13-01')).toEqual({ validUntil: null, codes: ['date.impossible'], kept: '2025-13-01' });
    expect(await dated('12个月')).toEqual({ validUntil: null, codes: ['date.impossible'], kept: '12个月' });
  });
});

describe('nmpaRegistrations.read of workbooks', () => {
  function fill(book: ExcelJS.Workbook): void {
    const sheet = book.addWorksheet('进口');
    sheet.addRow(['2024年批准注册名单']);
    sheet.addRow([]);
    sheet.addRow(['序号', '注册证编号', '注册人名称', '代理人名称', '产品名称', '批准日期', '有效期至']);
    sheet.addRow([
      1,
      '国械注进20243130001',
      { richText: [{ text: 'Example ' }, { text: 'GmbH' }] },
      '示例代理',
      { formula: 'A1', result: '示例导管' },
      new Date(Date.UTC(2024, 0, 31)),
      47148,
    ]);
    book.addWorksheet('说明').addRow(['没有表头的一页']);
    const third = book.addWorksheet('备案');
    third.addRow(['备案编号', '备案人名称', '备案日期']);
    third.addRow(['浙杭械备20150001', '示例厂', '2015.3.1']);
  }

  const check = (found: CertificateEvent[]) => {
    expect(certificates(found)).toMatchObject([
      {
        number: '国械注进20243130001',
        holderName: 'Example GmbH',
        agentName: '示例代理',
        productName: '示例导管',
        approvedOn: '2024-01-31',
        validUntil: '2029-01-30',
        position: { sheet: '进口', row: 4, recordNo: 1 },
      },
      {
        number: '浙杭械备20150001',
        holderName: '示例厂',
        approvedOn: '2015-03-01',
        position: { sheet: '备案', row: 2, recordNo: 2 },
      },
    ]);
    expect(found.flatMap((e) => (e.type === 'part-problem' ? [e.problem.code] : []))).toEqual(['source.no-headings']);
  };

  it('reads date cells, rich text, formulas and several sheets', async () => {
    const book = new ExcelJS.Workbook();
    fill(book);
    check(await events(new Uint8Array(await book.xlsx.writeBuffer())));
  });

  it('reads a workbook written as a stream, with texts in the cells', async () => {
    const through = new PassThrough();
    const parts: Buffer[] = [];
    through.on('data', (part: Buffer) => parts.push(part));
    const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: through, useStyles: true });
    fill(book);
    await book.commit();
    check(await events(Buffer.concat(parts), { size: 777 }));
  });
});

describe('nmpaRegistrations.read of workbooks with odd contents', () => {
  it('knows date formats of its own and Chinese built-in ones, and numbers that are none', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('a');
    sheet.addRow(['注册证编号', '产品名称', '批准日期', '有效期至', '序号']);
    const row = sheet.addRow(['国械注准20203130001', 12.5, 43835, 45661, 45661]);
    row.getCell(3).numFmt = 'yyyy"年"m"月"d"日";@';
    row.getCell(4).numFmt = '[$-804]yyyy/m/d';
    row.getCell(5).numFmt = '#,##0.00';
    const [event] = await events(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(event).toMatchObject({
      type: 'certificate',
      certificate: {
        productName: '12.5',
        approvedOn: '2020-01-05',
        validUntil: '2025-01-04',
        payload: { 序号: '45661' },
        problems: [],
      },
    });
  });

  it('throws for a zip that is no workbook and one that is cut off', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('a').addRow(['注册证编号', '产品名称']);
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());
    await expect(events(bytes.subarray(0, bytes.length - 100))).rejects.toMatchObject({ code: 'source.malformed' });
    await expect(events(Buffer.from('PK\u0003\u0004 nothing'))).rejects.toMatchObject({ code: 'source.malformed' });
  });
});

describe('nmpaRegistrations.read of JSON lines', () => {
  it('prefers the official columns, notes a difference, and takes no placeholder for a value', async () => {
    const line = {
      record_id: 'r1',
      certificate_no: '国械注准20203130001',
      product_name: '甲',
      official_product_name: '乙',
      specification: '待官方注册证详情同步复核',
      odd: { a: 1 },
    };
    const found = await events(`${JSON.stringify(line)}\nnot json\n[]\n`);
    const certificate = certificates(found)[0]!;
    expect(certificate).toMatchObject({ recordKey: 'r1', productName: '乙', model: null });
    expect(certificate.payload).toEqual({
      product_name: '甲',
      specification: '待官方注册证详情同步复核',
      odd: '{"a":1}',
    });
    expect(certificate.problems.map((p) => [p.severity, p.code, p.field])).toEqual([
      ['notice', 'source.contradiction', 'product_name'],
      ['notice', 'source.placeholder', 'specification'],
      ['problem', 'source.unknown-field', 'odd'],
    ]);
    expect(refused(found)).toEqual([
      [2, 'source.malformed'],
      [3, 'source.malformed'],
    ]);
  });
});

describe('columns of nmpaRegistrations', () => {
  it('give each heading one meaning', () => {
    const keys = COLUMNS.flatMap(({ headings }) => [...new Set(headings.map(headingKey))]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe.skipIf(!existsSync(reference))('nmpaRegistrations.read on the reference data (XIEDANG_REFERENCE)', () => {
  it('takes every device and refuses every medicine, as a plain count says', async () => {
    const lines = readFileSync(reference, 'utf8').trim().split('\n');
    const medicines = lines.filter((line) => line.includes('"certificate_no":"国药准字')).length;
    const found: CertificateEvent[] = [];
    for await (const event of nmpaRegistrations.read(createReadStream(reference), { startAt: 0 })) found.push(event);
    expect(certificates(found)).toHaveLength(lines.length - medicines);
    expect(refused(found).map(([, code]) => code)).toEqual(Array(medicines).fill('certificate.not-a-device'));
    expect([lines.length, medicines]).toEqual([162, 9]);
    expect(certificates(found).every((c) => c.number === c.certificateNo && c.approvedOn !== null)).toBe(true);
    const faults = found.flatMap((e) => (e.type === 'certificate' ? e.certificate.problems : []));
    expect([...new Set(faults.map((p) => p.code))]).toEqual(['source.placeholder']);
  });
});
