import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { type Reckoned, reckonAll } from './service.ts';
import { eachOpenState, insertReckoning, updateStates } from './store.pg.ts';

export type { Reckoned } from './service.ts';

/** `reckonAll` on a database: reading runs ahead on one connection, what moved is written on another. */
export async function reckonWith(
  sql: Sql,
  why: { readonly cause: string; readonly actor: string; readonly before: string | null },
  rulebook: Rulebook,
  clock: Clock,
): Promise<Reckoned> {
  return reckonAll(
    {
      eachOpenState: (size, take) => eachOpenState(sql, size, take),
      updateStates: (states) => updateStates(sql, states),
      insertReckoning: (row, changes) => insertReckoning(sql, row, changes),
    },
    why,
    rulebook,
    clock,
  );
}
