import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'xiedang-udi-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'src/app/cli/main.ts', 'udi', ...args],
    {
      input,
      encoding: 'utf8',
    },
  );
  return {
    status,
    stdout,
    stderr,
    rows: () =>
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

describe('xiedang udi', () => {
  it('parse --json answers each line in its place, bad ones too', () => {
    const lines = [
      '{"id":1,"input":"17270200"}',
      'no json',
      '{"id":"b","form":"hibc","input":"+A123BJC5D6E71G"}',
      '{"id":4}',
      '{"id":5,"input":"(10)A","options":{"strict":true}}',
    ];
    const answer = run(['parse', '--ref-year', '2026', '--json'], `${lines.join('\n')}\n`);
    expect(answer.status).toBe(0);
    const [first, second, third, fourth, fifth] = answer.rows();
    expect(first).toMatchObject({
      id: 1,
      valid: true,
      agency: 'GS1',
      form: 'element',
      expiry: '2027-02-28',
      elements: [['17', '270200']],
    });
    expect(Object.keys(first)[0]).toBe('id');
    expect(second).toMatchObject({ id: null, error: { code: 'cli.bad-json' } });
    expect(third).toMatchObject({ id: 'b', valid: true, di: 'A123BJC5D6E71' });
    expect(fourth).toMatchObject({ id: 4, error: { code: 'udi.input-missing' } });
    expect(fifth).toMatchObject({
      id: 5,
      valid: false,
      problems: [{ code: 'gs1.required', severity: 'error', at: 4 }],
    });
  });

  it('parse explains one code and marks the place of a problem', () => {
    const answer = run(['parse', '(01)06901234567893', '--lang', 'zh']);
    expect(answer.status).toBe(0);
    expect(answer.stdout).toContain('校验码错误');
    expect(answer.stdout).toContain('    (01)06901234567893\n                     ^');
  });

  it('wrong usage ends with 2', () => {
    expect(run(['parse']).status).toBe(2);
    expect(run(['parse', 'x', '--ref-year', 'soon']).status).toBe(2);
    expect(run(['parse', 'x', '--lang', 'fr']).status).toBe(2);
  });

  it('build writes a code and its barcode', () => {
    const image = join(folder, 'label.svg');
    const answer = run(['build', '--di-body', '690123456789', '--lot', 'A(B', '--image', image]);
    expect(answer.stderr).toBe('');
    expect(answer.status).toBe(0);
    expect(answer.stdout).toContain('(01)06901234567892(10)A\\(B');
    expect(readFileSync(image, 'utf8')).toMatch(/^<svg /);
    expect(run(['build', '--di', '06901234567893']).status).toBe(1);
  });

  it('build --json draws what is asked for and refuses fields of the wrong kind', () => {
    const lines = [
      { id: 1, agency: 'GS1', di: '06901234567892', lot: 'L', barcodes: ['gs1-datamatrix', 'gs1-128', 'qr'] },
      { id: 2, agency: 'HIBCC', di: 'A123BJC5D6E71', barcodes: ['gs1-128'] },
      { id: 3, agency: 'GS1', di: 6 },
      { id: 4, agency: 'IFA', di: '110375286414', lot: 'L' },
    ];
    const [first, second, third, fourth] = run(
      ['build', '--json'],
      lines.map((line) => JSON.stringify(line)).join('\n'),
    ).rows();
    expect(Object.keys(first.barcodes)).toEqual(['gs1-datamatrix', 'gs1-128', 'qr']);
    for (const svg of Object.values(first.barcodes)) expect(svg).toMatch(/^<svg /);
    expect(second.error.code).toBe('usage.barcode');
    expect(third.error.code).toBe('udi.bad-field');
    expect(fourth).toMatchObject({ valid: true, text: '[)>\u001e06\u001d9N110375286414\u001d1TL\u001e\u0004' });
  });
});
