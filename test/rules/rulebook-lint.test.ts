import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FACT_FILES, factCoverage, lintRulebook, readReadingOnly } from '../../src/domains/rulebook/index.ts';
import { VALUES_OF_DUTIES } from '../../src/domains/rulebook/who-uses.ts';
import { systemClock, today } from '../../src/kernel/clock.ts';
import type { LocalDate } from '../../src/kernel/local-date.ts';
import { loadRulebook } from '../../src/rules/load.ts';
import { Rulebook, type RulebookParts } from '../../src/rules/rulebook.ts';
import type { Parameter } from '../../src/rules/shapes.ts';
import { repositoryRoot, typescriptFiles } from '../support/import-graph.ts';

const rulebook = loadRulebook();
const readingOnly = readReadingOnly();
const now = today(systemClock);
const facts = resolve(repositoryRoot, process.env.XIEDANG_REFERENCE ?? '../shared', 'facts');

/** The rulebook with one parameter or other part put in another's place. */
function withPart(change: Partial<RulebookParts>): Rulebook {
  return new Rulebook({ ...rulebook, units: [...rulebook.units.values()], ...change });
}

function withParameter(id: string, change: Partial<Parameter>): Rulebook {
  const parameter = rulebook.parameters.get(id);
  if (!parameter) throw new Error(`no parameter ${id}`);
  return withPart({ parameters: new Map(rulebook.parameters).set(id, { ...parameter, ...change }) });
}

const reasons = (book: Rulebook, list = readingOnly, on = now) =>
  lintRulebook(book, list, on).map(({ place, reason }) => `${place}: ${reason}`);

describe('the rulebook', () => {
  it('has no fault', () => {
    expect(reasons(rulebook)).toEqual([]);
  });

  it('names only values of duties that the duties read', () => {
    const sources = typescriptFiles('src/domains/duties')
      .map((file) => readFileSync(join(repositoryRoot, file), 'utf8'))
      .join('\n');
    for (const [value, duty] of Object.entries(VALUES_OF_DUTIES)) {
      expect(sources).toContain(`'${value}'`);
      expect(rulebook.parameters.get(duty)?.kind).toBe('obligation');
    }
  });
});

describe('the lint', () => {
  const review = rulebook.parameters.get('review-II') as Parameter;
  const [value] = review.values;
  if (!value) throw new Error('review-II has no value');

  it.each<[string, Rulebook, RegExp]>([
    ['an unknown unit', withParameter('review-II', { unit: 'fortnight' }), /review-II.*unit fortnight/],
    [
      'an unknown instrument',
      withParameter('review-II', {
        values: [{ ...value, sources: [{ instrument: 'nowhere', article: null, firmness: 'primary-text' }] }],
      }),
      /review-II.*values\.0: the instrument nowhere is not defined/,
    ],
    [
      'a value firmer than its best source',
      withParameter('review-II', {
        values: [{ ...value, sources: value.sources.map((source) => ({ ...source, firmness: 'quoted' as const })) }],
      }),
      /review-II.*firmer than its best source/,
    ],
    [
      'a value older than its instrument',
      withParameter('review-II', { values: [{ ...value, from: '1999-01-01' as LocalDate }] }),
      /review-II.*before any instrument/,
    ],
    [
      'a value recorded in the future',
      withParameter('review-II', { values: [{ ...value, recorded: '2999-01-01' as LocalDate }] }),
      /review-II.*after today/,
    ],
    ['null that is not missing', withParameter('review-II', { values: [{ ...value, value: null }] }), /null when/],
    ['a duty without its part', withParameter('review-II', { kind: 'obligation' }), /`duty`/],
    [
      'an instrument nobody cites',
      withPart({
        instruments: new Map(rulebook.instruments).set('lonely', {
          ...(rulebook.instruments.get('samr-47-2021') as NonNullable<ReturnType<typeof rulebook.instruments.get>>),
          id: 'lonely',
        }),
      }),
      /instruments\/lonely\.yaml: nothing rests/,
    ],
    [
      'a limit that a procedure reads and nobody defines',
      withPart({ parameters: new Map([...rulebook.parameters].filter(([id]) => id !== 'review-III')) }),
      /registration-first.*review-III is not defined/,
    ],
    [
      'a promise beside nothing',
      withParameter('gd-first', {
        promise: { province: '44', of: 'no-such', scope: null, condition: 'none' },
      }),
      /gd-first.*no-such/,
    ],
  ])('finds %s', (_what, book, reason) => {
    expect(reasons(book).filter((line) => reason.test(line))).not.toEqual([]);
  });

  it('asks a reason for every value that nothing uses, and none for one in use', () => {
    const empty = { parameters: new Map(), instruments: new Map() };
    const faults = reasons(rulebook, empty);
    expect(faults.length).toBe(readingOnly.parameters.size + readingOnly.instruments.size);
    const reason = { zh: '供阅读', en: 'for reading' };
    const too = { ...readingOnly, parameters: new Map(readingOnly.parameters).set('review-II', reason) };
    expect(reasons(rulebook, too)).toEqual(['reading-only.yaml: the parameter review-II is in use']);
  });
});

describe('fact coverage', () => {
  it('names elements of lists by id, code, no, else place, and lets the longer pointer speak', () => {
    const book = withPart({
      coverage: [{ pointer: 'made-up/list/b', reason: { zh: '不收', en: 'left out' } }],
      parameters: new Map([
        ['one', { ...(rulebook.parameters.get('review-II') as Parameter), facts: ['made-up/list', 'made-up/gone'] }],
      ]),
      tables: new Map(),
      calendars: [],
    });
    const content = {
      meta: { a: 1 },
      list: [{ id: 'a', x: 1, y: [1, 2] }, { code: 'b', x: null }, 3],
      other: { z: [] },
    };
    const { files, dangling } = factCoverage(book, new Map([['made-up', content]]));
    expect(files).toEqual([{ file: 'made-up', leaves: 8, covered: 5, leftOut: 2, uncovered: ['made-up/other/z'] }]);
    expect(dangling).toEqual([{ pointer: 'made-up/gone', by: 'review-II' }]);
  });
});

describe.skipIf(!existsSync(facts))('the researched facts (XIEDANG_REFERENCE)', () => {
  it('are carried by the rulebook to the last leaf', () => {
    const read = (name: string): unknown => JSON.parse(readFileSync(join(facts, `${name}.json`), 'utf8'));
    const { files, dangling } = factCoverage(rulebook, new Map(FACT_FILES.map((name) => [name, read(name)])));
    expect(files.flatMap(({ uncovered }) => uncovered)).toEqual([]);
    expect(dangling).toEqual([]);
    for (const { file, leaves, covered, leftOut } of files) {
      expect([file, covered + leftOut]).toEqual([file, leaves]);
      expect(covered, file).toBeGreaterThan(100);
    }
  });
});
