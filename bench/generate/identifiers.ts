/** Check digit of a GTIN body (digits without the check digit), weights 3, 1, 3 … from the right. */
export function gtinCheckDigit(body: string): string {
  let sum = 0;
  for (let i = body.length - 1, weight = 3; i >= 0; i--, weight = 4 - weight) sum += (body.charCodeAt(i) - 48) * weight;
  return String((10 - (sum % 10)) % 10);
}

/** A GTIN-14 from an indicator digit and a 12-digit body given as a number; the sum is taken on the number, for speed. */
export function gtin14(indicator: number, body: number): string {
  let sum = indicator * 3;
  let rest = body;
  for (let i = 0; i < 12; i++) {
    const digit = rest % 10;
    sum += i % 2 === 0 ? digit * 3 : digit;
    rest = Math.floor(rest / 10);
  }
  return `${indicator}${String(body).padStart(12, '0')}${(10 - (sum % 10)) % 10}`;
}

const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character of the eight-character organisation code (GB 11714). */
function organisationCheck(code: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += Number.parseInt(code[i] as string, 36) * (ORGANISATION_WEIGHTS[i] as number);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** A unified social credit code (GB 32100) of an enterprise: 91 + region + organisation number, both checks right. */
export function creditCode(region: string, organisation: number): string {
  const base = String(organisation % 100_000_000).padStart(8, '0');
  const body = `91${region}${base}${organisationCheck(base)}`;
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    sum += CREDIT_ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return body + (CREDIT_ALPHABET[(31 - (sum % 31)) % 31] as string);
}

/** Number of a character in the check of MA codes; upper-case letters, digits and the point are all we write. */
function maNumber(character: string): number {
  if (character === '.') return 65;
  return Number.parseInt(character, 36);
}

/** An MA (IDcode) device identifier: MA.156.M0.registrant.product, the last character a check (doubling every second digit). */
export function maCode(registrant: number, packaging: number, item: number): string {
  const body = `MA.156.M0.${String(100_000 + (registrant % 900_000))}.${packaging}${String(item).padStart(8, '0')}`;
  let digits = '';
  for (const character of body) digits += maNumber(character);
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    const value = (digits.charCodeAt(i) - 48) * (double ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return body + ((10 - (sum % 10)) % 10);
}
