import { z } from 'zod';
import { localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { answers, DEFAULT_LIMIT, Paging } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import { isPostable } from '../../platform/webhooks/post.ts';
import { PROVINCES } from '../policy/index.ts';
import { channelRoutes, newSecret } from './channel-routes.ts';
import { NO_SMTP } from './delivery.pg.ts';
import { inboxRoutes } from './inbox-routes.ts';
import { ActShelf, actNamed, eventsSince } from './library.pg.ts';
import { matchRoutes } from './match-routes.ts';
import { readCursor, writeCursor } from './page-cursor.ts';
import { wordsAsked } from './rules/match-query.ts';
import { asking, asksNothing } from './rules/tell.ts';
import { EVENT_WORDS, PATHWAY_WORDS } from './rules/words.ts';
import {
  attemptsOf,
  CHANNELS,
  countSubscriptions,
  insertVersion,
  listSubscriptions,
  openChannel,
  reopenChannel,
  versionsOf,
} from './store.pg.ts';
import { type Content, subscriptionShape, usualEvents } from './subscription.ts';
import { askingOf, toldOf } from './telling.pg.ts';
import { EVENT_KINDS, PATHWAYS, ROLES } from './types.ts';
import { type SubscriptionRoutesOptions, subscriptionViews } from './views.pg.ts';

const Answer = z.looseObject({});
const Id = z.object({ id: z.uuid() });
const PreviewBody = z.strictObject({
  about: subscriptionShape.shape.about,
  events: subscriptionShape.shape.events,
});

const PREVIEW_DAYS = 90;
/** Events a preview looks at, and messages it shows. */
const PREVIEW_EVENTS = 1_000;
const PREVIEW_SHOWN = 10;
const DAY_MS = 86_400_000;

/** Matching of acts to enterprises, subscriptions, what they were told, and their feeds. */
export function subscriptionRoutes(app: HttpServer, options: SubscriptionRoutesOptions): void {
  const { sql, clock } = options;
  const tags = ['订阅 Subscriptions'];
  const actor = localOperator.id;
  const views = subscriptionViews({ ...options, actor });
  const { found, held, shown, shownAll, written } = views;
  matchRoutes(app, options);

  app.get(
    '/subscriptions/words',
    {
      schema: {
        tags,
        summary: '画像、事件与渠道用词 / words of profiles, events, channels',
        response: answers(Answer),
      },
    },
    async () => ({
      roles: ROLES,
      pathways: PATHWAYS.map((id) => ({ id, ...PATHWAY_WORDS[id][1] })),
      events: EVENT_KINDS.map((id) => ({ id, ...EVENT_WORDS[id] })),
      channels: {
        mail: { configured: options.mailer !== null, why: options.mailer ? null : NO_SMTP },
        feed: { publicUrl: options.site },
      },
      provinces: Object.entries(PROVINCES).map(([name, cities]) => ({
        name,
        cities: cities.split(' ').filter(Boolean),
      })),
    }),
  );

  app.get(
    '/subscriptions',
    {
      schema: {
        tags,
        summary: '订阅 / subscriptions',
        querystring: Paging,
        response: answers(
          z.object({
            items: z.array(Answer),
            next: z.string().nullable(),
            total: z.object({ value: z.number(), relation: z.enum(['exact', 'estimate']) }),
          }),
        ),
      },
    },
    async (request) => {
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const after = readCursor(cursor, z.tuple([z.string(), z.uuid()]));
      const rows = await listSubscriptions(sql, {
        limit: limit + 1,
        after: after && { name: after[0], root: after[1] },
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: await shownAll(page),
        next: rows.length > limit && last ? writeCursor([last.name, last.root]) : null,
        total: { value: await countSubscriptions(sql), relation: 'exact' as const },
      };
    },
  );

  app.post(
    '/subscriptions',
    { schema: { tags, summary: '新建订阅 / subscribe', body: subscriptionShape, response: { 201: Answer } } },
    async (request, reply) => {
      const content = await check(request.body);
      const secret = content.webhook ? newSecret() : null;
      const root = (await sql.begin(async (tx) => {
        const made = await insertVersion(tx, { actor, name: request.body.name, content, secret, before: null });
        for (const channel of CHANNELS) if (content[channel]) await openChannel(tx, made, channel);
        await written(tx, 'subscription.add', made, content);
        return made;
      })) as string;
      return reply
        .status(201)
        .header('cache-control', 'no-store')
        .send({ ...(await shown(await found(root))), ...(secret ? { webhookSecret: secret } : {}) });
    },
  );

  const preview = async (body: z.infer<typeof PreviewBody>) => {
    const content = { about: body.about, events: body.events ?? usualEvents(body.about) };
    refuseEmpty(content);
    const asked = await askingOf(sql, content, options.enterprise);
    const since = new Date(clock.now().getTime() - PREVIEW_DAYS * DAY_MS);
    const events = await eventsSince(sql, since, content.events, PREVIEW_EVENTS);
    const told = asked ? await toldOf(sql, asked, events, new ActShelf(options.readPolicy)) : [];
    return {
      days: PREVIEW_DAYS,
      events: events.length,
      /** Older events of those days were not looked at. */
      more: events.length === PREVIEW_EVENTS,
      matches: told.length,
      words: asked?.query ? wordsAsked(asked.query) : [],
      items: told.slice(0, PREVIEW_SHOWN),
    };
  };
  const previewSchema = {
    tags,
    summary: '近 90 天会收到多少 / how many messages the last 90 days would have brought',
    response: answers(Answer),
  };
  app.post(
    '/subscriptions/preview',
    { config: { readOnly: true }, schema: { ...previewSchema, body: PreviewBody } },
    async (request) => preview(request.body),
  );
  app.get(
    '/subscriptions/preview',
    { schema: { ...previewSchema, querystring: z.object({ about: z.string().max(20_000) }) } },
    async (request) => {
      let about: unknown;
      try {
        about = JSON.parse(request.query.about);
      } catch {
        // said below
      }
      const read = PreviewBody.safeParse({ about });
      if (!read.success)
        throw new AppError('subscription.bad-question', 'about 不是可读的 JSON / about cannot be read', {});
      return preview(read.data);
    },
  );

  app.get(
    '/subscriptions/:id',
    {
      schema: {
        tags,
        summary: '订阅、历次版本与投递 / versions and deliveries',
        params: Id,
        response: answers(Answer),
      },
    },
    async (request) => {
      const row = await found(request.params.id);
      return {
        ...(await shown(row)),
        versions: await versionsOf(sql, row.root),
        attempts: await attemptsOf(sql, row.root),
      };
    },
  );

  app.post(
    '/subscriptions/:id',
    {
      schema: {
        tags,
        summary: '订阅的新版本，编号与渠道继续 / a new version; numbers and channels go on',
        params: Id,
        body: subscriptionShape.extend({ replaces: z.uuid() }),
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const { replaces, ...body } = request.body;
      const content = await check(body);
      let fresh: string | null = null;
      await sql.begin(async (tx) => {
        const before = await held(tx, request.params.id);
        if (before.id !== replaces)
          throw new AppError('subscription.conflict', '这个订阅刚被改过，请重新载入后再改', { id: before.root });
        // another receiver gets another key
        const sameReceiver = content.webhook !== null && content.webhook.url === before.content.webhook?.url;
        fresh = content.webhook && !sameReceiver ? newSecret() : null;
        const secret = content.webhook ? (fresh ?? before.webhook_secret) : null;
        await insertVersion(tx, { actor, name: body.name, content, secret, before });
        for (const channel of CHANNELS)
          if (content[channel]) await (before.content[channel] ? openChannel : reopenChannel)(tx, before.root, channel);
        await written(tx, 'subscription.change', before.root, content);
      });
      return reply
        .status(201)
        .header('cache-control', 'no-store')
        .send({ ...(await shown(await found(request.params.id))), ...(fresh ? { webhookSecret: fresh } : {}) });
    },
  );

  app.post(
    '/subscriptions/:id/remove',
    {
      schema: {
        tags,
        summary: '退订，其订阅地址随之失效 / end it, its feed with it',
        params: Id,
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      await sql.begin(async (tx) => {
        const before = await held(tx, request.params.id);
        const { name, content } = before;
        await insertVersion(tx, { actor, name, content, secret: null, before, removed: true });
        await written(tx, 'subscription.remove', before.root, content);
      });
      return reply.status(201).send({ id: request.params.id, removed: true });
    },
  );

  channelRoutes(app, { ...options, actor }, views);
  inboxRoutes(app, { ...options, actor }, views);

  /** What is not understood is refused before it is kept. */
  async function check(body: z.infer<typeof subscriptionShape>): Promise<Content> {
    const content: Content = {
      about: body.about,
      events: body.events ?? usualEvents(body.about),
      mail: body.mail ?? null,
      webhook: body.webhook ?? null,
    };
    refuseEmpty(content);
    if (content.webhook && !isPostable(content.webhook.url))
      throw new AppError(
        'subscription.bad-webhook',
        'webhook 地址须为 http 或 https，且不含账号 / http or https, no user in it',
        {},
      );
    const { about } = content;
    if (about.type === 'act' && !(await actNamed(sql, about.id, about.ordinal)))
      throw new AppError('policy.not-found', '没有这份政策文件 / there is no such policy', { id: about.id });
    if (about.type === 'profile' && about.enterprise && !(await options.enterprise(sql, about.enterprise)))
      throw new AppError('duty.not-found', '没有保存这家企业', { id: about.enterprise });
    return content;
  }

  function refuseEmpty(content: Pick<Content, 'about' | 'events'>): void {
    if (asksNothing(asking(content)))
      throw new AppError('subscription.no-question', '请写明检索词或筛选条件 / give words or a filter', {});
  }
}
