import { basename } from 'node:path';
import { readStandardLine, type StandardLine, takeStandards } from '../../domains/policy/index.ts';
import { AppError } from '../../kernel/app-error.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { type Refused, refusedOf, textLines } from './read-files.ts';

/** What became of a list of standards. */
export interface ImportedStandards {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** Takes a published list of standards in (JSON lines, also .gz): whole or, when it cannot be read to its end, not. */
export async function importStandards(
  sql: Sql,
  path: string,
  options: { readonly actor: string; readonly refuse: (refused: Refused) => Promise<void> | void },
): Promise<ImportedStandards> {
  const file = basename(path);
  const lines: { line: number; standard: StandardLine }[] = [];
  let line = 0;
  let rejected = 0;
  try {
    for await (const text of textLines(path)) {
      line++;
      if (text === '') continue;
      const read = typeof text === 'string' ? readStandardLine(text) : { code: text.code, message: text.message };
      if ('code' in read) {
        rejected++;
        await options.refuse({ file, line, ...read });
      } else lines.push({ line, standard: read });
    }
  } catch (error) {
    const { code, message } = refusedOf(error, file, null);
    throw new AppError(code, `${path}: ${message}`, { file: path });
  }
  const taken = await sql.begin(async (tx) => {
    const done = await takeStandards(tx, options.actor, file, lines);
    if (done.inserted || done.updated)
      await audit(tx, {
        actor: options.actor,
        act: 'policy.standards',
        subject: 'standards',
        outcome: 'done',
        detail: { file, ...done, rejected },
      });
    return done;
  });
  return { read: lines.length + rejected, ...taken, rejected };
}
