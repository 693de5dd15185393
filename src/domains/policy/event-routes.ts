import { z } from 'zod';
import { answers, DEFAULT_LIMIT, optional, Paging } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { badCursor, readCursor, writeCursor } from './cursors.ts';
import { countEvents, listEvents } from './event-list.pg.ts';
import type { EventKind } from './events.pg.ts';

const KINDS = ['added', 'changed', 'cited', 'amended', 'repealed', 'interpreted', 'corrected'] as const;

/** What happened to acts, as the feed of the library shows it. */
export function policyEventRoutes(app: HttpServer, options: { readonly sql: Sql }): void {
  app.get(
    '/policies/events',
    {
      schema: {
        tags: ['政策 Policies'],
        summary: '库中文件的变化，最近的在前 / what happened to acts, the latest first',
        querystring: Paging.extend({
          kind: optional(z.string().trim().max(100)).describe(`${KINDS.join(', ')}，可用逗号并列 / comma between`),
        }),
        response: answers(
          z.object({
            items: z.array(z.looseObject({})),
            next: z.string().nullable(),
            total: z.object({ value: z.number(), relation: z.literal('exact') }),
          }),
        ),
      },
    },
    async (request) => {
      const { kind, limit = DEFAULT_LIMIT, cursor } = request.query;
      const asked = kind?.split(',').map((word) => word.trim());
      const kinds: readonly EventKind[] = asked ? KINDS.filter((one) => asked.includes(one)) : KINDS;
      const rows = await listEvents(options.sql, kinds, placeOf(cursor), limit + 1);
      const page = rows.slice(0, limit);
      return {
        items: page.map((row) => ({ ...row })),
        next: rows.length > limit ? writeCursor({ no: page.at(-1)?.no }) : null,
        total: { value: await countEvents(options.sql, kinds), relation: 'exact' as const },
      };
    },
  );
}

function placeOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const { no } = readCursor(cursor);
  if (typeof no !== 'string' || !/^\d{1,18}$/.test(no)) throw badCursor();
  return no;
}
