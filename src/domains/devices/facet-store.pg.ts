import type { Sql } from '../../platform/postgres/connections.ts';
import { NAMING_SOURCES } from './published-source.ts';
import type { ReadAt } from './read-at.ts';
import { Parameters, productCondition, type SearchPlan } from './search-sql.ts';
import { times, within } from './search-store.pg.ts';
import type { FacetBucket, FacetCounts } from './store.ts';
import { inForce } from './visibility-store.pg.ts';

/** Buckets shown of the open-ended facets. */
const BUCKETS = 20;

/** Share of the table's pages that is read when all of them take too long, in percent. */
const SAMPLE = 5;

/**
 * Facets over all matched products, weighted by their kept tallies: exact at today's dates when no condition looks at
 * single devices. Class codes are counted at two levels of the code. When all of them cannot be counted within two thirds
 * of the time, a sample of the pages is; null when the time is not enough for that either.
 */
export async function facets(
  sql: Sql,
  at: ReadAt,
  plan: SearchPlan,
  milliseconds: number,
): Promise<FacetCounts | null> {
  const whole = await count(sql, at, plan, { milliseconds: (milliseconds * 2) / 3, sample: null });
  if (whole) return { buckets: whole, sampled: false };
  const sample = await count(sql, at, plan, { milliseconds: milliseconds / 3, sample: SAMPLE });
  return sample && { buckets: sample, sampled: true };
}

async function count(
  sql: Sql,
  at: ReadAt,
  plan: SearchPlan,
  { milliseconds, sample }: { readonly milliseconds: number; readonly sample: number | null },
): Promise<FacetBucket[] | null> {
  const parameters = new Parameters();
  const condition = productCondition(plan, parameters);
  const bound = parameters.add(BUCKETS, 'int');
  const t = times(at, parameters);
  const withdrawn = at.absences
    ? ''
    : `union all
       select 'status', 'withdrawn', 'withdrawn', count(*)::bigint from matched m
       join device_version v on v.shelf = m.shelf and v.product_id = m.id
       where v.withdrawn_on is not null and v.withdrawn_on <= ${t.asOf} and ${inForce('v', t)}`;
  // words are dear to check twice; without words, keeping all products costs more than reading them again
  const kept = plan.terms.length > 0 ? 'materialized' : 'not materialized';
  const from = sample === null ? 'product p' : `product p tablesample system (${sample}) repeatable (1)`;
  const rows = await within<{ name: string; value: string | null; label: string | null; count: number | string }>(
    sql,
    milliseconds,
    `with matched as ${kept} (
       select p.shelf, p.id, p.source, p.class_key, p.category, p.holder_key, p.holder_name, p.risk_class, p.origin, t.devices
       from ${from} join product_tally t on t.shelf = p.shelf and t.product_id = p.id where ${condition}),
     counted as (
       select case
           when grouping(class_key) = 0 then 'class' when grouping(category) = 0 then 'category'
           when grouping(holder_key) = 0 then 'holder' when grouping(source) = 0 then 'source'
           when grouping(risk_class) = 0 then 'risk' when grouping(origin) = 0 then 'origin' else 'all' end as name,
         coalesce(class_key, category, holder_key, source, risk_class, origin) as value,
         case when grouping(holder_key) = 0 then min(holder_name) end as label,
         sum(devices)::bigint as count
       from matched group by grouping sets (class_key, category, holder_key, source, risk_class, origin, ())),
     placed as (select *, row_number() over (partition by name order by count desc, value) as place from counted)
     select name, value, coalesce(label, value) as label, count from placed
     where place <= ${bound} and (value is not null or name = 'all')
     ${withdrawn}`,
    parameters,
  );
  if (rows === null) return null;
  const times_ = 100 / (sample ?? 100);
  return rows.map((row) => ({
    name: row.name,
    value: row.value ?? '',
    label: row.label ?? row.value ?? '',
    count: Math.round(Number(row.count) * times_),
  }));
}

/** One device for each class code, of a source whose records name the classes. */
export async function classExamples(
  sql: Sql,
  codes: readonly string[],
): Promise<{ code: string; source: string; payload: string }[]> {
  return sql.unsafe<{ code: string; source: string; payload: string }[]>(
    `select c.code, p.source, v.payload from unnest($1::text[]) c(code)
     cross join lateral (select shelf, id, source from product
       where class_key = c.code and source = any($2::text[])
         and shelf = any(array(select s.shelf from source s where s.id = any($2::text[]))) limit 1) p
     cross join lateral (select payload from device_version
       where shelf = p.shelf and product_id = p.id limit 1) v`,
    [[...codes], [...NAMING_SOURCES]],
  );
}
