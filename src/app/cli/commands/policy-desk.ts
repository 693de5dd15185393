import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { compareTexts } from '../../../domains/policy/comparing/compare.ts';
import { type ActView, actsOf } from '../../../domains/policy/desk.pg.ts';
import { shownRows } from '../../../domains/policy/lists.pg.ts';
import { policyRow } from '../../../domains/policy/routes.ts';
import { documentIdOf, policyVersions } from '../../../domains/policy/store.pg.ts';
import { localOperator } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { systemClock, today } from '../../../kernel/clock.ts';
import type { Sql } from '../../../platform/postgres/connections.ts';
import { importStandards } from '../../../processes/import-policies/import-standards.ts';
import { reindexPolicies } from '../../../processes/import-policies/reindex.ts';
import { readAnyDocument } from '../../../processes/read-documents/read-document.ts';
import { writeOut } from '../json-lines.ts';
import { withPolicyStore } from './policy-library.ts';

/** Adds `standards`, `reindex`, `show` and `compare` to `xiedang policy`. */
export function addDeskCommands(policy: Command): void {
  policy
    .command('standards')
    .description('take a published list of standards in (JSON lines, also .gz): cited standards are held against it')
    .argument('<file>', 'the list')
    .action(async (file: string) =>
      withPolicyStore(async (store) => {
        const result = await importStandards(store.ownerSql(), file, {
          actor: localOperator.id,
          refuse: ({ file: name, line, code, message }) => {
            process.stderr.write(`${name}:${line ?? ''}: ${message} [${code}]\n`);
          },
        });
        await writeOut(`${JSON.stringify(result)}\n`);
      }),
    );
  policy
    .command('reindex')
    .description('read the library anew after the rules of reading changed; texts, corrections and events stay')
    .option('--all', 'also what was read by the rules of today')
    .action(async (flags: { all?: boolean }) =>
      withPolicyStore(async (store) => {
        const shown = process.stderr.isTTY;
        const result = await reindexPolicies(store.ownerSql(), {
          actor: localOperator.id,
          all: flags.all ?? false,
          progress: (done, total) => {
            if (shown) process.stderr.write(`\r${done}/${total}${done === total ? '\n' : ''}`);
          },
        });
        await writeOut(`${JSON.stringify(result)}\n`);
      }),
    );
  policy
    .command('show')
    .description('an act of the library: what became of it, what it cites, who cites it, its standards')
    .argument('<id>', 'id or key of the document')
    .option('--json', 'everything as one JSON object')
    .action(async (id: string, flags: { json?: boolean }) =>
      withPolicyStore(async (store) => {
        const sql = store.appSql({ max: 2 });
        const found = await idOf(sql, id);
        const row = (await shownRows(sql, [found])).get(found);
        if (!row) throw new AppError('policy.not-found', 'there is no such policy', { id });
        const day = today(systemClock);
        const acts = await actsOf(sql, found, day);
        if (flags.json) await writeOut(`${JSON.stringify({ ...policyRow(row, day), items: acts })}\n`);
        else await writeOut(acts.map(shown).join('\n'));
      }),
    );
  policy
    .command('compare')
    .description('two documents of the library, or two files, compared by article')
    .argument('<a>', 'the earlier one: id, key or file')
    .argument('<b>', 'the later one: id, key or file')
    .option('--json', 'everything as one JSON object')
    .action(async (a: string, b: string, flags: { json?: boolean }) => {
      const compared = compareTexts(await textOf(a), await textOf(b));
      if (flags.json) {
        await writeOut(`${JSON.stringify(compared)}\n`);
        return;
      }
      for (const { change, no, heading, parts } of compared.articles) {
        if (change === 'same') continue;
        const words = parts.map(({ op, text }) => (op === '=' ? text : `[${op}${text}]`)).join('');
        await writeOut(`${CHANGES[change]} ${no ?? ''} ${words || heading}\n`);
      }
      process.stderr.write(`${JSON.stringify(compared.counts)}\n`);
    });
}

const CHANGES = { same: '＝', added: '＋ 新增', removed: '－ 删除', changed: '± 修改', moved: '↕ 移动' } as const;

function shown(act: ActView): string {
  const { life } = act;
  const lines = [
    `${act.title}${act.number ? ` ${act.number}` : ''}`,
    `  效力 state: ${life.state} (${life.asOf})${life.missing.length > 0 ? ` 缺 missing: ${life.missing.join(', ')}` : ''}`,
    ...life.steps.map(
      ({ date, zh, by, quote }) =>
        `  ${date ?? '日期不详'} ${zh}${by ? ` 《${by.title}》` : ''}${quote ? ` “${quote}”` : ''}`,
    ),
    ...act.cites.map(
      ({ relation, title, number, target }) =>
        `  引用 ${relation}: 《${title ?? ''}》${number ?? ''}${target ? ` → ${target.title} (${target.state})` : ' – 未对应 unresolved'}`,
    ),
    `  被引 cited by: ${act.citedBy.total}`,
    ...act.standards.map(({ number, state, by }) => `  标准 ${number}: ${state}${by ? ` → ${by}` : ''}`),
  ];
  return `${lines.join('\n')}\n`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

async function idOf(sql: Sql, given: string): Promise<string> {
  if (UUID.test(given)) return given;
  const id = await documentIdOf(sql, given);
  if (!id) throw new AppError('policy.not-found', `there is no policy with the key ${given}`, { key: given });
  return id;
}

/** A file when there is one of that name, else a document of the library. */
async function textOf(given: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(given);
  } catch {
    return textOfDocument(given);
  }
  return (await readAnyDocument(bytes)).text;
}

async function textOfDocument(given: string): Promise<string> {
  let text = '';
  await withPolicyStore(async (store) => {
    const sql = store.appSql({ max: 2 });
    const id = await idOf(sql, given);
    const [version] = await policyVersions(sql, id);
    if (!version) throw new AppError('policy.not-found', 'there is no such policy', { id });
    text = version.text;
  });
  return text;
}
