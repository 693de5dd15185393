import { Button } from 'antd';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useHotkey } from '../../frame/hotkeys.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import { parts } from '../messages.ts';
import type { Column, ColumnChoice } from './columns.ts';
import { HeaderCell } from './header-cell.tsx';

interface Props<T> {
  /** Says what the table holds. */
  readonly caption: string;
  readonly columns: ColumnChoice<T>;
  readonly rows: readonly T[];
  rowKey(row: T, index: number): string;
  /** Enter or double click on a row. */
  onOpen?: ((row: T, index: number) => void) | undefined;
  readonly currentKey?: string | undefined;
  readonly sort?: string | undefined;
  onSort?: ((sort: string | undefined) => void) | undefined;
  readonly hasMore?: boolean;
  readonly loadingMore?: boolean;
  onMore?: (() => void) | undefined;
  /** On a phone: rows as cards, or a table that scrolls sideways. */
  readonly narrow?: 'cards' | 'scroll';
  /** False: as high as its rows, without an inner scroll. */
  readonly tall?: boolean;
}

const OVERSCAN = 12;
const VIRTUAL_FROM = 120;
const phone = window.matchMedia('(max-width: 720px)');

/** Rows of one height in a real table; only those near the window are in the document when there are many. */
export function DataTable<T>(props: Props<T>) {
  const { columns, rows, rowKey, onOpen, onMore, hasMore, loadingMore } = props;
  const t = useText(parts);
  const { compact } = usePreferences();
  const box = useRef<HTMLElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(-1);
  const [view, setView] = useState({ top: 0, height: 800 });
  const wanted = useRef(-1);
  const tall = props.tall ?? true;
  const height = compact ? 28 : 36;
  const cards = props.narrow !== 'scroll' && phone.matches;
  const virtual = tall && !cards && rows.length > VIRTUAL_FROM;
  const first = virtual ? Math.max(0, Math.floor(view.top / height) - OVERSCAN) : 0;
  const last = virtual ? Math.min(rows.length, Math.ceil((view.top + view.height) / height) + OVERSCAN) : rows.length;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const read = () => setView({ top: element.scrollTop, height: element.clientHeight });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener('scroll', read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', read);
    };
  }, []);

  // the next page is fetched before the last row comes into view
  useEffect(() => {
    if (
      tall &&
      !cards &&
      hasMore &&
      !loadingMore &&
      rows.length > 0 &&
      (view.top + view.height) / height > rows.length - 20 &&
      view.top > 0
    )
      onMore?.();
  }, [tall, cards, hasMore, loadingMore, rows.length, view, height, onMore]);

  const focusRow = useCallback(
    (index: number) => {
      const target = Math.min(Math.max(index, 0), rows.length - 1);
      if (target < 0) return;
      setActive(target);
      wanted.current = target;
      const element = box.current;
      if (!element || !tall) return;
      const top = target * height;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + 2 * height > element.scrollTop + element.clientHeight)
        element.scrollTop = top + 2 * height - element.clientHeight;
    },
    [rows.length, height, tall],
  );
  useLayoutEffect(() => {
    if (wanted.current < 0) return;
    const row = body.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"]`);
    if (!row) return;
    row.focus({ preventScroll: tall });
    wanted.current = -1;
  });
  useHotkey('j', () => focusRow(active + 1));
  useHotkey('k', () => focusRow(active < 0 ? 0 : active - 1));

  const width = columns.shown.reduce((sum, column) => sum + columns.widthOf(column), 0);
  const span = columns.shown.length;
  const spacer = (count: number) =>
    count > 0 && (
      <tr className="spacer">
        <td colSpan={span}>
          <svg width="1" height={count * height} aria-hidden="true" />
        </td>
      </tr>
    );

  return (
    <section
      ref={box}
      tabIndex={tall ? 0 : undefined}
      aria-label={props.caption}
      className={`table-box${tall ? ' table-box-tall' : ''}${props.narrow === 'scroll' ? '' : ' table-box-cards'}${rows.length > VIRTUAL_FROM ? ' table-box-many' : ''}`}
    >
      <table
        className={compact ? 'data-table data-table-compact' : 'data-table'}
        width={width}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
      >
        <caption className="visually-hidden">{props.caption}</caption>
        <colgroup>
          {columns.shown.map((column) => (
            <col key={column.key} width={columns.widthOf(column)} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.shown.map((column) => (
              <HeaderCell
                key={column.key}
                column={column}
                width={columns.widthOf(column)}
                sort={props.sort}
                onSort={props.onSort}
                onResize={(next) => columns.resize(column.key, next)}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {spacer(first)}
          {rows.slice(first, last).map((row, offset) => {
            const index = first + offset;
            const key = rowKey(row, index);
            return (
              <tr
                key={key}
                data-index={index}
                tabIndex={-1}
                aria-rowindex={index + 2}
                aria-current={key === props.currentKey ? 'true' : undefined}
                className={key === props.currentKey ? 'current' : undefined}
                onFocus={() => setActive(index)}
                onDoubleClick={() => onOpen?.(row, index)}
                onKeyDown={(event) => {
                  if (event.target !== event.currentTarget) return;
                  if (event.key === 'Enter') onOpen?.(row, index);
                  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
                  if (step !== 0) {
                    event.preventDefault();
                    focusRow(index + step);
                  }
                }}
              >
                {columns.shown.map((column: Column<T>) => (
                  <td key={column.key} className={column.numeric ? 'num' : undefined} data-label={column.title}>
                    {column.render(row, index)}
                  </td>
                ))}
              </tr>
            );
          })}
          {spacer(rows.length - last)}
        </tbody>
      </table>
      {onMore && rows.length > 0 && (
        <div className="table-more">
          <span>{hasMore ? t('loaded', { n: rows.length }) : t('atEnd')}</span>
          {hasMore && (
            <Button size="small" loading={loadingMore === true} onClick={onMore}>
              {t('loadMore')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
