import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../../kernel/app-error.ts';
import { systemClock } from '../../../kernel/clock.ts';
import { migrate } from '../../../platform/postgres/migrate.ts';
import { openStore, storeOptionsFrom } from '../../../platform/postgres/store.ts';
import { loadDemoWhenNew } from '../../../processes/demo/demo.ts';
import { intakeService } from '../../../processes/intake/service.ts';
import { delivery, deliveryFrom } from '../../server/delivery.ts';
import { startIntake } from '../../server/intake.ts';
import { createServer } from '../../server/server.ts';
import { commandEntry } from '../entry.ts';

interface Flags {
  readonly port?: string;
  readonly host: string;
  readonly watch?: string;
  readonly demo: boolean;
}

const LOCAL = new Set(['127.0.0.1', 'localhost', '::1']);

export function register(program: Command): void {
  program
    .command('serve')
    .description('start the server and the web application on this machine')
    .option('--port <n>', 'port; a free one unless given')
    .option('--host <address>', 'address to listen on: 127.0.0.1, localhost or ::1', '127.0.0.1')
    .option('--watch <folder>', 'take in releases that arrive in this folder (or XIEDANG_WATCH)')
    .option('--no-demo', 'do not load demonstration data into a new store (or XIEDANG_DEMO=off)')
    .option('--open-address', 'print the address (always done; kept for scripts)')
    .action(async (flags: Flags) => serve(program.version() ?? '', flags));
}

/** Runs until SIGINT or SIGTERM, then lets running requests end and closes the store. */
async function serve(version: string, flags: Flags): Promise<void> {
  const port = flags.port === undefined ? 0 : Number(flags.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new AppError('usage.port', `--port must be a number from 0 to 65535, not ${flags.port}`, {});
  }
  if (!LOCAL.has(flags.host)) {
    throw new AppError(
      'usage.host',
      'until accounts exist the server listens on this machine only: 127.0.0.1, localhost or ::1',
      {},
    );
  }
  const settings = deliveryFrom(process.env);
  const store = await openStore({ ...storeOptionsFrom(process.env), role: 'server' });
  try {
    await migrate(store.ownerSql());
    const folder = join(store.dataDir, 'log');
    mkdirSync(folder, { recursive: true });
    const stream = createWriteStream(join(folder, 'server.log'), { flags: 'a' });
    const watch = flags.watch ?? (process.env.XIEDANG_WATCH || undefined);
    const megabytes = Number(process.env.XIEDANG_UPLOAD_LIMIT);
    const app = await createServer({
      store,
      clock: systemClock,
      version,
      log: { level: 'info', stream },
      watch,
      keepReckoned: true,
      delivery: settings,
      uploadLimit: megabytes > 0 ? megabytes * 2 ** 20 : undefined,
    });
    const intake = await startIntake({
      store,
      intake: intakeService(store),
      command: commandEntry(),
      log: ({ level, message }) =>
        app.log[level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'info'](message),
      watch,
      delivery: delivery({
        store,
        clock: systemClock,
        settings,
        warn: (error) => app.log.warn({ err: error }, 'subscriptions'),
      }),
    });
    if (flags.demo && process.env.XIEDANG_DEMO !== 'off') {
      await loadDemoWhenNew(store).catch((error: Error) => app.log.warn({ err: error }, 'demonstration data'));
    }
    try {
      let address: string;
      try {
        address = await app.listen({ port, host: flags.host });
      } catch (cause) {
        const taken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
        throw new AppError(
          'serve.listen',
          taken ? `port ${port} is taken; choose another with --port` : `cannot listen: ${(cause as Error).message}`,
          { port },
          cause,
        );
      }
      store.announce(address);
      process.stdout.write(`械档 Xiedang: ${address}\n`);
      await new Promise<void>((resolve) => {
        process.once('SIGINT', resolve);
        process.once('SIGTERM', resolve);
      });
    } finally {
      await intake.close();
      await app.close();
    }
    await new Promise<void>((resolve) => stream.end(resolve));
  } finally {
    await store.close();
  }
}
