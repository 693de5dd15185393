import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/import-graph.ts';

/** The annotated sets and their scorer stand beside the checkout; without them the tests are reported as skipped. */
const reference = process.env.XIEDANG_REFERENCE ?? resolve(repositoryRoot, '../shared');
const scorer = join(reference, 'tools/score-policy.mjs');

interface Score {
  readonly mean: number;
  readonly measures: ReadonlyMap<string, { readonly f1: number; readonly expected: number }>;
}

function score(mode: 'digests' | 'corpus'): Score {
  const run = spawnSync(process.execPath, [scorer, mode, '--cli', 'node --import tsx src/app/cli/main.ts'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  const measures = new Map<string, { f1: number; expected: number }>();
  for (const line of run.stdout.matchAll(/^(.+?)\s+([\d.]+|-)\s+right \d+ of (\d+) expected/gm))
    if (line[2] !== '-') measures.set(line[1] ?? '', { f1: Number(line[2]), expected: Number(line[3]) });
  return { mean: Number(/^mean F1 ([\d.]+)/m.exec(run.stdout)?.[1]), measures };
}

describe.skipIf(!existsSync(scorer))(`annotated notices (${reference})`, () => {
  it.each([
    ['digests', 0.9],
    ['corpus', 0.93],
  ] as const)(
    '%s: mean F1 at least %f, no measure of twenty items under 0.75',
    (mode, least) => {
      const { mean, measures } = score(mode);
      expect(measures.size).toBeGreaterThan(5);
      expect(mean).toBeGreaterThanOrEqual(least);
      for (const [name, { f1, expected }] of measures)
        if (expected >= 20) expect(f1, name).toBeGreaterThanOrEqual(0.75);
    },
    120_000,
  );
});
