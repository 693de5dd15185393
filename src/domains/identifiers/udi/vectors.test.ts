import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseUdi } from './parse-udi.ts';
import type { UdiForm, UdiOptions, UdiResult } from './types.ts';

interface Vector {
  readonly id: string;
  readonly form: UdiForm;
  readonly input: string;
  readonly valid: boolean;
  readonly level: 'syntax' | 'association';
  readonly options?: UdiOptions;
  readonly expect?: Record<string, unknown>;
  readonly recover?: Record<string, unknown>;
}

const file = join(process.env.XIEDANG_REFERENCE ?? '../shared', 'facts/udi-vectors-dev.json');
const { vectors, refYear } = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[]; refYear: number })
  : { vectors: [], refYear: 0 };

/** What the vectors state besides the fields of an answer: remarks for people. */
const REMARKS = ['note'];

describe.skipIf(vectors.length === 0)('published UDI vectors (skipped without the reference folder)', () => {
  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', (_id, vector) => {
    const strict = vector.level === 'association' ? { strict: true } : {};
    const result = parseUdi(vector.input, { form: vector.form, refYear, options: { ...vector.options, ...strict } });
    expect(result.valid, JSON.stringify(result.problems)).toBe(vector.valid);
    const wanted = (vector.valid ? vector.expect : vector.recover) ?? {};
    for (const [field, value] of Object.entries(wanted)) {
      if (!REMARKS.includes(field)) expect(result[field as keyof UdiResult], field).toEqual(value);
    }
  });
});
