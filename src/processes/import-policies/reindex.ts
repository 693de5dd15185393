import { countDue, reindexSome } from '../../domains/policy/index.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import type { Sql } from '../../platform/postgres/connections.ts';

/** Documents read anew in one transaction. */
const BATCH = 100;

/**
 * Reads the library anew where its readings were made by another edition of the rules (or everywhere), batch by batch: a
 * run that is stopped goes on where it was. Texts, corrections and events stay as they are.
 */
export async function reindexPolicies(
  sql: Sql,
  options: {
    readonly actor: string;
    readonly all: boolean;
    readonly progress: (done: number, total: number) => void;
  },
): Promise<{ readonly documents: number; readonly seconds: number }> {
  const started = performance.now();
  const total = await countDue(sql, options.all);
  let done = 0;
  for (let after: string | null = null; ; ) {
    const step = await reindexSome(sql, { all: options.all, after, limit: BATCH });
    if (!step) break;
    after = step.last;
    done += step.count;
    options.progress(done, Math.max(total, done));
  }
  if (done > 0)
    await sql.begin((tx) =>
      audit(tx, {
        actor: options.actor,
        act: 'policy.reindex',
        subject: 'policies',
        outcome: 'done',
        detail: { documents: done, all: options.all },
      }),
    );
  return { documents: done, seconds: Math.round(performance.now() - started) / 1000 };
}
