import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import { answers, DEFAULT_LIMIT, Flag, optional, Paging } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { isPostable } from '../../platform/webhooks/post.ts';
import { PROVINCES } from '../policy/index.ts';
import { deliveryId, NO_SMTP, sendTrial } from './delivery.pg.ts';
import { ActShelf, actNamed, eventsSince, type ReadPolicy } from './library.pg.ts';
import { matchActs } from './match-acts.ts';
import { feedOf } from './rules/feed.ts';
import { wordsAsked } from './rules/match-query.ts';
import { asking, asksNothing } from './rules/tell.ts';
import { EVENT_WORDS, PATHWAY_WORDS } from './rules/words.ts';
import {
  attemptsOf,
  CHANNELS,
  type ChannelRow,
  channelsOf,
  countInbox,
  countSubscriptions,
  findByFeed,
  findSubscription,
  inbox,
  insertVersion,
  type KeptMessage,
  listSubscriptions,
  lockSubscription,
  markRead,
  messagesOf,
  noteDelivery,
  openChannel,
  reopenChannel,
  resumeChannel,
  type SubscriptionRow,
  setFeed,
  versionsOf,
} from './store.pg.ts';
import { type About, type Content, subscriptionShape, usualEvents } from './subscription.ts';
import { askingOf, type TellingOptions, toldOf } from './telling.pg.ts';
import { EVENT_KINDS, PATHWAYS, ROLES } from './types.ts';

const Answer = z.looseObject({});
const Id = z.object({ id: z.uuid() });
const OneChannel = z.strictObject({ channel: z.enum(CHANNELS) });
const PreviewBody = z.strictObject({
  about: subscriptionShape.shape.about,
  events: subscriptionShape.shape.events,
});

const PREVIEW_DAYS = 90;
/** Events a preview looks at, and messages it shows. */
const PREVIEW_EVENTS = 1_000;
const PREVIEW_SHOWN = 10;
const DAY_MS = 86_400_000;

/** The address of a feed is kept as its SHA-256 alone. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface SubscriptionRoutesOptions {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly readPolicy: ReadPolicy;
  readonly enterprise: TellingOptions['enterprise'];
  /** Null where no SMTP server is configured. */
  readonly mailer: Mailer | null;
  /** Address under which others reach the web application; null takes that of the request. */
  readonly site: string | null;
}

/** Matching of acts to enterprises, subscriptions, what they were told, and their feeds. */
export function subscriptionRoutes(app: HttpServer, options: SubscriptionRoutesOptions): void {
  const { sql, clock } = options;
  const tags = ['订阅 Subscriptions'];
  const actor = localOperator.id;

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

  app.post(
    '/subscriptions/:id/trial',
    {
      schema: {
        tags,
        summary: '试发一条 / send a trial message',
        params: Id,
        body: OneChannel,
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const { channel } = request.body;
      const row = await found(request.params.id);
      const { root, name, content, webhook_secret: secret } = row;
      const at = clock.now();
      const reason = await sendTrial(
        { mailer: options.mailer, now: () => at },
        { root, name, content, secret },
        channel,
      );
      await sql.begin(async (tx) => {
        await noteDelivery(tx, { root, channel, outcome: 'trial', reason, at });
        await audit(tx, {
          actor,
          act: 'subscription.trial',
          subject: `subscription/${root}`,
          outcome: 'done',
          detail: { channel, delivered: reason === null },
        });
      });
      return reply.status(201).send({ delivered: reason === null, reason });
    },
  );

  app.post(
    '/subscriptions/:id/resume',
    {
      schema: {
        tags,
        summary: '恢复暂停的渠道，从未送达处继续 / take up a paused channel where it stood',
        params: Id,
        body: OneChannel,
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const { channel } = request.body;
      await sql.begin(async (tx) => {
        const { root } = await held(tx, request.params.id);
        await resumeChannel(tx, root, channel);
        await noteDelivery(tx, { root, channel, outcome: 'resumed', reason: null, at: clock.now() });
        await audit(tx, {
          actor,
          act: 'subscription.resume',
          subject: `subscription/${root}`,
          outcome: 'done',
          detail: { channel },
        });
      });
      return reply.status(201).send(await shown(await found(request.params.id)));
    },
  );

  app.post(
    '/subscriptions/:id/webhook-secret',
    {
      schema: {
        tags,
        summary: '换签名密钥，旧的随即失效；只显示这一次 / a new key of the signature, shown once',
        params: Id,
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const secret = newSecret();
      await sql.begin(async (tx) => {
        const before = await held(tx, request.params.id);
        if (!before.content.webhook)
          throw new AppError('subscription.no-webhook', '这个订阅没有 webhook / it has no webhook', {
            id: before.root,
          });
        const { name, content } = before;
        await insertVersion(tx, { actor, name, content, secret, before });
        await written(tx, 'subscription.secret', before.root, content);
      });
      return reply.status(201).header('cache-control', 'no-store').send({ webhookSecret: secret });
    },
  );

  app.post(
    '/subscriptions/:id/feed',
    {
      schema: {
        tags,
        summary: '新的 Atom 地址，旧的随即失效；只显示这一次 / a new private address; the old one ends',
        params: Id,
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const token = randomBytes(32).toString('base64url');
      await sql.begin(async (tx) => {
        const { root, content } = await held(tx, request.params.id);
        await setFeed(tx, root, hashOf(token));
        await written(tx, 'subscription.feed', root, content);
      });
      const path = `/api/v1/feeds/policies/${token}.atom`;
      return reply
        .status(201)
        .header('cache-control', 'no-store')
        .send({ path, url: options.site && `${options.site}${path}` });
    },
  );

  app.post(
    '/subscriptions/:id/feed/end',
    { schema: { tags, summary: '停用 Atom 地址 / end the feed', params: Id, response: { 201: Answer } } },
    async (request, reply) => {
      await sql.begin(async (tx) => {
        const { root, content } = await held(tx, request.params.id);
        await setFeed(tx, root, null);
        await written(tx, 'subscription.feed-end', root, content);
      });
      return reply.status(201).send({ ended: true });
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

  async function found(root: string): Promise<SubscriptionRow> {
    const row = await findSubscription(sql, root);
    if (!row) throw new AppError('subscription.not-found', '没有这个订阅', { id: root });
    return row;
  }

  async function held(tx: Queryable, root: string): Promise<SubscriptionRow> {
    const row = await lockSubscription(tx, root);
    if (!row) throw new AppError('subscription.not-found', '没有这个订阅', { id: root });
    return row;
  }

  /** What kind of subscription it is, and neither words nor addresses. */
  async function written(tx: Queryable, act: string, root: string, { about, mail, webhook }: Content): Promise<void> {
    await audit(tx, {
      actor,
      act,
      subject: `subscription/${root}`,
      outcome: 'done',
      detail: { type: about.type, mail: mail?.when ?? null, webhook: webhook !== null },
    });
  }

  async function shown(row: SubscriptionRow): Promise<Record<string, unknown>> {
    const [one] = await shownAll([row]);
    return one as Record<string, unknown>;
  }

  async function shownAll(rows: readonly SubscriptionRow[]): Promise<Record<string, unknown>[]> {
    const channels = await channelsOf(
      sql,
      rows.map(({ root }) => root),
    );
    const list: Record<string, unknown>[] = [];
    for (const row of rows) {
      const { about, events, mail, webhook } = row.content;
      list.push({
        id: row.root,
        version: row.id,
        name: row.name,
        about,
        events,
        mail,
        webhook,
        feed: row.feed,
        recordedAt: row.recorded_at,
        messages: row.last_seq,
        unread: row.unread,
        lastSeq: row.last_seq,
        lastAt: row.last_at,
        target: about.type === 'act' ? ((await actNamed(sql, about.id, about.ordinal)) ?? null) : null,
        problem: await problemOf(about),
        channels: channels
          .filter((one) => one.root === row.root && row.content[one.channel])
          .map((one) => channelShown(one, row)),
      });
    }
    return list;
  }

  /** Why nothing can be told any more. */
  async function problemOf(about: About): Promise<{ zh: string; en: string } | null> {
    if (about.type === 'profile' && about.enterprise && !(await options.enterprise(sql, about.enterprise)))
      return { zh: '所引用的企业已不再保留', en: 'the enterprise it refers to is kept no longer' };
    if (about.type === 'act' && !(await actNamed(sql, about.id, about.ordinal)))
      return { zh: '所关注的文件已不在最新文本中', en: 'the act it follows is no longer in the latest text' };
    return null;
  }

  function channelShown(channel: ChannelRow, row: SubscriptionRow): Record<string, unknown> {
    const pending = row.last_seq - channel.delivered_seq;
    const off = channel.channel === 'mail' && !options.mailer;
    return {
      channel: channel.channel,
      state: off
        ? 'off'
        : channel.paused_at
          ? 'paused'
          : channel.failures > 0
            ? 'retrying'
            : pending > 0
              ? 'waiting'
              : 'idle',
      deliveredSeq: channel.delivered_seq,
      pending,
      failures: channel.failures,
      nextAttemptAt: channel.next_attempt_at,
      reason: off ? NO_SMTP : channel.reason,
      lastAt: channel.last_at,
    };
  }
}

const newSecret = () => randomBytes(32).toString('base64url');

const inInbox = ({ message, read, root, name }: KeptMessage) => ({
  ...message,
  read,
  subscription: { id: root, name },
});

function writeCursor(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readCursor<T extends z.ZodType>(cursor: string | undefined, shape: T): z.infer<T> | null {
  if (cursor === undefined) return null;
  try {
    const read = shape.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (read.success) return read.data;
  } catch {
    // said below
  }
  throw new AppError('list.bad-cursor', '游标无效，请从第一页重新开始', {});
}
