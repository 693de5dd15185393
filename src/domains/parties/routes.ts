import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { answers, DEFAULT_LIMIT, optional, Paging, Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { certificatesOf, countParties, findParty, listParties, namesOf, type PartyRow } from './store.pg.ts';

export const PartySummary = z.object({
  key: z.string(),
  name: z.string().nullable(),
  nameAlt: z.string().nullable(),
  creditCode: z.string().nullable(),
  deviceCount: z.number(),
  productCount: z.number(),
  certificateCount: z.number(),
  sources: z.array(z.string()),
  demo: z.boolean(),
});
export type PartySummary = z.infer<typeof PartySummary>;

/** The row as an answer; only a key made of a credit code tells one. */
export function toParty(row: PartyRow): PartySummary {
  return {
    key: row.key,
    name: row.name,
    nameAlt: row.name_alt,
    creditCode: row.key.startsWith('uscc:') ? row.key.slice(5) : null,
    deviceCount: row.devices,
    productCount: row.products,
    certificateCount: row.certificates,
    sources: row.sources,
    demo: row.demo,
  };
}

/** Certificates listed in the file of a party; its devices have a list of their own. */
const MOST_CERTIFICATES = 500;

/** The file of a party, without what other domains hang on. Throws `party.not-found`. */
export async function partyFile(sql: Sql, key: string) {
  const row = await findParty(sql, key);
  if (!row) throw new AppError('party.not-found', `没有这个企业：${key}`, { key });
  const [names, certificates] = await Promise.all([namesOf(sql, key), certificatesOf(sql, key, MOST_CERTIFICATES)]);
  return { ...toParty(row), names, certificates };
}

/** Lists of parties. */
export function partyRoutes(app: HttpServer, sql: Sql): void {
  app.get(
    '/parties',
    {
      schema: {
        tags: ['企业 Parties'],
        summary: '注册人、备案人 / holders',
        querystring: Times.extend(Paging.shape).extend({ q: optional(z.string().max(200)) }),
        response: answers(z.object({ items: z.array(PartySummary), next: z.string().nullable(), total: z.unknown() })),
      },
    },
    async (request) => {
      const limit = request.query.limit ?? DEFAULT_LIMIT;
      const q = request.query.q?.trim() || null;
      const after = request.query.cursor ? Buffer.from(request.query.cursor, 'base64url').toString('utf8') : null;
      const [rows, total] = await Promise.all([listParties(sql, { q, after, limit: limit + 1 }), countParties(sql, q)]);
      const items = rows.slice(0, limit).map(toParty);
      const last = items.at(-1);
      return {
        items,
        next: rows.length > limit && last ? Buffer.from(last.key).toString('base64url') : null,
        total: { value: total, relation: 'exact' },
      };
    },
  );
}
