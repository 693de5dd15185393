import { AppError } from '../../kernel/app-error.ts';
import type { LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook, UsedValue } from '../../rules/rulebook.ts';
import { CaseFacts } from './rules/facts.ts';
import { runLimit } from './rules/machine.ts';
import { PROCEDURE_LIMITS } from './rules/procedures.ts';
import { stateOf } from './rules/state.ts';
import { type Case, type CaseAnswer, type CaseDecision, caseEventShape, caseShape, type Procedure } from './types.ts';

/** Classes a procedure is for, where the orders say so. */
const CLASSES: Readonly<Partial<Record<Procedure, readonly string[]>>> = {
  'filing-class-1': ['I'],
  'production-licence': ['II', 'III'],
  'production-licence-renewal': ['II', 'III'],
  'production-filing': ['I'],
  'distribution-licence': ['III'],
  'distribution-licence-renewal': ['III'],
  'distribution-filing': ['II'],
};

/**
 * Reads a case from outside.
 * @throws AppError `clock.bad-case` naming the place, the value and the reason
 */
export function readCase(input: unknown, today: LocalDate): Case {
  const parsed = caseShape.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];

    const given = JSON.stringify(
      issue?.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], input),
    );
    const place = `${issue?.path.join('.') || 'case'}${given === undefined ? '' : ` ${given.slice(0, 60)}`}`;
    throw new AppError('clock.bad-case', `${place}: ${issue?.message ?? 'not a case'}`, {
      at: issue?.path.join('.') ?? '',
    });
  }
  const value = parsed.data;
  if (value.class === 'I' && (value.procedure.startsWith('registration') || value.procedure === 'clinical-trial'))
    throw new AppError('clock.class-not-covered', `class: I is filed, not registered; use filing-class-1`, {
      procedure: value.procedure,
    });
  const classes = CLASSES[value.procedure];
  if (value.class && classes && !classes.includes(value.class))
    throw new AppError(
      'clock.class-not-covered',
      `class: ${value.procedure} is for class ${classes.join(', ')}, not ${value.class}`,
      { procedure: value.procedure },
    );
  const days = (type: string) =>
    value.events
      .filter((event) => event.type === type)
      .map((event) => event.date)
      .sort();
  const [received] = days('received');
  const accepted = days('accepted').at(-1);
  const accepts = PROCEDURE_LIMITS[value.procedure].some((rule) => rule.limit.includes('accept'));
  if (accepts && received && accepted && accepted < received)
    throw new AppError('clock.bad-case', `events: accepted ${accepted} lies before received ${received}`, {
      at: 'events',
    });
  if (value.class === 'II' && value.procedure === 'clinical-trial')
    throw new AppError('clock.class-not-covered', 'class: only trials of class III devices need approval', {
      procedure: value.procedure,
    });
  const limits = new Set(PROCEDURE_LIMITS[value.procedure].map((rule) => rule.limit));
  for (const [i, event] of value.events.entries())
    if (event.of && !limits.has(event.of))
      throw new AppError('clock.bad-case', `events.${i}.of: ${event.of} is no limit of ${value.procedure}`, {
        at: `events.${i}.of`,
      });
  return { ...value, asOf: value.asOf ?? today };
}

/** Keys of a case that nobody reads, with their place: told in the answer, so that a slip of the pen is not swallowed. */
export function unreadKeys(input: unknown): string[] {
  const out = unknownIn(input, caseShape.shape, '');
  const events = (input as { events?: unknown } | null)?.events;
  if (Array.isArray(events))
    for (const [i, event] of events.entries()) out.push(...unknownIn(event, caseEventShape.shape, `events.${i}.`));
  return out.slice(0, 50);
}

function unknownIn(value: unknown, shape: object, at: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => (key in shape ? [] : [`${at}${key}`]));
}

/** The clocks of a case: every limit of its procedure with its start, its last day, its stops and its words. Pure.
 * `quiet` leaves out words and promises: for many cases of which only the days are wanted. */
export function runCase(input: Case, rulebook: Rulebook, options: { readonly quiet?: boolean } = {}): CaseDecision {
  const facts = new CaseFacts(input, rulebook, options.quiet);
  const values: UsedValue[] = [];
  const clocks = PROCEDURE_LIMITS[input.procedure]
    .filter((rule) => rule.applies === undefined || rule.applies(facts))
    .map((rule) =>
      !input.class && /^review-(II|III)(-supp)?$/.test(rule.limit)
        ? { ...runLimit(rule, facts, values), determinable: false, missing: ['class'], due: null, status: null }
        : runLimit(rule, facts, values),
    );
  const outcome: CaseAnswer = { state: stateOf(facts, clocks), clocks };
  const missing: string[] = [];
  for (const clock of clocks) for (const name of clock.missing) if (!missing.includes(name)) missing.push(name);
  return {
    outcome,
    determinable: missing.length === 0,
    ruleset: input.procedure,
    edition: `${rulebook.edition}/${facts.calendar.version}`,
    asOf: input.asOf,
    knownAt: input.knownAt ?? null,
    values: options.quiet ? [] : [...new Map(values.map((value) => [value.name, value])).values()],
    steps: options.quiet
      ? []
      : clocks
          .filter((clock) => clock.from !== null)
          .flatMap((clock) => clock.words.map((line) => `${clock.title.zh}：${line}`)),
    missing,
  };
}
