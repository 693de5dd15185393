import { z } from 'zod';

/** One certificate row as held, with its place. Days are `YYYY-MM-DD`. */
export interface CertificateRow {
  readonly id: string;
  readonly import_id: number;
  readonly release_id: string;
  readonly release_name: string;
  readonly release_source: string;
  readonly release_day: string;
  readonly recorded_at: string;
  readonly file: string | null;
  readonly sha256: string | null;
  readonly part: string | null;
  readonly part_no: number;
  readonly position_at: number;
  readonly position_length: number;
  readonly record_no: number;
  readonly record_key: string;
  readonly certificate_no: string;
  readonly number: string;
  readonly family: string;
  readonly valid_from: string;
  readonly holder_name: string | null;
  readonly holder_code: string | null;
  readonly holder_key: string | null;
  readonly holder_address: string | null;
  readonly production_address: string | null;
  readonly agent_name: string | null;
  readonly agent_address: string | null;
  readonly product_name: string | null;
  readonly model: string | null;
  readonly components: string | null;
  readonly scope: string | null;
  readonly approved_on: string | null;
  readonly valid_until: string | null;
  readonly status_text: string | null;
  readonly origin: string | null;
  readonly payload: Record<string, unknown>;
}

const Words = z.object({ zh: z.string(), en: z.string() });

export const CERTIFICATE_OUTCOMES = ['valid', 'expired', 'withdrawn', 'renewed-as', 'unknown'] as const;

/** The one stated status of a certificate on a day. */
export const CertificateStatus = z.object({
  outcome: z.enum(CERTIFICATE_OUTCOMES),
  determinable: z.boolean(),
  ruleset: z.literal('certificate-status'),
  edition: z.string(),
  asOf: z.string(),
  knownAt: z.string(),
  reason: Words,
  renewedAs: z.string().nullable(),
  values: z.array(
    z.object({
      name: z.string(),
      label: Words,
      value: z.string().nullable(),
      unit: z.null(),
      source: z.string().nullable(),
      article: z.null(),
      firmness: z.string().nullable(),
      src: z.number().optional(),
    }),
  ),
  steps: z.array(Words),
  missing: z.array(z.object({ name: z.string(), label: Words })),
});
export type CertificateStatus = z.infer<typeof CertificateStatus>;
