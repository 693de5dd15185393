import { compactDay, dayText } from './days.ts';
import { gtin14, maCode } from './identifiers.ts';
import type { Population } from './population.ts';
import type { Product } from './product.ts';
import { Dice, mix } from './random.ts';
import { DEVICE_SHARES, type Device, slot } from './shape.ts';
import { CORRECTIONS } from './words.ts';

const AT = {
  di: slot('zxxsdycpbs'),
  published: slot('cpbsfbrq'),
  useUnit: slot('sydycpbs'),
  registered: slot('zcbacpbs'),
  direct: slot('btcpbs'),
  model: slot('ggxh'),
  article: slot('cphhhbh'),
  insurance: slot('ybbm'),
  withdrawn: slot('tsrq'),
  key: slot('deviceRecordKey'),
  version: slot('versionNumber'),
  versionTime: slot('versionTime'),
  status: slot('versionStauts'),
  corrections: slot('correctionNumber'),
  correction: slot('correctionRemark'),
  correctedAt: slot('correctionTime'),
} as const;

/** Positions of the values in which the models of one product may differ; all others are the product's. */
export const OWN_SLOTS: readonly number[] = Object.values(AT).sort((a, b) => a - b);

/** Numbers used by one device: its own, unit of use, direct mark, registered one; packages take the own with an indicator. */
const NUMBERS_PER_DEVICE = 8;
const BLOCK = 1000;
/** A prime below ten million: blocks of a thousand numbers are spread over all ten digits after the prefix. */
const BLOCKS = 9_999_991;

/** A GTIN body unique for (device number, use), 12 digits of which the first two are the prefix. */
function gtinBody(seed: number, prefix: number, device: number, use: number): number {
  const number = device * NUMBERS_PER_DEVICE + use;
  const block = Math.floor(number / BLOCK);
  const spread = (block * (1_000_003 + (mix(seed, 77) % 1000)) + (mix(seed, 78) % BLOCKS)) % BLOCKS;
  return prefix * 10_000_000_000 + spread * BLOCK + (number % BLOCK);
}

/** The identifier of a device: use 0 its own, 1 unit of use, 2 direct mark, 3 registered, 7 one that no device has. */
export function identifier(seed: number, product: Product, device: number, use: number, indicator = 0): string {
  if (product.system === 'MA') return maCode(product.registrant, indicator, device * NUMBERS_PER_DEVICE + use);
  if (product.system === 'AHM')
    return `AHM${String(product.registrant).padStart(7, '0')}${indicator}${use}${String(device).padStart(8, '0')}`;
  return gtin14(indicator, gtinBody(seed, product.prefix, device, use));
}

function modelText(product: Product, offset: number): string {
  if (product.modelStyle === 0) {
    const power = ((offset % 81) * 0.25).toFixed(2);
    const curve = (8.3 + (Math.floor(offset / 81) % 6) / 10).toFixed(1);
    return `-${power}/${curve}/${(13.8 + (Math.floor(offset / 486) % 5) / 10).toFixed(1)}${offset >= 2430 ? `-${Math.floor(offset / 2430)}` : ''}`;
  }
  if (product.modelStyle === 1) {
    const diameter = (2 + (offset % 24) * 0.25).toFixed(1);
    const length = 10 + (Math.floor(offset / 24) % 40) * 2;
    return `${product.modelHead}-Φ${diameter}×${length}mm${offset >= 960 ? `-${Math.floor(offset / 960)}` : ''}`;
  }
  if (product.modelStyle === 2) return `${product.modelHead}-${String(offset + 1).padStart(4, '0')}`;
  return `${(offset % 12) + 1}×${[20, 40, 60, 100][Math.floor(offset / 12) % 4]}mL；校准品：${1 + (Math.floor(offset / 48) % 6)}×1mL${offset >= 288 ? `（${product.modelHead}${Math.floor(offset / 288)}）` : ''}`;
}

const CLINICAL = ['长度', '直径', '容量', '屈光度', '内径'];
const CLINICAL_UNITS = ['mm', 'mm', 'mL', 'D', 'Fr'];

/**
 * Writes device `number` (the model `offset` of a product) into `into`. All that comes out depends only on the seed,
 * the product and these numbers. `lastDay` is the day of the release: nothing is dated after it.
 */
export function fillDevice(
  population: Population,
  product: Product,
  number: number,
  offset: number,
  lastDay: number,
  into: Device,
): void {
  const { seed } = population;
  const dice = new Dice(seed, 4, number);
  const values = into.values;
  for (let i = 0; i < values.length; i++) values[i] = product.base[i] as string;
  const di = identifier(seed, product, number, 0);
  const first = Math.min(product.approvedDay, lastDay);
  const published = first + Math.floor(dice.unit() ** 1.3 * (lastDay - first + 1));
  const version = dice.chance(DEVICE_SHARES.laterVersion) ? 2 + Math.floor(dice.unit() ** 3 * 8) : 1;
  const versionDay = version === 1 ? published : published + dice.below(lastDay - published + 1);
  values[AT.di] = di;
  values[AT.published] = dayText(published);
  if (product.useUnits > 1) values[AT.useUnit] = identifier(seed, product, number, 1);
  if (product.otherRegisteredDi) values[AT.registered] = identifier(seed, product, number, 3);
  if (product.directMarkDiffers) values[AT.direct] = identifier(seed, product, number, 2);
  values[AT.model] = modelText(product, offset);
  if (product.articleNumber) values[AT.article] = `${product.modelHead}${100_000 + offset}`;
  if (product.insurance) values[AT.insurance] = product.insurance + String(offset % 10_000_000).padStart(7, '0');
  if (dice.chance(DEVICE_SHARES.withdrawn))
    values[AT.withdrawn] = dayText(published + dice.below(lastDay - published + 1));
  const clock = dice.next();
  const two = (n: number) => (n < 10 ? `0${n}` : String(n));
  values[AT.key] =
    `${di}${compactDay(published)}${two(clock % 24)}${two((clock >>> 6) % 60)}${two((clock >>> 12) % 60)}${(clock >>> 20) % 10}`;
  values[AT.version] = String(version);
  values[AT.versionTime] = dayText(versionDay);
  values[AT.status] = version === 1 ? '新增' : '更新';
  if (dice.chance(DEVICE_SHARES.corrected)) {
    values[AT.corrections] = String(1 + dice.below(3));
    values[AT.correction] = dice.pick(CORRECTIONS);
    values[AT.correctedAt] = dayText(versionDay + dice.below(lastDay - versionDay + 1));
  }
  const packing = into.packing;
  packing.length = product.levels.length;
  let contained = di;
  for (let level = 0; level < product.levels.length; level++) {
    const { unit, quantity } = product.levels[level] as { unit: string; quantity: number };
    const own = identifier(seed, product, number, 0, level + 1);
    packing[level] = [own, unit, String(quantity), contained];
    contained = own;
  }
  into.storage = product.storage;
  into.contact = product.contact;
  into.clinical.length = 0;
  if (product.clinical) {
    const kind = product.index % CLINICAL.length;
    into.clinical.push([CLINICAL[kind] as string, String((offset % 50) + 1), CLINICAL_UNITS[kind] as string]);
    if (offset % 3 === 0) into.clinical.push(['其他', `${offset % 7}～${(offset % 7) + 3}`, 'mm']);
  }
  delete into.unknown;
}

export function emptyDevice(): Device {
  return { values: new Array<string>(47).fill(''), packing: [], storage: [], clinical: [], contact: [] };
}
