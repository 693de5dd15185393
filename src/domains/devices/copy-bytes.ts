/**
 * Bytes of PostgreSQL's COPY text format, built without strings: tab between columns, newline after a row, `\N` null.
 */
export class CopyBytes {
  bytes: Uint8Array;
  length = 0;

  constructor(size = 1 << 16) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  /** Makes room for `more` bytes. */
  ensure(more: number): void {
    const need = this.length + more;
    if (need <= this.bytes.length) return;
    let size = this.bytes.length * 2;
    while (size < need) size *= 2;
    const bigger = Buffer.allocUnsafe(size);
    bigger.set(this.bytes.subarray(0, this.length));
    this.bytes = bigger;
  }

  byte(value: number): void {
    this.ensure(1);
    this.bytes[this.length++] = value;
  }

  tab(): void {
    this.byte(9);
  }

  /** Ends a row. */
  row(): void {
    this.byte(10);
  }

  nul(): void {
    this.ensure(2);
    this.bytes[this.length++] = 92;
    this.bytes[this.length++] = 78;
  }

  /** Text that holds only characters COPY takes as they are. */
  ascii(text: string): void {
    const n = text.length;
    this.ensure(n);
    let at = this.length;
    const { bytes } = this;
    for (let i = 0; i < n; i++) bytes[at++] = text.charCodeAt(i);
    this.length = at;
  }

  /** The first 32 characters of an ASCII text: a hash cut to 128 bits. */
  ascii32(text: string): void {
    this.ensure(32);
    const { bytes } = this;
    let at = this.length;
    for (let i = 0; i < 32; i++) bytes[at++] = text.charCodeAt(i);
    this.length = at;
  }

  /** Text without any character that COPY treats specially. */
  plain(text: string): void {
    this.ensure(text.length * 3);
    this.length += (this.bytes as Buffer).write(text, this.length, 'utf8');
  }

  /** Any text, escaped; NUL, which PostgreSQL cannot hold, becomes its picture U+2400. */
  text(value: string | null): void {
    if (value === null) {
      this.nul();
      return;
    }
    const safe = /[\\\t\n\r\u0000]/.test(value)
      ? value.replace(/[\\\t\n\r\u0000]/g, (c) =>
          c === '\\' ? '\\\\' : c === '\t' ? '\\t' : c === '\n' ? '\\n' : c === '\r' ? '\\r' : '\u2400',
        )
      : value;
    this.ensure(safe.length * 3);
    this.length += (this.bytes as Buffer).write(safe, this.length, 'utf8');
  }

  /** A whole number of at most 53 bits. */
  integer(value: number): void {
    if (value < 0) {
      this.ascii(String(value));
      return;
    }
    this.ensure(16);
    let digits = 1;
    for (let v = value; v >= 10; v = Math.floor(v / 10)) digits++;
    let at = this.length + digits;
    this.length = at;
    let v = value;
    if (v > 0x7fffffff) {
      do {
        const q = Math.floor(v / 10);
        this.bytes[--at] = 48 + (v - q * 10);
        v = q;
      } while (v > 0x7fffffff);
      if (v === 0) return;
    }
    let w = v | 0;
    do {
      const q = (w / 10) | 0;
      this.bytes[--at] = 48 + (w - q * 10);
      w = q;
    } while (w > 0);
  }

  /** Copies bytes that need no escaping. */
  span(from: Uint8Array, start: number, end: number): void {
    const n = end - start;
    this.ensure(n);
    if (n > 48) {
      this.bytes.set(from.subarray(start, end), this.length);
      this.length += n;
      return;
    }
    let at = this.length;
    const { bytes } = this;
    for (let i = start; i < end; i++) bytes[at++] = from[i] as number;
    this.length = at;
  }

  /** Hands the rows over and starts afresh. */
  take(): Buffer {
    const full = (this.bytes as Buffer).subarray(0, this.length);
    this.bytes = Buffer.allocUnsafe(Math.max(1 << 16, this.bytes.length));
    this.length = 0;
    return full;
  }
}
