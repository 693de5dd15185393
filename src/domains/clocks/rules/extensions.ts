import type { LocalDate } from '../../../kernel/local-date.ts';
import type { CaseEvent } from '../types.ts';
import type { Draft } from './answer.ts';
import type { CaseFacts } from './facts.ts';
import type { Start } from './limit-rule.ts';

/** Working days added by extensions; `granted` null when a length is not on record. */
export interface Extension {
  readonly asked: number | null;
  readonly granted: number | null;
  readonly cap: number;
  readonly on: LocalDate;
}

/** Extensions written for this limit while it ran: in sum at most the share of the original limit (第九十六条). */
export function extensionOf(
  draft: Draft,
  start: Start,
  base: number,
  { done, due }: { readonly done: CaseEvent | undefined; readonly due: LocalDate | null },
): Extension | undefined {
  const { facts, rule } = draft;
  const events = facts.all('extended').filter(
    (e) =>
      e.date >= start.date &&
      (!done || e.date <= done.date) &&
      // what has run out cannot be extended any more
      (due === null || e.date <= due) &&
      targetOf(facts, e) === rule.limit,
  );
  const first = events[0];
  if (!first) return undefined;
  const share = facts.value('extension', first.date);
  if (!share.found || typeof share.used.value !== 'number')
    return { asked: null, granted: null, cap: 0, on: first.date };
  draft.used.push(share.used);
  const cap = Math.floor(base * share.used.value);
  if (events.some((e) => e.length === undefined || e.length === null))
    return { asked: null, granted: null, cap, on: first.date };
  const asked = events.reduce((sum, e) => sum + (e.length ?? 0), 0);
  return { asked, granted: Math.min(asked, cap), cap, on: first.date };
}

/** The limit an extension is for: the one it names, else the review that runs on that day, else the check. */
function targetOf(facts: CaseFacts, event: CaseEvent): string | undefined {
  if (event.of) return event.of;
  const supplemented = facts.events.some((e) => e.type === 'supplement-received' && e.date <= event.date);
  const trial = facts.case.procedure === 'clinical-trial';
  const review = trial ? 'review-trial' : `review-${facts.case.class}`;
  if (facts.case.procedure === 'qms-check') return 'qms-check';
  return supplemented ? `${review}-supp` : review;
}

/** What was extended, in words. */
export function extensionWords(extension: Extension | undefined): string[] {
  if (!extension) return [];
  const { asked, granted, cap, on } = extension;
  if (granted === null)
    return [`${on}书面告知延长时限，延长天数未记录；最多可延长${cap}个工作日（原时限的二分之一，第九十六条）`];
  if (asked !== null && asked > granted)
    return [`${on}延长${asked}个工作日，超过原时限的二分之一，按${granted}个工作日计（第九十六条）`];
  return [`${on}延长${granted}个工作日（第九十六条，不超过原时限的二分之一即${cap}个工作日）`];
}
