import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dayNumber } from '../../bench/generate/days.ts';
import { emptyDevice, fillDevice } from '../../bench/generate/device.ts';
import { FAULT_KINDS, type FaultPlan } from '../../bench/generate/faults.ts';
import { creditCode, gtinCheckDigit, maCode } from '../../bench/generate/identifiers.ts';
import { layOut } from '../../bench/generate/population.ts';
import { productBuilder } from '../../bench/generate/product.ts';
import { DeviceReader, generateRelease } from '../../bench/generate/release.ts';
import {
  CERTIFICATE_FORMS,
  CERTIFICATE_SHARES,
  DEVICE_TAGS,
  PRODUCT_FLAGS,
  PRODUCT_SHARES,
  slot,
} from '../../bench/generate/shape.ts';
import { generateUpdate } from '../../bench/generate/update.ts';
import { productWriter, renderDevice } from '../../bench/generate/xml.ts';
import { type ScannedDevice, scanFile } from '../../bench/reference-scanner.ts';

const root = mkdtempSync(join(tmpdir(), 'xiedang-generate-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const xmlFiles = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.xml'));

async function readAll(folder: string): Promise<(ScannedDevice & { file: string })[]> {
  const all: (ScannedDevice & { file: string })[] = [];
  for (const file of xmlFiles(folder)) await scanFile(join(folder, file), (device) => all.push({ ...device, file }));
  return all;
}
const value = (device: ScannedDevice, tag: string) => device.fields[tag] ?? '';

describe('identifiers', () => {
  it('gives the check digits of published examples', () => {
    expect(gtinCheckDigit('0693626085579')).toBe('8');
    expect(gtinCheckDigit('0697573743115')).toBe('8');
    expect(creditCode('350203', 10_002_474)).toMatch(
      /^91350203\d{9}[0-9A-HJ-NPQRTUWXY]$|^91350203\d{8}X[0-9A-HJ-NPQRTUWXY]$/,
    );
    expect(maCode(5, 1, 7)).toMatch(/^MA\.156\.M0\.100005\.100000007\d$/);
  });
});

describe('a full release', () => {
  const options = { devices: 20_000, files: 7, seed: 42 };

  it('is the same, byte for byte, for the same seed, and another for another seed', async () => {
    const write = (name: string, seed: number) =>
      generateRelease({ ...options, devices: 2000, seed, out: join(root, name), zip: true });
    await write('b', 42);
    await write('c', 43);
    await write('d', 42);
    const zip = 'UDID_FULL_RELEASE_20260501.zip';
    expect(hash(join(root, 'b', zip))).toBe(hash(join(root, 'd', zip)));
    expect(hash(join(root, 'b', zip))).not.toBe(hash(join(root, 'c', zip)));
  });

  it('has the shape of the national base', async () => {
    const out = join(root, 'full');
    const truth = await generateRelease({ ...options, out });
    const devices = await readAll(out);
    expect(devices.length).toBe(20_000);
    expect(truth.files.map((f) => f.rows).reduce((a, b) => a + b)).toBe(20_000);
    for (const file of truth.files) expect(devices.filter((d) => d.file === file.name).length).toBe(file.header);

    const keys = new Set(devices.map((d) => value(d, 'deviceRecordKey')));
    expect(keys.size).toBe(truth.distinctKeys);
    expect(20_000 - keys.size).toBe(2);
    for (const name of xmlFiles(out)) {
      const inFile = devices.filter((d) => d.file === name);
      expect(new Set(inFile.map((d) => value(d, 'deviceRecordKey'))).size).toBe(inFile.length);
    }
    expect(new Set(devices.map((d) => value(d, 'cpmctymc'))).size).toBe(truth.distinctNames);
    expect(
      Math.abs(devices.filter((d) => value(d, 'cpmctymc') === '软性亲水接触镜').length / 20_000 - 0.2205),
    ).toBeLessThan(0.002);

    const holders = new Map<string, number>();
    for (const d of devices) holders.set(value(d, 'ylqxzcrbarmc'), (holders.get(value(d, 'ylqxzcrbarmc')) ?? 0) + 1);
    const [largest, second] = [...holders.values()].sort((a, b) => b - a);
    expect(Math.abs((largest as number) / 20_000 - 0.0669)).toBeLessThan(0.002);
    expect(second as number).toBeLessThan(largest as number);

    const share = (test: (certificate: string) => boolean) =>
      devices.filter((d) => test(value(d, 'zczbhhzbapzbh'))).length / 20_000;
    const known =
      /^(国|[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新].?)械(注[准进许]\d{9,12}|备\d{8,10})(,|$)/;
    expect(Math.abs(share((c) => c.includes('械注准') && known.test(c)) - CERTIFICATE_SHARES.domestic)).toBeLessThan(
      0.01,
    );
    expect(Math.abs(share((c) => c.includes('械注进')) - CERTIFICATE_SHARES.imported)).toBeLessThan(0.01);
    expect(Math.abs(share((c) => c.includes('械备')) - CERTIFICATE_SHARES.filing)).toBeLessThan(0.01);
    expect(Math.abs(share((c) => !known.test(c)) - CERTIFICATE_SHARES.unknown)).toBeLessThan(0.005);

    const filled: Record<string, number> = {
      sydycpbs: 13.34,
      zcbacpbs: 1.39,
      btcpbsyzxxsdycpbssfyz: 10.32,
      btcpbs: 2.79,
      spmc: 31.76,
    };
    Object.assign(filled, {
      cphhhbh: 18.12,
      yflbm: 4.31,
      ylqxzcrbarywmc: 10.24,
      ybbm: 28.28,
      zdcfsycs: 1.68,
      mjfs: 37.34,
      tsrq: 0.9,
    });
    Object.assign(filled, {
      qtxxdwzlj: 2.49,
      tscchcztj: 6.92,
      tsccsm: 1.64,
      correctionRemark: 2.97,
      zxxsdycpbs: 100,
      cpms: 100,
    });
    for (const [tag, percent] of Object.entries(filled)) {
      const found = (devices.filter((d) => value(d, tag) !== '').length / 20_000) * 100;
      expect(Math.abs(found - percent), `${tag}: ${found} %, wanted ${percent} %`).toBeLessThan(0.8);
    }
    expect(truth.bytes / truth.rows).toBeGreaterThan(1800);
    expect(truth.bytes / truth.rows).toBeLessThan(2400);
  });

  it('holds no fault that was not planted: check digits, chains, identifiers, dates', async () => {
    const devices = await readAll(join(root, 'full'));
    const owners = new Map<string, string>();
    for (const d of devices) {
      const di = value(d, 'zxxsdycpbs');
      const key = value(d, 'deviceRecordKey');
      const level = new Map(d.packing.map((p) => [p.bzcpbs, p.bznhxyjbzcpbs]));
      expect(level.size).toBe(d.packing.length);
      for (const own of [di, value(d, 'sydycpbs'), value(d, 'btcpbs'), value(d, 'zcbacpbs'), ...level.keys()]) {
        if (own === '' || own === undefined) continue;
        if (value(d, 'cpbsbmtxmc') === 'GS1') expect(gtinCheckDigit(own.slice(0, 13)), own).toBe(own[13]);
        expect(owners.get(own) ?? key).toBe(key);
        owners.set(own, key);
        let at: string | undefined = level.has(own) ? own : di;
        for (let hops = 0; at !== di && hops < 9; hops++) at = level.get(at as string);
        expect(at).toBe(di);
      }
      const [published, version, withdrawn] = [value(d, 'cpbsfbrq'), value(d, 'versionTime'), value(d, 'tsrq')];
      expect(published >= '2019-12-10' && published <= version && version <= '2026-05-01').toBe(true);
      expect(withdrawn === '' || withdrawn >= published).toBe(true);
      expect(Number(value(d, 'versionNumber'))).toBeGreaterThanOrEqual(1);
    }
  });
});

describe('the fast writer', () => {
  it('writes every device as the plain writer does', () => {
    const population = layOut(3000, 7);
    const build = productBuilder(population);
    const lastDay = dayNumber('2026-05-01');
    const out = Buffer.alloc(1 << 20);
    const device = emptyDevice();
    for (let p = 0; p < population.products; p++) {
      const product = build(p);
      const write = productWriter(product);
      for (let offset = 0; offset < Math.min(5, population.sizes[p] as number); offset++) {
        fillDevice(population, product, (population.starts[p] as number) + offset, offset, lastDay, device);
        const end = write(device, out, 0);
        expect(out.toString('utf8', 0, end)).toBe(renderDevice(device));
      }
    }
  });
});

describe('names and shares at full size', () => {
  it('lays out 5.7 million devices with 100,000 names, every share met', () => {
    const population = layOut(5_674_158, 42);
    expect(population.rows - population.distinct).toBe(445);
    expect(population.distinctNames).toBe(100_000);
    const build = productBuilder(population);
    const names = new Set<string>();
    const rows = new Map<string, number>();
    for (let p = 0; p < population.products; p++) {
      const size = population.sizes[p] as number;
      if (p < 130_000) names.add(build(p).base[slot('cpmctymc')] as string);
      const form = CERTIFICATE_FORMS[population.forms[p] as number] as string;
      rows.set(form, (rows.get(form) ?? 0) + size);
      for (const [bit, flag] of PRODUCT_FLAGS.entries())
        if ((population.flags[p] as number) & (1 << bit)) rows.set(flag, (rows.get(flag) ?? 0) + size);
      if (population.holders[p] === 0) rows.set('largest', (rows.get('largest') ?? 0) + size);
      if (population.names[p] === 0) rows.set('lenses', (rows.get('lenses') ?? 0) + size);
    }
    expect(names.size).toBe(100_000);
    for (const [name, share] of [...Object.entries(CERTIFICATE_SHARES), ...Object.entries(PRODUCT_SHARES)]) {
      expect(Math.abs((rows.get(name) ?? 0) / population.distinct - share), name).toBeLessThan(0.003);
    }
    expect(Math.abs((rows.get('largest') as number) - 379_507)).toBeLessThan(60);
    expect(Math.abs((rows.get('lenses') as number) - 1_251_359)).toBeLessThan(200);
  }, 120_000);
});

describe('planted faults', () => {
  const plan = Object.fromEntries(
    FAULT_KINDS.map((kind) => [kind, kind.endsWith('-mismatch') || kind.endsWith('-file') ? 1 : 4]),
  ) as FaultPlan;

  it('stand where the truth says, in a full release', async () => {
    const out = join(root, 'faulty');
    const truth = await generateRelease({ devices: 3000, files: 5, seed: 9, out, faults: plan });
    for (const kind of FAULT_KINDS) expect(truth.faults.filter((f) => f.fault === kind).length, kind).toBe(plan[kind]);
    const devices = await readAll(out);
    const all = devices.filter((d) => !truth.expected.failedFiles.includes(d.file));
    for (const fault of truth.faults) {
      if (fault.row === 0) continue;
      const device = devices.filter((d) => d.file === fault.file)[fault.row - 1] as ScannedDevice;
      const cells = [device.fields[fault.field], ...device.packing.flatMap((p) => [p[fault.field as keyof typeof p]])];
      if (fault.file === truth.faults.find((f) => f.fault === 'gb18030-file')?.file) continue;
      expect(cells, `${fault.fault} ${fault.note}`).toContain(fault.value);
      if (fault.fault !== 'missing-key') expect(value(device, 'deviceRecordKey')).toBe(fault.key);
    }
    const keys = new Set(all.map((d) => value(d, 'deviceRecordKey')).filter((key) => key !== ''));
    expect(keys.size).toBe(truth.expected.keys);
    expect(all.filter((d) => value(d, 'deviceRecordKey') === '').length).toBe(truth.expected.rejected);
    const lying = truth.files.find((f) => f.header !== f.rows);
    expect(truth.expected.failedFiles).toEqual([lying?.name]);
    expect(readFileSync(join(out, lying?.name as string), 'utf8')).toContain(
      `<numberRkeyecordXML>${lying?.header}</numberRkeyecordXML>`,
    );
    const chinese = readFileSync(join(out, truth.files[0]?.name as string));
    expect(chinese.toString('latin1', 0, 60)).toContain('encoding="GB18030"');
    expect(new TextDecoder('gb18030', { fatal: true }).decode(chinese)).toContain(
      '<cpmctymc>软性亲水接触镜</cpmctymc>',
    );
  });

  it('refuses an unknown fault and more faulty files than files', async () => {
    const options = { devices: 100, files: 1, seed: 1, out: join(root, 'none') };
    await expect(generateRelease({ ...options, faults: { nonsense: 1 } as FaultPlan })).rejects.toThrow(
      'unknown fault: nonsense',
    );
    await expect(generateRelease({ ...options, faults: { 'header-mismatch': 2 } })).rejects.toThrow(
      'more faulty files',
    );
  });
});

describe('a day of updates', () => {
  const base = { devices: 3000, seed: 11, date: '2026-05-01' };
  const counts = { new: 40, changed: 60, withdrawn: 10, unchanged: 20 };

  it('differs from its base exactly by what its truth says', async () => {
    const out = join(root, 'day');
    await generateRelease({ ...base, files: 3, out: join(root, 'base') });
    const truth = await generateUpdate({ base, date: '2026-05-02', out, files: 2, ...counts });
    const newest = new Map<string, ScannedDevice>();
    for (const d of await readAll(join(root, 'base'))) {
      const key = value(d, 'deviceRecordKey');
      const known = newest.get(key);
      if (!known || Number(value(known, 'versionNumber')) < Number(value(d, 'versionNumber'))) newest.set(key, d);
    }
    const seen = { new: 0, changed: 0, withdrawn: 0, unchanged: 0 };
    const told = new Map([...truth.changed, ...truth.withdrawn].map((c) => [c.key, c]));
    const versions = ['versionNumber', 'versionTime', 'versionStauts'];
    for (const d of await readAll(out)) {
      const before = newest.get(value(d, 'deviceRecordKey'));
      if (!before) {
        seen.new++;
        expect(truth.new).toContain(value(d, 'deviceRecordKey'));
        continue;
      }
      const differing = DEVICE_TAGS.filter((tag) => !versions.includes(tag) && value(d, tag) !== value(before, tag));
      for (const list of ['packing', 'storage', 'clinical', 'contact'] as const) {
        if (JSON.stringify(d[list]) !== JSON.stringify(before[list])) differing.push(`${list}List`);
      }
      const change = told.get(value(d, 'deviceRecordKey'));
      expect(differing.sort()).toEqual((change?.fields ?? []).map((f) => f.name).sort());
      for (const field of change?.fields ?? []) {
        if (typeof field.to !== 'string') continue;
        expect([value(before, field.name), value(d, field.name)]).toEqual([field.from, field.to]);
      }
      if (!change) seen.unchanged++;
      else if (value(d, 'tsrq') !== '' && value(before, 'tsrq') === '') seen.withdrawn++;
      else seen.changed++;
    }
    expect(seen).toEqual(counts);
    expect(truth.expected).toMatchObject(counts);
  });

  it('touches other records the next day', async () => {
    const first = await generateUpdate({ base, date: '2026-05-02', out: join(root, 'day1'), files: 1, ...counts });
    const second = await generateUpdate({ base, date: '2026-05-03', out: join(root, 'day2'), files: 1, ...counts });
    const keys = (t: typeof first) => [...t.new, ...t.unchanged, ...[...t.changed, ...t.withdrawn].map((c) => c.key)];
    expect(new Set([...keys(first), ...keys(second)]).size).toBe(260);
  });

  it('plants faults beside the given numbers', async () => {
    const truth = await generateUpdate({
      base,
      date: '2026-05-04',
      out: join(root, 'day3'),
      files: 1,
      ...counts,
      faults: { 'missing-key': 3, 'conflicting-key': 2, 'package-loop': 1 },
    });
    expect(truth.expected).toMatchObject({ ...counts, new: 41, rejected: 3, conflicting: 2 });
    expect(truth.rows).toBe(136);
  });
});

it('reads a device of any place as it stands in the file', async () => {
  const out = join(root, 'place');
  await generateRelease({ devices: 500, files: 1, seed: 5, out });
  const reader = new DeviceReader(layOut(500, 5), dayNumber('2026-05-01'));
  const text = readFileSync(join(out, xmlFiles(out)[0] as string), 'utf8');
  for (const place of [0, 1, 250, 499]) expect(text).toContain(renderDevice(reader.at(place).device));
});
