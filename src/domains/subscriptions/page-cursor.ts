import type { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';

/** The place a page ended at, as it is handed out. */
export function writeCursor(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws AppError `list.bad-cursor` */
export function readCursor<T extends z.ZodType>(cursor: string | undefined, shape: T): z.infer<T> | null {
  if (cursor === undefined) return null;
  try {
    const read = shape.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (read.success) return read.data;
  } catch {
    // said below
  }
  throw new AppError('list.bad-cursor', '游标无效，请从第一页重新开始', {});
}
