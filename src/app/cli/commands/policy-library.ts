import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type PolicyAnswer, searchPolicies } from '../../../domains/policy/index.ts';
import { markedText } from '../../../domains/policy/search/snippet.ts';
import { policyLibrary } from '../../../domains/policy/store.pg.ts';
import { localOperator } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { migrate } from '../../../platform/postgres/migrate.ts';
import { openStore, type Store, storeOptionsFrom } from '../../../platform/postgres/store.ts';
import { importPolicies } from '../../../processes/import-policies/import-policies.ts';
import { answerLines, errorLine, openInput, writeOut } from '../json-lines.ts';

const MOST_HITS = 400;

/** Opens the store for a command that works on the library, at the schema of today. */
export async function withPolicyStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
  try {
    await migrate(store.ownerSql());
    await work(store);
  } finally {
    await store.close();
  }
}

/** Files as given; a folder stands for the texts in it. One that is missing is said by the import. */
function filesOf(given: readonly string[]): string[] {
  return given.flatMap((path) => {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:(?:txt|md|html?|jsonl|ndjson)(?:\.gz)?|docx|pdf)$/i.test(entry.name))
      .map((entry) => join(path, entry.name))
      .sort();
  });
}

function hitsOf(answer: PolicyAnswer): Record<string, unknown>[] {
  return answer.hits.map(({ document, score, snippet, copies }) => ({
    key: document.key,
    title: document.title,
    snippet: markedText(snippet),
    score: Math.round(score * 1000) / 1000,
    ...(copies > 0 && { copies }),
  }));
}

/** Adds `import` and `search` to `xiedang policy`. */
export function addLibraryCommands(policy: Command): void {
  policy
    .command('import')
    .description('take policies in: text, Markdown, HTML, DOCX, PDF, JSON lines, also .gz; copies are recognised')
    .argument('<file...>', 'files, or folders of them')
    .option('--json', 'one line of JSON for each failure and one at the end, nothing else on stdout')
    .action(async (given: string[], flags: { json?: boolean }) =>
      withPolicyStore(async (store) => {
        let failed = false;
        const result = await importPolicies(store.ownerSql(), filesOf(given), {
          actor: localOperator.id,
          refuse: async (refused) => {
            // rows that are refused are an answer; a file that could not be read to its end is a failure
            failed ||= refused.line === null || refused.code.startsWith('file.');
            if (flags.json) await writeOut(`${JSON.stringify(refused)}\n`);
            else
              process.stderr.write(
                `${refused.file}${refused.line === null ? '' : `:${refused.line}`}: ${refused.message} [${refused.code}]\n`,
              );
          },
        });
        await writeOut(`${JSON.stringify(result)}\n`);
        if (failed) process.exitCode = 1;
      }),
    );
  policy
    .command('search')
    .description('search full texts by words, document number or standard, in Chinese or English')
    .argument('[words...]', 'what to look for')
    .option('--json', 'JSON lines {"id","query","limit"} in, one JSON line out for each')
    .option('--file <path>', 'read lines from a file')
    .option('--limit <n>', 'hits at most', '10')
    .action(async (words: string[], flags: { json?: boolean; file?: string; limit: string }) =>
      withPolicyStore(async (store) => {
        const library = policyLibrary(store.appSql({ max: 2 }));
        const search = (query: string, limit: number) =>
          searchPolicies(library, query, { filter: {}, offset: 0, limit });
        if (words.length > 0) {
          const answer = await search(words.join(' '), limitOf(flags.limit));
          for (const hit of hitsOf(answer)) await writeOut(`${JSON.stringify(hit)}\n`);
          process.stderr.write(`${answer.total.relation === 'exact' ? '' : '约 '}${answer.total.value} 件\n`);
          return;
        }
        if (!flags.json) throw new AppError('usage.no-query', 'give words, or --json for lines on standard input');
        await answerLines(
          openInput(flags.file),
          async (rows) => {
            const answers: Record<string, unknown>[] = [];
            for (const row of rows) {
              const id = row.id ?? null;
              try {
                if (typeof row.query !== 'string')
                  throw new AppError('search.no-query', 'the line has no text "query"');
                const answer = await search(row.query, limitOf(row.limit ?? flags.limit));
                const { value, relation } = answer.total;
                answers.push({ id, hits: hitsOf(answer), total: value, relation, instead: answer.instead });
              } catch (error) {
                answers.push(errorLine(id, error));
              }
            }
            return answers;
          },
          1,
        );
      }),
    );
}

function limitOf(given: unknown): number {
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_HITS)
    throw new AppError('search.bad-limit', `limit must be 1 to ${MOST_HITS}`);
  return limit;
}
