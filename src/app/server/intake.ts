import type { Store } from '../../platform/postgres/store.ts';
import { tidyInbox } from '../../processes/intake/inbox.ts';
import type { IntakeService } from '../../processes/intake/service.ts';
import { startIntakeRunner } from '../../processes/intake/tasks.ts';
import { type FolderWatch, watchFolder } from '../../processes/intake/watch-folder.ts';
import type { delivery } from './delivery.ts';

type Log = (line: { readonly level: string; readonly message: string }) => void;

export interface IntakeOptions {
  readonly store: Store;
  readonly intake: IntakeService;
  readonly command: readonly [program: string, ...args: string[]];
  readonly log: Log;
  /** Jobs of subscriptions, in the same queue. */
  readonly delivery?: ReturnType<typeof delivery> | undefined;
  /** Folder to watch. */
  readonly watch?: string | undefined;
}

/** Works off queued imports and watches the folder, until closed. */
export async function startIntake(options: IntakeOptions): Promise<{
  readonly folder: FolderWatch | undefined;
  readonly working: () => boolean;
  close(): Promise<void>;
}> {
  const { store, intake, log } = options;
  const runner = await startIntakeRunner({
    store,
    command: options.command,
    env: { ...process.env, XIEDANG_DATA: store.dataDir },
    log,
    tasks: options.delivery?.tasks,
  });
  const telling = options.delivery?.start(runner.working);
  try {
    const folder =
      options.watch === undefined
        ? undefined
        : await watchFolder({ folder: options.watch, sql: () => store.ownerSql(), intake, log });
    await tidyInbox(store.ownerSql(), store.dataDir);
    return {
      folder,
      working: runner.working,
      async close() {
        await folder?.close();
        await telling?.close();
        await runner.close();
      },
    };
  } catch (error) {
    await telling?.close();
    await runner.close();
    throw error;
  }
}
