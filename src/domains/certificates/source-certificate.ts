import type { LocalDate } from '../../kernel/local-date.ts';
import type { PayloadValue, RecordPosition, RejectedRecord, SourceProblem } from '../devices/index.ts';

/**
 * Where a certificate stands. In text files `at` and `length` are bytes of the stream in UTF-8 (transcoded where the
 * file is not); in workbooks `at` is the number of the row in its sheet and `length` is 0. `recordNo` counts the rows
 * with content behind the headings of the whole file, from 1.
 */
export interface CertificatePosition extends RecordPosition {
  readonly sheet: string | null;
  readonly row: number | null;
}

/**
 * One row of a list of certificates as published, values trimmed, null = empty or absent. Several rows may belong to
 * one certificate (parts, scopes); `recordKey` keeps them apart. `number` is the certificate number as compared, null
 * where its form is not known. `payload` holds every further filled column by its heading as published.
 */
export interface SourceCertificate {
  readonly recordKey: string;
  readonly position: CertificatePosition;
  readonly certificateNo: string;
  readonly number: string | null;
  readonly holderName: string | null;
  readonly holderCode: string | null;
  readonly holderAddress: string | null;
  readonly productionAddress: string | null;
  readonly agentName: string | null;
  readonly agentAddress: string | null;
  readonly productName: string | null;
  readonly model: string | null;
  readonly components: string | null;
  readonly scope: string | null;
  readonly approvedOn: LocalDate | null;
  readonly validUntil: LocalDate | null;
  readonly statusText: string | null;
  readonly origin: string | null;
  readonly payload: Readonly<Record<string, PayloadValue>>;
  readonly problems: readonly SourceProblem[];
}

export interface RejectedCertificate extends RejectedRecord {
  readonly position: CertificatePosition;
}

/** What a reader of certificates tells, in the order of the file. */
export type CertificateEvent =
  | { readonly type: 'certificate'; readonly certificate: SourceCertificate }
  | { readonly type: 'rejected'; readonly record: RejectedCertificate }
  | { readonly type: 'part-problem'; readonly problem: SourceProblem };

/** A source of certificates. `read` throws an AppError only when the file as a whole cannot be read. */
export interface CertificateSource {
  readonly id: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly publisher: string;
  readonly url: string | null;
  readonly licence: string;
  /** Heading behind each column, for source marks and change reports. */
  readonly columnLabels: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  recognises(fileName: string, firstBytes: Uint8Array): boolean;
  read(stream: AsyncIterable<Uint8Array>, options: { readonly startAt: number }): AsyncGenerator<CertificateEvent>;
}
