import type { Sql } from '../../platform/postgres/connections.ts';

/** Products under a certificate that device registers name, with their present number of devices. */
export async function productsOfCertificate(
  sql: Sql,
  number: string,
): Promise<
  {
    name: string | null;
    brand: string | null;
    class_code: string | null;
    holder_key: string | null;
    holder_name: string | null;
    devices: number;
  }[]
> {
  return sql`
    select p.name, p.brand, p.class_code, p.holder_key, p.holder_name, sum(coalesce(t.devices, 0))::int as devices
    from product p left join product_tally t on t.shelf = p.shelf and t.product_id = p.id
    where p.certificates @> array[${number}::text]
    group by 1, 2, 3, 4, 5 order by devices desc, p.name limit 200`;
}
