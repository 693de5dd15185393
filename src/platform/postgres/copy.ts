import { AppError } from '../../kernel/app-error.ts';
import type { ReservedSql, Transaction } from './connections.ts';

export type CopyFormat = 'text' | 'csv' | 'binary';

/** Bytes in COPY format. Chunks need not end at line ends; 64 KB and more are cheapest. */
export type CopySource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Streams bytes into a table and answers the number of rows, once the server has taken them all. The source is read
 * only as fast as the server takes it, so memory stays at a few chunks.
 *
 * `target` is SQL of our own: a table and its columns, `device_staging (di, name)`. `sql` must be one connection
 * (a transaction or a reserved one): other statements on it fail while the COPY runs.
 *
 * When the source throws, the COPY is aborted (no row stays) and the source's error is thrown. When the server
 * refuses a row or a constraint at the end, its PostgresError is thrown and the source is closed. Either way the
 * connection is usable again; a transaction must be rolled back as after any failed statement.
 */
export async function copyInto(
  sql: Transaction | ReservedSql,
  target: string,
  source: CopySource,
  format: CopyFormat = 'text',
): Promise<number> {
  const query = sql.unsafe(`copy ${target} from stdin (format ${format})`);
  const server = serverAnswer(query);
  let wake = () => {};
  server.answer.then(
    () => wake(),
    () => wake(),
  );
  const sink = await query.writable();
  // The server's own answer is awaited below; an unheard 'error' event would end the process.
  sink.on('error', () => undefined);
  try {
    for await (const chunk of source) {
      if (server.settled()) break;
      if (sink.write(chunk)) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        sink.once('drain', resolve);
      });
    }
  } catch (sourceError) {
    // The reason goes to the server's log, where no row content belongs.
    if (!server.settled()) sink.destroy(new Error('the source of the copy failed'));
    await server.answer.catch(() => undefined);
    throw sourceError;
  }
  if (!server.settled()) sink.end();
  return server.answer;
}

/**
 * The server's word on a COPY. postgres.js settles its query with the stream as soon as the COPY begins; an error
 * that comes after the last byte (a constraint, a bad last line) then reaches nobody, and the stream would not
 * finish until the next statement, and then as if all were well. Both answers pass through the `resolve` and
 * `reject` of the query, so they are heard there: first call the stream, second call the result.
 * Bound to the postgres.js version pinned in package.json and guarded by copy.test.ts.
 */
function serverAnswer(query: object): { readonly answer: Promise<number>; settled(): boolean } {
  const inner = query as { resolve?: (value: unknown) => void; reject?: (error: unknown) => void };
  const { resolve: begin, reject: refuse } = inner;
  if (!begin || !refuse)
    throw new AppError('store.driver-changed', 'postgres.js no longer has the inside that copyInto relies on');
  let settled = false;
  const answer = new Promise<number>((done, fail) => {
    let begun = false;
    inner.resolve = (value) => {
      if (!begun) {
        begun = true;
        begin.call(query, value);
        return;
      }
      settled = true;
      done((value as { count?: number | null } | null)?.count ?? 0);
    };
    inner.reject = (error) => {
      settled = true;
      refuse.call(query, error);
      fail(error);
    };
  });
  answer.catch(() => undefined);
  return { answer, settled: () => settled };
}

/** One value of a text-format COPY line: null as `\N`, with tab, newline, return and backslash escaped. */
export function copyField(value: string | null): string {
  if (value === null) return '\\N';
  return NEEDS_ESCAPE.test(value) ? value.replace(ESCAPED, (found) => ESCAPES[found] ?? found) : value;
}

const NEEDS_ESCAPE = /[\\\t\n\r]/;
const ESCAPED = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
