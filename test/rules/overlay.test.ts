import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCase, runCase } from '../../src/domains/clocks/run.ts';
import type { LocalDate } from '../../src/kernel/local-date.ts';
import { loadRulebook } from '../../src/rules/load.ts';

let overlay: string;
beforeEach(() => {
  overlay = mkdtempSync(join(tmpdir(), 'xiedang-overlay-'));
  mkdirSync(join(overlay, 'parameters', 'cn', 'special-routes'), { recursive: true });
});
afterEach(() => rmSync(overlay, { recursive: true, force: true }));

const own = (text: string, name = 'emergency') =>
  writeFileSync(join(overlay, 'parameters', 'cn', 'special-routes', `${name}.yaml`), text);
const VALUE = `id: emergency
values:
  - from: 2022-01-01
    until: null
    value: 10
    recorded: 2026-11-23
    firmness: quoted
    sources: [{ instrument: samr-47-2021, article: null, firmness: quoted }]
    note: null
    by: 注册部
    why: 按主管部门电话答复
`;
const TODAY = '2026-11-24' as LocalDate;
const emergency = { procedure: 'emergency-review', events: [{ type: 'received', date: '2026-11-02' }] };

describe('an overlay over the rulebook', () => {
  it('fills a value that was not found, and every trace says whose it is', () => {
    expect(runCase(readCase(emergency, TODAY), loadRulebook()).missing).toEqual(['emergency']);
    // the unit of the missing number is missing too
    own(VALUE.replace('id: emergency\n', 'id: emergency\nunit: workday\n'));
    const book = loadRulebook({ overlay });
    const [clock] = runCase(readCase(emergency, TODAY), book).outcome?.clocks ?? [];
    // 2 November 2026 is a Monday
    expect(clock).toMatchObject({ limit: 'emergency', due: '2026-11-16', determinable: true, firmness: 'quoted' });
    expect(clock?.words.join()).toContain('本单位设定：注册部');
    const found = book.valueOn('emergency', TODAY);
    expect(found).toMatchObject({
      found: true,
      used: { value: 10, overlay: { by: '注册部', why: '按主管部门电话答复' } },
    });
    expect(book.edition).not.toBe(loadRulebook().edition);
  });

  it('is known only from the day it was recorded', () => {
    own(VALUE.replace('id: emergency\n', 'id: emergency\nunit: workday\n'));
    const book = loadRulebook({ overlay });
    expect(book.valueOn('emergency', TODAY, '2026-11-22' as LocalDate)).toMatchObject({
      found: false,
      reason: 'not-found',
    });
    expect(book.valueOn('emergency', TODAY, '2026-11-23' as LocalDate)).toMatchObject({ found: true });
  });

  it('replaces a value of the same start for later knowledge and leaves the earlier one to be seen', () => {
    mkdirSync(join(overlay, 'parameters', 'cn', 'registration'), { recursive: true });
    writeFileSync(
      join(overlay, 'parameters', 'cn', 'registration', 'review-II.yaml'),
      VALUE.replace('id: emergency', 'id: review-II')
        .replace('from: 2022-01-01', 'from: 2021-10-01')
        .replace('value: 10', 'value: 45'),
    );
    const book = loadRulebook({ overlay });
    expect(book.valueOn('review-II', TODAY)).toMatchObject({ used: { value: 45, overlay: { by: '注册部' } } });
    expect(book.valueOn('review-II', TODAY, '2026-11-22' as LocalDate)).toMatchObject({
      used: { value: 60, overlay: null },
    });
    const decision = runCase(
      readCase(
        { procedure: 'registration-first', class: 'II', events: [{ type: 'accepted', date: '2026-03-02' }] },
        TODAY,
      ),
      book,
    );
    const review = decision.outcome?.clocks.find((one) => one.limit === 'review-II');
    expect(review?.value).toBe(45);
    expect(review?.words.join()).toContain('本单位设定：注册部');
  });

  it.each([
    ['no name', VALUE.replace('    by: 注册部\n', ''), /by/],
    ['no reason', VALUE.replace(/ {4}why: .*\n/, ''), /why/],
    ['an unknown key', `${VALUE}colour: red\n`, /colour|unrecognized/i],
    ['a day that does not exist', VALUE.replace('2022-01-01', '2022-02-30'), /from/],
    ['no source', VALUE.replace(/ {4}sources: .*\n/, '    sources: []\n'), /source/],
    ['a key twice', `${VALUE}id: emergency\n`, /unique|duplicate/i],
    ['a number without a unit', VALUE, /unit: workday/],
    ['a unit for a number that has one', VALUE.replace('id: emergency\n', 'id: emergency\nunit: parsec\n'), /parsec/],
    ['cut off', VALUE.slice(0, 90), /emergency\.yaml/],
  ])('refuses %s and names the file', (_name, text, reason) => {
    own(text);
    expect(() => loadRulebook({ overlay })).toThrow(reason);
    expect(() => loadRulebook({ overlay })).toThrow(/emergency\.yaml/);
  });
});
