import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { rulebookFolder } from '../../rules/load.ts';
import type { Pair } from './words.ts';

const text = z.string().trim().min(1);
const entries = z.array(z.strictObject({ ids: z.array(text).min(1), reason: z.strictObject({ zh: text, en: text }) }));
const shape = z.strictObject({ parameters: entries, instruments: entries });

/** Reviewed lists of what stands in the rulebook to be read only, each id with the reason. */
export interface ReadingOnly {
  readonly parameters: ReadonlyMap<string, Pair>;
  readonly instruments: ReadonlyMap<string, Pair>;
}

/**
 * Reads `reading-only.yaml`: values that no computation uses yet, and instruments that no value rests on.
 * @throws AppError `rules.bad-file`
 */
export function readReadingOnly(folder = rulebookFolder()): ReadingOnly {
  const file = join(folder, 'reading-only.yaml');
  if (!existsSync(file)) return { parameters: new Map(), instruments: new Map() };
  const parsed = shape.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new AppError('rules.bad-file', `reading-only.yaml: ${issue?.path.join('.')}: ${issue?.message}`, { file });
  }
  const byId = (list: z.infer<typeof entries>, kind: string) => {
    const found = new Map<string, Pair>();
    for (const { ids, reason } of list)
      for (const id of ids) {
        if (found.has(id))
          throw new AppError('rules.bad-file', `reading-only.yaml: ${kind} ${id} stands twice`, { file });
        found.set(id, reason);
      }
    return found;
  };
  return {
    parameters: byId(parsed.data.parameters, 'parameter'),
    instruments: byId(parsed.data.instruments, 'instrument'),
  };
}
