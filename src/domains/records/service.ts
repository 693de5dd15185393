import type { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { RecordKind } from './kind.ts';
import { recordKind } from './kinds.ts';
import type { RecordRow } from './store.pg.ts';
import type { NewRecord, RecordItem } from './types.ts';

/** What appending needs from the database, in one transaction. */
export interface RecordWrites {
  /** The record that is corrected, when it exists. */
  find(id: string): Promise<RecordRow | undefined>;
  append(record: NewRecord, actor: string): Promise<string>;
  audit(act: string, subject: string, detail: Record<string, unknown>): Promise<unknown>;
}

/** The row as an answer. */
export function toRecord(row: RecordRow): RecordItem {
  return {
    id: row.id,
    kind: row.kind,
    label: recordKind(row.kind)?.label ?? { zh: row.kind, en: row.kind },
    occurredOn: row.occurred_on,
    recordedAt: row.recorded_at,
    actor: row.actor,
    subjects: row.subjects,
    body: row.body,
    corrects: row.corrects,
    correctedBy: row.corrected_by,
  };
}

/**
 * Checks a new record against its kind. Throws `record.unknown-kind`, `record.subject-not-allowed`,
 * `record.bad-body` with the first faults.
 */
export function checkRecord(record: NewRecord): { kind: RecordKind; body: Record<string, unknown> } {
  const kind = recordKind(record.kind);
  if (!kind) throw new AppError('record.unknown-kind', `没有这种记录：${record.kind}`, { kind: record.kind });
  const foreign = record.subjects.find((subject) => !kind.subjects.includes(subject.type));
  if (foreign)
    throw new AppError('record.subject-not-allowed', `${kind.label.zh}不能针对 ${foreign.type}`, {
      type: foreign.type,
    });
  const body = kind.body.safeParse(record.body);
  if (!body.success) {
    const faults = body.error.issues
      .slice(0, 5)
      .map((issue: z.core.$ZodIssue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AppError('record.bad-body', `记录内容不符合要求：${faults.join('；')}`, { faults });
  }
  return { kind, body: body.data };
}

/**
 * Appends a record. A correction names the record it takes the place of: of the same kind and not corrected yet.
 * Throws what `checkRecord` throws, `record.not-found`, `record.already-corrected`, `record.other-kind`.
 */
export async function addRecord(writes: RecordWrites, record: NewRecord, actor: Actor): Promise<string> {
  const { body } = checkRecord(record);
  if (record.corrects !== undefined) {
    const old = await writes.find(record.corrects);
    if (!old) throw new AppError('record.not-found', '要更正的记录不存在', { corrects: record.corrects });
    if (old.kind !== record.kind) throw new AppError('record.other-kind', '更正必须与原记录同类', { kind: old.kind });
    if (old.corrected_by !== null)
      throw new AppError('record.already-corrected', '该记录已被更正，请更正最新的一条', { by: old.corrected_by });
  }
  const id = await writes.append({ ...record, body }, actor.id);
  await writes.audit('record.add', `record/${id}`, {
    kind: record.kind,
    subjects: record.subjects,
    ...(record.corrects === undefined ? {} : { corrects: record.corrects }),
  });
  return id;
}
