import type { SourceProblem } from '../domains/devices/index.ts';

/** Longest piece of a value that is repeated in a problem; the record itself stays reachable by its position. */
const SHOWN = 200;

/**
 * The faults of one record while it is read. One problem per record, code and field: a tag that is unknown in each of
 * ninety list entries is one fault of the record.
 */
export class ProblemList {
  readonly #problems: SourceProblem[] = [];
  readonly #seen = new Set<string>();

  /** What was found so far, in reading order. */
  get all(): readonly SourceProblem[] {
    return this.#problems;
  }

  add(code: string, field: string | null, value: string | null, reason: string): void {
    this.#push('problem', code, field, value, reason);
  }

  notice(code: string, field: string | null, value: string | null, reason: string): void {
    this.#push('notice', code, field, value, reason);
  }

  unknownField(field: string, value: string | null): void {
    this.add('source.unknown-field', field, value, '来源说明中没有此字段，已原样保留');
  }

  unknownValue(field: string, value: string): void {
    this.add('source.unknown-value', field, value, '不在该字段已知的取值之内，已原样保留');
  }

  impossibleDate(field: string, value: string): void {
    this.add('date.impossible', field, value, '不是存在的日期');
  }

  /** Reports when `later` lies before `earlier`; both are ISO texts of the same length or nothing is compared. */
  reversedDates(earlierField: string, earlier: string | null, laterField: string, later: string | null): void {
    if (earlier === null || later === null || later.slice(0, 10) >= earlier.slice(0, 10)) return;
    this.add('date.reversed', laterField, later, `早于 ${earlierField} ${earlier.slice(0, 10)}`);
  }

  #push(severity: 'problem' | 'notice', code: string, field: string | null, value: string | null, reason: string) {
    const key = `${code}\u0000${field}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#problems.push({ severity, code, field, value: value === null ? null : shown(value), reason });
  }
}

/** A value cut to a length fit for a list. */
export function shown(value: string): string {
  return value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
}

/** The problem of a record that is not taken. */
export function rejection(code: string, field: string | null, value: string | null, reason: string): SourceProblem {
  return { severity: 'rejected', code, field, value: value === null ? null : shown(value), reason };
}
