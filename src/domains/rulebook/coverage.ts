import type { LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import type { Firmness } from '../../rules/shapes.ts';
import type { ReadingOnly } from './reading-only.ts';
import { KIND_TITLES, type Pair, placeOrder, placeTitle, type RuleKind } from './words.ts';

export interface Counted {
  readonly id: string;
  readonly title: Pair;
  readonly count: number;
}

export interface RulebookCoverage {
  readonly edition: string;
  readonly parameters: number;
  readonly values: number;
  readonly tables: number;
  readonly rows: number;
  readonly instruments: number;
  readonly calendars: readonly number[];
  readonly overlayValues: number;
  /** Dated values and rows of tables by how firm they are. */
  readonly byFirmness: readonly {
    readonly id: Firmness;
    readonly title: Pair;
    readonly meaning: Pair;
    readonly values: number;
    readonly rows: number;
  }[];
  readonly byKind: readonly Counted[];
  readonly byPlace: readonly Counted[];
  /** Dated values that were looked for and not found. */
  readonly missing: readonly {
    readonly id: string;
    readonly title: Pair;
    readonly from: LocalDate | null;
    readonly note: Pair | null;
  }[];
  readonly questions: readonly {
    readonly rule: string;
    readonly title: Pair;
    readonly id: string;
    readonly zh: string;
    readonly en: string;
  }[];
  readonly readingOnly: readonly { readonly id: string; readonly title: Pair; readonly reason: Pair }[];
  /** Facts deliberately not taken over, by reason. */
  readonly leftOut: readonly { readonly reason: Pair; readonly pointers: readonly string[] }[];
}

/** What the rulebook holds, how firmly, what is missing and what is open. */
export function coverageOf(rulebook: Rulebook, readingOnly: ReadingOnly): RulebookCoverage {
  const parameters = [...rulebook.parameters.values()];
  const tables = [...rulebook.tables.values()];
  const values = parameters.flatMap((parameter) => parameter.values.map((value) => ({ parameter, value })));
  const rows = tables.flatMap((table) => table.rows);
  const count = (of: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const one of of) counts.set(one, (counts.get(one) ?? 0) + 1);
    return counts;
  };
  const kinds = count([...parameters.map(({ kind }) => kind), ...tables.map(() => 'table')]);
  const places = count(parameters.map(({ place }) => place));
  const leftOut = new Map<string, { reason: Pair; pointers: string[] }>();
  for (const { pointer, reason } of rulebook.coverage) {
    const group = leftOut.get(reason.zh) ?? { reason, pointers: [] };
    group.pointers.push(pointer);
    leftOut.set(reason.zh, group);
  }
  return {
    edition: rulebook.edition,
    parameters: parameters.length,
    values: values.length,
    tables: tables.length,
    rows: rows.length,
    instruments: rulebook.instruments.size,
    calendars: rulebook.calendars.map(({ year }) => year).sort((a, b) => a - b),
    overlayValues: values.filter(({ value }) => value.overlay).length,
    byFirmness: [...rulebook.firmness.levels]
      .sort((a, b) => a.rank - b.rank)
      .map(({ id, title, meaning }) => ({
        id,
        title,
        meaning,
        values: values.filter(({ value }) => value.firmness === id).length,
        rows: rows.filter((row) => row.firmness === id).length,
      })),
    byKind: (Object.keys(KIND_TITLES) as RuleKind[]).map((id) => ({
      id,
      title: KIND_TITLES[id],
      count: kinds.get(id) ?? 0,
    })),
    byPlace: [...places]
      .sort(([a], [b]) => (placeOrder(a) < placeOrder(b) ? -1 : 1))
      .map(([id, number]) => ({ id, title: placeTitle(id), count: number })),
    missing: values
      .filter(({ value }) => value.value === null || value.firmness === 'missing')
      .map(({ parameter, value }) => ({
        id: parameter.id,
        title: parameter.title,
        from: value.from,
        note: value.note,
      })),
    questions: [...parameters, ...tables].flatMap((rule) =>
      (rule.questions ?? []).map(({ id, zh, en }) => ({ rule: rule.id, title: rule.title, id, zh, en })),
    ),
    readingOnly: [...readingOnly.parameters].flatMap(([id, reason]) => {
      const parameter = rulebook.parameters.get(id);
      return parameter ? [{ id, title: parameter.title, reason }] : [];
    }),
    leftOut: [...leftOut.values()],
  };
}
