import type { Command } from 'commander';
import { migrate } from '../../../platform/postgres/migrate.ts';
import { openStore, type Store, storeOptionsFrom } from '../../../platform/postgres/store.ts';
import { listReleases, type ReleaseLine } from '../../../processes/import/list-releases.ts';
import { revokeRelease } from '../../../processes/import/revoke.ts';
import { writeOut } from '../json-lines.ts';

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
  try {
    await migrate(store.ownerSql());
    await work(store);
  } finally {
    await store.close();
  }
}

const STATES: Readonly<Record<ReleaseLine['state'], string>> = {
  running: '导入中',
  interrupted: '中断',
  failed: '失败',
  published: '生效',
  revoked: '已撤销',
};

function describe(release: ReleaseLine): string {
  const { counts } = release;
  const known = ['read', 'inserted', 'updated', 'rejected'].every((name) => typeof counts[name] === 'number');
  const numbers = known
    ? `读取 ${counts.read}，新增 ${counts.inserted}，变更 ${counts.updated}，拒收 ${counts.rejected}`
    : '';
  return `${release.id}  ${release.releasedOn}  ${release.mode === 'full' ? '全量' : '增量'}  ${STATES[release.state]}  ${numbers}`.trimEnd();
}

export function register(program: Command): void {
  program
    .command('releases')
    .description('list every release taken in, with its id, state and counts')
    .option('--json', 'one line of JSON a release')
    .action((flags: { json?: boolean }) =>
      withStore(async (store) => {
        const releases = await listReleases(store.ownerSql());
        const lines = releases.map((release) => (flags.json ? JSON.stringify(release) : describe(release)));
        if (lines.length) await writeOut(`${lines.join('\n')}\n`);
      }),
    );
  program
    .command('release')
    .description('one release')
    .command('revoke')
    .description('undo the import of a release; what was known before stays readable')
    .argument('<release>', 'id of the release, as `import` and `releases` print it')
    .option('--reason <text>', 'why')
    .option('--json', 'one line of JSON')
    .action((releaseId: string, flags: { reason?: string; json?: boolean }) =>
      withStore(async (store) => {
        const done = await revokeRelease(store, { releaseId, actor: 'local', reason: flags.reason ?? null });
        await writeOut(
          flags.json
            ? `${JSON.stringify(done)}\n`
            : `已撤销 ${done.releaseId}：${done.ended} 条版本失效，其中 ${done.kept} 条由其他发布保留\n`,
        );
      }),
    );
}
