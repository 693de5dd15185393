import { z } from 'zod';
import { localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import { answers, Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { SUBJECT_TYPES } from './kind.ts';
import { recordKindSchemas } from './kinds.ts';
import { addRecord, toRecord } from './service.ts';
import { appendRecord, findRecord, type RecordTimes, recordsAbout } from './store.pg.ts';
import { NewRecord, RecordItem } from './types.ts';

/** Records of one subject shown at once. */
const MOST = 500;

/** Reading and appending records. */
export function recordRoutes(
  app: HttpServer,
  options: {
    readonly sql: Sql;
    times(request: { readonly asOf?: string | undefined; readonly knownAt?: string | undefined }): Promise<RecordTimes>;
  },
): void {
  const { sql } = options;
  const tags = ['记录 Records'];

  app.get(
    '/records/kinds',
    {
      schema: {
        tags,
        summary: '记录种类与内容格式 / kinds of records',
        response: answers(
          z.object({
            items: z.array(
              z.object({
                kind: z.string(),
                label: z.object({ zh: z.string(), en: z.string() }),
                subjects: z.array(z.string()),
                schema: z.unknown(),
              }),
            ),
          }),
        ),
      },
    },
    async () => ({ items: recordKindSchemas() }),
  );

  app.get(
    '/records',
    {
      schema: {
        tags,
        summary: '某一对象的记录 / records about a subject',
        querystring: Times.extend({ subjectType: z.enum(SUBJECT_TYPES), subject: z.string().min(1).max(600) }),
        response: answers(z.object({ items: z.array(RecordItem), next: z.null(), total: z.unknown() })),
      },
    },
    async (request) => {
      const { subjectType, subject } = request.query;
      const times = await options.times(request.query);
      const items = (await recordsAbout(sql, times, [{ type: subjectType, key: subject }], MOST)).map(toRecord);
      return { items, next: null, total: { value: items.length, relation: 'exact' } };
    },
  );

  app.post(
    '/records',
    { schema: { tags, summary: '追加一条记录 / append a record', body: NewRecord, response: { 201: RecordItem } } },
    async (request, reply) => {
      let id: string;
      try {
        id = (await sql.begin((tx) =>
          addRecord(
            {
              find: (record) => findRecord(tx, record),
              append: (record, actor) => appendRecord(tx, record, actor),
              audit: (act, subject, detail) =>
                audit(tx, { actor: localOperator.id, act, subject, outcome: 'done', detail }),
            },
            request.body,
            localOperator,
          ),
        )) as string;
      } catch (error) {
        // two corrections of one record at the same time: the second meets the unique key
        if ((error as { code?: string }).code === '23505')
          throw new AppError('record.already-corrected', '该记录已被更正，请更正最新的一条', {});
        if (error instanceof AppError) {
          await sql.begin((tx) =>
            audit(tx, {
              actor: localOperator.id,
              act: 'record.add',
              subject: 'record',
              outcome: 'refused',
              detail: { code: error.code },
            }),
          );
        }
        throw error;
      }
      const row = await findRecord(sql, id);
      if (!row) throw new AppError('record.not-found', '记录不存在', { id });
      return reply.status(201).send(toRecord(row));
    },
  );
}
