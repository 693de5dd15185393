import type { Rulebook } from '../../rules/rulebook.ts';
import type { DatedValue, Parameter } from '../../rules/shapes.ts';
import type { Pair } from './words.ts';

/** One difference between two rulebooks. `place` names the dated value, row or year. */
export interface Difference {
  readonly type: 'parameter' | 'value' | 'table' | 'row' | 'instrument' | 'calendar';
  readonly id: string;
  readonly title: Pair;
  readonly change: 'added' | 'removed' | 'changed';
  readonly place: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** Everything in which two rulebooks differ, parameters first. */
export function compareRulebooks(a: Rulebook, b: Rulebook): readonly Difference[] {
  const differences: Difference[] = [];
  each(a.parameters, b.parameters, (id, before, after) => {
    const title = (after ?? before)?.title as Pair;
    if (!before || !after) {
      differences.push({
        type: 'parameter',
        id,
        title,
        change: after ? 'added' : 'removed',
        place: null,
        before: valuesOf(before),
        after: valuesOf(after),
      });
      return;
    }
    const { values: _v, file: _f, facts: _facts, ...plainBefore } = before;
    const { values: _w, file: _g, facts: _gacts, ...plainAfter } = after;
    if (!equal(plainBefore, plainAfter))
      differences.push({
        type: 'parameter',
        id,
        title,
        change: 'changed',
        place: null,
        before: onlyDiffering(plainBefore, plainAfter),
        after: onlyDiffering(plainAfter, plainBefore),
      });
    each(byStart(before.values), byStart(after.values), (start, one, other) => {
      if (equal(one, other)) return;
      differences.push({
        type: 'value',
        id,
        title,
        change: !one ? 'added' : !other ? 'removed' : 'changed',
        place: start,
        before: one ?? null,
        after: other ?? null,
      });
    });
  });
  each(a.tables, b.tables, (id, before, after) => {
    const title = (after ?? before)?.title as Pair;
    if (!before || !after) {
      differences.push({
        type: 'table',
        id,
        title,
        change: after ? 'added' : 'removed',
        place: null,
        before: before?.rows.length ?? null,
        after: after?.rows.length ?? null,
      });
      return;
    }
    if (!equal([before.title, before.columns], [after.title, after.columns]))
      differences.push({
        type: 'table',
        id,
        title,
        change: 'changed',
        place: 'columns',
        before: before.columns,
        after: after.columns,
      });
    const rows = (table: typeof before) => new Map(table.rows.map((row) => [row.id, row]));
    each(rows(before), rows(after), (row, one, other) => {
      if (!equal(one, other))
        differences.push({
          type: 'row',
          id,
          title,
          change: !one ? 'added' : !other ? 'removed' : 'changed',
          place: row,
          before: one ?? null,
          after: other ?? null,
        });
    });
  });
  each(a.instruments, b.instruments, (id, before, after) => {
    if (!equal(before, after))
      differences.push({
        type: 'instrument',
        id,
        title: (after ?? before)?.title as Pair,
        change: !before ? 'added' : !after ? 'removed' : 'changed',
        place: null,
        before: before && after ? onlyDiffering(before, after) : (before?.number ?? null),
        after: before && after ? onlyDiffering(after, before) : (after?.number ?? null),
      });
  });
  const years = (rulebook: Rulebook) => new Map(rulebook.calendars.map((year) => [String(year.year), year]));
  each(years(a), years(b), (id, before, after) => {
    if (!equal(before && [before.off, before.makeUp], after && [after.off, after.makeUp]))
      differences.push({
        type: 'calendar',
        id,
        title: { zh: `${id} 年工作日历`, en: `calendar of ${id}` },
        change: !before ? 'added' : !after ? 'removed' : 'changed',
        place: id,
        before: before && { off: before.off, makeUp: before.makeUp },
        after: after && { off: after.off, makeUp: after.makeUp },
      });
  });
  return differences;
}

function each<T>(
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T>,
  tell: (id: string, before: T | undefined, after: T | undefined) => void,
): void {
  for (const id of [...new Set([...a.keys(), ...b.keys()])].sort()) tell(id, a.get(id), b.get(id));
}

/** Dated values by their start; a second one with the same start is told apart by the day it was recorded. */
function byStart(values: readonly DatedValue[]): ReadonlyMap<string, DatedValue> {
  const found = new Map<string, DatedValue>();
  for (const value of values) {
    const start = value.from ?? 'start not found';
    found.set(found.has(start) ? `${start}, recorded ${value.recorded}` : start, value);
  }
  return found;
}

function valuesOf(parameter: Parameter | undefined): unknown {
  return parameter?.values.map(({ from, value }) => ({ from, value })) ?? null;
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function onlyDiffering(own: object, other: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(own).filter(([key, value]) => !equal(value, (other as Record<string, unknown>)[key])),
  );
}
