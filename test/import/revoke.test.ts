import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceStore } from '../../src/domains/devices/store.pg.ts';
import { resolveReadAt } from '../../src/domains/devices/visibility-store.pg.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { listReleases } from '../../src/processes/import/list-releases.ts';
import { revokeRelease } from '../../src/processes/import/revoke.ts';
import { type ImportBench, importBench } from '../support/import-bench.ts';
import { importProcess } from '../support/killed-import.ts';
import { udidRecord, writeUdid } from '../support/udid-release.ts';

let bench: ImportBench;
let ids: string[];
beforeAll(async () => {
  bench = await importBench();
  ids = [];
  const packed = (n: number, values = {}) =>
    udidRecord(n, { sydycpbs: `0690000000${String(n).padStart(4, '0')}`.slice(0, 14), ...values });
  for (const [name, records] of [
    ['UDID_DAY_UPDATE_20240201.xml', [packed(1), packed(2), packed(3)]],
    ['UDID_DAY_UPDATE_20240202.xml', [packed(2), packed(4)]],
    ['UDID_DAY_UPDATE_20240203.xml', [packed(2), packed(1, { versionNumber: '2', ggxh: 'new' })]],
  ] as const) {
    const { summary } = await bench.take(writeUdid(bench.folder, name, records));
    expect(summary.failed).toEqual([]);
    ids.push(summary.releases[0]?.id ?? '');
  }
});
afterAll(() => bench?.end());

const revoke = (releaseId: string) =>
  revokeRelease(bench.db.store, { releaseId, actor: 'tester', reason: 'wrong file' });
const current = async (): Promise<Record<string, string>> => {
  const at = await resolveReadAt(bench.db.app, {}, systemClock);
  const store = deviceStore(bench.db.app, systemClock);
  const out: Record<string, string> = {};
  for (const n of [1, 2, 3, 4]) {
    const recordKey = `K00000${n}`;
    const version = (await store.findVersions(at, { source: 'nmpa-udid', recordKey })).find((v) => v.current);
    if (version) out[recordKey] = `${version.model} ${version.release_id} read from ${version.file}`;
  }
  return out;
};

describe('revoking a release', () => {
  it('ends what only it held; what another one held too stays, with the bytes of the first', async () => {
    const done = await revoke(ids[0] ?? '');
    expect(done).toMatchObject({ releaseId: ids[0], ended: 3, kept: 1 });
    expect(await current()).toEqual({
      K000001: `new ${ids[2]} read from UDID_DAY_UPDATE_20240203.xml`,
      K000002: `M-2 ${ids[1]} read from UDID_DAY_UPDATE_20240201.xml`,
      K000004: `M-4 ${ids[1]} read from UDID_DAY_UPDATE_20240202.xml`,
    });
    const [row] = await bench.db.owner<{ identifiers: number; tally: number }[]>`
      select (select count(*) from device_identifier i join device_version v on v.id = i.version_id
          join import m on m.id = v.import_id where v.record_key = 'K000002' and m.state = 'published') as identifiers,
        (select sum(devices)::int from product_tally) as tally`;
    expect(row).toEqual({ identifiers: 1, tally: 3 });
  });

  it('moves on when the next one is revoked, too', async () => {
    expect(await revoke(ids[1] ?? '')).toMatchObject({ ended: 2, kept: 1 });
    expect(await current()).toEqual({
      K000001: `new ${ids[2]} read from UDID_DAY_UPDATE_20240203.xml`,
      K000002: `M-2 ${ids[2]} read from UDID_DAY_UPDATE_20240201.xml`,
    });
  });

  it('is refused the second time, for unknown ids, and beside an import of the same register', async () => {
    await expect(revoke(ids[0] ?? '')).rejects.toMatchObject({ code: 'release.already-revoked' });
    await expect(revoke('nowhere')).rejects.toMatchObject({ code: 'release.unknown' });
    const other = await bench.db.owner.reserve();
    try {
      await other`select pg_advisory_lock(7302, 1)`;
      await expect(revoke(ids[2] ?? '')).rejects.toMatchObject({ code: 'import.busy' });
    } finally {
      await other`select pg_advisory_unlock(7302, 1)`;
      other.release();
    }
  });

  it('says who, when and why', async () => {
    const releases = await listReleases(bench.db.app);
    expect(releases.map(({ id, state, revokedBy, revokedReason }) => [id, state, revokedBy, revokedReason])).toEqual([
      [ids[0], 'revoked', 'tester', 'wrong file'],
      [ids[1], 'revoked', 'tester', 'wrong file'],
      [ids[2], 'published', null, null],
    ]);
    expect(releases[0]?.revokedAt).toMatch(/^20\d\d-.*Z$/);
  });

  it('leaves the way free for the right file, also with the same content', async () => {
    const again = await bench.take(
      writeUdid(bench.folder, 'UDID_DAY_UPDATE_20240201.xml', [udidRecord(1), udidRecord(3)]),
    );
    expect(again.summary).toMatchObject({ inserted: 1, failed: [] });
    expect(again.summary.releases[0]?.id).toBe(`${ids[0]}-2`);
  });
});

describe('the command', () => {
  it('prints one line a release and revokes by the id it prints', async () => {
    const { execFileSync, spawnSync } = await import('node:child_process');
    const { fileURLToPath } = await import('node:url');
    const cli = fileURLToPath(new URL('../../src/app/cli/main.ts', import.meta.url));
    const env = { ...process.env, ...bench.db.env };
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', cli, ...args], { env, encoding: 'utf8' });
    const lines = execFileSync(process.execPath, ['--import', 'tsx', cli, 'releases', '--json'], {
      env,
      encoding: 'utf8',
    });
    const releases = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; state: string });
    expect(releases.map(({ state }) => state)).toEqual(['revoked', 'revoked', 'published', 'published']);
    const done = run('release', 'revoke', ids[2] ?? '', '--json', '--reason', 'again');
    expect([done.status, JSON.parse(done.stdout).releaseId]).toEqual([0, ids[2]]);
    const twice = run('release', 'revoke', ids[2] ?? '');
    expect([twice.status, twice.stdout]).toEqual([1, '']);
    expect(twice.stderr).toContain('release.already-revoked');
    const imported = await importProcess(
      [writeUdid(bench.folder, 'UDID_DAY_UPDATE_20240209.xml', [udidRecord(9)])],
      bench.db.env,
    ).end;
    expect([imported.code, imported.summary?.inserted]).toEqual([0, 1]);
  }, 120_000);
});
