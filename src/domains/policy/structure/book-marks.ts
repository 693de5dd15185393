import type { Span } from '../types.ts';

/** Words in book marks, nested marks inside. */
export interface Quoted extends Span {
  readonly title: string;
}

/** Everything in book marks; a mark that is not closed within 150 characters is none. */
export function scanBookMarks(text: string): Quoted[] {
  const found: Quoted[] = [];
  let at = text.indexOf('《');
  while (at >= 0) {
    let depth = 0;
    let close = -1;
    for (let i = at; i < Math.min(text.length, at + 152); i++) {
      const sign = text[i];
      if (sign === '《' || sign === '<' || sign === '〈') depth++;
      else if (sign === '》' || sign === '>' || sign === '〉') {
        depth--;
        if (depth === 0 || (sign === '》' && text[i + 1] !== '》' && depth <= 1)) {
          close = i;
          break;
        }
      }
    }
    if (close < 0) {
      at = text.indexOf('《', at + 1);
      continue;
    }
    found.push({
      start: at,
      end: close + 1,
      title: text
        .slice(at + 1, close)
        .replace(/\n/g, '')
        .trim(),
    });
    at = text.indexOf('《', close);
  }
  return found;
}
