import { describe, expect, it } from 'vitest';
import { parseUdi } from './parse-udi.ts';
import type { UdiOptions } from './types.ts';

const GTIN = '06901234567892';
const read = (input: string, options: UdiOptions = {}) =>
  parseUdi(input, { form: 'digital-link', refYear: 2026, options });
const codes = (input: string, options?: UdiOptions) =>
  read(input, options)
    .problems.filter((one) => one.severity === 'error')
    .map((one) => one.code);

describe('scheme, host and stem', () => {
  it.each(['http', 'https', 'HTTP', 'HTTPS'])('takes %s', (scheme) => {
    expect(read(`${scheme}://example.cn/01/${GTIN}`)).toMatchObject({
      valid: true,
      di: GTIN,
      stem: `${scheme}://example.cn`,
    });
  });

  it.each(['Https', 'ftp', 'HTtp'])('refuses %s', (scheme) => {
    expect(codes(`${scheme}://example.cn/01/${GTIN}`)).toContain('dl.scheme');
  });

  it.each(['example.cn:8443', '192.0.2.1', '[2001:db8::1]', 'a.', 'xn--fsq.xn--0zwm56d'])(
    'takes the host %s',
    (host) => {
      expect(read(`https://${host}/01/${GTIN}`).valid).toBe(true);
    },
  );

  it.each(['', 'a_b', 'user@a', 'a$'])('refuses the host %j', (host) => {
    expect(read(`https://${host}/01/${GTIN}`).valid).toBe(false);
  });

  it('begins at the rightmost primary key; what stands before it is the stem', () => {
    expect(read(`https://a/01/x/p/01/${GTIN}`)).toMatchObject({ valid: true, stem: 'https://a/01/x/p' });
    expect(codes('https://a/p/q')).toEqual(['dl.no-key']);
    expect(codes('https://a')).toEqual(['dl.domain']);
    expect(codes(`https://a/01/${GTIN}/`)).toEqual(['dl.no-key']);
    expect(codes(`https://a/01/${GTIN}/10/`)).toEqual(['dl.empty-value']);
    expect(codes(`https://a/gtin/${GTIN}`)).toEqual(['dl.no-key']);
  });
});

describe('qualifiers', () => {
  it.each(['22/v', '10/b', '21/s', '22/v/10/b', '22/v/21/s', '10/b/21/s', '22/v/10/b/21/s', '235/x'])(
    '%s may follow',
    (path) => {
      expect(read(`https://a/01/${GTIN}/${path}`).valid).toBe(true);
    },
  );

  it.each(['21/s/10/b', '10/b/22/v', '235/x/10/b', '10/b/235/x', '10/b/10/b'])('%s may not', (path) => {
    expect(codes(`https://a/01/${GTIN}/${path}`)).toContain('dl.qualifiers');
  });

  it.each([
    'https://a/414/9520123456788/254/ext',
    'https://a/8006/069012345678920102/10/b',
    'https://a/8010/1234ABC/8011/5',
    'https://a/8018/123456789012345675/8019/1',
    'https://a/415/9520123456788/8020/ref',
  ])('%s', (uri) => {
    expect(codes(uri)).toEqual([]);
  });

  it('qualifiers of the key do not belong in the query, unless the path uses the other alternative', () => {
    expect(codes(`https://a/01/${GTIN}?10=b`)).toEqual(['dl.belongs-in-path']);
    expect(codes(`https://a/01/${GTIN}?21=s`)).toEqual(['dl.not-attribute']);
    expect(codes(`https://a/01/${GTIN}?22=v`)).toEqual(['dl.not-attribute']);
    expect(read(`https://a/01/${GTIN}/235/x?10=b`)).toMatchObject({ valid: true, lot: 'b' });
    expect(read('https://a/00/006141411234567890?10=b').valid).toBe(true);
  });
});

describe('query', () => {
  it('passes over repeated separators, foreign keys and keys without value', () => {
    const result = read(`https://a/01/${GTIN}?&&17=270228&&x=1&single&y&linkType=gs1:pip&99=Z&#f?01=2`);
    expect(result).toMatchObject({ valid: true, expiry: '2027-02-28' });
    expect(result.elements).toEqual([
      ['01', GTIN],
      ['17', '270228'],
      ['99', 'Z'],
    ]);
  });

  it.each([
    ['?1234=x', 'dl.unknown-ai'],
    ['?5=x', 'dl.unknown-ai'],
    ['?17=', 'dl.empty-value'],
    ['?99=A&99=A', 'dl.repeated'],
    [`?01=${GTIN}`, 'dl.repeated'],
    ['?17=271301', 'gs1.date'],
    ['?99=A+B', 'gs1.charset'],
  ])('%s: %s', (query, code) => {
    expect(codes(`https://a/01/${GTIN}${query}`)).toEqual([code]);
  });
});

describe('values', () => {
  it('undoes percent-encoding; + is itself in the path and a blank in the query', () => {
    expect(read(`https://a/01/${GTIN}/10/A%2FB%2bC+D`)).toMatchObject({ valid: true, lot: 'A/B+C+D' });
    expect(codes(`https://a/01/${GTIN}/10/A%20B`)).toEqual(['gs1.charset']);
    expect(codes(`https://a/01/${GTIN}/10/A%00B`)).toEqual(['dl.null']);
    expect(codes(`https://a/01/${GTIN}/10/A%E4B`)).toEqual(['gs1.charset']);
    expect(read(`https://a/01/${GTIN}/10/A%4`).lot).toBe('A%4');
    expect(codes(`https://a/01/${GTIN}/10/中`)).toContain('dl.charset');
  });

  it('wants 14 digits in the path unless the option allows 8, 12 or 13', () => {
    for (const [short, full] of [
      ['6901234567892', GTIN],
      ['036000291452', '00036000291452'],
      ['96385074', '00000096385074'],
    ]) {
      expect(codes(`https://a/01/${short}`)).toEqual(['gs1.too-short']);
      expect(read(`https://a/01/${short}`, { zeroSuppressedGtin: true })).toMatchObject({ valid: true, di: full });
    }
    expect(codes('https://a/01/690123456789', { zeroSuppressedGtin: true })).toEqual(['gs1.check-digit']);
  });

  it('reports the wrong check digit at its place and keeps the elements', () => {
    const result = read('https://a/01/06901234567893/10/L');
    expect(result).toMatchObject({ valid: false, di: '06901234567893', lot: 'L' });
    expect(result.problems.find((one) => one.severity === 'error')).toMatchObject({ code: 'gs1.check-digit', at: 26 });
  });
});
