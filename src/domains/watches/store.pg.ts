import type { Queryable, Sql } from '../../platform/postgres/connections.ts';

export const WATCH_TYPES = ['device', 'certificate', 'party'] as const;
export type WatchType = (typeof WATCH_TYPES)[number];

export interface WatchRow {
  readonly id: string;
  readonly type: WatchType;
  readonly key: string;
  readonly created_at: string;
  /** Name of the subject in the register; null where it holds none. */
  readonly label?: string | null;
}

/** Name of a watched subject `w`: the product with its model, the holder, the number of the certificate. */
const LABEL = `case w.type
  when 'device' then (select concat_ws(' · ', coalesce(p.name, p.brand), v.model) from device_version v
    join product p on p.shelf = v.shelf and p.id = v.product_id and p.source = split_part(w.key, '/', 1)
    where v.record_key = substr(w.key, strpos(w.key, '/') + 1) order by v.id desc limit 1)
  when 'party' then (select p.holder_name from product p where p.holder_key = w.key limit 1)
  else w.key end`;

export async function listWatches(sql: Queryable, actor: string): Promise<WatchRow[]> {
  return sql.unsafe<WatchRow[]>(
    `select w.id, w.type, w.key, w.created_at, ${LABEL} as label from watch w where w.actor = $1
     order by w.created_at desc, w.id limit 1000`,
    [actor],
  );
}

/** Adds a watch; watching twice is watching once. */
export async function addWatch(tx: Queryable, actor: string, type: WatchType, key: string): Promise<WatchRow> {
  const inserted = await tx.unsafe<WatchRow[]>(
    `insert into watch (actor, type, key) values ($1, $2, $3) on conflict (actor, type, key) do nothing
     returning id, type, key, created_at`,
    [actor, type, key],
  );
  if (inserted[0]) return inserted[0];
  const [known] = await tx.unsafe<WatchRow[]>(
    'select id, type, key, created_at from watch where actor = $1 and type = $2 and key = $3',
    [actor, type, key],
  );
  return known as WatchRow;
}

export async function removeWatch(tx: Queryable, actor: string, id: string): Promise<WatchRow | undefined> {
  const [row] = await tx.unsafe<WatchRow[]>(
    'delete from watch where actor = $1 and id = $2::uuid returning id, type, key, created_at',
    [actor, id],
  );
  return row;
}

/** What happened to watched subjects since an instant, newest first: releases that touched them, and records. */
export interface WatchChange {
  readonly watch_id: string;
  readonly type: WatchType;
  readonly key: string;
  readonly what: 'versions' | 'certificates' | 'absences' | 'records';
  readonly release_id: string | null;
  readonly record_kind: string | null;
  readonly at: string;
  readonly count: number;
  readonly label: string | null;
}

export async function watchChanges(sql: Sql, actor: string, since: string): Promise<WatchChange[]> {
  return sql.unsafe<WatchChange[]>(
    `with fresh as materialized (
       select id, release_id, published_at from import where state = 'published' and published_at > $2::timestamptz),
     w as materialized (select * from watch where actor = $1),
     found as (select w.id as watch_id, w.type, w.key, 'versions' as what, f.release_id, null as record_kind,
       f.published_at as at, count(*)::int as count
     from w join device_version v on w.type = 'device' and v.record_key = substr(w.key, strpos(w.key, '/') + 1)
     join product p on p.shelf = v.shelf and p.id = v.product_id and p.source = split_part(w.key, '/', 1)
     join fresh f on f.id = v.import_id group by 1, 2, 3, 5, 7
     union all
     select w.id, w.type, w.key, 'versions', f.release_id, null, f.published_at, count(*)::int
     from w join product p on (w.type = 'certificate' and p.certificates @> array[w.key])
       or (w.type = 'party' and p.holder_key = w.key)
     join device_version v on v.shelf = p.shelf and v.product_id = p.id
     join fresh f on f.id = v.import_id group by 1, 2, 3, 5, 7
     union all
     select w.id, w.type, w.key, 'certificates', f.release_id, null, f.published_at, count(*)::int
     from w join certificate_version c on (w.type = 'certificate' and c.number = w.key)
       or (w.type = 'party' and c.holder_key = w.key)
     join fresh f on f.id = c.import_id group by 1, 2, 3, 5, 7
     union all
     select w.id, w.type, w.key, 'absences', f.release_id, null, f.published_at, count(*)::int
     from w join device_presence e on w.type = 'device' and e.record_key = substr(w.key, strpos(w.key, '/') + 1)
       and (e.present or e.held_by is null or exists (
         select from import h where h.id = e.held_by and h.published_at is not null and h.revoked_at is null))
     join fresh f on f.id = e.import_id group by 1, 2, 3, 5, 7
     union all
     select w.id, w.type, w.key, 'records', null, r.kind, r.recorded_at, 1
     from w join record_subject s on s.type = w.type and s.key = w.key
     join record r on r.id = s.record_id and r.recorded_at > $2::timestamptz
     order by at desc, watch_id limit 1000)
     select found.*, ${LABEL} as label from found join w on w.id = found.watch_id order by at desc, watch_id`,
    [actor, since],
    { prepare: false },
  );
}
