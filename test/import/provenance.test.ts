import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateRelease } from '../../bench/generate/release.ts';
import { deviceStore } from '../../src/domains/devices/store.pg.ts';
import { resolveReadAt } from '../../src/domains/devices/visibility-store.pg.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openRelease } from '../../src/platform/files/open-release.ts';
import { readText } from '../../src/platform/files/open-text.ts';
import { unpackPayload } from '../../src/sources/nmpa-udid/payload.ts';
import { Dice } from '../support/dice.ts';
import { type ImportBench, importBench } from '../support/import-bench.ts';

const SEED = Number(process.env.XIEDANG_SEED ?? 4711);
let bench: ImportBench;
beforeAll(async () => {
  bench = await importBench();
  const faults = { 'bare-ampersand': 5, 'control-character': 5, 'unknown-tag': 4, 'gb18030-file': 1 };
  const plain = await generateRelease({ devices: 900, files: 3, seed: 3, out: join(bench.folder, 'plain'), faults });
  await generateRelease({
    devices: 600,
    files: 2,
    seed: 8,
    out: join(bench.folder, 'zip'),
    zip: true,
    kind: 'day',
    date: '2026-05-02',
  });
  const files = plain.files.map((file) => join(bench.folder, 'plain', file.name));
  const { summary } = await bench.take([...files, join(bench.folder, 'zip', 'UDID_DAY_UPDATE_20260502.zip')]);
  expect(summary.failed).toEqual([]);
});
afterAll(() => bench?.end());

/** Bytes of documents by file and part, as the register counts positions in them. */
async function documents(): Promise<Map<string, Buffer>> {
  const out = new Map<string, Buffer>();
  const rows = await bench.db.owner<{ path: string; file: string; part: string }[]>`
    select f.path, f.name as file, p.path as part from import_part p join import_file f on f.import_id = p.import_id and f.file_no = p.file_no`;
  for (const { path, file, part } of rows) {
    const release = await openRelease(path);
    const found = release.parts.find((each) => each.path === part);
    if (!found) throw new Error(`${part} is not in ${path}`);
    const text = await readText(found);
    const pieces: Buffer[] = [];
    for await (const piece of text.bytes) pieces.push(piece);
    out.set(`${file}\n${part}`, Buffer.concat(pieces));
    await release.close();
  }
  return out;
}

const resolved = (xml: string): string =>
  xml
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&(lt|gt|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&' })[name] ?? '');

describe('provenance', () => {
  it(`200 random cells stand in the bytes their row names: file, hash, part, position (seed ${SEED})`, async () => {
    const bytes = await documents();
    const dice = new Dice(SEED);
    const keys = await bench.db.owner<
      { record_key: string }[]
    >`select distinct record_key from device_version order by 1`;
    const store = deviceStore(bench.db.app, systemClock);
    const at = await resolveReadAt(bench.db.app, {}, systemClock);
    let cells = 0;
    const files = new Set<string>();
    while (cells < 200) {
      const key = dice.pick(keys).record_key;
      const versions = await store.findVersions(at, { source: 'nmpa-udid', recordKey: key });
      const version = dice.pick(versions);
      const document = bytes.get(`${version.file}\n${version.part}`);
      expect(document, `${version.file} ${version.part}`).toBeDefined();
      const xml = (document as Buffer).toString(
        'utf8',
        version.position_at,
        version.position_at + version.position_length,
      );
      expect(xml.startsWith('<device') && xml.endsWith('</device>')).toBe(true);
      const further = unpackPayload(version.payload);
      const choices: [string, unknown][] = [
        ['cpmctymc', version.name],
        ['spmc', version.brand],
        ['cpms', version.description],
        ['ggxh', version.model],
        ['cphhhbh', version.catalog_no],
        ['ylqxzcrbarmc', version.holder_name],
        ['tyshxydm', version.holder_code],
        ['zczbhhzbapzbh', version.certificate_text],
        ['flbm', version.class_code],
        ['zxxsdycpbs', version.di ?? version.di_key],
        ['deviceRecordKey', version.record_key],
        ...Object.entries(further).filter(([, value]) => typeof value === 'string'),
      ];
      const filled = choices.filter(([, value]) => value !== null && value !== '');
      const [tag, value] = dice.pick(filled);
      expect(resolved(xml), `${tag} of ${key}`).toContain(`<${tag}>${value}</${tag}>`);
      files.add(`${version.file} ${version.part}`);
      cells++;
    }
    expect(files.size).toBe(5);
  });

  it('names the hash of the file as it was given', async () => {
    const { createHash } = await import('node:crypto');
    const rows = await bench.db.owner<{ path: string; sha256: string }[]>`select path, sha256 from import_file`;
    for (const { path, sha256 } of rows)
      expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(sha256);
  });
});
