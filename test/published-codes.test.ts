import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../src/app/error-codes/error-codes.ts';
import { udiProblemText } from '../src/domains/identifiers/index.ts';
import { PROBLEM_CODES } from '../src/domains/quality/problem-codes.ts';
import { codesInSource, codesOf } from './support/codes-in-source.ts';
import { repositoryRoot, typescriptFiles } from './support/import-graph.ts';

/** Codes that the UDI parser reports, as they stand in its sources. */
function udiCodes(): string[] {
  const form = /'((?:input|field|gs1|dl|hibc|isbt|ifa|ma|ahm)\.[a-z-]+\d?)'/g;
  const found = typescriptFiles('src/domains/identifiers/udi')
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(join(repositoryRoot, file), 'utf8').matchAll(form)].map((match) => match[1]!));
  return [...new Set(found)].sort();
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(headings), row(headings.map(() => '---')), ...rows.map(row)].join('\n');
}

const byCode = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
const SEVERITY = { rejected: '拒收 rejected', problem: '问题 problem', notice: '提示 notice' } as const;

function codesPage(): string {
  const ledger = [...PROBLEM_CODES].sort(byCode);
  const errors = [...ERROR_CODES].sort(byCode);
  return `# Codes

Every problem and error has a code. It is published here and stays as it is: never renamed, never given another meaning. This page is written from the lists in the sources by \`test/published-codes.test.ts\` (\`npx vitest run test/published-codes.test.ts -u\`), which fails when a code is used that no list holds.

## Problems of rows: the quality ledger

\`rejected\`: the row was not taken. \`problem\`: taken, and something is wrong. \`notice\`: taken, and worth knowing. List: \`src/domains/quality/problem-codes.ts\`.

${table(
  ['code', '名称', 'name', '级别 severity', '含义', 'meaning', '怎么办', 'what to do'],
  ledger.map(([code, text]) => [
    `\`${code}\``,
    text.nameZh,
    text.nameEn,
    SEVERITY[text.severity],
    text.zh,
    text.en,
    text.doZh,
    text.doEn,
  ]),
)}

## Problems of identifiers

Reported by the identifiers library wherever a code is read: \`xiedang udi parse\`, look-ups, the code desk and the ledger. In the ledger \`di.\` stands before the code (\`di.gs1.check-digit\`); an error of the library is a \`problem\` there, a warning a \`notice\`; no row is refused for its code. What to do: compare the code with the label; where the register is wrong, whoever filed it corrects it there. Problems of certificate, licence, credit and document numbers: [numbers.md](numbers.md).

${table(
  ['code', '含义', 'meaning'],
  udiCodes().map((code) => [`\`${code}\``, udiProblemText(code, 'zh'), udiProblemText(code, 'en')]),
)}

## Errors

What a command prints as \`xiedang: … [code]\`, a JSON line carries as \`error.code\` and the API as \`code\` of its problem answer (RFC 9457). \`usage.…\` ends a command with exit code 2, every other error that stops a command with 1. List: \`src/app/error-codes/\`.

${table(
  ['code', '含义', 'meaning', '怎么办', 'what to do'],
  errors.map(([code, text]) => [`\`${code}\``, text.zh, text.en, text.doZh, text.doEn]),
)}
`;
}

describe('published codes', () => {
  const used = codesInSource();
  const udi = new Set(udiCodes());

  it('hold every code the sources report', () => {
    expect(used.length).toBeGreaterThan(150);
    const unlisted = used.filter(({ code }) => !PROBLEM_CODES.has(code) && !ERROR_CODES.has(code) && !udi.has(code));
    expect(unlisted.map(({ code, file, line }) => `${code} (${file}:${line})`)).toEqual([]);
  });

  it('say something in both languages', () => {
    for (const [code, text] of [...PROBLEM_CODES, ...ERROR_CODES]) {
      for (const chinese of [text.zh, text.doZh]) expect(chinese, code).toMatch(/[\u4e00-\u9fff]|npm ci/);
      for (const english of [text.en, text.doEn]) expect(english, code).toMatch(/^[\x20-\x7e…]+$/);
    }
  });

  it('are the reference page', async () => {
    await expect(codesPage()).toMatchFileSnapshot('../docs/reference/codes.md');
  });

  it('are found wherever a code is reported', () => {
    const text = `throw new AppError(a ? 'file.one' : 'file.two', 'no.code here');
      problems.add('date.odd', 'contacts.phone'); const x = { code: 'part.bad', act: 'record.add' };
      sql\`INSERT INTO quality_problem SELECT 'identifier.twice' FROM \${t}\`; log('not.this');`;
    expect(codesOf('x.ts', text).map(({ code }) => code)).toEqual([
      'file.one',
      'file.two',
      'date.odd',
      'part.bad',
      'identifier.twice',
    ]);
  });
});
