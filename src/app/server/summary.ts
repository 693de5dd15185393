import type { DeviceService } from '../../domains/devices/service.ts';
import { toRelease } from '../../domains/releases/routes.ts';
import { listReleases } from '../../domains/releases/store.pg.ts';
import { Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';

interface Counts {
  readonly devices: number;
  readonly products: number;
  readonly certificates: number;
  readonly parties: number;
  readonly demo: boolean;
}

/** Releases shown on the first page. */
const RECENT = 8;

/** What the store holds, for the first page. Counts are kept while the same imports are visible. */
export function summaryRoutes(app: HttpServer, options: { readonly sql: Sql; readonly devices: DeviceService }): void {
  const { sql, devices } = options;
  let kept: { readonly key: string; readonly counts: Promise<Counts> } | undefined;

  app.get(
    '/summary',
    { schema: { tags: ['系统 System'], summary: '首页概况 / what the store holds', querystring: Times } },
    async (request) => {
      const at = await devices.readAt(request.query);
      const key = at.visible.join(',');
      if (kept?.key !== key) {
        const counts = countAll(sql);
        kept = { key, counts };
        counts.catch(() => {
          kept = undefined;
        });
      }
      const [counts, releases, examples] = await Promise.all([
        kept.counts,
        listReleases(sql, { source: null, after: null, limit: RECENT }),
        exampleCodes(sql),
      ]);
      return { ...counts, releases: releases.map(toRelease), examples, changedToday: await changedOn(sql, at.asOf) };
    },
  );
}

async function countAll(sql: Sql): Promise<Counts> {
  const [row] = await sql<Counts[]>`
    select (select coalesce(sum(devices), 0)::int from product_tally) as devices,
      (select count(*)::int from product) as products,
      (select count(distinct c)::int from (select unnest(certificates) as c from product
        union select number from certificate_version) x) as certificates,
      (select count(distinct holder_key)::int from product) as parties,
      exists (select from product where shelf = 9) as demo`;
  return row as Counts;
}

/** Three real codes of the store to try: a device, one with packages, a certificate. */
async function exampleCodes(sql: Sql): Promise<{ code: string; label: string }[]> {
  return sql<{ code: string; label: string }[]>`
    (select v.di_key as code, coalesce(p.name, p.brand, v.di_key) as label from device_version v
      join product p on p.shelf = v.shelf and p.id = v.product_id join import i on i.id = v.import_id
      where i.state = 'published' and v.di_key <> '' and v.withdrawn_on is null limit 1)
    union all
    (select i.di_key, coalesce(p.name, p.brand, i.di_key) || ' · ' || coalesce(i.pack_level, '包装') from device_identifier i
      join device_version v on v.shelf = i.shelf and v.id = i.version_id
      join product p on p.shelf = v.shelf and p.id = v.product_id join import m on m.id = v.import_id
      where m.state = 'published' and i.level = 1 and i.di_key <> '' limit 1)
    union all
    (select p.certificates[1], coalesce(p.name, p.certificates[1]) from product p
      where p.certificates[1] ~ '注|备' limit 1)`;
}

/** Records taken in by releases published on the day (Asia/Shanghai). */
async function changedOn(sql: Sql, day: string): Promise<Record<string, number>> {
  const [row] = await sql<Record<string, number>[]>`
    select count(*)::int as releases, coalesce(sum((counts->>'inserted')::bigint), 0)::int as new,
      coalesce(sum((counts->>'updated')::bigint), 0)::int as changed,
      coalesce(sum((counts->>'withdrawn')::bigint), 0)::int as withdrawn
    from import where state = 'published'
      and (published_at at time zone 'Asia/Shanghai')::date = ${day}::date`;
  return row ?? {};
}
