import type { DocumentKind } from './part.ts';

export type Sniffed = DocumentKind | 'zip' | 'gzip' | 'html' | 'binary' | 'empty';

const starts = (head: Buffer, ...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);

/** The text of the first bytes, well enough to tell kinds apart: Latin letters and signs are what decides. */
function firstText(head: Buffer): string | undefined {
  if (starts(head, 0xff, 0xfe)) return head.toString('utf16le', 2, head.length - (head.length % 2));
  if (starts(head, 0xfe, 0xff)) {
    const even = Buffer.from(head.subarray(2, head.length - (head.length % 2)));
    return even.swap16().toString('utf16le');
  }
  if (starts(head, 0xef, 0xbb, 0xbf)) return head.toString('latin1', 3);
  // UTF-16 without a byte order mark: a `<` beside a zero.
  if (starts(head, 0x3c, 0)) return head.toString('utf16le', 0, head.length - (head.length % 2));
  if (head.includes(0)) return undefined;
  return head.toString('latin1');
}

/**
 * Tells what a file is by its first bytes (some 500 do); its name only decides between JSON and JSON lines.
 * A zip is 'zip' here even if it is a workbook: that takes a look at its directory.
 */
export function sniff(head: Buffer, name: string): Sniffed {
  if (head.length === 0) return 'empty';
  if (starts(head, 0x50, 0x4b, 3, 4) || starts(head, 0x50, 0x4b, 5, 6) || starts(head, 0x50, 0x4b, 7, 8)) return 'zip';
  if (starts(head, 0x1f, 0x8b)) return 'gzip';
  const text = firstText(head)?.trimStart();
  if (text === undefined || starts(head, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'binary';
  if (/^<(!doctype\s+html|html[\s>])/i.test(text)) return 'html';
  if (text.startsWith('<')) return 'xml';
  if (text.startsWith('[')) return 'json';
  if (text.startsWith('{')) {
    if (/\.(jsonl|ndjson)(\.gz)?$/i.test(name)) return 'jsonl';
    return /^\{[^\n]*\}\s*\n\s*\{/.test(text) ? 'jsonl' : 'json';
  }
  return text === '' ? 'empty' : 'csv';
}
