import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { NO_SMTP } from './delivery.pg.ts';
import { actNamed, type ReadPolicy } from './library.pg.ts';
import { type ChannelRow, channelsOf, findSubscription, lockSubscription, type SubscriptionRow } from './store.pg.ts';
import type { About, Content } from './subscription.ts';
import type { TellingOptions } from './telling.pg.ts';

/** What the routes of subscriptions need. */
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

export type SubscriptionViews = ReturnType<typeof subscriptionViews>;

/** Subscriptions as they are found, shown and written down, the same for all routes. */
export function subscriptionViews(options: SubscriptionRoutesOptions & { readonly actor: string }) {
  const { sql, actor } = options;

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

  return { found, held, written, shown, shownAll };
}
