import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/kernel/clock.ts';
import { type ImportRequest, type ImportResult, importFiles } from '../../src/processes/import/import-files.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';

/** A database and a folder of its own for tests of imports. */
export interface ImportBench {
  readonly db: TestDatabase;
  readonly folder: string;
  take(files: string | readonly string[], request?: Partial<ImportRequest>): Promise<ImportResult>;
  end(): Promise<void>;
}

export async function importBench(clock?: Clock): Promise<ImportBench> {
  const db = await cloneDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'xiedang-import-'));
  return {
    db,
    folder,
    take: (files, request = {}) =>
      importFiles(db.store, typeof files === 'string' ? [files] : files, {
        workers: 1,
        actor: 'test',
        ...(clock ? { clock } : {}),
        ...request,
      }),
    async end() {
      await db.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
