import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { AppError } from '../kernel/app-error.ts';
import { Rulebook, type RulebookParts } from './rulebook.ts';
import {
  type CalendarYear,
  calendarShape,
  coverageShape,
  type DatedValue,
  firmnessShape,
  type Instrument,
  instrumentShape,
  overlayShape,
  type Parameter,
  parameterShape,
  type Table,
  tableShape,
  unitsShape,
} from './shapes.ts';

/** The folder of the rulebook that comes with the program. */
export function rulebookFolder(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    const folder = join(at, 'rulebook');
    if (existsSync(join(folder, 'units.yaml'))) return folder;
    if (dirname(at) === at) throw new AppError('rules.no-rulebook', 'the folder rulebook/ is not beside the program');
  }
}

function yamlFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? yamlFiles(join(folder, entry.name))
        : entry.name.endsWith('.yaml')
          ? [join(folder, entry.name)]
          : [],
    )
    .sort();
}

/** Reads one file; a fault names file, place and reason. */
function read<S extends z.ZodType>(root: string, file: string, shape: S): z.infer<S> {
  const name = relative(root, file);
  const document = parseDocument(readFileSync(file, 'utf8'), { version: '1.2', uniqueKeys: true, merge: false });
  const fault = document.errors[0];
  if (fault) throw new AppError('rules.bad-file', `${name}: ${fault.message}`, { file: name });
  const parsed = shape.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (parsed.success) return parsed.data;
  const words = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`)
    .join('; ');
  throw new AppError('rules.bad-file', `${name}: ${words}`, { file: name });
}

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1, -'.yaml'.length);
}

function claim(seen: Map<string, string>, id: string, name: string): void {
  const other = seen.get(id);
  if (other !== undefined)
    throw new AppError('rules.bad-file', `${name}: the id ${id} stands in ${other} already`, { file: name });
  seen.set(id, name);
}

function sorted(values: readonly DatedValue[], name: string): void {
  for (const [i, value] of values.entries()) {
    const before = values[i - 1];
    if (before && (before.from ?? '') > (value.from ?? ''))
      throw new AppError('rules.bad-file', `${name}: values.${i}.from ${value.from} stands after ${before.from}`, {
        file: name,
      });
    if (value.until && value.from && value.until < value.from)
      throw new AppError('rules.bad-file', `${name}: values.${i}.until lies before from`, { file: name });
  }
}

export interface LoadOptions {
  /** The rulebook of the program when not given. */
  readonly folder?: string;
  /** Folder of the operator's own values; may be absent. */
  readonly overlay?: string;
}

/** What the files of one folder say. */
interface Parts {
  readonly parameters: Map<string, Parameter>;
  readonly instruments: Map<string, Instrument>;
  readonly tables: Map<string, Table>;
  readonly calendars: Map<number, CalendarYear>;
  readonly units: RulebookParts['units'];
  readonly coverage: RulebookParts['coverage'];
  readonly firmness: RulebookParts['firmness'];
}

/**
 * Loads a rulebook and, over it, an operator's overlay: files of the same shape that add parameters, instruments and
 * calendars or add values to a parameter. Values of an overlay say who set them and why, and are marked in every trace.
 * @throws AppError `rules.bad-file` naming file, place and reason
 */
export function loadRulebook(options: LoadOptions = {}): Rulebook {
  const root = options.folder ?? rulebookFolder();
  const parts = (options.folder === undefined && readCompiled(root)) || readParts(root);
  if (options.overlay) overlay(options.overlay, parts);
  return new Rulebook({ ...parts, calendars: [...parts.calendars.values()] });
}

/** Reads the files of a rulebook. */
export function readParts(root: string): Parts {
  const parameters = new Map<string, Parameter>();
  const instruments = new Map<string, Instrument>();
  const tables = new Map<string, Table>();
  const calendars = new Map<number, CalendarYear>();
  const seen = new Map<string, string>();
  const units = read(root, join(root, 'units.yaml'), unitsShape);
  const coverage = existsSync(join(root, 'coverage.yaml'))
    ? read(root, join(root, 'coverage.yaml'), coverageShape)
    : [];
  const firmness = read(root, join(root, 'firmness.yaml'), firmnessShape);

  const sameName = (file: string, id: string) => {
    if (baseName(file) !== id)
      throw new AppError('rules.bad-file', `${relative(root, file)}: the file is not named after its id ${id}`, {
        file,
      });
  };
  for (const file of yamlFiles(join(root, 'instruments'))) {
    const instrument = read(root, file, instrumentShape);
    sameName(file, instrument.id);
    instruments.set(instrument.id, instrument);
  }
  for (const file of yamlFiles(join(root, 'parameters'))) {
    const name = relative(root, file);
    const parameter = read(root, file, parameterShape);
    sameName(file, parameter.id);
    claim(seen, parameter.id, name);
    sorted(parameter.values, name);
    parameters.set(parameter.id, { ...parameter, place: placeOf(root, file), file: name });
  }
  for (const file of yamlFiles(join(root, 'tables'))) {
    const table = read(root, file, tableShape);
    sameName(file, table.id);
    claim(seen, table.id, relative(root, file));
    tables.set(table.id, { ...table, file: relative(root, file) });
  }
  for (const file of yamlFiles(join(root, 'calendars'))) {
    const year = read(root, file, calendarShape);
    checkYear(year, relative(root, file));
    calendars.set(year.year, year);
  }
  return { parameters, instruments, tables, calendars, units, coverage, firmness };
}

/** The rulebook as one file, made when the program is built: reading 300 YAML files takes a second, this a few ms. */
export const COMPILED = 'rulebook.json';

/** Changes whenever a file of the rulebook does. */
export function stampOf(root: string): string {
  const hash = createHash('sha256');
  for (const file of yamlFiles(root)) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)}|${size}|${Math.round(mtimeMs)}\n`);
  }
  return hash.digest('hex');
}

/** The compiled rulebook, unless the program runs from its sources or a file has changed since. */
function readCompiled(root: string): Parts | undefined {
  const file = join(dirname(root), 'dist', COMPILED);
  if (import.meta.url.endsWith('.ts') || !existsSync(file)) return undefined;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { stamp: string } & Record<string, unknown>;
  if (kept.stamp !== stampOf(root)) return undefined;
  const byId = <T extends { id: string }>(list: unknown) => new Map((list as T[]).map((one) => [one.id, one]));
  return {
    ...(kept as unknown as Parts),
    parameters: byId<Parameter>(kept.parameters),
    instruments: byId<Instrument>(kept.instruments),
    tables: byId<Table>(kept.tables),
    calendars: new Map((kept.calendars as CalendarYear[]).map((year) => [year.year, year])),
  };
}

function placeOf(root: string, file: string): string {
  return relative(join(root, 'parameters'), dirname(file)).replaceAll('\\', '/');
}

/** A calendar holds days of its own year (a make-up day of late December may be set by the next notice). */
export function checkYear(year: CalendarYear, name: string): void {
  const off = Object.values(year.off).flat();
  const seen = new Set<string>();
  for (const d of [...off, ...year.makeUp]) {
    if (Number(d.slice(0, 4)) !== year.year)
      throw new AppError('rules.bad-file', `${name}: ${d} is not a day of ${year.year}`, { file: name });
    if (seen.has(d)) throw new AppError('rules.bad-file', `${name}: ${d} stands twice`, { file: name });
    seen.add(d);
  }
  for (const d of year.makeUp)
    if (new Date(`${d}T00:00:00Z`).getUTCDay() % 6 !== 0)
      throw new AppError('rules.bad-file', `${name}: the make-up day ${d} is no Saturday or Sunday`, { file: name });
}

/** Units of values that were not found: a number under them means nothing. */
const NO_AMOUNT = new Set(['not-found', 'set-by-notice', 'rule']);

function overlay(root: string, into: Parts): void {
  for (const file of yamlFiles(join(root, 'instruments'))) {
    const instrument = read(root, file, instrumentShape.required({ by: true, why: true }));
    into.instruments.set(instrument.id, instrument);
  }
  for (const file of yamlFiles(join(root, 'parameters'))) {
    const name = `overlay ${relative(root, file)}`;
    const known = into.parameters.get(baseName(file));
    if (!known) {
      const parameter = read(root, file, parameterShape);
      for (const value of parameter.values)
        if (!value.by || !value.why)
          throw new AppError('rules.bad-file', `${name}: a value of an overlay says who set it and why (by, why)`, {
            file: name,
          });
      sorted(parameter.values, name);
      const values = parameter.values.map((value) => ({ ...value, overlay: true as const }));
      into.parameters.set(parameter.id, { ...parameter, values, place: placeOf(root, file), file: name });
      continue;
    }
    const { values, unit } = read(root, file, overlayShape);
    if (
      unit !== undefined &&
      (known.values.some((value) => value.value !== null) || !into.units.some((u) => u.id === unit))
    )
      throw new AppError(
        'rules.bad-file',
        `${name}: unit: ${unit} is unknown, or the rulebook has a number in its own unit`,
        {
          file: name,
        },
      );
    const shown = unit ?? known.unit;
    if (values.some((value) => typeof value.value === 'number') && NO_AMOUNT.has(shown))
      throw new AppError(
        'rules.bad-file',
        `${name}: the rulebook names no unit for ${known.id}; give one above the values, such as unit: workday`,
        { file: name },
      );
    const added = values.map((value) => ({ ...value, overlay: true as const }));
    sorted(added, name);
    const merged = [...known.values, ...added];
    merged.sort((a, b) => (a.from ?? '').localeCompare(b.from ?? '') || a.recorded.localeCompare(b.recorded));
    into.parameters.set(known.id, { ...known, unit: unit ?? known.unit, values: merged });
  }
  for (const file of yamlFiles(join(root, 'calendars'))) {
    const year = read(root, file, calendarShape.required({ by: true, why: true }));
    checkYear(year, relative(root, file));
    into.calendars.set(year.year, { ...year, overlay: true });
  }
}
