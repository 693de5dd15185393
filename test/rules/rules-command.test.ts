import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rulebookFolder } from '../../src/rules/load.ts';
import { repositoryRoot } from '../support/import-graph.ts';

const folder = mkdtempSync(join(tmpdir(), 'xiedang-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const main = join(repositoryRoot, 'src/app/cli/main.ts');
  const done = spawnSync(process.execPath, ['--import', 'tsx', main, 'rules', ...args], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, XIEDANG_DATA: join(folder, 'data') },
  });
  return { status: done.status, stdout: done.stdout, stderr: done.stderr, json: () => JSON.parse(done.stdout) };
}

/** A copy of the rulebook with one file changed. */
function changed(name: string, file: string, from: string, to: string): string {
  const copy = join(folder, name);
  cpSync(rulebookFolder(), copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(copy, file), text.replace(from, to));
  return copy;
}

const REVIEW = 'parameters/cn/registration/review-II.yaml';

describe('xiedang rules', { timeout: 180_000 }, () => {
  it('shows a rule on a day, in words and as JSON', () => {
    const shown = run('show', 'review-II');
    expect(shown.status).toBe(0);
    expect(shown.stdout).toContain('60 个工作日');
    expect(shown.stdout).toContain('第九十二条(二)');
    const before = run('show', 'review-II', '--as-of', '2021-09-30', '--json').json();
    expect(before).toMatchObject({ id: 'review-II', asOf: '2021-09-30', absence: 'before' });
    const unknown = run('show', 'no-such');
    expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining('[rules.not-found]')]);
    expect(run('show', 'review-II', '--as-of', '2021-02-30').stderr).toContain('[read.bad-date]');
  });

  it('lists one JSON object a line', () => {
    const rows = run('list', '--json', '--kind', 'promise')
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(row.kind).toBe('promise');
  });

  it('tells what changed in force between two days', () => {
    const { changes } = run('diff', '2026-10-31', '2026-11-01', '--json').json();
    expect(changes).toContainEqual(expect.objectContaining({ id: 'nmpa-107-2025', change: 'begins', axis: 'force' }));
    expect(run('diff', '2026-11-01', '2026-10-31').stderr).toContain('[query.days-reversed]');
    expect(run('diff', '2026-11-01', 'rulebook').status).toBe(2);
  });

  it('tells what differs between two rulebooks and which answers change, with the reason', () => {
    const other = changed('other', REVIEW, 'value: 60', 'value: 55');
    const cases = join(folder, 'cases.jsonl');
    const base = { procedure: 'registration-first', class: 'II', asOf: '2026-03-10' };
    const events = [
      { type: 'received', date: '2026-03-02' },
      { type: 'accepted', date: '2026-03-02' },
    ];
    writeFileSync(
      cases,
      [
        JSON.stringify({ id: 'second', ...base, events }),
        JSON.stringify({ id: 'third', ...base, class: 'III', events }),
        JSON.stringify({ id: 'bad', procedure: 'no-such', events: [] }),
      ].join('\n'),
    );
    const answer = run('diff', rulebookFolder(), other, '--cases', cases, '--json').json();
    expect(answer.changes).toEqual([
      expect.objectContaining({ type: 'value', id: 'review-II', change: 'changed', place: '2021-10-01' }),
    ]);
    expect(answer.cases).toMatchObject({ total: 3, unchanged: 1 });
    expect(answer.cases.errors).toEqual([expect.objectContaining({ line: 3, id: 'bad' })]);
    const [item] = answer.cases.changed;
    expect(item).toMatchObject({ id: 'second', why: [expect.stringMatching(/^review-II: 60 workday.* → 55 workday/)] });
    const clock = item.clocks.find((one: { limit: string }) => one.limit === 'review-II');
    expect(clock.before.due > clock.after.due).toBe(true);
  });

  it('reports what is covered', () => {
    const report = run('report', '--json').json();
    expect(report.parameters).toBeGreaterThan(150);
    expect(report.facts).toBeNull();
    expect(run('report', '--facts', join(folder, 'nowhere')).stderr).toContain('[rules.no-facts]');
  });

  it('checks: exit code 1 with place and reason', () => {
    expect(run('lint')).toMatchObject({ status: 0 });
    const unit = run('lint', changed('unit', REVIEW, 'unit: workday', 'unit: fortnight'), '--json');
    expect(unit.status).toBe(1);
    expect(unit.json()).toEqual({ place: REVIEW, reason: 'the unit fortnight is not defined' });
    const shape = run('lint', changed('shape', REVIEW, 'effect: null', 'effect: nothing'));
    expect([shape.status, shape.stdout]).toEqual([1, expect.stringMatching(/^parameters.*review-II\.yaml: effect/)]);
  });

  it('reads the values of an overlay', () => {
    const place = join(folder, 'data/rulebook/parameters/cn/registration');
    mkdirSync(place, { recursive: true });
    writeFileSync(
      join(place, 'review-II.yaml'),
      `id: review-II
values:
  - from: '2026-01-01'
    until: null
    value: 55
    recorded: '2026-01-01'
    firmness: quoted
    by: 法规部
    why: 试行
    sources: [{instrument: samr-47-2021, article: null, firmness: quoted}]
    note: null
`,
    );
    const { values } = run('show', 'review-II', '--json').json();
    expect(values.at(-1)).toMatchObject({ value: 55, inForce: true, overlay: { by: '法规部', why: '试行' } });
  });
});
