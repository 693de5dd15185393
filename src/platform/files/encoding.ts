import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { AppError } from '../../kernel/app-error.ts';

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'latin1';

export interface DetectedEncoding {
  readonly encoding: TextEncoding;
  /** What told: a byte order mark, the XML declaration, the bytes themselves, or nothing (UTF-8 is assumed). */
  readonly by: 'byte-order-mark' | 'declaration' | 'content' | 'default';
  /** The name as declared, when there is a declaration. */
  readonly declared: string | null;
}

const NAMES: Readonly<Record<string, TextEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  cp936: 'gb18030',
  'windows-936': 'gb18030',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'latin1',
  'windows-1252': 'latin1',
};

/** True when the bytes, save a character cut off at the end, are valid UTF-8. */
function mayBeUtf8(bytes: Buffer): boolean {
  for (let cut = 0; cut < 4 && cut <= bytes.length; cut++) {
    if (isUtf8(bytes.subarray(0, bytes.length - cut))) return true;
  }
  return false;
}

/**
 * Tells the encoding of a text from its first bytes (a few hundred suffice for XML, more tell better for CSV):
 * byte order mark, then XML declaration, then the bytes: not UTF-8 but readable as GB18030 is GB18030.
 * Throws `file.unknown-encoding` when the declaration names one we do not read.
 */
export function detectEncoding(first: Buffer): DetectedEncoding {
  const latin = first.toString('latin1', 0, 400);
  const wide = first[0] === 0x3c && first[1] === 0;
  const narrow = first[0] === 0 && first[1] === 0x3c;
  const declared =
    /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(
      wide || narrow ? latin.replaceAll('\0', '') : latin,
    )?.[1] ?? null;
  if (latin.startsWith('\xef\xbb\xbf')) return { encoding: 'utf-8', by: 'byte-order-mark', declared };
  if (latin.startsWith('\xff\xfe')) return { encoding: 'utf-16le', by: 'byte-order-mark', declared };
  if (latin.startsWith('\xfe\xff')) return { encoding: 'utf-16be', by: 'byte-order-mark', declared };
  if (wide || narrow) return { encoding: wide ? 'utf-16le' : 'utf-16be', by: 'content', declared };
  if (declared !== null) {
    const encoding = NAMES[declared.toLowerCase()];
    if (encoding === undefined) {
      throw new AppError('file.unknown-encoding', `声明的字符编码无法读取：${declared}`, { declared });
    }
    // A declaration that could be read as single bytes is not UTF-16, whatever it says.
    return encoding.startsWith('utf-16')
      ? { encoding: 'utf-8', by: 'content', declared }
      : { encoding, by: 'declaration', declared };
  }
  if (first.length > 0 && !mayBeUtf8(first)) {
    const replaced = iconv.decode(first.subarray(0, first.length - 3), 'gb18030').split('\uFFFD').length - 1;
    if (replaced * 100 <= first.length) return { encoding: 'gb18030', by: 'content', declared };
  }
  return { encoding: 'utf-8', by: 'default', declared };
}

/** A stream of any readable encoding as UTF-8 bytes; byte order marks of other encodings are dropped. */
export async function* transcode(source: AsyncIterable<Buffer>, encoding: TextEncoding): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    yield* source;
    return;
  }
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of source) {
    const text = decoder.write(chunk);
    if (text) yield Buffer.from(text, 'utf8');
  }
  const rest = decoder.end();
  if (rest) yield Buffer.from(rest, 'utf8');
}
