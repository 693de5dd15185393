import { Pool } from 'pg';
import { type ConnectionTarget, pgClientConfig } from './connections.ts';

export type PgPool = Pool;

/**
 * A pool of the `pg` driver, for libraries that bring it along (the job queue). Lost connections are told to
 * `onError` and replaced at the next use; unheard they would end the process. End it with `pool.end()`.
 */
export function openPgPool(
  target: ConnectionTarget,
  options: { readonly max: number; readonly onError: (error: Error) => void },
): PgPool {
  const pool = new Pool({ ...pgClientConfig(target), max: options.max, application_name: 'xiedang-jobs' });
  pool.on('error', options.onError);
  pool.on('connect', (client) => client.on('error', options.onError));
  return pool;
}
