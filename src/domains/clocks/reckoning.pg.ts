import { type Clock, today } from '../../kernel/clock.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { editionOf, type Occasion, type Reckoned, reckonAll } from './service.ts';
import { eachOpenState, insertReckoning, reckonings, updateStates } from './store.pg.ts';

export type { Reckoned } from './service.ts';

/** `reckonAll` on a database: reading runs ahead on one connection, what moved is written on another. */
export async function reckonWith(
  sql: Sql,
  why: Omit<Occasion, 'sameDay'>,
  rulebook: Rulebook,
  clock: Clock,
): Promise<Reckoned> {
  return reckonAll(
    {
      eachOpenState: (size, take) => eachOpenState(sql, size, take),
      updateStates: (states) => updateStates(sql, states),
      insertReckoning: (row, changes) => insertReckoning(sql, row, changes),
    },
    { ...why, sameDay: await reckonedToday(sql, why.before, clock) },
    rulebook,
    clock,
  );
}

/** Whether the last reckoning was of today and by the rules before. */
async function reckonedToday(sql: Sql, before: Rulebook | undefined, clock: Clock): Promise<boolean> {
  if (!before) return false;
  const [last] = await reckonings(sql, 1);
  return last?.reckoned_on === today(clock) && last.edition === editionOf(before);
}
