import { addMonths } from '../../../kernel/local-date.ts';
import type { CaseAnswer, ClockAnswer } from '../types.ts';
import { acceptance } from './acceptance.ts';
import { type CaseFacts, isNegative } from './facts.ts';
import { renewalInTime } from './registration.ts';
import { intervalsOf } from './stops.ts';

/** Where the case stands, in the words of `states` of the facts; what happened last decides. */
export function stateOf(facts: CaseFacts, clocks: readonly ClockAnswer[]): CaseAnswer['state'] {
  const { procedure } = facts.case;
  const decided = facts.last('decided');
  if (facts.first('withdrawn') && !decided) return 'withdrawn-before-decision';
  if (decided) {
    if (isNegative(decided)) return 'rejected';
    if (facts.first('published', decided.date)) return 'published';
    if (facts.first('delivered', decided.date)) return 'delivered';
    return procedure.startsWith('registration') ? 'registered' : 'decided';
  }
  const renewal =
    procedure === 'registration-renewal'
      ? renewalState(facts)
      : procedure === 'distribution-licence-renewal'
        ? licenceRenewalState(facts, clocks)
        : undefined;
  if (renewal) return renewal;
  // no notice in time: agreed by silence (第四十条; 条例第二十七条)
  if (
    procedure === 'clinical-trial' &&
    clocks.some((c) => c.limit.startsWith('review-trial') && c.status === 'overdue' && c.doneOn === null)
  )
    return 'deemed-agreed';
  const opinion = facts.last('opinion-issued');
  if (opinion) return intervalsOf(facts, 'objection').some((i) => i.to === null) ? 'objection' : 'review-done';
  const deficiency = facts.last('deficiency-notified');
  if (deficiency && !facts.after(deficiency, 'supplement-received')) {
    const supplement = facts.value('supplement', deficiency.date);
    const late =
      supplement.found &&
      typeof supplement.used.value === 'number' &&
      facts.asOf > addMonths(deficiency.date, supplement.used.value * 12);
    return late ? 'terminated-no-supplement' : 'deficiency-issued';
  }
  if (intervalsOf(facts, 'qms-check').some((i) => i.to === null)) return 'qms-check';
  if (intervalsOf(facts, 'rectification').some((i) => i.to === null)) return 'rectification';
  if (facts.last('supplement-received')) return 'supplement-received';
  const limit = clocks.find(
    (clock) => clock.limit.endsWith('-accept') || clock.limit === 'accept-defect-notice',
  )?.limit;
  const accepted = limit ? acceptance(facts, limit) : facts.first('accepted');
  if (accepted)
    return facts.first(['transferred', 'expert-started', 'qms-notified', 'extended']) ? 'in-review' : 'accepted';
  const last = facts.events.findLast((e) =>
    ['received', 'defect-notified', 'rejected', 'published', 'changed'].includes(e.type),
  );
  if (last?.type === 'rejected') return 'not-accepted';
  if (last?.type === 'defect-notified') return 'correction-notified';
  if (last?.type === 'published') return 'published';
  if (facts.first('received')) return 'submitted';
  return 'draft';
}

function renewalState(facts: CaseFacts): string | undefined {
  const expires = facts.last('expires');
  if (!expires || facts.asOf <= expires.date) return undefined;
  return renewalInTime(facts) ? 'deemed-renewed' : 'expired';
}

/** No decision by the day of expiry on an application in time: deemed renewed (令54第十六条); of 令53 nothing is recorded. */
function licenceRenewalState(facts: CaseFacts, clocks: readonly ClockAnswer[]): string | undefined {
  const expires = facts.last('expires');
  if (!expires || facts.asOf <= expires.date) return undefined;
  const window = clocks.find((clock) => clock.limit === 'dist-renew-window');
  if (!window?.determinable) return undefined;
  return window.status === 'met' ? 'deemed-renewed' : 'expired';
}
