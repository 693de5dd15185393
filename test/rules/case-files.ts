import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';

const record = z.record(z.string(), z.unknown());

/** One line of the lists under rulebook/cases: what is asked, and what must hold of the answer. */
const caseLine = z.strictObject({
  name: z.string().trim().min(1),
  note: z.string().optional(),
  /** On an edge: new year, a make-up Saturday, February, the day before or after a change of law. */
  edge: z.boolean().optional(),
  /** Known to be answered otherwise by the program today; the note says why the expectation stands. */
  open: z.literal(true).optional(),
  kind: z.enum(['clock', 'workday', 'duties', 'value']),
  input: record,
  expect: record,
});
export type CaseLine = z.infer<typeof caseLine>;

interface CaseFile {
  /** Path under the folder of cases. */
  readonly name: string;
  readonly cases: readonly CaseLine[];
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Every file of cases under a folder; a file that is not in the shape of cases is an error naming file and place. */
export function readCaseFiles(folder: string): CaseFile[] {
  return yamlFiles(folder).map((file) => {
    const name = relative(folder, file);
    const document = parseDocument(readFileSync(file, 'utf8'), { uniqueKeys: true });
    if (document.errors[0]) throw new Error(`${name}: ${document.errors[0].message}`);
    const parsed = z.array(caseLine).min(1).safeParse(document.toJS());
    if (parsed.success) return { name, cases: parsed.data };
    const issue = parsed.error.issues[0];
    throw new Error(`${name}: ${issue?.path.join('.')}: ${issue?.message}`);
  });
}

/** How many values an expectation fixes: none means that the case shows nothing. */
export function fixedValues(expected: unknown): number {
  if (Array.isArray(expected))
    return expected.length === 0 ? 1 : expected.reduce<number>((sum, one) => sum + fixedValues(one), 0);
  if (expected !== null && typeof expected === 'object')
    return Object.values(expected).reduce<number>((sum, one) => sum + fixedValues(one), 0);
  return 1;
}

/**
 * What of an expectation does not hold, one line each with its place. Objects are subsets; `null` also means absent;
 * `{not: x}` means anything but x; a list of objects holds when each of them is found in the answer, an empty list when
 * the answer has none, and a list of plain values when it is the same.
 */
export function unmet(expected: unknown, seen: unknown, at = ''): string[] {
  if (expected === null)
    return seen === null || seen === undefined ? [] : [`${at}: expected none, got ${JSON.stringify(seen)}`];
  if (Array.isArray(expected)) {
    if (!Array.isArray(seen))
      return expected.length === 0 && (seen ?? null) === null ? [] : [`${at}: not a list: ${JSON.stringify(seen)}`];
    if (expected.length > 0 && expected.every((one) => one !== null && typeof one === 'object'))
      return expected
        .filter((one) => !seen.some((other) => unmet(one, other).length === 0))
        .map((one) => `${at}: no ${JSON.stringify(one)} among ${JSON.stringify(seen)}`);
    return JSON.stringify(expected) === JSON.stringify(seen)
      ? []
      : [`${at}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(seen)}`];
  }
  if (typeof expected === 'object') {
    const entries = Object.entries(expected);
    if (entries.length === 1 && entries[0]?.[0] === 'not')
      return unmet(entries[0][1], seen).length > 0 ? [] : [`${at}: must not be ${JSON.stringify(entries[0][1])}`];
    if (seen === null || typeof seen !== 'object')
      return [`${at}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(seen)}`];
    return entries.flatMap(([key, value]) =>
      unmet(value, (seen as Record<string, unknown>)[key], at ? `${at}.${key}` : key),
    );
  }
  return expected === seen ? [] : [`${at}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(seen)}`];
}
