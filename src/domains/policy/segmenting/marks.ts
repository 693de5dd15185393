import type { Line } from '../reading/lines.ts';

/** How a collection marks its headlines: running numbers or a sign in front. */

/** A sign, or a number, before a headline. */
export const MARKER =
  /^(?:[■●◆★▲▶•※◎▍▎◇□|丨]|【(?=[^】]{1,12}】.)[^】]{1,12}】|【|\d{1,2}[.、:](?!\d)|0\d (?=\S)|\d{1,2}(?=[\u4e00-\u9fff])(?!\d*[年月日个家批项件种条部省市区县类款起例名万亿人岁次天期号地所大层方位台张户倍周章节位级]))\s*/;
const SIGN = /^[■●◆★▲▶•※◎▍▎◇□【]/;
const NUMBER =
  /^(\d{1,2})(?:[.、:](?!\d)| (?=[^\d\s])|(?=[\u4e00-\u9fff])(?![年月日个家批项件种条部省市区县类款起例名万亿人岁次天期号地所大层方位台张户倍周章节位级]))/;
const LONGEST = 80;
/** Characters between two headlines of a count, on the average; a list of points has less. */
const APART = 120;
const FEWEST = 3;
/** A headline says what happened; a heading inside a notice is two or three words. */
const SHORTEST = 8;

/** Lines that count the articles: `sure` ones in one count through the text, the others in counts that begin again. */
export interface CountedLines {
  readonly sure: ReadonlySet<number>;
  readonly likely: ReadonlySet<number>;
}

/**
 * Lines whose numbers count 1, 2, 3 … over articles of their own: through the whole text, or anew below each rubric.
 */
export function countedLines(lines: readonly Line[], from: number): CountedLines {
  const likely = new Set<number>();
  const chains = new Map<number, number[]>();
  let longest: number[] = [];
  let count = 0;
  for (let i = from; i < lines.length; i++) {
    const line = lines[i] as Line;
    if (line.text.length > LONGEST || /[。;]$|[。;:]/.test(line.text.replace(/[::][^::]{4,}$/, ''))) continue;
    const mark = NUMBER.exec(line.text);
    const number = Number(mark?.[1] ?? 0);
    if (!mark || number === 0 || line.text.length - mark[0].length < SHORTEST) continue;
    if (!standsOver(lines, i)) continue;
    if (number === count + 1 || number === 1) {
      count = number;
      likely.add(i);
    }
    const before = number === 1 ? [] : chains.get(number - 1);
    if (!before) continue;
    const last = before.at(-1);
    if (last !== undefined && line.start - (lines[last] as Line).end < APART / 2) continue;
    const chain = [...before, i];
    chains.set(number, chain);
    // what follows counts on from here
    for (const other of [...chains.keys()]) if (other > number) chains.delete(other);
    if (chain.length > longest.length) longest = chain;
  }
  return {
    sure: wideEnough(lines, longest) ? new Set(longest) : new Set(),
    likely: wideEnough(lines, [...likely]) ? likely : new Set(),
  };
}

/** Text follows below, at once or after a line or two of source, number and title. */
function standsOver(lines: readonly Line[], i: number): boolean {
  return lines.slice(i + 1, i + 5).some(({ text }) => text.length >= 30 && /[。:;,]/.test(text));
}

function wideEnough(lines: readonly Line[], found: readonly number[]): boolean {
  const first = lines[found[0] ?? 0];
  const end = lines.at(-1);
  if (found.length < FEWEST || !first || !end) return false;
  return (end.end - first.start) / found.length >= APART;
}

/** Signs that stand before two or more short lines over a text. */
export function usualSigns(lines: readonly Line[], from: number): ReadonlySet<string> {
  const times = new Map<string, number>();
  for (let i = from; i + 1 < lines.length; i++) {
    const text = lines[i]?.text ?? '';
    if (text.length > LONGEST || text.length < 8 || /[。;,]$/.test(text) || !SIGN.test(text)) continue;
    if ((lines[i + 1]?.text.length ?? 0) < 30 && (lines[i + 2]?.text.length ?? 0) < 30) continue;
    const sign = text.charAt(0);
    times.set(sign, (times.get(sign) ?? 0) + 1);
  }
  return new Set([...times].filter(([, count]) => count >= 2).map(([sign]) => sign));
}
