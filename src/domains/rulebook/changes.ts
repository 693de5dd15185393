import { addDays, type LocalDate } from '../../kernel/local-date.ts';
import type { Found, Rulebook } from '../../rules/rulebook.ts';
import type { Firmness, Table } from '../../rules/shapes.ts';
import { type Citation, citationOf } from './citation.ts';
import { type Pair, placeTitle, valueWords } from './words.ts';

/** One side of a change: the value in words, or that there is none. */
export interface Side {
  readonly words: Pair | null;
  readonly from: LocalDate | null;
  readonly firmness: Firmness;
  readonly sources: readonly Citation[];
}

/** Something that begins, ends or changes on a day, in force or in what is recorded. */
export interface RuleChange {
  readonly axis: 'force' | 'known';
  readonly on: LocalDate;
  readonly change: 'begins' | 'ends' | 'changes' | 'restated' | 'recorded';
  readonly type: 'parameter' | 'table-row' | 'instrument' | 'calendar';
  /** Id of the parameter, table, instrument, or the year of the calendar. */
  readonly id: string;
  readonly row: string | null;
  readonly title: Pair;
  readonly place: Pair | null;
  readonly before: Side | null;
  readonly after: Side | null;
}

/**
 * What begins, ends or changes in force after one day up to and including another, and what was recorded in that time.
 * A value that begins anew with the same number under another text is `restated`.
 */
export function changesBetween(rulebook: Rulebook, after: LocalDate, upTo: LocalDate): readonly RuleChange[] {
  const within = (day: LocalDate | null | undefined): day is LocalDate => day != null && day > after && day <= upTo;
  return [
    ...parameterChanges(rulebook, within),
    ...rowChanges(rulebook, within),
    ...instrumentChanges(rulebook, within),
    ...calendarChanges(rulebook, within),
  ].sort((a, b) => (a.axis === b.axis ? (a.on < b.on ? -1 : a.on > b.on ? 1 : 0) : a.axis === 'force' ? -1 : 1));
}

/** A value whose start was not found counts as before every day. */
const BEFORE_EVERY_LAW = '0001-01-01' as LocalDate;

type Within = (day: LocalDate | null | undefined) => day is LocalDate;

function sideOf(rulebook: Rulebook, found: Found): Side | null {
  if (!found.found) return null;
  const parameter = rulebook.parameters.get(found.used.name);
  const value = parameter?.values.find((one) => one.from === found.used.from && one.recorded === found.used.recorded);
  return {
    words: valueWords(found.used.value, rulebook.units.get(found.used.unit)),
    from: found.used.from,
    firmness: found.used.firmness,
    sources: (value?.sources ?? []).map((source) => citationOf(rulebook, source)),
  };
}

function same(a: Found, b: Found): boolean {
  return a.found && b.found && JSON.stringify(a.used.value) === JSON.stringify(b.used.value);
}

function* parameterChanges(rulebook: Rulebook, within: Within): Generator<RuleChange> {
  for (const parameter of rulebook.parameters.values()) {
    const base = {
      type: 'parameter' as const,
      id: parameter.id,
      row: null,
      title: parameter.title,
      place: placeTitle(parameter.place),
    };
    const days = new Set(
      parameter.values.flatMap(({ from, until }) => [from, until === null ? null : addDays(until, 1)]),
    );
    for (const on of days) {
      if (!within(on)) continue;
      const before = rulebook.valueOn(parameter.id, addDays(on, -1));
      const after = rulebook.valueOn(parameter.id, on);
      if (!before.found && !after.found) continue;
      const change = !before.found ? 'begins' : !after.found ? 'ends' : same(before, after) ? 'restated' : 'changes';
      yield { axis: 'force', on, change, ...base, before: sideOf(rulebook, before), after: sideOf(rulebook, after) };
    }
    const unit = rulebook.units.get(parameter.unit);
    for (const value of parameter.values) {
      if (!within(value.recorded)) continue;
      const day = value.from ?? BEFORE_EVERY_LAW;
      yield {
        axis: 'known',
        on: value.recorded,
        change: 'recorded',
        ...base,
        before: sideOf(rulebook, rulebook.valueOn(parameter.id, day, addDays(value.recorded, -1))),
        after: {
          words: valueWords(value.value, unit),
          from: value.from,
          firmness: value.firmness,
          sources: value.sources.map((source) => citationOf(rulebook, source)),
        },
      };
    }
  }
}

function* rowChanges(rulebook: Rulebook, within: Within): Generator<RuleChange> {
  for (const table of rulebook.tables.values())
    for (const row of table.rows) {
      const words = nameOf(table, row);
      const side: Side = {
        words,
        from: row.from ?? null,
        firmness: row.firmness,
        sources: row.sources.map((source) => citationOf(rulebook, source)),
      };
      const base = {
        axis: 'force' as const,
        type: 'table-row' as const,
        id: table.id,
        row: row.id,
        title: table.title,
        place: null,
      };
      if (within(row.from)) yield { ...base, on: row.from, change: 'begins', before: null, after: side };
      const end = row.until == null ? null : addDays(row.until, 1);
      if (within(end)) yield { ...base, on: end, change: 'ends', before: side, after: null };
    }
}

/** What a row is called: its first text in each language, else its id. */
function nameOf(table: Table, row: Table['rows'][number]): Pair {
  const cells = table.columns.map(({ id }) => ({ id, cell: row[id] }));
  const pair = cells.find(({ cell }) => isPair(cell))?.cell;
  if (isPair(pair)) return pair;
  const text = (fits: (id: string, cell: string) => boolean) =>
    cells.find(({ id, cell }) => typeof cell === 'string' && fits(id, cell))?.cell as string | undefined;
  const zh = text((_id, cell) => /[\u3400-\u9fff]/.test(cell)) ?? row.id;
  return { zh, en: text((id) => /(^|[-_])en$/.test(id)) ?? zh };
}

function isPair(cell: unknown): cell is Pair {
  return typeof cell === 'object' && cell !== null && 'zh' in cell && 'en' in cell;
}

function* instrumentChanges(rulebook: Rulebook, within: Within): Generator<RuleChange> {
  for (const instrument of rulebook.instruments.values()) {
    const number = instrument.number;
    const side: Side = {
      words: number === null ? null : { zh: number, en: number },
      from: instrument.from,
      firmness: instrument.firmness,
      sources: [citationOf(rulebook, { instrument: instrument.id, article: null, firmness: instrument.firmness })],
    };
    const base = { type: 'instrument' as const, id: instrument.id, row: null, title: instrument.title, place: null };
    if (within(instrument.from))
      yield { axis: 'force', on: instrument.from, change: 'begins', ...base, before: null, after: side };
    const end = instrument.until === null ? null : addDays(instrument.until, 1);
    if (within(end)) yield { axis: 'force', on: end, change: 'ends', ...base, before: side, after: null };
    if (within(instrument.recorded))
      yield { axis: 'known', on: instrument.recorded, change: 'recorded', ...base, before: null, after: side };
  }
}

function* calendarChanges(rulebook: Rulebook, within: Within): Generator<RuleChange> {
  for (const year of rulebook.calendars) {
    if (!within(year.recorded)) continue;
    const off = Object.values(year.off).flat().length;
    yield {
      axis: 'known',
      on: year.recorded,
      change: 'recorded',
      type: 'calendar',
      id: String(year.year),
      row: null,
      title: { zh: `${year.year} 年放假与调休`, en: `Holidays of ${year.year}` },
      place: null,
      before: null,
      after: {
        words: {
          zh: `放假 ${off} 天，调休上班 ${year.makeUp.length} 天`,
          en: `${off} days off, ${year.makeUp.length} weekend days worked`,
        },
        from: `${year.year}-01-01` as LocalDate,
        firmness: year.firmness,
        sources: [
          {
            instrument: '',
            title: { zh: year.notice.zh, en: year.notice.en },
            number: null,
            url: year.notice.url,
            article: null,
            firmness: year.firmness,
          },
        ],
      },
    };
  }
}
