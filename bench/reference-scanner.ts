/**
 * The yardstick of imports: FIXED, not part of the product. Rates of imports are told as ratios to this scanner, so
 * it must stay as it is; whoever changes it must measure every published ratio again.
 *
 * A plain hand-written scanner: one thread, decodes the file piece by piece to text, finds tags with `indexOf`, tries
 * the usual order of tags first, and builds one complete object for each device: its fields as strings and the rows of its nested lists.
 * It trusts its input (well-formed, no CDATA, comments or attributes inside devices) and checks nothing.
 */
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

export type ScannedRow = Record<string, string>;

export interface ScannedDevice {
  fields: Record<string, string>;
  packing: ScannedRow[];
  storage: ScannedRow[];
  clinical: ScannedRow[];
  contact: ScannedRow[];
}

const SLASH = 47;
const GREATER = 62;
const DEVICE_TAGS = (
  'zxxsdycpbs cpbsbmtxmc cpbsfbrq zxxsdyzsydydsl sydycpbs bszt sfyzcbayz zcbacpbs sfybtzjbs btcpbsyzxxsdycpbssfyz ' +
  'btcpbs cpmctymc spmc ggxh sfwblztlcp cpms cphhhbh yflbm qxlb flbm tyshxydm zczbhhzbapzbh ylqxzcrbarmc ' +
  'ylqxzcrbarywmc ybbm cplb cgzmraqxgxx sfbjwycxsy zdcfsycs sfwwjbz syqsfxyjxmj mjfs qtxxdwzlj tsrq scbssfbhph ' +
  'scbssfbhxlh scbssfbhscrq scbssfbhsxrq tscchcztj tsccsm deviceRecordKey versionNumber versionTime versionStauts ' +
  'correctionNumber correctionRemark correctionTime'
).split(' ');

const ENTITY = /&(?:#x([0-9a-fA-F]+)|#(\d+)|(amp|lt|gt|quot|apos));/g;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeText(text: string): string {
  return text.replace(ENTITY, (_, hex: string | undefined, decimal: string | undefined, name: string | undefined) =>
    name !== undefined
      ? (NAMED[name] as string)
      : String.fromCodePoint(hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}

function listOf(device: ScannedDevice, tag: string): ScannedRow[] | undefined {
  if (tag === 'packingList') return device.packing;
  if (tag === 'storageList') return device.storage;
  if (tag === 'clinicalList') return device.clinical;
  if (tag === 'contactList') return device.contact;
  return undefined;
}

/** Reads `<tag>value</tag>` and `<tag/>` one after the other from `at` to `end` into `into`. */
function scanFields(text: string, from: number, end: number, into: Record<string, string>): void {
  let at = text.indexOf('<', from);
  while (at >= 0 && at < end) {
    const close = text.indexOf('>', at);
    if (text.charCodeAt(close - 1) === SLASH) {
      into[text.slice(at + 1, close - 1)] = '';
      at = text.indexOf('<', close);
      continue;
    }
    const tag = text.slice(at + 1, close);
    const stop = text.indexOf('<', close);
    const value = text.slice(close + 1, stop);
    into[tag] = value.includes('&') ? unescapeText(value) : value;
    at = text.indexOf('<', stop + tag.length + 3);
  }
}

/** Reads the rows of the list whose open tag ends at `from`; gives the place behind its close tag. */
function scanList(text: string, tag: string, from: number, into: ScannedRow[]): number {
  const end = text.indexOf(`</${tag}>`, from);
  let open = text.indexOf('<', from);
  while (open < end) {
    const close = text.indexOf('>', open);
    const item = text.slice(open + 1, close);
    const itemEnd = text.indexOf(`</${item}>`, close);
    const row: ScannedRow = {};
    scanFields(text, close + 1, itemEnd, row);
    into.push(row);
    open = text.indexOf('<', itemEnd + item.length + 3);
  }
  return end + tag.length + 3;
}

/** Builds the device whose content stands between `from` and `end`. Tags mostly come in one order: it is tried first. */
function scanDevice(text: string, from: number, end: number): ScannedDevice {
  const device: ScannedDevice = { fields: {}, packing: [], storage: [], clinical: [], contact: [] };
  const { fields } = device;
  let expected = 0;
  let at = text.indexOf('<', from);
  while (at >= 0 && at < end) {
    let tag = DEVICE_TAGS[expected] ?? '';
    let list: ScannedRow[] | undefined;
    let close = at + 1 + tag.length;
    const after = text.charCodeAt(close);
    if (tag !== '' && (after === GREATER || after === SLASH) && text.startsWith(tag, at + 1)) {
      expected++;
      if (after === SLASH) close++;
    } else {
      close = text.indexOf('>', at);
      tag = text.slice(at + 1, text.charCodeAt(close - 1) === SLASH ? close - 1 : close);
      const known = DEVICE_TAGS.indexOf(tag);
      if (known >= 0) expected = known + 1;
      else list = listOf(device, tag);
    }
    const empty = text.charCodeAt(close - 1) === SLASH;
    if (list !== undefined) at = empty ? close : scanList(text, tag, close, list);
    else if (empty) {
      fields[tag] = '';
      at = close;
    } else {
      const stop = text.indexOf('<', close);
      const value = text.slice(close + 1, stop);
      fields[tag] = value.includes('&') ? unescapeText(value) : value;
      at = stop + tag.length + 3;
    }
    at = text.indexOf('<', at);
  }
  return device;
}

/** Scans an uncompressed release file in UTF-8, hands over each device and gives their number. */
export async function scanFile(path: string, take: (device: ScannedDevice) => void): Promise<number> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let count = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const text = rest + decoder.write(chunk as Buffer);
    let at = 0;
    for (;;) {
      const open = text.indexOf('<device>', at);
      if (open < 0) break;
      const end = text.indexOf('</device>', open);
      if (end < 0) break;
      take(scanDevice(text, open + 8, end));
      count++;
      at = end + 9;
    }
    rest = text.slice(at);
  }
  return count;
}

/** What proves that records were built: counts of records, package rows and letters of names. */
export interface Checksum {
  records: number;
  packages: number;
  nameLength: number;
}

export function addTo(sum: Checksum, device: ScannedDevice): void {
  sum.records++;
  sum.packages += device.packing.length;
  sum.nameLength += (device.fields.cpmctymc ?? '').length;
}
