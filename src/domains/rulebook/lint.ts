import type { LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import type { Firmness, Source } from '../../rules/shapes.ts';
import { LIMITS_BESIDE, limitUsers, PROCEDURES } from '../clocks/index.ts';
import type { ReadingOnly } from './reading-only.ts';
import { VALUES_OF_DUTIES } from './who-uses.ts';
import { firmnessRank } from './words.ts';

/** One fault of the rulebook: where, and what is wrong. */
export interface LintFault {
  readonly place: string;
  readonly reason: string;
}

/** Keys of a row that are not cells. */
const ROW_KEYS = new Set(['id', 'from', 'until', 'firmness', 'sources', 'facts', 'note']);

/**
 * Faults that the shapes of the files cannot show: units, instruments and ids that do not exist or are used by nobody,
 * values firmer than their best source, dates that contradict each other or lie after `today`.
 */
export function lintRulebook(rulebook: Rulebook, readingOnly: ReadingOnly, today: LocalDate): readonly LintFault[] {
  const faults: LintFault[] = [];
  const cited = new Set<string>();
  const fault = (place: string, reason: string) => faults.push({ place, reason });
  const cite = (place: string, instrument: string) => {
    cited.add(instrument);
    if (!rulebook.instruments.has(instrument)) fault(place, `the instrument ${instrument} is not defined`);
  };
  const resting = (place: string, firmness: Firmness, sources: readonly Source[]) => {
    for (const { instrument } of sources) cite(place, instrument);
    const best = Math.min(...sources.map((source) => firmnessRank(source.firmness)));
    if (sources.length === 0 && firmness !== 'missing') fault(place, 'names no source');
    if (sources.length > 0 && firmnessRank(firmness) < best)
      fault(place, `is ${firmness}, firmer than its best source`);
  };

  for (const parameter of rulebook.parameters.values()) {
    const { file } = parameter;
    if (!rulebook.units.has(parameter.unit)) fault(file, `the unit ${parameter.unit} is not defined`);
    if ((parameter.kind === 'obligation') !== (parameter.duty !== undefined))
      fault(file, 'a parameter has `duty` when, and only when, it is an obligation');
    if ((parameter.kind === 'promise') !== (parameter.promise !== undefined))
      fault(file, 'a parameter has `promise` when, and only when, it is a promise');
    const of = parameter.promise?.of;
    if (of != null && !rulebook.parameters.has(of))
      fault(file, `the promise stands beside ${of}, which is not defined`);
    for (const procedure of parameter.promise?.procedures ?? [])
      if (!(PROCEDURES as readonly string[]).includes(procedure))
        fault(file, `the procedure ${procedure} does not exist`);
    if (parameter.promise && !parameter.place.startsWith(`cn-${parameter.promise.province}/`))
      fault(file, `a promise of ${parameter.promise.province} stands under ${parameter.place}`);
    for (const [i, value] of parameter.values.entries()) {
      const place = `${file} values.${i}`;
      resting(place, value.firmness, value.sources);
      if ((value.value === null) !== (value.firmness === 'missing'))
        fault(place, 'a value is null when, and only when, it is missing');
      if (value.recorded > today) fault(place, `recorded on ${value.recorded}, after today`);
      const starts = value.sources.map(({ instrument }) => rulebook.instruments.get(instrument)?.from);
      if (value.from !== null && starts.every((start) => start != null && start > (value.from as string)))
        fault(place, `in force from ${value.from}, before any instrument it rests on`);
    }
  }

  for (const table of rulebook.tables.values()) {
    const columns = new Set(table.columns.map(({ id }) => id));
    for (const { id, unit } of table.columns)
      if (unit !== null && !rulebook.units.has(unit)) fault(`${table.file} ${id}`, `the unit ${unit} is not defined`);
    const ids = new Set<string>();
    for (const row of table.rows) {
      const place = `${table.file} ${row.id}`;
      if (ids.has(row.id)) fault(place, 'the row stands twice');
      ids.add(row.id);
      resting(place, row.firmness, row.sources);
      for (const key of Object.keys(row))
        if (!ROW_KEYS.has(key) && !columns.has(key)) fault(place, `the cell ${key} has no column`);
      if (row.from && row.until && row.until < row.from) fault(place, 'until lies before from');
    }
  }

  for (const instrument of rulebook.instruments.values()) {
    const place = `instruments/${instrument.id}.yaml`;
    for (const other of [
      ...instrument.amends,
      ...instrument.replaces,
      ...instrument.amendedBy.map((one) => one.instrument),
    ])
      cite(place, other);
    if (instrument.from && instrument.until && instrument.until < instrument.from)
      fault(place, 'until lies before from');
    if (instrument.from && instrument.published && instrument.published > instrument.from)
      fault(place, `published on ${instrument.published}, after it came into force`);
    if (instrument.recorded > today) fault(place, `recorded on ${instrument.recorded}, after today`);
  }
  for (const { year, recorded } of rulebook.calendars)
    if (recorded > today) fault(`calendars/cn/${year}.yaml`, `recorded on ${recorded}, after today`);

  for (const { id } of rulebook.instruments.values()) {
    const listed = readingOnly.instruments.has(id);
    if (!cited.has(id) && !listed) fault(`instruments/${id}.yaml`, 'nothing rests on this instrument');
    if (cited.has(id) && listed) fault('reading-only.yaml', `the instrument ${id} is in use`);
  }
  for (const id of readingOnly.instruments.keys())
    if (!rulebook.instruments.has(id)) fault('reading-only.yaml', `the instrument ${id} is not defined`);
  return [...faults, ...usageFaults(rulebook, readingOnly)];
}

/** A parameter is read by a procedure, is a duty or a promise, or is on the reviewed list of values for reading. */
function usageFaults(rulebook: Rulebook, readingOnly: ReadingOnly): readonly LintFault[] {
  const users = limitUsers();
  const used = (id: string) => users.has(id) || LIMITS_BESIDE.includes(id) || id in VALUES_OF_DUTIES;
  const faults: LintFault[] = [];
  for (const id of [...users.keys(), ...LIMITS_BESIDE, ...Object.entries(VALUES_OF_DUTIES).flat()])
    if (!rulebook.parameters.has(id))
      faults.push({
        place: `users ${(users.get(id) ?? []).join(', ')}`.trim(),
        reason: `the parameter ${id} is not defined`,
      });
  for (const { id, kind, file, values } of rulebook.parameters.values()) {
    // what an operator adds of his own is his affair
    if (values.every((value) => value.overlay)) continue;
    const listed = readingOnly.parameters.has(id);
    const inUse = used(id) || kind === 'obligation' || kind === 'promise';
    if (!inUse && !listed)
      faults.push({ place: file, reason: 'no procedure or duty uses it and reading-only.yaml does not list it' });
    if (inUse && listed) faults.push({ place: 'reading-only.yaml', reason: `the parameter ${id} is in use` });
  }
  for (const id of readingOnly.parameters.keys())
    if (!rulebook.parameters.has(id))
      faults.push({ place: 'reading-only.yaml', reason: `the parameter ${id} is not defined` });
  return faults;
}
