import { addMonths, type LocalDate } from '../../../kernel/local-date.ts';
import type { Found, Rulebook } from '../../../rules/rulebook.ts';
import type { WorkCalendar } from '../../../rules/work-calendar.ts';
import { type Case, type CaseEvent, EVENT_TYPES, type EventType } from '../types.ts';

const ORDER = new Map<EventType, number>(EVENT_TYPES.map((type, i) => [type, i]));

/** Results that mean "no", as people and documents write them; everything else, also none, is read as the affirmative. */
const NO =
  /^\s*no\s*$|\b(not (approved|agreed|passed|granted|registered|accepted)|neg\w*|fail\w*|refus\w*|reject\w*|disapprov\w*|den(y|ied)|unqualified)\b|不予|不同意|不通过|未通过|不批准|不准|不合格|不符合|不延续|不许可|不受理|拒绝|驳回|否决/i;

export function isNegative(event: CaseEvent): boolean {
  return typeof event.result === 'string' && NO.test(event.result);
}

/** Results of a check that call for rectification and a second look (整改后复查), not those that follow one. */
export function asksRectification(event: CaseEvent): boolean {
  if (typeof event.result !== 'string') return false;
  if (/整改后(未)?通过|pass|fail/i.test(event.result)) return false;
  return /整改|rectif/i.test(event.result);
}

/**
 * What has happened up to the day asked for, in order. The day of expiry printed on a certificate is known beforehand
 * and counts wherever it lies; every other event after `asOf` has not happened.
 */
export class CaseFacts {
  readonly case: Case;
  readonly rulebook: Rulebook;
  readonly calendar: WorkCalendar;
  readonly events: readonly CaseEvent[];
  /** Without words: for re-clocking many cases, where only the days are wanted. */
  readonly quiet: boolean;
  /** A supplement that came too late to be one. */
  lateSupplement: CaseEvent | undefined;

  constructor(input: Case, rulebook: Rulebook, quiet = false) {
    this.quiet = quiet;
    this.case = input;
    this.rulebook = rulebook;
    this.calendar = rulebook.calendar(input.knownAt ?? undefined);
    // sort() keeps the given order of events of one day and type
    this.events = input.events
      .filter((event) => event.date <= input.asOf || event.type === 'expires')
      .sort(
        (a, b) =>
          (a.date < b.date ? -1 : a.date > b.date ? 1 : 0) ||
          (ORDER.get(a.type) as number) - (ORDER.get(b.type) as number),
      );
    this.events = this.#withoutLateSupplements(this.events);
  }

  /**
   * A supplement handed in after its year has ended opens nothing: the review has ended (第五十四条). Told apart here, once,
   * so that no limit takes it for an answer.
   */
  #withoutLateSupplements(events: readonly CaseEvent[]): readonly CaseEvent[] {
    let asked: CaseEvent | undefined;
    return events.filter((event) => {
      if (event.type === 'deficiency-notified') asked ??= event;
      if (event.type !== 'supplement-received' || !asked) return true;
      const limit = this.value('supplement', asked.date);
      const late =
        limit.found &&
        typeof limit.used.value === 'number' &&
        event.date > addMonths(asked.date, limit.used.value * 12);
      if (late) this.lateSupplement ??= event;
      else asked = undefined;
      return !late;
    });
  }

  readonly #kept = new Map<string, unknown>();

  /** Works something out once for this case: several limits ask for the acceptance and for the same stops. */
  once<T>(name: string, work: () => T): T {
    if (this.#kept.has(name)) return this.#kept.get(name) as T;
    const made = work();
    this.#kept.set(name, made);
    return made;
  }

  get asOf(): LocalDate {
    return this.case.asOf;
  }

  /** The value of a parameter on the day a clock starts. */
  value(name: string, on: LocalDate): Found {
    return this.rulebook.valueOn(name, on, this.case.knownAt ?? undefined);
  }

  /** The first event of the types, on or after a day when given. */
  first(types: EventType | readonly EventType[], since?: LocalDate): CaseEvent | undefined {
    const wanted = typeof types === 'string' ? [types] : types;
    return this.events.find((event) => wanted.includes(event.type) && (since === undefined || event.date >= since));
  }

  last(types: EventType | readonly EventType[]): CaseEvent | undefined {
    const wanted = typeof types === 'string' ? [types] : types;
    return this.events.findLast((event) => wanted.includes(event.type));
  }

  all(type: EventType): readonly CaseEvent[] {
    return this.events.filter((event) => event.type === type);
  }

  /** Position of an event in the order of the case. */
  at(event: CaseEvent): number {
    return this.events.indexOf(event);
  }

  /** The first event of the types that stands after another. */
  after(event: CaseEvent, types: EventType | readonly EventType[]): CaseEvent | undefined {
    const wanted = typeof types === 'string' ? [types] : types;
    const from = this.at(event);
    return this.events.find((other, i) => i > from && wanted.includes(other.type));
  }
}
