import { Dice, mix } from './random.ts';
import { CERTIFICATE_FORMS, CERTIFICATE_SHARES, NATIONAL, PRODUCT_FLAGS, PRODUCT_SHARES } from './shape.ts';

/**
 * Who owns what, before any text is written. A product is a certificate with a name; its models are its devices.
 * Device numbers run product by product (0 … distinct-1); the order in the files is that of shuffled runs of models,
 * because one product's models are registered in batches over years.
 * Memory: about 40 bytes a product and 16 a run, that is some 15 MB at the size of the national base.
 */
export interface Population {
  readonly seed: number;
  readonly rows: number;
  /** Distinct devices; `rows - distinct` rows repeat the key of another one. */
  readonly distinct: number;
  readonly products: number;
  readonly sizes: Uint32Array;
  /** First device number of each product, and the end. */
  readonly starts: Uint32Array;
  /** Index into `CERTIFICATE_FORMS`. */
  readonly forms: Uint8Array;
  readonly holders: Uint32Array;
  /** 0 is the soft hydrophilic contact lens. */
  readonly names: Uint32Array;
  readonly distinctNames: number;
  /** One bit for each of `PRODUCT_FLAGS`. */
  readonly flags: Uint32Array;
  readonly runProduct: Uint32Array;
  readonly runOffset: Uint32Array;
  /** First place in the file order of each run, and the end. */
  readonly runStart: Uint32Array;
}

export const LENS_NAME = 0;
const LARGEST_HOLDER = 0;
/** Holders from here on are foreign and have an agent in China. */
export const FOREIGN_HOLDERS = 1_000_000;

/** Splits `total` over `count` products with a heavy tail; every one gets at least 1 when total allows; sums exactly. */
function heavyTail(total: number, count: number, shift: number, exponent: number): number[] {
  const n = Math.max(1, Math.min(count, total));
  const weights = Array.from({ length: n }, (_, k) => (k + 1 + shift) ** -exponent);
  const sum = weights.reduce((a, b) => a + b, 0);
  const sizes = weights.map((w) => 1 + Math.floor(((total - n) * w) / sum));
  let left = total - sizes.reduce((a, b) => a + b, 0);
  for (let k = 0; left > 0; k = (k + 1) % n, left--) sizes[k] = (sizes[k] as number) + 1;
  return sizes;
}

/** Gives each product (largest first) the certificate form whose rows are furthest below their share. */
function assignForms(sizes: Uint32Array, rows: number, fixed: Int8Array): Uint8Array {
  const want = CERTIFICATE_FORMS.map((form) => CERTIFICATE_SHARES[form] * rows);
  const have = CERTIFICATE_FORMS.map(() => 0);
  const forms = new Uint8Array(sizes.length);
  for (let p = 0; p < sizes.length; p++) {
    const size = sizes[p] as number;
    let best = fixed[p] as number;
    if (best < 0) {
      best = 0;
      for (let f = 1; f < want.length; f++) {
        const room = (want[f] as number) - (have[f] as number);
        // A product that does not fit a small share would distort it for good: only take it when most of it fits.
        if (room >= size * 0.5 && room > (want[best] as number) - (have[best] as number)) best = f;
      }
    }
    have[best] = (have[best] as number) + size;
    forms[p] = best;
  }
  return forms;
}

/** Sets each flag on products so that the rows having it come to its share: chance decides which, a running sum how many. */
function assignFlags(seed: number, sizes: Uint32Array): Uint32Array {
  const flags = new Uint32Array(sizes.length);
  PRODUCT_FLAGS.forEach((flag, bit) => {
    // A direct mark can only differ where there is one.
    const within = flag === 'directMarkDiffers' ? 1 << PRODUCT_FLAGS.indexOf('directMark') : 0;
    const share = within === 0 ? PRODUCT_SHARES[flag] : PRODUCT_SHARES[flag] / PRODUCT_SHARES.directMark;
    let owed = 0;
    for (let p = 0; p < sizes.length; p++) {
      if (within !== 0 && ((flags[p] as number) & within) === 0) continue;
      const size = sizes[p] as number;
      owed += size * share;
      const threshold = mix(mix(seed, 900 + bit), p) / 0x100000000;
      if (owed > size * threshold && owed > 0) {
        flags[p] = (flags[p] as number) | (1 << bit);
        owed -= size;
      }
    }
  });
  return flags;
}

/** Lays out the population of `rows` devices; the same seed gives the same population. */
export function layOut(rows: number, seed: number): Population {
  const repeated = Math.round((rows * (NATIONAL.rows - NATIONAL.distinctKeys)) / NATIONAL.rows);
  const distinct = rows - repeated;
  const distinctNames = Math.max(
    1,
    Math.min(Math.round(NATIONAL.distinctNames * Math.sqrt(rows / NATIONAL.rows)), Math.ceil(distinct * 0.3)),
  );
  const lenses = Math.round(distinct * NATIONAL.contactLenses);
  const largest = Math.round(distinct * NATIONAL.largestHolder);
  const largestLenses = Math.round(largest * 0.6);
  const groups: { sizes: number[]; lens: boolean; largest: boolean }[] = [];
  const add = (total: number, count: number, shift: number, exponent: number, lens: boolean, own: boolean) => {
    if (total > 0) groups.push({ sizes: heavyTail(total, Math.ceil(count), shift, exponent), lens, largest: own });
  };
  add(largestLenses, 3, 1, 1, true, true);
  add(largest - largestLenses, 12, 1, 1, false, true);
  add(lenses - largestLenses, Math.min(80, 2 + distinctNames / 50), 4, 0.9, true, false);
  add(distinct - lenses - (largest - largestLenses), distinctNames * 1.5, 20, 1.1, false, false);
  const list = groups.flatMap((g) => g.sizes.map((size) => ({ size, lens: g.lens, largest: g.largest })));
  list.sort((a, b) => b.size - a.size);
  const products = list.length;
  const sizes = Uint32Array.from(list, (p) => p.size);
  const starts = new Uint32Array(products + 1);
  for (let p = 0; p < products; p++) starts[p + 1] = (starts[p] as number) + (sizes[p] as number);

  // The largest holder is a domestic one; lenses are registered (notifications are for class I).
  const fixed = Int8Array.from(list, (p) => (p.largest || p.lens ? 0 : -1));
  const forms = assignForms(sizes, distinct, fixed);

  const dice = new Dice(seed, 1, 0);
  const domesticHolders = Math.max(2, Math.ceil(products * 0.13));
  const foreignHolders = Math.max(1, Math.ceil(products * 0.02));
  const holders = Uint32Array.from(list, (p, index) => {
    if (p.largest) return LARGEST_HOLDER;
    const foreign = CERTIFICATE_FORMS[forms[index] as number] === 'imported';
    const skewed = dice.unit() ** 2.2;
    return foreign
      ? FOREIGN_HOLDERS + Math.floor(skewed * foreignHolders)
      : 1 + Math.floor(skewed * (domesticHolders - 1));
  });
  let fresh = 1;
  const names = Uint32Array.from(list, (p) => {
    if (p.lens) return LENS_NAME;
    if (fresh < distinctNames) return fresh++;
    return distinctNames <= 1 ? LENS_NAME : 1 + Math.floor(dice.unit() ** 2.5 * (distinctNames - 1));
  });

  const runProduct: number[] = [];
  const runOffset: number[] = [];
  const runLength: number[] = [];
  for (let p = 0; p < products; p++) {
    const size = sizes[p] as number;
    const longest = size > 20_000 ? 120 : 24;
    for (let offset = 0; offset < size; ) {
      const length = Math.min(1 + dice.below(longest), size - offset);
      runProduct.push(p);
      runOffset.push(offset);
      runLength.push(length);
      offset += length;
    }
  }
  const order = Uint32Array.from(runProduct, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = dice.below(i + 1);
    const t = order[i] as number;
    order[i] = order[j] as number;
    order[j] = t;
  }
  const runStart = new Uint32Array(order.length + 1);
  order.forEach((run, i) => {
    runStart[i + 1] = (runStart[i] as number) + (runLength[run] as number);
  });
  return {
    seed,
    rows,
    distinct,
    products,
    sizes,
    starts,
    forms,
    holders,
    names,
    distinctNames,
    flags: assignFlags(seed, sizes),
    runProduct: Uint32Array.from(order, (run) => runProduct[run] as number),
    runOffset: Uint32Array.from(order, (run) => runOffset[run] as number),
    runStart,
  };
}

/** Which run holds a place of the file order. */
export function runAt(population: Population, place: number): number {
  let low = 0;
  let high = population.runProduct.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((population.runStart[middle] as number) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
