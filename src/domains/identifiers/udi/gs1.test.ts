import { describe, expect, it } from 'vitest';
import { gs1CheckDigit, gs1CheckPair, gtinCheckDigitOk } from './check-digits.ts';
import { fullYear } from './dates.ts';
import { parseUdi } from './parse-udi.ts';
import type { UdiForm, UdiOptions } from './types.ts';

const GTIN = '06901234567892';
const read = (input: string, form: UdiForm = 'element', options: UdiOptions = {}) =>
  parseUdi(input, { form, refYear: 2026, options });
const codes = (input: string, form?: UdiForm, options?: UdiOptions) =>
  read(input, form, options)
    .problems.filter((one) => one.severity === 'error')
    .map((one) => `${one.code}@${one.at}`);
const warnings = (input: string, form?: UdiForm) =>
  read(input, form)
    .problems.filter((one) => one.severity === 'warning')
    .map((one) => one.code);

describe('element strings', () => {
  it('needs a separator after a value without predefined length unless it is the last', () => {
    expect(read(`01${GTIN}10LOT\u001d21S`)).toMatchObject({ valid: true, lot: 'LOT', serial: 'S' });
    // without the separator the serial is part of the lot
    expect(read(`01${GTIN}10LOT21S`)).toMatchObject({ valid: true, lot: 'LOT21S', serial: null });
  });

  it('tolerates one superfluous separator after a predefined length and at the very end', () => {
    expect(read(`01${GTIN}\u001d17270228\u001d10L\u001d`).valid).toBe(true);
    expect(codes(`01${GTIN}\u001d\u001d10L`)).toEqual(['gs1.unknown-ai@17']);
    expect(codes(`\u001d01${GTIN}`)).toEqual(['gs1.unknown-ai@0']);
    expect(codes(`01${GTIN}10L\u001d\u001d`)).toEqual(['gs1.unknown-ai@20']);
  });

  it('refuses a separator instead of data', () => {
    expect(codes(`01${GTIN}10\u001d21S`)).toEqual(['gs1.empty-value@18']);
    expect(codes('0106901234\u001d10L')).toEqual(['gs1.too-short@2']);
  });

  it('holds values to their length', () => {
    expect(read(`10${'A'.repeat(20)}`).valid).toBe(true);
    expect(codes(`10${'A'.repeat(21)}`)).toEqual(['gs1.too-long@22']);
    expect(codes('10')).toEqual(['gs1.empty-value@2']);
    expect(codes('3012345678\u001d10A')).toEqual([]);
    expect(codes('30123456789')).toEqual(['gs1.too-long@10']);
    expect(codes('201')).toEqual(['gs1.too-short@2']);
    expect(read(`90${'A'.repeat(30)}`).valid).toBe(true);
    expect(read(`99${'A'.repeat(90)}`).valid).toBe(true);
    expect(read(`99${'A'.repeat(91)}`).valid).toBe(false);
  });

  it('takes CSET 82 and nothing else', () => {
    expect(read('91!"%&\'()*+,-./09:;<=>?AZ_az').valid).toBe(true);
    for (const char of ' #$@[\\]^`{|}~é中\u0000\u007f') expect(codes(`10A${char}B`), char).toEqual(['gs1.charset@3']);
  });

  it('stops at an unknown AI, for its length cannot be known, and keeps what came before', () => {
    const result = read(`01${GTIN}0512345`);
    expect(result).toMatchObject({ valid: false, di: GTIN });
    expect(result.problems[0]).toMatchObject({ code: 'gs1.unknown-ai', at: 16 });
    expect(codes('')).toEqual(['input.empty@0']);
  });

  it('exposes the elements of a wrong code', () => {
    const result = read('010690123456789317271301\u001d10LOT');
    expect(result).toMatchObject({ valid: false, di: '06901234567893', lot: 'LOT', expiry: null });
    expect(result.elements).toEqual([
      ['01', '06901234567893'],
      ['17', '271301'],
      ['10', 'LOT'],
    ]);
    expect(result.problems.map((one) => [one.code, one.at])).toEqual([
      ['gs1.check-digit', 15],
      ['gs1.date', 20],
    ]);
  });

  it('reads the parts of composed values', () => {
    expect(read('7007260101260131').valid).toBe(true);
    expect(codes('70072601012601')).toEqual(['gs1.too-short@4']);
    expect(codes('7007260101260132')).toEqual(['gs1.date@14']);
    expect(read('70112601011530').valid).toBe(true);
    expect(codes('70112601012460')).toEqual(['gs1.date@10']);
    expect(read('70032601011530')).toMatchObject({ valid: true, expiry: '2026-01-01T15:30' });
    expect(codes('70032601001530')).toEqual(['gs1.date@8']);
    expect(read('422156').valid).toBe(true);
    expect(codes('422000')).toEqual(['gs1.value@3']);
    expect(read(`8006${GTIN}0102`)).toMatchObject({ valid: true, di: GTIN });
    expect(codes(`8006${GTIN}0302`)).toEqual(['gs1.value@18']);
    expect(codes('72502000022')).toEqual(['gs1.too-short@4']);
    expect(codes('725020000230')).toEqual(['gs1.date@10']);
  });

  it('checks the pair of a GMN and says that it does not belong on a label', () => {
    expect(gs1CheckPair('1987654Ad4X4bL5ttr2310c')).toBe('2K');
    expect(warnings('80131987654Ad4X4bL5ttr2310c2K')).toContain('gs1.gmn');
    expect(codes('80131987654Ad4X4bL5ttr2310c2L')).toEqual(['gs1.check-digit@27']);
  });
});

describe('dates', () => {
  it('day 00 is the last day of the month, leap years included, and is said', () => {
    expect(read('15200200').valid).toBe(true);
    expect(read('17280200')).toMatchObject({ expiry: '2028-02-29', dayNotGiven: ['expiry'] });
    expect(read('17270200').expiry).toBe('2027-02-28');
    expect(warnings('17280200')).toContain('gs1.day-not-given');
  });

  it.each([
    [76, 2026, 2076],
    [77, 2026, 1977],
    [26, 2026, 2026],
    [99, 2026, 1999],
    [0, 2026, 2000],
    [49, 2099, 2149],
    [50, 2099, 2050],
    [50, 2000, 2050],
    [51, 2000, 1951],
    [0, 1960, 2000],
    [9, 1960, 2009],
    [10, 1960, 2010],
    [11, 1960, 1911],
  ])('two digits %i seen from %i are %i', (yy, refYear, year) => {
    expect(fullYear(yy, refYear)).toBe(year);
  });

  it.each(['270229', '270001', '271301', '270132', '270431', '2X0101'])('refuses %s', (date) => {
    expect(read(`17${date}`)).toMatchObject({ valid: false, expiry: null });
  });

  it('takes the current year without a reference year and ignores an absurd one', () => {
    const year = new Date(Date.now() + 28_800_000).getUTCFullYear();
    const code = `17${String(year % 100).padStart(2, '0')}0101`;
    expect(parseUdi(code, { form: 'element' }).expiry).toBe(`${year}-01-01`);
    expect(parseUdi(code, { form: 'element', refYear: Number.NaN }).expiry).toBe(`${year}-01-01`);
  });
});

describe('bracketed text', () => {
  it('reads an escaped opening bracket as data; a closing one needs no sign', () => {
    expect(read('(10)12345\\(11)991225', 'bracketed').lot).toBe('12345(11)991225');
    expect(read('(10)A)B(21)S', 'bracketed')).toMatchObject({ valid: true, lot: 'A)B', serial: 'S' });
  });

  it('counts places in the text as given', () => {
    expect(codes('(10)A\\(B#C', 'bracketed')).toEqual(['gs1.charset@8']);
    expect(codes('(01)0690123456789(10)A', 'bracketed')).toEqual(['gs1.too-short@4']);
    expect(codes(`(01)${GTIN} (10)A`, 'bracketed')).toEqual(['gs1.too-long@18']);
    expect(codes('(10)A (21)B', 'bracketed')).toEqual(['gs1.charset@5']);
    expect(codes('(12345)1', 'bracketed')).toEqual(['gs1.unknown-ai@1']);
    expect(codes('()1', 'bracketed')).toEqual(['gs1.unknown-ai@1']);
    expect(codes('10(10)A', 'bracketed')).toEqual(['gs1.bracket@0']);
  });
});

describe('scanner output', () => {
  it.each([']C1', ']d2', ']Q3', ']J1', ']e0'])('%s is followed by an element string', (symbology) => {
    expect(read(`${symbology}01${GTIN}10L`, 'scan')).toMatchObject({ valid: true, di: GTIN, lot: 'L', symbology });
    expect(codes(symbology, 'scan')).toEqual(['input.empty@3']);
  });

  it('reads EAN-13 and EAN-8 with their check digit, and a composite component after them', () => {
    expect(read(']E06901234567892', 'scan').elements).toEqual([['01', GTIN]]);
    expect(read(']E496385074', 'scan').di).toBe('00000096385074');
    expect(read(']E06901234567892|]e010L\u001d21S', 'scan')).toMatchObject({
      valid: true,
      di: GTIN,
      lot: 'L',
      serial: 'S',
    });
    expect(codes(']E06901234567893', 'scan')).toEqual(['gs1.check-digit@15']);
    expect(codes(']E06901234567892|]e0', 'scan')).toEqual(['input.empty@20']);
  });

  it('reads a Digital Link in ordinary QR, Data Matrix and DotCode data', () => {
    for (const symbology of [']d1', ']Q1', ']J0']) {
      expect(read(`${symbology}https://id.gs1.org/01/${GTIN}`, 'scan')).toMatchObject({ valid: true, di: GTIN });
      expect(read(`${symbology}TESTING`, 'scan').valid).toBe(false);
    }
  });

  it('refuses other symbologies for GS1 data, and reads other agencies behind them', () => {
    expect(codes(`]C0${GTIN}`, 'scan')).toEqual(['gs1.symbology@0']);
    expect(read(']C0+A123BJC5D6E71G', 'scan')).toMatchObject({ valid: true, agency: 'HIBCC', di: 'A123BJC5D6E71' });
  });
});

describe('GTIN', () => {
  it.each([
    ['96385074', '00000096385074'],
    ['036000291452', '00036000291452'],
    ['6901234567892', GTIN],
    [GTIN, GTIN],
    [' 6901234567892\r\n', GTIN],
  ])('%j is kept with 14 digits', (input, di) => {
    expect(read(input, 'gtin')).toMatchObject({ valid: true, di, diKey: di, elements: [['01', di]] });
  });

  it('tells length, characters and check digit apart', () => {
    expect(codes('690123456789', 'gtin')).toEqual(['gs1.check-digit@11']);
    expect(codes('69012345678', 'gtin')).toEqual(['gs1.gtin-length@0']);
    expect(codes('690123456789x', 'gtin')).toEqual(['gs1.charset@12']);
    expect(gs1CheckDigit('0690123456789')).toBe(2);
    expect(gs1CheckDigit('')).toBe(-1);
    const bytes = new TextEncoder().encode(`x${GTIN}y`);
    expect(gtinCheckDigitOk(bytes, 1, 15)).toBe(true);
    expect(gtinCheckDigitOk(bytes, 0, 14)).toBe(false);
  });
});

describe('associations', () => {
  it('are warnings by default and errors with the option strict', () => {
    expect(read('10L')).toMatchObject({ valid: true, lot: 'L' });
    expect(warnings('10L')).toEqual(['gs1.required']);
    expect(codes('10L', 'element', { strict: true })).toEqual(['gs1.required@2']);
  });

  it.each([
    [`(01)${GTIN}(21)S(235)X`, 'gs1.excluded'],
    [`(01)${GTIN}(37)5`, 'gs1.excluded'],
    [`(01)${GTIN}(02)${GTIN}(37)5`, 'gs1.excluded'],
    [`(02)${GTIN}`, 'gs1.required'],
    [`(01)${GTIN}(250)A`, 'gs1.required'],
    [`(22)A(10)B`, 'gs1.required'],
    [`(01)${GTIN}(10)A(10)B`, 'gs1.repeated'],
    [`(01)${GTIN}(3100)000001(3101)000001`, 'gs1.excluded'],
    [`(01)${GTIN}(3920)15`, 'gs1.required'],
    ['(8003)01234567890128(8030)A', 'gs1.serial-component'],
    [`(8006)${GTIN}0102(8030)A`, 'gs1.required'],
  ])('%s: %s', (input, code) => {
    expect(read(input, 'bracketed', { strict: true }).problems.map((one) => one.code)).toContain(code);
    expect(read(input, 'bracketed').valid).toBe(true);
  });

  it.each([
    `(01)${GTIN}(10)A(10)A`,
    `(02)${GTIN}(37)5(00)123456789012345675`,
    `(01)${GTIN}(250)A(21)S`,
    `(01)${GTIN}(3100)000001(3920)15`,
    `(01)${GTIN}(8012)V1`,
    '(8003)01234567890128X(8030)A',
  ])('%s stands together', (input) => {
    expect(read(input, 'bracketed', { strict: true }).problems).toEqual([]);
  });
});
