#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { isAppError } from '../../kernel/app-error.ts';

/**
 * Each verb group lives in one file of `commands/` and is loaded only when it is asked for, so that pure verbs
 * (udi, number) start without the database code.
 */
const groups: Readonly<Record<string, { summary: string; load: () => Promise<{ register(program: Command): void }> }>> =
  {
    udi: { summary: 'read and build UDIs', load: () => import('./commands/udi.ts') },
    doctor: { summary: 'say what is wrong and how to mend it', load: () => import('./commands/doctor.ts') },
    backup: { summary: 'copy the database', load: () => import('./commands/backup.ts') },
    restore: { summary: 'put a backup back', load: () => import('./commands/backup.ts') },
    serve: { summary: 'start the server and the web application', load: () => import('./commands/serve.ts') },
    device: { summary: 'look devices up by any code', load: () => import('./commands/device.ts') },
    search: { summary: 'search devices by words', load: () => import('./commands/search.ts') },
    import: { summary: 'take in releases', load: () => import('./commands/import.ts') },
    watch: { summary: 'take in releases as they arrive in a folder', load: () => import('./commands/watch.ts') },
    'import-job': {
      summary: 'run one queued import (called by the server)',
      load: () => import('./commands/import-job.ts'),
    },
    demo: { summary: 'load or remove the demonstration data', load: () => import('./commands/demo.ts') },
    releases: { summary: 'list the releases taken in', load: () => import('./commands/releases.ts') },
    release: { summary: 'revoke a release', load: () => import('./commands/releases.ts') },
    changes: { summary: 'what a release changed', load: () => import('./commands/changes.ts') },
    quality: { summary: 'the quality ledger', load: () => import('./commands/quality.ts') },
    workday: { summary: 'count statutory working days', load: () => import('./commands/workday.ts') },
    calendar: { summary: 'work calendars: holidays and make-up days', load: () => import('./commands/calendar.ts') },
    clock: { summary: 'statutory clocks of applications and cases', load: () => import('./commands/clock.ts') },
    duties: { summary: 'duties of an enterprise with their last days', load: () => import('./commands/duties.ts') },
    rules: { summary: 'read, compare and check the rulebook', load: () => import('./commands/rules.ts') },
    policy: { summary: 'read policy notices into structure', load: () => import('./commands/policy.ts') },
    number: {
      summary: 'read certificate, licence, credit and document numbers',
      load: () => import('./commands/number.ts'),
    },
  };

async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('xiedang');
  program
    .description('Xiedang 械档: one file for every medical device and every enterprise')
    .version('0.1.0')
    .exitOverride();
  const wanted = argv[2];
  const group = wanted === undefined ? undefined : groups[wanted];
  if (group) (await group.load()).register(program);
  else
    for (const [name, { summary }] of Object.entries(groups))
      program.command(name).description(summary).allowExcessArguments();
  try {
    await program.parseAsync(argv as string[]);
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (isAppError(error)) {
      process.stderr.write(`xiedang: ${error.message} [${error.code}]\n`);
      const { ERROR_CODES } = await import('../error-codes/error-codes.ts');
      const known = ERROR_CODES.get(error.code);
      if (known) process.stderr.write(`  ${known.doZh} · ${known.doEn}\n`);
      return error.code.startsWith('usage.') ? 2 : 1;
    }
    process.stderr.write(`xiedang: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
}

// a reader that has seen enough (`| head`) is no fault
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv);
