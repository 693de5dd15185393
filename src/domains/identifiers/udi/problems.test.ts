import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { udiProblemText } from './problems.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const CODE = /'((?:input|field|gs1|dl|hibc|isbt|ifa|ma|ahm|build)\.[a-z-]+\d?)'/g;

/** Every problem code that stands in the sources of the library. */
const used = new Set(
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(CODE)].map((match) => match[1] as string)),
);

describe('texts of problems', () => {
  it('exist for every code in both languages', () => {
    expect(used.size).toBeGreaterThan(70);
    for (const code of used) {
      expect(udiProblemText(code, 'zh'), code).toMatch(/[\u4e00-\u9fff]/);
      expect(udiProblemText(code, 'en'), code).not.toBe(code);
    }
  });

  it('carry their detail, and an unknown code stands for itself', () => {
    expect(udiProblemText('gs1.date', 'zh', '(17)')).toBe('日期或时间不存在：(17)');
    expect(udiProblemText('gs1.date', 'en', '(17)')).toBe('impossible date or time: (17)');
    expect(udiProblemText('constructor', 'en')).toBe('constructor');
  });

  it('are listed in the reference page', () => {
    const page = readFileSync(join(folder, '../../../../docs/reference/identifiers.md'), 'utf8');
    for (const code of used) expect(page, code).toContain(`\`${code}\``);
  });
});
