import { AppError } from '../../kernel/app-error.ts';
import { type Clock, systemClock, today } from '../../kernel/clock.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import type { Store } from '../../platform/postgres/store.ts';
import { IMPORT_LOCK, visibleImports } from './import-rows.ts';
import { restPresence } from './presence.ts';
import { renewTallies } from './projections.ts';
import { ROOM } from './publish-first.ts';
import { rehomeVersions, settleSightings, sightings } from './rehome.ts';

export interface Revocation {
  readonly releaseId: string;
  readonly revokedAt: string;
  /** Versions that ended with the import. */
  readonly ended: number;
  /** Of these, versions that another release holds too: they stay, as rows of that release. */
  readonly kept: number;
}

export interface RevokeRequest {
  readonly releaseId: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly clock?: Clock;
}

/**
 * Undoes an import: from now on nothing of it counts; what was known before stays readable at earlier `knownAt`.
 * One transaction. Throws `release.unknown`, `release.already-revoked`, `release.not-published` and `import.busy`.
 */
export async function revokeRelease(store: Store, request: RevokeRequest): Promise<Revocation> {
  const { releaseId, actor, reason } = request;
  const day = today(request.clock ?? systemClock);
  return store.ownerSql().begin(async (tx) => {
    const [found] = await tx<{ id: number; shelf: number; source: string; state: string; revoked_at: string | null }[]>`
      SELECT id, shelf, source, state, revoked_at FROM import WHERE release_id = ${releaseId}`;
    if (!found) throw new AppError('release.unknown', `没有发布 ${releaseId}`, { release: releaseId });
    const { id, shelf, source } = found;
    // the same lock as an import of the shelf: neither may see the other half done
    const [lock] = await tx<{ got: boolean }[]>`SELECT pg_try_advisory_xact_lock(${IMPORT_LOCK}, ${shelf}) AS got`;
    if (!lock?.got) {
      throw new AppError('import.busy', `来源 ${source} 正在导入，请等待其结束`, { source });
    }
    const [state] = await tx<
      { state: string; revoked_at: string | null }[]
    >`SELECT state, revoked_at FROM import WHERE id = ${id} FOR UPDATE`;
    if (state?.state === 'revoked') {
      throw new AppError('release.already-revoked', `发布 ${releaseId} 已于 ${state.revoked_at} 撤销`, {
        release: releaseId,
        revokedAt: state.revoked_at,
      });
    }
    if (state?.state !== 'published') {
      throw new AppError('release.not-published', `发布 ${releaseId} 尚未生效（${state?.state}），无可撤销`, {
        release: releaseId,
        state: state?.state,
      });
    }
    await tx.unsafe(ROOM);
    const visible = (await visibleImports(tx, shelf)).filter((other) => other !== id);
    await tx.unsafe(
      `CREATE TEMP TABLE moves ON COMMIT DROP AS
       SELECT DISTINCT ON (v.id) v.id AS old_id, f.id AS import_id
       FROM (${sightings(shelf)}) s
       JOIN device_version v ON v.shelf = ${shelf} AND v.id = s.version_id AND v.import_id = ${id}
       JOIN import f ON f.id = s.import_id AND f.id = ANY($1)
       ORDER BY v.id, f.released_on, f.id`,
      [visible],
    );
    const kept = await rehomeVersions(tx, shelf, 'moves');
    if (kept) await settleSightings(tx, shelf, { visible, rows: 'rehomed' });
    await restPresence(tx, { shelf, revoked: id, visible });
    const [row] = await tx<{ revoked_at: string }[]>`
      UPDATE import SET state = 'revoked', revoked_at = clock_timestamp(), revoked_by = ${actor}, revoked_reason = ${reason}
      WHERE id = ${id} RETURNING revoked_at`;
    await tx.unsafe(
      `CREATE TEMP TABLE concerned ON COMMIT DROP AS
       SELECT DISTINCT record_key FROM device_version WHERE shelf = ${shelf} AND import_id = ${id}`,
    );
    await tx.unsafe('ANALYZE concerned');
    const [count] = await tx<{ n: number }[]>`
      SELECT count(*) AS n FROM device_version WHERE shelf = ${shelf} AND import_id = ${id}`;
    await renewTallies(
      tx,
      shelf,
      visible,
      day,
      `SELECT v.product_id FROM concerned c JOIN device_version v ON v.shelf = ${shelf} AND v.record_key = c.record_key`,
    );
    await audit(tx, {
      actor,
      act: 'release.revoke',
      subject: `release/${releaseId}`,
      outcome: 'done',
      detail: { reason, ended: count?.n ?? 0, kept },
    });
    return { releaseId, revokedAt: row?.revoked_at ?? '', ended: count?.n ?? 0, kept };
  });
}
