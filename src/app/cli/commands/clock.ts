import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readCase, runCase, unreadKeys } from '../../../domains/clocks/index.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { systemClock, today } from '../../../kernel/clock.ts';
import type { LocalDate } from '../../../kernel/local-date.ts';
import type { Rulebook } from '../../../rules/rulebook.ts';
import { operatorsRulebook } from '../../rules-at.ts';
import { answerLines, openInput, writeOut } from '../json-lines.ts';

function answer(row: Record<string, unknown>, rulebook: Rulebook, now: LocalDate): Record<string, unknown> {
  const { id = null, ...input } = row;
  const decision = runCase(readCase(input, now), rulebook);
  const unread = unreadKeys(input);
  return {
    id,
    state: decision.outcome?.state,
    clocks: decision.outcome?.clocks,
    determinable: decision.determinable,
    missing: decision.missing,
    edition: decision.edition,
    asOf: decision.asOf,
    ...(unread.length > 0 && { unread }),
  };
}

/** One case from a file; what is no JSON is told with its place. */
function readOne(file: string): unknown {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('cli.bad-json', `${file} is not JSON: ${(cause as Error).message}`, { file });
  }
}

/** `xiedang clock run`: the clocks of an application or case. */
export function register(program: Command): void {
  const clock = program.command('clock').description('statutory clocks of applications and cases');
  clock
    .command('run')
    .description('run cases; with --json one {"id","procedure","class","events",…} per line')
    .argument('[file]', 'a file with one case, or with --json JSON lines (- is standard input)')
    .option('--json', 'JSON lines in and out')
    .action(async (file: string | undefined, flags: { json?: boolean }) => {
      const rulebook = operatorsRulebook();
      const now = today(systemClock);
      if (flags.json) {
        await answerLines(openInput(file), (rows) => rows.map((row) => answer(row, rulebook, now)));
        return;
      }
      if (file === undefined) throw new AppError('usage.clock', 'name a file with one case (JSON), or use --json');
      const decision = runCase(readCase(readOne(file), now), rulebook);
      const lines = [`${decision.ruleset} · ${decision.outcome?.state} · ${decision.asOf}`];
      for (const one of decision.outcome?.clocks ?? []) {
        if (one.status === 'not-started') continue;
        const when = one.window ? `${one.window.from} – ${one.window.to}` : (one.due ?? '—');
        lines.push('', `${one.title.zh} [${one.limit}] ${one.determinable ? (one.status ?? '—') : '无法判定'} ${when}`);
        for (const line of one.words) lines.push(`  ${line}`);
      }
      await writeOut(`${lines.join('\n')}\n`);
    });
}
