import { createHash } from 'node:crypto';
import type { LocalDate } from '../kernel/local-date.ts';
import type {
  CalendarYear,
  DatedValue,
  Firmness,
  FirmnessTable,
  Instrument,
  Parameter,
  Table,
  Unit,
} from './shapes.ts';
import { WorkCalendar } from './work-calendar.ts';

/** Why a value cannot be had. */
export type Absence =
  | 'undefined' // no such parameter
  | 'not-found' // the published text was not found, or names no number
  | 'before' // no value in force yet on that day
  | 'ceased' // no longer in force on that day
  | 'not-known'; // recorded later than the day of knowledge asked for

/** One value used by an answer, with where it comes from: the `values` entry of a decision. */
export interface UsedValue {
  readonly name: string;
  readonly value: DatedValue['value'];
  readonly unit: string;
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
  readonly source: string;
  readonly article: string | null;
  readonly firmness: Firmness;
  readonly recorded: LocalDate;
  readonly overlay: { readonly by: string; readonly why: string } | null;
}

export type Found =
  | { readonly found: true; readonly used: UsedValue }
  | { readonly found: false; readonly name: string; readonly reason: Absence };

export interface RulebookParts {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly calendars: readonly CalendarYear[];
  readonly units: readonly Unit[];
  readonly coverage: readonly {
    readonly pointer: string;
    readonly reason: { readonly zh: string; readonly en: string };
  }[];
  readonly firmness: FirmnessTable;
}

/** What a look-up needs, made once: no search and no new objects at the time of the question. */
interface Series {
  readonly froms: readonly string[];
  readonly untils: readonly (string | null)[];
  readonly answers: readonly Found[];
  readonly latest: string;
  readonly before: Found;
  readonly ceased: Found;
  readonly notKnown: Found;
}

/** A loaded rulebook: every question is answered for a day in force and, if given, a day of knowledge. */
export class Rulebook {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly calendars: readonly CalendarYear[];
  readonly units: ReadonlyMap<string, Unit>;
  readonly coverage: RulebookParts['coverage'];
  readonly firmness: FirmnessTable;
  /** Short hash of everything in it: the `edition` of decisions. */
  readonly edition: string;
  /** Short hash of everything but the calendars: two rulebooks that share it differ in working days at most. */
  readonly withoutCalendars: string;
  readonly #series = new Map<string, Series>();
  readonly #calendars = new Map<string, WorkCalendar>();
  #latest: WorkCalendar | undefined;

  constructor(parts: RulebookParts) {
    this.parameters = parts.parameters;
    this.instruments = parts.instruments;
    this.tables = parts.tables;
    this.calendars = parts.calendars;
    this.units = new Map(parts.units.map((unit) => [unit.id, unit]));
    this.coverage = parts.coverage;
    this.firmness = parts.firmness;
    const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
    this.withoutCalendars = short(JSON.stringify([...parts.parameters.values(), ...parts.tables.values()]));
    this.edition = short(this.withoutCalendars + JSON.stringify(parts.calendars));
    for (const parameter of parts.parameters.values())
      this.#series.set(parameter.id, seriesOf(parameter, parameter.values, this.titleOf));
  }

  /**
   * The value of a parameter in force on a day, as known on a day (both included; without a day of knowledge: all that
   * is recorded). Of two values with the same start the one recorded later holds. A start that was not found (`from`
   * null) counts as before every day and shows as null.
   */
  valueOn(name: string, asOf: LocalDate, knownAt?: LocalDate): Found {
    let series = this.#series.get(name);
    if (!series) return { found: false, name, reason: 'undefined' };
    if (knownAt !== undefined && knownAt < series.latest) {
      const parameter = this.parameters.get(name) as Parameter;
      const known = parameter.values.filter((value) => value.recorded <= knownAt);
      if (known.length === 0) return series.notKnown;
      series = seriesOf(parameter, known, this.titleOf);
    }
    for (let i = series.froms.length - 1; i >= 0; i--) {
      if ((series.froms[i] as string) > asOf) continue;
      const until = series.untils[i];
      return until !== null && until !== undefined && until < asOf ? series.ceased : (series.answers[i] as Found);
    }
    return series.before;
  }

  /** The working-day calendar as known on a day. */
  calendar(knownAt?: LocalDate): WorkCalendar {
    if (knownAt === undefined && this.#latest) return this.#latest;
    const years = knownAt === undefined ? this.calendars : this.calendars.filter((year) => year.recorded <= knownAt);
    const key = years.map((year) => year.year).join();
    let calendar = this.#calendars.get(key);
    if (!calendar) {
      calendar = new WorkCalendar(years);
      this.#calendars.set(key, calendar);
    }
    if (knownAt === undefined) this.#latest = calendar;
    return calendar;
  }

  /** Title of an instrument with its number, in Chinese, for words. */
  readonly titleOf = (instrument: string): string => this.instruments.get(instrument)?.title.zh ?? instrument;
}

function seriesOf(
  parameter: Parameter,
  values: readonly DatedValue[],
  titleOf: (instrument: string) => string,
): Series {
  const absent = (reason: Absence): Found => ({ found: false, name: parameter.id, reason });
  const sorted = [...values].sort(
    (a, b) => (a.from ?? '').localeCompare(b.from ?? '') || a.recorded.localeCompare(b.recorded),
  );
  return {
    froms: sorted.map((value) => value.from ?? ''),
    untils: sorted.map((value) => value.until),
    answers: sorted.map((value) =>
      value.value === null || value.firmness === 'missing'
        ? absent('not-found')
        : { found: true, used: usedOf(parameter, value, titleOf) },
    ),
    latest: sorted.reduce((last, value) => (value.recorded > last ? value.recorded : last), ''),
    before: absent('before'),
    ceased: absent('ceased'),
    notKnown: absent('not-known'),
  };
}

/** Articles of all sources; those of a further instrument are named with it, so that none is cited as another's. */
export function articlesOf(sources: DatedValue['sources'], titleOf: (instrument: string) => string): string | null {
  const first = sources[0]?.instrument;
  const named = sources.flatMap(({ article, instrument }) =>
    article === null ? [] : [instrument === first ? article : `《${titleOf(instrument)}》${article}`],
  );
  return named.join('; ') || null;
}

function usedOf(parameter: Parameter, value: DatedValue, titleOf: (instrument: string) => string): UsedValue {
  const source = value.sources[0] as DatedValue['sources'][number];
  return Object.freeze({
    name: parameter.id,
    value: value.value,
    unit: parameter.unit,
    from: value.from,
    until: value.until,
    source: source.instrument,
    article: articlesOf(value.sources, titleOf),
    firmness: value.firmness,
    recorded: value.recorded,
    overlay: value.overlay ? { by: value.by ?? '', why: value.why ?? '' } : null,
  });
}
