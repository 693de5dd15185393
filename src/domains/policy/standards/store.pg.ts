import { createHash } from 'node:crypto';
import type { Queryable } from '../../../platform/postgres/connections.ts';
import type { StandardLine } from './read-list.ts';

/** What became of the lines of a list. */
export interface TakenStandards {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Stores lines of a list of standards in one transaction: a number has the state the list taken last gives it. */
export async function takeStandards(
  tx: Queryable,
  actor: string,
  file: string,
  lines: readonly { readonly line: number; readonly standard: StandardLine }[],
): Promise<TakenStandards> {
  // a number that stands twice in one list has what stands last
  const unique = [...new Map(lines.map((row) => [row.standard.number, row])).values()];
  const rows = unique.map(({ line, standard }) => ({
    ...standard,
    line,
    hash: createHash('sha256').update(JSON.stringify(standard)).digest('hex'),
  }));
  const written = await tx.unsafe<{ inserted: boolean }[]>(
    `insert into policy_standard as s (number, number_key, year, title, approved, effective, state, replaces, source_file,
       source_line, content_hash, actor)
     select number, key, year, title, approved, effective, state, replaces, $2, line, hash, $3
     from jsonb_to_recordset($1::text::jsonb) as r (number text, key text, year integer, title text, approved date,
       effective date, state text, replaces text[], line integer, hash text)
     on conflict (number) do update set number_key = excluded.number_key, year = excluded.year, title = excluded.title,
       approved = excluded.approved, effective = excluded.effective, state = excluded.state,
       replaces = excluded.replaces, source_file = excluded.source_file, source_line = excluded.source_line,
       content_hash = excluded.content_hash, actor = excluded.actor, recorded_at = clock_timestamp()
     where s.content_hash <> excluded.content_hash
     returning xmax = 0 as inserted`,
    [JSON.stringify(rows), file, actor],
  );
  const inserted = written.filter((row) => row.inserted).length;
  return { inserted, updated: written.length - inserted, unchanged: rows.length - written.length };
}
