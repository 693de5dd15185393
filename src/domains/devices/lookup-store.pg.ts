import type { Queryable } from '../../platform/postgres/connections.ts';
import { deviceColumns } from './device-row.ts';
import type { ReadAt } from './read-at.ts';
import type { IdentifierRow, NamedBy, NamedRow } from './store.ts';
import { type AtSql, inForce, visibleParameter, withdrawnOn } from './visibility-store.pg.ts';

/**
 * Texts given one by one instead of as an array. PostgreSQL then knows their number without their values and keeps one
 * plan; for an array it would plan anew at every request, which costs more than the look-up itself.
 */
const FEW = 4;

/** Filled up to 1, 2 or 4 by repeating the last, so that there are few different statements. */
function filled(texts: readonly string[]): string[] {
  const wanted = texts.length <= 2 ? texts.length : FEW;
  return [...texts, ...Array<string>(Math.max(0, wanted - texts.length)).fill(texts.at(-1) ?? '')];
}

const AT = { visible: '$1::int[]', asOf: '$2::date' };

/** Statement over look-up keys. `isOne` = SQL behind a key: `in (…)` or `= any(…)`. */
function identifierStatement(at: AtSql, isOne: string, absences: boolean): string {
  const columns = deviceColumns(withdrawnOn('v', at, absences));
  return `
    select v.di_key as matched_key, 0 as level, null::text as pack_level, v.payload, null::json as packages, ${columns}
    from device_version v join product p on p.shelf = v.shelf and p.id = v.product_id
    where v.di_key ${isOne} and ${inForce('v', at)}
    union all
    select i.di_key, i.level, i.pack_level, v.payload,
      case when i.level = 1 then (
        select json_agg(json_build_object('k', x.di_key, 'c', x.contains_key, 'q', x.quantity, 'l', x.level))
        from device_identifier x where x.shelf = v.shelf and x.version_id = v.id and x.level in (1, 2)) end,
      ${columns}
    from device_identifier i
    join device_version v on v.shelf = i.shelf and v.id = i.version_id
    join product p on p.shelf = v.shelf and p.id = v.product_id
    where i.di_key ${isOne} and ${inForce('v', at)}`;
}

/** Keys as parameters from `$first` on: one by one when they are few, else as an array. */
function keyParameters(keys: readonly string[], first: number): { isOne: string; given: (string | string[])[] } {
  if (keys.length > FEW) return { isOne: `= any($${first}::text[])`, given: [keys as string[]] };
  const few = filled(keys);
  return { isOne: `in (${few.map((_key, i) => `$${first + i}::text`).join(', ')})`, given: few };
}

/**
 * All devices in force under any of the look-up keys, at any level. One round trip for any number of keys.
 * The same key may stand for several devices and at several levels: every one is answered.
 */
export async function findByIdentifiers(sql: Queryable, at: ReadAt, keys: readonly string[]): Promise<IdentifierRow[]> {
  if (keys.length === 0) return [];
  const { isOne, given } = keyParameters(keys, 3);
  const text = identifierStatement(AT, isOne, at.absences);
  return sql.unsafe<IdentifierRow[]>(text, [visibleParameter(at), at.asOf, ...given], { prepare: true });
}

/** Now: the visible imports are found once by the statement itself, in the same snapshot. */
const NOW: AtSql = { visible: 'known.visible', asOf: '$1::date' };
const KNOWN = `(select coalesce(array_agg(i.id), '{}') as visible from import i
  where i.published_at <= now() and (i.revoked_at is null or i.revoked_at > now())) known`;

/** The same as known now, on a legal day, without resolving the two times before. */
export async function findByIdentifiersNow(
  sql: Queryable,
  asOf: string,
  keys: readonly string[],
): Promise<IdentifierRow[]> {
  if (keys.length === 0) return [];
  const { isOne, given } = keyParameters(keys, 2);
  const text = `select found.* from ${KNOWN} cross join lateral (${identifierStatement(NOW, isOne, true)}) found`;
  return sql.unsafe<IdentifierRow[]>(text, [asOf, ...given], { prepare: true });
}

const NAMED: Readonly<Record<NamedBy, string>> = {
  certificate: 'p.certificates @> array[asked.key]',
  holder: 'p.holder_key = asked.key',
  model: 'true',
};

/**
 * For each text the first `limit` devices in force that carry it as certificate number, holder key, model or
 * catalogue number. One round trip.
 */
export async function findNamed(
  sql: Queryable,
  at: ReadAt,
  by: NamedBy,
  request: { readonly texts: readonly string[]; readonly limit: number },
): Promise<NamedRow[]> {
  if (request.texts.length === 0) return [];
  const columns = deviceColumns(withdrawnOn('v', AT, at.absences));
  const from = `device_version v join product p on p.shelf = v.shelf and p.id = v.product_id`;
  const inner =
    by === 'model'
      ? `select ${columns} from ${from} where model_key(v.model) = model_key(asked.key) and model_key(asked.key) <> ''
           and ${inForce('v', AT)}
         union all
         select ${columns} from ${from} where v.catalog_no is not null
           and model_key(v.catalog_no) = model_key(asked.key) and model_key(asked.key) <> ''
           and model_key(v.model) is distinct from model_key(asked.key) and ${inForce('v', AT)}`
      : `select ${columns} from ${from} where ${NAMED[by]} and ${inForce('v', AT)}`;
  const few = request.texts.length <= FEW ? [...new Set(request.texts)] : null;
  const asked = few ? `(values ${few.map((_key, i) => `($${i + 3}::text)`).join(', ')})` : 'unnest($3::text[])';
  // the limit stands in the statement: a plan made without knowing it would expect a tenth of all rows
  const text = `select asked.key as asked, found.*
    from ${asked} as asked(key) cross join lateral (${inner} limit ${Math.trunc(request.limit)}) found`;
  const given = few ?? [request.texts as string[]];
  return sql.unsafe<NamedRow[]>(text, [visibleParameter(at), at.asOf, ...given], { prepare: true });
}
