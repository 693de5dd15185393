import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, ownProcess, type ProcessIdentity } from './process-identity.ts';

/**
 * Who uses the embedded server: one small file per opened store in `<data>/users`. The files of processes that
 * ended without saying so are swept at each look. Callers hold the start lock.
 */
export interface Registration {
  remove(): void;
}

let opened = 0;

export function registerUser(folder: string): Registration {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${process.pid}-${++opened}`);
  writeFileSync(path, JSON.stringify(ownProcess()));
  return { remove: () => rmSync(path, { force: true }) };
}

/** Sweeps the files of dead processes and counts the living users. */
export function countUsers(folder: string): number {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return 0;
  }
  let living = 0;
  for (const name of names) {
    const path = join(folder, name);
    const user = readUser(path);
    if (user && isAlive(user)) living++;
    else rmSync(path, { force: true });
  }
  return living;
}

function readUser(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
