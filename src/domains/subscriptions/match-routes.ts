import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { answers } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import type { ReadPolicy } from './library.pg.ts';
import { matchActs } from './match-acts.ts';

const Answer = z.looseObject({});

/** Acts held against an enterprise, nothing stored. */
export function matchRoutes(app: HttpServer, options: { readonly sql: Sql; readonly readPolicy: ReadPolicy }): void {
  const { sql } = options;

  app.post(
    '/policies/match',
    {
      config: { readOnly: true },
      schema: {
        tags: ['政策 Policies'],
        summary:
          '政策与企业是否相关，附依据句子；粘贴的文本不保存 / does an act concern an enterprise, and why; nothing is stored',
        body: z.strictObject({
          text: z.string().nullish(),
          id: z.uuid().nullish(),
          profile: z.looseObject({}),
        }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { text, id, profile } = request.body;
      if (id) {
        const kept = await options.readPolicy(sql, id);
        if (!kept) throw new AppError('policy.not-found', '没有这份政策文件 / there is no such policy', { id });
        return { ...matchActs(kept.text, profile, kept.reading) };
      }
      if (!text?.trim()) throw new AppError('subscription.no-act', '请给出 text 或 id / give text or id');
      return { ...matchActs(text, profile) };
    },
  );
}
