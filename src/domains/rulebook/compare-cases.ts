import type { LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook, UsedValue } from '../../rules/rulebook.ts';
import { type CaseDecision, readCase, runCase } from '../clocks/index.ts';

type ClockAnswer = NonNullable<CaseDecision['outcome']>['clocks'][number];

/** The part of a clock that an applicant or an authority acts on. */
interface ClockState {
  readonly determinable: boolean;
  readonly value: ClockAnswer['value'];
  readonly from: LocalDate | null;
  readonly due: LocalDate | null;
  readonly window: ClockAnswer['window'] | null;
  readonly status: ClockAnswer['status'];
  readonly promises: readonly { readonly id: string; readonly due: LocalDate | null }[];
  readonly missing: readonly string[];
}

export interface ChangedClock {
  readonly limit: string;
  readonly before: ClockState | null;
  readonly after: ClockState | null;
}

/** A case whose answer differs under two rulebooks, with the values that differ under it. */
export interface ChangedCase {
  readonly id: unknown;
  readonly procedure: string;
  readonly state: { readonly before: string | null; readonly after: string | null };
  readonly clocks: readonly ChangedClock[];
  readonly why: readonly string[];
}

function stateOf(clock: ClockAnswer | undefined): ClockState | null {
  if (clock === undefined) return null;
  return {
    determinable: clock.determinable,
    value: clock.value,
    from: clock.from,
    due: clock.due,
    window: clock.window ?? null,
    status: clock.status,
    promises: (clock.promises ?? []).map(({ id, due }) => ({ id, due })),
    missing: clock.missing,
  };
}

/**
 * Runs one clock case under two rulebooks; undefined when the answers are the same.
 * @throws AppError `clock.bad-case`
 */
export function compareCase(
  row: Readonly<Record<string, unknown>>,
  a: Rulebook,
  b: Rulebook,
  today: LocalDate,
): ChangedCase | undefined {
  const { id = null, ...rest } = row;
  const input = readCase(rest, today);
  const before = runCase(input, a);
  const after = runCase(input, b);
  const limits = new Set([...clocksOf(before), ...clocksOf(after)].map(({ limit }) => limit));
  const clocks = [...limits].flatMap((limit): ChangedClock[] => {
    const one = stateOf(clocksOf(before).find((clock) => clock.limit === limit));
    const other = stateOf(clocksOf(after).find((clock) => clock.limit === limit));
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ limit, before: one, after: other }];
  });
  const state = { before: before.outcome?.state ?? null, after: after.outcome?.state ?? null };
  if (clocks.length === 0 && state.before === state.after) return undefined;
  return { id, procedure: input.procedure, state, clocks, why: reasons(before, after, a, b) };
}

function clocksOf(decision: CaseDecision): readonly ClockAnswer[] {
  return decision.outcome?.clocks ?? [];
}

/** The values and the calendar that differ between the two answers. */
function reasons(before: CaseDecision, after: CaseDecision, a: Rulebook, b: Rulebook): readonly string[] {
  const told = (used: UsedValue | undefined) =>
    used === undefined
      ? 'no value'
      : `${JSON.stringify(used.value)} ${used.unit} (${used.source}${used.article ? ` ${used.article}` : ''})`;
  const names = new Set([...before.values, ...after.values].map(({ name }) => name));
  const values = [...names].flatMap((name) => {
    const one = before.values.find((value) => value.name === name);
    const other = after.values.find((value) => value.name === name);
    return JSON.stringify([one?.value, one?.unit]) === JSON.stringify([other?.value, other?.unit])
      ? []
      : [`${name}: ${told(one)} → ${told(other)}`];
  });
  const years = changedYears(a, b);
  return [...values, ...(values.length === 0 && years.length > 0 ? [`calendar: ${years.join(', ')}`] : [])];
}

function changedYears(a: Rulebook, b: Rulebook): readonly number[] {
  const of = (rulebook: Rulebook) =>
    new Map(rulebook.calendars.map(({ year, off, makeUp }) => [year, JSON.stringify([off, makeUp])]));
  const [one, other] = [of(a), of(b)];
  return [...new Set([...one.keys(), ...other.keys()])].filter((year) => one.get(year) !== other.get(year)).sort();
}
