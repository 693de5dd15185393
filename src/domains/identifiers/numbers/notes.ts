import { MESSAGES, type ProblemCode } from './messages.ts';
import type { NumberProblem, Severity } from './types.ts';

type Values = Readonly<Record<string, string | number>>;

const fill = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** Collects problems; positions are given in the cleaned text and kept in the value as given. */
export class Notes {
  /** Set when an error was noted that cannot be mended without a guess. */
  broken = false;
  private readonly list: NumberProblem[] = [];
  private place: (index: number) => number = (index) => index;

  /** From here on `add` counts positions through this map. */
  locate(place: (index: number) => number): void {
    this.place = place;
  }

  add(code: ProblemCode, severity: Severity, index: number, values: Values = {}): void {
    this.absolute(code, severity, this.place(index), values);
  }

  /** Adds an error which leaves the spelling of the rule unknown: no normalised form can be given. */
  fail(code: ProblemCode, index: number, values: Values = {}): void {
    this.broken = true;
    this.add(code, 'error', index, values);
  }

  /** Adds a problem at a position of the value as given. */
  absolute(code: ProblemCode, severity: Severity, at: number, values: Values = {}): void {
    const [zh, en] = MESSAGES[code];
    this.list.push({ code, severity, message: fill(zh, values), messageEn: fill(en, values), at });
  }

  hasError(): boolean {
    return this.list.some((problem) => problem.severity === 'error');
  }

  /** The problems in order of place. Typing variants which the pattern itself admits count as information. */
  toList(conforms: boolean): readonly NumberProblem[] {
    const soft = (p: NumberProblem): NumberProblem =>
      conforms && (p.code === 'brackets' || p.code === 'full-width') ? { ...p, severity: 'info' } : p;
    return this.list.map(soft).sort((a, b) => a.at - b.at);
  }
}
