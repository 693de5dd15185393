import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError, isAppError } from '../../kernel/app-error.ts';
import { systemClock, today } from '../../kernel/clock.ts';
import { type LocalDate, parseLocalDate } from '../../kernel/local-date.ts';
import { openPart } from '../../platform/files/open-part.ts';
import { listParts, openText } from '../../platform/files/open-text.ts';
import type { ReleasePart } from '../../platform/files/part.ts';
import type { Store } from '../../platform/postgres/store.ts';
import { releaseNameOf } from '../../sources/nmpa-udid/release-name.ts';
import { CERTIFICATE_SOURCES, DEVICE_SOURCES } from '../../sources/registry.ts';
import { CERTIFICATE_SHELF, importCertificates } from '../import-certificates/import-certificates.ts';
import { type ImportCounts, type ImportOptions, type ImportOutcome, importRelease } from './import-release.ts';
import { enterSources, type FileFacts } from './import-rows.ts';
import { dayInName, groupFiles, releaseStem } from './release-plan.ts';

export interface ImportRequest extends ImportOptions {
  readonly mode?: 'full' | 'update' | undefined;
  readonly source?: string | undefined;
  readonly releasedOn?: string | undefined;
  /** Shelf to stand on instead of the source's own; demonstration data. */
  readonly shelf?: number | undefined;
}

export interface ImportFailure {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** The last line of `xiedang import --json`. Counted in device records; identifiers beside them. */
export interface ImportSummary {
  readonly files: number;
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly withdrawn: number;
  readonly identifiers: number;
  readonly problems: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly readNow: number;
  readonly releases: readonly {
    readonly id: string;
    readonly state: string;
    readonly stages: Readonly<Record<string, number>>;
  }[];
  readonly failed: readonly ImportFailure[];
}

export interface ImportResult {
  readonly summary: ImportSummary;
  readonly failures: readonly ImportFailure[];
  text(): string;
}

interface KnownFile {
  readonly file: string;
  readonly source: string;
  readonly facts: FileFacts;
  readonly parts: readonly ReleasePart[];
}

const HEAD_BYTES = 4096;

/** The first bytes of a document, decoded. */
async function headOf(part: ReleasePart): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of part.kind === 'xlsx' ? openPart(part) : await openText(part)) {
    pieces.push(piece);
    length += piece.length;
    if (length >= HEAD_BYTES) break;
  }
  return Buffer.concat(pieces).subarray(0, HEAD_BYTES);
}

/** Every source, in the order in which they are asked whether they know a file. */
const SOURCES = [...DEVICE_SOURCES, ...CERTIFICATE_SOURCES];

async function sourceOf(file: string, parts: readonly ReleasePart[], given: string | undefined): Promise<string> {
  const known = SOURCES.find((s) => s.id === given);
  if (given !== undefined && !known)
    throw new AppError('usage.unknown-source', `no source ${given}; there are ${SOURCES.map((s) => s.id).join(', ')}`);
  if (known) return known.id;
  const first = parts[0];
  if (!first) throw new AppError('file.no-documents', `${file}: nothing in it that could be a release`, { file });
  const head = await headOf(first);
  if (!head.length) throw new AppError('part.empty', `${first.path}: the file is empty`, { path: first.path });
  const source = SOURCES.find((s) => s.recognises(basename(first.path), head));
  if (!source)
    throw new AppError('source.not-recognised', `${first.path}: not a format of any source known here`, {
      path: first.path,
    });
  return source.id;
}

async function factsOf(file: string): Promise<FileFacts> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return { file: resolve(file), name: basename(file), bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

async function look(file: string, given: string | undefined): Promise<KnownFile> {
  const facts = await factsOf(file).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError(
      cause.code === 'ENOENT' ? 'file.not-found' : 'file.unreadable',
      `${file}: ${cause.message}`,
      { file },
      cause,
    );
  });
  if (facts.bytes === 0) throw new AppError('part.empty', `${file}: the file is empty`, { file });
  const parts = await listParts(resolve(file));
  return { file, facts, parts, source: await sourceOf(file, parts, given) };
}

/** Full or update, and the day, from the name of the files unless the caller says. */
function modeAndDay(
  name: string,
  source: string,
  request: ImportRequest,
): { mode: 'full' | 'update'; releasedOn: LocalDate } {
  const told = source === 'nmpa-udid' ? releaseNameOf(name) : undefined;
  const mode =
    request.mode ?? (told ? (told.kind === 'full' ? 'full' : 'update') : /full/i.test(name) ? 'full' : 'update');
  const now = today(request.clock ?? systemClock);
  const day = request.releasedOn ?? told?.to ?? dayInName(name);
  if (day === undefined) return { mode, releasedOn: now };
  const releasedOn = parseLocalDate(day);
  if (!releasedOn) throw new AppError('usage.bad-day', `not a calendar day: ${day}`, { day });
  // a release cannot be of a day that has not come; its name is wrong then
  return { mode, releasedOn: releasedOn > now ? now : releasedOn };
}

/**
 * Imports files, one release after another in the order of their days. A file that fails as a whole is listed and the
 * others go on.
 */
export async function importFiles(
  store: Store,
  files: readonly string[],
  request: ImportRequest,
): Promise<ImportResult> {
  const started = performance.now();
  const failures: ImportFailure[] = [];
  const fail = (file: string, error: unknown) => {
    if (isAppError(error) && error.code.startsWith('usage.')) throw error;
    failures.push({
      file,
      code: isAppError(error) ? error.code : 'internal',
      message: error instanceof Error ? error.message : String(error),
    });
  };
  const known: KnownFile[] = [];
  for (const file of files) {
    try {
      known.push(await look(file, request.source));
    } catch (error) {
      fail(file, error);
    }
  }
  const releases = groupFiles(known).map((group) => {
    const first = group[0] as KnownFile;
    const name = releaseStem(first.file);
    return { group, name, source: first.source, ...modeAndDay(basename(first.file), first.source, request) };
  });
  releases.sort((a, b) => (a.releasedOn < b.releasedOn ? -1 : a.releasedOn > b.releasedOn ? 1 : 0));
  await enterSources(store.ownerSql(), DEVICE_SOURCES);
  const outcomes: ImportOutcome[] = [];
  let taken = known.length;
  for (const { group, name, source, mode, releasedOn } of releases) {
    const certificates = CERTIFICATE_SOURCES.find((s) => s.id === source);
    if (certificates) {
      for (const { file, facts, parts } of group) {
        const plan = { source, shelf: CERTIFICATE_SHELF, mode, name, releasedOn, files: [file] };
        const numbered = parts.map((part, i) => ({ ...part, ordinal: i + 1 }));
        try {
          outcomes.push(
            await importCertificates(store, { source: certificates, plan, file: facts, parts: numbered }, request),
          );
        } catch (error) {
          fail(file, error);
          taken--;
        }
      }
      if (request.stopped?.()) break;
      continue;
    }
    const shelf = request.shelf ?? (DEVICE_SOURCES.find((s) => s.id === source)?.shelf as number);
    let ordinal = 0;
    const parts = group.flatMap((file, i) =>
      file.parts.map((part) => ({ ...part, ordinal: ++ordinal, fileNo: i + 1 })),
    );
    try {
      const outcome = await importRelease(
        store,
        {
          plan: { source, shelf, mode, name, releasedOn, files: group.map((f) => f.file) },
          files: group.map((f) => f.facts),
          parts,
        },
        request,
      );
      outcomes.push(outcome);
      for (const { path, code, message } of outcome.refused) {
        // a document in an archive is named with it; the archive itself was taken
        const alone = group.find((f) => f.parts.length === 1 && f.parts[0]?.path === path);
        if (alone) taken--;
        failures.push({ file: alone?.file ?? path, code, message });
      }
    } catch (error) {
      fail(group.length === 1 ? (group[0] as KnownFile).file : `${name} (${group.length} files)`, error);
      taken -= group.length;
    }
    if (request.stopped?.()) break;
  }
  const summary = summarise(taken, outcomes, failures, (performance.now() - started) / 1000);
  return { summary, failures, text: () => describe(summary) };
}

function summarise(
  files: number,
  outcomes: readonly ImportOutcome[],
  failed: readonly ImportFailure[],
  seconds: number,
): ImportSummary {
  const total = (pick: (counts: ImportCounts) => number) => outcomes.reduce((sum, o) => sum + pick(o.counts), 0);
  const problems: Record<string, number> = {};
  for (const { counts } of outcomes)
    for (const [code, n] of Object.entries(counts.problems)) problems[code] = (problems[code] ?? 0) + n;
  return {
    files,
    read: total((c) => c.read),
    inserted: total((c) => c.inserted),
    updated: total((c) => c.updated),
    unchanged: total((c) => c.unchanged),
    rejected: total((c) => c.rejected),
    withdrawn: total((c) => c.withdrawn),
    identifiers: total((c) => c.identifiers),
    problems,
    seconds: Math.round(seconds * 1000) / 1000,
    readNow: outcomes.reduce((sum, o) => sum + o.readNow, 0),
    releases: outcomes.map((o) => ({ id: o.releaseId, state: o.state, stages: o.seconds })),
    failed,
  };
}

function describe(s: ImportSummary): string {
  const n = (value: number) => value.toLocaleString('en');
  const lines = [
    `读取 ${n(s.read)} 条：新增 ${n(s.inserted)}，变更 ${n(s.updated)}，未变 ${n(s.unchanged)}，拒收 ${n(s.rejected)}，缺失 ${n(s.withdrawn)}；标识 ${n(s.identifiers)} 个；${s.seconds} 秒`,
    ...s.releases.map((r) => `发布 ${r.id}: ${r.state}`),
    ...Object.entries(s.problems).map(([code, count]) => `  ${code}  ${n(count)}`),
  ];
  return `${lines.join('\n')}\n`;
}
