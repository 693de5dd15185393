// Chooses the devices of the demonstration data from the public sets and writes them to seeds/demo. Same input, same
// choice: what is not chosen for a defect is chosen by the hash of its key.
//   node --import tsx bench/demo/choose-devices.ts FOLDER_WITH_gudid_AND_eudamed-devices
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';
import { gs1CheckDigit } from '../../src/domains/identifiers/index.ts';

const GUDID = 380;
const EUDAMED = 100;
const OUT = new URL('../../seeds/demo/', import.meta.url).pathname;

const order = (key: string) => createHash('sha256').update(`demo ${key}`).digest('hex');
const byHash = <T extends { key: string }>(items: T[]) => items.sort((a, b) => (order(a.key) < order(b.key) ? -1 : 1));

interface Device {
  readonly key: string;
  readonly text: string;
  readonly ids: readonly { id: string; type: string; agency: string }[];
  readonly company: string;
  readonly product: string;
}

function readDevice(text: string): Device {
  const all = [...text.matchAll(/<identifier>(.*?)<\/identifier>/gs)].map(([, block = '']) => ({
    id: /<deviceId>([^<]*)/.exec(block)?.[1]?.trim() ?? '',
    type: /<deviceIdType>([^<]*)/.exec(block)?.[1] ?? '',
    agency: /<deviceIdIssuingAgency>([^<]*)/.exec(block)?.[1] ?? '',
  }));
  const key = /deviceid="([^"]*)"/.exec(text)?.[1] ?? '';
  const company = /<companyName>([^<]*)/.exec(text)?.[1] ?? '';
  const product = /<productCode>([^<]*)/.exec(text)?.[1] ?? '';
  // telephone numbers and mail addresses of contacts are of no use to a demonstration
  return { key, ids: all, company, product, text: text.replace(/<contacts>.*?<\/contacts>/gs, '<contacts />') };
}

async function gudid(folder: string): Promise<void> {
  const input = createReadStream(join(folder, 'gudid/gudid-devices.xml.gz')).pipe(createGunzip());
  let head = '';
  let current = '';
  const users = new Map<string, Set<string>>();
  const devices: Device[] = [];
  for await (const line of createInterface({ input })) {
    if (current === '' && !line.includes('<device ')) {
      if (devices.length === 0) head += `${line}\n`;
      continue;
    }
    current += `${line}\n`;
    if (!line.includes('</device>')) continue;
    const device = readDevice(current);
    current = '';
    devices.push(device);
    for (const { id } of device.ids) users.set(id, (users.get(id) ?? new Set()).add(device.key));
  }
  byHash(devices);
  const chosen = new Map<string, Device>();
  const take = (what: string, most: number, wanted: (device: Device) => boolean) => {
    let n = 0;
    for (const device of devices) {
      if (n >= most || chosen.size >= GUDID) break;
      if (chosen.has(device.key) || !wanted(device)) continue;
      chosen.set(device.key, device);
      n++;
    }
    process.stderr.write(`gudid: ${n} ${what}\n`);
  };
  const gs1 = (device: Device) => device.ids.filter((id) => id.agency === 'GS1');
  take('not of 14 digits', 5, (d) => gs1(d).some(({ id }) => !/^\d{14}$/.test(id)));
  take('wrong check digit', 20, (d) =>
    gs1(d).some(({ id }) => /^\d{14}$/.test(id) && String(gs1CheckDigit(id.slice(0, 13))) !== id[13]),
  );
  // both sides of a shared identifier, so that it shows as shared
  const shared = [...users].filter(([, keys]) => keys.size > 1).sort(([a], [b]) => (order(a) < order(b) ? -1 : 1));
  const both = new Set(shared.slice(0, 15).flatMap(([, keys]) => [...keys]));
  take('with a shared identifier', 40, (d) => both.has(d.key));
  const has = (type: string) => (d: Device) => d.ids.some((id) => id.type === type);
  take('with a direct mark', 6, has('Direct Marking'));
  take('with a unit of use', 20, has('Unit of Use'));
  take('HIBCC', 12, (d) => d.ids.some((id) => id.agency === 'HIBCC'));
  take('two or more packages', 25, (d) => d.ids.filter((id) => id.type === 'Package').length >= 2);
  take('packages', 60, has('Package'));
  const seen = new Map<string, number>();
  take('others, few of a company and product', GUDID, (d) => {
    const key = `${d.company}|${d.product}`;
    const n = seen.get(key) ?? 0;
    seen.set(key, n + 1);
    return n < 2;
  });
  const body = [...chosen.values()].map((device) => device.text).join('');
  write('gudid-demo-20160525.xml.gz', `${head}${body}</data>\n`);
}

interface Item {
  readonly key: string;
  readonly text: string;
}

async function eudamed(folder: string): Promise<void> {
  const input = createReadStream(join(folder, 'eudamed-devices/eudamed-gs1.jsonl.gz')).pipe(createGunzip());
  const items: Item[] = [];
  for await (const text of createInterface({ input })) {
    const key = /"_file":"([^"]*)"/.exec(text)?.[1] ?? text.slice(0, 80);
    // addresses of contacts may be those of persons
    if (text.includes('"Value":"EPD"') || text.includes('@') || text.length > 9_000) continue;
    items.push({ key, text });
  }
  byHash(items);
  const chosen = new Map<string, Item>();
  const perMaker = new Map<string, number>();
  const take = (what: string, most: number, wanted: (item: Item) => boolean) => {
    let n = 0;
    for (const item of items) {
      if (n >= most || chosen.size >= EUDAMED) break;
      if (chosen.has(item.key) || !wanted(item)) continue;
      const maker = /"Value":"([A-Z]{2}-MF-\d+)"/.exec(item.text)?.[1] ?? '';
      const had = perMaker.get(maker) ?? 0;
      if (had >= 4) continue;
      perMaker.set(maker, had + 1);
      chosen.set(item.key, item);
      n++;
    }
    process.stderr.write(`eudamed: ${n} ${what}\n`);
  };
  const chinese = (item: Item) => item.text.includes('"Value":"CN-MF-');
  const packed = (item: Item) => /"CatalogueItemChildItemLink":\[\{/.test(item.text);
  const certified = (item: Item) => item.text.includes('"CertificationInformationModule":{');
  take('without a GTIN', 2, (i) => i.text.includes('"Gtin":""'));
  take('packages and certificate', 12, (i) => packed(i) && certified(i));
  take('Chinese, certificate', 22, (i) => chinese(i) && certified(i));
  take('Chinese, packages', 22, (i) => chinese(i) && packed(i));
  take('packages', 15, packed);
  take('certificate', 15, certified);
  take('others', EUDAMED, () => true);
  write('eudamed-demo-20260806.jsonl.gz', `${[...chosen.values()].map((item) => item.text).join('\n')}\n`);
}

function write(name: string, text: string): void {
  mkdirSync(OUT, { recursive: true });
  const packed = gzipSync(text, { level: 9 });
  writeFileSync(join(OUT, name), packed);
  process.stderr.write(`${name}: ${text.length} characters, ${packed.length} bytes\n`);
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder with gudid/ and eudamed-devices/');
await gudid(folder);
await eudamed(folder);
