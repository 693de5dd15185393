import { AppError } from '../../kernel/app-error.ts';
import { toHit } from './device-row.ts';
import type { IdentifierOfVersion, PlaceRow, VersionRow } from './dossier-row.ts';
import { unitsOfPackage } from './package-chain.ts';
import { firmnessOf, labelsOf, type PublishedSource, type SourceCatalogue, unitsInBase } from './published-source.ts';
import { publishedValues, stated } from './published-values.ts';
import type { ReadAt } from './read-at.ts';
import { AGENCIES, type PayloadValue } from './source-record.ts';
import type { DeviceDossierStore } from './store.ts';
import {
  type DeviceFile,
  type DossierIdentifier,
  type DossierValue,
  LEVELS,
  type NestedValue,
  type SourceRef,
} from './types.ts';

/** The places values come from, each once; a value points at one by its index. */
export class SourceList {
  readonly refs: SourceRef[] = [];
  readonly #index = new Map<string, number>();
  readonly #sources: SourceCatalogue;

  constructor(sources: SourceCatalogue) {
    this.#sources = sources;
  }

  add(place: PlaceRow): number {
    const key = `${place.import_id}/${place.part_no}/${place.position_at}/${place.record_no}`;
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    const source = this.#sources.get(place.release_source);
    const index = this.refs.length;
    this.#index.set(key, index);
    this.refs.push({
      source: place.release_source,
      sourceTitle: { zh: source?.titleZh ?? place.release_source, en: source?.titleEn ?? place.release_source },
      releaseId: place.release_id,
      releaseName: place.release_name,
      releasedOn: place.released_on,
      recordedAt: place.recorded_at,
      file: place.file,
      sha256: place.sha256,
      part: place.part,
      partNo: place.part_no,
      recordNo: place.record_no,
      at: place.position_at,
      length: place.position_length,
      firmness: firmnessOf(place.release_source),
    });
    return index;
  }
}

function values(version: VersionRow, source: PublishedSource | undefined, src: number): DossierValue[] {
  const labels = labelsOf(source);
  return [...publishedValues(version, source)].flatMap(([tag, value]) => {
    // identifiers stand in a table of their own
    if (tag === 'identifiers' && isIdentifierList(value)) return [];
    const label = labels.get(tag);
    return {
      tag,
      label: { zh: label?.zh ?? tag, en: label?.en ?? tag },
      section: label?.section ?? 'record',
      value: value as NestedValue,
      src,
    };
  });
}

/** The identifiers as the register keeps them with the payload, not a field of the source. */
function isIdentifierList(value: PayloadValue): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && 'level' in item && 'di' in item);
}

function identifiers(
  version: VersionRow,
  rows: readonly IdentifierOfVersion[],
  source: PublishedSource | undefined,
  src: number,
): DossierIdentifier[] {
  const base = unitsInBase(version.source, source?.unpack(version.payload) ?? {});
  const links = rows
    .filter((row) => row.level === 1)
    .map((row) => ({ diKey: row.di_key, containsKey: row.contains_key, quantity: row.quantity }));
  const unitOfUseKeys = rows.filter((row) => row.level === 2).map((row) => row.di_key);
  const main: DossierIdentifier = {
    di: version.di ?? version.di_key,
    agency: AGENCIES[version.agency] ?? '',
    level: 'base',
    packLevel: null,
    quantity: null,
    contains: null,
    unitsOfUse: base,
    status: null,
    discontinuedOn: null,
    problems: [],
    src,
  };
  return [
    main,
    ...rows.map((row): DossierIdentifier => {
      const level = LEVELS[row.level] ?? 'base';
      const units =
        level === 'package'
          ? unitsOfPackage(row.di_key, links, { key: version.di_key, units: base, unitOfUseKeys })
          : {
              units: level === 'unit-of-use' || level === 'direct-mark' ? 1 : level === 'secondary' ? base : null,
              problem: null,
            };
      return {
        di: row.di ?? row.di_key,
        agency: AGENCIES[row.agency] ?? '',
        level,
        packLevel: row.pack_level,
        quantity: row.quantity,
        contains: row.contains_key,
        unitsOfUse: units.units,
        status: row.status,
        discontinuedOn: row.discontinued_on,
        problems: units.problem === null ? [] : [{ code: units.problem, message: units.problem }],
        src,
      };
    }),
  ];
}

/**
 * Everything one device record says at the two times. Throws `device.not-found` when no visible release holds the
 * record. When the earliest version begins after `asOf`, that version is shown and a note says so.
 */
export async function deviceFile(
  store: DeviceDossierStore,
  at: ReadAt,
  key: { readonly source: string; readonly recordKey: string },
  catalogue: SourceCatalogue,
): Promise<DeviceFile & { readonly list: SourceList; readonly version: VersionRow }> {
  const versions = await store.findVersions(at, key);
  const current = versions.find((row) => row.current);
  const shown = current ?? versions.at(-1);
  if (!shown) {
    throw new AppError('device.not-found', `没有这个器械记录：${key.source} ${key.recordKey}`, { ...key });
  }
  const record = { shelf: shown.shelf, recordKey: shown.record_key };
  const [{ identifiers: identifierRows, problems }, presence] = await Promise.all([
    store.findDetails(at, { ...record, versionId: shown.version_id }),
    at.absences ? store.findPresence(at, record) : [],
  ]);
  const list = new SourceList(catalogue);
  const src = list.add(shown);
  const source = catalogue.get(shown.source);
  const versionSrc = new Map(versions.map((row) => [`${row.import_id}/${row.part_no}/${row.position_at}`, row]));
  const others = [
    ...presence.map((row) => row.import_id),
    ...problems
      .filter((row) => !versionSrc.has(`${row.import_id}/${row.part_no}/${row.position_at}`))
      .map((row) => row.import_id),
  ];
  const releases = await store.findReleases([...new Set(others)]);
  const srcOf = (importId: number, place?: string): number => {
    const row = (place && versionSrc.get(place)) || releases.get(importId);
    return row ? list.add(row) : src;
  };
  return {
    device: toHit(shown),
    list,
    version: shown,
    sources: list.refs,
    values: values(shown, source, src),
    identifiers: identifiers(shown, identifierRows, source, src),
    versions: versions.map((row) => ({
      id: row.version_id,
      versionNo: row.version_no,
      correctionNo: row.correction_no,
      versionAt: stated(row.version_at),
      correctionAt: stated(row.correction_at),
      validFrom: row.valid_from,
      recordedAt: row.recorded_at,
      releaseId: row.release_id,
      releasedOn: row.released_on,
      status: row.current ? 'in-force' : row.begun ? 'earlier' : 'later',
      current: row === shown,
      src: list.add(row),
    })),
    problems: problems.map((row) => ({
      code: row.code,
      severity: row.severity,
      field: row.field,
      value: row.value,
      reason: row.reason,
      src: srcOf(row.import_id, `${row.import_id}/${row.part_no}/${row.position_at}`),
    })),
    presence: presence.map((row) => ({ onDate: row.on_date, present: row.present, src: srcOf(row.import_id) })),
    asOf: at.asOf,
    knownAt: at.knownAt,
    ...(current
      ? {}
      : {
          note: {
            code: 'not-yet-valid',
            zh: `${at.asOf} 尚无有效版本：现有最早版本自 ${shown.valid_from} 起`,
            en: `No version was in force on ${at.asOf}: the earliest held begins on ${shown.valid_from}`,
          },
        }),
  };
}
