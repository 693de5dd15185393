import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { type Clock, today } from '../../kernel/clock.ts';
import { answers, DEFAULT_LIMIT, optional, Paging } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { compareTexts } from './comparing/compare.ts';
import { offsetOf, writeCursor } from './cursors.ts';
import { citationGraph, unresolvedCites } from './graph.pg.ts';
import { policyVersions } from './store.pg.ts';

const Answer = z.looseObject({});
/** Characters of a text that is compared: it is done in the server itself, and nobody else shall wait for it. */
const LONGEST_COMPARED = 400_000;

/** Comparison of two texts, citations around an act, and citations that lead nowhere yet. */
export function policyDeskRoutes(app: HttpServer, options: { readonly sql: Sql; readonly clock: Clock }): void {
  const { sql } = options;
  const tags = ['政策 Policies'];

  app.get(
    '/policies/compare',
    {
      schema: {
        tags,
        summary: '两份文件或两个版本逐条比较 / two documents or versions compared by article',
        querystring: z.object({
          a: z.uuid().describe('前一份 / the earlier one'),
          b: z.uuid().describe('后一份 / the later one'),
          aVersion: optional(z.uuid()),
          bVersion: optional(z.uuid()),
        }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { a, b, aVersion, bVersion } = request.query;
      const before = await textOf(sql, a, aVersion);
      const after = await textOf(sql, b, bVersion);
      const { text: aText, ...aSide } = before;
      const { text: bText, ...bSide } = after;
      return { a: aSide, b: bSide, ...compared(aText, bText) };
    },
  );

  app.post(
    '/policies/compare',
    {
      config: { readOnly: true },
      schema: {
        tags,
        summary: '两段文本逐条比较，不保存 / two texts compared by article; nothing is kept',
        body: z.strictObject({ a: z.string().max(LONGEST_COMPARED), b: z.string().max(LONGEST_COMPARED) }),
        response: answers(Answer),
      },
    },
    async (request) => ({ a: null, b: null, ...compared(request.body.a, request.body.b) }),
  );

  app.get(
    '/policies/unresolved',
    {
      schema: {
        tags,
        summary: '尚未对应到文件的引用，按被引次数 / citations that lead to no act here, most cited first',
        querystring: Paging,
        response: answers(
          z.object({
            items: z.array(Answer),
            next: z.string().nullable(),
            total: z.object({ value: z.number(), relation: z.literal('exact') }),
          }),
        ),
      },
    },
    async (request) => {
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const offset = offsetOf(cursor, Number.MAX_SAFE_INTEGER);
      const { total, items } = await unresolvedCites(sql, offset, limit);
      return {
        items: items.map((item) => ({ ...item })),
        next: items.length > 0 && offset + items.length < total ? writeCursor({ offset: offset + limit }) : null,
        total: { value: total, relation: 'exact' as const },
      };
    },
  );

  app.get(
    '/policies/:id/graph',
    {
      schema: {
        tags,
        summary: '引用关系图 / acts around one by citation',
        params: z.object({ id: z.uuid() }),
        querystring: z.object({
          ordinal: optional(z.coerce.number().int().min(0).max(100_000)),
          depth: optional(z.enum(['1', '2'])),
        }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { ordinal = 0, depth = '1' } = request.query;
      const graph = await citationGraph(sql, id, ordinal, depth === '2' ? 2 : 1, today(options.clock));
      if (graph.nodes.length === 0) throw new AppError('policy.not-found', 'there is no such policy', { id });
      return { ...graph };
    },
  );
}

function compared(a: string, b: string) {
  const longest = Math.max(a.length, b.length);
  if (longest > LONGEST_COMPARED)
    throw new AppError(
      'policy.too-long',
      `texts of at most ${LONGEST_COMPARED} characters are compared; one has ${longest}`,
    );
  return { ...compareTexts(a, b) };
}

async function textOf(sql: Sql, id: string, versionId: string | undefined) {
  const versions = await policyVersions(sql, id);
  const version = versionId === undefined ? versions[0] : versions.find((known) => known.id === versionId);
  if (!version) throw new AppError('policy.not-found', 'there is no such policy or version', { id });
  return { id, versionId: version.id, title: version.title, recordedAt: version.recorded_at, text: version.text };
}
