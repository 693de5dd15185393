import { type PointerEvent, useRef } from 'react';
import { useText } from '../../i18n/text.ts';
import { parts } from '../messages.ts';
import type { Column } from './columns.ts';

interface Props<T> {
  readonly column: Column<T>;
  readonly width: number;
  /** The order of the list. */
  readonly sort: string | undefined;
  /** A second press gives the order up again. */
  onSort?: ((sort: string | undefined) => void) | undefined;
  onResize(width: number): void;
}

export function HeaderCell<T>({ column, width, sort, onSort, onResize }: Props<T>) {
  const t = useText(parts);
  const drag = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const sorted = column.sort !== undefined && sort === column.sort;
  const move = (event: PointerEvent) => {
    if (drag.current) onResize(drag.current.width + event.clientX - drag.current.x);
  };
  return (
    <th
      scope="col"
      className={column.numeric ? 'num' : undefined}
      aria-sort={sorted ? (column.falling ? 'descending' : 'ascending') : undefined}
    >
      {column.sort !== undefined && onSort ? (
        <button
          type="button"
          className="sort-button"
          title={t('sortBy', { column: column.title })}
          onClick={() => onSort(sorted ? undefined : column.sort)}
        >
          {column.title}
          <span aria-hidden="true">{sorted ? (column.falling ? '↓' : '↑') : ''}</span>
        </button>
      ) : (
        column.title
      )}
      <button
        type="button"
        className="resizer"
        aria-label={t('width', { column: column.title })}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: event.clientX, width };
        }}
        onPointerMove={move}
        onPointerUp={() => {
          drag.current = null;
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0;
          if (step === 0) return;
          event.preventDefault();
          onResize(width + step);
        }}
      />
    </th>
  );
}
