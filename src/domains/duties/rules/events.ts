import { addDays, addMonths, type LocalDate } from '../../../kernel/local-date.ts';
import type { Parameter } from '../../../rules/shapes.ts';
import type { DutyEvent, Role } from '../types.ts';
import { printedDate, renewal, reports, reportsOfClassI } from './certificates.ts';
import { bears, type DutyDraft, draft, type Inquiry, inForce, momentUnderLaw, unclear } from './duty-draft.ts';
import { namesObligation } from './records.ts';
import { EVENT_WORDS, eventTypeOf, SPLIT, TRIGGERS, type Trigger } from './triggers.ts';

export interface OfEvents {
  readonly drafts: readonly DutyDraft[];
  readonly notes: readonly string[];
}

/** Duties that events call up. An event that leads to none is named with the reason. */
export function eventDuties(inquiry: Inquiry): OfEvents {
  const drafts: DutyDraft[] = [];
  const notes: string[] = [];
  for (const [i, event] of inquiry.asked.events.entries()) {
    const triggers = triggersOf(event);
    const mine = triggers.filter(({ obligation }) => concerns(inquiry, obligation));
    if (mine.length === 0)
      notes.push(`events.${i}: ${triggers.map((one) => one.obligation).join(', ')} — not a duty of the roles given`);
    const candidates = mine.filter((one) => one.when?.(event) !== false);
    for (const trigger of mine) {
      const parameter = inquiry.rulebook.parameters.get(trigger.obligation) as Parameter;
      const holds = trigger.when?.(event) ?? true;
      if (holds === false) continue;
      // what expires need not be said where the party can hold one thing only
      const unsaid =
        holds === true || (holds === 'of' && candidates.length === 1) ? undefined : `event:${event.type}.${holds}`;
      const missing = unsaid ?? (SHOWN_BY_EVENT[parameter.id] ? undefined : unclear(inquiry, parameter));
      const made = missing
        ? undetermined(inquiry, parameter, event, missing)
        : ofTrigger(inquiry, parameter, event, trigger);
      if (made.length === 0)
        notes.push(`events.${i}: ${trigger.obligation} — not in force on ${event.date}, or not dated by events`);
      drafts.push(...made);
    }
  }
  return { drafts, notes };
}

/** Events that show a narrower role by themselves: only class III distribution has a licence that can expire. */
const SHOWN_BY_EVENT: Readonly<Record<string, Role>> = {
  'dist-licence-renew': 'distributor',
  conditional: 'registrant',
};

function concerns(inquiry: Inquiry, obligation: string): boolean {
  const parameter = inquiry.rulebook.parameters.get(obligation);
  if (!parameter) return false;
  const shown = SHOWN_BY_EVENT[obligation];
  return (
    bears(inquiry, parameter) ||
    unclear(inquiry, parameter) !== undefined ||
    (shown !== undefined && inquiry.asked.party.held.has(shown))
  );
}

function triggersOf(event: DutyEvent): readonly Trigger[] {
  if (event.obligation) return SPLIT[event.obligation] ?? [{ obligation: event.obligation }];
  const type = eventTypeOf(event.type);
  return type ? TRIGGERS[type] : (SPLIT[event.type] ?? [{ obligation: event.type }]);
}

function wordsOf(event: DutyEvent, parameter: Parameter): string {
  const type = eventTypeOf(event.type);
  return type ? EVENT_WORDS[type] : (parameter.starts?.zh ?? parameter.duty?.trigger.zh ?? parameter.title.zh);
}

/** A duty of which one fact decides whether it applies. */
function undetermined(inquiry: Inquiry, parameter: Parameter, event: DutyEvent, missing: string): DutyDraft[] {
  const used = inForce(inquiry, parameter.id, event.date);
  if (used === 'not-in-force') return [];
  return [
    draft(inquiry, parameter, used === 'absent' ? null : used, {
      kind: 'event',
      subject: event.subject ?? null,
      anchor: event.date,
      missing: [missing],
      words: [`${wordsOf(event, parameter)}（${event.date}）：缺少 ${missing}，是否适用不能判定`],
    }),
  ];
}

function ofTrigger(inquiry: Inquiry, parameter: Parameter, event: DutyEvent, trigger: Trigger): DutyDraft[] {
  const subject = event.subject ?? null;
  const start = { date: event.date, time: event.time, words: wordsOf(event, parameter), name: `event:${event.type}` };
  switch (parameter.duty?.pattern) {
    case 'renewal':
      return parameter.unit === 'at-renewal'
        ? counted(inquiry, parameter, event, start)
        : renewal(inquiry, parameter.id, start, subject);
    case 'anniversary':
      return parameter.id === 'prer-class1'
        ? reportsOfClassI(inquiry, event.date, subject)
        : reports(inquiry, event.date, subject);
    case 'event':
      if (parameter.unit === 'certificate-date') return printedDate(inquiry, parameter, event.date, subject);
      return trigger.afterReport
        ? afterReport(inquiry, parameter, event, trigger.afterReport)
        : counted(inquiry, parameter, event, start);
    default:
      return [];
  }
}

/** A limit that runs from the event itself. */
function counted(
  inquiry: Inquiry,
  parameter: Parameter,
  event: DutyEvent,
  start: { date: LocalDate; time?: string | null | undefined; words: string; name: string },
): DutyDraft[] {
  const used = inForce(inquiry, parameter.id, start.date);
  if (used === 'not-in-force') return [];
  const parts = {
    kind: 'event',
    subject: event.subject ?? null,
    anchor: start.date,
    labels: [event.date, start.date],
  } as const;
  if (used === 'absent')
    return [
      draft(inquiry, parameter, null, {
        ...parts,
        missing: [parameter.id],
        words: [`${start.words}（${start.date}）`],
      }),
    ];
  const moment = momentUnderLaw(inquiry, used, start);
  // a record counts from the event on; what must be done before, within the year before it
  const from = moment.opens ?? addMonths(moment.due ?? start.date, -12);
  // an ambiguous "日": the calendar-day reading is the safe one
  const ambiguous = parameter.questions.some((question) => question.id === 'day-or-workday');
  const safeDue = ambiguous && typeof used.value === 'number' ? addDays(start.date, used.value) : undefined;
  return [
    draft(inquiry, parameter, used, {
      ...parts,
      moment,
      ...(safeDue && { safeDue }),
      accepts: { from, to: null },
      words: safeDue ? [`若按自然日理解，最迟 ${safeDue}，为稳妥之日`] : [],
    }),
  ];
}

/** Limits that run from the report of an event: its record, or the event of its being reported; without either unknown. */
function afterReport(inquiry: Inquiry, parameter: Parameter, event: DutyEvent, reported: string): DutyDraft[] {
  const { records, events } = inquiry.asked;
  const days = [
    ...records
      .filter((record) => namesObligation(record, reported))
      .filter((record) => !record.for || record.for === event.subject || record.for === event.date)
      .map((record) => record.date),
    ...events
      .filter((other) => eventTypeOf(other.type) === 'adverse-event-reported')
      .filter((other) => !other.subject || !event.subject || other.subject === event.subject)
      .map((other) => other.date),
  ].filter((day) => day >= event.date);
  const date = days.sort()[0];
  if (date) return counted(inquiry, parameter, event, { date, words: '报告之日', name: 'report' });
  const used = inForce(inquiry, parameter.id, event.date);
  if (used === 'not-in-force') return [];
  return [
    draft(inquiry, parameter, used === 'absent' ? null : used, {
      kind: 'event',
      subject: event.subject ?? null,
      anchor: event.date,
      missing: [`record:${reported}`],
      words: ['自报告之后起算，报告尚未记录'],
    }),
  ];
}
