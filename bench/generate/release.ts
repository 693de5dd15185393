import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber } from './days.ts';
import { emptyDevice, fillDevice, identifier } from './device.ts';
import { FAULT_KINDS, type FaultKind, type FaultPlan, type Planted, plant, RECORD_FAULTS } from './faults.ts';
import { folderSink, TextOut, zipSink } from './output.ts';
import { layOut, type Population, runAt } from './population.ts';
import { type Product, productBuilder } from './product.ts';
import { permutation } from './random.ts';
import { type Device, slot } from './shape.ts';
import { FILE_TAIL, fileHead, productWriter, type RecordWriter, renderDevice } from './xml.ts';

export interface ReleaseOptions {
  /** Rows, repeated keys included. */
  devices: number;
  files: number;
  /** Folder that gets the XML files or the zip, and `truth.json`. */
  out: string;
  seed: number;
  zip?: boolean;
  kind?: 'full' | 'day';
  /** Day of the release, YYYY-MM-DD. */
  date?: string;
  faults?: FaultPlan;
}

export interface FileTruth {
  name: string;
  rows: number;
  header: number;
  encoding: 'UTF-8' | 'GB18030';
}

/** What an importer must come to when it loads this release into an empty store. */
export interface ReleaseTruth {
  kind: 'full' | 'day';
  date: string;
  seed: number;
  devices: number;
  archive: string | null;
  bytes: number;
  rows: number;
  distinctKeys: number;
  repeated: { same: number; earlierVersion: number };
  distinctNames: number;
  largestHolderRows: number;
  contactLensRows: number;
  packageRows: number;
  expected: { keys: number; rejected: number; conflicting: number; failedFiles: string[] };
  files: FileTruth[];
  faults: Planted[];
}

const KEY = slot('deviceRecordKey');
const DI = slot('zxxsdycpbs');
const VERSION = slot('versionNumber');
export const DEFAULT_DATE = '2026-05-01';

/** Reads devices of a population at any place of the file order or by number. */
export class DeviceReader {
  readonly population: Population;
  readonly lastDay: number;
  readonly product: (index: number) => Product;
  constructor(population: Population, lastDay: number) {
    this.population = population;
    this.lastDay = lastDay;
    this.product = productBuilder(population);
  }

  at(place: number): { device: Device; product: Product; number: number } {
    const { population } = this;
    const run = runAt(population, place);
    const product = this.product(population.runProduct[run] as number);
    const offset = (population.runOffset[run] as number) + place - (population.runStart[run] as number);
    const number = (population.starts[product.index] as number) + offset;
    const device = emptyDevice();
    fillDevice(population, product, number, offset, this.lastDay, device);
    return { device, product, number };
  }

  nameAt(place: number): { di: string; key: string } {
    const { values } = this.at(place).device;
    return { di: values[DI] as string, key: values[KEY] as string };
  }
}

export function checkPlan(plan: FaultPlan, files: number): void {
  for (const [kind, count] of Object.entries(plan)) {
    if (!FAULT_KINDS.includes(kind as FaultKind)) throw new RangeError(`unknown fault: ${kind}`);
    if (!Number.isInteger(count) || (count as number) < 0) throw new RangeError(`fault ${kind}: not a count: ${count}`);
  }
  if ((plan['header-mismatch'] ?? 0) + (plan['gb18030-file'] ?? 0) > files)
    throw new RangeError('more faulty files than files');
}

/** Opens the output of a release and names its files. */
export function releaseOutput(options: {
  out: string;
  zip?: boolean | undefined;
  kind: 'full' | 'day';
  date: string;
  files: number;
  plan: FaultPlan;
}) {
  const stem = `UDID_${options.kind === 'full' ? 'FULL_RELEASE' : 'DAY_UPDATE'}_${options.date.replaceAll('-', '')}`;
  mkdirSync(options.out, { recursive: true });
  const archive = options.zip ? `${stem}.zip` : null;
  const chinese = options.plan['gb18030-file'] ?? 0;
  const lying = options.plan['header-mismatch'] ?? 0;
  const plan = Array.from({ length: options.files }, (_, f) => ({
    name: `${stem}_DOWNLOAD_PART${f + 1}_Of_${options.files}.xml`,
    encoding: f < chinese ? ('GB18030' as const) : ('UTF-8' as const),
    failing: f >= options.files - lying,
  }));
  return { archive, plan, text: new TextOut(archive ? zipSink(join(options.out, archive)) : folderSink(options.out)) };
}

/** Makes an earlier version of a record out of a later one; false when it is the first version. */
function earlier(device: Device): boolean {
  const version = Number(device.values[VERSION]);
  if (version < 2) return false;
  device.values[VERSION] = String(version - 1);
  device.values[slot('versionTime')] = device.values[slot('cpbsfbrq')] as string;
  device.values[slot('versionStauts')] = version - 1 === 1 ? '新增' : '更新';
  device.values[slot('correctionNumber')] = '0';
  device.values[slot('correctionRemark')] = '';
  device.values[slot('correctionTime')] = '';
  device.values[slot('tsrq')] = '';
  return true;
}

/**
 * Writes a release in the national format and tells what is in it. The same options write the same bytes.
 * A repeated key never stands twice in one file (unless there is only one file), as in the real release.
 * Memory does not grow with the number of rows, apart from some 10 bytes a row group (see `layOut`).
 */
export async function generateRelease(options: ReleaseOptions): Promise<ReleaseTruth> {
  const { devices, files, seed, out } = options;
  const kind = options.kind ?? 'full';
  const date = options.date ?? DEFAULT_DATE;
  const plan = options.faults ?? {};
  checkPlan(plan, files);
  if (devices < files || files < 1) throw new RangeError(`${devices} devices do not fill ${files} files`);
  const population = layOut(devices, seed);
  const reader = new DeviceReader(population, dayNumber(date));
  const { distinct } = population;
  const { archive, plan: filePlan, text } = releaseOutput({ out, zip: options.zip, kind, date, files, plan });
  const first = Array.from({ length: files + 1 }, (_, f) => Math.floor((f * distinct) / files));
  const fileOf = (place: number) => {
    let f = Math.min(files - 1, Math.floor((place * files) / distinct));
    while ((first[f] as number) > place) f--;
    while ((first[f + 1] as number) <= place) f++;
    return f;
  };

  // Repeated keys: spread evenly, each in the file after the one that holds its newest version.
  const repeats = new Map<number, { place: number; older: boolean }[]>();
  const sources = new Set<number>();
  for (let r = 0; r < devices - distinct; r++) {
    const place = Math.floor(((r + 0.5) * distinct) / (devices - distinct));
    const file = (fileOf(place) + 1) % files;
    sources.add(place);
    repeats.set(file, [...(repeats.get(file) ?? []), { place, older: r % 2 === 0 }]);
  }

  // Faults: places are drawn without repetition, outside files that fail as a whole and outside repeated keys.
  const drawn = permutation(distinct, seed + 5);
  let next = 0;
  const draw = (): number => {
    while (next < distinct) {
      const place = drawn(next++);
      if (!sources.has(place) && !filePlan[fileOf(place)]?.failing) return place;
    }
    throw new RangeError('not enough sound records to plant these faults');
  };
  const faulty = new Map<number, { device: Device; told: Omit<Planted, 'file' | 'row'> }>();
  const known = (device: Device) => ({ key: device.values[KEY] as string, di: device.values[DI] as string });
  for (const fault of RECORD_FAULTS) {
    for (let count = 0; count < (plan[fault] ?? 0); ) {
      const place = draw();
      const { device, product, number } = reader.at(place);
      const before = known(device);
      const told = plant(fault, device, {
        count,
        other: () => reader.nameAt(draw()),
        nowhere: identifier(seed, product, number, 7),
      });
      if (!told) continue;
      faulty.set(place, { device, told: { fault, ...before, ...told } });
      count++;
    }
  }
  const extras = new Map<number, { device: Device; told: Omit<Planted, 'file' | 'row'> }[]>();
  for (let count = 0; count < (plan['conflicting-key'] ?? 0); count++) {
    const place = draw();
    const { device } = reader.at(place);
    const file = filePlan.findIndex((f, i) => !f.failing && (i > fileOf(place) || files === 1 || i === files - 1));
    const target = file >= 0 ? file : fileOf(place);
    const value = `${device.values[slot('ggxh')]}-X`;
    device.values[slot('ggxh')] = value;
    const told = {
      fault: 'conflicting-key' as const,
      ...known(device),
      field: 'ggxh',
      value,
      note: `same key and version in file ${fileOf(place) + 1}`,
    };
    extras.set(target, [...(extras.get(target) ?? []), { device, told }]);
  }

  const truth: ReleaseTruth = {
    kind,
    date,
    seed,
    devices,
    archive,
    bytes: 0,
    rows: 0,
    distinctKeys: distinct - (plan['missing-key'] ?? 0),
    repeated: { same: 0, earlierVersion: 0 },
    distinctNames: population.distinctNames,
    largestHolderRows: 0,
    contactLensRows: 0,
    packageRows: 0,
    expected: {
      keys: 0,
      rejected: plan['missing-key'] ?? 0,
      conflicting: plan['conflicting-key'] ?? 0,
      failedFiles: [],
    },
    files: [],
    faults: [],
  };
  for (let p = 0; p < population.products; p++) {
    if (population.names[p] === 0) truth.contactLensRows += population.sizes[p] as number;
    if (population.holders[p] === 0) truth.largestHolderRows += population.sizes[p] as number;
  }
  const writers = new WeakMap<Product, RecordWriter>();
  const device = emptyDevice();
  for (let f = 0; f < files; f++) {
    const file = filePlan[f] as (typeof filePlan)[number];
    const begin = first[f] as number;
    const end = first[f + 1] as number;
    const rows = end - begin + (repeats.get(f)?.length ?? 0) + (extras.get(f)?.length ?? 0);
    const header = file.failing ? rows + 1 : rows;
    text.begin(file.name, file.encoding, rows * 4000);
    text.add(fileHead(header, file.encoding));
    let row = 0;
    const note = (told: Omit<Planted, 'file' | 'row'>) => truth.faults.push({ ...told, file: file.name, row });
    for (const { place, older } of repeats.get(f) ?? []) {
      const { device: repeat } = reader.at(place);
      if (older && earlier(repeat)) truth.repeated.earlierVersion++;
      else truth.repeated.same++;
      if (!file.failing && filePlan[fileOf(place)]?.failing) truth.expected.keys++;
      row++;
      truth.packageRows += repeat.packing.length;
      if (text.add(renderDevice(repeat))) await text.flush();
    }
    let run = runAt(population, begin);
    for (let place = begin; place < end; run++) {
      const product = reader.product(population.runProduct[run] as number);
      let write = writers.get(product);
      if (!write) {
        write = productWriter(product);
        writers.set(product, write);
      }
      const stop = Math.min(end, population.runStart[run + 1] as number);
      const shift = (population.runOffset[run] as number) - (population.runStart[run] as number);
      const number = (population.starts[product.index] as number) + shift;
      for (; place < stop; place++) {
        row++;
        const fault = faulty.size > 0 ? faulty.get(place) : undefined;
        let full: boolean;
        if (fault) {
          full = text.add(renderDevice(fault.device));
          truth.packageRows += fault.device.packing.length;
          note(fault.told);
        } else {
          fillDevice(population, product, number + place, shift + place, reader.lastDay, device);
          full = file.encoding === 'UTF-8' ? text.addBytes(write, device) : text.add(renderDevice(device));
          truth.packageRows += device.packing.length;
        }
        if (full) await text.flush();
      }
    }
    for (const extra of extras.get(f) ?? []) {
      row++;
      note(extra.told);
      truth.packageRows += extra.device.packing.length;
      if (text.add(renderDevice(extra.device))) await text.flush();
    }
    text.add(FILE_TAIL);
    await text.end();
    truth.rows += rows;
    truth.files.push({ name: file.name, rows, header, encoding: file.encoding });
    const blank = { row: 0, key: '', di: '', value: '' };
    if (file.failing) {
      truth.expected.failedFiles.push(file.name);
      truth.faults.push({
        ...blank,
        fault: 'header-mismatch',
        file: file.name,
        field: 'numberRkeyecordXML',
        value: String(header),
        note: `${rows} records`,
      });
    } else truth.expected.keys += end - begin;
    if (file.encoding === 'GB18030')
      truth.faults.push({ ...blank, fault: 'gb18030-file', file: file.name, field: 'encoding', note: '' });
  }
  truth.expected.keys -= truth.expected.rejected;
  truth.bytes = text.bytes;
  text.sink.close();
  writeFileSync(join(out, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
  return truth;
}

/** The truth of a release written before, read from its folder. */
export function readTruth(folder: string): ReleaseTruth {
  const path = join(folder, 'truth.json');
  if (!existsSync(path)) throw new RangeError(`no truth.json in ${folder}`);
  return JSON.parse(readFileSync(path, 'utf8')) as ReleaseTruth;
}
