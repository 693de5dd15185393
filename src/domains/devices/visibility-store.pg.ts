import { type Clock, today } from '../../kernel/clock.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { type ReadAt, type ReadAtRequest, readAsOf, readKnownAt } from './read-at.ts';
import { liveVersion } from './version-order.ts';

/**
 * Resolves the two times of a request into the imports it may see. One round trip.
 * Throws `read.bad-date` and `read.bad-instant`.
 */
export async function resolveReadAt(sql: Queryable, request: ReadAtRequest, clock: Clock): Promise<ReadAt> {
  const day = today(clock);
  const asOf = request.asOf === undefined ? day : readAsOf(request.asOf);
  const asked = request.knownAt === undefined ? null : readKnownAt(request.knownAt);
  const [row] = await sql<{ known_at: string; visible: number[] | null; changed: boolean; absences: boolean }[]>`
    with t as (select coalesce(${asked}::timestamptz, now()) as at)
    select t.at as known_at,
      (select array_agg(i.id order by i.id) from import i
        where i.published_at <= t.at and (i.revoked_at is null or i.revoked_at > t.at)) as visible,
      exists (select from import i where i.published_at > t.at or i.revoked_at > t.at) as changed,
      exists (select from device_presence) as absences
    from t`;
  if (!row) throw new Error('no answer about the two times');
  return {
    asOf,
    knownAt: row.known_at,
    visible: row.visible ?? [],
    present: asOf === day && !row.changed,
    absences: row.absences,
  };
}

/** `visible` as PostgreSQL writes an array: one parameter whatever the driver makes of arrays. */
export function visibleParameter(at: Pick<ReadAt, 'visible'>): string {
  return `{${at.visible.join(',')}}`;
}

/** Names of the two parameters (or expressions) a condition reads. */
export interface AtSql {
  /** SQL of type int[]: the visible imports. */
  readonly visible: string;
  /** SQL of type date. */
  readonly asOf: string;
}

/** SQL condition: `alias` (device_version) is the version in force on `asOf` among those known. */
export function inForce(alias: string, at: AtSql): string {
  return liveVersion(alias, at.visible, at.asOf);
}

/** SQL expression of type date: since when the record is missing from full releases, null while it is present. */
export function absentSince(alias: string, at: AtSql): string {
  const fact = (e: string) => `${e}.shelf = ${alias}.shelf and ${e}.record_key = ${alias}.record_key
        and ${e}.on_date <= ${at.asOf} and ${e}.import_id = any(${at.visible})`;
  // every full release notes again what it lacks: the absence began with the first behind the last presence
  return `(select min(e.on_date) from device_presence e
      where ${fact('e')} and not e.present and (e.held_by is null or e.held_by = any(${at.visible})) and e.on_date >= ${alias}.valid_from
        and not exists (select from device_presence p
          where ${fact('p')} and p.present and (p.on_date, p.import_id) > (e.on_date, e.import_id)))`;
}

/** SQL expression of type date: the day of withdrawal when it lies on or before `asOf`, else null. */
export function withdrawnOn(alias: string, at: AtSql, absences: boolean): string {
  const stated = `case when ${alias}.withdrawn_on <= ${at.asOf} then ${alias}.withdrawn_on end`;
  return absences ? `coalesce(${stated}, ${absentSince(alias, at)})` : stated;
}
