import type { Command } from 'commander';
import { matchActs } from '../../../domains/subscriptions/index.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { answerLines, openInput } from '../json-lines.ts';

/** `xiedang policy match`: does an act concern an enterprise, and why. */
export function addMatchCommand(policy: Command): void {
  policy
    .command('match')
    .description(
      'hold notices against the profile of an enterprise: {"id","text","profile"} per line, answered with the documents, whether each fits, the sentences it rests on and its days; nothing is stored',
    )
    .argument('[file]', 'a file of JSON lines (- is standard input)')
    .requiredOption('--json', 'JSON lines in and out')
    .action(async (file: string | undefined) => {
      await answerLines(
        openInput(file),
        (rows) =>
          rows.map((row) => {
            if (typeof row.text !== 'string') throw new AppError('policy.no-text', 'give "text"');
            return { id: row.id ?? null, ...matchActs(row.text, row.profile) };
          }),
        20,
      );
    });
}
