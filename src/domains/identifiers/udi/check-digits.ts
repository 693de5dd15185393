/**
 * Check digit of GTIN, SSCC, GLN and other numeric GS1 keys: from the right, weights 3, 1, 3, 1 …
 * @param body the digits without check digit
 * @returns 0 to 9, or -1 when `body` is empty or holds anything but digits
 */
export function gs1CheckDigit(body: string): number {
  if (body.length === 0) return -1;
  let sum = 0;
  let weight = 3;
  for (let i = body.length - 1; i >= 0; i--) {
    const d = body.charCodeAt(i) - 48;
    if (!(d >= 0 && d <= 9)) return -1;
    sum += d * weight;
    weight = 4 - weight;
  }
  return (10 - (sum % 10)) % 10;
}

/** True when the digits from `start` to `end` (last one included as check digit) hold; false also for a non-digit. */
export function gs1CheckHolds(s: string, start: number, end: number): boolean {
  if (end <= start) return false;
  let sum = 0;
  let weight = 1;
  for (let i = end - 1; i >= start; i--) {
    const d = s.charCodeAt(i) - 48;
    if (!(d >= 0 && d <= 9)) return false;
    sum += d * weight;
    weight = 4 - weight;
  }
  return sum % 10 === 0;
}

/** The same on bytes (ASCII digits), for readers that never make a string of a GTIN. */
export function gtinCheckDigitOk(bytes: Uint8Array, start: number, end: number): boolean {
  if (end <= start) return false;
  let sum = 0;
  let weight = 1;
  for (let i = end - 1; i >= start; i--) {
    const d = (bytes[i] as number) - 48;
    if (!(d >= 0 && d <= 9)) return false;
    sum += d * weight;
    weight = 4 - weight;
  }
  return sum % 10 === 0;
}

/** The 43 characters of HIBC in the order of their values. */
export const HIBC_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** Value of a character code in the HIBC alphabet, or -1. */
export const HIBC_VALUE: Int8Array = (() => {
  const values = new Int8Array(128).fill(-1);
  for (let i = 0; i < HIBC_ALPHABET.length; i++) values[HIBC_ALPHABET.charCodeAt(i)] = i;
  return values;
})();

/** HIBC check character over `body` (`+` and `/` included), or null for a character outside the alphabet. */
export function hibcCheckCharacter(body: string): string | null {
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const value = HIBC_VALUE[body.charCodeAt(i)] ?? -1;
    if (value < 0) return null;
    sum += value;
  }
  return HIBC_ALPHABET[sum % 43] as string;
}

/** CSET 82 in the order of its values, and CSET 32 for the check pair (GS1 General Specifications, alphanumeric keys). */
const CSET82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const CSET32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/**
 * Check pair of an alphanumeric GS1 key (GMN, AI 8013): values in CSET 82 times rising primes from the right, modulo 1021,
 * written as two characters of CSET 32.
 * @param body the key without its pair, at most 23 characters
 * @returns null for a character outside CSET 82 or a body that is too long
 */
export function gs1CheckPair(body: string): string | null {
  if (body.length > PRIMES.length) return null;
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const value = CSET82.indexOf(body.charAt(body.length - 1 - i));
    if (value < 0) return null;
    sum += value * (PRIMES[i] as number);
  }
  sum %= 1021;
  return `${CSET32[sum >> 5]}${CSET32[sum & 31]}`;
}

/**
 * Check digits of a PPN or of a Basic UDI-DI of IFA: ASCII codes times 2, 3, 4 … from the left, modulo 97.
 * @param body everything before the two digits
 */
export function ppnCheckDigits(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum += body.charCodeAt(i) * (i + 2);
  const rest = sum % 97;
  return rest < 10 ? `0${rest}` : String(rest);
}

const MA_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.@$,*+%/#!^~';

/** Number of a character in the MA check (0 to 76), or -1. The table has a gap: g is 42 and h is 45. */
export function maCharacterNumber(char: string): number {
  const at = char.length === 1 ? MA_ALPHABET.indexOf(char) : -1;
  return at < 43 ? at : at + 2;
}

/**
 * Check digit of MA (IDcode) for DI or PI: characters become numbers, the joined digits are weighted 1, 2, 1, 2 … from the
 * right with digit sums. Advisory: it fails on some codes that are in use.
 * @returns 0 to 9, or -1 for a character outside the table
 */
export function maCheckDigit(body: string): number {
  let joined = '';
  for (const char of body) {
    const number = maCharacterNumber(char);
    if (number < 0) return -1;
    joined += number;
  }
  let sum = 0;
  for (let i = joined.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const d = joined.charCodeAt(i) - 48;
    sum += twice ? (d > 4 ? d * 2 - 9 : d * 2) : d;
  }
  return (10 - (sum % 10)) % 10;
}
