import { basename } from 'node:path';
import type { LocalDate } from '../../kernel/local-date.ts';

/** What a release is taken to be, before anything of it is read. */
export interface ReleasePlan {
  readonly source: string;
  readonly shelf: number;
  readonly mode: 'full' | 'update';
  /** Stem that the files of one release share. */
  readonly name: string;
  readonly releasedOn: LocalDate;
  readonly files: readonly string[];
}

/** Letters, digits, dots and dashes of a name, so that a release id can be typed and stand in an address. */
export function releaseSlug(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80) || 'release'
  );
}

const ARCHIVE = /(?:\.(?:zip|gz|xml|jsonl|ndjson|json|csv|xlsx))+$/i;
const PART = /[_-]part[_-]?\d+[_-]of[_-]?\d+/i;

/** Name of a file without folder, endings and part number: files with one stem are one release. */
export function releaseStem(file: string): string {
  return basename(file).replace(ARCHIVE, '').replace(PART, '');
}

/** Groups files into releases by source and stem, in the order in which they were given. */
export function groupFiles<T extends { readonly file: string; readonly source: string }>(files: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const file of files) {
    const key = `${file.source}\u0000${releaseStem(file.file)}`;
    const group = groups.get(key);
    if (group) group.push(file);
    else groups.set(key, [file]);
  }
  return [...groups.values()];
}

const PLAIN_DAY = /(?<!\d)(20\d{2})[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)/g;

/** The last day named in a file name, undefined when there is none. */
export function dayInName(name: string): string | undefined {
  const found = [...name.matchAll(PLAIN_DAY)].at(-1);
  return found ? `${found[1]}-${found[2]}-${found[3]}` : undefined;
}
