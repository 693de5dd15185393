import { editionOf, type Reckoned, reckonWith } from '../../domains/clocks/index.ts';
import { systemActor } from '../../kernel/actor.ts';
import { type Clock, today } from '../../kernel/clock.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import type { LiveRulebook } from './live-rulebook.ts';

/** Keeps the days of all open cases right: with every new day and every change of the rules, one run at a time. */
export interface Reckoner {
  run(cause: string, actor: string, before?: Rulebook): Promise<Reckoned>;
  /** Looks whether a new day or an edition of the rules not yet reckoned with calls for a run, now and every few minutes. */
  start(): void;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 60_000;

export function reckoner(options: {
  readonly sql: Sql;
  readonly rules: LiveRulebook;
  readonly clock: Clock;
  readonly warn: (error: unknown) => void;
}): Reckoner {
  const { sql, rules, clock } = options;
  let line: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const run = (cause: string, actor: string, before?: Rulebook) => {
    const next = line.then(() => reckonWith(sql, { cause, actor, before }, rules.current(), clock));
    line = next.catch(() => undefined);
    return next;
  };
  const look = async (before?: Rulebook) => {
    if (closed) return;
    const book = rules.current();
    const edition = editionOf(book);
    const [last] = await sql.unsafe<{ reckoned_on: string; edition: string }[]>(
      'select reckoned_on, edition from clock_reckoning order by at desc, id limit 1',
    );
    if (closed || (last?.reckoned_on === today(clock) && last.edition === edition)) return;
    const newRules = last !== undefined && last.edition !== edition;
    await run(newRules ? 'rules' : 'day', systemActor.id, newRules ? before : undefined);
  };
  return {
    run,
    start() {
      const quietly = (before?: Rulebook) => void look(before).catch(options.warn);
      quietly();
      timer = setInterval(() => quietly(), LOOK_EVERY_MS);
      timer.unref();
      rules.onChange((before) => setTimeout(() => quietly(before), 50).unref());
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await line.catch(() => undefined);
    },
  };
}
