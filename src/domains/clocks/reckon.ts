import type { LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { runCase } from './run.ts';
import type { KeptDue, KeptState } from './store.pg.ts';
import type { Case, CaseEvent } from './types.ts';

/** A case as its events say it, without the day it is asked for. */
export type KeptCase = Omit<Case, 'asOf' | 'knownAt'>;

/** One row about an event, newest last. */
interface WrittenEvent {
  readonly id: string;
  readonly event: CaseEvent | null;
  readonly corrects: string | null;
}

/** The events that hold: a row with `corrects` stands for the row it names, without an event it takes it back. */
export function eventsThatHold(rows: readonly WrittenEvent[]): { id: string; event: CaseEvent }[] {
  const corrected = new Set(rows.map((row) => row.corrects).filter((id) => id !== null));
  return rows.flatMap(({ id, event }) => (event && !corrected.has(id) ? [{ id, event }] : []));
}

/** The days of a case on a day, as they are kept. Pure. */
export function reckon(
  caseId: string,
  input: KeptCase,
  closed: boolean,
  rulebook: Rulebook,
  today: LocalDate,
): KeptState {
  const decision = runCase({ ...input, asOf: today }, rulebook, { quiet: true });
  const dues: KeptDue[] = [];
  let next: KeptDue | undefined;
  for (const clock of decision.outcome?.clocks ?? []) {
    if (clock.from === null) continue;
    const due = clock.due ?? clock.window?.to ?? null;
    const kept: KeptDue = {
      limit: clock.limit,
      from: clock.from,
      due,
      doneOn: clock.doneOn,
      held: clock.status === 'stopped',
      determinable: clock.determinable,
      uncertainFrom: clock.uncertainFrom,
    };
    dues.push(kept);
    // silence has accepted the application: nobody can meet that limit any more, and nothing hangs on it
    if (clock.status === 'overdue' && clock.limit.startsWith('accept')) continue;
    if (clock.status === 'overdue' && clock.limit.endsWith('-accept')) continue;
    const open = clock.status === 'running' || clock.status === 'overdue' || clock.status === 'not-started';
    if (open && kept.doneOn === null && due !== null && (next?.due == null || due < next.due)) next = kept;
  }
  return {
    case_id: caseId,
    input: input as unknown as Record<string, unknown>,
    dues,
    state: decision.outcome?.state ?? 'draft',
    next_due: next?.due ?? null,
    next_limit: next?.limit ?? null,
    provisional: dues.some((due) => due.uncertainFrom !== null && due.doneOn === null),
    closed,
    reckoned_on: today,
    edition: decision.edition,
  };
}
