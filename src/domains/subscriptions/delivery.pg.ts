import { createHash } from 'node:crypto';
import type { Mailer } from '../../platform/mail/mailer.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { postSigned } from '../../platform/webhooks/post.ts';
import { letterOf, trialLetter } from './rules/letter.ts';
import { backoff, lastDigest, MOST_FAILURES } from './rules/schedule.ts';
import { type Channel, messagesAfter, type PendingChannel, pendingChannels, recordAttempt } from './store.pg.ts';
import type { Content, Message } from './subscription.ts';

/** One process of a database delivers at a time. */
const DELIVERY_LOCK = 7_139_230_811;
/** Messages of one letter; more go into the next. */
const MOST_IN_LETTER = 200;
/** So many messages that wait get a letter each; of an import of hundreds one letter tells. */
const MOST_LETTERS = 5;
/** Channels served at once. */
const AT_ONCE = 4;

export interface DeliveryOptions {
  readonly sql: Sql;
  /** Null where no SMTP server is configured: mail waits. */
  readonly mailer: Mailer | null;
  /** Address of the web application for links; null leaves them out. */
  readonly site: string | null;
  readonly now: () => Date;
}

/** Channels that have something to send now. */
async function dueChannels(sql: Queryable, mailer: Mailer | null, now: Date): Promise<PendingChannel[]> {
  return (await pendingChannels(sql, now)).filter((channel) => {
    if (channel.channel === 'webhook') return channel.webhook_secret !== null;
    const { mail } = channel.content;
    if (!mailer || !mail) return false;
    const boundary = lastDigest(mail, now);
    return boundary === null || new Date(channel.waiting_since) < boundary;
  });
}

/** Whether anything is to be sent now. */
export async function anythingToDeliver({ sql, mailer, now }: DeliveryOptions): Promise<boolean> {
  return (await dueChannels(sql, mailer, now())).length > 0;
}

/**
 * Sends what is due, each channel in the order of its numbers. How far a channel has come is written after every
 * message; a process that ends between sending and writing sends that one again under the same id.
 */
export async function deliverDue(options: DeliveryOptions, signal?: AbortSignal): Promise<void> {
  const { sql } = options;
  const guard = await sql.reserve();
  try {
    const [lock] = await guard<{ got: boolean }[]>`select pg_try_advisory_lock(${DELIVERY_LOCK}) as got`;
    if (!lock?.got) return;
    try {
      const due = await dueChannels(sql, options.mailer, options.now());
      const next = due.values();
      const serve = async () => {
        for (const channel of next) if (!signal?.aborted) await serveChannel(options, channel, signal);
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, due.length) }, serve));
    } finally {
      await guard`select pg_advisory_unlock(${DELIVERY_LOCK})`;
    }
  } finally {
    guard.release();
  }
}

async function serveChannel(options: DeliveryOptions, channel: PendingChannel, signal?: AbortSignal): Promise<void> {
  const { sql, now } = options;
  const { root, content } = channel;
  const boundary = channel.channel === 'mail' && content.mail ? lastDigest(content.mail, now()) : null;
  let delivered = channel.delivered_seq;
  let failures = channel.failures;
  while (!signal?.aborted) {
    const waiting = await messagesAfter(sql, root, delivered, {
      before: boundary,
      limit: channel.channel === 'mail' ? MOST_IN_LETTER : 1,
    });
    const messages = boundary || waiting.length > MOST_LETTERS ? waiting : waiting.slice(0, 1);
    const [first] = messages;
    const last = messages.at(-1);
    if (!first || !last) return;
    const reason =
      channel.channel === 'mail'
        ? await sendMail(options, channel, messages)
        : await sendWebhook(options, channel, first, signal);
    // ended by us: neither delivered nor refused
    if (reason !== null && signal?.aborted) return;
    const attempt = failures + 1;
    failures = reason === null ? 0 : attempt;
    const at = now();
    await sql.begin((tx) =>
      recordAttempt(tx, {
        root,
        channel: channel.channel,
        fromSeq: first.seq,
        toSeq: last.seq,
        attempt,
        reason,
        at,
        again: failures >= MOST_FAILURES ? null : new Date(at.getTime() + backoff(failures)),
      }),
    );
    if (reason !== null) return;
    delivered = last.seq;
  }
}

/** The same for a message however often it is sent: a UUID from the subscription and the numbers. */
export function deliveryId(root: string, fromSeq: number, toSeq: number = fromSeq): string {
  const hex = createHash('sha256').update(`${root}/${fromSeq}-${toSeq}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function sendMail(
  { mailer, site }: DeliveryOptions,
  { root, name, content }: PendingChannel,
  messages: readonly Message[],
): Promise<string | null> {
  const [first] = messages;
  const last = messages.at(-1);
  if (!mailer || !content.mail || !first || !last) return 'no SMTP server is configured';
  return mailer.send({
    to: content.mail.to,
    ...letterOf(name, messages, site),
    messageId: `<${first.seq}-${last.seq}.${deliveryId(root, first.seq, last.seq)}@${mailer.domain}>`,
    headers: {
      'X-Xiedang-Subscription': root,
      'X-Xiedang-Sequence': first.seq === last.seq ? `${first.seq}` : `${first.seq}-${last.seq}`,
      'X-Xiedang-Previous': `${first.previousSeq ?? 0}`,
    },
  });
}

async function sendWebhook(
  { now }: DeliveryOptions,
  { root, name, content, webhook_secret }: PendingChannel,
  message: Message,
  signal?: AbortSignal,
): Promise<string | null> {
  if (!content.webhook || webhook_secret === null) return 'no address';
  const { seq, previousSeq } = message;
  return postSigned({
    url: content.webhook.url,
    secret: webhook_secret,
    id: deliveryId(root, seq),
    timestamp: Math.floor(now().getTime() / 1000),
    body: JSON.stringify({ subscription: { id: root, name }, seq, previousSeq, trial: false, message }),
    signal,
  });
}

/** Sends a message that is none, to see whether messages arrive. Null when it was taken, else the reason. */
export async function sendTrial(
  { mailer, now }: Pick<DeliveryOptions, 'mailer' | 'now'>,
  subscription: {
    readonly root: string;
    readonly name: string;
    readonly content: Content;
    readonly secret: string | null;
  },
  channel: Channel,
): Promise<string | null> {
  const { root, name, content, secret } = subscription;
  const id = deliveryId(root, 0, now().getTime());
  if (channel === 'mail') {
    if (!content.mail) return 'the subscription has no mail address';
    if (!mailer) return NO_SMTP;
    return mailer.send({
      to: content.mail.to,
      ...trialLetter(name),
      messageId: `<trial.${id}@${mailer.domain}>`,
      headers: { 'X-Xiedang-Subscription': root, 'X-Xiedang-Trial': 'yes' },
    });
  }
  if (!content.webhook || secret === null) return 'the subscription has no webhook';
  return postSigned({
    url: content.webhook.url,
    secret,
    id,
    timestamp: Math.floor(now().getTime() / 1000),
    body: JSON.stringify({ subscription: { id: root, name }, seq: 0, previousSeq: null, trial: true, message: null }),
  });
}

/** Why mail does not go out, plainly. */
export const NO_SMTP =
  '未配置邮件服务器（XIEDANG_SMTP_URL、XIEDANG_MAIL_FROM），邮件等待发送 / no SMTP server is configured: mail waits';
