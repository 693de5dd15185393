import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { AppError } from '../kernel/app-error.ts';
import type { LocalDate } from '../kernel/local-date.ts';
import { loadRulebook } from './load.ts';
import type { Rulebook } from './rulebook.ts';
import type { DatedValue, Firmness } from './shapes.ts';

/** The text a value is taken from, as the overlay cites it. */
export interface OverlayInstrument {
  readonly id: string;
  readonly title: string;
  readonly number: string | null;
  readonly issuer: string | null;
  readonly published: LocalDate | null;
  readonly from: LocalDate | null;
  readonly urls: readonly string[];
}

/** A dated value for the overlay: of a parameter that exists, or of a new one with its title and unit. */
export interface OverlayValue {
  readonly parameter: string;
  readonly title: string | null;
  readonly unit: string;
  readonly from: LocalDate;
  readonly until: LocalDate | null;
  readonly value: number | string;
  readonly article: string | null;
  readonly firmness: Firmness;
  /** The sentence it stands in. */
  readonly sentence: string;
  readonly instrument: OverlayInstrument;
  readonly by: string;
  readonly why: string;
}

const ID = /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/;

/**
 * What is wrong with a value before anything is written; null when nothing is.
 * A parameter of the rulebook keeps its unit; where it has none yet, the value brings it.
 */
export function faultOfValue(
  value: Pick<OverlayValue, 'parameter' | 'title' | 'unit' | 'from' | 'until'>,
  book: Rulebook,
): string | null {
  if (!ID.test(value.parameter)) return `${value.parameter}: a parameter is named by letters, digits and hyphens`;
  if (!book.units.has(value.unit)) return `${value.unit}: the rulebook has no such unit`;
  if (value.until !== null && value.until < value.from) return 'until lies before from';
  const known = book.parameters.get(value.parameter);
  if (!known) return value.title ? null : `${value.parameter} is new: give it a title`;
  const numbered = known.values.some((one) => one.value !== null);
  if (numbered && known.unit !== value.unit) return `${known.id} counts in ${known.unit}, not in ${value.unit}`;
  return null;
}

/**
 * Writes a value into an overlay folder with the text it is taken from. The whole rulebook is read with it before it
 * holds: when that fails, the files are as they were and the fault is told.
 * @throws AppError `rules.bad-value`
 */
export function writeOverlayValue(folder: string, value: OverlayValue, recorded: LocalDate, book: Rulebook): void {
  const fault = faultOfValue(value, book);
  if (fault) throw new AppError('rules.bad-value', fault, { parameter: value.parameter });
  const before = new Map<string, string | null>();
  const write = (file: string, content: unknown) => {
    before.set(file, existsSync(file) ? readFileSync(file, 'utf8') : null);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(`${file}.new`, stringify(content));
    renameSync(`${file}.new`, file);
  };
  const instrument = join(folder, 'instruments', `${value.instrument.id}.yaml`);
  if (!book.instruments.has(value.instrument.id)) write(instrument, instrumentOf(value, recorded));
  const file = join(folder, 'parameters', `${value.parameter}.yaml`);
  const kept = existsSync(file) ? (parse(readFileSync(file, 'utf8')) as { values: DatedValue[] }) : null;
  const added = valueEntry(value, recorded);
  const known = book.parameters.get(value.parameter);
  const values = [...(kept?.values ?? []), added].sort((a, b) =>
    String(a.from ?? '').localeCompare(String(b.from ?? '')),
  );
  if (kept) write(file, { ...kept, values });
  else if (known) {
    const unit = known.values.some((one) => one.value !== null) ? {} : { unit: value.unit };
    write(file, { id: value.parameter, ...unit, values });
  } else write(file, newParameter(value, values));
  try {
    loadRulebook({ overlay: folder });
  } catch (error) {
    for (const [name, content] of before) {
      if (content === null) rmSync(name, { force: true });
      else writeFileSync(name, content);
    }
    throw new AppError('rules.bad-value', (error as Error).message, { parameter: value.parameter });
  }
}

function valueEntry(value: OverlayValue, recorded: LocalDate): Record<string, unknown> {
  const { firmness, sentence, by, why } = value;
  return {
    from: value.from,
    until: value.until,
    value: value.value,
    recorded,
    firmness,
    sources: [{ instrument: value.instrument.id, article: value.article, firmness }],
    note: { zh: sentence, en: sentence },
    by,
    why,
  };
}

function instrumentOf({ instrument, firmness, by, why }: OverlayValue, recorded: LocalDate): Record<string, unknown> {
  return {
    id: instrument.id,
    title: { zh: instrument.title, en: instrument.title },
    number: instrument.number,
    issuer: instrument.issuer,
    published: instrument.published,
    from: instrument.from,
    until: null,
    urls: instrument.urls,
    firmness,
    amends: [],
    amendedBy: [],
    replaces: [],
    note: null,
    recorded,
    by,
    why,
  };
}

function newParameter(value: OverlayValue, values: readonly unknown[]): Record<string, unknown> {
  const title = value.title ?? value.parameter;
  return {
    id: value.parameter,
    kind: 'rule',
    title: { zh: title, en: title },
    unit: value.unit,
    scope: null,
    starts: null,
    effect: null,
    questions: [],
    facts: [],
    values,
  };
}
