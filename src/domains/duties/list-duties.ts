import type { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import type { LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook, UsedValue } from '../../rules/rulebook.ts';
import { certificateDuties } from './rules/certificates.ts';
import type { DutyDraft, Inquiry } from './rules/duty-draft.ts';
import { eventDuties } from './rules/events.ts';
import { fulfilled, namesObligation } from './rules/records.ts';
import { recurringDuties } from './rules/recurring.ts';
import { rolesOf } from './rules/roles.ts';
import { standingDuties } from './rules/standing.ts';
import { eventTypeOf, levelOf, severityOf, takenApart } from './rules/triggers.ts';
import {
  certificateShape,
  type DutiesDecision,
  type Duty,
  type DutyEvent,
  type DutyQuestion,
  type DutyStatus,
  dutyEventShape,
  licenceShape,
  partyShape,
  questionShape,
  recordShape,
} from './types.ts';

/** First and last day that can be asked about; the calendar of working days ends a year later. */
const REACH = { from: '1949-10-01', to: '2118-12-31' } as const;

/**
 * Reads a question from outside: `{party, events, records, from, to, asOf?, knownAt?}`.
 * @throws AppError `duty.bad-question`, `duty.unknown-role` or `duty.unknown-event`, naming the place and the value
 */
export function readDutyQuestion(input: unknown, rulebook: Rulebook, today: LocalDate): DutyQuestion {
  const parsed = questionShape.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const at = issue?.path.join('.') || 'question';
    throw bad(at, issue?.message ?? 'not a question');
  }
  const value = parsed.data;
  if (value.from > value.to) throw bad('from', `${value.from} lies after to (${value.to})`);
  if (value.from < REACH.from || value.to > REACH.to)
    throw bad('from', `days from ${REACH.from} to ${REACH.to} can be asked about`);
  const events = (value.events ?? []).map(takenApart);
  for (const [i, event] of events.entries()) checkEvent(event, `events.${i}`, rulebook);
  const held = rolesOf(value.party);
  const records = value.records ?? [];
  const notes = unread(input);
  for (const [i, record] of records.entries()) {
    const known = [...rulebook.parameters.values()].some(
      (one) => one.kind === 'obligation' && namesObligation(record, one.id),
    );
    if (!known)
      notes.push(`records.${i}: ${record.obligation ?? record.type ?? 'no type'} — no obligation takes this record`);
  }
  return {
    party: { ...value.party, held },
    events,
    records,
    from: value.from,
    to: value.to,
    asOf: value.asOf ?? today,
    knownAt: value.knownAt ?? null,
    notes,
  };
}

function bad(at: string, reason: string): AppError {
  return new AppError('duty.bad-question', `${at}: ${reason}`, { at });
}

function checkEvent(event: DutyEvent, at: string, rulebook: Rulebook): void {
  const isObligation = (id: string) => rulebook.parameters.get(id)?.kind === 'obligation';
  for (const [key, word] of [
    ['type', event.type],
    ['obligation', event.obligation],
  ] as const) {
    if (word === undefined || word === null || isObligation(word) || (key === 'type' && eventTypeOf(word))) continue;
    throw new AppError('duty.unknown-event', `${at}.${key}: ${JSON.stringify(word)} is no event and no obligation`, {
      at: `${at}.${key}`,
    });
  }
  if (severityOf(event) === null) throw bad(`${at}.severity`, `${JSON.stringify(event.severity)} is no severity`);
  if (levelOf(event) === null) throw bad(`${at}.level`, `${JSON.stringify(event.level)} is no level`);
}

/** Keys that stand in a question and that nothing reads: a misspelt day of expiry must not vanish. */
function unread(input: unknown): string[] {
  const out: string[] = [];
  const look = (value: unknown, shape: z.ZodObject, at: string) => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) if (!Object.hasOwn(shape.shape, key)) out.push(`${at}${key} is not read`);
  };
  const lookAll = (value: unknown, shape: z.ZodObject, at: string) => {
    if (Array.isArray(value)) for (const [i, one] of value.entries()) look(one, shape, `${at}.${i}.`);
  };
  const question = input as Record<string, unknown>;
  const party = question.party as Record<string, unknown>;
  look(question, questionShape, '');
  look(party, partyShape, 'party.');
  lookAll(party.certificates, certificateShape, 'party.certificates');
  lookAll(party.licences, licenceShape, 'party.licences');
  lookAll(question.events, dutyEventShape, 'events');
  lookAll(question.records, recordShape, 'records');
  return out;
}

/**
 * The duties of a party that fall due in the days asked about, with the standing ones: overdue first, then by day, then
 * those without a day, the standing ones last. Pure; the day of the answer is `asOf` of the question.
 * @throws AppError `duty.bad-question` where a count leaves the years of the calendar
 */
export function listDuties(asked: DutyQuestion, rulebook: Rulebook): DutiesDecision {
  const inquiry: Inquiry = { asked, rulebook, calendar: rulebook.calendar(asked.knownAt ?? undefined) };
  const { drafts, notes } = within(inquiry);
  const done = fulfilled(drafts, asked.records);
  const shown = drafts.filter((draft) => touches(draft, asked));
  const duties = shown.map((draft) => finish(draft, done.get(draft), asked.asOf)).sort(byUrgency);
  const values: UsedValue[] = shown.flatMap((draft) => draft.used ?? []);
  const missing = [...new Set(duties.flatMap((duty) => duty.missing))];
  return {
    outcome: { duties, notes: [...asked.notes, ...notes] },
    determinable: missing.length === 0,
    ruleset: 'duties',
    edition: `${rulebook.edition}/${inquiry.calendar.version}`,
    asOf: asked.asOf,
    knownAt: asked.knownAt,
    values: [...new Map(values.map((value) => [`${value.name}@${value.from}`, value])).values()],
    steps: duties
      .filter((duty) => duty.kind !== 'standing')
      .flatMap((duty) => duty.words.map((line) => `${duty.title.zh}：${line}`)),
    missing,
  };
}

function within(inquiry: Inquiry): { drafts: DutyDraft[]; notes: readonly string[] } {
  try {
    const ofEvents = eventDuties(inquiry);
    const all = [
      ...recurringDuties(inquiry),
      ...certificateDuties(inquiry),
      ...ofEvents.drafts,
      ...standingDuties(inquiry),
    ];
    return { drafts: once(all), notes: ofEvents.notes };
  } catch (error) {
    if (error instanceof RangeError) throw bad('events', error.message);
    throw error;
  }
}

/** Duties of a certificate or a case, of which a certificate and events may speak both. */
const SAID_TWICE = /-renew$|^prer|^conditional$|^ae-evaluate-/;

/** An event that repeats what a certificate or another event says gives no second duty. */
function once(drafts: readonly DutyDraft[]): DutyDraft[] {
  const seen = new Map<string, DutyDraft[]>();
  return drafts.filter((draft) => {
    if (!SAID_TWICE.test(draft.obligation)) return true;
    const key = `${draft.obligation} ${draft.due ?? `~${draft.anchor}`}`;
    const same = seen.get(key) ?? [];
    const repeated = same.some((other) => other.subject === draft.subject || draft.subject === null);
    if (!repeated) seen.set(key, [...same, draft]);
    return !repeated;
  });
}

function touches(draft: DutyDraft, { from, to }: DutyQuestion): boolean {
  if (draft.kind === 'standing') return true;
  if (draft.window) return draft.window.from <= to && draft.window.to >= from;
  const day = draft.due ?? draft.anchor;
  return day === null || (day >= from && day <= to);
}

function finish(draft: DutyDraft, done: Duty['satisfiedBy'], asOf: LocalDate): Duty {
  const { subject, period, anchor: _anchor, opens, accepts: _accepts, labels: _labels, used: _used, ...duty } = draft;
  const status = statusOf(draft, done, asOf);
  const words = [...duty.words];
  if (done) words.push(done.late ? `${done.date}完成，已逾期` : `${done.date}完成`);
  if (done && draft.window && done.date < draft.window.from) words.push(`早于可申请期间（${draft.window.from}起）`);
  if (status === 'upcoming' && opens) words.push(`自${opens}起办理`);
  return {
    ...duty,
    words,
    status,
    ...(done && { satisfiedBy: done }),
    ...(subject !== null && { subject }),
    ...(period !== null && { period }),
  };
}

function statusOf(draft: DutyDraft, done: Duty['satisfiedBy'], asOf: LocalDate): DutyStatus | null {
  if (!draft.determinable) return null;
  if (draft.kind === 'standing') return draft.opens !== null && draft.opens > asOf ? 'upcoming' : 'standing';
  if (done) return 'satisfied';
  if (draft.due === null) return null;
  if (draft.due < asOf) return 'overdue';
  return draft.opens !== null && draft.opens > asOf ? 'upcoming' : 'open';
}

function rank(duty: Duty): number {
  if (duty.status === 'overdue') return 0;
  if (duty.kind === 'standing') return 3;
  return duty.due === null ? 2 : 1;
}

/** Overdue first, then by day, then what has no day, then what stands. */
export function byUrgency(a: Duty, b: Duty): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const day = (duty: Duty) => duty.dueAt ?? duty.due ?? '';
  const [x, y] = [day(a), day(b)];
  if (x !== y) return x < y ? -1 : 1;
  return a.obligation < b.obligation ? -1 : a.obligation > b.obligation ? 1 : 0;
}
