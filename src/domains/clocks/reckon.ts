import type { LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { runCase } from './run.ts';
import type { KeptState } from './store.pg.ts';
import type { Case, CaseEvent } from './types.ts';

/** A case as its events say it, without the day it is asked for. */
export type KeptCase = Omit<Case, 'asOf' | 'knownAt'>;

/** What is kept of one clock that has begun: limit, start, last day, done on, held, determinable, uncertain from. */
export type KeptDue = readonly [
  limit: string,
  from: LocalDate,
  due: LocalDate | null,
  doneOn: LocalDate | null,
  held: 0 | 1,
  determinable: 0 | 1,
  uncertainFrom: LocalDate | null,
];

/** JSON of a case without what is not said. */
export function writeCase(input: KeptCase): string {
  return JSON.stringify(input, (_key, value: unknown) => value ?? undefined);
}

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
): Omit<KeptState, 'input'> {
  const { outcome } = runCase({ ...input, asOf: today }, rulebook, { quiet: true });
  const dues: KeptDue[] = [];
  let next: KeptDue | undefined;
  let provisional = false;
  for (const clock of outcome?.clocks ?? []) {
    if (clock.from === null) continue;
    const due = clock.due ?? clock.window?.to ?? null;
    const held = clock.status === 'stopped';
    const kept: KeptDue = [
      clock.limit,
      clock.from,
      due,
      clock.doneOn,
      held ? 1 : 0,
      clock.determinable ? 1 : 0,
      clock.uncertainFrom,
    ];
    dues.push(kept);
    if (clock.uncertainFrom !== null && clock.doneOn === null) provisional = true;
    // silence has accepted the application: nobody can meet that limit any more, and nothing hangs on it
    if (clock.status === 'overdue' && (clock.limit.startsWith('accept') || clock.limit.endsWith('-accept'))) continue;
    // hand-overs inside the authority that are late hide the days that matter
    if (clock.status === 'overdue' && (clock.limit === 'transfer-to-review' || clock.limit === 'qms-notify')) continue;
    const open = clock.status === 'running' || clock.status === 'overdue' || clock.status === 'not-started';
    if (open && clock.doneOn === null && due !== null && (!next || due < (next[2] as LocalDate))) next = kept;
  }
  return {
    case_id: caseId,
    dues: JSON.stringify(dues),
    state: outcome?.state ?? 'draft',
    next_due: next?.[2] ?? null,
    next_limit: next?.[0] ?? null,
    provisional,
    closed,
  };
}
