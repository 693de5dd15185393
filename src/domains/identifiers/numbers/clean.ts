import type { Notes } from './notes.ts';

/** The text as typing variants are taken away, with the place of each character in the value as given. */
export interface Cleaned {
  readonly text: string;
  readonly at: (index: number) => number;
  /** A traditional 號 準 許 進 was read as the simplified character. */
  readonly simplified: boolean;
}

const PLAIN = /^[^\s\u00AD\u200B-\u200F\u2060\uFEFF\uFE59-\uFE5E\uFF01-\uFF5E【】〖〗號準許進]*$/u;
const BLANK = /[\s\u00AD\u200B-\u200F\u2060\uFEFF]/u;
const BRACKETS: Readonly<Record<string, string>> = {
  '【': '[',
  '】': ']',
  '〖': '[',
  '〗': ']',
  '（': '(',
  '）': ')',
  '［': '[',
  '］': ']',
  '\uFE59': '(',
  '\uFE5A': ')',
  '\uFE5D': '〔',
  '\uFE5E': '〕',
};
const TRADITIONAL: Readonly<Record<string, string>> = { 號: '号', 準: '准', 許: '许', 進: '进' };

/**
 * Drops blanks and turns full-width characters into half-width ones (〔〕 stay); notes the first of each sort.
 * The value handed in is short (the caller refuses long ones), so one pass by character is enough.
 */
export function clean(trimmed: string, offset: number, simplify: boolean, notes: Notes): Cleaned {
  const end = offset + trimmed.length;
  if (PLAIN.test(trimmed)) return { text: trimmed, at: (index) => Math.min(offset + index, end), simplified: false };
  const places: number[] = [];
  const seen = new Set<string>();
  const note = (code: 'spaces' | 'full-width' | 'brackets' | 'traditional', index: number) => {
    if (!seen.has(code)) notes.absolute(code, 'warning', offset + index);
    seen.add(code);
  };
  let text = '';
  for (let i = 0; i < trimmed.length; i++) {
    const given = trimmed[i] as string;
    let kept = given;
    if (BLANK.test(given)) {
      note('spaces', i);
      continue;
    }
    const code = given.charCodeAt(0);
    if (BRACKETS[given] !== undefined) {
      note('brackets', i);
      kept = BRACKETS[given];
    } else if (code >= 0xff01 && code <= 0xff5e) {
      note('full-width', i);
      kept = String.fromCharCode(code - 0xfee0);
    } else if (simplify && TRADITIONAL[given] !== undefined) {
      note('traditional', i);
      kept = TRADITIONAL[given];
    }
    text += kept;
    places.push(offset + i);
  }
  return { text, at: (index) => places[index] ?? end, simplified: seen.has('traditional') };
}
