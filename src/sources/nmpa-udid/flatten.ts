import { fieldIndex } from './fields.ts';
import { type DeviceScanner, HAS_AMPERSAND, HAS_CONTROL, HAS_MARKUP, ITEM_STRIDE } from './scanner.ts';
import { decodeValue } from './value.ts';

/** Fields that are read as bytes: days, numbers, codes. A reference in them must be resolved first. */
const CODED = [
  'zxxsdycpbs',
  'cpbsbmtxmc',
  'cpbsfbrq',
  'tsrq',
  'deviceRecordKey',
  'versionNumber',
  'versionTime',
  'correctionNumber',
  'correctionTime',
].map(fieldIndex);

/** True when values of the record hold CDATA or comments, or a coded field holds a reference: rare. */
export function needsFlattening(scanner: DeviceScanner): boolean {
  if (scanner.markup) return true;
  for (const field of CODED) if ((scanner.spans[field * 3 + 2] as number) & HAS_AMPERSAND) return true;
  return false;
}

const BLANKS = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** CDATA as escaped text, comments and instructions left out: the same value without markup. */
function withoutMarkup(raw: string): string {
  return raw
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, (_, text: string | undefined) =>
      text === undefined ? '' : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    )
    .replace(BLANKS, '');
}

/**
 * Rewrites values with markup as plain ones behind the bytes of the record and lets the spans point there, so that all
 * that reads bytes sees what an XML reader would. An element with nothing but markup is empty. Answers the new bytes.
 */
export function flattenMarkup(bytes: Uint8Array, scanner: DeviceScanner): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const pieces: Buffer[] = [source];
  let length = source.length;
  const replace = (spans: Int32Array, at: number, coded: boolean) => {
    const start = spans[at] as number;
    const end = spans[at + 1] as number;
    const flags = spans[at + 2] as number;
    if (start < 0 || !(flags & HAS_MARKUP || (coded && flags & HAS_AMPERSAND))) return;
    let text = withoutMarkup(source.toString('utf8', start, end));
    if (coded && text.includes('&')) {
      const raw = Buffer.from(text, 'utf8');
      const plain = decodeValue(raw, 0, raw.length, HAS_AMPERSAND, '', () => undefined);
      // what is not plain afterwards keeps its references; it is reported where it is read
      if (!/[&<\u0000-\u001f]/.test(plain)) text = plain;
    }
    const piece = Buffer.from(text, 'utf8');
    spans[at] = length;
    spans[at + 1] = length + piece.length;
    spans[at + 2] = (text.includes('&') ? HAS_AMPERSAND : 0) | (/[\u0000-\u001f\\]/.test(text) ? HAS_CONTROL : 0);
    pieces.push(piece);
    length += piece.length;
  };
  for (let field = 0; field * 3 < scanner.spans.length; field++)
    replace(scanner.spans, field * 3, CODED.includes(field));
  scanner.items.forEach((items, list) => {
    const count = scanner.itemCount[list] as number;
    for (let at = 0; at < count * ITEM_STRIDE; at += 3) replace(items, at, false);
  });
  return Buffer.concat(pieces);
}
