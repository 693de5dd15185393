import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { answers, DEFAULT_LIMIT, optional, Paging } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import type { PolicyFilter, ShownRow } from './library.ts';
import { MOST_CANDIDATES, searchPolicies } from './search-policies.ts';
import { copiesOf, countPolicies, listPolicies, policyLibrary, policyVersions, shownRows } from './store.pg.ts';

const Answer = z.looseObject({});

const Query = Paging.extend({
  q: optional(z.string().trim().max(500)).describe('词语、文号或标准号，中文或英文 / words, number or standard'),
  kind: optional(z.string().trim().max(60)).describe('文件种类 / kind of document'),
  issuer: optional(z.string().trim().max(100)).describe('发文机关名称或其一部分 / name of an issuer, or part of it'),
  year: optional(z.coerce.number().int().min(1949).max(2999)).describe('成文或发布年份 / year of issue'),
});

function shown(row: ShownRow): Record<string, unknown> {
  return {
    id: row.id,
    key: row.key,
    title: row.title,
    language: row.language,
    stub: row.stub,
    kind: row.kind,
    issuers: row.issuers,
    year: row.year,
    number: row.number,
    url: row.url,
    recordedAt: row.recorded_at,
  };
}

/** Search and reading of the policies that were taken in. */
export function policyRoutes(app: HttpServer, options: { readonly sql: Sql }): void {
  const { sql } = options;
  const tags = ['政策 Policies'];
  const library = policyLibrary(sql);

  app.get(
    '/policies',
    {
      schema: {
        tags,
        summary: '检索政策全文 / search full texts; without q the latest first',
        querystring: Query,
        response: answers(
          z.object({
            items: z.array(Answer),
            next: z.string().nullable(),
            total: z.object({ value: z.number(), relation: z.enum(['exact', 'estimate']) }),
            instead: z.string().nullish(),
          }),
        ),
      },
    },
    async (request) => {
      const { q, kind = null, issuer = null, year = null, limit = DEFAULT_LIMIT, cursor } = request.query;
      const filter: PolicyFilter = { kind, issuer, year };
      if (q) {
        const offset = offsetOf(cursor);
        const answer = await searchPolicies(library, q, { filter, offset, limit });
        return {
          items: answer.hits.map(({ document, score, snippet, copies }) => ({
            ...shown(document),
            score: Math.round(score * 1000) / 1000,
            snippet,
            copies,
          })),
          next: answer.more ? writeCursor({ offset: offset + limit }) : null,
          total: answer.total,
          instead: answer.instead,
        };
      }
      const rows = await listPolicies(sql, filter, placeOf(cursor), limit + 1);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(shown),
        next: rows.length > limit && last ? writeCursor({ at: last.recorded_at, id: last.id }) : null,
        total: { value: await countPolicies(sql, filter), relation: 'exact' as const },
      };
    },
  );

  app.get(
    '/policies/:id',
    {
      schema: {
        tags,
        summary: '政策正文、历次版本与副本 / text, versions and copies',
        params: z.object({ id: z.uuid() }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { id } = request.params;
      const row = (await shownRows(sql, [id])).get(id);
      if (!row) throw new AppError('policy.not-found', 'there is no such policy', { id });
      const versions = await policyVersions(sql, id);
      const copies = await copiesOf(sql, id);
      return {
        ...shown(row),
        text: versions[0]?.text ?? '',
        versions: versions.map((version) => ({
          id: version.id,
          hash: version.content_hash,
          title: version.title,
          number: version.number,
          url: version.url,
          file: version.source_file,
          line: version.source_line,
          actor: version.actor,
          recordedAt: version.recorded_at,
        })),
        copies,
      };
    },
  );
}

function writeCursor(value: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function readCursor(cursor: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // said below
  }
  throw badCursor();
}

const badCursor = () => new AppError('list.bad-cursor', '游标无效，请从第一页重新查询');

/** Place in a ranked list, which is read again for every page: the same library gives the same order. */
function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const { offset } = readCursor(cursor);
  if (typeof offset !== 'number' || !Number.isInteger(offset) || offset < 0 || offset > MOST_CANDIDATES)
    throw badCursor();
  return offset;
}

function placeOf(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null;
  const place = z.object({ at: z.iso.datetime(), id: z.uuid() }).safeParse(readCursor(cursor));
  if (!place.success) throw badCursor();
  return place.data;
}
