import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { migrate } from '../../../platform/postgres/migrate.ts';
import { openStore, storeOptionsFrom } from '../../../platform/postgres/store.ts';
import type { ImportView } from '../../../processes/intake/progress.ts';
import { type IntakeService, intakeService } from '../../../processes/intake/service.ts';
import { startIntake } from '../../server/intake.ts';
import { commandEntry } from '../entry.ts';
import { writeOut } from '../json-lines.ts';

interface Flags {
  readonly once?: boolean;
  readonly json?: boolean;
}

const LOOK_EVERY_MS = 1_000;
const OPEN = new Set(['queued', 'running', 'stopping']);

export function register(program: Command): void {
  program
    .command('watch')
    .description('take in release files as they arrive in a folder; beside a running server, which then does the work')
    .argument('<folder>', 'folder to watch')
    .option('--once', 'take in what lies there, then end; exit 1 when a file could not be taken in')
    .option('--json', 'one line of JSON for each import that ended')
    .action(watch);
}

async function watch(folder: string, flags: Flags): Promise<void> {
  const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
  const ending = new AbortController();
  const end = () => ending.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    await migrate(store.ownerSql());
    const intake = intakeService(store);
    const log = ({ level, message }: { level: string; message: string }) => {
      if (level !== 'info') process.stderr.write(`xiedang: ${message}\n`);
    };
    const before = new Set((await intake.list()).items.filter((item) => !OPEN.has(item.state)).map((i) => i.importId));
    const running = await startIntake({ store, intake, command: commandEntry(), log, watch: folder });
    try {
      if (flags.once) {
        // a file must be the same in two looks
        await running.folder?.look();
        await sleep(LOOK_EVERY_MS, undefined, { signal: ending.signal }).catch(() => undefined);
        await running.folder?.look();
      }
      await report(intake, before, flags, ending.signal);
    } finally {
      await running.close();
    }
  } finally {
    await store.close();
  }
}

/** Tells of imports as they end, until told to stop or, with `--once`, until none is open. */
async function report(intake: IntakeService, told: Set<string>, flags: Flags, ending: AbortSignal): Promise<void> {
  const missing = new Set<string>();
  while (!ending.aborted) {
    const { items, missingDays } = await intake.list();
    const ended = items.filter(
      (item) => item.origin !== 'command' && !OPEN.has(item.state) && !told.has(item.importId),
    );
    for (const item of ended.reverse()) {
      told.add(item.importId);
      if (item.state === 'failed') process.exitCode = 1;
      await writeOut(flags.json ? `${JSON.stringify(item)}\n` : line(item));
    }
    for (const { day, after, before } of missingDays) {
      if (missing.has(day)) continue;
      missing.add(day);
      process.stderr.write(`xiedang: ${day} 缺日更新（在 ${after} 与 ${before} 之间）[release.missing-day]\n`);
    }
    if (flags.once && !items.some((item) => item.origin !== 'command' && OPEN.has(item.state))) return;
    await sleep(LOOK_EVERY_MS, undefined, { signal: ending }).catch(() => undefined);
  }
}

function line(item: ImportView): string {
  const counts = item.counts as Record<string, number> | null;
  const words = counts
    ? `读取 ${counts.read}，新增 ${counts.inserted}，变更 ${counts.updated}，未变 ${counts.unchanged}，拒收 ${counts.rejected}`
    : '';
  const fault = item.failure ? ` ${item.failure.message} [${item.failure.code}]` : '';
  return `${item.importId}  ${item.releaseName ?? ''}  ${item.state}  ${words}${fault}\n`;
}
