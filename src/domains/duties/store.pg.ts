import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../platform/postgres/connections.ts';

/** What is kept of an enterprise: the question about its duties without the days asked for. */
export interface KeptProfile {
  readonly party: Readonly<Record<string, unknown>>;
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** The newest row of an enterprise; `root` names the enterprise, `id` this version. */
export interface ProfileRow {
  readonly id: string;
  readonly root: string;
  readonly name: string;
  readonly profile: KeptProfile;
  readonly feed_hash: string | null;
  readonly recorded_at: string;
}

const COLUMNS = 'p.id, p.root, p.name, p.profile, p.feed_hash, p.recorded_at';
/** A row that nothing replaced and that was not removed. */
const NEWEST = 'not p.removed and not exists (select 1 from duty_profile n where n.replaces = p.id)';

/** Enterprises by name, each with its newest version. */
export async function listProfiles(
  sql: Queryable,
  filter: {
    readonly q: string | null;
    readonly limit: number;
    readonly after: { readonly name: string; readonly root: string } | null;
  },
): Promise<ProfileRow[]> {
  const like = filter.q === null ? null : `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
  return sql.unsafe<ProfileRow[]>(
    `select ${COLUMNS} from duty_profile p
     where ${NEWEST} and ($1::text is null or p.name ilike $1)
       and ($2::text is null or (p.name, p.root) > ($2, $3::uuid))
     order by p.name, p.root limit $4`,
    [like, filter.after?.name ?? null, filter.after?.root ?? null, filter.limit],
  );
}

export async function countProfiles(sql: Queryable, q: string | null): Promise<number> {
  const like = q === null ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const [row] = await sql.unsafe<{ n: number }[]>(
    `select count(*)::int as n from duty_profile p where ${NEWEST} and ($1::text is null or p.name ilike $1)`,
    [like],
  );
  return row?.n ?? 0;
}

export async function findProfile(sql: Queryable, root: string): Promise<ProfileRow | undefined> {
  const [row] = await sql.unsafe<ProfileRow[]>(
    `select ${COLUMNS} from duty_profile p where p.root = $1::uuid and ${NEWEST}`,
    [root],
  );
  return row;
}

/** The enterprise behind a feed: found by the hash of its token, so that no secret is compared letter by letter. */
export async function findByFeed(sql: Queryable, hash: string): Promise<ProfileRow | undefined> {
  const [row] = await sql.unsafe<ProfileRow[]>(
    `select ${COLUMNS} from duty_profile p where p.feed_hash = $1 and ${NEWEST}`,
    [hash],
  );
  return row;
}

/** How often an enterprise was written, and when. */
export async function versionsOf(sql: Queryable, root: string): Promise<{ id: string; recorded_at: string }[]> {
  return sql.unsafe<{ id: string; recorded_at: string }[]>(
    'select id, recorded_at from duty_profile where root = $1::uuid order by recorded_at desc, id limit 500',
    [root],
  );
}

/** Those who write to one enterprise at once follow one another. */
export async function lockProfile(tx: Queryable, root: string): Promise<ProfileRow | undefined> {
  await tx.unsafe('select pg_advisory_xact_lock(hashtextextended($1, 7139233))', [root]);
  return findProfile(tx, root);
}

export interface NewProfile {
  readonly actor: string;
  readonly name: string;
  readonly profile: KeptProfile;
  readonly feedHash: string | null;
  /** The version this one stands for; null for a new enterprise. */
  readonly before: ProfileRow | null;
  readonly removed?: boolean;
}

/** Appends a version; nothing is overwritten. Answers the root. */
export async function insertProfile(tx: Queryable, row: NewProfile): Promise<string> {
  const id = randomUUID();
  const root = row.before?.root ?? id;
  await tx.unsafe(
    `insert into duty_profile (id, name, profile, replaces, root, removed, feed_hash, actor)
     values ($1::uuid, $2, $3::text::jsonb, $4::uuid, $5::uuid, $6, $7, $8)`,
    [
      id,
      row.name,
      JSON.stringify(row.profile),
      row.before?.id ?? null,
      root,
      row.removed ?? false,
      row.feedHash,
      row.actor,
    ],
  );
  return root;
}
