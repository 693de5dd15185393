import type { Command } from 'commander';
import { AppError } from '../../../kernel/app-error.ts';
import { answerLines, errorLine, openInput, writeOut } from '../json-lines.ts';
import { withDevices } from '../with-devices.ts';

/** Milliseconds that the exact total of one question may take. */
const TOTAL_WITHIN = 800;

interface Flags {
  readonly json?: boolean;
  readonly file?: string;
  readonly limit?: string;
  readonly asOf?: string;
  readonly knownAt?: string;
}

export function register(program: Command): void {
  program
    .command('search')
    .description('search devices by name, model, holder, description, certificate or pinyin')
    .argument('[words...]', 'what to look for')
    .option('--json', 'JSON lines {"id","query","limit"} in, one JSON line out for each')
    .option('--file <path>', 'read lines from a file')
    .option('--limit <n>', 'hits at most', '20')
    .option('--as-of <day>', 'legal day')
    .option('--known-at <time>', 'known day or instant')
    .action(async (words: string[], flags: Flags) =>
      withDevices(async (devices) => {
        const search = async (q: string, limit: number) => {
          const answer = await devices.search(
            { query: { q: q.trim() || undefined }, sort: 'relevance', limit, totalWithin: TOTAL_WITHIN },
            flags,
          );
          return { hits: answer.items, ...answer.total, instead: answer.instead };
        };
        if (words.length > 0) {
          const { hits, value, relation } = await search(words.join(' '), Number(flags.limit) || 20);
          for (const hit of hits) await writeOut(`${JSON.stringify(hit)}\n`);
          process.stderr.write(`${relation === 'exact' ? '' : '约 '}${value} 条\n`);
          return;
        }
        if (!flags.json) throw new AppError('usage.no-query', 'give words, or --json for lines on standard input');
        await answerLines(
          openInput(flags.file),
          async (rows) => {
            const answers: Record<string, unknown>[] = [];
            for (const row of rows) {
              const id = row.id ?? null;
              const limit = row.limit === undefined ? 20 : Number(row.limit);
              if (typeof row.query !== 'string')
                answers.push(errorLine(id, new AppError('search.no-query', 'the line has no text "query"')));
              else if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
                answers.push(errorLine(id, new AppError('search.bad-limit', 'limit must be 1 to 10000')));
              else {
                const { hits, value, relation, instead } = await search(row.query, limit);
                answers.push({ id, hits, total: value, relation, instead });
              }
            }
            return answers;
          },
          1,
        );
      }),
    );
}
