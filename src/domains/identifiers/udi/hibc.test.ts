import { describe, expect, it } from 'vitest';
import { hibcCheckCharacter } from './check-digits.ts';
import { parseUdi } from './parse-udi.ts';
import type { UdiForm } from './types.ts';

/** Adds the check character: the tests state data, not arithmetic. */
const code = (body: string) => body + (hibcCheckCharacter(body) as string);
const read = (input: string, form: UdiForm = 'hibc') => parseUdi(input, { form, refYear: 2026 });
const codes = (input: string, form?: UdiForm) =>
  read(input, form)
    .problems.filter((one) => one.severity === 'error')
    .map((one) => `${one.code}@${one.at}`);
/** A primary code whose check character is `check`. */
function withCheck(check: string): string {
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    for (let unit = 0; unit < 10; unit++) {
      const body = `+A123${letter}X${unit}`;
      if (hibcCheckCharacter(body) === check) return body;
    }
  }
  throw new Error(`no primary code with the check character ${check}`);
}

/** Reads secondary data behind the primary A123BJC5D6E71. */
const behind = (data: string) => read(code(`+A123BJC5D6E71/${data}`));

describe('primary', () => {
  it('is labeler, number of 1 to 18 characters, unit of measure and check character', () => {
    expect(read('+A123BJC5D6E71G')).toMatchObject({
      valid: true,
      lic: 'A123',
      pcn: 'BJC5D6E7',
      unitOfMeasure: 1,
      check: 'G',
    });
    expect(read(code('+A123X0')).valid).toBe(true);
    expect(read(code(`+A123${'X'.repeat(18)}9`))).toMatchObject({ valid: true, unitOfMeasure: 9 });
    expect(codes(code(`+A123${'X'.repeat(19)}9`))).toEqual(['hibc.length@1']);
    expect(codes(code('+A1239'))).toEqual(['hibc.length@1']);
    expect(codes(code('+A123XX'))).toEqual(['hibc.structure@6']);
    expect(codes(code('+A1-3XX1'))).toEqual(['hibc.structure@3']);
  });

  it('exposes the fields of a wrong check character', () => {
    expect(read('+A123BJC5D6E71H')).toMatchObject({ valid: false, di: 'A123BJC5D6E71', diKey: 'A123BJC5D6E71' });
    expect(codes('+A123BJC5D6E71H')).toEqual(['hibc.check@14']);
  });

  it('refuses lower case, the provider standard, and data without +', () => {
    expect(codes('+a123bjc5d6e71g')).toContain('hibc.charset@1');
    expect(codes(code('+/EU720060FF0'))).toEqual(['hibc.provider@1']);
    expect(codes('A123BJC5D6E71G')).toEqual(['hibc.start@0']);
    expect(codes('+')).toEqual(['hibc.structure@0']);
  });

  it('leaves the asterisks and the underscore of the printed text aside', () => {
    expect(read('*+A123BJC5D6E71G*')).toMatchObject({ valid: true, di: 'A123BJC5D6E71' });
    const blank = withCheck(' ');
    expect(read(`${blank} `).valid).toBe(true);
    expect(read(`${blank}_`).valid).toBe(true);
  });
});

describe('secondary data in one symbol with the primary', () => {
  it.each([
    ['$LOT', { lot: 'LOT', expiry: null }],
    ['$+SER', { serial: 'SER' }],
    ['$$0927L', { expiry: '2027-09', lot: 'L' }],
    ['$$1227', { expiry: '2027-12', lot: null }],
    ['$$2022827L', { expiry: '2027-02-28', lot: 'L' }],
    ['$$3270228L', { expiry: '2027-02-28', lot: 'L' }],
    ['$$427022823L', { expiry: '2027-02-28T23', lot: 'L' }],
    ['$$527059L', { expiry: '2027-02-28', lot: 'L' }],
    ['$$62705900L', { expiry: '2027-02-28T00', lot: 'L' }],
    ['$$7L', { expiry: null, lot: 'L' }],
    ['$$+3270228S1', { expiry: '2027-02-28', serial: 'S1', lot: null }],
    ['$$812', { quantity: 12 }],
    ['$$812$', { quantity: 12 }],
    ['$$9023453270228L', { quantity: 2345, expiry: '2027-02-28', lot: 'L' }],
    ['27059L', { expiry: '2027-02-28', lot: 'L' }],
    ['$$3270228L/S99/16D20260102/14D20270228/Q5', { serial: '99', manufactured: '2026-01-02', quantity: 5 }],
    ['$$0227L/14D20270228', { expiry: '2027-02-28' }],
    ['$L/$$+3270228S', { lot: 'L', serial: 'S', expiry: '2027-02-28' }],
    ['S99', { serial: '99' }],
    ['16D20260102', { manufactured: '2026-01-02' }],
  ])('%s', (data, fields) => {
    const result = behind(data);
    if (data !== '$$812$') expect(result.problems.filter((one) => one.severity === 'error')).toEqual([]);
    if (result.valid) expect(result).toMatchObject(fields);
    expect(result.di).toBe('A123BJC5D6E71');
  });

  it.each([
    ['$$1327L', 'hibc.date'],
    ['$$2023027L', 'hibc.date'],
    ['$$3270230L', 'hibc.date'],
    ['$$3270200L', 'hibc.date'],
    ['$$427022824L', 'hibc.date'],
    ['$$527366L', 'hibc.date'],
    ['$$527000L', 'hibc.date'],
    ['$$3270228', null],
    ['$$327022', 'hibc.structure'],
    ['$$', 'hibc.structure'],
    ['$$8', 'hibc.structure'],
    ['$$88', 'hibc.structure'],
    ['$$8AB', 'hibc.structure'],
    ['$$8128', 'hibc.structure'],
    ['$$+812L', 'hibc.structure'],
    ['2705', 'hibc.structure'],
    [`$${'L'.repeat(19)}`, 'hibc.length'],
    [`$+${'S'.repeat(19)}`, 'hibc.length'],
    [`$L/S${'S'.repeat(19)}`, 'hibc.length'],
    ['$L/99Z', 'hibc.structure'],
    ['$L/S', 'hibc.structure'],
    ['$L/16D20261301', 'hibc.date'],
    ['$L/16D2026', 'hibc.structure'],
    ['$L/QX', 'hibc.structure'],
    ['$L/', 'hibc.structure'],
    ['', 'hibc.structure'],
  ])('%s: %s', (data, problem) => {
    expect(behind(data).problems.map((one) => one.code)).toEqual(problem === null ? [] : [problem]);
  });

  it('cuts the check character before it splits at /', () => {
    expect(read('+Z999009993020351/$$5052713C001/')).toMatchObject({ valid: true, lot: '3C001' });
  });

  it('takes day 366 in leap years only', () => {
    expect(behind('$$528366L')).toMatchObject({ valid: true, expiry: '2028-12-31' });
  });
});

describe('secondary alone and several symbols in a row', () => {
  const primary = '+A123BJC5D6E71G';
  const secondary = (data: string, link = 'G') => code(`+${data}${link}`);

  it('carries the link character of its primary before its own check character', () => {
    expect(read(secondary('$$3270228L'), 'hibc-secondary')).toMatchObject({
      valid: true,
      lot: 'L',
      link: 'G',
      di: null,
      form: 'hibc-secondary',
    });
    expect(codes(`${secondary('$$3270228L').slice(0, -1)}?`, 'hibc-secondary')).toContain('hibc.charset@12');
    expect(codes(primary, 'hibc-secondary')).toEqual(['hibc.structure@0']);
  });

  it('checks links against the primary', () => {
    expect(read(primary + secondary('$$3270228L'), 'hibc-multi')).toMatchObject({
      valid: true,
      di: 'A123BJC5D6E71',
      lot: 'L',
      form: 'hibc-multi',
    });
    const wrong = read(primary + secondary('$$3270228L', 'H'), 'hibc-multi');
    expect(wrong).toMatchObject({ valid: false, di: 'A123BJC5D6E71', lot: 'L' });
    expect(wrong.problems.map((one) => [one.code, one.at])).toEqual([['hibc.link', 26]]);
  });

  it('does not pass over what stands before the first symbol', () => {
    expect(codes(`undefined${primary}${secondary('$LOT')}`)).toContain('hibc.start@0');
  });

  it('reads any order, more than two symbols, and line ends between them', () => {
    expect(read(secondary('$LOT') + primary)).toMatchObject({ valid: true, di: 'A123BJC5D6E71', lot: 'LOT' });
    expect(read(primary + secondary('$LOT') + secondary('$+SER'))).toMatchObject({
      valid: true,
      lot: 'LOT',
      serial: 'SER',
    });
    expect(read(`${primary}\r\n${secondary('$LOT')}\r\n`)).toMatchObject({ valid: true, lot: 'LOT' });
  });

  it('is not misled by + as check or link character', () => {
    const plus = withCheck('+');
    expect(read(`${plus}+${secondary('$+SER', '+')}`)).toMatchObject({ valid: true, serial: 'SER', lic: 'A123' });
  });
});

describe('device identifiers as registries store them', () => {
  it.each(['A123BJC5D6E71', 'A123BJC5D6E71G', '+A123BJC5D6E71G', '+A123BJC5D6E71'])('%s has the same key', (input) => {
    expect(read(input, 'hibc-di')).toMatchObject({ valid: true, diKey: 'A123BJC5D6E71', di: 'A123BJC5D6E71' });
  });

  it('tells a wrong check character from a plain number', () => {
    expect(read('A123BJC5D6E71H', 'hibc-di')).toMatchObject({ valid: false, diKey: 'A123BJC5D6E71' });
    expect(codes('00841523106431', 'hibc-di')).toEqual(['hibc.structure@0']);
    expect(codes('A1', 'hibc-di')).toEqual(['hibc.length@0']);
  });

  it('says when the last digit may be either', () => {
    const result = read('A999123457', 'hibc-di');
    expect(result).toMatchObject({ valid: true, diKey: 'A99912345' });
    expect(result.problems.map((one) => one.code)).toEqual(['hibc.ambiguous-check']);
  });
});
