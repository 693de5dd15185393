import { dayNumber, dayText } from './days.ts';
import { type Device, slot } from './shape.ts';
import { RAW } from './xml.ts';

/**
 * Faults that can be planted, each in one record, except `header-mismatch` and `gb18030-file` (whole files) and
 * `conflicting-key` (an additional row with key and version of another one but other content).
 */
export const FAULT_KINDS = [
  'wrong-check-digit',
  'shared-identifier',
  'broken-package-chain',
  'package-loop',
  'dangling-contained',
  'impossible-date',
  'reversed-dates',
  'missing-key',
  'control-character',
  'bare-ampersand',
  'unknown-tag',
  'padded-class-code',
  'thirteen-digit-gtin',
  'conflicting-key',
  'header-mismatch',
  'gb18030-file',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];
export type RecordFault = Exclude<FaultKind, 'header-mismatch' | 'gb18030-file' | 'conflicting-key'>;
/** How many of each fault to plant. */
export type FaultPlan = Partial<Record<FaultKind, number>>;

export const RECORD_FAULTS = FAULT_KINDS.filter(
  (k): k is RecordFault => k !== 'header-mismatch' && k !== 'gb18030-file' && k !== 'conflicting-key',
);

/** One planted fault as it must be found again. `row` counts from 1 within its file. */
export interface Planted {
  fault: FaultKind;
  file: string;
  row: number;
  key: string;
  di: string;
  field: string;
  value: string;
  /** What else is needed to judge it: the other key of a shared identifier, the form of a date … */
  note: string;
}

/** What planting needs to know of the rest of the release. */
export interface Surroundings {
  /** Main identifier and key of another sound device. */
  other(): { di: string; key: string };
  /** A valid identifier that no device carries. */
  nowhere: string;
  /** Counts faults of this kind already planted; forms alternate. */
  count: number;
}

const DI = slot('zxxsdycpbs');
const KEY = slot('deviceRecordKey');
const MODEL = slot('ggxh');
const DESCRIPTION = slot('cpms');
const PUBLISHED = slot('cpbsfbrq');
const WITHDRAWN = slot('tsrq');
const CLASS = slot('flbm');

/** Puts another main identifier in place, in the package chain too, so that the chain itself stays sound. */
function replaceDi(device: Device, di: string): void {
  const old = device.values[DI] as string;
  device.values[DI] = di;
  device.packing = device.packing.map((row) =>
    row[3] === old ? [row[0] as string, row[1] as string, row[2] as string, di] : row,
  );
}

function replaceContained(device: Device, level: number, contained: string): void {
  device.packing = device.packing.map((row, i) =>
    i === level ? [row[0] as string, row[1] as string, row[2] as string, contained] : row,
  );
}

type Told = Pick<Planted, 'field' | 'value' | 'note'>;

/** Plants a fault in a device; undefined when this device cannot carry it (no package, other coding system). */
export function plant(fault: RecordFault, device: Device, near: Surroundings): Told | undefined {
  const { values } = device;
  const di = values[DI] as string;
  const gs1 = /^\d{14}$/.test(di);
  const second = near.count % 2 === 1;
  switch (fault) {
    case 'wrong-check-digit': {
      if (!gs1) return undefined;
      const wrong = di.slice(0, 13) + ((Number(di[13]) + 1 + (near.count % 8)) % 10);
      replaceDi(device, wrong);
      return { field: 'zxxsdycpbs', value: wrong, note: `right digit ${di[13]}` };
    }
    case 'thirteen-digit-gtin': {
      if (!gs1 || di[0] !== '0') return undefined;
      replaceDi(device, di.slice(1));
      return { field: 'zxxsdycpbs', value: di.slice(1), note: '' };
    }
    case 'shared-identifier': {
      const other = near.other();
      if (second) {
        const top = device.packing.length - 1;
        if (top < 0) return undefined;
        device.packing = device.packing.map((row, i) =>
          i === top ? [other.di, row[1] as string, row[2] as string, row[3] as string] : row,
        );
        return { field: 'bzcpbs', value: other.di, note: `main identifier of ${other.key}` };
      }
      replaceDi(device, other.di);
      return { field: 'zxxsdycpbs', value: other.di, note: `main identifier of ${other.key}` };
    }
    case 'broken-package-chain': {
      if (device.packing.length === 0) return undefined;
      const other = near.other();
      replaceContained(device, 0, other.di);
      return { field: 'bznhxyjbzcpbs', value: other.di, note: `chain leads to ${other.key}, not to its own device` };
    }
    case 'package-loop': {
      const top = device.packing[device.packing.length - 1]?.[0];
      if (top === undefined) return undefined;
      replaceContained(device, 0, top);
      return { field: 'bznhxyjbzcpbs', value: top, note: `${device.packing.length} levels` };
    }
    case 'dangling-contained': {
      if (device.packing.length === 0) return undefined;
      replaceContained(device, 0, near.nowhere);
      return { field: 'bznhxyjbzcpbs', value: near.nowhere, note: '' };
    }
    case 'impossible-date': {
      const [field, value] = second ? (['tsrq', '2023-13-01'] as const) : (['cpbsfbrq', '2023-02-30'] as const);
      values[slot(field)] = value;
      return { field, value, note: '' };
    }
    case 'reversed-dates': {
      const value = dayText(dayNumber(values[PUBLISHED] as string) - 30);
      values[WITHDRAWN] = value;
      return { field: 'tsrq', value, note: `cpbsfbrq ${values[PUBLISHED]}` };
    }
    case 'missing-key':
      values[KEY] = '';
      return { field: 'deviceRecordKey', value: '', note: '' };
    case 'control-character': {
      const [sign, note] = second ? [RAW.reference, '&#x1F;'] : [RAW.control, 'U+000B'];
      values[DESCRIPTION] =
        `${(values[DESCRIPTION] as string).slice(0, 6)}${sign}${(values[DESCRIPTION] as string).slice(6)}`;
      return {
        field: 'cpms',
        value: (values[DESCRIPTION] as string).replace(sign, second ? '\u001F' : '\u000B'),
        note,
      };
    }
    case 'bare-ampersand': {
      values[MODEL] = `${values[MODEL]} A${RAW.ampersand}B ${RAW.ampersand} C`;
      return { field: 'ggxh', value: (values[MODEL] as string).replaceAll(RAW.ampersand, '&'), note: '' };
    }
    case 'unknown-tag': {
      const unknown = { tag: second ? 'xgbs' : 'newTag2027', value: `${near.count + 1}` };
      device.unknown = unknown;
      return { field: unknown.tag, value: unknown.value, note: '' };
    }
    case 'padded-class-code': {
      const code = values[CLASS] as string;
      const value = /^\d\d-\d\d-\d\d$/.test(code)
        ? second
          ? `${code}-000`
          : `${code.slice(0, 2)}-00-00`
        : `${code}-00-00`;
      values[CLASS] = value;
      return { field: 'flbm', value, note: `was ${code}` };
    }
  }
}
