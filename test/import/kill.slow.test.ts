import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { generateRelease } from '../../bench/generate/release.ts';
import { generateUpdate } from '../../bench/generate/update.ts';
import { importFiles } from '../../src/processes/import/import-files.ts';
import { contentDigest } from '../support/content-digest.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { importProcess, whenReady } from '../support/killed-import.ts';

/** 200,000 rows in CI, else as many as show the same (XIEDANG_KILL_ROWS). `bench/kill.ts` does it at any size. */
const ROWS = Number(process.env.XIEDANG_KILL_ROWS ?? (process.env.CI ? 200_000 : 24_000));
/** Kills while publishing need no mass. */
const FEW = Math.min(ROWS, 12_000);
const FILES = 12;
/** Records that one chunk of one thread holds at most here: less than a file. */
const CHUNK = Math.ceil(ROWS / FILES);

const folder = mkdtempSync(join(tmpdir(), 'xiedang-kill-'));
const FAULTS = { 'wrong-check-digit': 20, 'shared-identifier': 10, 'missing-key': 5, 'conflicting-key': 4 };
const EXTRA = FAULTS['conflicting-key'];

async function release(rows: number): Promise<string[]> {
  const out = join(folder, `full-${rows}`);
  const truth = await generateRelease({ devices: rows, files: FILES, seed: 5, out, faults: FAULTS });
  return truth.files.map((file) => join(out, file.name));
}

/** What undisturbed imports of these releases, one after another, come to. */
async function undisturbed(releases: readonly (readonly string[])[]): Promise<Record<string, string>[]> {
  const db = await cloneDatabase();
  try {
    const digests: Record<string, string>[] = [];
    for (const files of releases) {
      const { summary } = await importFiles(db.store, files, { workers: 2, actor: 'local' });
      expect(summary.failed).toEqual([]);
      digests.push(await contentDigest(db.owner, 1));
    }
    return digests;
  } finally {
    await db.drop();
  }
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const committed = async (db: TestDatabase): Promise<number> => {
  const [row] = await db.owner<{ read: number }[]>`select coalesce(sum(read), 0)::int as read from import_part`;
  return row?.read ?? 0;
};
const stageOf = async (db: TestDatabase): Promise<string> => {
  const [row] = await db.owner<{ stage: string }[]>`select stage from import order by id desc limit 1`;
  return row?.stage ?? '';
};

/** Runs an import, kills it when `ready`; answers the records committed by then, null when it was too quick. */
async function killedWhen(
  db: TestDatabase,
  files: readonly string[],
  ready: () => Promise<boolean>,
): Promise<number | null> {
  const run = importProcess(files, db.env);
  const met = await whenReady(run, ready);
  if (met) process.kill(-(run.child.pid as number), 'SIGKILL');
  const { signal } = await run.end;
  return met && signal === 'SIGKILL' ? committed(db) : null;
}

async function runToEnd(db: TestDatabase, files: readonly string[]) {
  const { code, summary, errors } = await importProcess(files, db.env).end;
  expect(code, errors).toBe(0);
  if (!summary) throw new Error(errors);
  return summary;
}

describe('an import killed with -9', () => {
  it(`of ${ROWS} rows: at 10 %, 40 % and 70 % of its rows ends as one that was left alone, and reads next to nothing twice`, async () => {
    const full = await release(ROWS);
    const [afterFull] = await undisturbed([full]);
    const db = await cloneDatabase();
    try {
      let before = 0;
      for (const share of [0.1, 0.4, 0.7]) {
        const at = await killedWhen(db, full, async () => (await committed(db)) >= share * ROWS);
        expect(at).not.toBeNull();
        expect(at ?? 0).toBeGreaterThanOrEqual(Math.max(before, share * ROWS));
        before = at ?? 0;
      }
      const summary = await runToEnd(db, full);
      // what was committed is not read again: at most a tenth of it, and in truth none
      const again = summary.readNow - (ROWS + EXTRA - before);
      expect(again).toBeLessThanOrEqual(0.1 * before);
      expect(summary.readNow).toBeLessThanOrEqual(0.3 * ROWS + EXTRA + CHUNK);
      expect(summary.read).toBe(ROWS + EXTRA);
      expect(await contentDigest(db.owner, 1)).toEqual(afterFull);
    } finally {
      await db.drop();
    }
  }, 400_000);

  it(`of ${FEW} rows: while it publishes, at every step that is met, and again in the update behind it`, async () => {
    const full = await release(FEW);
    const update = await generateUpdate({
      base: { devices: FEW, seed: 5, date: '2026-05-01' },
      date: '2026-05-02',
      files: 4,
      out: join(folder, 'day'),
      new: 100,
      changed: 100,
      withdrawn: 20,
      unchanged: 100,
    });
    const day = update.files.map((file) => join(folder, 'day', file.name));
    const [afterFull = {}, afterDay] = await undisturbed([full, day]);
    const db = await cloneDatabase();
    try {
      const met: string[] = [];
      for (const stage of ['products', 'repeated', 'indexes', 'checks', 'publishing', 'counting']) {
        const at = await killedWhen(db, full, async () => (await stageOf(db)) === stage);
        if (at === null) break;
        met.push(stage);
      }
      expect(met.length).toBeGreaterThan(0);
      await runToEnd(db, full);
      expect(await contentDigest(db.owner, 1)).toEqual(afterFull);
      const steps: string[] = [];
      for (const stage of ['reading', 'merging', 'checks', 'counting']) {
        const at = await killedWhen(
          db,
          day,
          async () => (await stageOf(db)) === stage && (await newestIs(db, '2026-05-02')),
        );
        if (at === null) break;
        steps.push(stage);
        // readers see the release before until the very end
        expect(without(await contentDigest(db.owner, 1))).toEqual(without(afterFull));
      }
      expect(steps.length).toBeGreaterThan(0);
      await runToEnd(db, day);
      expect(await contentDigest(db.owner, 1)).toEqual(afterDay);
    } finally {
      await db.drop();
    }
  }, 400_000);
});

/** Terms and tables of releases in hand aside. */
const without = ({ device_version, device_identifier, product, tallies, problems }: Record<string, string>) => ({
  device_version,
  device_identifier,
  product,
  tallies,
  problems,
});

async function newestIs(db: TestDatabase, dayOfRelease: string): Promise<boolean> {
  const [row] = await db.owner<{ day: string }[]>`select released_on as day from import order by id desc limit 1`;
  return row?.day === dayOfRelease;
}

describe('killed together with its database', () => {
  it('the next run starts the database, goes on, and ends the same', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'xiedang-kill-store-'));
    const env = { XIEDANG_DATA: dataDir, DATABASE_URL: '' };
    const { openStore } = await import('../../src/platform/postgres/store.ts');
    const { dataFolder } = await import('../../src/platform/postgres/data-folder.ts');
    const { postmasterState } = await import('../../src/platform/postgres/embedded-server.ts');
    try {
      const small = (await release(FEW)).slice(0, 4);
      const [due] = await undisturbed([small]);
      const run = importProcess(small, env);
      const folderOf = dataFolder(dataDir);
      let progress = 0;
      const met = await whenReady(run, async () => {
        if (!('postmaster' in postmasterState(folderOf))) return false;
        const store = await openStore({ dataDir, role: 'client' });
        try {
          const [row] = await store.ownerSql()<
            { read: number }[]
          >`select coalesce(sum(read), 0)::int as read from import_part`;
          progress = row?.read ?? 0;
        } finally {
          await store.close();
        }
        return progress > 0;
      });
      expect(met).toBe(true);
      const state = postmasterState(folderOf);
      if (!('postmaster' in state)) throw new Error('no postmaster');
      process.kill(-(run.child.pid as number), 'SIGKILL');
      process.kill(-state.postmaster.pid, 'SIGKILL');
      await run.end;
      const { code, signal, summary, errors } = await importProcess(small, env).end;
      expect([code, signal], errors).toEqual([0, null]);
      expect(summary?.read).toBeGreaterThan(0);
      const store = await openStore({ dataDir, role: 'client' });
      try {
        expect(await contentDigest(store.ownerSql(), 1)).toEqual(due);
      } finally {
        await store.close();
      }
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }, 400_000);
});
