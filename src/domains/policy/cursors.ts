import { AppError } from '../../kernel/app-error.ts';

/** Where a page ends, in a form that is handed back as it is. */
export function writeCursor(value: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** @throws AppError `list.bad-cursor` */
export function readCursor(cursor: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // said below
  }
  throw badCursor();
}

export const badCursor = () => new AppError('list.bad-cursor', '游标无效，请从第一页重新查询');

/** Place in a list that is read again for every page: the same library gives the same order. */
export function offsetOf(cursor: string | undefined, most: number): number {
  if (cursor === undefined) return 0;
  const { offset } = readCursor(cursor);
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < 0 || offset > most) throw badCursor();
  return offset;
}
