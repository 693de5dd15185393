import { describe, expect, it } from 'vitest';
import { isCountryLetters, isCountryNumber, isCurrencyNumber, isPackageType } from './code-lists.ts';

const count = (test: (code: string) => boolean) =>
  Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0')).filter(test).length;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

describe('code lists', () => {
  it('holds every country twice: by number and by letters', () => {
    expect(count(isCountryNumber)).toBe(249);
    expect([...LETTERS].flatMap((a) => [...LETTERS].filter((b) => isCountryLetters(a + b)))).toHaveLength(249);
    for (const code of ['004', '156', '158', '344', '446', '840', '894'])
      expect(isCountryNumber(code), code).toBe(true);
    for (const code of ['000', '001', '157', '895', '999']) expect(isCountryNumber(code), code).toBe(false);
    for (const code of ['AD', 'CN', 'TW', 'ZW']) expect(isCountryLetters(code), code).toBe(true);
    for (const code of ['XX', 'C', 'CHN', 'cn', '']) expect(isCountryLetters(code), code).toBe(false);
  });

  it('holds currencies and package types', () => {
    expect(count(isCurrencyNumber)).toBe(179);
    for (const code of ['156', '344', '840', '978', '999', '008']) expect(isCurrencyNumber(code), code).toBe(true);
    for (const code of ['000', '007', '998']) expect(isCurrencyNumber(code), code).toBe(false);
    for (const code of ['1A', 'CT', 'PX', 'ZZ', '8', '9', '200', 'PLP', 'X20'])
      expect(isPackageType(code), code).toBe(true);
    for (const code of ['00', 'XX', 'C', '213', 'PLX', '']) expect(isPackageType(code), code).toBe(false);
  });
});
