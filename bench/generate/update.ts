import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber } from './days.ts';
import { emptyDevice, fillDevice, identifier } from './device.ts';
import { type FaultPlan, type Planted, plant, RECORD_FAULTS } from './faults.ts';
import { layOut } from './population.ts';
import { Dice, permutation } from './random.ts';
import { checkPlan, DeviceReader, type FileTruth, releaseOutput } from './release.ts';
import { type Device, LIST_TAGS, type ListName, slot } from './shape.ts';
import { FILE_TAIL, fileHead, renderDevice } from './xml.ts';

export interface UpdateOptions {
  /** The full release this day follows. */
  base: { devices: number; seed: number; date: string };
  /** Day of the update, after the day of the base. */
  date: string;
  out: string;
  files: number;
  zip?: boolean;
  new: number;
  changed: number;
  withdrawn: number;
  /** Records of the base repeated as they are. */
  unchanged: number;
  faults?: FaultPlan;
}

type FieldValue = string | Record<string, string>[];
export interface FieldChange {
  name: string;
  from: FieldValue;
  to: FieldValue;
}
export interface ChangedRecord {
  key: string;
  di: string;
  version: { from: string; to: string };
  /** Changed content; number, time and state of the version change besides. */
  fields: FieldChange[];
}

/** What an importer must come to when it loads this day on top of its base and nothing else. */
export interface UpdateTruth {
  kind: 'day';
  date: string;
  base: { devices: number; seed: number; date: string };
  seed: number;
  archive: string | null;
  bytes: number;
  rows: number;
  expected: {
    new: number;
    changed: number;
    withdrawn: number;
    unchanged: number;
    rejected: number;
    conflicting: number;
    failedFiles: string[];
  };
  new: string[];
  changed: ChangedRecord[];
  withdrawn: ChangedRecord[];
  unchanged: string[];
  files: FileTruth[];
  faults: Planted[];
}

const KEY = slot('deviceRecordKey');
const DI = slot('zxxsdycpbs');
/** New device numbers of each day start here, one day after the other, so that days of a chain never meet. */
const NEW_PER_DAY = 200_000;

const named = (name: ListName, rows: readonly (readonly string[])[]): Record<string, string>[] =>
  rows.map((row) => Object.fromEntries(LIST_TAGS[name].tags.map((tag, i) => [tag, row[i] ?? ''])));

function setValue(device: Device, tag: string, to: string): FieldChange {
  const from = device.values[slot(tag)] as string;
  device.values[slot(tag)] = to;
  return { name: tag, from, to };
}

/** The kinds of change; each gives what it did, or undefined when this record does not lend itself to it. */
const CHANGES: readonly ((device: Device, dice: Dice) => FieldChange | undefined)[] = [
  (d) => setValue(d, 'ggxh', `${d.values[slot('ggxh')]}（改）`),
  (d, dice) => setValue(d, 'cpms', `${d.values[slot('cpms')]}补充说明${1 + dice.below(99)}。`),
  (d, dice) => setValue(d, 'spmc', `新牌${dice.below(1000)}`),
  (d) => setValue(d, 'sfwwjbz', d.values[slot('sfwwjbz')] === '是' ? '否' : '是'),
  (d, dice) => setValue(d, 'tscchcztj', `阴凉处保存，第${1 + dice.below(50)}版`),
  (d, dice) => setValue(d, 'ybbm', `C${String(dice.next()).padStart(26, '0')}`),
  (d) => {
    const top = d.packing.length - 1;
    if (top < 0) return undefined;
    const from = named('packing', d.packing);
    d.packing = d.packing.map((row, i) =>
      i === top ? [row[0] as string, row[1] as string, String(Number(row[2]) + 1), row[3] as string] : row,
    );
    return { name: 'packingList', from, to: named('packing', d.packing) };
  },
  (d) => {
    const from = named('storage', d.storage);
    d.storage = [...d.storage, ['运输温度', '-10', '45', '℃']];
    return { name: 'storageList', from, to: named('storage', d.storage) };
  },
];

function nextVersion(device: Device, date: string): { from: string; to: string } {
  const from = device.values[slot('versionNumber')] as string;
  const to = String(Number(from) + 1);
  device.values[slot('versionNumber')] = to;
  device.values[slot('versionTime')] = date;
  device.values[slot('versionStauts')] = '更新';
  return { from, to };
}

/**
 * Writes a day of updates to a full release: given numbers of new, changed, withdrawn and repeated records in mixed
 * order. Days with the same numbers and other dates touch other records of the base while its records suffice.
 * Faults are planted in additional new records, `conflicting-key` in additional copies of base records.
 */
export async function generateUpdate(options: UpdateOptions): Promise<UpdateTruth> {
  const { base, date, files, out } = options;
  const plan = options.faults ?? {};
  checkPlan(plan, files);
  const day = dayNumber(date);
  const since = day - dayNumber(base.date);
  if (since < 1) throw new RangeError(`the update of ${date} does not follow the release of ${base.date}`);
  const population = layOut(base.devices, base.seed);
  const reader = new DeviceReader(population, dayNumber(base.date));
  const known = {
    changed: options.changed,
    withdrawn: options.withdrawn,
    unchanged: options.unchanged,
    conflicting: plan['conflicting-key'] ?? 0,
  };
  const perDay = known.changed + known.withdrawn + known.unchanged + known.conflicting;
  if (perDay > population.distinct) throw new RangeError(`the base has only ${population.distinct} devices`);
  const order = permutation(population.distinct, base.seed + 6);
  let touched = (since - 1) * perDay;
  const nextKnown = () => reader.at(order(touched++ % population.distinct));
  // Records which a fault refers to: taken from the far end, so that they are not among the touched ones.
  let referred = population.distinct;
  const other = () => {
    referred = referred <= 1 ? population.distinct - 1 : referred - 1;
    return reader.nameAt(order(referred));
  };
  let fresh = 0;
  const freshDevice = () => {
    const dice = new Dice(base.seed, 6000 + since, fresh);
    const product = reader.product(dice.below(population.products));
    const number = population.distinct + (since - 1) * NEW_PER_DAY + fresh;
    const device = emptyDevice();
    fillDevice(
      population,
      product,
      number,
      (population.sizes[product.index] as number) + since * 1000 + fresh,
      day,
      device,
    );
    Object.assign(device.values, {
      [slot('cpbsfbrq')]: date,
      [slot('versionNumber')]: '1',
      [slot('versionTime')]: date,
      [slot('versionStauts')]: '新增',
    });
    Object.assign(device.values, {
      [slot('tsrq')]: '',
      [slot('correctionNumber')]: '0',
      [slot('correctionRemark')]: '',
      [slot('correctionTime')]: '',
    });
    fresh++;
    return { device, product, number };
  };

  const truth: UpdateTruth = {
    kind: 'day',
    date,
    base,
    seed: base.seed,
    archive: null,
    bytes: 0,
    rows: 0,
    expected: { new: 0, changed: 0, withdrawn: 0, unchanged: 0, rejected: 0, conflicting: 0, failedFiles: [] },
    new: [],
    changed: [],
    withdrawn: [],
    unchanged: [],
    files: [],
    faults: [],
  };
  interface Row {
    text: string;
    told: (file: string, row: number) => void;
  }
  const rows: Row[] = [];
  const keyOf = (device: Device) => device.values[KEY] as string;
  const diOf = (device: Device) => device.values[DI] as string;
  for (let i = 0; i < options.new; i++) {
    const { device } = freshDevice();
    rows.push({ text: renderDevice(device), told: () => truth.new.push(keyOf(device)) });
  }
  for (let i = 0; i < known.changed; i++) {
    const { device, number } = nextKnown();
    const dice = new Dice(base.seed, 7000 + since, number);
    const version = nextVersion(device, date);
    const fields: FieldChange[] = [];
    const start = dice.below(CHANGES.length);
    for (let k = 0, wanted = 1 + dice.below(3); k < CHANGES.length && fields.length < wanted; k++) {
      const change = CHANGES[(start + k * 3) % CHANGES.length]?.(device, dice);
      if (change) fields.push(change);
    }
    const record = { key: keyOf(device), di: diOf(device), version, fields };
    rows.push({ text: renderDevice(device), told: () => truth.changed.push(record) });
  }
  for (let i = 0; i < known.withdrawn; i++) {
    let { device } = nextKnown();
    // One withdrawn already cannot be withdrawn again; the next one takes its place.
    while (device.values[slot('tsrq')] !== '') ({ device } = nextKnown());
    const version = nextVersion(device, date);
    const record = { key: keyOf(device), di: diOf(device), version, fields: [setValue(device, 'tsrq', date)] };
    rows.push({ text: renderDevice(device), told: () => truth.withdrawn.push(record) });
  }
  for (let i = 0; i < known.unchanged; i++) {
    const { device } = nextKnown();
    rows.push({ text: renderDevice(device), told: () => truth.unchanged.push(keyOf(device)) });
  }
  for (let i = 0; i < known.conflicting; i++) {
    const { device } = nextKnown();
    const { to } = setValue(device, 'ggxh', `${device.values[slot('ggxh')]}-X`);
    const fault = {
      fault: 'conflicting-key' as const,
      key: keyOf(device),
      di: diOf(device),
      field: 'ggxh',
      value: String(to),
      note: 'same version as in the full release',
    };
    rows.push({
      text: renderDevice(device),
      told: (file, row) => {
        truth.expected.conflicting++;
        truth.faults.push({ ...fault, file, row });
      },
    });
  }
  for (const fault of RECORD_FAULTS) {
    for (let count = 0; count < (plan[fault] ?? 0); ) {
      const { device, product, number } = freshDevice();
      const before = { key: keyOf(device), di: diOf(device) };
      const planted = plant(fault, device, { count, other, nowhere: identifier(base.seed, product, number, 7) });
      if (!planted) continue;
      count++;
      rows.push({
        text: renderDevice(device),
        told: (file, row) => {
          if (fault === 'missing-key') truth.expected.rejected++;
          else truth.new.push(before.key);
          truth.faults.push({ fault, file, row, ...before, ...planted });
        },
      });
    }
  }

  const { archive, plan: filePlan, text } = releaseOutput({ out, zip: options.zip, kind: 'day', date, files, plan });
  truth.archive = archive;
  const mixed = permutation(rows.length, base.seed + since);
  for (const [f, file] of filePlan.entries()) {
    const begin = Math.floor((f * rows.length) / files);
    const end = Math.floor(((f + 1) * rows.length) / files);
    const header = end - begin + (file.failing ? 1 : 0);
    text.begin(file.name, file.encoding, (end - begin) * 4000);
    text.add(fileHead(header, file.encoding));
    for (let i = begin; i < end; i++) {
      const row = rows[mixed(i)] as Row;
      if (!file.failing) row.told(file.name, i - begin + 1);
      if (text.add(row.text)) await text.flush();
    }
    text.add(FILE_TAIL);
    await text.end();
    truth.rows += end - begin;
    truth.files.push({ name: file.name, rows: end - begin, header, encoding: file.encoding });
    const blank = { file: file.name, row: 0, key: '', di: '', value: '' };
    if (file.failing) {
      truth.expected.failedFiles.push(file.name);
      truth.faults.push({
        ...blank,
        fault: 'header-mismatch',
        field: 'numberRkeyecordXML',
        value: String(header),
        note: `${end - begin} records`,
      });
    }
    if (file.encoding === 'GB18030')
      truth.faults.push({ ...blank, fault: 'gb18030-file', field: 'encoding', note: '' });
  }
  text.sink.close();
  truth.bytes = text.bytes;
  const { expected } = truth;
  expected.new = truth.new.length;
  expected.changed = truth.changed.length;
  expected.withdrawn = truth.withdrawn.length;
  expected.unchanged = truth.unchanged.length;
  writeFileSync(join(out, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
  return truth;
}
