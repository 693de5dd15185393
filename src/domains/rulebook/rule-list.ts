import type { LocalDate } from '../../kernel/local-date.ts';
import type { Absence, Rulebook } from '../../rules/rulebook.ts';
import type { Firmness, Parameter, Table } from '../../rules/shapes.ts';
import { type Citation, citationOf } from './citation.ts';
import type { RuleDays } from './times.ts';
import { countUsers, usersOf } from './who-uses.ts';
import { KIND_TITLES, type Pair, placeOrder, placeTitle, type RuleKind, valueWords, weakest } from './words.ts';

/** One line of the rulebook: a parameter with its value in force, or a table with its rows in force. */
export interface RuleRow {
  readonly id: string;
  readonly type: 'parameter' | 'table';
  readonly kind: RuleKind;
  readonly title: Pair;
  /** Null for tables: they belong to no one place. */
  readonly place: { readonly id: string; readonly title: Pair } | null;
  readonly unit: Pair | null;
  readonly value: Parameter['values'][number]['value'];
  readonly words: Pair | null;
  readonly from: LocalDate | null;
  /** Firmness of the value in force; of a table its weakest row; `missing` where there is no value. */
  readonly firmness: Firmness;
  readonly source: Citation | null;
  readonly article: string | null;
  /** Why there is no value; null when there is one. */
  readonly absence: Absence | null;
  readonly users: number;
  /** The value in force was set by the operator's overlay. */
  readonly overlay: boolean;
}

export interface RuleFilter {
  readonly q?: string | undefined;
  readonly kind?: string | undefined;
  /** `cn`, `cn-44`, or with a subject `cn/registration`. */
  readonly place?: string | undefined;
  readonly firmness?: string | undefined;
  readonly overlay?: boolean | undefined;
}

/** Parameters and tables that meet a filter: national subjects first, then tables, then the provinces. */
export function listRules(rulebook: Rulebook, filter: RuleFilter, days: RuleDays): readonly RuleRow[] {
  const terms = fold(filter.q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return allRows(rulebook, days).filter(
    (row) =>
      (filter.kind === undefined || row.kind === filter.kind) &&
      (filter.firmness === undefined || row.firmness === filter.firmness) &&
      (filter.overlay === undefined || row.overlay === filter.overlay) &&
      (filter.place === undefined || liesIn(row.place?.id, filter.place)) &&
      (terms.length === 0 || matches(rulebook, row, terms)),
  );
}

function liesIn(place: string | undefined, wanted: string): boolean {
  return place !== undefined && (place === wanted || place.startsWith(`${wanted}/`));
}

/** Rows of the last days asked for; a rulebook does not change, so they hold until it is replaced. */
const kept = new WeakMap<Rulebook, { readonly key: string; readonly rows: readonly RuleRow[] }>();

function allRows(rulebook: Rulebook, days: RuleDays): readonly RuleRow[] {
  const key = `${days.asOf} ${days.knownAt ?? ''}`;
  const before = kept.get(rulebook);
  if (before?.key === key) return before.rows;
  const order = (row: RuleRow) =>
    row.place === null
      ? 'cn 99'
      : row.place.id.startsWith('cn/')
        ? placeOrder(row.place.id)
        : `d ${placeOrder(row.place.id)}`;
  const rows = [
    ...[...rulebook.parameters.values()].map((parameter) => parameterRow(rulebook, parameter, days)),
    ...[...rulebook.tables.values()].map((table) => tableRow(rulebook, table, days)),
  ]
    .map((row) => ({ row, key: `${order(row)} ${row.id}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
  kept.set(rulebook, { key, rows });
  return rows;
}

function parameterRow(rulebook: Rulebook, parameter: Parameter, days: RuleDays): RuleRow {
  const unit = rulebook.units.get(parameter.unit);
  const found = rulebook.valueOn(parameter.id, days.asOf, days.knownAt);
  const used = found.found ? found.used : undefined;
  const dated =
    used &&
    parameter.values.find(
      (value) => value.from === used.from && value.recorded === used.recorded && value.value === used.value,
    );
  const source = dated?.sources[0];
  return {
    id: parameter.id,
    type: 'parameter',
    kind: parameter.kind,
    title: parameter.title,
    place: { id: parameter.place, title: placeTitle(parameter.place) },
    unit: unit ? { zh: unit.zh, en: unit.en } : null,
    value: used?.value ?? null,
    words: used ? valueWords(used.value, unit) : null,
    from: used?.from ?? null,
    firmness: used?.firmness ?? 'missing',
    source: source ? citationOf(rulebook, source) : null,
    article: used?.article ?? null,
    absence: found.found ? null : found.reason,
    users: countUsers(usersOf(rulebook, parameter)),
    overlay: used?.overlay != null,
  };
}

/** Whether a row of a table is in force on a day; a start that was not found counts as before every day. */
export function rowInForce(row: Table['rows'][number], asOf: LocalDate): boolean {
  return (row.from == null || row.from <= asOf) && (row.until == null || row.until >= asOf);
}

function tableRow(rulebook: Rulebook, table: Table, days: RuleDays): RuleRow {
  const rows = table.rows.filter((row) => rowInForce(row, days.asOf));
  const source = rows.find((row) => row.sources.length > 0)?.sources[0];
  return {
    id: table.id,
    type: 'table',
    kind: 'table',
    title: table.title,
    place: null,
    unit: null,
    value: rows.length,
    words: { zh: `${rows.length} 行`, en: `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}` },
    from: null,
    firmness: weakest(rows.map((row) => row.firmness)),
    source: source ? citationOf(rulebook, source) : null,
    article: null,
    absence: null,
    users: 0,
    overlay: false,
  };
}

/** Searched texts: small letters, full-width forms as plain ones. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

const texts = new WeakMap<Rulebook, Map<string, string>>();

function matches(rulebook: Rulebook, row: RuleRow, terms: readonly string[]): boolean {
  let known = texts.get(rulebook);
  if (!known) {
    known = new Map();
    texts.set(rulebook, known);
  }
  let text = known.get(row.id);
  if (text === undefined) {
    const source = row.type === 'table' ? rulebook.tables.get(row.id) : rulebook.parameters.get(row.id);
    text = fold(
      [
        ...(row.place ? Object.values(row.place.title) : []),
        ...Object.values(KIND_TITLES[row.kind]),
        ...wordsOf(rulebook, source),
      ].join(' '),
    );
    known.set(row.id, text);
  }
  return terms.every((term) => text.includes(term));
}

/** Everything of a rule that may be searched for: its texts, its values with their units, its sources. */
function wordsOf(rulebook: Rulebook, rule: Parameter | Table | undefined): readonly string[] {
  if (rule === undefined) return [];
  const instruments = ('values' in rule ? rule.values : rule.rows).flatMap((one) =>
    one.sources.flatMap((source) => {
      const { title, number } = citationOf(rulebook, source);
      return [title.zh, title.en, number ?? '', source.article ?? '', source.instrument];
    }),
  );
  if ('values' in rule) {
    const unit = rulebook.units.get(rule.unit);
    const values = rule.values.flatMap((value) => [
      String(value.value ?? ''),
      ...Object.values(valueWords(value.value, unit) ?? {}),
    ]);
    const pairs = [
      rule.title,
      rule.scope,
      rule.starts,
      rule.effect,
      rule.duty?.trigger,
      rule.duty?.recipient,
      rule.promise?.scope,
    ];
    return [rule.id, ...pairs.flatMap((pair) => (pair ? [pair.zh, pair.en] : [])), ...values, ...instruments];
  }
  const cells = rule.rows.flatMap(({ sources: _sources, facts: _facts, ...row }) => cellTexts(row));
  return [
    rule.id,
    rule.title.zh,
    rule.title.en,
    ...rule.columns.flatMap(({ zh, en }) => [zh, en]),
    ...cells,
    ...instruments,
  ];
}

function cellTexts(value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(cellTexts) : [String(value)];
}
