import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CertificateSource, SourceCertificate } from '../../domains/certificates/source-certificate.ts';
import { foldText } from '../../domains/devices/index.ts';
import type { SourceProblem } from '../../domains/devices/source-record.ts';
import { certificateFamily, parseNumber } from '../../domains/identifiers/index.ts';
import { AppError } from '../../kernel/app-error.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import { sha256File } from '../../platform/files/digest.ts';
import { openPart } from '../../platform/files/open-part.ts';
import { listParts, openText } from '../../platform/files/open-text.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import type { Store } from '../../platform/postgres/store.ts';

/** Certificates have no partition; their imports carry this number so that no device read meets them. */
export const CERTIFICATE_SHELF = 4;

export interface CertificateImportOptions {
  readonly source: CertificateSource;
  readonly path: string;
  /** Day of the list, `YYYY-MM-DD`. */
  readonly releasedOn: string;
  readonly mode: 'full' | 'update';
  readonly actor: string;
  readonly dryRun?: boolean;
}

/** Counted in rows of the list; keys as the import of devices counts. */
export interface CertificateImportAnswer {
  readonly releaseId: string | null;
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly problems: Readonly<Record<string, number>>;
}

interface Counts {
  read: number;
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: number;
  problems: Record<string, number>;
}

/**
 * Takes in one list of certificates, in one transaction: either the whole list becomes visible or nothing changes.
 * The same content again changes nothing. Throws what the reader throws when the file as a whole cannot be read.
 */
export async function importCertificates(
  store: Store,
  options: CertificateImportOptions,
): Promise<CertificateImportAnswer> {
  const sql = store.ownerSql();
  const sha256 = await sha256File(options.path);
  const { size } = await stat(options.path);
  const [same] = await sql<{ release_id: string; counts: Counts }[]>`
    select release_id, counts from import where source = ${options.source.id} and content_hash = ${sha256}
      and state = 'published' and released_on = ${options.releasedOn} order by id desc limit 1`;
  if (same) {
    const read = same.counts.read ?? 0;
    return { ...emptyCounts(), releaseId: same.release_id, read, unchanged: read };
  }
  const counts = emptyCounts();
  const releaseId = `${options.source.id}-${options.releasedOn}-${sha256.slice(0, 8)}`;
  const undo = new Error('dry run');
  try {
    await sql.begin(async (tx) => {
      await tx`insert into source (id, shelf, title_zh, title_en, publisher, url, licence)
        values (${options.source.id}, ${CERTIFICATE_SHELF}, ${options.source.titleZh}, ${options.source.titleEn},
          ${options.source.publisher}, ${options.source.url}, ${options.source.licence}) on conflict (id) do nothing`;
      const [{ n } = { n: 0 }] = await tx<{ n: number }[]>`
        select count(*)::int as n from import where release_id like ${`${releaseId}%`}`;
      const id = await enter(tx, options, { releaseId: n === 0 ? releaseId : `${releaseId}-${n + 1}`, sha256, size });
      await readInto(tx, id, options, counts);
      await tx`update import set state = 'published', stage = 'done', published_at = clock_timestamp(),
        counts = ${JSON.stringify(counts)}::text::jsonb where id = ${id}`;
      await audit(tx, {
        actor: options.actor,
        act: 'release.import',
        subject: `release/${releaseId}`,
        outcome: 'done',
        detail: { source: options.source.id, releasedOn: options.releasedOn, sha256, read: counts.read },
      });
      if (options.dryRun) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
    return { ...counts, releaseId: null };
  }
  return { ...counts, releaseId };
}

function emptyCounts(): Counts {
  return { read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, problems: {} };
}

async function enter(
  tx: Queryable,
  options: CertificateImportOptions,
  file: { readonly releaseId: string; readonly sha256: string; readonly size: number },
): Promise<number> {
  const name = basename(options.path);
  const [row] = await tx<{ id: number }[]>`
    insert into import (release_id, source, shelf, mode, release_name, released_on, content_hash, state, actor)
    values (${file.releaseId}, ${options.source.id}, ${CERTIFICATE_SHELF}, ${options.mode}, ${name}, ${options.releasedOn},
      ${file.sha256}, 'running', ${options.actor}) returning id`;
  const id = row?.id ?? 0;
  await tx`insert into import_file (import_id, file_no, name, path, bytes, sha256)
    values (${id}, 1, ${name}, ${options.path}, ${file.size}, ${file.sha256})`;
  return id;
}

async function readInto(
  tx: Queryable,
  importId: number,
  options: CertificateImportOptions,
  counts: Counts,
): Promise<void> {
  const parts = await listParts(options.path);
  const seen = new Set<string>();
  for (const part of parts) {
    await tx`insert into import_part (import_id, part_no, file_no, path, done)
      values (${importId}, ${part.ordinal}, 1, ${part.path}, true)`;
    // a workbook is read as it is, a text in UTF-8
    const stream = part.kind === 'xlsx' ? openPart(part) : await openText(part);
    for await (const event of options.source.read(stream, { startAt: 0 })) {
      if (event.type === 'part-problem') {
        await note(tx, importId, part.ordinal, { at: 0, recordNo: 0 }, null, event.problem, counts);
      } else if (event.type === 'rejected') {
        counts.read++;
        counts.rejected++;
        await note(
          tx,
          importId,
          part.ordinal,
          event.record.position,
          event.record.recordKey,
          event.record.rejected,
          counts,
        );
      } else {
        counts.read++;
        const { certificate } = event;
        for (const problem of certificate.problems)
          await note(tx, importId, part.ordinal, certificate.position, certificate.recordKey, problem, counts);
        seen.add(certificate.recordKey);
        await take(tx, importId, part.ordinal, certificate, options, counts);
      }
    }
  }
  if (counts.read === 0)
    throw new AppError('source.no-records', '清单中没有可读取的记录', { path: basename(options.path) });
}

/** Enters a fault into the ledger, with its place. */
async function note(
  tx: Queryable,
  importId: number,
  partNo: number,
  position: { readonly at: number; readonly recordNo: number },
  recordKey: string | null,
  problem: SourceProblem,
  counts: Counts,
): Promise<void> {
  counts.problems[problem.code] = (counts.problems[problem.code] ?? 0) + 1;
  await tx`insert into quality_problem (import_id, shelf, part_no, position_at, record_no, severity, code, record_key,
      field, value, reason)
    values (${importId}, ${CERTIFICATE_SHELF}, ${partNo}, ${position.at}, ${position.recordNo}, ${problem.severity},
      ${problem.code}, ${recordKey}, ${problem.field}, ${problem.value?.slice(0, 500) ?? null}, ${problem.reason})`;
}

/** The key under which devices of the same holder stand: credit code of a domestic holder, else the folded name. */
function holderKey(certificate: SourceCertificate): string | null {
  const origin = parseNumber(undefined, certificate.certificateNo).parts.origin;
  const abroad = origin === 'imported' || origin === 'hk-macao-taiwan';
  const code = certificate.holderCode === null || abroad ? null : parseNumber('uscc', certificate.holderCode);
  if (code?.valid) return `uscc:${code.normalized}`;
  return certificate.holderName === null ? null : `name:${foldText(certificate.holderName).replace(/\s+/g, '')}`;
}

async function take(
  tx: Queryable,
  importId: number,
  partNo: number,
  certificate: SourceCertificate,
  options: CertificateImportOptions,
  counts: Counts,
): Promise<void> {
  const { position: _position, problems: _problems, ...content } = certificate;
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const [known] = await tx<{ content_hash: string }[]>`
    select c.content_hash from certificate_version c join import i on i.id = c.import_id
    where c.record_key = ${certificate.recordKey} and (i.state = 'published' or i.id = ${importId})
    order by c.released_on desc, c.id desc limit 1`;
  if (known?.content_hash === hash) {
    counts.unchanged++;
    return;
  }
  if (known) counts.updated++;
  else counts.inserted++;
  const number = certificate.number ?? certificate.certificateNo;
  const c = certificate;
  await tx`insert into certificate_version (import_id, part_no, position_at, position_length, record_no, sheet, row_no,
      record_key, certificate_no, number, family, valid_from, released_on, holder_name, holder_code, holder_key,
      holder_address, production_address, agent_name, agent_address, product_name, model, components, scope, approved_on,
      valid_until, status_text, origin, payload, content_hash)
    values (${importId}, ${partNo}, ${c.position.at}, ${c.position.length}, ${c.position.recordNo}, ${c.position.sheet},
      ${c.position.row}, ${c.recordKey}, ${c.certificateNo}, ${number}, ${certificateFamily(number)},
      ${c.approvedOn ?? options.releasedOn}, ${options.releasedOn}, ${c.holderName}, ${c.holderCode},
      ${holderKey(c)}, ${c.holderAddress}, ${c.productionAddress}, ${c.agentName}, ${c.agentAddress},
      ${c.productName}, ${c.model}, ${c.components}, ${c.scope}, ${c.approvedOn}, ${c.validUntil}, ${c.statusText},
      ${c.origin}, ${JSON.stringify(c.payload)}::text::jsonb, ${hash})`;
}
