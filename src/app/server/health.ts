import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { answers } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import type { Store } from '../../platform/postgres/store.ts';

/** Is the server alive, and on which store. */
export function healthRoutes(
  app: HttpServer,
  options: { readonly sql: Sql; readonly store: Store; readonly version: string; readonly clock: Clock },
): void {
  const startedAt = options.clock.now().toISOString();
  const { sql } = options;
  app.get(
    '/health',
    {
      schema: {
        tags: ['系统 System'],
        summary: '健康状态 / health',
        response: answers(
          z.object({
            status: z.enum(['ok']),
            store: z.object({ kind: z.string(), version: z.string() }),
            version: z.string(),
            startedAt: z.string(),
            demo: z.boolean(),
          }),
        ),
      },
    },
    async () => {
      const [row] = await sql<{ version: string; demo: boolean }[]>`
        select current_setting('server_version') as version, exists (select from product where shelf = 9) as demo`;
      return {
        status: 'ok' as const,
        store: { kind: options.store.kind, version: row?.version ?? '' },
        version: options.version,
        startedAt,
        demo: row?.demo ?? false,
      };
    },
  );
}
