import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  /** First width in px. */
  readonly width: number;
  /** Name of the order the server knows for this column, and whether it rises or falls. */
  readonly sort?: string;
  readonly falling?: boolean;
  readonly numeric?: boolean;
  /** Shown only when chosen. */
  readonly extra?: boolean;
  /** Cannot be hidden. */
  readonly always?: boolean;
  render(row: T, index: number): ReactNode;
}

interface Choice {
  readonly hidden: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
}

const MIN_WIDTH = 56;

function load(table: string, columns: readonly Column<never>[]): Choice {
  const fallback = { hidden: columns.filter((column) => column.extra).map((column) => column.key), widths: {} };
  try {
    const stored = localStorage.getItem(`xiedang.table.${table}`);
    return stored ? { ...fallback, ...(JSON.parse(stored) as Partial<Choice>) } : fallback;
  } catch {
    return fallback;
  }
}

/** Which columns a person keeps in a table and how wide; remembered in this browser. */
export function useColumns<T>(table: string, columns: readonly Column<T>[]) {
  const [choice, setChoice] = useState<Choice>(() => load(table, columns as readonly Column<never>[]));
  useEffect(() => {
    try {
      localStorage.setItem(`xiedang.table.${table}`, JSON.stringify(choice));
    } catch {
      // a browser without storage forgets the choice, nothing more
    }
  }, [table, choice]);

  const shown = useMemo(
    () => columns.filter((column) => column.always || !choice.hidden.includes(column.key)),
    [columns, choice.hidden],
  );
  const widthOf = useCallback((column: Column<T>) => choice.widths[column.key] ?? column.width, [choice.widths]);
  const resize = useCallback(
    (key: string, width: number) =>
      setChoice((before) => ({
        ...before,
        widths: { ...before.widths, [key]: Math.max(MIN_WIDTH, Math.round(width)) },
      })),
    [],
  );
  const show = useCallback(
    (key: string, visible: boolean) =>
      setChoice((before) => ({
        ...before,
        hidden: visible ? before.hidden.filter((other) => other !== key) : [...before.hidden, key],
      })),
    [],
  );
  const reset = useCallback(
    () => setChoice({ hidden: columns.filter((column) => column.extra).map((column) => column.key), widths: {} }),
    [columns],
  );
  return { all: columns, shown, hidden: choice.hidden, widthOf, resize, show, reset };
}

export type ColumnChoice<T> = ReturnType<typeof useColumns<T>>;
