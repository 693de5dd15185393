import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gtin14 } from '../../bench/generate/identifiers.ts';

/** Values of one device by tag; `lists` holds ready XML for the lists and anything else behind the fields. */
export interface UdidRecord {
  readonly [tag: string]: string | undefined;
}

/** A sound device number `n`, with the given tags set or (empty text) emptied. */
export function udidRecord(n: number, values: UdidRecord = {}): Record<string, string> {
  const di = gtin14(0, 690_000_000_000 + n);
  const record: Record<string, string> = {
    zxxsdycpbs: di,
    cpbsbmtxmc: 'GS1',
    cpbsfbrq: '2024-01-05',
    zxxsdyzsydydsl: '1',
    cpmctymc: `一次性使用导管${n % 7}`,
    ggxh: `M-${n}`,
    cpms: '供临床使用',
    qxlb: '器械',
    flbm: '03-13-06',
    tyshxydm: '91350203100024740R',
    zczbhhzbapzbh: '国械注准20243031234',
    ylqxzcrbarmc: '厦门某某医疗有限公司',
    cplb: '耗材',
    deviceRecordKey: `K${String(n).padStart(6, '0')}`,
    versionNumber: '1',
    versionTime: '2024-01-05',
    versionStauts: '新增',
    correctionNumber: '0',
  };
  for (const [tag, value] of Object.entries(values)) {
    if (value === undefined || value === '') delete record[tag];
    else record[tag] = value;
  }
  return record;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The element of a record. A tag that begins with `+` is put in as it stands: ready XML. */
export function deviceXml(record: Readonly<Record<string, string>>): string {
  const body = Object.entries(record).map(([tag, value]) =>
    tag.startsWith('+') ? value : `<${tag}>${escaped(value)}</${tag}>`,
  );
  return `<device>${body.join('')}</device>\n`;
}

/** A whole document; `count` = what the header states, the number of devices unless told. */
export function udidXml(devices: readonly string[], count: number | null = devices.length): string {
  const header = count === null ? '' : `<header><numberRkeyecordXML>${count}</numberRkeyecordXML></header>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<udid version="1.0">\n${header}<devices>\n${devices.join('')}</devices>\n</udid>\n`;
}

/** Writes a document of records; answers its path. */
export function writeUdid(folder: string, name: string, records: readonly Readonly<Record<string, string>>[]): string {
  return writeText(folder, name, udidXml(records.map(deviceXml)));
}

export function writeText(folder: string, name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
