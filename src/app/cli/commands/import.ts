import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { AppError } from '../../../kernel/app-error.ts';
import { migrate } from '../../../platform/postgres/migrate.ts';
import { openStore, storeOptionsFrom } from '../../../platform/postgres/store.ts';
import { importFiles } from '../../../processes/import/import-files.ts';
import { importBar } from '../import-bar.ts';
import { errorLine, writeOut } from '../json-lines.ts';

interface Flags {
  readonly json?: boolean;
  readonly mode?: 'full' | 'update';
  readonly source?: string;
  readonly releasedOn?: string;
  readonly dryRun?: boolean;
  readonly workers?: string;
}

/** Files as given; a folder stands for the files in it. */
function filesOf(given: readonly string[]): string[] {
  return given.flatMap((path) => {
    let folder: boolean;
    try {
      folder = statSync(path).isDirectory();
    } catch (cause) {
      throw new AppError(
        'file.not-found',
        `${path}: ${(cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (cause as Error).message}`,
        { path },
        cause,
      );
    }
    return folder
      ? readdirSync(path, { withFileTypes: true })
          .filter(
            (e) =>
              e.isFile() && !e.name.startsWith('.') && /\.(?:zip|gz|xml|jsonl|ndjson|json|csv|xlsx)$/i.test(e.name),
          )
          .map((e) => join(path, e.name))
          .sort()
      : [path];
  });
}

export function register(program: Command): void {
  program
    .command('import')
    .description('take in releases: files, archives or folders')
    .argument('<file...>', 'release files (.zip .xml .xml.gz .jsonl .csv .xlsx), or folders of them')
    .addOption(
      new Option('--mode <mode>', 'full: what is absent is withdrawn; update: only what is in it changes').choices([
        'full',
        'update',
      ]),
    )
    .option('--source <id>', 'source, where the file does not show it')
    .option('--released-on <day>', 'day of the release, where the file name has none')
    .option('--dry-run', 'read, check and compare everything, change nothing')
    .option('--workers <n>', 'reading threads', '2')
    .option('--json', 'one line of JSON at the end, nothing else on stdout')
    .action(async (given: string[], flags: Flags) => {
      const files = filesOf(given);
      const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
      try {
        await migrate(store.ownerSql());
        const bar = importBar(process.stderr);
        let stop = false;
        const onSignal = () => {
          stop = true;
        };
        process.once('SIGINT', onSignal);
        process.once('SIGTERM', onSignal);
        const result = await importFiles(store, files, {
          mode: flags.mode,
          source: flags.source,
          releasedOn: flags.releasedOn,
          dryRun: flags.dryRun ?? false,
          workers: Math.max(1, Number(flags.workers) || 2),
          actor: 'local',
          onProgress: bar.update,
          stopped: () => stop,
        });
        bar.stop();
        for (const failure of result.failures) {
          process.stderr.write(`xiedang: ${failure.file}: ${failure.message} [${failure.code}]\n`);
        }
        if (flags.json) await writeOut(`${JSON.stringify(result.summary)}\n`);
        else await writeOut(result.text());
        if (result.failures.length) process.exitCode = 1;
      } catch (error) {
        if (flags.json) await writeOut(`${JSON.stringify(errorLine(null, error))}\n`);
        throw error;
      } finally {
        await store.close();
      }
    });
}
