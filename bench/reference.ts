/**
 * Measures the reference scanner and saxes on the same files in turns, both building the same records. The first round
 * warms up and does not count; the ratio is the median of the ratios of the others, so that a busy moment tells little.
 * npx tsx bench/reference.ts FILE.xml|DIR … [--rounds 5]
 */
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { parseArgs } from 'node:util';
import { SaxesParser } from 'saxes';
import { addTo, type Checksum, type ScannedDevice, type ScannedRow, scanFile } from './reference-scanner.ts';

const LISTS: Readonly<Record<string, keyof Omit<ScannedDevice, 'fields'>>> = {
  packingList: 'packing',
  storageList: 'storage',
  clinicalList: 'clinical',
  contactList: 'contact',
};

/** Builds the same records from the events of saxes. */
async function parseFile(path: string, take: (device: ScannedDevice) => void): Promise<void> {
  const parser = new SaxesParser();
  let device: ScannedDevice | undefined;
  let list: ScannedRow[] | undefined;
  let row: ScannedRow | undefined;
  let text = '';
  parser.on('opentag', ({ name }) => {
    text = '';
    if (name === 'device') device = { fields: {}, packing: [], storage: [], clinical: [], contact: [] };
    else if (device && LISTS[name] !== undefined) list = device[LISTS[name]];
    else if (list && !row) {
      row = {};
      list.push(row);
    }
  });
  parser.on('text', (value) => {
    text += value;
  });
  parser.on('closetag', ({ name }) => {
    if (!device) return;
    if (name === 'device') {
      take(device);
      device = undefined;
    } else if (LISTS[name] !== undefined) list = undefined;
    else if (row && (name === 'packing' || name === 'storage' || name === 'clinical' || name === 'contact'))
      row = undefined;
    else if (row) row[name] = text;
    else device.fields[name] = text;
  });
  const decoder = new StringDecoder('utf8');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    parser.write(decoder.write(chunk as Buffer));
  parser.close();
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const files = positionals
  .flatMap((path) => (statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path]))
  .filter((path) => path.endsWith('.xml'));
if (files.length === 0) {
  process.stderr.write('npx tsx bench/reference.ts FILE.xml|DIR … [--rounds 5]\n');
  process.exit(2);
}
const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);

async function measure(read: (path: string, take: (device: ScannedDevice) => void) => Promise<unknown>) {
  const sum: Checksum = { records: 0, packages: 0, nameLength: 0 };
  const started = performance.now();
  for (const path of files) await read(path, (device) => addTo(sum, device));
  const seconds = (performance.now() - started) / 1000;
  return { sum, rate: sum.records / seconds, mbPerSecond: bytes / 1e6 / seconds };
}

const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;
const rates = { scanner: [] as number[], saxes: [] as number[] };
let sums = '';
for (let round = 0; round <= Number(values.rounds); round++) {
  for (const [name, read] of [
    ['scanner', scanFile],
    ['saxes', parseFile],
  ] as const) {
    const { sum, rate, mbPerSecond } = await measure(read);
    const text = JSON.stringify(sum);
    if (sums !== '' && sums !== text) throw new Error(`${name} built other records: ${text}, not ${sums}`);
    sums = text;
    if (round > 0) rates[name].push(rate);
    const note = round === 0 ? ' (warm-up)' : '';
    process.stderr.write(
      `${name.padEnd(8)} ${Math.round(rate).toString().padStart(8)} records/s ${mbPerSecond.toFixed(1)} MB/s${note}\n`,
    );
  }
}
const ratios = rates.scanner.map((rate, i) => rate / (rates.saxes[i] as number));
const answer = {
  checksum: JSON.parse(sums) as Checksum,
  megabytes: Math.round(bytes / 1e6),
  scannerPerSecond: Math.round(median(rates.scanner)),
  bestScannerPerSecond: Math.round(Math.max(...rates.scanner)),
  saxesPerSecond: Math.round(median(rates.saxes)),
  bestSaxesPerSecond: Math.round(Math.max(...rates.saxes)),
  ratio: Number(median(ratios).toFixed(2)),
};
process.stdout.write(`${JSON.stringify(answer)}\n`);
