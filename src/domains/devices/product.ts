import { createHash } from 'node:crypto';

/** The texts that all models of one product share. Values exactly as published, trimmed; null = empty or absent. */
export interface ProductFields {
  readonly name: string | null;
  readonly brand: string | null;
  readonly description: string | null;
  readonly holderName: string | null;
  readonly holderNameAlt: string | null;
  readonly holderCode: string | null;
  readonly certificateText: string | null;
  readonly classCode: string | null;
  readonly classCodeOld: string | null;
  readonly category: string | null;
  readonly kind: string | null;
}

/** What is computed from the published values of a product, by the source that knows their meaning. */
export interface ProductDerived {
  /** Class code without padding, as facets and filters use it. */
  readonly classKey: string | null;
  /** Management class as the source counts them: I, II, III (China), the risk class elsewhere. */
  readonly riskClass: string | null;
  readonly origin: 'domestic' | 'imported' | 'hk-macao-taiwan' | null;
  readonly holderKey: string | null;
  /** Certificate numbers as compared: normalised where their form is known, else raw. */
  readonly certificates: readonly string[];
}

/** Columns of a product in the order in which its identity is hashed and its row written. */
export const PRODUCT_COLUMNS = [
  'name',
  'brand',
  'description',
  'holderName',
  'holderNameAlt',
  'holderCode',
  'certificateText',
  'classCode',
  'classCodeOld',
  'category',
  'kind',
] as const satisfies readonly (keyof ProductFields)[];

/** The surrogate of a product: first 63 bits of SHA-256 over its published values, so that equal products meet anywhere. */
export function productId(source: string, product: ProductFields): bigint {
  const hash = createHash('sha256');
  hash.update(source);
  for (const column of PRODUCT_COLUMNS) {
    const value = product[column];
    hash.update(value === null ? '\u0000' : `\u0001${value}`);
  }
  return BigInt.asUintN(63, hash.digest().readBigUInt64BE(0));
}
