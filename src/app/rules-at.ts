import { join } from 'node:path';
import { defaultDataDir } from '../platform/postgres/data-folder.ts';
import { loadRulebook } from '../rules/load.ts';
import type { Rulebook } from '../rules/rulebook.ts';

/** Folder of the operator's own rules inside a data folder. */
export function overlayFolder(dataFolder: string): string {
  return join(dataFolder, 'rulebook');
}

/** The rulebook of the program with the overlay of the data folder over it. Needs no database. */
export function operatorsRulebook(dataFolder = defaultDataDir(process.env)): Rulebook {
  return loadRulebook({ overlay: overlayFolder(dataFolder) });
}
