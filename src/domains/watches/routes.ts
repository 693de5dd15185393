import { z } from 'zod';
import { localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import { answers } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { addWatch, listWatches, removeWatch, WATCH_TYPES, type WatchRow, watchChanges } from './store.pg.ts';

const Watch = z.object({
  id: z.string(),
  type: z.enum(WATCH_TYPES),
  key: z.string(),
  label: z.string().nullable(),
  createdAt: z.string(),
});
const toWatch = (row: WatchRow) => ({
  id: row.id,
  type: row.type,
  key: row.key,
  label: row.label ?? null,
  createdAt: row.created_at,
});

/** Subjects the operator watches, and what happened to them. */
export function watchRoutes(app: HttpServer, sql: Sql): void {
  const tags = ['关注 Watches'];
  const actor = localOperator.id;

  app.get(
    '/watches',
    { schema: { tags, summary: '我的关注 / watches', response: answers(z.object({ items: z.array(Watch) })) } },
    async () => ({ items: (await listWatches(sql, actor)).map(toWatch) }),
  );

  app.post(
    '/watches',
    {
      schema: {
        tags,
        summary: '关注器械、证或企业；器械的 key 为 来源/记录主键',
        body: z.object({ type: z.enum(WATCH_TYPES), key: z.string().trim().min(1).max(600) }),
        response: { 201: Watch },
      },
    },
    async (request, reply) => {
      const { type, key } = request.body;
      const row = (await sql.begin(async (tx) => {
        const added = await addWatch(tx, actor, type, key);
        await audit(tx, { actor, act: 'watch.add', subject: `${type}/${key}`, outcome: 'done', detail: {} });
        return added;
      })) as WatchRow;
      return reply.status(201).send(toWatch(row));
    },
  );

  app.delete(
    '/watches/:id',
    { schema: { tags, summary: '取消关注 / remove a watch', params: z.object({ id: z.uuid() }) } },
    async (request, reply) => {
      const removed = await sql.begin(async (tx) => {
        const row = await removeWatch(tx, actor, request.params.id);
        if (row)
          await audit(tx, {
            actor,
            act: 'watch.remove',
            subject: `${row.type}/${row.key}`,
            outcome: 'done',
            detail: {},
          });
        return row ?? null;
      });
      if (!removed) throw new AppError('watch.not-found', '没有这个关注', { id: request.params.id });
      return reply.status(204).send();
    },
  );

  app.get(
    '/watches/changes',
    {
      schema: {
        tags,
        summary: '关注对象自某时以来的变化 / what changed since',
        querystring: z.object({ since: z.iso.datetime({ offset: true }).or(z.iso.date()) }),
      },
    },
    async (request) => {
      const rows = await watchChanges(sql, actor, request.query.since);
      return {
        items: rows.map((row) => ({
          watchId: row.watch_id,
          type: row.type,
          key: row.key,
          label: row.label,
          what: row.what,
          releaseId: row.release_id,
          recordKind: row.record_kind,
          at: row.at,
          count: row.count,
        })),
      };
    },
  );
}
