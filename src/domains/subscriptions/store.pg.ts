import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../platform/postgres/connections.ts';
import type { Content, Message, Told } from './subscription.ts';

export type Channel = 'mail' | 'webhook';
export const CHANNELS = ['mail', 'webhook'] as const;

/** The newest version of a subscription with how far it has come. */
export interface SubscriptionRow {
  readonly id: string;
  readonly root: string;
  readonly name: string;
  readonly content: Content;
  readonly webhook_secret: string | null;
  readonly recorded_at: string;
  readonly last_seq: number;
  readonly event_no: number;
  readonly feed: boolean;
  readonly unread: number;
  readonly last_at: string | null;
}

const NEWEST = 'not s.removed and not exists (select 1 from policy_subscription n where n.replaces = s.id)';
const COLUMNS = `s.id, s.root, s.name, s.content, s.webhook_secret, s.recorded_at, t.last_seq, t.event_no,
  t.feed_hash is not null as feed,
  t.last_seq - (select count(*)::integer from policy_message_read r where r.root = s.root) as unread,
  (select m.at from policy_message m where m.root = s.root and m.seq = t.last_seq) as last_at
  from policy_subscription s join policy_subscription_state t on t.root = s.root`;

export async function listSubscriptions(
  sql: Queryable,
  page: { readonly limit: number; readonly after: { readonly name: string; readonly root: string } | null },
): Promise<SubscriptionRow[]> {
  return sql.unsafe<SubscriptionRow[]>(
    `select ${COLUMNS} where ${NEWEST} and ($1::text is null or (s.name, s.root) > ($1, $2::uuid))
     order by s.name, s.root limit $3`,
    [page.after?.name ?? null, page.after?.root ?? null, page.limit],
  );
}

export async function countSubscriptions(sql: Queryable): Promise<number> {
  const [row] = await sql.unsafe<{ n: number }[]>(
    `select count(*)::integer as n from policy_subscription s where ${NEWEST}`,
  );
  return row?.n ?? 0;
}

export async function findSubscription(sql: Queryable, root: string): Promise<SubscriptionRow | undefined> {
  const [row] = await sql.unsafe<SubscriptionRow[]>(`select ${COLUMNS} where s.root = $1::uuid and ${NEWEST}`, [root]);
  return row;
}

/** Those who write to one subscription at once follow one another, the job among them. */
export async function lockSubscription(tx: Queryable, root: string): Promise<SubscriptionRow | undefined> {
  await tx.unsafe('select 1 from policy_subscription_state where root = $1::uuid for update', [root]);
  return findSubscription(tx, root);
}

export async function versionsOf(sql: Queryable, root: string): Promise<{ id: string; recordedAt: string }[]> {
  return sql.unsafe<{ id: string; recordedAt: string }[]>(
    `select id, recorded_at as "recordedAt" from policy_subscription where root = $1::uuid
     order by recorded_at desc, id limit 200`,
    [root],
  );
}

/** Appends a version; a new subscription begins after the last event. Answers the root. */
export async function insertVersion(
  tx: Queryable,
  row: {
    readonly actor: string;
    readonly name: string;
    readonly content: Content;
    readonly secret: string | null;
    readonly before: { readonly id: string; readonly root: string } | null;
    readonly removed?: boolean;
  },
): Promise<string> {
  const id = randomUUID();
  const root = row.before?.root ?? id;
  if (!row.before)
    await tx.unsafe(
      `insert into policy_subscription_state (root, event_no)
       select $1::uuid, coalesce(max(no), 0) from policy_event`,
      [root],
    );
  await tx.unsafe(
    `insert into policy_subscription (id, root, replaces, name, content, webhook_secret, removed, actor)
     values ($1::uuid, $2::uuid, $3::uuid, $4, $5::text::jsonb, $6, $7, $8)`,
    [
      id,
      root,
      row.before?.id ?? null,
      row.name,
      JSON.stringify(row.content),
      row.secret,
      row.removed ?? false,
      row.actor,
    ],
  );
  if (row.removed)
    await tx.unsafe('update policy_subscription_state set live = false, feed_hash = null where root = $1::uuid', [
      root,
    ]);
  return root;
}

/** A channel begins with what is told from now on; one that was there goes on where it stood. */
export async function openChannel(tx: Queryable, root: string, channel: Channel): Promise<void> {
  await tx.unsafe(
    `insert into policy_channel (root, channel, delivered_seq)
     select root, $2, last_seq from policy_subscription_state where root = $1::uuid on conflict (root, channel) do nothing`,
    [root, channel],
  );
}

/** A channel that was not wanted for a while begins anew with what is told from now on. */
export async function reopenChannel(tx: Queryable, root: string, channel: Channel): Promise<void> {
  await openChannel(tx, root, channel);
  await tx.unsafe(
    `update policy_channel c set delivered_seq = t.last_seq, failures = 0, next_attempt_at = null, paused_at = null,
       reason = null from policy_subscription_state t
     where c.root = $1::uuid and c.channel = $2 and t.root = c.root`,
    [root, channel],
  );
}

export async function setFeed(tx: Queryable, root: string, hash: string | null): Promise<void> {
  await tx.unsafe('update policy_subscription_state set feed_hash = $2 where root = $1::uuid', [root, hash]);
}

/** The subscription behind a feed, found by the hash of its token. */
export async function findByFeed(sql: Queryable, hash: string): Promise<SubscriptionRow | undefined> {
  const [row] = await sql.unsafe<{ root: string }[]>(
    'select root from policy_subscription_state where feed_hash = $1 and live',
    [hash],
  );
  return row && findSubscription(sql, row.root);
}

export interface ChannelRow {
  readonly root: string;
  readonly channel: Channel;
  readonly delivered_seq: number;
  readonly failures: number;
  readonly next_attempt_at: string | null;
  readonly paused_at: string | null;
  readonly reason: string | null;
  readonly last_at: string | null;
}

export async function channelsOf(sql: Queryable, roots: readonly string[]): Promise<ChannelRow[]> {
  return sql.unsafe<ChannelRow[]>(
    `select root, channel, delivered_seq, failures, next_attempt_at, paused_at, reason, last_at from policy_channel
     where root = any($1::uuid[]) order by channel`,
    [roots as string[]],
  );
}

/** A channel with messages it has not delivered, of a subscription that wants it. */
export interface PendingChannel extends ChannelRow {
  readonly name: string;
  readonly content: Content;
  readonly webhook_secret: string | null;
  /** When the first message that waits was told. */
  readonly waiting_since: string;
}

/** Channels that are neither paused nor waiting for their next attempt, and have something to deliver. */
export async function pendingChannels(sql: Queryable, now: Date): Promise<PendingChannel[]> {
  return sql.unsafe<PendingChannel[]>(
    `select c.root, c.channel, c.delivered_seq, c.failures, c.next_attempt_at, c.paused_at, c.reason, c.last_at,
       s.name, s.content, s.webhook_secret, m.at as waiting_since
     from policy_channel c join policy_subscription_state t on t.root = c.root and t.live
     join policy_subscription s on s.root = c.root and ${NEWEST}
     cross join lateral (select at from policy_message m where m.root = c.root and m.seq > c.delivered_seq
       order by m.seq limit 1) m
     where c.delivered_seq < t.last_seq and c.paused_at is null
       and (c.next_attempt_at is null or c.next_attempt_at <= $1::timestamptz)
       and s.content -> c.channel is not null and s.content -> c.channel <> 'null'::jsonb
     order by c.root, c.channel`,
    [now],
  );
}

export interface Outcome {
  readonly root: string;
  readonly channel: Channel;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly attempt: number;
  /** Null when it was delivered. */
  readonly reason: string | null;
  readonly at: Date;
  /** For a failure: when to try again; null pauses. */
  readonly again: Date | null;
}

/** Writes down how an attempt went, and moves the channel on. */
export async function recordAttempt(tx: Queryable, outcome: Outcome): Promise<void> {
  const { root, channel, fromSeq, toSeq, attempt, reason, at, again } = outcome;
  await tx.unsafe(
    `insert into policy_delivery (root, channel, from_seq, to_seq, attempt, outcome, note, at)
     values ($1::uuid, $2, $3, $4, $5, $6, $7, $8::timestamptz)`,
    [root, channel, fromSeq, toSeq, attempt, reason === null ? 'delivered' : 'failed', reason, at],
  );
  if (reason === null)
    await tx.unsafe(
      `update policy_channel set delivered_seq = greatest(delivered_seq, $3), failures = 0, next_attempt_at = null,
         paused_at = null, reason = null, last_at = $4::timestamptz where root = $1::uuid and channel = $2`,
      [root, channel, toSeq, at],
    );
  else
    await tx.unsafe(
      `update policy_channel set failures = $3, next_attempt_at = $4::timestamptz,
         paused_at = case when $4::timestamptz is null then $5::timestamptz end, reason = $6
       where root = $1::uuid and channel = $2`,
      [root, channel, attempt, again, at, reason],
    );
}

export async function noteDelivery(
  tx: Queryable,
  note: {
    readonly root: string;
    readonly channel: Channel;
    readonly outcome: 'trial' | 'resumed';
    readonly reason: string | null;
    readonly at: Date;
  },
): Promise<void> {
  await tx.unsafe(
    `insert into policy_delivery (root, channel, from_seq, to_seq, attempt, outcome, note, at)
     select $1::uuid, $2, coalesce(max(delivered_seq), 0), coalesce(max(delivered_seq), 0), 0, $3, $4, $5::timestamptz
     from policy_channel where root = $1::uuid and channel = $2`,
    [note.root, note.channel, note.outcome, note.reason, note.at],
  );
}

/** Takes the pause off a channel, and the wait. */
export async function resumeChannel(tx: Queryable, root: string, channel: Channel): Promise<void> {
  await tx.unsafe(
    `update policy_channel set failures = 0, next_attempt_at = null, paused_at = null, reason = null
     where root = $1::uuid and channel = $2`,
    [root, channel],
  );
}

export interface AttemptRow {
  readonly channel: Channel;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly attempt: number;
  readonly outcome: string;
  readonly note: string | null;
  readonly at: string;
}

export async function attemptsOf(sql: Queryable, root: string): Promise<AttemptRow[]> {
  return sql.unsafe<AttemptRow[]>(
    `select channel, from_seq as "fromSeq", to_seq as "toSeq", attempt, outcome, note, at from policy_delivery
     where root = $1::uuid order by no desc limit 50`,
    [root],
  );
}

interface MessageRow {
  readonly root: string;
  readonly seq: number;
  readonly content: string;
  readonly at: string;
  readonly read: boolean;
  readonly name: string;
}

/** A message with where it belongs and whether it was read here. */
export interface KeptMessage {
  readonly root: string;
  readonly name: string;
  readonly read: boolean;
  readonly message: Message;
}

const MESSAGE = `select m.root, m.seq, m.content, m.at, s.name,
    exists (select from policy_message_read r where r.root = m.root and r.seq = m.seq) as read
  from policy_message m join policy_subscription s on s.root = m.root and ${NEWEST}`;

function kept({ root, seq, content, at, read, name }: MessageRow): KeptMessage {
  const told = JSON.parse(content) as Told;
  return { root, name, read, message: { seq, previousSeq: seq > 1 ? seq - 1 : null, at, ...told } };
}

/** Messages of one subscription below a number, newest first. */
export async function messagesOf(
  sql: Queryable,
  root: string,
  page: { readonly before: number | null; readonly limit: number },
): Promise<KeptMessage[]> {
  const rows = await sql.unsafe<MessageRow[]>(
    `${MESSAGE} where m.root = $1::uuid and ($2::integer is null or m.seq < $2) order by m.seq desc limit $3`,
    [root, page.before, page.limit],
  );
  return rows.map(kept);
}

/** Messages a channel has still to deliver, oldest first, told before an instant. */
export async function messagesAfter(
  sql: Queryable,
  root: string,
  seq: number,
  page: { readonly before: Date | null; readonly limit: number },
): Promise<Message[]> {
  const rows = await sql.unsafe<MessageRow[]>(
    `${MESSAGE} where m.root = $1::uuid and m.seq > $2 and ($3::timestamptz is null or m.at < $3::timestamptz)
     order by m.seq limit $4`,
    [root, seq, page.before, page.limit],
  );
  return rows.map((row) => kept(row).message);
}

/** Messages of all subscriptions, newest first. */
export async function inbox(
  sql: Queryable,
  page: {
    readonly unread: boolean | null;
    readonly after: { readonly at: string; readonly root: string; readonly seq: number } | null;
    readonly limit: number;
  },
): Promise<KeptMessage[]> {
  const { after } = page;
  const rows = await sql.unsafe<MessageRow[]>(
    `${MESSAGE} where ($1::boolean is null
         or $1 <> exists (select from policy_message_read r where r.root = m.root and r.seq = m.seq))
       and ($2::timestamptz is null or m.at < $2::timestamptz or m.at = $2::timestamptz
         and (m.root > $3::uuid or m.root = $3::uuid and m.seq < $4))
     order by m.at desc, m.root, m.seq desc limit $5`,
    [page.unread, after?.at ?? null, after?.root ?? null, after?.seq ?? null, page.limit],
  );
  return rows.map(kept);
}

/** Messages that are there, and those not read, of subscriptions that are kept. */
export async function countInbox(sql: Queryable): Promise<{ all: number; unread: number }> {
  const [row] = await sql.unsafe<{ all: number; unread: number }[]>(
    `select coalesce(sum(t.last_seq), 0)::integer as "all", coalesce(sum(t.last_seq
       - (select count(*) from policy_message_read r where r.root = t.root)), 0)::integer as unread
     from policy_subscription_state t where t.live`,
  );
  return row ?? { all: 0, unread: 0 };
}

/** Marks messages up to a number as read; null means those of all subscriptions. */
export async function markRead(
  tx: Queryable,
  actor: string,
  which: { readonly root: string; readonly from: number; readonly upTo: number } | null,
): Promise<void> {
  await tx.unsafe(
    `insert into policy_message_read (root, seq, actor) select root, seq, $1 from policy_message
     where $2::uuid is null or root = $2::uuid and seq between $3 and $4 on conflict do nothing`,
    [actor, which?.root ?? null, which?.from ?? null, which?.upTo ?? null],
  );
}

/** Subscriptions that have not looked at all events, with their newest version. */
export async function behind(sql: Queryable, upTo: number): Promise<{ root: string; event_no: number }[]> {
  return sql.unsafe<{ root: string; event_no: number }[]>(
    'select root, event_no from policy_subscription_state where live and event_no < $1 order by event_no, root',
    [upTo],
  );
}

/** Appends what a subscription is told, and moves it on, in one transaction that holds its lock. */
export async function appendMessages(
  tx: Queryable,
  row: SubscriptionRow,
  told: readonly Told[],
  upTo: number,
  at: Date,
): Promise<void> {
  if (told.length > 0)
    await tx.unsafe(
      `insert into policy_message (root, seq, event_no, subscription_id, content, at)
       select $1::uuid, $2 + n, event_no, $3::uuid, content, $4::timestamptz
       from unnest($5::bigint[], $6::text[]) with ordinality as t (event_no, content, n)`,
      [row.root, row.last_seq, row.id, at, told.map((one) => one.event.no), told.map((one) => JSON.stringify(one))],
    );
  await tx.unsafe('update policy_subscription_state set event_no = $2, last_seq = $3 where root = $1::uuid', [
    row.root,
    upTo,
    row.last_seq + told.length,
  ]);
}
