/** Classes of characters as bits, so that one table look-up answers for each kind of value. */
export const DIGIT = 1;
/** GS1 AI encodable character set 82 (X). */
export const CSET82 = 2;
/** GS1 AI encodable character set 39 (Y). */
export const CSET39 = 4;
/** GS1 AI encodable character set 64 (Z, file-safe base64). */
export const CSET64 = 8;
/** Characters a URI may be written with, percent included. */
export const URI = 16;
/** Those of them that no host name holds. */
export const NOT_IN_HOST = 32;
/** Capital letters and digits. */
export const CAPITAL_OR_DIGIT = 64;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/** Bits of each character code below 128. */
export const CLASSES: Uint8Array = (() => {
  const table = new Uint8Array(128);
  const add = (bit: number, characters: string) => {
    for (let i = 0; i < characters.length; i++) {
      const code = characters.charCodeAt(i);
      table[code] = (table[code] as number) | bit;
    }
  };
  add(DIGIT, DIGITS);
  add(CSET82, `!"%&'()*+,-./:;<=>?_${DIGITS}${LETTERS}${SMALL}`);
  add(CSET39, `#-/${DIGITS}${LETTERS}`);
  add(CSET64, `-_${DIGITS}${LETTERS}${SMALL}`);
  add(URI, `-._~:/?#[]@!$&'()*+,;=%${DIGITS}${LETTERS}${SMALL}`);
  add(NOT_IN_HOST, "_~?#@!$&'()*+,;=%");
  add(CAPITAL_OR_DIGIT, DIGITS + LETTERS);
  return table;
})();

/** True when the character code belongs to one of the classes in `mask`. */
export function isOf(code: number, mask: number): boolean {
  return code < 128 && ((CLASSES[code] as number) & mask) !== 0;
}

/** Index of the first character from `start` to `end` outside the classes in `mask`, or -1. */
export function firstOutside(s: string, start: number, end: number, mask: number): number {
  for (let i = start; i < end; i++) {
    const code = s.charCodeAt(i);
    if (code > 127 || ((CLASSES[code] as number) & mask) === 0) return i;
  }
  return -1;
}
