import { createHash } from 'node:crypto';
import { AppError } from '../../kernel/app-error.ts';
import type { RowPlace } from './store.ts';
import type { DeviceQuery, DeviceSort, Total } from './types.ts';

/**
 * Where a list of devices goes on. It carries the two times of the first page, so that imports and midnight do not
 * move what follows, the total, and the products that were ranked best, because the ranking itself may change.
 */
export interface Cursor {
  /** Fingerprint of question and order: a cursor goes on only where it came from. */
  readonly h: string;
  readonly asOf: string;
  readonly knownAt: string;
  readonly total: Total;
  /** Best products as `shelf:id`, in order. */
  readonly top: readonly string[];
  readonly place: Place;
  /** What was searched because the question found nothing: 'near' = one character wrong, else these names. */
  readonly instead: Instead | null;
}

export type Instead = 'near' | readonly string[];

export type Place =
  /** Along a path of codes. */
  | { readonly stage: 'code'; readonly path: number; readonly after: RowPlace | null }
  /** In the best products: index of the product, version last shown of it. */
  | { readonly stage: 'top'; readonly index: number; readonly version: string | null }
  /** In the other products: the last product shown, version last shown of it; null product = at the beginning. */
  | {
      readonly stage: 'rest';
      readonly product: { readonly shelf: number; readonly id: string; readonly tier: number } | null;
      readonly version: string | null;
    }
  /** In a list ordered by its own values. */
  | { readonly stage: 'sorted'; readonly after: RowPlace | null };

/** Fingerprint of what a cursor belongs to. */
export function questionMark(query: DeviceQuery, sort: DeviceSort): string {
  const entries = Object.entries({ ...query, sort })
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 10);
}

const base36 = (decimal: string): string => BigInt(decimal).toString(36);
function decimal(text: string): string {
  const negative = text.startsWith('-');
  let value = 0n;
  for (const char of negative ? text.slice(1) : text) value = value * 36n + BigInt(Number.parseInt(char, 36));
  return String(negative ? -value : value);
}

/** The cursor as a text callers hand back unread. */
export function writeCursor(cursor: Cursor): string {
  const top = cursor.top.map((key) => {
    const [shelf, id] = key.split(':') as [string, string];
    return `${shelf}${base36(id)}`;
  });
  const body = [
    1,
    cursor.h,
    cursor.asOf,
    cursor.knownAt,
    cursor.total.value,
    cursor.total.relation === 'exact' ? 1 : 0,
    top.join(' '),
    cursor.place,
    cursor.instead,
  ];
  return Buffer.from(JSON.stringify(body)).toString('base64url');
}

/** Reads a cursor of this question. Throws `list.bad-cursor`. */
export function readCursor(text: string, h: string): Cursor {
  const refuse = (why: string): AppError =>
    new AppError('list.bad-cursor', `游标无效：${why}。请从第一页重新查询。`, {});
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw refuse('无法读取');
  }
  if (!Array.isArray(body) || body[0] !== 1 || body.length !== 9) throw refuse('无法读取');
  const [, mark, asOf, knownAt, value, exact, top, place, instead] = body as [
    number,
    string,
    string,
    string,
    number,
    number,
    string,
    Place,
    Instead | null,
  ];
  if (mark !== h) throw refuse('它属于另一个查询');
  if (
    typeof asOf !== 'string' ||
    typeof knownAt !== 'string' ||
    typeof value !== 'number' ||
    typeof top !== 'string' ||
    !isPlace(place) ||
    !(instead === null || instead === 'near' || (Array.isArray(instead) && instead.every(isName))) ||
    !/^(\d-?[0-9a-z]{1,14}( |$))*$/.test(top)
  )
    throw refuse('无法读取');
  return {
    h,
    asOf,
    knownAt,
    total: { value, relation: exact === 1 ? 'exact' : 'estimate' },
    top: top === '' ? [] : top.split(' ').map((key) => `${key[0]}:${decimal(key.slice(1))}`),
    place,
    instead,
  };
}

const isName = (value: unknown): boolean => typeof value === 'string' && value.length <= 200;
const DIGITS = /^-?\d{1,19}$/;
const isVersion = (value: unknown): boolean => value === null || (typeof value === 'string' && DIGITS.test(value));
function isRowPlace(value: unknown): boolean {
  if (value === null) return true;
  const place = value as Partial<RowPlace>;
  return typeof place === 'object' && typeof place.key === 'string' && isVersion(place.version);
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false;
  const place = value as Record<string, unknown>;
  if (place.stage === 'code') return Number.isInteger(place.path) && isRowPlace(place.after ?? null);
  if (place.stage === 'top') return Number.isInteger(place.index) && isVersion(place.version ?? null);
  if (place.stage === 'sorted') return isRowPlace(place.after ?? null);
  if (place.stage !== 'rest' || !isVersion(place.version ?? null)) return false;
  if (place.product === null) return true;
  const product = place.product as Record<string, unknown>;
  return (
    typeof product === 'object' &&
    Number.isInteger(product.shelf) &&
    Number.isInteger(product.tier) &&
    typeof product.id === 'string' &&
    DIGITS.test(product.id)
  );
}
