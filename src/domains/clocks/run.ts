import { AppError } from '../../kernel/app-error.ts';
import type { LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook, UsedValue } from '../../rules/rulebook.ts';
import { CaseFacts } from './rules/facts.ts';
import { runLimit } from './rules/machine.ts';
import { PROCEDURE_LIMITS } from './rules/procedures.ts';
import { stateOf } from './rules/state.ts';
import { type Case, type CaseAnswer, type CaseDecision, caseShape } from './types.ts';

/**
 * Reads a case from outside.
 * @throws AppError `clock.bad-case` naming the place, the value and the reason
 */
export function readCase(input: unknown, today: LocalDate): Case {
  const parsed = caseShape.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const keys = issue?.code === 'unrecognized_keys' ? `unknown key ${issue.keys.join(', ')}` : issue?.message;
    throw new AppError('clock.bad-case', `${issue?.path.join('.') || 'case'}: ${keys ?? 'not a case'}`, {
      at: issue?.path.join('.') ?? '',
    });
  }
  const value = parsed.data;
  if (value.class === 'I' && (value.procedure.startsWith('registration') || value.procedure === 'clinical-trial'))
    throw new AppError('clock.class-not-covered', `class: I is filed, not registered; use filing-class-1`, {
      procedure: value.procedure,
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
