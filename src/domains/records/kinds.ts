import { z } from 'zod';
import type { RecordKind } from './kind.ts';
import { note } from './kinds/note.ts';
import { recall } from './kinds/recall.ts';
import { samplingTest } from './kinds/sampling-test.ts';

/** All kinds of records. A new kind is one file and one word here. */
export const RECORD_KINDS: readonly RecordKind[] = [recall, samplingTest, note];

/** The kind with a name. */
export function recordKind(kind: string): RecordKind | undefined {
  return RECORD_KINDS.find((each) => each.kind === kind);
}

/** Kinds with the JSON schema of their body, for forms and other programs. */
export function recordKindSchemas(): {
  kind: string;
  label: RecordKind['label'];
  subjects: string[];
  schema: unknown;
}[] {
  return RECORD_KINDS.map(({ kind, label, subjects, body }) => ({
    kind,
    label,
    subjects: [...subjects],
    schema: z.toJSONSchema(body),
  }));
}
