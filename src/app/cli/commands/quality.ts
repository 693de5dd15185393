import type { Command } from 'commander';
import { codeLabel } from '../../../domains/quality/code-labels.ts';
import { qualityCounts, qualityRows } from '../../../domains/quality/store.pg.ts';
import { findRelease } from '../../../domains/releases/store.pg.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { writeOut } from '../json-lines.ts';
import { withDevices } from '../with-devices.ts';

interface Flags {
  readonly json?: boolean;
  readonly source?: string;
  readonly release?: string;
  readonly code?: string;
  readonly rows?: boolean;
  readonly knownAt?: string;
}

/** Rows of the ledger read at once. */
const BATCH = 2000;

export function register(program: Command): void {
  program
    .command('quality')
    .description('the quality ledger: faults by source, release and code, or the rows behind them')
    .option('--source <id>', 'only this source')
    .option('--release <id>', 'only this release')
    .option('--code <code>', 'only this code')
    .option('--rows', 'the rows instead of the counts; needs --release')
    .option('--known-at <time>', 'known day or instant')
    .option('--json', 'one JSON object a line')
    .action(async (flags: Flags) =>
      withDevices(async (devices, store) => {
        const sql = store.appSql();
        if (flags.rows) {
          if (!flags.release) throw new AppError('usage.no-release', '--rows needs --release');
          const release = await findRelease(sql, flags.release);
          if (!release) throw new AppError('release.not-found', `没有这个发布批次：${flags.release}`, {});
          for (let after: string | null = null; ; ) {
            const rows = await qualityRows(sql, release.id, { code: flags.code ?? null, after, limit: BATCH });
            for (const { place: _place, ...row } of rows) await writeOut(`${JSON.stringify(row)}\n`);
            after = rows.at(-1)?.place ?? null;
            if (rows.length < BATCH) return;
          }
        }
        const { visible } = await devices.readAt(flags);
        const counts = await qualityCounts(sql, visible, {
          source: flags.source ?? null,
          release: flags.release ?? null,
        });
        for (const row of counts) {
          if (flags.code !== undefined && row.code !== flags.code) continue;
          const line = {
            source: row.source,
            release: row.release_id,
            code: row.code,
            count: row.count,
            severity: row.severity,
          };
          await writeOut(
            flags.json
              ? `${JSON.stringify(line)}\n`
              : `${row.release_id}\t${row.code}\t${row.count}\t${codeLabel(row.code).zh}\n`,
          );
        }
      }),
    );
}
