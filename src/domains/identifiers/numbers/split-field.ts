const BLANK = /\s/u;
const OPEN = new Set([...'(（[［【〔〖﹝'].map((char) => char.charCodeAt(0)));
const CLOSE = new Set([...')）]］】〕〗﹞'].map((char) => char.charCodeAt(0)));
const SEPARATOR = new Set([...',，;；、'].map((char) => char.charCodeAt(0)));
/** Characters that begin no number: what follows a blank before them belongs to the number before. */
const CONTINUES = new Set([...'第年号字'].map((char) => char.charCodeAt(0)));
const HAO = '号'.charCodeAt(0);
const NOTHING = new Int32Array(0);

/** Counts of brackets opening (+) and closing (−) at each place; a bracket without partner counts for nothing. */
function bracketSteps(text: string): Int32Array {
  if (!/[()（）[\]［］【】〔〕〖〗﹝﹞]/u.test(text)) return NOTHING;
  const steps = new Int32Array(text.length);
  const stack = new Int32Array(text.length);
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (OPEN.has(code)) stack[depth++] = i;
    else if (depth > 0 && CLOSE.has(code)) {
      steps[stack[--depth] as number] = 1;
      steps[i] = -1;
    }
  }
  return steps;
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

function isBlank(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return (code < 0x3001 || code === 0xfeff) && BLANK.test(String.fromCharCode(code));
}

/** What the piece being read has shown so far: enough to judge whether a blank ends it. */
interface Piece {
  start: number;
  hasDigit: boolean;
  /** Only Latin letters and digits, this many; −1 once anything else came. */
  plain: number;
}

/** True when the blanks from `from` to `to` part two numbers, and do not merely stand inside one. */
function partsNumbers(text: string, piece: Piece, from: number, to: number): boolean {
  if (!piece.hasDigit || to >= text.length) return false;
  const before = text.charCodeAt(from - 1);
  if (!isDigit(before) && !isLetter(before) && before !== HAO && !CLOSE.has(before)) return false;
  const next = text.charCodeAt(to);
  if (CONTINUES.has(next) || (OPEN.has(next) && text[to + 1] === '更')) return false;
  // Digits after a blank go on with a certificate number, but begin a new one after a whole code or a line end.
  return !isDigit(next) || piece.plain >= 14 || /[\r\n]/.test(text.slice(from, to));
}

/**
 * Splits the field of the UDI database that may hold several certificate numbers or codes (`zczbhhzbapzbh`, `ybbm`) at
 * `,` `，` `;` `；` `、`, and at blanks and line ends that part two numbers; never inside brackets.
 * The pieces are trimmed and otherwise left as they stand. Linear time; a value that is not text has no pieces.
 */
export function splitCertificateField(text: string): string[] {
  if (typeof text !== 'string') return [];
  const steps = bracketSteps(text);
  const pieces: string[] = [];
  const piece: Piece = { start: 0, hasDigit: false, plain: 0 };
  const cut = (end: number, next: number) => {
    const found = text.slice(piece.start, end).trim();
    if (found !== '') pieces.push(found);
    piece.start = next;
    piece.hasDigit = false;
    piece.plain = 0;
  };
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    depth += steps[i] ?? 0;
    if (depth === 0 && SEPARATOR.has(code)) cut(i, i + 1);
    else if (isBlank(code)) {
      const from = i;
      while (i + 1 < text.length && isBlank(text.charCodeAt(i + 1))) i++;
      if (depth === 0 && partsNumbers(text, piece, from, i + 1)) cut(from, i + 1);
      else if (piece.plain > 0) piece.plain = -1;
    } else if (isDigit(code)) {
      piece.hasDigit = true;
      if (piece.plain >= 0) piece.plain++;
    } else if (piece.plain >= 0) piece.plain = isLetter(code) ? piece.plain + 1 : -1;
  }
  cut(text.length, text.length);
  return pieces;
}
