import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type postgres from 'postgres';
import { AppError } from '../../kernel/app-error.ts';

/**
 * postgres.js with the faults mended that end our process or corrupt data when a connection is lost. They are known
 * upstream (porsager/postgres #1133, #1208, #1209, #1215, #1216) and not in any release (3.4.9 is the latest):
 *
 * - in a transaction, the driver's own ROLLBACK goes to a socket that is null: an exception outside of every promise
 * - when the pool reconnects, the rest of the dead transaction runs on the new connection, outside of its transaction
 * - what was half written or half read before the loss is kept: the next connection hangs or reports the old error
 * - ending the pool waits for statements that can no longer end
 *
 * The text of two of its files is changed while they are loaded; nothing on disk is touched. Each change must match
 * exactly once, so another version of the driver stops with `store.driver-changed` instead of running unmended.
 * docs/decisions/postgres-js.md says when this file can go.
 */
type Change = readonly [found: string, replacement: string];

const CONNECTION: readonly Change[] = [
  // Nothing of the old connection may reach the new one; whoever still waited is told.
  [
    `    socket.removeAllListeners()
    socket = null

    if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
`,
    `    socket.removeAllListeners()
    socket = null
    const told = errorResponse
    chunk = nextWriteTimer = errorResponse = final = null

    if (query || sent.length || stream)
      error(told || Errors.connection('CONNECTION_CLOSED', options, socket))
    query = results = null
    result = new Result()

    if (initial)
      return reconnect()

`,
  ],
  // A statement for a connection that is gone is refused, and the connection stays where the pool put it.
  [
    `    if (terminated)
      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))
`,
    `    if (terminated)
      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))

    if (!socket)
      return (queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true)
`,
  ],
  [
    `    const x = socket.write(chunk, fn)
    nextWriteTimer !== null`,
    `    if (!socket) {
      chunk = nextWriteTimer = null
      return false
    }
    const x = socket.write(chunk, fn)
    nextWriteTimer !== null`,
  ],
  // COPY: the end of the stream of a connection that is gone has nothing to write.
  [
    `        callback(error)
        socket.write(b().f().str(error + b.N).end())
        stream = null
      },
      final(callback) {
        socket.write(b().c().end())
        final = callback
        stream = null
      }
    })
    query.resolve(stream)
  }

  function CopyOutResponse`,
    `        callback(error)
        socket && stream === this && socket.write(b().f().str(error + b.N).end())
        stream === this && (stream = null)
      },
      final(callback) {
        if (!socket) return callback(Errors.connection('CONNECTION_CLOSED', options))
        socket.write(b().c().end())
        final = callback
        stream = null
      }
    })
    query.resolve(stream)
  }

  function CopyOutResponse`,
  ],
];

const INDEX: readonly Change[] = [
  // A transaction whose connection was lost stays lost, also when the connection has been made anew.
  [
    `    let savepoints = 0
      , connection
      , prepare = null
`,
    `    let savepoints = 0
      , connection
      , prepare = null
      , lost = null
`,
  ],
  [
    `new Promise((_, reject) => connection.onclose = reject)`,
    `new Promise((_, reject) => connection.onclose = (e) => (lost = e, reject(e)))`,
  ],
  [
    `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full`,
    `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)
        c.queue === full`,
  ],
  // So does a reserved connection; released, it must not be taken for an open one.
  [
    `    c.reserved.release = true

    const sql = Sql(handler)
    sql.release = () => {
      c.reserved = null
      onopen(c)
    }

    return sql

    function handler(q) {
      c.queue === full`,
    `    c.reserved.release = true

    let lost = null
    const onlost = c.onclose = (e) => lost = e
    const sql = Sql(handler)
    sql.release = () => {
      if (lost)
        return
      c.onclose === onlost && (c.onclose = null)
      c.reserved = null
      onopen(c)
    }

    return sql

    function handler(q) {
      if (lost)
        return q.reject(lost)
      c.queue === full`,
  ],
];

interface LoadingModule {
  exports: unknown;
  filename: string;
  paths: string[];
  loaded: boolean;
  _compile(code: string, file: string): void;
}

function load(file: string, changes: readonly Change[]): unknown {
  let code = readFileSync(file, 'utf8');
  for (const [found, replacement] of changes) {
    if (code.split(found).length !== 2) {
      throw new AppError(
        'store.driver-changed',
        `${file} is not the postgres.js this program was made for; install the pinned version (npm ci)`,
        {
          file,
          missing: found,
        },
      );
    }
    code = code.replace(found, () => replacement);
  }
  const module = new Module(file) as unknown as LoadingModule;
  module.filename = file;
  module.paths = [];
  require.cache[file] = module as unknown as NodeJS.Module;
  module._compile(code, file);
  module.loaded = true;
  return module.exports;
}

const require = createRequire(import.meta.url);
const entry = require.resolve('postgres');
load(join(dirname(entry), 'connection.js'), CONNECTION);

/** The driver; use `connect` of connections.ts. */
export const driver = load(entry, INDEX) as typeof postgres;
