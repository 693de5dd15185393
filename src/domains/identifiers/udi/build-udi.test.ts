import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AI_ENTRIES } from './ai-table.ts';
import { buildUdi } from './build-udi.ts';
import { gs1CheckDigit, hibcCheckCharacter, maCheckDigit, ppnCheckDigits } from './check-digits.ts';
import { daysInMonth, dayText } from './dates.ts';
import { parseUdi } from './parse-udi.ts';
import type { BuildUdiSpec, UdiForm } from './types.ts';

const refYear = 2026;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const SMALL = LETTERS.toLowerCase();

const text = (characters: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...characters), { minLength, maxLength }).map((chars) => chars.join(''));
const number = (length: number) => text(DIGITS, length, length);
const upper = (min: number, max: number) => text(LETTERS + DIGITS, min, max);
const cset82 = (max: number) => text(`!"%&'()*+,-./:;<=>?_${LETTERS}${SMALL}${DIGITS}`, 1, max);
const day = fc
  .tuple(fc.integer({ min: 1977, max: 2076 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map(([year, month, d]) => dayText(year, month, Math.min(d, daysInMonth(year, month))));
const gtin = number(13).map((body) => body + gs1CheckDigit(body));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

/** Builds, reads, builds again from what was read: the text must be the same, and the fields those given. */
function expectInverse(spec: BuildUdiSpec): void {
  const built = buildUdi({ ...spec, refYear });
  expect(built.problems.filter((one) => one.severity === 'error')).toEqual([]);
  const read = parseUdi(built.text, { form: built.form as UdiForm, refYear });
  expect(read.valid).toBe(true);
  for (const field of [
    'di',
    'lot',
    'serial',
    'expiry',
    'manufactured',
    'quantity',
    'donationId',
    'mphoLot',
    'sterilizationLot',
  ] as const) {
    const given = spec[field];
    if (given !== null && given !== undefined) expect(read[field], field).toBe(given);
  }
  expect(buildUdi({ ...read, refYear }).text).toBe(built.text);
}

describe('build(parse(x)) = x', () => {
  it.each<UdiForm>(['element', 'bracketed', 'digital-link', 'scan'])('GS1, %s', (form) => {
    const spec = fc.record({
      agency: fc.constant('GS1' as const),
      form: fc.constant(form),
      di: gtin,
      lot: maybe(cset82(20)),
      serial: maybe(cset82(20)),
      expiry: maybe(day),
      manufactured: maybe(day),
      quantity: maybe(fc.integer({ min: 0, max: 99_999_999 })),
      symbology: fc.constantFrom(']d2', ']C1', ']Q3', ']Q1'),
      stem: fc.constantFrom('https://id.gs1.org', 'https://example.cn/p/q'),
    });
    fc.assert(fc.property(spec, expectInverse));
  });

  it('GS1, any element strings of AIs without further tests', () => {
    const plain = AI_ENTRIES.filter((entry) =>
      entry.components.every((part) => part.linters.length === 0 && !part.base64 && !part.optional),
    );
    const element = fc.constantFrom(...plain).chain((entry) => {
      const parts = entry.components.map((part) =>
        part.mask === 1 ? text(DIGITS, part.min, part.max) : upper(part.min, part.max),
      );
      return fc.tuple(...parts).map((values): [string, string] => [entry.ai, values.join('')]);
    });
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 6 }), (elements) => {
        const built = buildUdi({ agency: 'GS1', elements, refYear });
        expect(parseUdi(built.text, { form: 'element', refYear }).elements).toEqual(elements);
        expect(parseUdi(built.bracketed as string, { form: 'bracketed', refYear }).elements).toEqual(elements);
      }),
    );
  });

  it('GS1, bare GTIN and retail scans keep their length', () => {
    fc.assert(
      fc.property(fc.constantFrom(8, 12, 13, 14), fc.nat({ max: 9_999_999 }), (length, seed) => {
        const body = String(seed).padStart(length - 1, '1');
        const code = body + gs1CheckDigit(body);
        expect(buildUdi(parseUdi(code, { form: 'gtin' })).text).toBe(code);
      }),
    );
    for (const code of [']E06901234567892', ']E496385074', ']E06901234567892|]e010L\u001d21S']) {
      expect(buildUdi(parseUdi(code, { form: 'scan', refYear })).text).toBe(code);
    }
  });

  const hibcDi = fc
    .tuple(fc.constantFrom(...LETTERS), upper(3, 3), upper(1, 18), number(1))
    .map((parts) => parts.join(''));
  const hibcText = text(`${LETTERS}${DIGITS}-. `, 1, 18);

  it.each<UdiForm>(['hibc', 'hibc-multi'])('HIBCC, %s', (form) => {
    const spec = fc.record({
      agency: fc.constant('HIBCC' as const),
      form: fc.constant(form),
      di: hibcDi,
      lot: maybe(form === 'hibc-multi' ? hibcText.map((lot) => lot.replaceAll(' ', 'X')) : hibcText),
      serial: form === 'hibc-multi' ? fc.constant(null) : maybe(hibcText),
      expiry: maybe(
        fc.oneof(
          day,
          day.map((one) => one.slice(0, 7)),
          day.map((one) => `${one}T07`),
        ),
      ),
      manufactured: form === 'hibc-multi' ? fc.constant(null) : maybe(day),
      quantity: maybe(fc.integer({ min: 0, max: 99_999 })),
    });
    fc.assert(
      fc.property(spec, (one) => {
        // a secondary symbol must hold something
        if (form === 'hibc-multi' && one.lot === null && one.expiry === null && one.quantity === null) return;
        expectInverse(one);
      }),
    );
  });

  it('HIBCC, secondary alone', () => {
    for (const data of ['$$3270228L', '$L', '$+S', '$$+0927S', '27059L', '$$8120927L', '$$900100']) {
      const body = `+${data}G`;
      const code = body + hibcCheckCharacter(body);
      const read = parseUdi(code, { form: 'hibc-secondary', refYear });
      expect(read.valid, code).toBe(true);
      expect(buildUdi({ ...read, refYear }).text).toBe(code);
    }
  });

  it('ICCBBA', () => {
    const spec = fc.record({
      agency: fc.constant('ICCBBA' as const),
      di: upper(16, 16),
      serial: maybe(upper(6, 6)),
      donationId: maybe(fc.tuple(fc.constantFrom(...'ABCNPZ19'), upper(14, 14)).map((parts) => parts.join(''))),
      expiry: maybe(day),
      manufactured: maybe(day),
      mphoLot: maybe(upper(18, 18)),
    });
    fc.assert(fc.property(spec, expectInverse));
    expectInverse({ agency: 'ICCBBA', di: '1TE123456A', lot: 'RZ12345678' });
  });

  it('IFA', () => {
    const spec = fc.record({
      agency: fc.constant('IFA' as const),
      di: fc
        .tuple(fc.constantFrom('12', '13', '14'), upper(1, 18))
        .map(([pra, body]) => pra + body + ppnCheckDigits(pra + body)),
      lot: maybe(text(`${LETTERS}${SMALL}${DIGITS}-_`, 1, 20)),
      serial: maybe(text(`${LETTERS}${SMALL}${DIGITS}-_`, 1, 20)),
      expiry: maybe(day),
      manufactured: maybe(day),
    });
    fc.assert(fc.property(spec, expectInverse));
    expectInverse({ agency: 'IFA', form: 'ppn-code', di: '110375286414' });
    expectInverse({ agency: 'IFA', di: '06901234567892', lot: 'L' });
  });

  it('MA', () => {
    const value = text(`${LETTERS}${SMALL}${DIGITS}-`, 1, 20);
    const spec = fc.record({
      agency: fc.constant('MA' as const),
      di: fc.tuple(number(6), text(LETTERS + SMALL + DIGITS, 7, 12)).map(([registrant, product]) => {
        const body = `MA.156.M0.${registrant}.${product}`;
        return body + maCheckDigit(body);
      }),
      lot: maybe(value),
      serial: maybe(value),
      sterilizationLot: maybe(value),
      expiry: maybe(day),
      manufactured: maybe(day),
      withCheck: fc.boolean(),
    });
    fc.assert(fc.property(spec, expectInverse));
  });

  it('AHM', () => {
    expect(buildUdi({ agency: 'AHM', di: 'whatever' })).toMatchObject({ valid: true, text: 'whatever' });
  });
});

describe('building', () => {
  it('works out check digits', () => {
    expect(buildUdi({ agency: 'GS1', diBody: '690123456789' }).di).toBe('06901234567892');
    expect(buildUdi({ agency: 'HIBCC', di: 'A123BJC5D6E71' }).text).toBe('+A123BJC5D6E71G');
    expect(buildUdi({ agency: 'IFA', diBody: '1103752864', form: 'ppn-code' }).text).toBe('110375286414');
    expect(buildUdi({ agency: 'MA', diBody: 'MA.156.M0.100011.2cscp02' }).text).toBe('MA.156.M0.100011.2cscp023');
  });

  it('gives all writings of GS1 data', () => {
    expect(
      buildUdi({ agency: 'GS1', di: '06901234567892', lot: 'A(1', serial: 'S', expiry: '2027-02', refYear }),
    ).toMatchObject({
      text: '01069012345678921727020010A(1\u001d21S',
      bracketed: '(01)06901234567892(17)270200(10)A\\(1(21)S',
      digitalLink: 'https://id.gs1.org/01/06901234567892/10/A%281/21/S?17=270200',
    });
  });

  it.each<[BuildUdiSpec, string]>([
    [{ agency: null }, 'build.agency'],
    [{ agency: 'GS1' }, 'build.di'],
    [{ agency: 'GS1', di: '06901234567893' }, 'gs1.check-digit'],
    [{ agency: 'GS1', di: '06901234567892', donationId: 'X' }, 'build.field'],
    [{ agency: 'GS1', di: '06901234567892', expiry: '2027-02-29' }, 'build.date'],
    [{ agency: 'GS1', di: '06901234567892', expiry: '1970-02-01' }, 'build.date'],
    [{ agency: 'GS1', di: '06901234567892', expiry: 'soon' }, 'build.date'],
    [{ agency: 'GS1', di: '06901234567892', lot: 'A B' }, 'gs1.charset'],
    [{ agency: 'HIBCC', di: 'a123', lot: 'x' }, 'hibc.charset'],
    [{ agency: 'HIBCC', di: 'A123BJC5D6E71', expiry: '2027-02-01T10:30' }, 'build.date'],
    [{ agency: 'ICCBBA', di: 'A9999XYZ100T0944', lot: 'X' }, 'build.field'],
    [{ agency: 'IFA', di: '110375286415' }, 'ifa.check-digits'],
    [{ agency: 'MA', di: 'MA.156.M0.100011.2cscp023', quantity: 2 }, 'build.field'],
  ])('%j: %s', (spec, code) => {
    const built = buildUdi({ ...spec, refYear });
    expect(built.valid).toBe(false);
    expect(built.problems.map((one) => one.code)).toContain(code);
  });
});
