import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { type DeviceRow, deviceColumns } from './device-row.ts';
import type { ReadAt } from './read-at.ts';
import {
  besideCode,
  codePaths,
  Parameters,
  productCondition,
  productLevelOnly,
  productSteps,
  rowFilters,
  type SearchPlan,
  tierOf,
} from './search-sql.ts';
import type {
  CodeRow,
  CodeRowsRequest,
  ProductRowsRequest,
  RankedProduct,
  Ranking,
  RowPlace,
  SortedRowsRequest,
} from './store.ts';
import { type AtSql, inForce, visibleParameter, withdrawnOn } from './visibility-store.pg.ts';

/** Statements of searches are planned for their values: a common word and a rare one want different plans. */
const PLAN_FOR_VALUES = { prepare: false } as const;

export function run<T extends object>(sql: Queryable, text: string, parameters: Parameters): Promise<T[]> {
  const statement = parameters.used(text);
  return sql.unsafe<T[]>(statement.text, statement.values as never[], PLAN_FOR_VALUES) as unknown as Promise<T[]>;
}

export interface Times extends AtSql {
  readonly withdrawn: string;
}

export function times(at: ReadAt, parameters: Parameters): Times {
  const sql = { visible: parameters.add(visibleParameter(at), 'int[]'), asOf: parameters.add(at.asOf, 'date') };
  return { ...sql, withdrawn: withdrawnOn('v', sql, at.absences) };
}

const JOIN = 'join product p on p.shelf = v.shelf and p.id = v.product_id';

/**
 * Ranks matched products. Only so many candidates of the index are looked at, so that the commonest word answers as fast
 * as the rarest; products named exactly as the question are always among them.
 */
export async function rank(sql: Sql, plan: SearchPlan, request: { bound: number; top: number }): Promise<Ranking> {
  const parameters = new Parameters();
  const { near, exact } = productSteps(plan, parameters);
  if (near === 'true' && exact === null) {
    const everything = await rankEverything(sql, request.top);
    if (everything.top.length === request.top) return everything;
  }
  const tier = tierOf(plan, parameters);
  const words = plan.terms.length > 0 ? parameters.add(plan.query.q?.trim() ?? '', 'text') : null;
  const bound = parameters.add(request.bound + 1, 'int');
  const top = parameters.add(request.top, 'int');
  const checked = exact === null ? near : `${near} and ${exact}`;
  const named = words
    ? `union (select p.shelf, p.id, ${tier} as tier from product p where coalesce(p.name, '') = ${words} and ${checked} limit 200)`
    : '';
  // candidates come in the order of the table: where the last one lies tells what share of the table was seen
  const rows = await run<RankedProduct & { n: number; total: number; candidates: number; share: number | null }>(
    sql,
    `with candidate as materialized (
       select p.*, p.tableoid as part, p.ctid as place from product p where ${near} limit ${bound}),
     matched as materialized (
       (select p.shelf, p.id, ${tier} as tier from candidate p ${exact === null ? '' : `where ${exact}`})
       ${named}),
     seen as (
       select sum(n)::int as n, sum(case when last then block else pages end) as pages from (
         select count(*) as n, (max(place)::text::point)[0] + 1 as block, max(c.relpages) as pages,
           max(shelf) = max(max(shelf)) over () as last
         from candidate join pg_class c on c.oid = part group by part) x),
     whole as (
       select sum(c.relpages) as pages from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'product'::regclass)
     select m.shelf, m.id::text, m.tier, coalesce(t.devices, 0) as devices, (count(m.id) over ())::int as n,
       (sum(coalesce(t.devices, 0)) over ())::int as total, coalesce(seen.n, 0) as candidates,
       seen.pages::float8 / nullif(greatest(whole.pages, seen.pages), 0) as share
     from seen cross join whole left join matched m on true
     left join product_tally t on t.shelf = m.shelf and t.product_id = m.id
     order by m.tier, t.devices desc nulls last, m.id limit ${top}`,
    parameters,
  );
  const first = rows[0];
  const complete = (first?.candidates ?? 0) <= request.bound;
  return {
    top: first?.n ? rows.map(({ shelf, id, tier: rank_, devices }) => ({ shelf, id, tier: rank_, devices })) : [],
    complete,
    products: first?.n ?? 0,
    devices: first?.total ?? 0,
    share: complete ? 1 : (first?.share ?? 1),
  };
}

/** Without any condition the kept tallies are the ranking. */
async function rankEverything(sql: Sql, top: number): Promise<Ranking> {
  const [rows, [all]] = await Promise.all([
    sql<{ shelf: number; id: string; devices: number }[]>`
      select shelf, product_id::text as id, devices from product_tally order by devices desc, product_id limit ${top}`,
    sql<{ n: number; total: number }[]>`
      select count(*)::int as n, coalesce(sum(devices), 0)::int as total from product_tally`,
  ]);
  return {
    top: rows.map((row) => ({ ...row, tier: 3 })),
    complete: true,
    share: 1,
    products: all?.n ?? 0,
    devices: all?.total ?? 0,
  };
}

/** What the planner expects; statistics of words are rough, so it is only ever shown as an estimate. */
export async function expectedProducts(sql: Sql, plan: SearchPlan): Promise<number> {
  const parameters = new Parameters();
  const [row] = await run<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    sql,
    `explain (format json) select from product p where ${productCondition(plan, parameters)}`,
    parameters,
  );
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

/** Every matched product by tier and id. */
export async function allProducts(sql: Sql, plan: SearchPlan): Promise<RankedProduct[]> {
  const parameters = new Parameters();
  const condition = productCondition(plan, parameters);
  return run<RankedProduct>(
    sql,
    `select m.shelf, m.id::text, m.tier, coalesce(t.devices, 0) as devices
     from (select p.shelf, p.id, ${tierOf(plan, parameters)} as tier from product p where ${condition}) m
     left join product_tally t on t.shelf = m.shelf and t.product_id = m.id
     order by m.tier, m.id, m.shelf`,
    parameters,
  );
}

export async function devicesOf(
  sql: Sql,
  at: ReadAt,
  plan: SearchPlan,
  request: ProductRowsRequest,
): Promise<DeviceRow[]> {
  if (request.products.length === 0) return [];
  const parameters = new Parameters();
  const t = times(at, parameters);
  const ids = parameters.add(`{${request.products.map((p) => p.id).join(',')}}`, 'bigint[]');
  const shelves = parameters.add(`{${request.products.map((p) => p.shelf).join(',')}}`, 'smallint[]');
  const limit = parameters.add(request.limit, 'int');
  const filters = [inForce('v', t), ...rowFilters(plan, t.withdrawn, parameters)];
  const paths = codePaths(plan, parameters);
  for (const path of paths) filters.push(`${path.condition} is not true`);
  if (request.afterVersion !== null)
    filters.push(`(asked.o > 1 or v.id > ${parameters.add(request.afterVersion, 'bigint')})`);
  // each product is fetched once, whatever the number of its devices
  return run<DeviceRow>(
    sql,
    `select ${deviceColumns('v.withdrawn')} from unnest(${ids}, ${shelves}) with ordinality as asked(id, shelf, o)
     join product p on p.shelf = asked.shelf and p.id = asked.id
     cross join lateral (
       select v.*, ${t.withdrawn} as withdrawn from device_version v
       where v.shelf = asked.shelf and v.product_id = asked.id and ${filters.join(' and ')}
       order by v.id limit ${limit}) v
     order by asked.o, v.id limit ${limit}`,
    parameters,
  );
}

/** Rows of a code looked at in one step when words or filters choose among them. */
const WALK = 2000;

export async function devicesByCode(
  sql: Sql,
  at: ReadAt,
  plan: SearchPlan,
  request: CodeRowsRequest,
): Promise<CodeRow[]> {
  const found: CodeRow[] = [];
  let { after } = request;
  for (let walk = WALK; ; walk *= 8) {
    const step = await walkCode(sql, at, plan, { ...request, after, limit: request.limit - found.length }, walk);
    found.push(...step.rows);
    if (step.next === null || found.length >= request.limit) return found;
    after = step.next;
  }
}

/**
 * The next `walk` rows of a code in the order of its index, and those among them that words and filters leave. Left to
 * itself PostgreSQL would begin with the words, whose number it cannot tell, and read every device of their products.
 */
async function walkCode(
  sql: Sql,
  at: ReadAt,
  plan: SearchPlan,
  request: CodeRowsRequest,
  walk: number,
): Promise<{ readonly rows: CodeRow[]; readonly next: RowPlace | null }> {
  const parameters = new Parameters();
  const t = times(at, parameters);
  const paths = codePaths(plan, parameters);
  const path = paths[request.path];
  if (!path) return { rows: [], next: null };
  const limit = parameters.add(request.limit, 'int');
  const filters = [
    path.condition,
    ...paths.slice(0, request.path).map((earlier) => `${earlier.condition} is not true`),
    inForce('v', t),
  ];
  if (request.after) {
    const key = parameters.add(request.after.key, 'text');
    const version = parameters.add(request.after.version, 'bigint');
    filters.push(`${path.order} ~>=~ ${key} and (${path.order} ~>~ ${key} or v.id > ${version})`);
  }
  const chosen = [besideCode(plan, parameters), ...rowFilters(plan, t.withdrawn, parameters)].filter(
    (c) => c !== 'true',
  );
  const steps = chosen.length === 0 ? request.limit : walk;
  const bound = parameters.add(steps, 'int');
  const rows = await run<CodeRow & { walked: number; last_key: string; last_version: string }>(
    sql,
    `with walked as materialized (
       select v.*, ${path.order} as order_key from device_version v where ${filters.join('\n and ')}
       order by ${path.order} using ~<~, v.id limit ${bound}),
     whole as (
       select count(*)::int as walked, (array_agg(order_key order by order_key using ~>~, id desc))[1] as last_key,
         (array_agg(id order by order_key using ~>~, id desc))[1]::text as last_version from walked)
     select found.*, whole.* from whole left join (
       select ${deviceColumns(t.withdrawn)}, v.order_key from walked v cross join lateral (
         select p.* from product p where p.shelf = v.shelf and p.id = v.product_id offset 0) p
       where ${chosen.length ? chosen.join('\n and ') : 'true'}
       order by v.order_key using ~<~, v.id limit ${limit}) found on true`,
    parameters,
  );
  const [first] = rows;
  const exhausted = first === undefined || chosen.length === 0 || first.walked < steps;
  return {
    rows: first?.version_id ? rows.map(({ walked: _n, last_key: _k, last_version: _v, ...row }) => row) : [],
    next: exhausted ? null : { key: first.last_key, version: first.last_version },
  };
}

const SORT_KEYS = {
  di: { sql: 'v.di_key', type: 'text', direction: '' },
  name: { sql: `coalesce(p.name, '')`, type: 'text', direction: '' },
  publishedOn: { sql: `coalesce(v.published_on, '-infinity'::date)`, type: 'date', direction: ' desc' },
} as const;

export async function devicesSorted(
  sql: Sql,
  at: ReadAt,
  plan: SearchPlan,
  request: SortedRowsRequest,
): Promise<CodeRow[]> {
  const parameters = new Parameters();
  const t = times(at, parameters);
  const key = SORT_KEYS[request.by];
  const limit = parameters.add(request.limit, 'int');
  const filters = [inForce('v', t), ...rowFilters(plan, t.withdrawn, parameters), found(plan, parameters)];
  if (request.after) {
    const value = parameters.add(request.after.key, key.type);
    const version = parameters.add(request.after.version, 'bigint');
    const sign = key.direction ? '<' : '>';
    filters.push(`(${key.sql} ${sign} ${value} or (${key.sql} = ${value} and v.id > ${version}))`);
    filters.push(`${key.sql} ${sign}= ${value}`);
  }
  return run<CodeRow>(
    sql,
    `select ${deviceColumns(t.withdrawn)}, (${key.sql})::text as order_key from device_version v ${JOIN}
     where ${filters.join('\n and ')} order by ${key.sql}${key.direction}, v.id limit ${limit}`,
    parameters,
  );
}

/** Condition on `v` and `p`: found by words or by code. */
function found(plan: SearchPlan, parameters: Parameters): string {
  const product = productCondition(plan, parameters);
  const paths = codePaths(plan, parameters);
  if (paths.length === 0) return product;
  const byCode = paths.map((path) => path.condition).join(' or ');
  return `((${product}) or ((${byCode}) and ${besideCode(plan, parameters)}))`;
}

/** Runs a statement that PostgreSQL cancels after the time; null then. */
export async function within<T extends object>(
  sql: Sql,
  milliseconds: number,
  text: string,
  parameters: Parameters,
): Promise<T[] | null> {
  try {
    return (await sql.begin('read only', async (transaction) => {
      await transaction.unsafe(`set local statement_timeout = ${Math.max(1, Math.round(milliseconds))}`);
      return run<T>(transaction, text, parameters);
    })) as T[];
  } catch (error) {
    if ((error as { code?: string }).code === '57014') return null;
    throw error;
  }
}

export async function countExactly(
  sql: Sql,
  at: ReadAt,
  plan: SearchPlan,
  milliseconds: number,
): Promise<number | null> {
  const parameters = new Parameters();
  const condition = productCondition(plan, parameters);
  const tallied = at.present && productLevelOnly(plan.query);
  const paths = codePaths(plan, parameters);
  const t = times(at, parameters);
  const filters = [inForce('v', t), ...rowFilters(plan, t.withdrawn, parameters)];
  const counts: string[] = [];
  if (tallied) {
    counts.push(`(select coalesce(sum(t.devices), 0) from product p
      join product_tally t on t.shelf = p.shelf and t.product_id = p.id where ${condition})`);
  } else if (at.present && !at.absences && plan.query.status !== undefined && onlyStatus(plan)) {
    const withdrawn = `(select count(*) from product p join device_version v on v.shelf = p.shelf and v.product_id = p.id
      where v.withdrawn_on is not null and v.withdrawn_on <= ${t.asOf} and ${inForce('v', t)} and ${condition})`;
    counts.push(
      plan.query.status === 'withdrawn'
        ? withdrawn
        : `(select coalesce(sum(t.devices), 0) from product p
            join product_tally t on t.shelf = p.shelf and t.product_id = p.id where ${condition}) - ${withdrawn}`,
    );
  } else {
    counts.push(`(select count(*) from device_version v ${JOIN} where ${filters.join(' and ')} and ${condition})`);
  }
  if (paths.length > 0) {
    const byCode = paths.map((path) => path.condition);
    const found = [
      besideCode(plan, parameters),
      `(${condition}) is not true`,
      ...rowFilters(plan, t.withdrawn, parameters),
    ];
    // each path has its own index: counted one by one, each without the rows of those before, texts looked at row by row
    byCode.forEach((path, i) => {
      const earlier = byCode.slice(0, i).map((before) => `${before} is not true`);
      counts.push(`(select count(*) from device_version v cross join lateral (
          select from product p where p.shelf = v.shelf and p.id = v.product_id and ${found.join(' and ')} offset 0) p
        where ${[path, ...earlier, inForce('v', t)].join(' and ')})`);
    });
  }
  const rows = await within<{ total: number | string }>(
    sql,
    milliseconds,
    `select (${counts.join(' + ')})::bigint as total`,
    parameters,
  );
  return rows === null ? null : Number(rows[0]?.total ?? 0);
}

function onlyStatus(plan: SearchPlan): boolean {
  const { hasRecall, releasedFrom, releasedTo } = plan.query;
  return hasRecall === undefined && releasedFrom === undefined && releasedTo === undefined;
}
