import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchPolicies } from '../../src/domains/policy/index.ts';
import { policyLibrary } from '../../src/domains/policy/store.pg.ts';
import { importPolicies } from '../../src/processes/import-policies/import-policies.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { repositoryRoot } from '../support/import-graph.ts';

/** The judged questions and the collections they are asked of; kept beside the repository, see docs/decisions/policy-search.md. */
const reference = resolve(repositoryRoot, process.env.XIEDANG_REFERENCE ?? '../shared');
const judgementsFile = join(reference, 'facts/search-judgements-dev.json');

interface Judged {
  readonly queries: readonly {
    readonly id: string;
    readonly query: string;
    readonly kind: string;
    readonly judgements: Readonly<Record<string, number>>;
  }[];
  readonly copies: readonly (readonly string[])[];
  readonly baseline: { readonly byKind: Readonly<Record<string, { readonly ndcg10: number }>> };
}

const dcg = (grades: readonly number[]) =>
  grades.reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe.skipIf(!existsSync(judgementsFile))('judged questions', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
    const corpus = join(reference, 'corpus');
    const result = await importPolicies(
      database.owner,
      [
        join(reference, 'data/nmpa-documents/documents.jsonl.gz'),
        ...readdirSync(corpus)
          .filter((name) => name.endsWith('.txt'))
          .map((name) => join(corpus, name)),
      ],
      { actor: 'local', refuse: (refused) => expect.fail(JSON.stringify(refused)) },
    );
    expect(result).toMatchObject({ rejected: 0, unchanged: 0 });
  }, 400_000);
  afterAll(async () => database?.drop());

  it('reach nDCG@10 of 0.85 in both halves, and no kind falls below BM25', async () => {
    const judged = JSON.parse(readFileSync(judgementsFile, 'utf8')) as Judged;
    const first = new Map(judged.copies.flatMap((group) => group.map((key) => [key, group[0] as string] as const)));
    const one = (key: string) => first.get(key) ?? key;
    const byHash = judged.queries.map(({ id }) => createHash('sha256').update(id).digest('hex') + id).sort();
    const library = policyLibrary(database.app);
    const scores: { kind: string; half: number; value: number }[] = [];
    for (const { id, query, kind, judgements } of judged.queries) {
      const grades = new Map<string, number>();
      for (const [key, grade] of Object.entries(judgements))
        grades.set(one(key), Math.max(grade, grades.get(one(key)) ?? 0));
      const filter = {};
      const { hits } = await searchPolicies(library, query, { filter, offset: 0, limit: 10 });
      const got = [...new Set(hits.map(({ document }) => one(document.key)))].map((key) => grades.get(key) ?? 0);
      const ideal = dcg([...grades.values()].sort((a, b) => b - a).slice(0, 10));
      const half = byHash.findIndex((entry) => entry.slice(64) === id) % 2;
      scores.push({ kind, half, value: dcg(got) / ideal });
    }
    for (const half of [0, 1])
      expect(mean(scores.filter((score) => score.half === half).map(({ value }) => value))).toBeGreaterThan(0.85);
    for (const [kind, { ndcg10 }] of Object.entries(judged.baseline.byKind)) {
      const own = scores.filter((score) => score.kind === kind).map(({ value }) => value);
      expect([kind, mean(own) >= ndcg10]).toEqual([kind, true]);
    }
  }, 100_000);
});
