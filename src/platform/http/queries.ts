import { z } from 'zod';

const blank = (value: unknown): unknown => (value === '' ? undefined : value);

/** A query parameter that may be left out; empty counts as left out. */
export function optional<T extends z.ZodType>(type: T) {
  return z.preprocess(blank, type.optional());
}

/** `true`/`1` and `false`/`0`. */
export const Flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');

/** The two times every read takes. */
export const Times = z.object({
  asOf: optional(z.string().max(40)).describe('有效日期 YYYY-MM-DD，缺省为今天（Asia/Shanghai）/ legal day'),
  knownAt: optional(z.string().max(40)).describe('已知时间：ISO 时刻或日期，缺省为现在 / known instant or day'),
});

/** Paging of lists. */
export const Paging = z.object({
  limit: optional(z.coerce.number().int().min(1).max(5000)).describe('每页条数，缺省 50，最多 5000'),
  cursor: optional(z.string().max(6000)).describe('上一页的 next，原样交回 / next of the page before'),
});

export const DEFAULT_LIMIT = 50;

/** The problem every route may answer with. */
export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    code: z.string(),
    detail: z.string(),
    instance: z.string().optional(),
  })
  .describe('RFC 9457 problem');

/** The answers of a route that may be refused. */
export function answers<T extends z.ZodType>(ok: T) {
  return { 200: ok, '4xx': ProblemSchema };
}
