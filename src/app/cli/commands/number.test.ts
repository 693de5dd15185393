import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

function run(args: readonly string[], input = '') {
  const done = spawnSync(process.execPath, ['--import', 'tsx', main, 'number', ...args], { input, encoding: 'utf8' });
  return {
    status: done.status,
    lines: done.stdout.split('\n').filter(Boolean),
    stdout: done.stdout,
    stderr: done.stderr,
  };
}

describe('xiedang number parse', () => {
  it('answers line by line, carries the id, and goes on after a bad line', () => {
    const input = [
      '{"id":"a","kind":"uscc","value":"91350100M000100Y43"}',
      '{"id":2,"value":"国办发[2024]53号"}',
      'not JSON',
      '{"id":"c"}',
      '{"id":"d","kind":"passport","value":"x"}',
    ].join('\n');
    const { status, lines } = run(['parse', '--json'], `${input}\n`);
    const answers = lines.map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(answers.map((answer) => answer.id)).toEqual(['a', 2, null, 'c', 'd']);
    expect(answers[0]).toEqual({
      id: 'a',
      valid: true,
      kind: 'uscc',
      normalized: '91350100M000100Y43',
      parts: { department: '9', organisationType: '1', division: '350100', organisation: 'M000100Y4', check: '3' },
      readings: [],
      problems: [],
    });
    expect(answers[1]).toMatchObject({ valid: false, kind: 'doc-number', normalized: '国办发〔2024〕53号' });
    expect(answers[2].error.code).toBe('cli.bad-json');
    expect(answers[3].error.code).toBe('number.no-value');
    expect(answers[4].problems[0].code).toBe('unknown-kind');
  });

  it('explains one number with parts, readings and source, in both languages', () => {
    const zh = run(['parse', '国械注准20183130109']).stdout;
    expect(zh).toContain('读作: 2017版目录 13 无源植入器械');
    expect(zh).toContain('读作: 2002版目录 6813 计划生育手术器械');
    expect(zh).toContain('第一百一十五条 (primary-text)');
    const en = run(['parse', '国械注准20183130109', '--lang', 'en']).stdout;
    expect(en).toContain('reads as: 2017 catalogue 13 non-active implants');
  });

  it('refuses wrong usage with exit 2', () => {
    expect(run(['parse', 'x', '--kind', 'passport']).status).toBe(2);
    expect(run(['parse']).status).toBe(2);
    expect(run(['parse', 'x', '--approved', 'yesterday']).status).toBe(2);
  });
});
