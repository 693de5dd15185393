import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import type { PolicyDocument } from '../policy/index.ts';
import { ActShelf, type ReadPolicy } from './library.pg.ts';
import { matchProfile } from './rules/match-profile.ts';
import { readProfile } from './rules/profile.ts';
import type { ActDay, Match, Profile } from './types.ts';

/** State of the reading of a document: another one is read again. */
const STAMP = `concat(coalesce(r.recorded_at::text, ''), '/', (select coalesce(max(no), 0) from policy_event e
  where e.document_id = a.document_id and e.kind = 'corrected'))`;
/** Documents whose days are read in one transaction. */
const BATCH = 40;

/** Reads the days of documents that are new, changed or read anew. Answers how many were read. */
export async function readDays(sql: Sql, read: ReadPolicy, signal?: AbortSignal): Promise<number> {
  let done = 0;
  for (;;) {
    const rows = await sql.unsafe<{ document_id: string; version_id: string; stamp: string }[]>(
      `select * from (select distinct a.document_id, a.version_id, ${STAMP} as stamp
         from policy_act a left join policy_reading r on r.version_id = a.version_id) now
       where not exists (select from policy_day_source s where s.document_id = now.document_id
         and s.version_id = now.version_id and s.stamp = now.stamp) limit $1`,
      [BATCH],
    );
    if (rows.length === 0 || signal?.aborted) return done;
    for (const row of rows) {
      const found = await read(sql, row.document_id);
      const days = (found?.reading.documents ?? []).map(daysIn);
      await sql.begin(async (tx) => {
        await tx.unsafe('delete from policy_day_source where document_id = $1::uuid', [row.document_id]);
        await tx.unsafe(
          `insert into policy_day_source (document_id, version_id, stamp) values ($1::uuid, $2::uuid, $3)
           on conflict (document_id) do nothing`,
          [row.document_id, row.version_id, row.stamp],
        );
        await tx.unsafe(
          `insert into policy_day (document_id, ordinal, day)
           select $1::uuid, * from unnest($2::integer[], $3::date[]) on conflict do nothing`,
          [row.document_id, days.flatMap((list, ordinal) => list.map(() => ordinal)), days.flat()],
        );
      });
      done++;
    }
  }
}

/** Days on which something is wanted, by whomever. */
function daysIn(document: PolicyDocument): string[] {
  const days = [
    ...document.obligations.flatMap(({ deadline }) => deadline ?? []),
    ...document.dates.flatMap(({ kind, date }) => (kind === 'deadline' || kind === 'consultation-end' ? date : [])),
  ];
  return [...new Set(days.filter((day) => /^\d{4}-\d{2}-\d{2}$/.test(day)))];
}

/** A day of an act that concerns an enterprise. */
export interface CalendarDay {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
  readonly match: Match;
  readonly day: ActDay;
}

/** Acts looked at for one calendar. */
const MOST_ACTS = 1_000;
/** Texts kept between calendars. */
const MOST_KEPT = 300;

/**
 * Days between two, both included, that acts of the library set to an enterprise: its duties, ends of consultations and
 * filings. Copies of one act are told once.
 */
export function calendarDays(read: ReadPolicy) {
  let shelf = new ActShelf(read);
  let stamp = '';
  let looked = 0;
  return async (
    sql: Queryable,
    profile: Profile,
    range: { readonly from: string; readonly to: string; readonly knownAt: string | null },
  ): Promise<CalendarDay[]> => {
    const enterprise = readProfile(profile);
    const [now] = await sql.unsafe<{ stamp: string }[]>(
      `select concat((select coalesce(max(no), 0) from policy_event), '/', (select count(*) from policy_day_source),
         '/', (select max(stamp) from policy_day_source)) as stamp`,
    );
    if (now && (now.stamp !== stamp || looked > MOST_KEPT)) {
      shelf = new ActShelf(read);
      stamp = now.stamp;
      looked = 0;
    }
    const rows = await sql.unsafe<{ id: string; ordinal: number; title: string; number: string | null }[]>(
      `select a.document_id as id, a.ordinal, a.title, a.number from policy_act a
       join policy_version v on v.id = a.version_id
       where a.is_policy and not a.repealed and ($3::date is null or v.recorded_at < $3::date + 1)
         and exists (select from policy_day d where d.document_id = a.document_id and d.ordinal = a.ordinal
           and d.day between $1::date and $2::date)
       order by a.issued desc nulls last, a.document_id, a.ordinal limit $4`,
      [range.from, range.to, range.knownAt, MOST_ACTS],
    );
    looked += rows.length;
    const found: CalendarDay[] = [];
    const seen = new Set<string>();
    for (const row of rows) {
      const act = (await shelf.acts(sql, row.id))[row.ordinal];
      if (!act) continue;
      const match = matchProfile(act, enterprise);
      for (const day of match.days) {
        if (day.kind === 'effective' || day.kind === 'expiry' || day.date < range.from || day.date > range.to) continue;
        const key = `${day.date} ${day.quote}`;
        if (seen.has(key)) continue;
        seen.add(key);
        found.push({ ...row, match, day });
      }
    }
    return found.sort((a, b) => (a.day.date < b.day.date ? -1 : a.day.date > b.day.date ? 1 : 0));
  };
}
