import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { certificateFamily, findNumberFormat, NUMBER_FORMATS, parseNumber, splitCertificateField } from './index.ts';
import { MESSAGES } from './messages.ts';
import type { NumberReading } from './types.ts';
import { describeNumberPart, explainNumberPart, explainNumberReading, sourcesOfNumber } from './words.ts';

const load = <T>(file: string): T[] =>
  parse(readFileSync(new URL(`./cases/${file}.yaml`, import.meta.url), 'utf8')) as T[];

interface Case {
  name: string;
  value: string;
  as?: string;
  kind: string | null;
  valid: boolean;
  normalized?: string | null;
  parts?: Record<string, string>;
  readings?: string[];
  problems?: string[];
  approved?: string;
  traditional?: boolean;
}

const shown = (reading: NumberReading) => (reading.catalogue ? `${reading.catalogue} ${reading.code}` : reading.code);

for (const file of ['certificates', 'licences', 'documents', 'codes']) {
  describe(`numbers: ${file}`, () => {
    it.each(load<Case>(file))('$name: $value', (c) => {
      const result = parseNumber(c.as, c.value, {
        ...(c.approved ? { approved: c.approved } : {}),
        ...(c.traditional ? { traditional: true } : {}),
      });
      expect({
        kind: result.kind,
        valid: result.valid,
        normalized: result.normalized,
        readings: result.readings.map(shown),
        problems: result.problems.map((p) => p.code),
      }).toEqual({
        kind: c.kind,
        valid: c.valid,
        normalized: c.normalized === undefined ? c.value.trim() : c.normalized,
        readings: c.readings ?? [],
        problems: c.problems ?? [],
      });
      expect(result.parts).toMatchObject(c.parts ?? {});
    });
  });
}

describe('numbers: one certificate', () => {
  const families = load<{ name: string; same: string[] }>('families');
  it.each(families)('$name', ({ same }) => {
    expect(new Set(same.map(certificateFamily)).size).toBe(1);
  });
  it('keeps different certificates apart', () => {
    expect(new Set(families.map(({ same }) => certificateFamily(same[0] ?? ''))).size).toBe(families.length);
  });
});

describe('numbers: fields with several', () => {
  it.each(load<{ field: string; pieces: string[] }>('fields'))('$field', ({ field, pieces }) => {
    expect(splitCertificateField(field)).toEqual(pieces);
  });
});

describe('numbers: position of problems', () => {
  it.each([
    ['  国械注准 20221160988', 'class-range', 11],
    ['9135010OM000100Y43', 'division-digits', 7],
    ['国办发[2024]53号', 'brackets', 3],
    ['鄂汉食药监械经营备2018H006号', 'serial-form', 13],
  ])('%s: %s at %i', (value, code, at) => {
    expect(parseNumber(undefined, value).problems.find((p) => p.code === code)?.at).toBe(at);
  });
});

describe('numbers: texts', () => {
  it('has both languages for every problem and leaves no gap unfilled', () => {
    for (const [zh, en] of Object.values(MESSAGES)) {
      expect(zh).toMatch(/[\u4e00-\u9fa5]/u);
      expect(en).not.toBe('');
    }
    const problem = parseNumber('uscc', '91310115MA1H8R7C6D').problems[0];
    expect(problem?.message).toBe('校验码应为7，现为D');
    expect(problem?.messageEn).toBe('the check character must be 7; found D');
  });
  it('names every part of every example', () => {
    for (const format of NUMBER_FORMATS) {
      for (const example of format.examples) {
        for (const name of Object.keys(parseNumber(format.id, example).parts)) {
          expect(describeNumberPart(name, 'zh'), name).not.toBe(name);
        }
      }
    }
    expect(explainNumberPart('province', '黔', 'zh')).toBe('贵州');
    for (const year of [2015, 2022]) {
      for (let code = 0; code < 100; code++) {
        const value = `国械注准${year}3${String(code).padStart(2, '0')}0001`;
        for (const reading of parseNumber(undefined, value).readings) {
          expect(explainNumberReading(reading, 'en'), value).toMatch(/^[A-Za-z][A-Za-z-]/);
        }
      }
    }
    expect(explainNumberPart('form', '许', 'en')).toBe('from Hong Kong, Macao or Taiwan');
  });
});

const alphabet = fc.constantFrom(
  ...'国京浙杭苏械注备准进许食药监生产经营网平台字第号更年令公告通发〔〕[]()（）【】 0123456789０９cC準號\u3000\n',
);
const near = fc.oneof(
  fc.string({ unit: alphabet, maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .tuple(
      fc.constantFrom(...NUMBER_FORMATS.flatMap((f) => f.examples)),
      fc.nat(40),
      fc.string({ unit: alphabet, maxLength: 3 }),
    )
    .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1)),
);
const kinds = fc.option(fc.constantFrom(...NUMBER_FORMATS.map((f) => f.id)), { nil: undefined });

describe('numbers: properties', () => {
  it('never throws, and places every problem inside the value', () => {
    fc.assert(
      fc.property(kinds, near, (kind, value) => {
        for (const p of parseNumber(kind, value).problems) {
          expect(p.at).toBeGreaterThanOrEqual(0);
          expect(p.at).toBeLessThanOrEqual(value.length);
          if (!value.includes('{')) expect(p.message).not.toContain('{');
        }
        splitCertificateField(value);
        certificateFamily(value);
      }),
      { numRuns: 5000 },
    );
  });
  it('normalises once and for all, to a text of the same kind that conforms to the pattern', () => {
    fc.assert(
      fc.property(kinds, near, (kind, value) => {
        const first = parseNumber(kind, value);
        if (first.normalized === null) return;
        const again = parseNumber(first.kind ?? undefined, first.normalized);
        expect(again.normalized).toBe(first.normalized);
        expect(again.problems.some((p) => p.code === 'form-mismatch')).toBe(false);
        expect(certificateFamily(first.normalized)).toBe(certificateFamily(value));
      }),
      { numRuns: 5000 },
    );
  });
  it('changes a valid number only where the pattern admits a second spelling', () => {
    const admitted = ['suffix-superfluous', 'suffix-missing', 'brackets'];
    fc.assert(
      fc.property(kinds, near, (kind, value) => {
        const result = parseNumber(kind, value);
        if (!result.valid || result.problems.some((p) => admitted.includes(p.code))) return;
        expect(result.normalized).toBe(value.trim());
      }),
      { numRuns: 5000 },
    );
  });
  it('finds by itself the kind of every number that is valid under a given kind', () => {
    fc.assert(
      fc.property(kinds, near, (kind, value) => {
        const given = parseNumber(kind, value);
        if (given.valid) expect(parseNumber(undefined, value)).toEqual(given);
      }),
      { numRuns: 5000 },
    );
  });
  it('reads every text a pattern admits, into a spelling that the pattern admits', () => {
    for (const format of NUMBER_FORMATS) {
      if (format.pattern === null) continue;
      const pattern = format.pattern;
      // The generator knows neither names of groups nor looking ahead: both are taken out and the result is checked.
      const plain = new RegExp(pattern.source.replace(/\?<\w+>/g, '').replace(/\(\?![^)]*\)/g, ''), 'u');
      const texts = fc.stringMatching(plain, { maxLength: 60 }).filter((text) => pattern.test(text));
      fc.assert(
        fc.property(texts, (text) => {
          const { normalized, parts, problems } = parseNumber(format.id, text);
          if (problems.some((p) => p.code === 'number-zero')) return;
          expect(normalized).not.toBeNull();
          expect(pattern.test(normalized ?? '')).toBe(true);
          expect(parts).not.toEqual({});
          expect(problems.filter((p) => p.code === 'form-mismatch')).toEqual([]);
          expect(parseNumber(undefined, text).kind).toBe(format.id);
        }),
        { numRuns: 400 },
      );
    }
  });
  it('loses no character of a field but separators and blanks', () => {
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 80 }), (field) => {
        const bare = (text: string) => text.replace(/[,，;；、\s]/gu, '');
        expect(bare(splitCertificateField(field).join(''))).toBe(bare(field));
      }),
    );
  });
});

describe('numbers: large input', () => {
  const million = 1_000_000;
  it.each([
    ['digits', '1'.repeat(million)],
    ['blanks', ' '.repeat(million)],
    ['open brackets', '('.repeat(million)],
    ['certificates', '国械注准20223160988 '.repeat(million / 16)],
    ['han', '国'.repeat(million)],
    ['blank between brackets', '( '.repeat(million / 2)],
  ])('%s: each parser grows no worse than linearly', (_, text) => {
    const time = (run: () => unknown) => {
      const start = performance.now();
      run();
      return performance.now() - start;
    };
    const best = (run: () => unknown) => Math.min(time(run), time(run), time(run));
    for (const kind of [undefined, ...NUMBER_FORMATS.map((f) => f.id)]) {
      expect(best(() => parseNumber(kind, text))).toBeLessThan(50);
    }
    const quarter = best(() => splitCertificateField(text.slice(0, text.length / 4)));
    const whole = best(() => splitCertificateField(text));
    expect(whole).toBeLessThan(Math.max(10 * quarter, 50));
  });
});

describe('numbers: docs/reference/numbers.md', () => {
  const page = readFileSync(new URL('../../../../docs/reference/numbers.md', import.meta.url), 'utf8');
  const lines = /```ts\n([^`]*)```/.exec(page)?.[1]?.trim().split('\n') ?? [];
  it.each(lines)('%s', (line) => {
    const [code = '', wanted = ''] = line.split(' // → ');
    const names = { parseNumber, certificateFamily, splitCertificateField, describeNumberPart, explainNumberPart };
    const evaluate = (text: string) => new Function(...Object.keys(names), `return ${text}`)(...Object.values(names));
    expect(evaluate(code)).toEqual(evaluate(wanted));
  });
  it('lists every format and every problem with its texts', () => {
    for (const format of NUMBER_FORMATS) expect(page).toContain(`| \`${format.id}\` | ${format.zh} |`);
    for (const [code, [zh, en]] of Object.entries(MESSAGES)) expect(page).toContain(`| \`${code}\` | ${zh} | ${en} |`);
  });
});

const reference = resolve(process.env.XIEDANG_REFERENCE ?? '../shared');
const facts = (name: string) => JSON.parse(readFileSync(`${reference}/facts/${name}.json`, 'utf8'));

describe.skipIf(!existsSync(`${reference}/facts/number-formats.json`))('numbers: reference folder', () => {
  interface Fact {
    id: string;
    regex: string | null;
    valid: { in: string }[];
    invalid: { in: string }[];
    source: { title: string; url: string; level: string } | { title: string; url: string; level: string }[];
  }
  it('has every format of the reference with the same pattern and the same firmness', () => {
    for (const fact of facts('number-formats').formats as Fact[]) {
      const format = findNumberFormat(fact.id);
      expect(format?.pattern?.source ?? null, fact.id).toBe(fact.regex);
      if (fact.id === 'announcement-number') continue;
      const sources = Array.isArray(fact.source) ? fact.source : [fact.source];
      expect(sourcesOfNumber(fact.id).map((s) => s.firmness)).toEqual(sources.map((s) => s.level));
      expect(sourcesOfNumber(fact.id).map((s) => s.url)).toEqual(sources.map((s) => s.url));
    }
  });
  it('judges every example of the reference, with the kind and without', () => {
    for (const fact of facts('number-formats').formats as Fact[]) {
      for (const { in: value } of fact.valid) {
        expect(parseNumber(fact.id, value).valid, value).toBe(true);
        expect(parseNumber(undefined, value)).toMatchObject({ valid: true, kind: fact.id });
      }
      for (const { in: value } of fact.invalid) expect(parseNumber(fact.id, value).valid, value).toBe(false);
    }
    for (const { code } of facts('consumable-codes').invalid_samples as { code: string }[]) {
      for (const kind of ['code20', 'code27', undefined]) expect(parseNumber(kind, code).valid, code).toBe(false);
    }
  });
  it('reads the real certificates: 153 devices, 9 medicines told apart', () => {
    const rows = readFileSync(`${reference}/data/nmpa-registrations-aesthetic/registrations.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { certificate_no: string; origin: string });
    const origins: Record<string, string> = { 国产: 'domestic', 进口: 'imported', 港澳台: 'hk-macao-taiwan' };
    let devices = 0;
    for (const { certificate_no, origin } of rows) {
      const result = parseNumber(undefined, certificate_no);
      if (result.valid) {
        devices++;
        expect(result.parts.origin, certificate_no).toBe(origins[origin]);
      } else expect(result.problems.map((p) => p.code)).toEqual(['medicine-number']);
    }
    expect([devices, rows.length - devices]).toEqual([153, 9]);
  });
  it('reads the real insurance codes and takes them apart as their rows say', () => {
    const rows = readFileSync(`${reference}/data/nhsa-consumables-sample/nhsa-consumables-head.csv`, 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    expect(rows).toHaveLength(77);
    for (const row of rows) {
      const [code = '', , l1 = '', l2 = '', l3 = '', generic = '', material = '', spec = ''] = row.split(',');
      const { valid, kind, parts } = parseNumber(undefined, code);
      expect({ valid, kind }).toEqual({ valid: true, kind: 'code20' });
      const { level1, level2, level3, genericName, specification } = parts;
      expect([level1, level2, level3, genericName, parts.material, specification]).toEqual(
        [l1, l2, l3, generic, material, spec].map((cell) => cell.split('-')[0]),
      );
    }
  });
});
