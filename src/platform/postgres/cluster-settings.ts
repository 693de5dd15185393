import { totalmem } from 'node:os';

/**
 * Settings of the embedded server, sized for two cores and for at most 1 GB of PostgreSQL memory in all:
 * 256 MB shared + 192 MB while one index is built (GIN: for each worker) + work_mem for a few sorts at once + about 5 MB a connection.
 * Each one differs from PostgreSQL's default for the reason beside it.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '256MB',
  maintenance_work_mem: '192MB',
  autovacuum_work_mem: '64MB',
  work_mem: '32MB',
  hash_mem_multiplier: '1.0',
  max_connections: '60',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  max_parallel_maintenance_workers: '2',
  autovacuum: 'on',
  autovacuum_max_workers: '2',
  // One machine, no replica: rows copied into a table made in the same transaction need no WAL.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  min_wal_size: '256MB',
  wal_buffers: '16MB',
  checkpoint_timeout: '15min',
  fsync: 'on',
  synchronous_commit: 'on',
  // Our queries are short; compiling them costs more than it gains.
  jit: 'off',
  random_page_cost: '1.1',
  max_locks_per_transaction: '256',
  timezone: "'UTC'",
  log_timezone: "'UTC'",
  datestyle: "'iso, ymd'",
  lc_messages: "'C'",
  password_encryption: "'scram-sha-256'",
  // No personal data in logs: terse leaves out the row values PostgreSQL prints in DETAIL and CONTEXT,
  // and statements are not repeated on errors.
  log_error_verbosity: "'terse'",
  log_min_error_statement: "'panic'",
  log_line_prefix: "'%m [%p] %q%a '",
};

/** Numbers the embedded server gives that a start-up may override (tests turn durability off). */
export type SettingOverrides = Readonly<Record<string, string>>;

/** The whole `postgresql.conf`; written anew at each start, with the operator's own file included last. */
export function serverConfiguration(options: {
  readonly port: number;
  /** Folder of the Unix socket; undefined when its path is too long for one. */
  readonly socketFolder: string | undefined;
  /** The operator's own settings, read last; undefined when there are none. */
  readonly includeFile: string | undefined;
  readonly overrides?: SettingOverrides | undefined;
}): string {
  const settings = {
    ...SETTINGS,
    effective_cache_size: `${Math.max(512, Math.floor(totalmem() / 2 ** 20 / 2))}MB`,
    listen_addresses: "'127.0.0.1'",
    port: String(options.port),
    unix_socket_directories: quote(options.socketFolder ?? ''),
    ...options.overrides,
  };
  return [
    '# Written by Xiedang at every start; your own settings belong in the file included at the end.',
    ...Object.entries(settings).map(([name, value]) => `${name} = ${value}`),
    ...(options.includeFile === undefined ? [] : [`include = ${quote(options.includeFile)}`]),
    '',
  ].join('\n');
}

/** `pg_hba.conf`: a password for everyone, on this machine only. */
export const ACCESS_RULES = `# Written by Xiedang at every start.
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
`;

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
