/** Mixes two 32-bit numbers into one; the finaliser of MurmurHash3, so that neighbouring inputs part ways. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A small seeded source of chance (xorshift over a mixed state). Each product, holder and device has its own,
 * made from (seed, stream, index), so that any record can be written again without the ones before it.
 */
export class Dice {
  private a: number;
  private b: number;

  constructor(seed: number, stream: number, index: number) {
    this.a = mix(mix(seed, stream), index) | 1;
    this.b = mix(mix(stream + 17, index), seed) | 1;
  }

  /** The next 32-bit unsigned number. */
  next(): number {
    let t = this.a;
    const s = this.b;
    this.a = s;
    t ^= t << 23;
    t ^= t >>> 17;
    t ^= s ^ (s >>> 26);
    this.b = t;
    return (t + s) >>> 0;
  }

  /** A number in [0, 1). */
  unit(): number {
    return this.next() / 0x100000000;
  }

  /** A whole number in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  chance(share: number): boolean {
    return this.unit() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** A permutation of 0 … size-1 that needs no memory: k ↦ (k·step + offset) mod size with step prime to size. */
export function permutation(size: number, seed: number): (k: number) => number {
  if (size <= 1) return () => 0;
  const limit = Math.min(size, 1_000_003);
  let step = 1 + (mix(seed, 0x51ed) % limit);
  while (gcd(step, size) !== 1) step++;
  const offset = mix(seed, 0xc0de) % size;
  return (k) => ((k % size) * step + offset) % size;
}
