import os from 'node:os';
import type { Command } from 'commander';
import { AppError } from '../../../kernel/app-error.ts';
import { openStore, storeOptionsFrom } from '../../../platform/postgres/store.ts';
import { runImportJob } from '../../../processes/intake/run-import-job.ts';

/** Below the server's own priority, so that reading a release does not slow answers down. */
const NICE = 10;

export function register(program: Command): void {
  program
    .command('import-job', { hidden: true })
    .description('run one queued import; called by the server')
    .argument('<id>', 'number of the job')
    .action(async (id: string) => {
      try {
        await runJob(id);
      } finally {
        // the channel to the server would keep this process alive
        if (process.connected) process.disconnect();
      }
    });
}

async function runJob(id: string): Promise<void> {
  const jobId = Number(id);
  if (!Number.isSafeInteger(jobId) || jobId < 1) throw new AppError('usage.job', `no number of a job: ${id}`, {});
  let leaving = false;
  const leave = () => {
    leaving = true;
  };
  // the server is gone, however it ended; the job waits for the next one
  process.once('disconnect', leave);
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
  os.setPriority(NICE);
  const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
  try {
    await runImportJob(store, jobId, {
      leaving: () => leaving,
      // one core stays for answers
      workers: Math.max(1, Math.min(4, os.availableParallelism() - 1)),
      exit: () => process.exit(0),
    });
  } finally {
    await store.close();
  }
}
