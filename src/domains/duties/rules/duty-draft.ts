import type { LocalDate } from '../../../kernel/local-date.ts';
import type { Rulebook, UsedValue } from '../../../rules/rulebook.ts';
import type { Firmness, Parameter, Question } from '../../../rules/shapes.ts';
import type { WorkCalendar } from '../../../rules/work-calendar.ts';
import type { Duty, DutyKind, DutyQuestion, Role, Span, Words } from '../types.ts';
import { type Moment, momentOf, type Start } from './counting.ts';
import { basisWords } from './words.ts';

/** A question with the rulebook it is put to. */
export interface Inquiry {
  readonly asked: DutyQuestion;
  readonly rulebook: Rulebook;
  readonly calendar: WorkCalendar;
}

/** A duty before its state is known: what the rules say, without records and without the day asked about. */
export interface DutyDraft extends Omit<Duty, 'status' | 'satisfiedBy' | 'subject' | 'period'> {
  readonly subject: string | null;
  readonly period: Span | null;
  /** Day that places it in time where it has no day due; null: it stands beside time. */
  readonly anchor: LocalDate | null;
  /** From when it can be done; null: at any time before. */
  readonly opens: LocalDate | null;
  /** Days of records that may fulfil it. */
  readonly accepts: { readonly from: LocalDate | null; readonly to: LocalDate | null };
  /** Words by which a record may name it in `for`. */
  readonly labels: readonly string[];
  readonly used: UsedValue | null;
}

/** Limits of applications that say the same of the same act, with the consequence and the open questions named there. */
const BESIDE: Readonly<Record<string, string>> = {
  'cert-renew': 'renewal-apply',
  'licence-renew': 'prod-renew-window',
  'dist-licence-renew': 'dist-renew-window',
};

/**
 * Whether the party holds a role that the obligation lies on. What is registered is of class II or III, so an obligation of
 * both kinds of registrants lies on every registrant, its classes known or not.
 */
export function bears(inquiry: Inquiry, parameter: Parameter): boolean {
  const { held } = inquiry.asked.party;
  const actors = parameter.duty?.actors ?? [];
  if (actors.some((actor) => held.has(actor as Role))) return true;
  return held.has('registrant') && actors.includes('registrant-class2') && actors.includes('registrant-class3');
}

/**
 * The fact that would show whether a broader role is the narrower one an obligation names; undefined where nothing is open.
 */
export function unclear(inquiry: Inquiry, parameter: Parameter): string | undefined {
  const { held, classes, products, grade } = inquiry.asked.party;
  const actors = parameter.duty?.actors ?? [];
  if (bears(inquiry, parameter)) return undefined;
  if (actors.includes('distributor-class3') && held.has('distributor') && !classes && !products) return 'party.classes';
  if (actors.includes('user-grade2plus') && held.has('user') && !grade) return 'party.grade';
  return undefined;
}

interface Base {
  readonly obligation: string;
  readonly title: Words;
  readonly trigger: Words | null;
  readonly consequence: string | null;
  readonly recipient: Words | null;
  readonly questions: readonly Question[];
}

function baseOf(parameter: Parameter, rulebook: Rulebook): Base {
  const beside = rulebook.parameters.get(BESIDE[parameter.id] ?? '');
  const questions = [...parameter.questions, ...(beside?.questions ?? [])];
  return {
    obligation: parameter.id,
    title: parameter.title,
    trigger: parameter.duty?.trigger ?? null,
    consequence: parameter.duty?.penalty ?? parameter.effect?.zh ?? beside?.effect?.zh ?? null,
    recipient: parameter.duty?.recipient ?? null,
    questions: [...new Map(questions.map((question) => [question.id, question])).values()],
  };
}

export interface DraftParts {
  readonly kind: DutyKind;
  readonly subject?: string | null | undefined;
  readonly period?: Span | null;
  readonly anchor: LocalDate | null;
  readonly opens?: LocalDate | null;
  readonly accepts?: DutyDraft['accepts'];
  readonly labels?: readonly string[];
  readonly due?: LocalDate | null;
  readonly safeDue?: LocalDate;
  readonly moment?: Moment;
  readonly missing?: readonly string[];
  readonly words: readonly string[];
}

const ANY_TIME = { from: null, to: null } as const;

/** One draft from an obligation, the value in force (null: none can be named) and what a pattern made of it. */
export function draft(inquiry: Inquiry, parameter: Parameter, used: UsedValue | null, parts: DraftParts): DutyDraft {
  const { moment } = parts;
  const missing = [...(parts.missing ?? []), ...(moment?.missing ?? [])];
  const due = missing.length > 0 ? null : (moment?.due ?? parts.due ?? null);
  const firmness: Firmness = used?.firmness ?? 'missing';
  return {
    ...baseOf(parameter, inquiry.rulebook),
    kind: parts.kind,
    due,
    ...(moment?.dueAt && due && { dueAt: moment.dueAt }),
    ...(moment?.window && due && { window: moment.window }),
    ...(moment?.warnFrom && due && { warnFrom: moment.warnFrom }),
    ...(parts.safeDue && due && { safeDue: parts.safeDue }),
    determinable: missing.length === 0,
    missing,
    article: used?.article ?? null,
    firmness,
    source: used?.source ?? null,
    provisional: moment?.certainty.provisional ?? false,
    uncertainFrom: moment?.certainty.uncertainFrom ?? null,
    words: [
      ...(moment?.words ?? []),
      ...parts.words,
      ...(used ? [basisWords(used, parameter, (id) => inquiry.rulebook.titleOf(id))] : []),
      noteOf(parameter, used),
    ].filter((line) => line !== ''),
    subject: parts.subject ?? null,
    period: parts.period ?? null,
    anchor: parts.anchor,
    opens: parts.opens === undefined ? (moment?.opens ?? null) : parts.opens,
    accepts: parts.accepts ?? ANY_TIME,
    labels: parts.labels ?? [],
    used,
  };
}

function noteOf(parameter: Parameter, used: UsedValue | null): string {
  return parameter.values.find((value) => value.from === used?.from)?.note?.zh ?? '';
}

/** What a rulebook says of an obligation on a day: a value, an answer that none can be named, or that it is not in force. */
export function inForce(inquiry: Inquiry, id: string, day: LocalDate): UsedValue | 'absent' | 'not-in-force' {
  const found = inquiry.rulebook.valueOn(id, day, inquiry.asked.knownAt ?? undefined);
  if (found.found) return found.used;
  return found.reason === 'before' || found.reason === 'ceased' ? 'not-in-force' : 'absent';
}

/**
 * The moment a limit leads to. A limit counted back from its event may end before the rule came into force; what held
 * then is not in the rulebook, so nothing is said.
 */
export function momentUnderLaw(inquiry: Inquiry, used: UsedValue, start: Start): Moment {
  const moment = momentOf(used, start, inquiry.calendar);
  if (moment.due === null || used.from === null || moment.due >= used.from) return moment;
  return {
    due: null,
    opens: moment.opens,
    certainty: { provisional: false, uncertainFrom: null },
    missing: [used.name],
    words: [...moment.words, `该日早于规定施行之日（${used.from}），当时的规定不在规则库内，不作推算`],
  };
}
