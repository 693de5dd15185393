import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/**
 * Gives a text stream as UTF-8 bytes. UTF-16 is known by its mark; otherwise the first chunk with bytes above ASCII
 * decides: valid UTF-8 stays as it is, everything else is read as GB18030 (which includes GBK and GB2312).
 */
export async function* utf8Stream(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let decoder: { write(bytes: Buffer): string; end(): string | undefined } | 'utf8' | null = null;
  let first = true;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (bytes.length === 0) continue;
    if (first && (bytes.subarray(0, 2).equals(UTF16LE) || bytes.subarray(0, 2).equals(UTF16BE)))
      decoder = iconv.getDecoder('utf-16');
    first = false;
    if (decoder === null && bytes.some((byte) => byte > 0x7f)) {
      decoder = isUtf8(withoutOpenEnd(bytes)) ? 'utf8' : iconv.getDecoder('gb18030');
    }
    if (decoder === null || decoder === 'utf8') yield bytes;
    else yield Buffer.from(decoder.write(bytes), 'utf8');
  }
  if (decoder !== null && decoder !== 'utf8') {
    const rest = decoder.end();
    if (rest) yield Buffer.from(rest, 'utf8');
  }
}

const UTF16LE = Buffer.from([0xff, 0xfe]);
const UTF16BE = Buffer.from([0xfe, 0xff]);

/** The bytes without a character that the end of the chunk may have cut in two. */
function withoutOpenEnd(bytes: Buffer): Buffer {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
    if (byte < 0x80) break;
  }
  return bytes;
}
