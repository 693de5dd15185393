import type { DeviceSource } from '../../domains/devices/index.ts';
import type { PartDescriptor } from '../../platform/files/open-text.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import type { ReleasePlan } from './release-plan.ts';
import { releaseSlug } from './release-plan.ts';
import { createStaging, type PartState } from './staging.ts';

/** Lock class of imports; the shelf is the second key. One import or revocation a shelf at a time. */
export const IMPORT_LOCK = 7_302;

export interface ImportRow {
  readonly id: number;
  readonly releaseId: string;
  readonly source: string;
  readonly shelf: number;
  readonly mode: 'full' | 'update';
  readonly releasedOn: string;
  readonly state: 'running' | 'interrupted' | 'failed' | 'published' | 'revoked';
  readonly counts: Record<string, unknown>;
}

const COLUMNS = `id, release_id AS "releaseId", source, shelf, mode, released_on AS "releasedOn", state, counts`;

/** The import of the same content that counts: one that is published, or one that can be gone on with. */
export async function findImport(sql: Sql, plan: ReleasePlan, contentHash: string): Promise<ImportRow | undefined> {
  const [row] = await sql.unsafe<ImportRow[]>(
    `SELECT ${COLUMNS} FROM import
     WHERE shelf = $1 AND source = $2 AND mode = $3 AND released_on = $4 AND content_hash = $5
       AND state IN ('published', 'running', 'interrupted')
     ORDER BY id DESC LIMIT 1`,
    [plan.shelf, plan.source, plan.mode, plan.releasedOn, contentHash],
  );
  return row;
}

export interface FileFacts {
  readonly file: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A free release id: source and name of the release, with a number behind it where it is taken. */
export async function freeReleaseId(tx: Queryable, plan: ReleasePlan): Promise<string> {
  const stem = releaseSlug(plan.name.toLowerCase().startsWith(plan.source) ? plan.name : `${plan.source}-${plan.name}`);
  const taken = await tx<
    { id: string }[]
  >`SELECT release_id AS id FROM import WHERE release_id = ${stem} OR release_id LIKE ${`${stem}-%`}`;
  const ids = new Set(taken.map((row) => row.id));
  if (!ids.has(stem)) return stem;
  let n = 2;
  while (ids.has(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}

/** Enters the sources of this program, so that the register can name them. */
export async function enterSources(sql: Sql, sources: readonly SourceFacts[]): Promise<void> {
  for (const s of sources) {
    await sql`
      INSERT INTO source (id, shelf, title_zh, title_en, publisher, url, licence)
      VALUES (${s.id}, ${s.shelf}, ${s.titleZh}, ${s.titleEn}, ${s.publisher}, ${s.url}, ${s.licence})
      ON CONFLICT (id) DO NOTHING`;
  }
}

export type SourceFacts = Pick<DeviceSource, 'id' | 'shelf' | 'titleZh' | 'titleEn' | 'publisher' | 'url' | 'licence'>;

/** Enters the import with its files, parts and empty staged tables, in one transaction. */
export async function enterImport(
  sql: Sql,
  plan: ReleasePlan,
  contentHash: string,
  files: readonly FileFacts[],
  parts: readonly (PartDescriptor & { readonly fileNo: number })[],
  actor: string,
): Promise<ImportRow> {
  return sql.begin(async (tx) => {
    const releaseId = await freeReleaseId(tx, plan);
    const [row] = await tx<{ id: number }[]>`
      INSERT INTO import (release_id, source, shelf, mode, release_name, released_on, content_hash, state, actor)
      VALUES (${releaseId}, ${plan.source}, ${plan.shelf}, ${plan.mode}, ${plan.name}, ${plan.releasedOn}, ${contentHash}, 'running', ${actor})
      RETURNING id`;
    const id = row?.id as number;
    await tx`INSERT INTO import_file ${tx(files.map((f, i) => ({ import_id: id, file_no: i + 1, name: f.name, path: f.file, bytes: f.bytes, sha256: f.sha256 })))}`;
    for (let i = 0; i < parts.length; i += 1000) {
      const rows = parts
        .slice(i, i + 1000)
        .map((p) => ({ import_id: id, part_no: p.ordinal, file_no: p.fileNo, path: p.path }));
      if (rows.length) await tx`INSERT INTO import_part ${tx(rows)}`;
    }
    await createStaging(tx, { importId: id, shelf: plan.shelf, releasedOn: plan.releasedOn }, plan.source);
    return {
      id,
      releaseId,
      source: plan.source,
      shelf: plan.shelf,
      mode: plan.mode,
      releasedOn: plan.releasedOn,
      state: 'running' as const,
      counts: {},
    };
  });
}

/** How far a part has come, and why it was refused if it was. */
export type KnownPart = PartState & {
  readonly path: string;
  readonly failure: { readonly code: string; readonly message: string } | null;
};

/** How far each part of an import has come. */
export async function partStates(sql: Queryable, importId: number): Promise<Map<number, KnownPart>> {
  const rows = await sql<KnownPart[]>`
    SELECT part_no AS "partNo", resume_at AS "resumeAt", read, rejected, identifiers, problems, fill, header_count AS "headerCount", done,
      path, failure
    FROM import_part WHERE import_id = ${importId}`;
  return new Map(rows.map((row) => [row.partNo, row]));
}

/** Imports that count now: published and not revoked. */
export async function visibleImports(sql: Queryable, shelf: number): Promise<number[]> {
  const rows = await sql<
    { id: number }[]
  >`SELECT id FROM import WHERE shelf = ${shelf} AND state = 'published' ORDER BY id`;
  return rows.map((row) => row.id);
}

/**
 * The documents in the order in which an interrupted import numbered them: its files may be named in another order
 * now, or lie elsewhere. Files are told by their content.
 */
export async function partsAsNumbered<T extends PartDescriptor & { readonly fileNo: number }>(
  sql: Queryable,
  importId: number,
  files: readonly FileFacts[],
  parts: readonly T[],
): Promise<T[]> {
  const stored = await sql<
    { sha256: string }[]
  >`SELECT sha256 FROM import_file WHERE import_id = ${importId} ORDER BY file_no`;
  const free = files.map((file, i) => ({ sha256: file.sha256, fileNo: i + 1 }));
  let ordinal = 0;
  return stored.flatMap(({ sha256 }, i) => {
    const at = free.findIndex((file) => file.sha256 === sha256);
    const [file] = at < 0 ? [] : free.splice(at, 1);
    return parts
      .filter((part) => part.fileNo === file?.fileNo)
      .map((part) => ({ ...part, ordinal: ++ordinal, fileNo: i + 1 }));
  });
}
