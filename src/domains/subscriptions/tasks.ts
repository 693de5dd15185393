import { addJob, type JobTask } from '../../platform/jobs/queue.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { readDays } from './days.pg.ts';
import { anythingToDeliver, type DeliveryOptions, deliverDue } from './delivery.pg.ts';
import { anythingToTell, type TellingOptions, tellAll } from './telling.pg.ts';

const TASK = 'subscriptions';
const TICK_MS = 2_000;
/** Days of acts are looked for at every so manieth tick: they are wanted by calendars, not by messages. */
const DAYS_EVERY = 15;

export type SubscriptionWork = TellingOptions & DeliveryOptions;

/** Jobs of the queue: tells subscriptions what happened, then sends what is due, then reads the days of new acts. */
export function subscriptionTasks(work: SubscriptionWork): Readonly<Record<string, JobTask>> {
  return {
    [TASK]: async (_payload, signal) => {
      await tellAll(work, signal);
      await deliverDue(work, signal);
      await readDays(work.sql, work.readPolicy, signal);
    },
  };
}

/**
 * Looks every two seconds, in the process that works the queue, whether there is something to tell or to send, and then
 * queues the job. What there is to do stands in the tables: nothing is lost when a process ends.
 */
export function watchForWork(options: {
  readonly work: SubscriptionWork;
  /** Owner of the queue's tables. */
  readonly owner: () => Sql;
  readonly working: () => boolean;
  readonly warn: (error: Error) => void;
  readonly every?: number;
}): { close(): Promise<void> } {
  const { work } = options;
  let running: Promise<void> | undefined;
  let ticks = 0;
  const look = async () => {
    if (!options.working()) return;
    const days = ticks++ % DAYS_EVERY === 0;
    if (!days && !(await anythingToTell(work.sql)) && !(await anythingToDeliver(work))) return;
    await addJob(options.owner(), { task: TASK, key: TASK, payload: {}, lane: TASK });
  };
  const timer = setInterval(() => {
    running ??= look()
      .catch((error: Error) => options.warn(error))
      .finally(() => {
        running = undefined;
      });
  }, options.every ?? TICK_MS);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
