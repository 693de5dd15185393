import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Command, Option } from 'commander';
import {
  changesBetween,
  compareCase,
  compareRulebooks,
  coverageOf,
  FACT_FILES,
  factCoverage,
  findRule,
  KIND_TITLES,
  type LintFault,
  lintRulebook,
  listRules,
  type ParameterDetail,
  type RuleChange,
  readDay,
  readReadingOnly,
  readRuleDays,
  type Side,
  type TableDetail,
} from '../../../domains/rulebook/index.ts';
import { AppError, isAppError } from '../../../kernel/app-error.ts';
import { systemClock, today } from '../../../kernel/clock.ts';
import { parseLocalDate } from '../../../kernel/local-date.ts';
import { loadRulebook } from '../../../rules/load.ts';
import type { Rulebook } from '../../../rules/rulebook.ts';
import { FIRMNESS } from '../../../rules/shapes.ts';
import { operatorsRulebook } from '../../rules-at.ts';
import { errorLine, writeOut } from '../json-lines.ts';

interface Days {
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly json?: boolean;
}

const AS_OF = ['--as-of <day>', 'in force on that day; default today'] as const;
const KNOWN_AT = ['--known-at <day>', 'with what was recorded by that day'] as const;

/** `xiedang rules`: the rulebook read, compared and checked. None of it needs the database. */
export function register(program: Command): void {
  const rules = program.command('rules').description('read, compare and check the rulebook');

  rules
    .command('show')
    .description('one rule or table with all its dated values and sources')
    .argument('<id>', 'id of a parameter or table, such as review-II')
    .option(...AS_OF)
    .option(...KNOWN_AT)
    .option('--json', 'one line of JSON')
    .action(async (id: string, flags: Days) => {
      const found = findRule(operatorsRulebook(), id, readRuleDays(flags, today(systemClock)), readReadingOnly());
      if (!found) throw new AppError('rules.not-found', `规则库中没有 ${id} · the rulebook holds no ${id}`, { id });
      const lines = found.type === 'parameter' ? parameterLines(found) : tableLines(found);
      await writeOut(flags.json ? `${JSON.stringify(found)}\n` : `${lines.join('\n')}\n`);
    });

  rules
    .command('list')
    .description('every rule and table with its value in force')
    .argument('[words...]', 'only those that hold these words: id, title, article, instrument, value')
    .addOption(new Option('--kind <kind>', 'only this kind').choices(Object.keys(KIND_TITLES)))
    .option('--place <place>', 'cn, cn-44, or with a subject cn/registration')
    .addOption(new Option('--firmness <level>', 'only this firm').choices(FIRMNESS))
    .option(...AS_OF)
    .option(...KNOWN_AT)
    .option('--json', 'one JSON object a line')
    .action(async (words: string[], flags: Days & { kind?: string; place?: string; firmness?: string }) => {
      const { kind, place, firmness } = flags;
      const filter = { q: words.join(' '), kind, place, firmness };
      for (const row of listRules(operatorsRulebook(), filter, readRuleDays(flags, today(systemClock))))
        await writeOut(
          flags.json
            ? `${JSON.stringify(row)}\n`
            : `${row.id}\t${row.words?.zh ?? `— ${ABSENCE[row.absence ?? 'undefined']}`}\t${row.title.zh}\t${row.firmness}\n`,
        );
    });

  rules
    .command('diff')
    .description('what differs between two rulebooks, or what changed in force between two days')
    .argument('<a>', 'a folder with a rulebook, or a day YYYY-MM-DD')
    .argument('<b>', 'the other folder, or the later day')
    .option('--cases <file>', 'clock cases as JSON lines: which answers change under the other rulebook, and why')
    .option('--json', 'one line of JSON')
    .action(async (a: string, b: string, flags: { cases?: string; json?: boolean }) => {
      const days = [a, b].map((text) => parseLocalDate(text) !== undefined);
      if (days[0] !== days[1]) throw new AppError('usage.rules-diff', 'give two days or two folders');
      if (days[0]) await diffDays(a, b, flags);
      else await diffFolders(a, b, flags);
    });

  rules
    .command('report')
    .description('how much the rulebook covers, how firmly, and what is missing')
    .option('--facts <folder>', 'with the researched fact files: leaves covered, left out, uncovered')
    .option('--json', 'one line of JSON')
    .action(report);

  rules
    .command('lint')
    .description('check the rulebook; exit code 1 when something is wrong')
    .argument('[folder]', 'a folder with a rulebook; default: the one of the program with the overlay')
    .option('--json', 'one JSON object a line')
    .action(async (folder: string | undefined, flags: { json?: boolean }) => {
      const faults = faultsOf(folder);
      for (const fault of faults)
        await writeOut(flags.json ? `${JSON.stringify(fault)}\n` : `${fault.place}: ${fault.reason}\n`);
      if (faults.length > 0) process.exitCode = 1;
      else if (!flags.json) await writeOut('没有问题 · nothing is wrong\n');
    });
}

const ABSENCE = {
  undefined: '没有此项 · no such rule',
  'not-found': '未找到 · not found',
  before: '尚未生效 · not yet in force',
  ceased: '已失效 · no longer in force',
  'not-known': '当时尚未收录 · not yet recorded',
} as const;

function parameterLines(rule: ParameterDetail): readonly string[] {
  const now = rule.values.find((value) => value.inForce);
  const lines = [
    `${rule.title.zh} · ${rule.title.en}`,
    `${rule.id} · ${rule.place.title.zh} · ${rule.asOf}${rule.knownAt ? ` · 已知 known ${rule.knownAt}` : ''}`,
    now
      ? `${now.words?.zh} · ${now.words?.en}`
      : `无法判定 · not determinable: ${ABSENCE[rule.absence ?? 'undefined']}`,
    '',
  ];
  for (const value of rule.values) {
    const span = `${value.from ?? '起始未找到 start not found'} – ${value.until ?? ''}`;
    lines.push(`${value.inForce ? '*' : ' '} ${span} ${value.words?.zh ?? '缺失 missing'} [${value.firmness}]`);
    for (const source of value.sources)
      lines.push(`    ${[source.title.zh, source.number, source.article, source.url].filter(Boolean).join(' ')}`);
    if (value.overlay) lines.push(`    本机设定 set by ${value.overlay.by}: ${value.overlay.why}`);
    if (value.note) lines.push(`    ${value.note.zh} · ${value.note.en}`);
  }
  for (const question of rule.questions) lines.push(`? ${question.zh} · ${question.en}`);
  if (rule.users.length > 0)
    lines.push(`使用 used by: ${rule.users.map((user) => `${user.title.zh} (${user.id})`).join('、')}`);
  if (rule.readingOnly) lines.push(`供阅读 for reading: ${rule.readingOnly.zh} · ${rule.readingOnly.en}`);
  return lines;
}

function tableLines(table: TableDetail): readonly string[] {
  const text = (cell: unknown): string =>
    cell === null || cell === undefined
      ? '—'
      : Array.isArray(cell)
        ? cell.join('、')
        : typeof cell === 'object'
          ? String((cell as { zh?: unknown }).zh)
          : String(cell);
  return [
    `${table.title.zh} · ${table.title.en}`,
    `${table.id} · ${table.asOf}`,
    '',
    table.columns.map(({ zh }) => zh).join('\t'),
    ...table.rows
      .filter((row) => row.inForce)
      .map((row) => table.columns.map(({ id }) => text(row.cells[id])).join('\t')),
    ...table.questions.map((question) => `? ${question.zh} · ${question.en}`),
  ];
}

async function diffDays(a: string, b: string, flags: { cases?: string; json?: boolean }): Promise<void> {
  if (flags.cases !== undefined) throw new AppError('usage.rules-diff', '--cases compares two folders of rulebooks');
  const [from, to] = [readDay('a', a), readDay('b', b)];
  if (from > to)
    throw new AppError('query.days-reversed', `${from} 晚于 ${to} · ${from} lies after ${to}`, { from, to });
  const changes = changesBetween(operatorsRulebook(), from, to).filter((change) => change.axis === 'force');
  if (flags.json) await writeOut(`${JSON.stringify({ a: from, b: to, changes })}\n`);
  else for (const change of changes) await writeOut(`${changeLine(change)}\n`);
}

const CHANGE = {
  begins: '起 begins',
  ends: '止 ends',
  changes: '变 changes',
  restated: '重述 restated',
  recorded: '收录 recorded',
};

function changeLine(change: RuleChange): string {
  const side = (one: Side | null) => one?.words?.zh ?? '—';
  const source = (change.after ?? change.before)?.sources[0];
  const id = change.row === null ? change.id : `${change.id}/${change.row}`;
  const words =
    change.before && change.after
      ? `${side(change.before)} → ${side(change.after)}`
      : side(change.after ?? change.before);
  return [
    change.on,
    CHANGE[change.change],
    id,
    change.title.zh,
    words,
    [source?.title.zh, source?.article].filter(Boolean).join(' '),
  ].join('\t');
}

function folderRulebook(folder: string): Rulebook {
  if (!existsSync(join(folder, 'units.yaml')))
    throw new AppError('usage.rules-diff', `${folder} 不是规则库文件夹 · is no folder of a rulebook`, { folder });
  return loadRulebook({ folder });
}

async function diffFolders(a: string, b: string, flags: { cases?: string; json?: boolean }): Promise<void> {
  const [one, other] = [folderRulebook(a), folderRulebook(b)];
  const changes = compareRulebooks(one, other);
  const cases = flags.cases === undefined ? null : await diffCases(flags.cases, one, other);
  if (flags.json) {
    await writeOut(`${JSON.stringify({ a: one.edition, b: other.edition, changes, cases })}\n`);
    return;
  }
  const brief = (value: unknown): string => {
    const shown = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
    return JSON.stringify(shown ?? null);
  };
  for (const { type, id, title, change, place, before, after } of changes)
    await writeOut(
      `${change}\t${type}\t${place === null ? id : `${id} ${place}`}\t${title.zh}\t${brief(before)} → ${brief(after)}\n`,
    );
  if (changes.length === 0) await writeOut('没有差别 · no difference\n');
  if (cases === null) return;
  await writeOut(
    `\n${cases.total} 件事项，${cases.changed.length} 件答案不同 · ${cases.changed.length} of ${cases.total} cases differ\n`,
  );
  for (const item of cases.changed) {
    await writeOut(`${String(item.id)} ${item.procedure}: ${item.state.before} → ${item.state.after}\n`);
    for (const clock of item.clocks)
      await writeOut(
        `  ${clock.limit}: ${clock.before?.due ?? '—'} → ${clock.after?.due ?? '—'} (${clock.before?.status ?? '—'} → ${clock.after?.status ?? '—'})\n`,
      );
    for (const why of item.why) await writeOut(`  ${why}\n`);
  }
}

/** Runs every case of a file under both rulebooks. A line that is no case is told as an error and the run goes on. */
async function diffCases(file: string, a: Rulebook, b: Rulebook) {
  const now = today(systemClock);
  const changed: NonNullable<ReturnType<typeof compareCase>>[] = [];
  const errors: Record<string, unknown>[] = [];
  let total = 0;
  const input = file === '-' ? process.stdin : createReadStream(file);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!line.trim()) continue;
    total++;
    let row: Record<string, unknown> = {};
    try {
      row = JSON.parse(line) as Record<string, unknown>;
      const found = compareCase(row, a, b, now);
      if (found) changed.push(found);
    } catch (error) {
      const told = error instanceof SyntaxError ? new AppError('cli.bad-json', `line ${total} is not JSON`) : error;
      errors.push({ line: total, ...errorLine(row.id ?? null, told) });
    }
  }
  return { total, unchanged: total - changed.length - errors.length, changed, errors };
}

async function report(flags: { facts?: string; json?: boolean }): Promise<void> {
  const rulebook = operatorsRulebook();
  const coverage = coverageOf(rulebook, readReadingOnly());
  const facts = flags.facts === undefined ? null : factCoverage(rulebook, readFacts(flags.facts));
  if (flags.json) {
    await writeOut(`${JSON.stringify({ ...coverage, facts })}\n`);
    return;
  }
  const lines = [
    `规则库 rulebook ${coverage.edition}`,
    `数值 values ${coverage.values}（${coverage.parameters} 项 parameters）· 表 tables ${coverage.tables}（${coverage.rows} 行 rows）· 文件 instruments ${coverage.instruments}`,
    ...coverage.byFirmness.map(({ title, values, rows }) => `  ${title.zh} ${title.en}: ${values} + ${rows}`),
    `缺项 missing values: ${coverage.missing.map(({ id }) => id).join(', ') || '—'}`,
    `疑问 open questions: ${coverage.questions.length}`,
    ...coverage.leftOut.map(({ reason, pointers }) => `未收 left out ${pointers.length}: ${reason.zh} · ${reason.en}`),
  ];
  for (const file of facts?.files ?? []) {
    lines.push(
      `${file.file}: ${file.leaves} 项 leaves = ${file.covered} 已收 covered + ${file.leftOut} 不收 left out + ${file.uncovered.length} 未收 uncovered`,
    );
    lines.push(...file.uncovered.map((path) => `  ${path}`));
  }
  for (const { pointer, by } of facts?.dangling ?? []) lines.push(`指向不存在 points at nothing: ${pointer} (${by})`);
  await writeOut(`${lines.join('\n')}\n`);
}

function readFacts(folder: string): ReadonlyMap<string, unknown> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new AppError('rules.no-facts', `没有文件夹 ${folder} · there is no folder ${folder}`, { folder });
  return new Map(
    FACT_FILES.map((name) => {
      const file = join(folder, `${name}.json`);
      if (!existsSync(file))
        throw new AppError('rules.no-facts', `缺少 ${name}.json · ${name}.json is missing`, { folder });
      return [name, JSON.parse(readFileSync(file, 'utf8')) as unknown];
    }),
  );
}

/** Faults of a rulebook; a file that cannot be read is the one fault then. */
function faultsOf(folder: string | undefined): readonly LintFault[] {
  try {
    const rulebook = folder === undefined ? operatorsRulebook() : folderRulebook(folder);
    return lintRulebook(rulebook, readReadingOnly(folder), today(systemClock));
  } catch (error) {
    if (!isAppError(error) || error.code !== 'rules.bad-file') throw error;
    const file = String(error.details.file ?? 'rulebook');
    return [{ place: file, reason: error.message.replace(`${file}: `, '') }];
  }
}
