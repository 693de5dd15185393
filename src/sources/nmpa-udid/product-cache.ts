import { randomBytes } from 'node:crypto';

const SLOTS = 1 << 18;
const DIGITS = 20;

/**
 * Remembers, in a fixed amount of memory, the ids of products seen lately by a quick hash over their raw bytes.
 * The hash starts from random numbers of this process, so that no file can be written to make two products meet.
 * A forgotten product is only written again; equal rows are put together when the import is merged.
 */
export class ProductCache {
  private readonly first = new Int32Array(SLOTS);
  private readonly second = new Int32Array(SLOTS);
  private readonly digits = new Uint8Array(SLOTS * DIGITS);
  private readonly lengths = new Uint8Array(SLOTS);
  private readonly seed1: number;
  private readonly seed2: number;
  private h1 = 0;
  private h2 = 0;

  constructor() {
    const seed = randomBytes(8);
    this.seed1 = seed.readInt32LE(0);
    this.seed2 = seed.readInt32LE(4);
  }

  begin(): void {
    this.h1 = this.seed1;
    this.h2 = this.seed2;
  }

  /** Takes in one field; the length separates fields. `start` -1 = absent. */
  add(bytes: Uint8Array, start: number, end: number): void {
    let a = this.h1;
    let b = this.h2;
    a = Math.imul(a ^ (end - start + 1), 0x9e3779b1);
    let i = start < 0 ? end : start;
    for (; i + 4 <= end; i += 4) {
      const w =
        (bytes[i] as number) |
        ((bytes[i + 1] as number) << 8) |
        ((bytes[i + 2] as number) << 16) |
        ((bytes[i + 3] as number) << 24);
      a = Math.imul(a ^ w, 0x9e3779b1);
      a = (a << 13) | (a >>> 19);
      b = Math.imul(b + w, 0x85ebca6b) ^ (a >>> 15);
    }
    for (; i < end; i++) {
      a = Math.imul(a ^ (bytes[i] as number), 0x01000193);
      b = Math.imul(b + (bytes[i] as number), 0xc2b2ae35) ^ (b >>> 13);
    }
    this.h1 = a;
    this.h2 = b;
  }

  /** Slot of what was added, or -1 when it is not remembered. */
  find(): number {
    const slot = (this.h1 ^ (this.h2 >>> 7)) & (SLOTS - 1);
    return this.first[slot] === this.h1 && this.second[slot] === this.h2 && (this.lengths[slot] as number) > 0
      ? slot
      : -1;
  }

  /** Remembers the id (decimal digits) of what was added; returns its slot. */
  remember(id: string): number {
    const slot = (this.h1 ^ (this.h2 >>> 7)) & (SLOTS - 1);
    this.first[slot] = this.h1;
    this.second[slot] = this.h2;
    this.lengths[slot] = id.length;
    for (let i = 0; i < id.length; i++) this.digits[slot * DIGITS + i] = id.charCodeAt(i);
    return slot;
  }

  /** Bytes of the id in a slot. */
  id(slot: number): { bytes: Uint8Array; start: number; end: number } {
    return { bytes: this.digits, start: slot * DIGITS, end: slot * DIGITS + (this.lengths[slot] as number) };
  }
}
