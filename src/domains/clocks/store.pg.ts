import type { LocalDate } from '../../kernel/local-date.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import type { CaseEvent, Procedure } from './types.ts';

export interface NewCase {
  readonly title: string;
  readonly procedure: Procedure;
  readonly class: string | null;
  readonly origin: string | null;
  readonly province: string | null;
  readonly route: string | null;
  readonly subject: { readonly type: 'device' | 'certificate' | 'party'; readonly key: string } | null;
}

export interface CaseRow {
  readonly id: string;
  readonly title: string;
  readonly procedure: Procedure;
  readonly class: string | null;
  readonly origin: string | null;
  readonly province: string | null;
  readonly route: string | null;
  readonly subject_type: 'device' | 'certificate' | 'party' | null;
  readonly subject_key: string | null;
  readonly actor: string;
  readonly recorded_at: string;
}

export interface EventRow {
  readonly id: string;
  readonly type: CaseEvent['type'] | null;
  readonly date: LocalDate | null;
  readonly result: string | null;
  readonly length: number | null;
  readonly of_limit: string | null;
  readonly note: string | null;
  readonly corrects: string | null;
  readonly actor: string;
  readonly recorded_at: string;
}

export interface KeptState {
  readonly case_id: string;
  /** JSON of the case; see `reckon.ts`. */
  readonly input: string;
  /** JSON of the clocks that have begun. */
  readonly dues: string;
  readonly state: string;
  readonly next_due: LocalDate | null;
  readonly next_limit: string | null;
  readonly provisional: boolean;
  readonly closed: boolean;
}

export async function insertCase(tx: Queryable, actor: string, row: NewCase): Promise<string> {
  const [made] = await tx.unsafe<{ id: string }[]>(
    `insert into clock_case (title, procedure, class, origin, province, route, subject_type, subject_key, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      row.title,
      row.procedure,
      row.class,
      row.origin,
      row.province,
      row.route,
      row.subject?.type ?? null,
      row.subject?.key ?? null,
      actor,
    ],
  );
  return (made as { id: string }).id;
}

/** Appends events; `corrects` names the row an event stands for, `event` null takes it back. */
export async function insertEvents(
  tx: Queryable,
  caseId: string,
  actor: string,
  events: readonly { readonly event: CaseEvent | null; readonly corrects: string | null }[],
): Promise<void> {
  for (const { event, corrects } of events)
    await tx.unsafe(
      `insert into clock_case_event (case_id, type, date, result, length, of_limit, note, corrects, actor)
       values ($1::uuid, $2, $3::date, $4, $5, $6, $7, $8::uuid, $9)`,
      [
        caseId,
        event?.type ?? null,
        event?.date ?? null,
        event?.result ?? null,
        event?.length ?? null,
        event?.of ?? null,
        event?.note ?? null,
        corrects,
        actor,
      ],
    );
}

export async function findCase(sql: Queryable, id: string): Promise<CaseRow | undefined> {
  const [row] = await sql.unsafe<CaseRow[]>(
    `select id, title, procedure, class, origin, province, route, subject_type, subject_key, actor, recorded_at
     from clock_case where id = $1::uuid`,
    [id],
  );
  return row;
}

/** All rows of a case in the order they were written, also those corrected since. */
export async function eventsOf(sql: Queryable, caseId: string): Promise<EventRow[]> {
  return sql.unsafe<EventRow[]>(
    `select id, type, date, result, length, of_limit, note, corrects, actor, recorded_at
     from clock_case_event where case_id = $1::uuid order by no`,
    [caseId],
  );
}

export async function appendClose(
  tx: Queryable,
  caseId: string,
  actor: string,
  closed: boolean,
  reason: string | null,
): Promise<void> {
  await tx.unsafe('insert into clock_case_close (case_id, closed, reason, actor) values ($1::uuid, $2, $3, $4)', [
    caseId,
    closed,
    reason,
    actor,
  ]);
}

export async function isClosed(sql: Queryable, caseId: string): Promise<boolean> {
  const [row] = await sql.unsafe<{ closed: boolean }[]>(
    'select closed from clock_case_close where case_id = $1::uuid order by no desc limit 1',
    [caseId],
  );
  return row?.closed ?? false;
}

/**
 * Locks a case for the rest of the transaction: two people writing at once follow one another. An advisory lock, since
 * locking a row needs the right to change it, which nobody has.
 */
export async function lockCase(tx: Queryable, id: string): Promise<CaseRow | undefined> {
  await tx.unsafe('select pg_advisory_xact_lock(hashtextextended($1, 7139232))', [id]);
  return findCase(tx, id);
}

const STATE_COLUMNS = `case_id uuid, input text, dues text, state text, next_due date, next_limit text,
  provisional boolean, closed boolean`;

/** Writes the projections of many cases at once. */
export async function saveStates(tx: Queryable, states: readonly KeptState[]): Promise<void> {
  if (states.length === 0) return;
  await tx.unsafe(
    `insert into clock_case_state
     select * from jsonb_to_recordset($1::text::jsonb) as s(${STATE_COLUMNS})
     on conflict (case_id) do update set input = excluded.input, dues = excluded.dues, state = excluded.state,
       next_due = excluded.next_due, next_limit = excluded.next_limit, provisional = excluded.provisional,
       closed = excluded.closed`,
    [JSON.stringify(states)],
  );
}

/** Writes what a reckoning moved: days and state, not the case itself. */
export async function updateStates(tx: Queryable, states: readonly KeptState[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map(({ input: _input, closed: _closed, ...rest }) => rest);
  await tx.unsafe(
    `update clock_case_state s set dues = n.dues, state = n.state, next_due = n.next_due, next_limit = n.next_limit,
       provisional = n.provisional
     from jsonb_to_recordset($1::text::jsonb) as n(case_id uuid, dues text, state text, next_due date, next_limit text,
       provisional boolean) where s.case_id = n.case_id`,
    [JSON.stringify(rows)],
  );
}

export interface OpenState {
  readonly case_id: string;
  readonly input: string;
  readonly dues: string;
  readonly state: string;
}

/** Hands over all open cases in batches, as text: parsing many small JSON values is cheapest in one go. */
export async function eachOpenState(
  sql: Sql,
  size: number,
  take: (batch: readonly OpenState[]) => Promise<void> | void,
): Promise<void> {
  const query = sql.unsafe<OpenState[]>(
    'select case_id, input, dues, state from clock_case_state where not closed order by case_id',
  );
  for await (const batch of query.cursor(size)) await take(batch as unknown as OpenState[]);
}

export interface ReckoningRow {
  readonly id: string;
  readonly cause: string;
  readonly reckoned_on: LocalDate;
  readonly edition_before: string | null;
  readonly edition: string;
  readonly calendar: string;
  readonly cases: number;
  readonly changed: number;
  readonly milliseconds: number;
  readonly actor: string;
  readonly at: string;
}

export interface DueChange {
  readonly case_id: string;
  readonly limit_id: string;
  readonly due_before: LocalDate | null;
  readonly due_after: LocalDate | null;
}

export async function insertReckoning(
  tx: Queryable,
  row: Omit<ReckoningRow, 'id' | 'at'>,
  changes: readonly DueChange[],
): Promise<string> {
  const [made] = await tx.unsafe<{ id: string }[]>(
    `insert into clock_reckoning (cause, edition_before, edition, calendar, cases, changed, milliseconds, actor, reckoned_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::date) returning id`,
    [
      row.cause,
      row.edition_before,
      row.edition,
      row.calendar,
      row.cases,
      row.changed,
      row.milliseconds,
      row.actor,
      row.reckoned_on,
    ],
  );
  const id = (made as { id: string }).id;
  for (let at = 0; at < changes.length; at += 20_000)
    await tx.unsafe(
      `insert into clock_due_change (run_id, case_id, limit_id, due_before, due_after)
       select $1::uuid, * from jsonb_to_recordset($2::text::jsonb)
         as c(case_id uuid, limit_id text, due_before date, due_after date)`,
      [id, JSON.stringify(changes.slice(at, at + 20_000))],
    );
  return id;
}

export async function reckonings(sql: Queryable, limit: number): Promise<ReckoningRow[]> {
  return sql.unsafe<ReckoningRow[]>(
    `select id, cause, reckoned_on, edition_before, edition, calendar, cases, changed, milliseconds, actor, at
     from clock_reckoning order by at desc, id limit $1`,
    [limit],
  );
}

export async function changesOf(
  sql: Queryable,
  runId: string,
  limit: number,
): Promise<(DueChange & { readonly title: string })[]> {
  return sql.unsafe<(DueChange & { readonly title: string })[]>(
    `select d.case_id, c.title, d.limit_id, d.due_before, d.due_after
     from clock_due_change d join clock_case c on c.id = d.case_id where d.run_id = $1::uuid order by d.no limit $2`,
    [runId, limit],
  );
}

export interface CaseFilter {
  readonly q: string | null;
  readonly procedure: string | null;
  readonly closed: boolean;
  readonly subjectType: string | null;
  readonly subject: string | null;
  readonly limit: number;
  /** Of the last row of the page before. */
  readonly after: { readonly due: LocalDate | null; readonly id: string } | null;
}

export interface ListedCase extends CaseRow {
  readonly input: string;
  readonly next_due: LocalDate | null;
  readonly next_limit: string | null;
  readonly provisional: boolean;
  readonly state: string;
  readonly closed: boolean;
}

const WHERE = `s.closed = $1 and ($2::text is null or c.procedure = $2) and ($3::text is null or c.title ilike $3)
  and ($4::text is null or (c.subject_type = $4 and c.subject_key = $5))`;

/** Cases with what is due first at the top; those without a day at the end. */
export async function listCases(sql: Queryable, filter: CaseFilter): Promise<ListedCase[]> {
  return sql.unsafe<ListedCase[]>(
    `select c.id, c.title, c.procedure, c.class, c.origin, c.province, c.route, c.subject_type, c.subject_key, c.actor,
       c.recorded_at, s.input, s.next_due, s.next_limit, s.provisional, s.state, s.closed
     from clock_case_state s join clock_case c on c.id = s.case_id
     where ${WHERE} and ($6::uuid is null or (coalesce(s.next_due, date '9999-12-31'), s.case_id) > (coalesce($7::date, date '9999-12-31'), $6::uuid))
     order by coalesce(s.next_due, date '9999-12-31'), s.case_id limit $8`,
    [...filterValues(filter), filter.after?.id ?? null, filter.after?.due ?? null, filter.limit],
  );
}

export async function countCases(sql: Queryable, filter: CaseFilter): Promise<number> {
  const [row] = await sql.unsafe<{ n: number }[]>(
    `select count(*)::int as n from clock_case_state s join clock_case c on c.id = s.case_id where ${WHERE}`,
    filterValues(filter),
  );
  return row?.n ?? 0;
}

function filterValues(filter: CaseFilter): (string | boolean | null)[] {
  const like = filter.q === null ? null : `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
  return [filter.closed, filter.procedure, like, filter.subjectType, filter.subject];
}
