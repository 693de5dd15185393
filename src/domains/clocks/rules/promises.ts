import { addDays, addMonths } from '../../../kernel/local-date.ts';
import type { ClockPromise } from '../types.ts';
import type { Draft } from './answer.ts';
import { countWithStops } from './count.ts';
import type { Start } from './limit-rule.ts';
import type { Interval } from './stops.ts';

/** Promises that are days; shares and averages are none. */
const PROMISE_UNITS = new Set(['workday', 'day', 'same-day', 'month']);

/** What a province promised beside the statutory limit: same start, same stops, its own number. */
export function promisesOf(
  draft: Draft,
  start: Start,
  open: readonly Interval[],
  articleOf: (interval: Interval) => string,
): ClockPromise[] {
  const { facts, rule } = draft;
  const province = facts.case.province?.slice(0, 2);
  if (facts.quiet || !province || facts.case.class !== 'II' || facts.case.origin === 'imported') return [];
  const out: ClockPromise[] = [];
  for (const parameter of facts.rulebook.parameters.values()) {
    const promise = parameter.promise;
    if (promise?.of !== rule.limit || promise.province !== province) continue;
    if (!PROMISE_UNITS.has(parameter.unit)) continue;
    if (promise.procedures && !promise.procedures.includes(facts.case.procedure)) continue;
    if (promise.condition !== 'none' && promise.condition !== facts.case.route) continue;
    const found = facts.value(parameter.id, start.date);
    if (!found.found || typeof found.used.value !== 'number') continue;
    draft.used.push(found.used);
    const { value } = found.used;
    const due =
      parameter.unit === 'workday'
        ? countWithStops(facts.calendar, start.date, value, open, articleOf).due
        : parameter.unit === 'month'
          ? addMonths(start.date, value)
          : addDays(start.date, value);
    out.push({
      id: parameter.id,
      value,
      unit: parameter.unit,
      due,
      firmness: found.used.firmness,
      scope: promise.scope?.zh ?? null,
    });
  }
  return out;
}
