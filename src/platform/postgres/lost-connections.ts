import { AppError } from '../../kernel/app-error.ts';
import type { Sql } from './connections.ts';

/**
 * A guard for postgres.js (3.4.9): when the server ends a connection in the middle of a transaction, the driver
 * still writes its ROLLBACK to it, and that throws outside of every promise and ends our process. If the pool has
 * reconnected meanwhile, the rest of the dead transaction would even run outside of any transaction.
 * Known upstream (porsager/postgres #1208, #1215), not released. Here every statement of a transaction or reserved
 * connection is refused once the connection it began on has gone. It leans on the driver's inside, whose version is
 * pinned; lost-connections.test.ts fails when that changes.
 */
interface DriverQuery {
  readonly handler: object;
  reject(error: Error): void;
}

interface DriverConnection {
  readonly id: number;
  execute(query: DriverQuery): unknown;
  connect(query: DriverQuery): unknown;
  terminate(): void;
}

interface DriverScope {
  (strings: TemplateStringsArray): DriverQuery;
  unsafe(text: string, args: unknown[], options: object): { execute(): Promise<unknown> };
  release(): void;
}

export interface LossGuard {
  /** To be passed to the driver as its `onclose` option. */
  readonly onclose: (connectionId: number) => void;
  /** Puts the guard around `begin` and `reserve`; call once, right after the pool is made. */
  protect(sql: Sql): void;
}

export function lossGuard(): LossGuard {
  /** How often each connection has been lost. */
  const losses = new Map<number, number>();
  const lossesOf = (connection: DriverConnection) => losses.get(connection.id) ?? 0;
  /** For each transaction scope: the losses of its connection when it began. */
  const scopes = new WeakMap<object, number>();
  const watched = new Map<number, DriverConnection>();
  /** Connections that were lost and not made anew. */
  const down = new Set<DriverConnection>();
  let poolHandler: object | undefined;

  const watch = (connection: DriverConnection) => {
    if (watched.has(connection.id)) return;
    watched.set(connection.id, connection);
    const { connect, execute } = connection;
    connection.connect = (query) => {
      down.delete(connection);
      return connect(query);
    };
    connection.execute = (query) => {
      if (query.handler === poolHandler) return execute(query);
      const began = scopes.get(query.handler);
      // A savepoint is a scope of its own, first seen with its own statement.
      if (began === undefined) scopes.set(query.handler, lossesOf(connection));
      else if (began !== lossesOf(connection)) {
        query.reject(new AppError('store.connection-lost', 'the database ended the connection during the transaction'));
        return true;
      }
      return execute(query);
    };
  };

  return {
    onclose: (id) => {
      losses.set(id, (losses.get(id) ?? 0) + 1);
      const connection = watched.get(id);
      if (connection) down.add(connection);
    },
    protect(sql) {
      poolHandler = handlerOf(sql);
      const inner = sql as unknown as {
        unsafe: (
          text: string,
          args?: unknown[],
          options?: { onexecute?: (connection: DriverConnection) => unknown },
        ) => unknown;
        begin: (...args: unknown[]) => Promise<unknown>;
        reserve: () => Promise<DriverScope>;
        end: (options?: object) => Promise<void>;
      };
      const { unsafe, begin, reserve, end } = inner;
      let began: { losses: number } | undefined;

      // `begin` sends its BEGIN through `unsafe` with a hook that is handed the connection.
      const seeConnection =
        (hook: (connection: DriverConnection) => unknown, found: { losses: number }) =>
        (connection: DriverConnection) => {
          watch(connection);
          found.losses = lossesOf(connection);
          return hook(connection);
        };
      inner.unsafe = (text, args, options) => {
        if (!options?.onexecute || !began) return args === undefined ? unsafe(text) : unsafe(text, args, options);
        return unsafe(text, args, { ...options, onexecute: seeConnection(options.onexecute, began) });
      };
      inner.begin = (...args) => {
        const work = args.pop() as (scope: DriverScope) => unknown;
        const found = { losses: -1 };
        began = found;
        try {
          // The driver calls `unsafe` before it first waits, so `began` is ours when it does.
          return begin(...args, (scope: DriverScope) => {
            scopes.set(handlerOf(scope), found.losses);
            return work(scope);
          });
        } finally {
          began = undefined;
        }
      };
      inner.reserve = async () => {
        const scope = await reserve();
        // An empty statement tells which connection this is; it travels together with the first real one.
        let lost = () => false;
        const onexecute = (connection: DriverConnection) => {
          const began = lossesOf(connection);
          watch(connection);
          scopes.set(handlerOf(scope), began);
          lost = () => lossesOf(connection) !== began;
          return true;
        };
        scope
          .unsafe('', [], { onexecute })
          .execute()
          .catch(() => undefined);
        // A lost connection is back in the pool already; released again it would be taken for an open one.
        const { release } = scope;
        scope.release = () => {
          if (!lost()) release();
        };
        return scope;
      };
      // A lost connection would wait for the end of the statement it was lost in, until the time-out.
      inner.end = (options) => {
        const ended = end(options);
        setImmediate(() => {
          for (const connection of down) connection.terminate();
        });
        return ended;
      };
    },
  };
}

function handlerOf(scope: unknown): object {
  return (scope as DriverScope)`select`.handler;
}
