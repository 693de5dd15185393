import type { Command } from 'commander';
import { localOperator } from '../../../kernel/actor.ts';
import { migrate } from '../../../platform/postgres/migrate.ts';
import { openStore, type Store, storeOptionsFrom } from '../../../platform/postgres/store.ts';
import { demoState, loadDemo, removeDemo } from '../../../processes/demo/demo.ts';
import { writeOut } from '../json-lines.ts';

export function register(program: Command): void {
  const demo = program.command('demo').description('demonstration data: about 500 real devices, marked as such');
  const verb = (name: string, what: string, work: (store: Store) => Promise<Record<string, unknown>>) =>
    demo
      .command(name)
      .description(what)
      .option('--json', 'one line of JSON')
      .action(async (flags: { json?: boolean }) => {
        const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
        try {
          await migrate(store.ownerSql());
          const answer = await work(store);
          await writeOut(flags.json ? `${JSON.stringify(answer)}\n` : `${answer.words}\n`);
        } finally {
          await store.close();
        }
      });
  verb('load', 'load them', async (store) => {
    const devices = await loadDemo(store, localOperator);
    return { present: true, devices, words: `示例数据已载入：${devices} 个器械` };
  });
  verb('remove', 'take all of them away, for good', async (store) => {
    const removed = await removeDemo(store, localOperator);
    return { present: false, removed, words: removed ? '示例数据已全部移除' : '没有示例数据' };
  });
  verb('status', 'are there any?', async (store) => {
    const state = await demoState(store);
    return { ...state, words: state.present ? '有示例数据' : '没有示例数据' };
  });
}
