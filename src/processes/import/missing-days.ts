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

/** The source that publishes a release each day. */
const DAILY_SOURCE = 'nmpa-udid';
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
      return read ? [{ name, from: read.from ?? '', to: read.to }] : [];
    })
    .sort((a, b) => (a.from === b.from ? (a.to < b.to ? -1 : 1) : a.from < b.from ? -1 : 1));
  const missing: MissingDay[] = [];
  let covered: { to: LocalDate; name: string } | undefined;
  for (const span of spans) {
    if (covered && span.from !== '') {
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
    SELECT DISTINCT release_name AS name FROM import
    WHERE source = ${DAILY_SOURCE} AND state = 'published' AND shelf <> 9`;
  return findMissingDays(
    DAILY_SOURCE,
    rows.map((row) => row.name),
  );
}

/**
 * Notes in the ledger of a release the days before it that are missing when it is taken in. The note stays true when
 * the day comes later; what is missing now `missingDays` tells.
 */
export async function noteMissingDays(
  tx: Queryable,
  input: {
    readonly importId: number;
    readonly shelf: number;
    readonly source: string;
    readonly visible: readonly number[];
  },
): Promise<void> {
  if (input.source !== DAILY_SOURCE) return;
  const rows = await tx<{ id: number; name: string }[]>`
    SELECT id, release_name AS name FROM import
    WHERE source = ${DAILY_SOURCE} AND id = ANY(${[...input.visible, input.importId]})`;
  const own = rows.find((row) => row.id === input.importId)?.name;
  const names = rows.map((row) => row.name);
  for (const { day, after } of findMissingDays(DAILY_SOURCE, names).filter((gap) => gap.before === own)) {
    await tx`
      INSERT INTO quality_problem (import_id, shelf, part_no, position_at, record_no, severity, code, field, value, reason)
      VALUES (${input.importId}, ${input.shelf}, 0, 0, 0, 'notice', 'release.missing-day', NULL, ${day},
        ${`导入时缺这一天的日更新；此前的发布是 ${after}`})`;
  }
}
