import type { LocalDate } from '../../kernel/local-date.ts';
import type { Absence, Rulebook } from '../../rules/rulebook.ts';
import type { DatedValue, Firmness, Parameter, Question, Table, Unit } from '../../rules/shapes.ts';
import { type Citation, citationOf } from './citation.ts';
import type { ReadingOnly } from './reading-only.ts';
import { rowInForce } from './rule-list.ts';
import type { RuleDays } from './times.ts';
import { type User, usersOf } from './who-uses.ts';
import { type Pair, placeTitle, type RuleKind, valueWords } from './words.ts';

/** One dated value with everything that is said of it. */
export interface DatedRow {
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
  readonly value: DatedValue['value'];
  readonly words: Pair | null;
  readonly recorded: LocalDate;
  readonly firmness: Firmness;
  readonly note: Pair | null;
  readonly overlay: { readonly by: string; readonly why: string } | null;
  /** Recorded by the day of knowledge asked for. */
  readonly known: boolean;
  /** The one that holds on the day asked for. */
  readonly inForce: boolean;
  readonly sources: readonly Citation[];
}

export interface ParameterDetail {
  readonly type: 'parameter';
  readonly id: string;
  readonly kind: RuleKind;
  readonly title: Pair;
  readonly place: { readonly id: string; readonly title: Pair };
  readonly unit: Unit | null;
  readonly scope: Pair | null;
  readonly starts: Pair | null;
  readonly effect: Pair | null;
  readonly duty: NonNullable<Parameter['duty']> | null;
  readonly promise: NonNullable<Parameter['promise']> | null;
  readonly questions: readonly Question[];
  readonly file: string;
  readonly asOf: LocalDate;
  readonly knownAt: LocalDate | null;
  readonly absence: Absence | null;
  readonly values: readonly DatedRow[];
  readonly users: readonly User[];
  /** Why no computation uses it yet; null when one does. */
  readonly readingOnly: Pair | null;
}

export interface TableDetail {
  readonly type: 'table';
  readonly id: string;
  readonly kind: 'table';
  readonly title: Pair;
  readonly columns: Table['columns'];
  readonly rows: readonly TableLine[];
  readonly questions: readonly Question[];
  readonly note: Pair | null;
  readonly file: string;
  readonly asOf: LocalDate;
  readonly knownAt: LocalDate | null;
}

interface TableLine {
  readonly id: string;
  readonly cells: Readonly<Record<string, unknown>>;
  readonly note: unknown;
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
  readonly firmness: Firmness;
  readonly inForce: boolean;
  readonly sources: readonly Citation[];
}

/** A parameter or table with all it holds on the days asked for; undefined when there is none of this id. */
export function findRule(
  rulebook: Rulebook,
  id: string,
  days: RuleDays,
  readingOnly: ReadingOnly,
): ParameterDetail | TableDetail | undefined {
  const parameter = rulebook.parameters.get(id);
  if (parameter) return parameterDetail(rulebook, parameter, days, readingOnly);
  const table = rulebook.tables.get(id);
  return table && tableDetail(rulebook, table, days);
}

function parameterDetail(
  rulebook: Rulebook,
  parameter: Parameter,
  days: RuleDays,
  readingOnly: ReadingOnly,
): ParameterDetail {
  const unit = rulebook.units.get(parameter.unit);
  const found = rulebook.valueOn(parameter.id, days.asOf, days.knownAt);
  const used = found.found ? found.used : undefined;
  let marked = false;
  const values = parameter.values.map((value): DatedRow => {
    const known = days.knownAt === undefined || value.recorded <= days.knownAt;
    const inForce =
      !marked &&
      known &&
      used !== undefined &&
      value.from === used.from &&
      value.recorded === used.recorded &&
      value.value === used.value;
    marked ||= inForce;
    return {
      from: value.from,
      until: value.until,
      value: value.value,
      words: valueWords(value.value, unit),
      recorded: value.recorded,
      firmness: value.firmness,
      note: value.note,
      overlay: value.overlay ? { by: value.by ?? '', why: value.why ?? '' } : null,
      known,
      inForce,
      sources: value.sources.map((source) => citationOf(rulebook, source)),
    };
  });
  const users = usersOf(rulebook, parameter);
  return {
    type: 'parameter',
    id: parameter.id,
    kind: parameter.kind,
    title: parameter.title,
    place: { id: parameter.place, title: placeTitle(parameter.place) },
    unit: unit ?? null,
    scope: parameter.scope,
    starts: parameter.starts,
    effect: parameter.effect,
    duty: parameter.duty ?? null,
    promise: parameter.promise ?? null,
    questions: parameter.questions,
    file: parameter.file,
    asOf: days.asOf,
    knownAt: days.knownAt ?? null,
    absence: found.found ? null : found.reason,
    values,
    users,
    readingOnly: readingOnly.parameters.get(parameter.id) ?? null,
  };
}

function tableDetail(rulebook: Rulebook, table: Table, days: RuleDays): TableDetail {
  return {
    type: 'table',
    id: table.id,
    kind: 'table',
    title: table.title,
    columns: table.columns,
    rows: table.rows.map((row) => ({
      id: row.id,
      cells: Object.fromEntries(table.columns.map(({ id }) => [id, row[id] ?? null])),
      note: row.note ?? null,
      from: row.from ?? null,
      until: row.until ?? null,
      firmness: row.firmness,
      inForce: rowInForce(row, days.asOf),
      sources: row.sources.map((source) => citationOf(rulebook, source)),
    })),
    questions: table.questions ?? [],
    note: table.note ?? null,
    file: table.file,
    asOf: days.asOf,
    knownAt: days.knownAt ?? null,
  };
}
