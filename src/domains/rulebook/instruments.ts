import type { LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import type { Firmness, Instrument } from '../../rules/shapes.ts';
import type { ReadingOnly } from './reading-only.ts';
import { type Pair, placeTitle, valueWords } from './words.ts';

export interface InstrumentRow {
  readonly id: string;
  readonly title: Pair;
  readonly number: string | null;
  readonly issuer: string | null;
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
  readonly firmness: Firmness;
  /** Parameters and tables with a value or row that rests on it. */
  readonly rules: number;
}

/** Instruments by title and number, those with most values first. */
export function listInstruments(rulebook: Rulebook, q = ''): readonly InstrumentRow[] {
  const resting = rulesByInstrument(rulebook);
  const terms = q.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  return [...rulebook.instruments.values()]
    .filter(({ id, title, number, issuer }) => {
      const text = [id, title.zh, title.en, number, issuer].join(' ').normalize('NFKC').toLowerCase();
      return terms.every((term) => text.includes(term));
    })
    .map((instrument) => ({
      id: instrument.id,
      title: instrument.title,
      number: instrument.number,
      issuer: instrument.issuer,
      from: instrument.from,
      until: instrument.until,
      firmness: instrument.firmness,
      rules: resting.get(instrument.id)?.size ?? 0,
    }))
    .sort((a, b) => b.rules - a.rules || (a.id < b.id ? -1 : 1));
}

const resting = new WeakMap<Rulebook, ReadonlyMap<string, ReadonlySet<string>>>();

function rulesByInstrument(rulebook: Rulebook): ReadonlyMap<string, ReadonlySet<string>> {
  const known = resting.get(rulebook);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  const note = (instrument: string, rule: string) => {
    const rules = found.get(instrument) ?? new Set();
    found.set(instrument, rules.add(rule));
  };
  for (const { id, values } of rulebook.parameters.values())
    for (const { sources } of values) for (const { instrument } of sources) note(instrument, id);
  for (const { id, rows } of rulebook.tables.values())
    for (const { sources } of rows) for (const { instrument } of sources) note(instrument, id);
  resting.set(rulebook, found);
  return found;
}

interface Named {
  readonly id: string;
  readonly title: Pair;
  readonly from: LocalDate | null;
}

/** A value or the rows of a table that rest on an instrument. */
export interface Resting {
  readonly id: string;
  readonly type: 'parameter' | 'table';
  readonly title: Pair;
  readonly place: Pair | null;
  readonly words: Pair | null;
  readonly from: LocalDate | null;
  readonly article: string | null;
  readonly firmness: Firmness;
}

export interface InstrumentDetail extends Omit<Instrument, 'amends' | 'amendedBy' | 'replaces' | 'by' | 'why'> {
  readonly amends: readonly Named[];
  readonly amendedBy: readonly Named[];
  readonly replaces: readonly Named[];
  readonly replacedBy: readonly Named[];
  readonly overlay: { readonly by: string; readonly why: string } | null;
  readonly resting: readonly Resting[];
  /** Why nothing rests on it; null when something does. */
  readonly readingOnly: Pair | null;
}

/** An instrument with every value that rests on it; undefined when there is none of this id. */
export function findInstrument(rulebook: Rulebook, id: string, readingOnly: ReadingOnly): InstrumentDetail | undefined {
  const instrument = rulebook.instruments.get(id);
  if (!instrument) return undefined;
  const { by, why, ...rest } = instrument;
  const named = (other: string, from?: LocalDate | null): Named => {
    const found = rulebook.instruments.get(other);
    return { id: other, title: found?.title ?? { zh: other, en: other }, from: from ?? found?.from ?? null };
  };
  return {
    ...rest,
    amends: instrument.amends.map((other) => named(other)),
    amendedBy: instrument.amendedBy.map((one) => named(one.instrument, one.from)),
    replaces: instrument.replaces.map((other) => named(other)),
    replacedBy: [...rulebook.instruments.values()]
      .filter(({ replaces }) => replaces.includes(id))
      .map((other) => named(other.id)),
    overlay: by === undefined ? null : { by, why: why ?? '' },
    resting: restingOn(rulebook, id),
    readingOnly: readingOnly.instruments.get(id) ?? null,
  };
}

function restingOn(rulebook: Rulebook, id: string): readonly Resting[] {
  const values = [...rulebook.parameters.values()].flatMap((parameter) =>
    parameter.values.flatMap((value) =>
      value.sources
        .filter((source) => source.instrument === id)
        .map(
          (source): Resting => ({
            id: parameter.id,
            type: 'parameter',
            title: parameter.title,
            place: placeTitle(parameter.place),
            words: valueWords(value.value, rulebook.units.get(parameter.unit)),
            from: value.from,
            article: source.article,
            firmness: source.firmness,
          }),
        ),
    ),
  );
  const tables = [...rulebook.tables.values()].flatMap((table) => {
    const rows = table.rows.filter((row) => row.sources.some((source) => source.instrument === id));
    const source = rows[0]?.sources.find((one) => one.instrument === id);
    if (!source) return [];
    const articles = new Set(
      rows.flatMap((row) => row.sources.filter((s) => s.instrument === id).map((s) => s.article)),
    );
    return [
      {
        id: table.id,
        type: 'table' as const,
        title: table.title,
        place: null,
        words: { zh: `${rows.length} 行`, en: `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}` },
        from: null,
        article: articles.size === 1 ? source.article : null,
        firmness: source.firmness,
      },
    ];
  });
  return [...values, ...tables];
}
