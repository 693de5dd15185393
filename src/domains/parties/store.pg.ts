import type { Queryable, Sql } from '../../platform/postgres/connections.ts';

/** A holder as the device registers name it. */
export interface PartyRow {
  readonly key: string;
  readonly name: string | null;
  readonly name_alt: string | null;
  readonly code: string | null;
  readonly devices: number;
  readonly products: number;
  readonly certificates: number;
  readonly sources: string[];
  readonly demo: boolean;
}

/** The name most of its devices carry stands for the party. */
const COLUMNS = `p.holder_key as key,
  (array_agg(p.holder_name order by coalesce(t.devices, 0) desc, p.holder_name))[1] as name,
  (array_agg(p.holder_name_alt order by coalesce(t.devices, 0) desc, p.holder_name_alt)
    filter (where p.holder_name_alt is not null))[1] as name_alt,
  max(p.holder_code) as code, sum(coalesce(t.devices, 0))::int as devices, count(*)::int as products`;
const FROM = `product p left join product_tally t on t.shelf = p.shelf and t.product_id = p.id`;

/** One party by its key; undefined when no product names it. */
export async function findParty(sql: Queryable, key: string): Promise<PartyRow | undefined> {
  const [row] = await sql.unsafe<PartyRow[]>(
    `select x.*, (select count(distinct c)::int from product p, unnest(p.certificates) c where p.holder_key = x.key) as certificates
     from (select ${COLUMNS}, array_agg(distinct p.source) as sources, bool_and(p.shelf = 9) as demo
       from ${FROM} where p.holder_key = $1 group by p.holder_key) x`,
    [key],
    { prepare: true },
  );
  return row;
}

/** All names a party goes by. */
export async function namesOf(sql: Queryable, key: string): Promise<string[]> {
  const rows = await sql.unsafe<{ name: string }[]>(
    `select distinct n.name from product p, unnest(array[p.holder_name, p.holder_name_alt]) n(name)
     where p.holder_key = $1 and n.name is not null order by 1 limit 100`,
    [key],
  );
  return rows.map((row) => row.name);
}

/** Certificate numbers its products name, with the present number of devices. */
export async function certificatesOf(
  sql: Queryable,
  key: string,
  limit: number,
): Promise<{ number: string; devices: number }[]> {
  return sql.unsafe<{ number: string; devices: number }[]>(
    `select c.number, sum(coalesce(t.devices, 0))::int as devices
     from ${FROM} cross join unnest(p.certificates) c(number)
     where p.holder_key = $1 group by c.number order by devices desc, c.number limit $2`,
    [key, limit],
  );
}

/** Parties by key, or those whose name holds the text; behind `after` in the order of keys. */
export async function listParties(
  sql: Sql,
  request: { readonly q: string | null; readonly after: string | null; readonly limit: number },
): Promise<PartyRow[]> {
  const like = request.q === null ? null : `%${request.q.replace(/[\\%_]/g, '\\$&')}%`;
  // names are few: their trigram index leads to the products
  const named =
    like === null
      ? ''
      : `and (p.holder_name in (select term from search_term where kind = 'holder' and term like $3)
           or p.holder_key = 'uscc:' || upper($4))`;
  const values: (string | number | null)[] = [request.after ?? '', request.limit];
  if (like !== null) values.push(like, request.q);
  return sql.unsafe<PartyRow[]>(
    `select x.*, (select count(distinct c)::int from product p, unnest(p.certificates) c where p.holder_key = x.key) as certificates
     from (select ${COLUMNS}, array_agg(distinct p.source) as sources, bool_and(p.shelf = 9) as demo
       from ${FROM} where p.holder_key > $1 ${named} group by p.holder_key order by p.holder_key limit $2) x
     order by x.key`,
    values as never[],
    { prepare: false },
  );
}

/** How many parties there are, or how many the text finds. */
export async function countParties(sql: Sql, q: string | null): Promise<number> {
  const like = q === null ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const [row] = await (like === null
    ? sql<{ n: number }[]>`select count(distinct holder_key)::int as n from product`
    : sql<{ n: number }[]>`
        select count(distinct p.holder_key)::int as n from product p
        where p.holder_name in (select term from search_term where kind = 'holder' and term like ${like})
          or p.holder_key = 'uscc:' || upper(${q})`);
  return row?.n ?? 0;
}
