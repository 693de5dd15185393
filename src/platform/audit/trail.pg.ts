import { createHash } from 'node:crypto';
import type { Queryable, Sql } from '../postgres/connections.ts';

/** One thing that was done, or refused. `detail` names no persons beyond the actor. */
export interface AuditAct {
  readonly actor: string;
  /** Verb of the domain, `record.add`. */
  readonly act: string;
  readonly subject: string;
  readonly outcome: 'done' | 'refused';
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AuditEntry extends AuditAct {
  readonly no: number;
  readonly at: string;
  readonly previous: string;
  readonly hash: string;
}

/** Keeps writers of the trail in one row: two entries must not follow the same one. */
const LOCK_KEY = 7_139_230_175;
/** What the first entry follows. */
const ORIGIN = '0'.repeat(64);

/** Text that is the same for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { no, at, actor, act, subject, outcome, detail, previous } = entry;
  return createHash('sha256')
    .update(canonical([no, at, actor, act, subject, outcome, detail, previous]))
    .digest('hex');
}

/** Appends an entry, in the transaction of what was done. The lock is held until that transaction ends. */
export async function audit(tx: Queryable, act: AuditAct): Promise<AuditEntry> {
  await tx.unsafe('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
  const [last] = await tx.unsafe<{ no: number; hash: string; at: string }[]>(
    'select clock_timestamp() as at, e.no, e.hash from (select 1) one left join lateral (select no, hash from audit_entry order by no desc limit 1) e on true',
  );
  const entry = { no: (last?.no ?? 0) + 1, at: last?.at ?? '', ...act, previous: last?.hash ?? ORIGIN };
  // kept as the database will give it back, so that the hash can be checked
  const detail = JSON.parse(JSON.stringify(act.detail)) as Record<string, unknown>;
  const hash = hashOf({ ...entry, detail });
  await tx.unsafe(
    `insert into audit_entry (no, at, actor, act, subject, outcome, detail, previous, hash)
     values ($1, $2::timestamptz, $3, $4, $5, $6, $7::text::jsonb, $8, $9)`,
    [entry.no, entry.at, act.actor, act.act, act.subject, act.outcome, JSON.stringify(detail), entry.previous, hash],
  );
  return { ...entry, detail, hash };
}

/** Reads the whole trail and answers the number of the first entry that does not follow, null when all do. */
export async function checkTrail(sql: Sql): Promise<{ readonly entries: number; readonly broken: number | null }> {
  let previous = ORIGIN;
  let entries = 0;
  for await (const rows of sql<AuditEntry[]>`
    select no, at, actor, act, subject, outcome, detail, previous, hash from audit_entry order by no`.cursor(1000)) {
    for (const row of rows) {
      entries++;
      if (row.no !== entries || row.previous !== previous || hashOf(row) !== row.hash)
        return { entries, broken: row.no };
      previous = row.hash;
    }
  }
  return { entries, broken: null };
}
