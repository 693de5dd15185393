import type { Sql } from '../../src/platform/postgres/connections.ts';

/** How much a register holds, and in how many bytes. */
export interface Size {
  readonly versions: number;
  readonly identifiers: number;
  readonly products: number;
  readonly gigabytes: number;
}

/** Rows as the statistics know them (exact after an import, which renews them), with indexes in the bytes. */
export async function sizeOf(sql: Sql): Promise<Size> {
  const rows = async (parent: string) => {
    const [row] = await sql<{ n: number; bytes: number }[]>`
      select coalesce(sum(greatest(c.reltuples, 0)), 0)::float8 as n,
        coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 as bytes
      from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = ${parent}::regclass`;
    return row ?? { n: 0, bytes: 0 };
  };
  const versions = await rows('device_version');
  const further = await rows('device_identifier');
  const products = await rows('product');
  const bytes = versions.bytes + further.bytes + products.bytes;
  return {
    versions: versions.n,
    identifiers: versions.n + further.n,
    products: products.n,
    gigabytes: Math.round(bytes / 1e7) / 100,
  };
}
