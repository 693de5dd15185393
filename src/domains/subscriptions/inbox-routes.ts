import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { answers, DEFAULT_LIMIT, Flag, optional, Paging } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import { hashOf } from './channel-routes.ts';
import { deliveryId } from './delivery.pg.ts';
import { readCursor, writeCursor } from './page-cursor.ts';
import { feedOf } from './rules/feed.ts';
import { countInbox, findByFeed, inbox, type KeptMessage, markRead, messagesOf } from './store.pg.ts';
import type { SubscriptionRoutesOptions, SubscriptionViews } from './views.pg.ts';

const Answer = z.looseObject({});
const Id = z.object({ id: z.uuid() });

/** Messages of one subscription and of all, and the feed. */
export function inboxRoutes(
  app: HttpServer,
  options: SubscriptionRoutesOptions & { readonly actor: string },
  { found }: SubscriptionViews,
): void {
  const { sql, actor } = options;
  const tags = ['订阅 Subscriptions'];

  app.get(
    '/subscriptions/:id/messages',
    {
      schema: {
        tags,
        summary: '消息，新的在前 / messages, newest first',
        params: Id,
        querystring: Paging,
        response: answers(Answer),
      },
    },
    async (request) => {
      const row = await found(request.params.id);
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const before = readCursor(cursor, z.tuple([z.number().int()]));
      const rows = await messagesOf(sql, row.root, { before: before?.[0] ?? null, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(({ message, read }) => ({ ...message, read })),
        next: rows.length > limit && last ? writeCursor([last.message.seq]) : null,
        total: { value: row.last_seq, relation: 'exact' as const },
      };
    },
  );

  app.post(
    '/subscriptions/:id/read',
    {
      schema: {
        tags,
        summary: '标为已读，至某编号 / mark as read up to a number',
        params: Id,
        body: z.strictObject({ upTo: z.number().int().min(1) }),
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const row = await found(request.params.id);
      await sql.begin((tx) => markRead(tx, actor, { root: row.root, from: 1, upTo: request.body.upTo }));
      return reply.status(201).send({ unread: (await found(row.root)).unread });
    },
  );

  app.get(
    '/feeds/policies/:token',
    {
      schema: {
        tags,
        summary: 'Atom 订阅（地址即凭据）/ the feed; the address is the permission',
        params: z.object({ token: z.string().max(200) }),
        querystring: z.object({
          limit: optional(z.coerce.number().int().min(1).max(200)),
          before: optional(z.coerce.number().int().min(1)),
        }),
      },
    },
    async (request, reply) => {
      const token = /^([A-Za-z0-9_-]{43})\.atom$/.exec(request.params.token)?.[1];
      const row = token === undefined ? undefined : await findByFeed(sql, hashOf(token));
      if (!row) throw new AppError('subscription.feed.not-found', '没有这个订阅，或地址已经更换', {});
      const { limit = DEFAULT_LIMIT, before } = request.query;
      const rows = await messagesOf(sql, row.root, { before: before ?? null, limit: limit + 1 });
      const page = rows.slice(0, limit).map(({ message }) => message);
      const site = options.site ?? `http://${request.headers.host}`;
      const address = `${site}/api/v1/feeds/policies/${request.params.token}`;
      const query = (from: number | undefined) => `?limit=${limit}${from === undefined ? '' : `&before=${from}`}`;
      return reply
        .type('application/atom+xml; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .send(
          feedOf(page, {
            id: row.root,
            name: row.name,
            updated: new Date(row.last_at ?? row.recorded_at),
            site,
            self: `${address}${query(before)}`,
            next: rows.length > limit ? `${address}${query(page.at(-1)?.seq)}` : null,
            entryId: ({ seq }) => `urn:uuid:${deliveryId(row.root, seq)}`,
          }),
        );
    },
  );

  app.get(
    '/inbox',
    {
      schema: {
        tags,
        summary: '各订阅的消息，新的在前 / messages of all subscriptions, newest first',
        querystring: Paging.extend({ unread: optional(Flag) }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { limit = DEFAULT_LIMIT, cursor, unread } = request.query;
      const after = readCursor(cursor, z.tuple([z.iso.datetime(), z.uuid(), z.number().int()]));
      const rows = await inbox(sql, {
        unread: unread ?? null,
        after: after && { at: after[0], root: after[1], seq: after[2] },
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const count = await countInbox(sql);
      const total = unread === undefined ? count.all : unread ? count.unread : count.all - count.unread;
      return {
        items: page.map(inInbox),
        next: rows.length > limit && last ? writeCursor([last.message.at, last.root, last.message.seq]) : null,
        total: { value: total, relation: 'exact' as const },
        unread: count.unread,
      };
    },
  );

  app.post(
    '/inbox/read',
    {
      schema: {
        tags,
        summary: '标为已读 / mark as read',
        body: z.union([
          z.strictObject({ all: z.literal(true) }),
          z.strictObject({
            items: z
              .array(z.strictObject({ subscription: z.uuid(), seq: z.number().int().min(1) }))
              .min(1)
              .max(1_000),
          }),
        ]),
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const { body } = request;
      await sql.begin(async (tx) => {
        if ('all' in body) await markRead(tx, actor, null);
        else
          for (const { subscription, seq } of body.items)
            await markRead(tx, actor, { root: subscription, from: seq, upTo: seq });
      });
      return reply.status(201).send({ unread: (await countInbox(sql)).unread });
    },
  );
}

const inInbox = ({ message, read, root, name }: KeptMessage) => ({
  ...message,
  read,
  subscription: { id: root, name },
});
