import type postgres from 'postgres';
import { driver } from './driver.ts';

/** The pool, a transaction or a reserved connection of postgres.js. */
export type Sql = postgres.Sql;
/** One transaction, as given by `sql.begin`. */
export type Transaction = postgres.TransactionSql;
/** One connection taken from the pool until `release()`. */
export type ReservedSql = postgres.ReservedSql;
/** Whatever a plain query may be asked of. */
export type Queryable = postgres.ISql;

/** Where and as whom to connect. Plain data, so that it can be handed to another process. */
export interface ConnectionTarget {
  /** Given by the operator; host, port, user and password are then read from it. */
  readonly url?: string;
  /** Host name, or folder of the Unix socket. */
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database: string;
  /** Role taken on right after login; undefined keeps the user's own. */
  readonly role?: string;
}

export interface PoolOptions {
  /** Connections at most; default 8. */
  readonly max?: number;
  /** Name shown in pg_stat_activity; default `xiedang`. */
  readonly applicationName?: string;
  /** A statement running longer is cancelled (SQLSTATE 57014). Milliseconds; default 0 = never. */
  readonly statementTimeoutMs?: number;
  /** Seconds after which an unused connection is closed; default: kept. */
  readonly idleTimeoutSeconds?: number;
  /** Notices of the server; default: dropped. */
  readonly onNotice?: (message: string) => void;
}

const asIs = (value: unknown) => value;
const OID = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184 } as const;

/**
 * How values cross the border. Everything not named here is as postgres.js has it (numeric is a string).
 * - int8: number when it is a safe integer, else its digits as a string
 * - date: `YYYY-MM-DD`, never a Date: a calendar day has no zone
 * - timestamptz: ISO string in UTC with all six fractional digits PostgreSQL keeps (`2026-03-01T08:00:00.123456Z`);
 *   a Date would round to milliseconds, and then a row's own `recordedAt` no longer finds it
 * Parameters for dates and timestamps may be strings (passed as they are) or Date.
 */
const types = {
  int8: { to: OID.int8, from: [OID.int8], serialize: (value: unknown) => String(value), parse: parseInt8 },
  day: { to: OID.date, from: [OID.date], serialize: asIs, parse: asIs },
  timestamp: { to: OID.timestamp, from: [OID.timestamp], serialize: serializeInstant, parse: asIs },
  instant: { to: OID.timestamptz, from: [OID.timestamptz], serialize: serializeInstant, parse: parseInstant },
};

function parseInt8(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

function serializeInstant(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

/** PostgreSQL's `2026-03-01 08:00:00.123456+00` (session zone UTC) as ISO; `infinity` stays as it is. */
function parseInstant(text: string): string {
  return text.endsWith('+00') ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : text;
}

/**
 * Opens a pool; connections are made when first needed. The caller ends it with `sql.end()`.
 * Sessions are in UTC, so that no answer depends on the zone of the server.
 */
export function connect(target: ConnectionTarget, options: PoolOptions = {}): Sql {
  const settings: postgres.Options<Record<string, postgres.PostgresType>> = {
    database: target.database,
    max: options.max ?? 8,
    idle_timeout: options.idleTimeoutSeconds,
    connect_timeout: 30,
    types: types as unknown as Record<string, postgres.PostgresType>,
    onnotice: (notice) => options.onNotice?.(String(notice.message)),
    connection: {
      application_name: options.applicationName ?? 'xiedang',
      TimeZone: 'UTC',
      ...(options.statementTimeoutMs ? { statement_timeout: options.statementTimeoutMs } : {}),
      ...(target.role ? { role: target.role } : {}),
    },
  };
  const { url, host, port, user: username, password } = target;
  return (url === undefined
    ? driver({ ...settings, host, port, username, password })
    : driver(url, settings)) as unknown as Sql;
}

/** The same server and user, another database. */
export function withDatabase(target: ConnectionTarget, database: string): ConnectionTarget {
  if (target.url === undefined) return { ...target, database };
  const url = new URL(target.url);
  url.pathname = `/${encodeURIComponent(database)}`;
  return { ...target, url: url.href, database };
}

/** The same target for the `pg` driver (used where a library brings it along, such as the job queue). */
export function pgClientConfig(target: ConnectionTarget): {
  connectionString?: string;
  host?: string;
  port?: number;
  user?: string;
  password?: string;
  database?: string;
  options: string;
} {
  const options = ['-c TimeZone=UTC', ...(target.role ? [`-c role=${target.role}`] : [])].join(' ');
  if (target.url !== undefined) return { connectionString: target.url, options };
  const { host, port, user, password, database } = target;
  return {
    options,
    database,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  };
}
