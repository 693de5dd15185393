import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AI_ENTRIES, aiAt, findAi } from './ai-table.ts';
import { describeElement } from './describe.ts';
import { aiTableModule } from './generate-ai-table.ts';
import { LINTERS } from './linters.ts';

const dictionary = join(
  process.env.XIEDANG_REFERENCE ?? '../shared',
  'data/gs1-syntax-dictionary/gs1-syntax-dictionary.txt',
);

describe('table of application identifiers', () => {
  it.skipIf(!existsSync(dictionary))(
    'is what the generator makes of the dictionary (skipped without the reference folder)',
    () => {
      const written = readFileSync(new URL('ai-table.generated.ts', import.meta.url), 'utf8');
      expect(aiTableModule(readFileSync(dictionary, 'utf8'))).toBe(written);
    },
  );

  it('keeps licence, version and attribution of its source', () => {
    const head = readFileSync(new URL('ai-table.generated.ts', import.meta.url), 'utf8').slice(0, 600);
    expect(head).toMatch(/Apache License, Version 2\.0/);
    expect(head).toMatch(/GS1 AISBL/);
    expect(head).toMatch(/commit ff2eb4bf/);
  });

  it('knows every linter the dictionary names', () => {
    for (const entry of AI_ENTRIES) {
      for (const part of entry.components) for (const linter of part.linters) expect(linter, entry.ai).toBeDefined();
    }
    expect(Object.keys(LINTERS).length).toBeGreaterThan(30);
  });

  it('takes predefined lengths from the first two digits alone', () => {
    const predefined = new Map<string, boolean>();
    for (const { ai, predefined: one } of AI_ENTRIES) {
      const prefix = ai.slice(0, 2);
      expect(predefined.get(prefix) ?? one, ai).toBe(one);
      predefined.set(prefix, one);
    }
    const prefixes = [...predefined].filter(([, one]) => one).map(([prefix]) => prefix);
    expect(prefixes.join(' ')).toBe('00 01 02 03 11 12 13 15 16 17 20 31 32 33 34 35 36 41');
  });

  it('finds AIs of two, three and four digits and nothing else', () => {
    expect(findAi('01')?.title).toBe('GTIN');
    expect(findAi('235')?.max).toBe(28);
    expect(findAi('3105')?.max).toBe(6);
    for (const text of ['3106', '1', '001', '04', '23', '2351', '', 'xx', '0a'])
      expect(findAi(text), text).toBeUndefined();
    expect(aiAt('xx8012V2', 2, 8)?.ai).toBe('8012');
  });

  it('explains every AI in Chinese and English', () => {
    for (const { ai } of AI_ENTRIES) {
      const described = describeElement('GS1', ai);
      expect(described?.zh, ai).toMatch(/[\u4e00-\u9fff]/);
      expect(described?.en, ai).toMatch(/[a-zA-Z]/);
    }
    expect(describeElement('GS1', '3103')).toMatchObject({
      en: 'NET WEIGHT (kg), 3 decimals',
      zh: '净重（kg），3位小数',
    });
    expect(describeElement('GS1', '3302')?.zh).toBe('毛重（kg），2位小数');
    expect(describeElement('GS1', '4317')?.zh).toBe('退货国家');
    expect(describeElement('GS1', '99')?.zh).toBe('公司内部信息');
    expect(describeElement('GS1', '04')).toBeNull();
  });
});
