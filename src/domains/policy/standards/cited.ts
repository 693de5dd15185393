import { standardsIn } from '../search/act-numbers.ts';

/** A standard that a text names, each number and year once. */
export interface CitedStandard {
  /** Letters and number as compared: gb9706.1, yy0664. */
  readonly key: string;
  readonly year: number | null;
  /** As first written, blanks made even. */
  readonly number: string;
  readonly mentions: number;
  readonly start: number;
  readonly end: number;
}

/** Standards named in a stretch of a text; places are those of the whole text. */
export function citedStandards(source: string, from: number, to: number): CitedStandard[] {
  const part = source.slice(from, to);
  // sign for sign, so that places stay
  const folded = part.replace(/[\uFF01-\uFF5EA-Z\u00A0]/g, plainSign);
  const found = new Map<string, CitedStandard>();
  for (const { id, year, start, end } of standardsIn(folded)) {
    const known = found.get(`${id}-${year}`);
    if (known) found.set(`${id}-${year}`, { ...known, mentions: known.mentions + 1 });
    else
      found.set(`${id}-${year}`, {
        key: id,
        year,
        number: part.slice(start, end).replace(/\s+/g, ' ').trim(),
        mentions: 1,
        start: from + start,
        end: from + end,
      });
  }
  return [...found.values()];
}

function plainSign(sign: string): string {
  const code = sign.charCodeAt(0);
  const half = code >= 0xff01 ? String.fromCharCode(code - 0xfee0) : sign;
  return half === '\u00A0' ? ' ' : half >= 'A' && half <= 'Z' ? half.toLowerCase() : half;
}
