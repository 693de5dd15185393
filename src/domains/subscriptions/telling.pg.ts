import { setImmediate } from 'node:timers/promises';
import { isAppError } from '../../kernel/app-error.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { ActShelf, eventsBetween, groupOf, groupsTold, lastEvent, type ReadPolicy } from './library.pg.ts';
import { type ActEvent, type Asking, asking, needsText, tell } from './rules/tell.ts';
import { appendMessages, behind, lockSubscription } from './store.pg.ts';
import type { Content, Told } from './subscription.ts';

/** Events looked at in one transaction; texts read for them are shared by all subscriptions. */
const WINDOW = 100;
const TURN = 10;

export interface TellingOptions {
  readonly sql: Sql;
  readonly readPolicy: ReadPolicy;
  /** What a kept enterprise says of itself, as a profile; null when it is kept no longer. */
  readonly enterprise: (sql: Queryable, id: string) => Promise<object | null>;
  readonly now: () => Date;
}

/** Whether any subscription has events to look at. */
export async function anythingToTell(sql: Queryable): Promise<boolean> {
  return (await behind(sql, await lastEvent(sql))).length > 0;
}

/**
 * Holds every new event against every subscription. What a subscription is told, its numbers and how far it has looked
 * are written in one transaction that holds its lock: an event is told once, whoever works and whenever it breaks off.
 * Answers how many messages were written.
 */
export async function tellAll(options: TellingOptions, signal?: AbortSignal): Promise<number> {
  const { sql } = options;
  const shelf = new ActShelf(options.readPolicy);
  let written = 0;
  for (;;) {
    const last = await lastEvent(sql);
    const [first] = await behind(sql, last);
    if (!first || signal?.aborted) return written;
    const upTo = Math.min(last, first.event_no + WINDOW);
    // all look at the same events: those that look from the same place read them once
    const read = new Map<number, ActEvent[]>();
    const events = async (tx: Queryable, after: number) => {
      const found = read.get(after) ?? (await eventsBetween(tx, after, upTo));
      read.set(after, found);
      return found;
    };
    for (const { root } of await behind(sql, upTo)) {
      if (signal?.aborted) return written;
      written += await tellOne(options, { shelf, events }, root, upTo);
    }
    shelf.clear();
  }
}

async function tellOne(
  options: TellingOptions,
  library: {
    readonly shelf: ActShelf;
    readonly events: (tx: Queryable, after: number) => Promise<readonly ActEvent[]>;
  },
  root: string,
  upTo: number,
): Promise<number> {
  const { sql } = options;
  return (await sql.begin(async (tx) => {
    const row = await lockSubscription(tx, root);
    // another process was faster, or it was removed meanwhile
    if (!row || row.event_no >= upTo) return 0;
    const asked = await askingOf(tx, row.content, options.enterprise);
    const events = asked ? await library.events(tx, row.event_no) : [];
    const groups = events.flatMap(({ kind, group }) => (kind === 'added' && group ? [group] : []));
    const told = asked ? await toldOf(tx, asked, events, library.shelf, await groupsTold(tx, root, groups)) : [];
    await appendMessages(tx, row, told, upTo, options.now());
    return told.length;
  })) as number;
}

/** A subscription with its enterprise; null when that is gone or its words are no longer known: then nothing fits. */
export async function askingOf(
  sql: Queryable,
  content: Pick<Content, 'about' | 'events'>,
  enterprise: TellingOptions['enterprise'],
): Promise<Asking | null> {
  const { about } = content;
  const id = about.type === 'profile' ? (about.enterprise ?? null) : null;
  const kept = id === null ? null : await enterprise(sql, id);
  if (id !== null && kept === null) return null;
  try {
    return asking(content, kept, about.type === 'act' ? await groupOf(sql, about.id) : null);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** What a subscription is told of events, in their order. A copy of what it was told came in is not told again. */
export async function toldOf(
  sql: Queryable,
  asked: Asking,
  events: readonly ActEvent[],
  shelf: ActShelf,
  groups: Set<string> = new Set(),
): Promise<Told[]> {
  const told: Told[] = [];
  for (const [i, event] of events.entries()) {
    // texts that are at hand are matched without a wait: others shall have their turn
    if (i % TURN === TURN - 1) await setImmediate();
    const { group } = event;
    if (event.kind === 'added' && group !== null && groups.has(group)) continue;
    const acts = needsText(asked, event) ? await shelf.acts(sql, event.act.id) : [];
    const one = tell(asked, event, acts);
    if (!one) continue;
    told.push(one);
    if (event.kind === 'added' && group !== null) groups.add(group);
  }
  return told;
}
