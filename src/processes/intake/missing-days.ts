import { addDays, type LocalDate } from '../../kernel/local-date.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { releaseNameOf } from '../../sources/nmpa-udid/release-name.ts';

/** A day for which no release of the national base was taken in although days around it were. */
export interface MissingDay {
  readonly source: string;
  readonly day: LocalDate;
  /** The release before and behind the gap. */
  readonly after: string;
  readonly before: string;
}

/** A gap longer than this is a new beginning, not a list of forgotten files. */
const LONGEST_GAP = 31;

/**
 * Days between the releases given that none of them covers. Weekly and monthly releases cover their days, a full one
 * every day up to its own. Names that say neither kind nor day are left out.
 */
export function findMissingDays(source: string, names: readonly string[]): MissingDay[] {
  const spans = names
    .flatMap((name) => {
      const read = releaseNameOf(name);
      return read ? [{ name, from: read.from ?? null, to: read.to }] : [];
    })
    .sort((a, b) =>
      (a.from ?? '') < (b.from ?? '') ? -1 : (a.from ?? '') > (b.from ?? '') ? 1 : a.to < b.to ? -1 : 1,
    );
  const missing: MissingDay[] = [];
  let covered: { to: LocalDate; name: string } | undefined;
  for (const span of spans) {
    if (covered && span.from !== null) {
      let day = addDays(covered.to, 1);
      if (addDays(day, LONGEST_GAP) >= span.from)
        for (; day < span.from; day = addDays(day, 1))
          missing.push({ source, day, after: covered.name, before: span.name });
    }
    if (!covered || span.to > covered.to) covered = { to: span.to, name: span.name };
  }
  return missing;
}

/** Days missing now between the releases that count. */
export async function missingDays(sql: Queryable): Promise<MissingDay[]> {
  const rows = await sql<{ name: string }[]>`
    select distinct release_name as name from import
    where source = 'nmpa-udid' and state = 'published' and shelf <> 9`;
  return findMissingDays(
    'nmpa-udid',
    rows.map((row) => row.name),
  );
}
