import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '../kernel/app-error.ts';

const share = z.number().min(0).max(1);

const manifestSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  shelf: z.number().int().min(1).nullable(),
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  publisher: z.string().min(1),
  url: z.url().nullable(),
  licence: z.string().min(1),
  format: z.string().min(1),
  expected: z.strictObject({
    /** Share of records that may be refused before the part as a whole is doubted. */
    rejectedShare: z.strictObject({ max: share }),
    /** Mean number of identifiers per record, the main one included. */
    identifiersPerRecord: z.strictObject({ min: z.number().min(0), max: z.number().min(0) }).optional(),
    /** Share of records with a field or value the reader does not know. */
    unknownShare: z.strictObject({ max: share }),
  }),
});

/** What `manifest.yaml` in the folder of a source states. `shelf` is null for sources that fill no device shelf. */
export type SourceManifest = z.infer<typeof manifestSchema>;

/** Reads and checks the manifest of a source; unknown keys or missing ones are an AppError `source.manifest`. */
export function readManifest(id: string): SourceManifest {
  // the same way from src/sources and from dist/sources: manifests are data and are not compiled
  const place = new URL(`../../src/sources/${id}/manifest.yaml`, import.meta.url);
  const read = manifestSchema.safeParse(parse(readFileSync(place, 'utf8')));
  if (!read.success) {
    throw new AppError('source.manifest', `来源 ${id} 的 manifest.yaml 有误：${z.prettifyError(read.error)}`, { id });
  }
  if (read.data.id !== id) throw new AppError('source.manifest', `manifest.yaml 的 id 与文件夹 ${id} 不符`, { id });
  return read.data;
}
