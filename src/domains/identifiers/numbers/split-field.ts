const OPEN = '(（[［【〔〖﹝';
const CLOSE = ')）]］】〕〗﹞';
const SEPARATOR = new Set([',', '，', ';', '；', '、']);

/** Marks the places that lie between a bracket and its partner; a bracket without partner hides nothing. */
function insideBrackets(text: string): Uint8Array {
  const depth = new Int32Array(text.length + 1);
  const stack: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (OPEN.includes(char)) stack.push(i);
    else if (CLOSE.includes(char)) {
      const start = stack.pop();
      if (start === undefined) continue;
      depth[start] = (depth[start] as number) + 1;
      depth[i] = (depth[i] as number) - 1;
    }
  }
  const inside = new Uint8Array(text.length);
  for (let i = 0, level = 0; i < text.length; i++) {
    level += depth[i] as number;
    inside[i] = level > 0 ? 1 : 0;
  }
  return inside;
}

/** True when blanks between these two characters part two numbers, and do not merely stand inside one. */
function partsNumbers(piece: string, before: string, next: string, after: string, lineBreak: boolean): boolean {
  if (!/[0-9A-Za-z号)）]/u.test(before)) return false;
  if (!/\d/.test(piece)) return false;
  if (/[第年号字]/u.test(next) || (/[(（]/u.test(next) && after === '更')) return false;
  if (/\d/.test(next)) return lineBreak || /^[\dA-Za-z]{14,}$/.test(piece.trim());
  return true;
}

/**
 * Splits the field of the UDI database that may hold several certificate numbers or codes (`zczbhhzbapzbh`, `ybbm`) at
 * `,` `，` `;` `；` `、`, and at blanks and line ends that part two numbers; never inside brackets.
 * The pieces are trimmed and otherwise left as they stand. Linear time.
 */
export function splitCertificateField(text: string): string[] {
  if (typeof text !== 'string') return [];
  const inside = insideBrackets(text);
  const pieces: string[] = [];
  let start = 0;
  const cut = (end: number, next: number) => {
    const piece = text.slice(start, end).trim();
    if (piece !== '') pieces.push(piece);
    start = next;
  };
  for (let i = 0; i < text.length; i++) {
    if (inside[i]) continue;
    const char = text[i] as string;
    if (SEPARATOR.has(char)) cut(i, i + 1);
    else if (/\s/u.test(char)) {
      let end = i;
      while (end < text.length && /\s/u.test(text[end] as string)) end++;
      const blanks = text.slice(i, end);
      const [next = '', after = ''] = [text[end], text[end + 1]];
      // A number is short: only the last characters of a long piece are looked at, which keeps the time linear.
      const piece = text.slice(Math.max(start, i - 80), i);
      if (next !== '' && partsNumbers(piece, text[i - 1] ?? '', next, after, /[\r\n]/.test(blanks))) cut(i, end);
      i = end - 1;
    }
  }
  cut(text.length, text.length);
  return pieces;
}
