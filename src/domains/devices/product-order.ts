import type { FacetCounts, RankedProduct } from './store.ts';

/** All matched products of one question in ranking order, held densely: a national base has hundreds of thousands. */
export class ProductOrder {
  readonly length: number;
  readonly #shelves: Uint8Array;
  readonly #tiers: Uint8Array;
  readonly #devices: Int32Array;
  readonly #ids: BigInt64Array;

  /** `products` ordered by tier, id, shelf. */
  constructor(products: readonly RankedProduct[]) {
    this.length = products.length;
    this.#shelves = new Uint8Array(products.length);
    this.#tiers = new Uint8Array(products.length);
    this.#devices = new Int32Array(products.length);
    this.#ids = new BigInt64Array(products.length);
    products.forEach((product, i) => {
      this.#shelves[i] = product.shelf;
      this.#tiers[i] = product.tier;
      this.#devices[i] = product.devices;
      this.#ids[i] = BigInt(product.id);
    });
  }

  at(index: number): RankedProduct {
    return {
      shelf: this.#shelves[index] ?? 0,
      id: String(this.#ids[index] ?? 0n),
      tier: this.#tiers[index] ?? 0,
      devices: this.#devices[index] ?? 0,
    };
  }

  /** First index that does not stand before this product (its own, when it is in the list). */
  from(product: Pick<RankedProduct, 'shelf' | 'id' | 'tier'>): number {
    const id = BigInt(product.id);
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const tier = this.#tiers[middle] as number;
      const other = this.#ids[middle] as bigint;
      const before =
        tier !== product.tier
          ? tier < product.tier
          : other !== id
            ? other < id
            : (this.#shelves[middle] as number) < product.shelf;
      if (before) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Keeps the answers asked for most recently; losing one only costs time. */
class Recent<T> {
  readonly #limit: number;
  readonly #kept = new Map<string, T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): T | undefined {
    const value = this.#kept.get(key);
    if (value !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, value);
    }
    return value;
  }

  set(key: string, value: T): void {
    this.#kept.set(key, value);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#limit) break;
      this.#kept.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#kept.delete(key);
  }
}

/**
 * What searches of one register remember between pages. Keys name the question and the visible imports, so that
 * nothing kept can be out of date.
 */
export class SearchMemory {
  readonly #orders = new Recent<Promise<ProductOrder>>(8);
  readonly totals = new Recent<number>(2000);
  readonly facets = new Recent<FacetCounts>(200);

  order(key: string, make: () => Promise<readonly RankedProduct[]>): Promise<ProductOrder> {
    const kept = this.#orders.get(key);
    if (kept) return kept;
    const made = make().then((products) => new ProductOrder(products));
    this.#orders.set(key, made);
    made.catch(() => this.#orders.delete(key));
    return made;
  }
}
