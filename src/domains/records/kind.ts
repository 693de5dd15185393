import { z } from 'zod';

export const SUBJECT_TYPES = ['device', 'certificate', 'party'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** One kind of record: its name, what it may be about, and the form of its body. A new kind is one file. */
export interface RecordKind {
  readonly kind: string;
  readonly label: { readonly zh: string; readonly en: string };
  readonly subjects: readonly SubjectType[];
  readonly body: z.ZodObject;
}

/** A text field with a Chinese label for forms. */
export function words(title: string, most = 2000) {
  return z.string().trim().min(1).max(most).meta({ title });
}

/** A calendar day for forms. */
export function day(title: string) {
  return z.iso.date().meta({ title });
}
