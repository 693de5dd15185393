import { Converter } from 'opencc-js/t2cn';
import { type MappedText, TextBuilder } from './offset-map.ts';

/** Characters with one plain form; the length never changes here. */
const SINGLE: Readonly<Record<string, string>> = {
  '\u00A0': ' ',
  '\u3000': ' ',
  '\u2002': ' ',
  '\u2003': ' ',
  '\u2009': ' ',
  '\u202F': ' ',
  '\t': ' ',
  '﹝': '〔',
  '﹞': '〕',
  '﹙': '(',
  '﹚': ')',
  '［': '〔',
  '］': '〕',
  '～': '~',
  '﹪': '%',
  '％': '%',
  '–': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '\u2028': '\n',
  '\u2029': '\n',
  '\u0085': '\n',
  '\u000B': '\n',
  '\u000C': '\n',
};
const SINGLES =
  /[\u00A0\u3000\u2002\u2003\u2009\u202F\t﹝﹞﹙﹚［］～﹪％–‐‑−\u2028\u2029\u0085\u000B\u000C\uFF01-\uFF5E]/g;
/** Characters common in traditional text and absent from simplified text. */
const TRADITIONAL = /[國關醫療監條發業務應規號質產經總說標準檢營實動機構證備與從對為見書時數據檔責]/g;

let simplified: Map<string, string> | undefined;

function simplify(text: string): string {
  simplified ??= new Map();
  const table = simplified;
  const convert = Converter({ from: 't', to: 'cn' });
  return text.replace(/[\u4E00-\u9FFF]/g, (letter) => {
    const known = table.get(letter);
    if (known !== undefined) return known;
    const converted = convert(letter);
    const plain = converted.length === 1 ? converted : letter;
    table.set(letter, plain);
    return plain;
  });
}

/** Whether a text is written in traditional script: more than a stray name would show. */
export function isTraditional(text: string): boolean {
  const sample = text.slice(0, 8_000);
  const found = sample.match(TRADITIONAL)?.length ?? 0;
  return found >= 5 && found * 80 > sample.length;
}

/** Line ends, invisible signs, readings, blanks. */
const CHANGES = /\r\n?|[\u00AD\u200B-\u200F\u2060\uFEFF]|(?<=[\u4E00-\u9FFF])\([a-zü\u00E0-\u01DC]{1,7}\)| +/g;
const CJK = /[\u4E00-\u9FFF〇○]/;
const DIGIT = /\d/;

/**
 * One plain form for matching: half-width signs, plain blanks, `\n` line ends, simplified script; blanks between a digit
 * and a Chinese character (PDF text), readings in brackets (`器(qì)`) and invisible signs are left out.
 * Every character keeps the place it came from.
 */
export function fold(source: string): MappedText {
  let text = source.replace(SINGLES, (sign) => SINGLE[sign] ?? String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  if (isTraditional(text)) text = simplify(text);
  const out = new TextBuilder(text);
  let from = 0;
  for (const found of text.matchAll(CHANGES)) {
    const place = found.index;
    const sign = found[0];
    const next = place + sign.length;
    let put = '';
    if (sign[0] === ' ') {
      const before = text[place - 1] ?? '';
      const after = text[next] ?? '';
      const joined =
        sign.length <= 3 &&
        ((DIGIT.test(before) && CJK.test(after)) ||
          // 手册 2.名单: the number opens an item and is not glued to the word before it
          (CJK.test(before) && DIGIT.test(after) && !/^\d{1,2}[.、)]/.test(text.slice(next, next + 3))));
      if (!joined) continue;
    } else if (sign[0] === '\r') put = '\n';
    // readings stand for a Latin syllable only; a word such as (app) after a noun has no tone and is kept
    else if (sign[0] === '(' && !/[ü\u00E0-\u01DC]/.test(sign) && !isReading(text, place)) continue;
    out.copy(from, place);
    out.put(put, place);
    from = next;
  }
  out.copy(from, text.length);
  return out.finish();
}

/** A toneless syllable in brackets counts as a reading when the text has readings with tones. */
function isReading(text: string, place: number): boolean {
  return /\([a-z]*[ü\u00E0-\u01DC][a-z]*\)/.test(text.slice(Math.max(0, place - 2000), place + 2000)) || false;
}
