import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadRulebook } from '../../rules/load.ts';
import type { Rulebook } from '../../rules/rulebook.ts';

/** How often the overlay folder is looked at, at most. */
const LOOK_EVERY_MS = 1000;

/** The rulebook of a running server: loaded once, and again when a file of the overlay changed. */
export interface LiveRulebook {
  current(): Rulebook;
  /** Told after the rules changed, with the editions before and after. */
  onChange(listener: (before: Rulebook, after: Rulebook) => void): void;
  /** Looks at once: after the server itself wrote into the overlay. */
  refresh(): Rulebook;
  /** What is wrong with the overlay, while the rules before it go on to hold. */
  fault(): string | null;
  readonly overlay: string;
}

/** A faulty overlay never stops a server that runs: the rules loaded before go on to hold, and the fault is told. */
export function liveRulebook(overlay: string): LiveRulebook {
  let stamp = stampOf(overlay);
  let fault: string | null = null;
  let book = loadRulebook({ overlay });
  let lookedAt = Date.now();
  const listeners: ((before: Rulebook, after: Rulebook) => void)[] = [];
  const refresh = () => {
    lookedAt = Date.now();
    const now = stampOf(overlay);
    if (now === stamp) return book;
    stamp = now;
    try {
      const next = loadRulebook({ overlay });
      const before = book;
      book = next;
      fault = null;
      if (before.edition !== next.edition) for (const listener of listeners) listener(before, next);
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
    }
    return book;
  };
  return {
    overlay,
    current: () => (Date.now() - lookedAt > LOOK_EVERY_MS ? refresh() : book),
    refresh,
    onChange: (listener) => listeners.push(listener),
    fault: () => fault,
  };
}

function stampOf(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return `${entry.name}/${stampOf(path)}`;
      const { size, mtimeMs } = statSync(path);
      return `${entry.name}|${size}|${mtimeMs}`;
    })
    .sort()
    .join('\n');
}
