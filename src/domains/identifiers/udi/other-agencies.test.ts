import { describe, expect, it } from 'vitest';
import { maCheckDigit, ppnCheckDigits } from './check-digits.ts';
import { parseUdi } from './parse-udi.ts';
import type { UdiForm } from './types.ts';

const read = (input: string, form?: UdiForm) => parseUdi(input, { form, refYear: 2026 });
const codes = (input: string, form?: UdiForm) =>
  read(input, form)
    .problems.filter((one) => one.severity === 'error')
    .map((one) => one.code);

describe('ICCBBA, ISBT 128', () => {
  const all = '=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123';

  it('reads the structures alone and as a compound message', () => {
    for (const text of [all, `=+06000${all}`]) {
      expect(read(text)).toMatchObject({
        valid: true,
        agency: 'ICCBBA',
        di: 'A9999XYZ100T0944',
        serial: '000025',
        donationId: 'A99971312345600',
        expiry: '2014-02-01',
        manufactured: '2013-02-01',
        mphoLot: '000000000000XYZ123',
      });
    }
  });

  it('counts what the header announces', () => {
    expect(codes(`=+05000${all}`)).toEqual(['isbt.count']);
    expect(codes('=/A9999XYZ100T0944=+01000')).toContain('isbt.structure');
  });

  it('reads container and centuries', () => {
    expect(read('=)1TE123456A&)RZ12345678')).toMatchObject({
      valid: true,
      di: '1TE123456A',
      lot: 'RZ12345678',
      container: true,
    });
    expect(read('=/A9999XYZ100T0944=>999365').expiry).toBe('1999-12-31');
    expect(codes('=/A9999XYZ100T0944=>514032')).toEqual(['isbt.date']);
    expect(codes('=/A9999XYZ100T0944=>014366')).toEqual(['isbt.date']);
    expect(read('=/A9999XYZ100T0944=>016366').expiry).toBe('2016-12-31');
  });

  it.each([
    ['=,000025', 'isbt.no-di'],
    ['=A99971312345600', 'isbt.no-di'],
    ['=/A9999XYZ100T09=>014032', 'isbt.charset'],
    ['=/A9999XYZ100T0944=O99971312345600', 'isbt.structure'],
    ['=/A9999XYZ100T0944=099971312345600', 'isbt.structure'],
    ['=/A9999XYZ100T0944=<E0291V00', 'isbt.structure'],
    ['=/A9999XYZ100t0944', 'isbt.charset'],
  ])('%s: %s', (input, code) => {
    expect(codes(input)).toContain(code);
  });
});

describe('IFA, PPN', () => {
  const envelope = (...fields: string[]) => `[)>\u001e06\u001d${fields.join('\u001d')}\u001e\u0004`;

  it('computes check digits over PPN and Basic UDI-DI', () => {
    expect(ppnCheckDigits('1103752864')).toBe('14');
    expect(read('110375286414', 'ppn-code').problems).toEqual([]);
    expect(read('PP12345ABCD.12345678.9004', 'ppn-code')).toMatchObject({
      valid: true,
      di: 'PP12345ABCD.12345678.9004',
    });
    expect(codes('110375286415', 'ppn-code')).toEqual(['ifa.check-digits']);
  });

  it.each([
    ['abc', 'ifa.length'],
    [`13${'A'.repeat(30)}00`, 'ifa.length'],
    ['13ABC#00', 'ifa.charset'],
    ['13abc00', 'ifa.charset'],
    ['11ABC00', 'ifa.structure'],
    ['PPX2345AB00', 'ifa.structure'],
  ])('%s: %s', (input, code) => {
    expect(codes(input, 'ppn-code')).toContain(code);
  });

  it('reads the fields of the envelope in any order', () => {
    const result = read(envelope('S12345ABCDEF98765', 'D150617', '1T12345ABCD', '9N110375286414', '16D20140617'));
    expect(result).toMatchObject({
      valid: true,
      agency: 'IFA',
      form: 'ppn',
      di: '110375286414',
      lot: '12345ABCD',
      serial: '12345ABCDEF98765',
      expiry: '2015-06-17',
      manufactured: '2014-06-17',
    });
  });

  it.each([
    [envelope('9N110375286414', `1T${'A'.repeat(21)}`), 'ifa.length'],
    [envelope('9N110375286414', '1TA#B'), 'ifa.charset'],
    [envelope('9N110375286414', '1T'), 'ifa.length'],
    [envelope('9N110375286414', 'D150631'), 'ifa.date'],
    [envelope('9N110375286414', '16D150630'), 'ifa.date'],
    [envelope('9N110375286414', '8P06901234567892'), 'ifa.two-dis'],
    [envelope('8P06901234567893'), 'ifa.check-digits'],
    [envelope('1TLOT'), 'ifa.no-di'],
    [envelope('9N110375286414', ''), 'ifa.structure'],
    ['[)>\u001e06\u001d9N110375286414\u0004', 'ifa.envelope'],
    ['[)>\u001e05\u001d9N110375286414\u001e\u0004', 'ifa.envelope'],
  ])('%j: %s', (input, code) => {
    expect(codes(input)).toContain(code);
    expect(read(input).agency).toBe('IFA');
  });

  it('shows what it could read of a broken envelope', () => {
    expect(read('[)>\u001e06\u001d9N110375286414\u001d1TL')).toMatchObject({
      valid: false,
      di: '110375286414',
      lot: 'L',
    });
  });

  it('passes over data identifiers of others', () => {
    const result = read(envelope('9N110375286414', '27Q991'));
    expect(result.valid).toBe(true);
    expect(result.problems.map((one) => one.code)).toEqual(['ifa.unknown-field']);
  });

  it('takes day 00 as the month', () => {
    expect(read(envelope('9N110375286414', 'D150600'))).toMatchObject({
      expiry: '2015-06-30',
      dayNotGiven: ['expiry'],
    });
  });
});

describe('MA', () => {
  const di = 'MA.156.M0.100204.13351764';

  it('keeps E and V apart; expiry is E, else V', () => {
    expect(read(`${di}.E260228.V260227`)).toMatchObject({ valid: true, expiry: '2026-02-28', useBy: '2026-02-27' });
    expect(read(`${di}.V20260227`)).toMatchObject({ valid: true, expiry: '2026-02-27', useBy: '2026-02-27' });
    expect(read(`${di}.P190101.Sabc.LX-1.D9`)).toMatchObject({
      manufactured: '2019-01-01',
      serial: 'abc',
      lot: 'X-1',
      sterilizationLot: '9',
    });
  });

  it('tests check characters for information only', () => {
    expect(maCheckDigit('MA.156.M0.100011.2cscp02')).toBe(3);
    expect(read(di)).toMatchObject({ valid: true, diCheckOk: true });
    const wrong = read(`${di.slice(0, -1)}5.LX.C0`);
    expect(wrong).toMatchObject({ valid: true, diCheckOk: false, piCheckOk: false });
    expect(wrong.problems.map((one) => [one.code, one.severity])).toEqual([
      ['ma.check', 'warning'],
      ['ma.check', 'warning'],
    ]);
  });

  it.each([
    ['ma.156.M0.100204.13351764', 'ma.head'],
    ['MA.15.M0.100204.13351764', 'ma.structure'],
    ['MA.156.M00.100204.13351764', 'ma.structure'],
    ['MA.156.M0.10020.13351764', 'ma.structure'],
    ['MA.156.M0.100204.1335176', 'ma.structure'],
    ['MA.156.M0.100204', 'ma.structure'],
    [`${di}.`, 'ma.empty-unit'],
    [`${di}.L`, 'ma.empty-unit'],
    [`${di}..LX`, 'ma.empty-unit'],
    [`${di}.X1`, 'ma.unknown-unit'],
    [`${di}.l1`, 'ma.unknown-unit'],
    [`${di}.E270229`, 'ma.date'],
    [`${di}.E2702281`, 'ma.date'],
    [`${di}.M20261301`, 'ma.date'],
    [`${di}.C1.LX`, 'ma.check-last'],
    [`${di}.L中`, 'ma.charset'],
    [`${di}.LA B`, 'ma.charset'],
  ])('%s: %s', (input, code) => {
    expect(codes(input, 'ma')).toContain(code);
  });

  it('takes longer product codes and other countries, and says when the industry is another', () => {
    expect(read('MA.156.M0.100204.1ABCDEFGHIJ5').valid).toBe(true);
    expect(read('MA.156.K3.100204.13351764').problems.map((one) => one.code)).toContain('ma.industry');
  });
});

describe('detection by the first characters', () => {
  it.each([
    ['+A123BJC5D6E71G', 'HIBCC', 'hibc'],
    ['=)1TE123456A', 'ICCBBA', 'isbt128'],
    ['&)RZ12345678=)1TE123456A', 'ICCBBA', 'isbt128'],
    ['MA.156.M0.100204.13351764', 'MA', 'ma'],
    ['HTTPS://a/01/06901234567892', 'GS1', 'digital-link'],
    ['(01)06901234567892', 'GS1', 'bracketed'],
    ['6901234567892', 'GS1', 'gtin'],
    ['0106901234567892', 'GS1', 'element'],
    ['17270228', 'GS1', 'element'],
    [']d20106901234567892', 'GS1', 'scan'],
    [']C0+A123BJC5D6E71G', 'HIBCC', 'hibc'],
    [']d1[)>\u001e06\u001d9N110375286414\u001e\u0004', 'IFA', 'ppn'],
    [' 0106901234567892\r\n', 'GS1', 'element'],
  ])('%j is %s, %s', (input, agency, form) => {
    expect(read(input)).toMatchObject({ agency, form, valid: true });
  });

  it.each([
    '',
    ' ',
    '(',
    '+',
    'MA.',
    '=',
    '&',
    '[)>',
    ']',
    ']C',
    ']C1',
    ']zz',
    'http://',
    'https://example.cn/',
    'hello',
    '中文',
    '\u0000',
    '0'.repeat(5000),
    '9'.repeat(100),
    'A123BJC5D6E71G',
    '12345678',
    '1234567890123',
    '😀',
    '(01)',
    '++++',
    '1'.repeat(9000),
    '003232323232323230',
  ])('%j is no valid code', (input) => {
    expect(read(input).valid).toBe(false);
    expect(read(input).problems.length).toBeGreaterThan(0);
  });

  it('knows the Chinese drug trace code and does not take it for a device', () => {
    expect(read('81234567890123456789')).toMatchObject({ valid: false, agency: null });
    expect(codes('81234567890123456789')).toEqual(['input.drug-trace-code']);
  });

  it('a number of GTIN length with a wrong check digit is shown as GTIN', () => {
    expect(read('06901234567893')).toMatchObject({ valid: false, form: 'gtin', di: '06901234567893' });
  });

  it('AHM is opaque: the text is its own key', () => {
    expect(read('whatever', 'ahm')).toMatchObject({ valid: true, agency: 'AHM', di: null, diKey: 'whatever' });
  });

  it('answers what is no text or an unknown form', () => {
    expect(parseUdi(undefined as unknown as string).problems[0]?.code).toBe('input.type');
    expect(parseUdi('x', { form: 'constructor' as UdiForm }).problems[0]?.code).toBe('input.form');
  });
});
