import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { dutiesCalendar, listDuties, readDutyQuestion } from '../../../domains/duties/index.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { systemClock, today } from '../../../kernel/clock.ts';
import type { LocalDate } from '../../../kernel/local-date.ts';
import type { Rulebook } from '../../../rules/rulebook.ts';
import { operatorsRulebook } from '../../rules-at.ts';
import { answerLines, openInput, writeOut } from '../json-lines.ts';

const STATUS_WORDS: Readonly<Record<string, string>> = {
  overdue: '已逾期',
  open: '待办',
  upcoming: '未开始',
  satisfied: '已完成',
  standing: '持续',
};

function answer(row: Record<string, unknown>, rulebook: Rulebook, now: LocalDate): Record<string, unknown> {
  const { id = null, ...input } = row;
  const decision = listDuties(readDutyQuestion(input, rulebook, now), rulebook);
  return {
    id,
    duties: decision.outcome?.duties,
    notes: decision.outcome?.notes,
    determinable: decision.determinable,
    missing: decision.missing,
    edition: decision.edition,
    asOf: decision.asOf,
  };
}

function readQuestion(file: string): Record<string, unknown> {
  try {
    const { id: _id, ...input } = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')) as Record<string, unknown>;
    return input;
  } catch (error) {
    throw new AppError('usage.duties', `${file}: ${(error as Error).message}`);
  }
}

/** `xiedang duties`: what an enterprise has to do by when. */
export function register(program: Command): void {
  program
    .command('duties')
    .description(
      'duties of an enterprise with their last days; with --json one {"id","party","events","from","to"} per line',
    )
    .argument('[file]', 'a file with one question, or with --json JSON lines (- is standard input)')
    .option('--json', 'JSON lines in and out')
    .option('--ics', 'write an iCalendar instead of a list')
    .action(async (file: string | undefined, flags: { json?: boolean; ics?: boolean }) => {
      const rulebook = operatorsRulebook();
      const now = today(systemClock);
      if (flags.json) {
        await answerLines(openInput(file), (rows) => rows.map((row) => answer(row, rulebook, now)));
        return;
      }
      if (file === undefined) throw new AppError('usage.duties', 'name a file with one question (JSON), or use --json');
      const question = readDutyQuestion(readQuestion(file), rulebook, now);
      const { outcome } = listDuties(question, rulebook);
      if (flags.ics) {
        await writeOut(
          dutiesCalendar(outcome?.duties ?? [], {
            stamp: systemClock.now(),
            ...(question.party.name && { name: question.party.name }),
          }),
        );
        return;
      }
      const lines = [`${question.from} – ${question.to} · ${question.asOf}`];
      for (const duty of outcome?.duties ?? []) {
        const when = duty.window ? `${duty.window.from} – ${duty.window.to}` : (duty.dueAt ?? duty.due ?? '—');
        const state = duty.determinable ? (STATUS_WORDS[duty.status ?? ''] ?? '—') : '无法判定';
        lines.push(
          '',
          `${duty.title.zh}${duty.subject ? `（${duty.subject}）` : ''} [${duty.obligation}] ${state} ${when}`,
        );
        for (const line of duty.words) lines.push(`  ${line}`);
      }
      for (const note of outcome?.notes ?? []) lines.push('', `! ${note}`);
      await writeOut(`${lines.join('\n')}\n`);
    });
}
