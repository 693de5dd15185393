import type { Command } from 'commander';
import { AppError } from '../../../kernel/app-error.ts';
import { parseLocalDate } from '../../../kernel/local-date.ts';
import { answerWorkday } from '../../../rules/workday-question.ts';
import { operatorsRulebook } from '../../rules-at.ts';
import { answerLines, openInput, writeOut } from '../json-lines.ts';

interface Flags {
  readonly json?: boolean;
  readonly add?: string;
  readonly to?: string;
  readonly knownAt?: string;
}

function wholeNumber(text: string): number {
  if (!/^-?\d{1,6}$/.test(text)) throw new AppError('usage.workday', `--add ${text} is not a whole number`);
  return Number(text);
}

/** `xiedang workday`: working days with 调休, counted as the law counts them. */
export function register(program: Command): void {
  program
    .command('workday')
    .description('count working days; with --json one {"id","from","add"} or {"id","from","to"} per line')
    .argument('[from]', 'a day YYYY-MM-DD, or with --json a file (- is standard input)')
    .option('--json', 'JSON lines in and out')
    .option('--add <n>', 'working days to go on, or back when negative; the first day is not counted')
    .option('--to <day>', 'count the working days after the first day up to and including this one')
    .option('--known-at <day>', 'with the calendars recorded by that day')
    .action(async (from: string | undefined, flags: Flags) => {
      if (flags.knownAt !== undefined && parseLocalDate(flags.knownAt) === undefined)
        throw new AppError('usage.bad-day', `--known-at ${flags.knownAt} is not a day YYYY-MM-DD that exists`);
      const calendar = operatorsRulebook().calendar(
        flags.knownAt === undefined ? undefined : parseLocalDate(flags.knownAt),
      );
      if (flags.json) {
        await answerLines(openInput(from), (rows) =>
          rows.map((row) => ({ id: row.id ?? null, ...answerWorkday(row, calendar) })),
        );
        return;
      }
      if (from === undefined || (flags.add === undefined) === (flags.to === undefined))
        throw new AppError('usage.workday', 'give a day and one of --add and --to');
      const answer = answerWorkday(
        flags.add === undefined ? { from, to: flags.to } : { from, add: wholeNumber(flags.add) },
        calendar,
      );
      const note = answer.uncertainFrom
        ? `  暂定：${answer.uncertainFrom}起的放假安排尚未公布 · provisional from that day\n`
        : '';
      await writeOut(`${answer.date ?? answer.count}\n${note}`);
    });
}
