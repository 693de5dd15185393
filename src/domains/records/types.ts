import { z } from 'zod';
import { SUBJECT_TYPES } from './kind.ts';

export const RecordSubject = z.object({ type: z.enum(SUBJECT_TYPES), key: z.string().trim().min(1).max(600) });
export type RecordSubject = z.infer<typeof RecordSubject>;

export const RecordItem = z.object({
  id: z.string(),
  kind: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  occurredOn: z.string(),
  recordedAt: z.string(),
  actor: z.string(),
  subjects: z.array(RecordSubject),
  body: z.unknown(),
  corrects: z.string().nullable(),
  correctedBy: z.string().nullable(),
});
export type RecordItem = z.infer<typeof RecordItem>;

export const NewRecord = z.object({
  kind: z.string().max(60),
  occurredOn: z.iso.date(),
  subjects: z.array(RecordSubject).min(1).max(100),
  body: z.record(z.string(), z.unknown()),
  corrects: z.uuid().optional(),
});
export type NewRecord = z.infer<typeof NewRecord>;
