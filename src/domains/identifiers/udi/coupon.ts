import { daysInMonth, digits } from './dates.ts';

/** Reads the digits of a North American coupon code one after the other; remembers that something was missing or wrong. */
class CouponReader {
  readonly #s: string;
  readonly #end: number;
  at: number;
  failed = false;

  constructor(s: string, start: number, end: number) {
    this.#s = s;
    this.at = start;
    this.#end = end;
    if (digits(s, start, end) < 0) this.failed = true;
  }

  get done(): boolean {
    return this.failed || this.at >= this.#end;
  }

  /** One digit out of `allowed`. */
  one(allowed: string): number {
    const char = this.at < this.#end ? this.#s.charAt(this.at) : '';
    if (this.failed || char === '' || !allowed.includes(char)) {
      this.failed = true;
      return 0;
    }
    this.at++;
    return Number(char);
  }

  skip(count: number): void {
    if (this.failed) return;
    if (this.at + count > this.#end) this.failed = true;
    else this.at += count;
  }

  /** True, and read over, when the next digit opens the optional field of this number. */
  opens(field: string): boolean {
    if (this.done || this.#s.charAt(this.at) !== field) return false;
    this.at++;
    return true;
  }

  /** Six digits YYMMDD; returned as they stand. */
  date(): string {
    const text = this.#s.slice(this.at, this.at + 6);
    this.skip(6);
    const month = digits(text, 2, 4);
    const day = digits(text, 4, 6);
    // Years of coupons lie in this century; 29 February only in the years that have one.
    if (!this.failed && (day < 1 || day > daysInMonth(2000 + digits(text, 0, 2), month))) this.failed = true;
    return text;
  }
}

const ANY = '0123456789';

function purchase(reader: CouponReader): void {
  reader.skip(reader.one('12345'));
  reader.one('012349');
  reader.skip(3);
}

function purchaseCompany(reader: CouponReader): void {
  const length = reader.one('01234569');
  if (length !== 9) reader.skip(length + 6);
}

/**
 * Tests AI 8110 (North American Coupon Application Guideline using GS1 DataBar Expanded).
 * @returns index of the first digit that does not fit, or -1
 */
export function couponFault(s: string, start: number, end: number): number {
  const reader = new CouponReader(s, start, end);
  reader.skip(reader.one('0123456') + 6);
  reader.skip(6);
  reader.skip(reader.one('12345'));
  purchase(reader);
  if (reader.opens('1')) {
    reader.one('0123');
    purchase(reader);
    purchaseCompany(reader);
  }
  if (reader.opens('2')) {
    purchase(reader);
    purchaseCompany(reader);
  }
  const expiry = reader.opens('3') ? reader.date() : '';
  if (reader.opens('4') && reader.date() > expiry && expiry) reader.failed = true;
  if (reader.opens('5')) reader.skip(reader.one(ANY) + 6);
  if (reader.opens('6')) reader.skip(reader.one('1234567') + 6);
  if (reader.opens('9')) {
    reader.one('01256');
    reader.one('012');
    reader.one(ANY);
    reader.one('01');
  }
  return reader.failed || reader.at < end ? Math.min(reader.at, end) : -1;
}

/**
 * Tests AI 8112 (positive offer file coupon code).
 * @returns index of the first digit that does not fit, or -1
 */
export function offerFault(s: string, start: number, end: number): number {
  const reader = new CouponReader(s, start, end);
  reader.one('01');
  reader.skip(reader.one('0123456') + 6);
  reader.skip(6);
  reader.skip(reader.one(ANY) + 6);
  return reader.failed || reader.at < end ? Math.min(reader.at, end) : -1;
}
