import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { sha256File } from './digest.ts';
import { detectEncoding } from './encoding.ts';
import { compareNames } from './entry-order.ts';
import { openPart } from './open-part.ts';
import { openRelease, type ReleaseOptions } from './open-release.ts';
import { readText } from './open-text.ts';
import type { PartDescriptor } from './part.ts';

const root = mkdtempSync(join(tmpdir(), 'xiedang-files-'));
const spoolFolder = mkdtempSync(join(tmpdir(), 'xiedang-spool-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
  rmSync(spoolFolder, { recursive: true, force: true });
});

const xml = (n: number | string) => `<?xml version="1.0" encoding="UTF-8"?><udid><devices>${n}</devices></udid>`;
type Entries = Record<string, string | Buffer>;

async function zipOf(entries: Entries, compress = true): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(entries))
    zip.addBuffer(Buffer.from(content as string), name, { compress });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

let files = 0;
/** Writes bytes under a name of our own and gives the path. */
function stored(name: string, content: Buffer | string): string {
  const path = join(root, `${files++}-${name}`);
  writeFileSync(path, content);
  return path;
}

async function textOf(part: PartDescriptor): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of openPart(part)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function contents(path: string, options: ReleaseOptions = {}): Promise<string[]> {
  const release = await openRelease(path, { spoolFolder, ...options });
  try {
    return await Promise.all(release.parts.map(textOf));
  } finally {
    await release.close();
  }
}

const refused = (path: string, options?: ReleaseOptions) =>
  contents(path, options).then(
    () => 'read',
    (error: { code?: string }) => error.code ?? String(error),
  );

/** Changes the headers of one entry wherever its signature stands: the local header and the directory. */
function patched(zip: Buffer, change: (header: Buffer, isDirectory: boolean) => void): Buffer {
  const out = Buffer.from(zip);
  for (let i = 0; i + 46 <= out.length; i++) {
    const signature = out.readUInt32LE(i);
    if (signature === 0x04034b50 || signature === 0x02014b50) change(out.subarray(i), signature === 0x02014b50);
  }
  return out;
}

describe('what a file is', () => {
  it('is told by its bytes, whatever its name', async () => {
    const kinds: Record<string, string> = {};
    const cases: [string, Buffer | string][] = [
      ['a.xml', xml(1)],
      ['b.xml.gz', gzipSync(xml(2))],
      ['c.csv', '\uFEFF编号,名称\n1,导管\n'],
      ['d.jsonl', '{"a":1}\n{"a":2}\n'],
      ['e.json', '[{"a":1}]'],
      ['f.xml', await zipOf({ 'x.xml': xml(3) })],
      ['g.zip', xml(4)],
      ['h.csv', await zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' })],
      ['i.txt', Buffer.from(`\uFEFF${xml(5)}`, 'utf16le')],
      ['j.json', '{"a":1}\n{"a":2}\n'],
    ];
    for (const [name, content] of cases) {
      const release = await openRelease(stored(name, content));
      kinds[name] = release.parts.map((p) => p.kind).join();
    }
    expect(kinds).toEqual({
      'a.xml': 'xml',
      'b.xml.gz': 'xml',
      'c.csv': 'csv',
      'd.jsonl': 'jsonl',
      'e.json': 'json',
      'f.xml': 'xml',
      'g.zip': 'xml',
      'h.csv': 'xlsx',
      'i.txt': 'xml',
      'j.json': 'jsonl',
    });
  });

  it('unpacks gzip, also of several members and inside a zip', async () => {
    const twice = Buffer.concat([gzipSync('<udid>'), gzipSync('</udid>')]);
    expect(await contents(stored('two.xml.gz', twice))).toEqual(['<udid></udid>']);
    const zip = await zipOf({ 'x.xml.gz': gzipSync(xml(7)) });
    const release = await openRelease(stored('gz-inside.zip', zip));
    expect(release.parts[0]).toMatchObject({ size: null, kind: 'xml' });
    expect(await textOf(release.parts[0] as PartDescriptor)).toBe(xml(7));
  });

  it('is refused with a code when it is nothing we read', async () => {
    expect(await refused(stored('empty.xml', ''))).toBe('file.empty');
    expect(await refused(stored('error.zip', '<!DOCTYPE html><html>404</html>'))).toBe('file.unsupported-kind');
    expect(await refused(stored('x.xml', Buffer.from([0, 1, 2, 3, 0])))).toBe('file.unsupported-kind');
    expect(await refused(stored('words.zip', 'just words'))).toBe('file.not-a-zip');
    expect(await refused(join(root, 'absent.xml'))).toBe('file.not-found');
    expect(await refused(root)).toBe('file.not-a-file');
  });
});

describe('zips in zips', () => {
  const day = async (date: string, parts: number, compress = true) =>
    zipOf(
      Object.fromEntries(
        Array.from({ length: parts }, (_, i) => [
          `UDID_DAY_UPDATE_${date}_DOWNLOAD_PART${parts - i}_Of_${parts}.xml`,
          xml(`${date}/${parts - i}`),
        ]),
      ),
      compress,
    );

  it('come in order of date and part number, with paths for people', async () => {
    const week = await zipOf({
      'UDID_DAY_UPDATE_20260422.zip': await day('20260422', 1),
      '__MACOSX/x': 'litter',
      'UDID_DAY_UPDATE_20260421.zip': await day('20260421', 11),
      'readme.pdf': '%PDF-1.4',
    });
    const month = await zipOf({
      'UDID_WEEKLY_UPDATE_20260427_20260503.zip': await zipOf(
        { 'UDID_DAY_UPDATE_20260427.zip': await day('20260427', 1, false) },
        false,
      ),
      'UDID_WEEKLY_UPDATE_20260420_20260426.zip': week,
    });
    const path = stored('UDID_MONTH_UPDATE_202604.zip', month);
    const release = await openRelease(path, { spoolFolder });
    expect(release.parts.map((p) => p.ordinal)).toEqual(release.parts.map((_, i) => i));
    const texts = await Promise.all(release.parts.map(textOf));
    const days21 = Array.from({ length: 11 }, (_, i) => xml(`20260421/${i + 1}`));
    expect(texts).toEqual([...days21, xml('20260422/1'), xml('20260427/1')]);
    expect(release.parts[12]?.path).toMatch(
      /UDID_MONTH_UPDATE_202604\.zip!\/UDID_WEEKLY_UPDATE_20260427_20260503\.zip!\/UDID_DAY_UPDATE_20260427\.zip!\/UDID_DAY_UPDATE_20260427_DOWNLOAD_PART1_Of_1\.xml$/,
    );
    expect(release.skipped.map((s) => s.reason)).toEqual(['binary']);
    const [spool] = readdirSync(spoolFolder);
    expect(statSync(join(spoolFolder, spool as string)).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(join(spoolFolder, spool as string)))
      expect(statSync(join(spoolFolder, spool as string, file)).mode & 0o777).toBe(0o600);
    await release.close();
    expect(readdirSync(spoolFolder)).toEqual([]);
  });

  it('leave nothing behind when they cannot be read', async () => {
    const inner = await zipOf({ 'a.xml': xml(1) });
    const outer = await zipOf({
      'a.zip': await zipOf({ 'b.zip': inner }),
      'z.zip': inner.subarray(0, inner.length - 30),
    });
    expect(await refused(stored('cut-inside.zip', outer))).toBe('file.truncated');
    expect(readdirSync(spoolFolder)).toEqual([]);
  });

  it('stop at the depth allowed', async () => {
    let zip = await zipOf({ 'a.xml': xml(1) });
    for (let level = 2; level <= 4; level++) zip = await zipOf({ [`${level}.zip`]: zip }, level % 2 === 0);
    expect(await contents(stored('four.zip', zip))).toEqual([xml(1)]);
    expect(await refused(stored('five.zip', await zipOf({ 'x.zip': zip })))).toBe('file.too-deep');
    expect(await refused(stored('four-again.zip', zip), { limits: { depth: 3 } })).toBe('file.too-deep');
  });
});

describe('hostile and broken archives', () => {
  it('are refused when cut off anywhere, never read as whole', async () => {
    const big = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `<device>${i * 7919}</device>`).join(''));
    const zip = await zipOf({ 'a.xml': Buffer.concat([Buffer.from('<udid>'), big]), 'b.xml': xml(2) });
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      expect(await refused(stored('cut.zip', zip.subarray(0, Math.floor(zip.length * share))))).toBe('file.truncated');
    }
    const packed = gzipSync(Buffer.concat([Buffer.from('<udid>'), big]));
    expect(await refused(stored('cut.xml.gz', packed.subarray(0, packed.length - 100)))).toBe('file.truncated');
  });

  it('are refused when bytes were changed', async () => {
    const zip = await zipOf({ 'a.xml': xml('x'.repeat(500)) }, false);
    const damaged = Buffer.from(zip);
    damaged[300] = 0x79;
    expect(await refused(stored('damaged.zip', damaged))).toBe('file.corrupt');
    const lying = patched(await zipOf({ 'a.xml': xml('y'.repeat(5000)) }), (header, isDirectory) =>
      header.writeUInt32LE(100, isDirectory ? 24 : 22),
    );
    expect(await refused(stored('lying.zip', lying))).toBe('file.corrupt');
    const claiming = patched(await zipOf({ 'a.xml': xml('y'.repeat(5000)) }), (header, isDirectory) =>
      header.writeUInt32LE(9000, isDirectory ? 24 : 22),
    );
    expect(await refused(stored('claiming.zip', claiming))).toBe('file.truncated');
  });

  it('are refused when encrypted or packed in an unknown way', async () => {
    const zip = await zipOf({ 'a.xml': xml(1) });
    const encrypted = patched(zip, (header, isDirectory) => header.writeUInt16LE(1, isDirectory ? 8 : 6));
    expect(await refused(stored('encrypted.zip', encrypted))).toBe('file.encrypted');
    const lzma = patched(zip, (header, isDirectory) => header.writeUInt16LE(14, isDirectory ? 10 : 8));
    expect(await refused(stored('lzma.zip', lzma))).toBe('file.unsupported-compression');
  });

  it('are refused as bombs by ratio, size, count and shared data', async () => {
    const zeros = Buffer.concat([Buffer.from('<udid>'), Buffer.alloc(20 << 20, 0x20)]);
    const bomb = await zipOf({ 'a.xml': zeros });
    expect(await refused(stored('bomb.zip', bomb))).toBe('file.compression-bomb');
    expect(await refused(stored('bomb.xml.gz', gzipSync(zeros)))).toBe('file.compression-bomb');
    const small = await zipOf({ 'a.xml': xml(1), 'b.xml': xml(2), 'c.xml': xml(3) });
    expect(await refused(stored('total.zip', small), { limits: { totalBytes: 150 } })).toBe('file.too-large');
    expect(await refused(stored('total.xml.gz', gzipSync(xml(1))), { limits: { totalBytes: 20 } })).toBe(
      'file.too-large',
    );
    expect(await refused(stored('count.zip', small), { limits: { entries: 2 } })).toBe('file.too-many-entries');
    expect(await refused(stored('count-ok.zip', small), { limits: { entries: 3 } })).toBe('read');
    const sharing = patched(small, (header, isDirectory) => {
      if (isDirectory) header.writeUInt32LE(0, 42);
    });
    expect(await refused(stored('sharing.zip', sharing))).toBe('file.corrupt');
  });

  it('show names that would lead elsewhere and never follow them', async () => {
    const zip = await zipOf({
      'aaaaaaaaaaaa.xml': xml('slip'),
      'bbbbbbbbbbbb.xml': xml('nul'),
      'cccccccccccc.xml': xml('root'),
    });
    const rename = (bytes: Buffer, from: string, to: string) =>
      Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
    let evil = rename(zip, 'aaaaaaaaaaaa.xml', '../../../../x.xm');
    evil = rename(evil, 'bbbbbbbbbbbb.xml', 'bb\0\u001bbbbbbbb.xmlz'.slice(0, 16));
    evil = rename(evil, 'cccccccccccc.xml', '/etc/ccccccc.xml');
    const release = await openRelease(stored('slip.zip', evil), { spoolFolder });
    expect(release.parts.length).toBe(3);
    expect(release.parts.every((p) => p.suspiciousName)).toBe(true);
    expect(release.parts.every((p) => p.file === release.file)).toBe(true);
    expect(release.parts.some((p) => /[\0\u001b]/.test(p.path))).toBe(false);
    expect((await Promise.all(release.parts.map(textOf))).sort()).toEqual(
      [xml('nul'), xml('root'), xml('slip')].sort(),
    );
  });

  it('are refused for huge names; Chinese names are read in both encodings', async () => {
    expect(await refused(stored('huge.zip', await zipOf({ [`${'长'.repeat(2000)}.xml`]: xml(1) })))).toBe(
      'file.bad-name',
    );
    const zip = await zipOf({ '数据文件.xml': xml(1) });
    const release = await openRelease(stored('utf8.zip', zip));
    expect(release.parts[0]?.name).toBe('数据文件.xml');
    const ascii = await zipOf({ 'abcdefgh.xml': xml(1) });
    const gbk = Buffer.from(
      ascii.toString('latin1').replaceAll('abcdefgh.xml', iconv.encode('数据文件.xml', 'gbk').toString('latin1')),
      'latin1',
    );
    const unflagged = patched(gbk, (header, isDirectory) => header.writeUInt16LE(0, isDirectory ? 8 : 6));
    expect((await openRelease(stored('gbk.zip', unflagged))).parts[0]?.name).toBe('数据文件.xml');
  });
});

describe('a part', () => {
  it('is plain data that a worker opens by itself', async () => {
    const zip = await zipOf({ 'a.zip': await zipOf({ 'x.xml': xml('in a worker') }) });
    const release = await openRelease(stored('worker.zip', zip), { spoolFolder });
    const part = structuredClone(release.parts[0]) as PartDescriptor;
    const source = `
      const { parentPort, workerData } = require('node:worker_threads');
      import(workerData.tsx)
        .then(({ tsImport }) => tsImport(workerData.module, workerData.module))
        .then(async ({ openPart }) => {
          let text = '';
          for await (const chunk of openPart(workerData.part)) text += chunk;
          parentPort.postMessage(text);
        });`;
    const workerData = { part, module: new URL('./open-part.ts', import.meta.url).href, tsx: 'tsx/esm/api' };
    const text = await new Promise((resolve, reject) => {
      const worker = new Worker(source, { eval: true, workerData });
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    expect(text).toBe(xml('in a worker'));
    await release.close();
  });

  it('may be left half read, and read again', async () => {
    const long = `<udid>${'<d>1</d>'.repeat(600_000)}`;
    const release = await openRelease(stored('long.zip', await zipOf({ 'a.xml': long })), { limits: { ratio: 2000 } });
    const part = release.parts[0] as PartDescriptor;
    for await (const chunk of openPart(part)) {
      expect(chunk.length).toBeLessThanOrEqual(1 << 20);
      break;
    }
    expect((await textOf(part)).length).toBe(long.length);
  });
});

describe('encodings', () => {
  const read = async (name: string, content: Buffer | string) => {
    const release = await openRelease(stored(name, content));
    const text = await readText(release.parts[0] as PartDescriptor);
    const chunks: Buffer[] = [];
    for await (const chunk of text.bytes) chunks.push(chunk);
    return { ...text, bytes: undefined, text: Buffer.concat(chunks).toString() };
  };

  it('are told by mark, declaration or content, and come out as UTF-8', async () => {
    const chinese = '<?xml version="1.0" encoding="GB2312"?><udid>𠮷髙镕导管</udid>'.repeat(3);
    expect(await read('gb.xml', iconv.encode(chinese, 'gb18030'))).toMatchObject({
      encoding: 'gb18030',
      by: 'declaration',
      declared: 'GB2312',
      positionsIn: 'transcoded',
      text: chinese,
    });
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<udid>导管</udid>', 'utf16le')]);
    expect(await read('wide.xml', wide)).toMatchObject({
      encoding: 'utf-16le',
      by: 'byte-order-mark',
      text: '<udid>导管</udid>',
    });
    expect(await read('mark.xml', `\uFEFF${xml('导管')}`)).toMatchObject({
      encoding: 'utf-8',
      by: 'byte-order-mark',
      positionsIn: 'source',
      text: `\uFEFF${xml('导管')}`,
    });
    expect(
      await read('excel.csv', iconv.encode('产品名称,注册证\n导管,国械注准20193030166\n'.repeat(300), 'gbk')),
    ).toMatchObject({ encoding: 'gb18030', by: 'content' });
    expect(await read('plain.csv', '产品名称\n导管\n')).toMatchObject({ encoding: 'utf-8', by: 'default' });
  });

  it('keep characters that fall between two chunks', async () => {
    const text = `<?xml version="1.0" encoding="gbk"?>${'a导'.repeat(900_000)}`;
    const back = await read('split.xml', iconv.encode(text, 'gbk'));
    expect(back.text === text).toBe(true);
  });

  it('are UTF-8 when a sample ends inside a character, unknown names are refused', () => {
    expect(detectEncoding(Buffer.from('导管').subarray(0, 5)).encoding).toBe('utf-8');
    expect(() => detectEncoding(Buffer.from('<?xml version="1.0" encoding="x-mystery"?>'))).toThrow('x-mystery');
  });
});

it('orders names by date, part number, then naturally', () => {
  const names = [
    'a_PART10_Of_12.xml',
    'a_PART9_Of_12.xml',
    'x_20260502_PART1.xml',
    'x_20260501_PART2.xml',
    'x_2026-05-01_PART11.xml',
    'b10.xml',
    'b9.xml',
  ];
  expect(names.sort(compareNames)).toEqual([
    'b9.xml',
    'b10.xml',
    'a_PART9_Of_12.xml',
    'a_PART10_Of_12.xml',
    'x_20260501_PART2.xml',
    'x_2026-05-01_PART11.xml',
    'x_20260502_PART1.xml',
  ]);
});

it('digests a file as sha256sum does', async () => {
  const path = stored('abc', 'abc');
  expect(await sha256File(path)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  await expect(sha256File(join(root, 'absent'))).rejects.toMatchObject({ code: 'file.not-found' });
  expect(readFileSync(path, 'utf8')).toBe('abc');
});
