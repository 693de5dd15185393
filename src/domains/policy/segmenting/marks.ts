import type { Line } from '../reading/lines.ts';

/** How a collection marks its headlines: running numbers or a sign in front. */

/** A sign, or a number, before a headline. */
export const MARKER = /^(?:[■●◆★▲▶•※◎▍▎◇□|丨]|【(?=[^】]{1,12}】.)[^】]{1,12}】|【|\d{1,2}[.、:](?!\d)|0\d (?=\S))\s*/;
const SIGN = /^[■●◆★▲▶•※◎▍▎◇□【]/;
const NUMBER = /^(\d{1,2})(?:[.、:](?!\d)| (?=[^\d\s]))/;
const LONGEST = 80;
/** Characters between two headlines of a running count, on the average; a list of points has less. */
const APART = 120;
const SHORTEST_CHAIN = 3;

/** Lines whose numbers count 1, 2, 3 … through the whole text, each over an article of its own. */
export function countedLines(lines: readonly Line[], from: number): ReadonlySet<number> {
  const chains = new Map<number, number[]>();
  let longest: number[] = [];
  for (let i = from; i < lines.length; i++) {
    const line = lines[i] as Line;
    if (line.text.length > LONGEST || /[。;:]/.test(line.text.replace(/[::][^::]{4,}$/, ''))) continue;
    const number = Number(NUMBER.exec(line.text)?.[1] ?? 0);
    if (number === 0) continue;
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
  const first = lines[longest[0] ?? 0];
  const end = lines.at(-1);
  if (longest.length < SHORTEST_CHAIN || !first || !end) return new Set();
  return (end.end - first.start) / longest.length >= APART ? new Set(longest) : new Set();
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
