import type { SourceProblem } from '../../domains/devices/index.ts';
import { HAS_AMPERSAND, HAS_MARKUP } from './scanner.ts';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
// characters that XML 1.0 forbids
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function codePoint(reference: string): string | undefined {
  const hex = reference.charAt(1) === 'x' || reference.charAt(1) === 'X';
  const value = Number.parseInt(reference.slice(hex ? 2 : 1), hex ? 16 : 10);
  return Number.isNaN(value) || value > 0x10ffff ? undefined : String.fromCodePoint(value);
}

/**
 * The text of a value with rare bytes in it: references resolved, CDATA unpacked, comments left out. What XML forbids
 * is kept and reported: a bare `&`, control characters raw or as references. NUL, which PostgreSQL cannot hold, is
 * kept as its picture U+2400.
 */
export function decodeValue(
  bytes: Uint8Array,
  start: number,
  end: number,
  flags: number,
  field: string,
  report: (problem: SourceProblem) => void,
): string {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  const pieces: string[] = [];
  const halves: string[] = [];
  const resolve = (text: string) => {
    if (!(flags & HAS_AMPERSAND)) {
      pieces.push(text);
      return;
    }
    let bare = 0;
    pieces.push(
      text.replace(
        /&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)?/g,
        (whole, name: string | undefined) => {
          const character = name === undefined ? undefined : name.startsWith('#') ? codePoint(name) : NAMED[name];
          if (character !== undefined) {
            // half of a surrogate pair is no character: the reference stays as it is written
            if (!/^[\ud800-\udfff]$/.test(character)) return character;
            halves.push(character);
            return whole;
          }
          bare++;
          return whole;
        },
      ),
    );
    if (bare) report({ severity: 'problem', code: 'xml.bare-ampersand', field, value: text, reason: `${bare} ×` });
  };
  if (flags & HAS_MARKUP) {
    let at = 0;
    for (const piece of raw.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g)) {
      resolve(raw.slice(at, piece.index));
      if (piece[1] !== undefined) pieces.push(piece[1]);
      at = piece.index + piece[0].length;
    }
    resolve(raw.slice(at));
  } else {
    resolve(raw);
  }
  const text = pieces.join('').replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  const illegal = [...(text.match(ILLEGAL) ?? []), ...halves];
  if (illegal.length) {
    const names = [...new Set(illegal)].map((c) => `U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
    report({ severity: 'problem', code: 'xml.illegal-character', field, value: text, reason: names.join(' ') });
  }
  return text.replaceAll('\u0000', '\u2400');
}
