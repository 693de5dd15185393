import type { Queryable } from '../../platform/postgres/connections.ts';
import type { SubjectType } from './kind.ts';
import type { NewRecord, RecordSubject } from './types.ts';

export interface RecordRow {
  readonly id: string;
  readonly kind: string;
  readonly occurred_on: string;
  readonly recorded_at: string;
  readonly actor: string;
  readonly body: unknown;
  readonly corrects: string | null;
  readonly corrected_by: string | null;
  readonly subjects: RecordSubject[];
}

/** The two times of a read of records. */
export interface RecordTimes {
  readonly asOf: string;
  readonly knownAt: string;
}

const COLUMNS = `r.id, r.kind, r.occurred_on, r.recorded_at, r.actor, r.body, r.corrects,
  (select c.id from record c where c.corrects = r.id and c.recorded_at <= $1::timestamptz) as corrected_by,
  (select json_agg(json_build_object('type', s.type, 'key', s.key) order by s.type, s.key)
    from record_subject s where s.record_id = r.id) as subjects`;

/** Records about any of the subjects, newest first; those corrected by a known later one are marked, not left out. */
export async function recordsAbout(
  sql: Queryable,
  times: RecordTimes,
  subjects: readonly RecordSubject[],
  limit: number,
): Promise<RecordRow[]> {
  if (subjects.length === 0) return [];
  return sql.unsafe<RecordRow[]>(
    `select ${COLUMNS} from record r
     where r.recorded_at <= $1::timestamptz and r.occurred_on <= $2::date and r.id in (
       select s.record_id from record_subject s
       join unnest($3::text[], $4::text[]) as asked(type, key) on asked.type = s.type and asked.key = s.key)
     order by r.occurred_on desc, r.recorded_at desc, r.id limit $5`,
    [times.knownAt, times.asOf, subjects.map((s) => s.type), subjects.map((s) => s.key), limit],
    { prepare: true },
  );
}

/** One record, whatever the dates. */
export async function findRecord(sql: Queryable, id: string): Promise<RecordRow | undefined> {
  const [row] = await sql.unsafe<RecordRow[]>(`select ${COLUMNS} from record r where r.id = $2::uuid`, [
    'infinity',
    id,
  ]);
  return row;
}

/** Appends a record with its subjects; its id. */
export async function appendRecord(tx: Queryable, record: NewRecord, actor: string): Promise<string> {
  const [row] = await tx.unsafe<{ id: string }[]>(
    `insert into record (kind, occurred_on, actor, body, corrects)
     values ($1, $2::date, $3, $4::text::jsonb, $5::uuid) returning id`,
    [record.kind, record.occurredOn, actor, JSON.stringify(record.body), record.corrects ?? null],
  );
  const id = row?.id ?? '';
  await tx.unsafe(
    `insert into record_subject (record_id, type, key)
     select $1::uuid, t.type, t.key from unnest($2::text[], $3::text[]) as t(type, key) on conflict do nothing`,
    [id, record.subjects.map((s) => s.type), record.subjects.map((s) => s.key)],
  );
  return id;
}

/** Keys of subjects under a recall that was not corrected, at the two times. */
export async function recalledSubjects(
  sql: Queryable,
  times: RecordTimes,
): Promise<{ type: SubjectType; key: string }[]> {
  return sql.unsafe<{ type: SubjectType; key: string }[]>(
    `select distinct s.type, s.key from record r join record_subject s on s.record_id = r.id
     where r.kind = 'recall' and r.recorded_at <= $1::timestamptz and r.occurred_on <= $2::date
       and not exists (select from record c where c.corrects = r.id and c.recorded_at <= $1::timestamptz)`,
    [times.knownAt, times.asOf],
    { prepare: true },
  );
}
