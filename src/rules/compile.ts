import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMPILED, readParts, rulebookFolder, stampOf } from './load.ts';

/** Writes the compiled rulebook beside the compiled program; faults of the files end the build. */
export function compileRulebook(): string {
  const root = rulebookFolder();
  const parts = readParts(root);
  const target = join(dirname(root), 'dist', COMPILED);
  writeFileSync(
    target,
    JSON.stringify({
      stamp: stampOf(root),
      ...parts,
      parameters: [...parts.parameters.values()],
      instruments: [...parts.instruments.values()],
      tables: [...parts.tables.values()],
      calendars: [...parts.calendars.values()],
    }),
  );
  return target;
}
