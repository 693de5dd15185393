import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { reckonWith } from '../../../domains/clocks/index.ts';
import { localOperator } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { systemClock, today } from '../../../kernel/clock.ts';
import { defaultDataDir } from '../../../platform/postgres/data-folder.ts';
import { migrate } from '../../../platform/postgres/migrate.ts';
import { openStore, storeOptionsFrom } from '../../../platform/postgres/store.ts';
import { newCalendarShape, writeCalendar } from '../../../rules/overlay-calendar.ts';
import type { Rulebook } from '../../../rules/rulebook.ts';
import { operatorsRulebook, overlayFolder } from '../../rules-at.ts';
import { writeOut } from '../json-lines.ts';

interface AddFlags {
  readonly year?: string;
  readonly off?: readonly string[];
  readonly makeUp?: readonly string[];
  readonly notice?: string;
  readonly url?: string;
  readonly by?: string;
  readonly why?: string;
  readonly replace?: boolean;
  readonly reckon: boolean;
  readonly json?: boolean;
}

/** `xiedang calendar`: the yearly notices on holidays and make-up days. */
export function register(program: Command): void {
  const calendar = program.command('calendar').description('work calendars: holidays and make-up days (调休)');
  calendar
    .command('show')
    .description('the calendars on record, or the days of one year')
    .argument('[year]')
    .option('--json', 'as JSON')
    .action(async (year: string | undefined, flags: { json?: boolean }) => {
      const years = operatorsRulebook().calendars.filter((one) => year === undefined || one.year === Number(year));
      if (year !== undefined && years.length === 0)
        throw new AppError('calendar.not-found', `the calendar of ${year} is not on record`, { year });
      if (flags.json) {
        for (const one of years) await writeOut(`${JSON.stringify(one)}\n`);
        return;
      }
      for (const one of years) {
        const days = Object.values(one.off).reduce((sum, list) => sum + list.length, 0);
        await writeOut(
          year === undefined
            ? `${one.year}  ${days} 天放假  ${one.makeUp.length} 天调休上班  ${one.firmness}${one.overlay ? '  本单位录入' : ''}\n`
            : `${one.notice.zh}\n${Object.entries(one.off)
                .map(([name, list]) => `  ${name}  ${list.join(' ')}`)
                .join('\n')}\n  上班  ${one.makeUp.join(' ')}\n  ${one.notice.url ?? ''}\n`,
        );
      }
    });
  calendar
    .command('add')
    .description('enter a new year; everything computed from then on and all open cases follow it')
    .argument('[file]', 'YAML or JSON with year, off {name: [days or a..b]}, makeUp, notice {title, url}, by, why')
    .option('--year <n>', 'without a file: the year')
    .option('--off <name=days...>', '元旦=2027-01-01..2027-01-03, one for each holiday')
    .option('--make-up <days...>', 'weekend days that are worked')
    .option('--notice <title>', 'title of the notice')
    .option('--url <address>', 'address of the notice')
    .option('--by <who>', 'who enters it')
    .option('--why <reason>', 'why', '国务院办公厅公布新一年放假安排')
    .option('--replace', 'stand over a year that the rulebook itself holds')
    .option('--no-reckon', 'do not reckon the open cases of the store now')
    .option('--json', 'answer as JSON')
    .action(async (file: string | undefined, flags: AddFlags) => {
      const given = file === undefined ? fromFlags(flags) : (parse(readFileSync(file, 'utf8')) as unknown);
      const checked = newCalendarShape.safeParse(given);
      if (!checked.success) {
        const issue = checked.error.issues[0];
        throw new AppError('calendar.bad-year', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, {});
      }
      const folder = overlayFolder(defaultDataDir(process.env));
      const before = operatorsRulebook();
      const written = writeCalendar(folder, checked.data, today(systemClock), before.calendars);
      const answer = {
        year: checked.data.year,
        file: written,
        ...(flags.reckon ? await reckonNow(before, checked.data.year) : {}),
      };
      await writeOut(
        flags.json
          ? `${JSON.stringify(answer)}\n`
          : `${checked.data.year} → ${written}\n${'cases' in answer ? `重算 ${answer.cases} 个未结事项，移动 ${answer.changed} 个日期，${answer.milliseconds} 毫秒\n` : ''}`,
      );
    });
}

function fromFlags(flags: AddFlags): unknown {
  if (flags.year === undefined)
    throw new AppError('usage.calendar', 'name a file, or give --year, --off, --notice and --by', {});
  const off: Record<string, string[]> = {};
  for (const entry of flags.off ?? []) {
    const at = entry.indexOf('=');
    if (at < 1) throw new AppError('usage.calendar', `--off ${entry}: write name=days`, {});
    off[entry.slice(0, at)] = entry.slice(at + 1).split(',');
  }
  return {
    year: Number(flags.year),
    off,
    makeUp: [...(flags.makeUp ?? [])].flatMap((days) => days.split(',')),
    notice: { title: flags.notice, url: flags.url ?? null },
    by: flags.by,
    why: flags.why,
    ...(flags.replace && { replace: true }),
  };
}

async function reckonNow(before: Rulebook, year: number) {
  const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
  try {
    await migrate(store.ownerSql());
    const why = { cause: `calendar ${year}`, actor: localOperator.id, before };
    return await reckonWith(store.appSql({ max: 4 }), why, operatorsRulebook(), systemClock);
  } finally {
    await store.close();
  }
}
