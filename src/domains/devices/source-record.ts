import type { ProductDerived, ProductFields } from './product.ts';

/** Issuing agencies, in the order of their stored number (0 = not stated or not known). */
export const AGENCIES = ['', 'GS1', 'HIBCC', 'ICCBBA', 'IFA', 'MA', 'AHM'] as const;
export type Agency = (typeof AGENCIES)[number];

/** Levels of further identifiers, in the order of their stored number (0 = the main identifier itself). */
export const IDENTIFIER_LEVELS = ['base', 'package', 'unit-of-use', 'direct-mark', 'secondary', 'registered'] as const;
export type IdentifierLevel = (typeof IDENTIFIER_LEVELS)[number];

/** Where a record stands in its part: byte offset and length in the UTF-8 (or transcoded) stream, and its number from 1. */
export interface RecordPosition {
  readonly at: number;
  readonly length: number;
  readonly recordNo: number;
}

/** A fault found while reading. `rejected` = the row is not taken; `problem` = taken and listed in the ledger. */
export interface SourceProblem {
  readonly severity: 'rejected' | 'problem' | 'notice';
  readonly code: string;
  readonly field: string | null;
  readonly value: string | null;
  readonly reason: string | null;
}

/** One identifier beside the main one. `contains` = the identifier of the next lower level, as published. */
export interface SourceIdentifier {
  readonly level: Exclude<IdentifierLevel, 'base'>;
  readonly di: string;
  readonly agency: Agency;
  readonly contains: string | null;
  readonly quantity: number | null;
  readonly packLevel: string | null;
  readonly status: string | null;
  readonly discontinuedOn: string | null;
}

/**
 * One device record as a source published it, ready for the register.
 * `versionAt`, `correctionAt`: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`, null when absent or unreadable.
 * `payload`: every further field that is filled; key = the source's own tag or path, value = text as published or a
 * nested list of the same. Nothing of the record may be missing from product + identifiers + payload.
 */
export interface SourceRecord {
  readonly recordKey: string;
  readonly position: RecordPosition;
  readonly versionNo: number;
  readonly correctionNo: number;
  readonly versionAt: string | null;
  readonly correctionAt: string | null;
  readonly publishedOn: string | null;
  readonly withdrawnOn: string | null;
  readonly di: string;
  readonly agency: Agency;
  readonly model: string | null;
  readonly catalogNo: string | null;
  readonly product: ProductFields;
  readonly identifiers: readonly SourceIdentifier[];
  readonly payload: Readonly<Record<string, PayloadValue>>;
  readonly problems: readonly SourceProblem[];
}

export type PayloadValue = string | readonly PayloadValue[] | { readonly [key: string]: PayloadValue };

/** A record that cannot be taken; it is listed with its place and the run goes on. */
export interface RejectedRecord {
  readonly position: RecordPosition;
  readonly recordKey: string | null;
  readonly rejected: SourceProblem;
}

/** What a reader may tell beside records: the count stated by the header of the part, or a fault of the part itself. */
export type SourceEvent =
  | { readonly type: 'record'; readonly record: SourceRecord }
  | { readonly type: 'rejected'; readonly record: RejectedRecord }
  | { readonly type: 'header'; readonly count: number }
  | { readonly type: 'part-problem'; readonly problem: SourceProblem };

/** One published field for people: tag, labels, and the section of the dossier it is shown in. */
export interface FieldLabel {
  readonly tag: string;
  readonly zh: string;
  readonly en: string;
  readonly section:
    | 'identity'
    | 'product'
    | 'holder'
    | 'certificate'
    | 'class'
    | 'use'
    | 'storage'
    | 'packaging'
    | 'production'
    | 'record';
}

/**
 * A source of device records: its manifest and its reader. `read` streams; it throws an AppError only when the part as
 * a whole cannot be read (cut off, not this format). `startAt` (byte) lets an interrupted import go on: the reader
 * skips to the first record at or behind it without building the ones before.
 */
export interface DeviceSource {
  readonly id: string;
  readonly shelf: number;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly publisher: string;
  readonly url: string | null;
  readonly licence: string;
  readonly fields: readonly FieldLabel[];
  /** Source tag behind each product column and main column, for change reports and source marks. */
  readonly columnTags: Readonly<
    Partial<
      Record<
        | keyof ProductFields
        | 'di'
        | 'model'
        | 'catalogNo'
        | 'publishedOn'
        | 'withdrawnOn'
        | 'versionNo'
        | 'versionAt'
        | 'correctionNo'
        | 'correctionAt',
        string
      >
    >
  >;
  /** Meaning of the product's published values: class, origin, holder key, certificate numbers. */
  derive(product: ProductFields): ProductDerived;
  /** True when the first bytes and the file name look like this source. */
  recognises(fileName: string, firstBytes: Uint8Array): boolean;
  read(stream: AsyncIterable<Uint8Array>, options: { readonly startAt: number }): AsyncGenerator<SourceEvent>;
}
