import type { LocalDate } from '../../../kernel/local-date.ts';
import { articlesOf, type UsedValue } from '../../../rules/rulebook.ts';
import type { Firmness, Parameter } from '../../../rules/shapes.ts';
import type { CaseEvent, ClockAnswer, ClockStatus } from '../types.ts';
import type { CaseFacts } from './facts.ts';
import type { LimitRule } from './limit-rule.ts';

/** One limit being answered. */
export interface Draft {
  readonly rule: LimitRule;
  readonly parameter: Parameter | undefined;
  readonly facts: CaseFacts;
  readonly used: UsedValue[];
}

export type Part = Partial<ClockAnswer> & { readonly words: readonly string[] };

/** An answer with what is known of the limit, and the given parts over it. */
export function blank(draft: Draft, part: Part, used?: UsedValue): ClockAnswer {
  const { parameter, rule } = draft;
  const value = used ?? shown(draft);
  return {
    limit: rule.limit,
    title: parameter?.title ?? { zh: rule.limit, en: rule.limit },
    determinable: true,
    missing: [],
    from: null,
    due: null,
    status: null,
    doneOn: null,
    remaining: null,
    unit: value?.unit ?? parameter?.unit ?? '',
    value: (value?.value ?? null) as ClockAnswer['value'],
    article: value?.article ?? null,
    source: value?.source ?? null,
    firmness: value?.firmness ?? ('missing' as Firmness),
    stops: [],
    provisional: false,
    uncertainFrom: null,
    questions: [...(parameter?.questions ?? []), ...(rule.questions?.(draft.facts) ?? [])],
    effect: parameter?.effect?.zh ?? null,
    ...part,
  };
}

/** For clocks that have not begun: the number that would hold today, to be read beside it. */
function shown(draft: Draft): UsedValue | undefined {
  const found = draft.facts.value(draft.rule.limit, draft.facts.asOf);
  if (found.found) return found.used;
  const last = draft.parameter?.values.at(-1);
  const source = last?.sources[0];
  if (!last || !source) return undefined;
  return {
    name: draft.rule.limit,
    value: null,
    unit: draft.parameter?.unit ?? '',
    from: last.from,
    until: last.until,
    source: source.instrument,
    article: articlesOf(last.sources, draft.facts.rulebook.titleOf),
    firmness: 'missing',
    recorded: last.recorded,
    overlay: null,
  };
}

/** Status from the last day and what was done; a withdrawal ends what still runs. */
export function statusOf(
  facts: CaseFacts,
  due: LocalDate | null,
  done: CaseEvent | undefined,
  held: boolean,
): ClockStatus {
  if (done) return due === null || done.date <= due ? 'met' : 'overdue';
  const withdrawn = facts.first('withdrawn');
  // a withdrawal ends what runs; what had run out before stays overdue
  if (withdrawn) return due !== null && withdrawn.date > due ? 'overdue' : 'stopped';
  if (held) return 'stopped';
  return due !== null && facts.asOf > due ? 'overdue' : 'running';
}
