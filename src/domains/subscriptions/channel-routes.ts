import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import { sendTrial } from './delivery.pg.ts';
import { CHANNELS, insertVersion, noteDelivery, resumeChannel, setFeed } from './store.pg.ts';
import type { SubscriptionRoutesOptions, SubscriptionViews } from './views.pg.ts';

const Answer = z.looseObject({});
const Id = z.object({ id: z.uuid() });
const OneChannel = z.strictObject({ channel: z.enum(CHANNELS) });

/** The address of a feed is kept as its SHA-256 alone. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A key of signatures, shown once. */
export const newSecret = () => randomBytes(32).toString('base64url');

/** Trials, paused channels, keys of signatures, addresses of feeds. */
export function channelRoutes(
  app: HttpServer,
  options: SubscriptionRoutesOptions & { readonly actor: string },
  { found, held, written, shown }: SubscriptionViews,
): void {
  const { sql, clock, actor } = options;
  const tags = ['订阅 Subscriptions'];

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
}
