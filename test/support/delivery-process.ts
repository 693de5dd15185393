import { delivery, deliveryFrom } from '../../src/app/server/delivery.ts';
import { startQueue } from '../../src/platform/jobs/queue.ts';
import { openStore, storeOptionsFrom } from '../../src/platform/postgres/store.ts';

/**
 * The part of a server that tells and delivers, alone in a process that tests may kill. Its clock goes ahead by the
 * milliseconds it is sent.
 */
let ahead = Number(process.env.AHEAD_MS ?? 0);
process.on('message', (ms: number) => {
  ahead = ms;
});
process.on('disconnect', () => process.exit(0));
const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
const warn = (error: Error) => process.stderr.write(`${error.stack}\n`);
const work = delivery({
  store,
  clock: { now: () => new Date(Date.now() + ahead) },
  settings: deliveryFrom(process.env),
  warn,
});
const queue = await startQueue({
  target: store.owner,
  tasks: work.tasks,
  onClaimed: async () => undefined,
  log: ({ level, message }) => {
    if (level === 'error') process.stderr.write(`${message}\n`);
  },
  claimEvery: 100,
});
work.start(queue.working);
process.send?.('ready');
