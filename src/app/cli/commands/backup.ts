import type { Command } from 'commander';
import { AppError } from '../../../kernel/app-error.ts';
import { backup, restore } from '../../../platform/postgres/backup.ts';
import { defaultDataDir } from '../../../platform/postgres/data-folder.ts';
import { storeOptionsFrom } from '../../../platform/postgres/store.ts';

/** `xiedang backup [folder]` and `xiedang restore <folder>`: copies of the embedded database. */
export function register(program: Command): void {
  program
    .command('backup')
    .description('备份数据库（运行中亦可） · copy the database, running or not, to a new folder')
    .argument('[folder]', 'default: backups/<time> in the data folder')
    .option('--json', 'answer as JSON')
    .action(async (folder: string | undefined, options: { json?: boolean }) => {
      const made = await backup(embeddedDataDir(), folder);
      const { bytes, files, pausedMs } = made.manifest;
      const megabytes = (bytes / 2 ** 20).toFixed(0);
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ folder: made.folder, ...made.manifest })}\n`
          : `已备份到 ${made.folder}：${files} 个文件，${megabytes} MB，数据库暂停 ${pausedMs} 毫秒\nbacked up to ${made.folder}: ${files} files, ${megabytes} MB, the database stood still for ${pausedMs} ms\n`,
      );
    });
  program
    .command('restore')
    .description('从备份恢复数据库 · put a backup in the place of the database')
    .argument('<folder>', 'a folder made by xiedang backup')
    .option('--json', 'answer as JSON')
    .action(async (folder: string, options: { json?: boolean }) => {
      const { replaced, manifest } = await restore(folder, embeddedDataDir());
      const kept = replaced
        ? `\n原数据库保留在 ${replaced}，确认无误后可删除\nthe database that was there is kept in ${replaced}; remove it when all is well`
        : '';
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ restored: folder, createdAt: manifest.createdAt, replaced: replaced ?? null })}\n`
          : `已恢复 ${manifest.createdAt} 的备份\nrestored the backup of ${manifest.createdAt}${kept}\n`,
      );
    });
}

function embeddedDataDir(): string {
  const { databaseUrl, dataDir } = storeOptionsFrom(process.env);
  if (databaseUrl) {
    throw new AppError(
      'backup.external',
      'DATABASE_URL names a server of your own: back it up with the tools it brings (pg_dump, pg_basebackup)',
    );
  }
  return dataDir ?? defaultDataDir();
}
