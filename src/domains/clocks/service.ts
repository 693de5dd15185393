import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import { today } from '../../kernel/clock.ts';
import { fromDayNumber, type LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { eventsThatHold, type KeptCase, type KeptDue, reckon, writeCase } from './reckon.ts';
import { readCase } from './run.ts';
import type { CaseRow, DueChange, EventRow, KeptState, NewCase, OpenState, ReckoningRow } from './store.pg.ts';
import type { CaseEvent } from './types.ts';

/** What the service needs of the store, inside one transaction. */
export interface ClockBooks {
  insertCase(actor: string, row: NewCase): Promise<string>;
  insertEvents(
    caseId: string,
    actor: string,
    events: readonly { readonly event: CaseEvent | null; readonly corrects: string | null }[],
  ): Promise<void>;
  lockCase(id: string): Promise<CaseRow | undefined>;
  eventsOf(id: string): Promise<EventRow[]>;
  isClosed(id: string): Promise<boolean>;
  appendClose(id: string, actor: string, closed: boolean, reason: string | null): Promise<void>;
  saveStates(states: readonly KeptState[]): Promise<void>;
  audit(act: string, subject: string, detail: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface ReckonBooks {
  eachOpenState(size: number, take: (batch: readonly OpenState[]) => Promise<void> | void): Promise<void>;
  updateStates(states: readonly KeptState[]): Promise<void>;
  insertReckoning(row: Omit<ReckoningRow, 'id' | 'at'>, changes: readonly DueChange[]): Promise<string>;
}

/** An event row as the case sees it. */
export function eventOf(row: EventRow): CaseEvent | null {
  if (row.type === null || row.date === null) return null;
  return { type: row.type, date: row.date, result: row.result, length: row.length, of: row.of_limit, note: row.note };
}

export function caseOf(row: CaseRow, events: readonly EventRow[]): KeptCase {
  return {
    procedure: row.procedure,
    class: row.class as KeptCase['class'],
    origin: row.origin as KeptCase['origin'],
    province: row.province,
    route: row.route as KeptCase['route'],
    events: eventsThatHold(events.map((one) => ({ id: one.id, event: eventOf(one), corrects: one.corrects }))).map(
      ({ event }) => event,
    ),
  };
}

async function keep(books: ClockBooks, row: CaseRow, rulebook: Rulebook, on: LocalDate): Promise<void> {
  const input = caseOf(row, await books.eventsOf(row.id));
  const state = reckon(row.id, input, await books.isClosed(row.id), rulebook, on);
  await books.saveStates([{ ...state, input: writeCase(input) }]);
}

/** Opens a case with the events known so far. */
export async function openCase(
  books: ClockBooks,
  { actor, row, events }: { readonly actor: string; readonly row: NewCase; readonly events: readonly CaseEvent[] },
  rulebook: Rulebook,
  clock: Clock,
): Promise<string> {
  const { title: _title, subject: _subject, ...input } = row;
  readCase({ ...input, events }, today(clock));
  const id = await books.insertCase(actor, row);
  await books.insertEvents(
    id,
    actor,
    events.map((event) => ({ event, corrects: null })),
  );
  await keep(books, (await books.lockCase(id)) as CaseRow, rulebook, today(clock));
  await books.audit('clock.open', `case/${id}`, { procedure: row.procedure, events: events.length });
  return id;
}

/**
 * Appends an event, or a correction of one: the corrected row stays and stands corrected; a correction without an event
 * takes it back.
 * @throws AppError `clock.not-found`, `clock.no-event`, `clock.already-corrected`, `clock.nothing-said`
 */
export async function appendEvent(
  books: ClockBooks,
  change: {
    readonly actor: string;
    readonly caseId: string;
    readonly event: CaseEvent | null;
    readonly corrects: string | null;
  },
  rulebook: Rulebook,
  clock: Clock,
): Promise<void> {
  const { caseId, event, corrects } = change;
  const row = await books.lockCase(caseId);
  if (!row) throw new AppError('clock.not-found', '没有这个事项', { id: caseId });
  if (!event && !corrects) throw new AppError('clock.nothing-said', '既没有事件，也没有要更正的事件');
  const events = await books.eventsOf(caseId);
  if (corrects) {
    if (!events.some((one) => one.id === corrects))
      throw new AppError('clock.no-event', '这个事项没有该事件', { corrects });
    if (events.some((one) => one.corrects === corrects))
      throw new AppError('clock.already-corrected', '该事件已被更正，请更正最新的一条', { corrects });
  }
  await books.insertEvents(caseId, change.actor, [{ event, corrects }]);
  await keep(books, row, rulebook, today(clock));
  await books.audit(corrects ? 'clock.correct' : 'clock.event', `case/${caseId}`, {
    type: event?.type ?? null,
    date: event?.date ?? null,
    corrects,
  });
}

/** Puts a case away, or takes it up again. */
export async function closeCase(
  books: ClockBooks,
  change: { readonly actor: string; readonly caseId: string; readonly closed: boolean; readonly reason: string | null },
  rulebook: Rulebook,
  clock: Clock,
): Promise<void> {
  const row = await books.lockCase(change.caseId);
  if (!row) throw new AppError('clock.not-found', '没有这个事项', { id: change.caseId });
  await books.appendClose(change.caseId, change.actor, change.closed, change.reason);
  await keep(books, row, rulebook, today(clock));
  await books.audit(change.closed ? 'clock.close' : 'clock.reopen', `case/${change.caseId}`, { reason: change.reason });
}

export interface Reckoned {
  readonly id: string;
  readonly cases: number;
  readonly changed: number;
  readonly milliseconds: number;
}

const BATCH = 4000;

/** Why all cases are reckoned, and what is known of the reckoning before. */
export interface Occasion {
  readonly cause: string;
  readonly actor: string;
  /** The rules before; without them every case is worked out again. */
  readonly before?: Rulebook | undefined;
  /** The cases were reckoned today already: only the rules are new. */
  readonly sameDay?: boolean | undefined;
}

/**
 * Whether a change of working days can move a case: one of its clocks counts over a day that changed, or over days that
 * were uncertain. Undefined when more than the calendar changed; then every case is worked out.
 */
export function touchedBy({ before, sameDay }: Occasion, after: Rulebook): ((dues: string) => boolean) | undefined {
  if (!before || !sameDay || before.withoutCalendars !== after.withoutCalendars) return undefined;
  const days = after
    .calendar()
    .differingDays(before.calendar())
    .map((day) => fromDayNumber(day) as string);
  return (dues) =>
    (JSON.parse(dues) as KeptDue[]).some(([, from, due, , , , uncertainFrom]) => {
      if (uncertainFrom !== null) return true;
      const [low, high] = due === null ? [from, '9999-12-31'] : due < from ? [due, from] : [from, due];
      return days.some((day) => day >= low && day <= high);
    });
}

/** Edition of rules and calendar, as decisions name it. */
export function editionOf(rulebook: Rulebook): string {
  return `${rulebook.edition}/${rulebook.calendar().version}`;
}

/**
 * Reckons all open cases anew: after a change of calendar or rules, and with every new day (silence accepts, periods
 * run out). Cases whose days did not move are left as they are; those that moved are written with what moved.
 */
export async function reckonAll(
  books: ReckonBooks,
  occasion: Occasion,
  rulebook: Rulebook,
  clock: Clock,
): Promise<Reckoned> {
  const started = performance.now();
  const on = today(clock);
  const { cause, actor } = occasion;
  const touched = touchedBy(occasion, rulebook);
  const changes: DueChange[] = [];
  let cases = 0;
  await books.eachOpenState(BATCH, async (batch) => {
    const moved: KeptState[] = [];
    for (const open of batch) {
      if (touched && !touched(open.dues)) continue;
      const state = reckon(open.case_id, JSON.parse(open.input) as KeptCase, false, rulebook, on);
      const found = differences(open, state);
      if (!found) continue;
      changes.push(...found);
      moved.push({ ...state, input: open.input });
    }
    cases += batch.length;
    await books.updateStates(moved);
  });
  const calendar = rulebook.calendar().version;
  const edition = editionOf(rulebook);
  const milliseconds = Math.round(performance.now() - started);
  const id = await books.insertReckoning(
    {
      cause,
      reckoned_on: on,
      edition_before: occasion.before ? editionOf(occasion.before) : null,
      edition,
      calendar,
      cases,
      changed: changes.length,
      milliseconds,
      actor,
    },
    changes,
  );
  return { id, cases, changed: changes.length, milliseconds };
}

/** The days that moved; undefined when nothing about the case is different. */
function differences(open: OpenState, state: Pick<KeptState, 'case_id' | 'dues' | 'state'>): DueChange[] | undefined {
  if (open.dues === state.dues) return open.state === state.state ? undefined : [];
  const before = new Map((JSON.parse(open.dues) as KeptDue[]).map((due) => [due[0], due[2]]));
  const out: DueChange[] = [];
  for (const [limit, , due] of JSON.parse(state.dues) as KeptDue[]) {
    const old = before.get(limit) ?? null;
    before.delete(limit);
    if (old !== due) out.push({ case_id: open.case_id, limit_id: limit, due_before: old, due_after: due });
  }
  for (const [limit, due] of before)
    out.push({ case_id: open.case_id, limit_id: limit, due_before: due, due_after: null });
  return out;
}
