import type { DeviceRow } from './device-row.ts';

/** Place of a row: release, file, part and bytes. */
export interface PlaceRow {
  readonly import_id: number;
  readonly release_id: string;
  readonly release_name: string;
  readonly release_source: string;
  readonly released_on: string;
  readonly recorded_at: string;
  readonly file: string | null;
  readonly sha256: string | null;
  readonly part: string | null;
  readonly part_no: number;
  readonly record_no: number;
  readonly position_at: number;
  readonly position_length: number;
}

/** What a source published in one version of a record, in columns and packed. */
export interface PublishedVersion {
  readonly version_id: string;
  readonly shelf: number;
  readonly source: string;
  readonly record_key: string;
  readonly di_key: string;
  readonly di: string | null;
  readonly name: string | null;
  readonly brand: string | null;
  readonly model: string | null;
  readonly catalog_no: string | null;
  readonly description: string | null;
  readonly holder_name: string | null;
  readonly holder_name_alt: string | null;
  readonly holder_code: string | null;
  readonly certificate_text: string | null;
  readonly class_code: string | null;
  readonly class_code_old: string | null;
  readonly category: string | null;
  readonly kind: string | null;
  readonly version_no: number;
  readonly correction_no: number;
  /** As PostgreSQL writes timestamps; `-infinity` = not stated. */
  readonly version_at: string;
  readonly correction_at: string;
  readonly published_on: string | null;
  /** The day of withdrawal as stated, whatever the legal day of the read. */
  readonly withdrawn_on_stated: string | null;
  readonly released_on: string;
  readonly payload: string;
}

/** One version of a record with everything the source published, and its place. */
export interface VersionRow extends DeviceRow, PlaceRow, PublishedVersion {
  readonly version_id: string;
  readonly shelf: number;
  readonly source: string;
  readonly released_on: string;
  /** True for the one version in force at the two times. */
  readonly current: boolean;
  /** False for versions that are known but valid only later. */
  readonly begun: boolean;
}

export interface IdentifierOfVersion {
  readonly level: number;
  readonly agency: number;
  readonly di_key: string;
  readonly di: string | null;
  readonly contains_key: string | null;
  readonly quantity: number | null;
  readonly pack_level: string | null;
  readonly status: string | null;
  readonly discontinued_on: string | null;
}

export interface ProblemRow {
  readonly import_id: number;
  readonly part_no: number;
  readonly position_at: number;
  readonly record_no: number;
  readonly severity: string;
  readonly code: string;
  readonly field: string | null;
  readonly value: string | null;
  readonly reason: string | null;
}
