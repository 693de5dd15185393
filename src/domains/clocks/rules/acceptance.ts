import type { LocalDate } from '../../../kernel/local-date.ts';
import type { CaseEvent } from '../types.ts';
import type { CaseFacts } from './facts.ts';

export interface Acceptance {
  readonly date: LocalDate;
  /** Accepted by silence: no notice of defects in time, so the day of receipt counts. */
  readonly silent: boolean;
  /** A formal acceptance written after the limit had run out; it does not move the start. */
  readonly late: LocalDate | null;
}

/** Whether silence accepted the application cannot be said: the limit for an answer is not known. */
export function silenceUnknown(facts: CaseFacts, limit: string): boolean {
  const round = lastRound(facts, limit);
  return round !== undefined && round.due === null && round.answer === undefined;
}

/** The first application that was not turned away: its day counts as the day of applying. */
export function standingApplication(facts: CaseFacts, since?: LocalDate): CaseEvent | undefined {
  return facts
    .all('received')
    .find(
      (e) => (since === undefined || e.date >= since) && facts.after(e, ['received', 'rejected'])?.type !== 'rejected',
    );
}

export interface Round {
  readonly received: CaseEvent;
  readonly due: LocalDate | null;
  readonly answer: CaseEvent | undefined;
}

/**
 * The last round of receipt and answer: an application that was sent back for its defects and handed in again is
 * received anew.
 */
export function lastRound(facts: CaseFacts, limit: string): Round | undefined {
  return facts.once(`round ${limit}`, () => rounds(facts, limit));
}

function rounds(facts: CaseFacts, limit: string): Round | undefined {
  let round: Round | undefined;
  for (const received of facts.all('received')) {
    if (round && round.answer?.type !== 'defect-notified' && round.answer?.type !== 'rejected') break;
    const before = round?.answer;
    const found = facts.value(limit, received.date);
    const value = found.found && typeof found.used.value === 'number' ? found.used.value : undefined;
    round = {
      received,
      due: value === undefined ? null : facts.calendar.add(received.date, value),
      // the notice that sent the first version back is not an answer to the second, also on the same day
      answer: facts.events.find(
        (event, i) =>
          i > facts.at(received) &&
          event !== before &&
          (event.type === 'defect-notified' || event.type === 'accepted' || event.type === 'rejected'),
      ),
    };
    // silence has already accepted it: what comes later changes nothing
    if (round.due && (round.answer === undefined || round.answer.date > round.due)) break;
  }
  return round;
}

/**
 * When the application counts as accepted. Without a notice of everything to correct within the limit it is accepted as
 * of the day of RECEIPT, not of the day the limit ran out (第五十三条(三); 令53第十一条; 令54第十一条).
 */
export function acceptance(facts: CaseFacts, limit: string): Acceptance | undefined {
  return facts.once(`acceptance ${limit}`, () => workOut(facts, limit));
}

function workOut(facts: CaseFacts, limit: string): Acceptance | undefined {
  const round = lastRound(facts, limit);
  if (!round) {
    const accepted = facts.first('accepted');
    return accepted ? { date: accepted.date, silent: false, late: null } : undefined;
  }
  const { received, due, answer } = round;
  const inTime = answer !== undefined && (due === null || answer.date <= due);
  if (inTime) {
    if (answer.type === 'accepted') return { date: answer.date, silent: false, late: null };
    // sent back in time and then accepted without a second receipt on record
    const later = answer.type === 'defect-notified' ? facts.after(answer, 'accepted') : undefined;
    return later ? { date: later.date, silent: false, late: null } : undefined;
  }
  if (due === null) return undefined;
  if (facts.asOf <= due) return undefined;
  return { date: received.date, silent: true, late: answer?.type === 'accepted' ? answer.date : null };
}
