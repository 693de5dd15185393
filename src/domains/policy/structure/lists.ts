/** Numberings of lines, outer ones first; a decimal heading counts like 1. */
const STEPS: readonly (readonly [level: number, pattern: RegExp])[] = [
  [0, /^ *第[一二三四五六七八九十百]+[章节]/],
  [1, /^ *[一二三四五六七八九十]{1,3}、/],
  [2, /^ *\([一二三四五六七八九十]{1,3}\)/],
  [3, /^ *第[一二三四五六七八九十百零〇\d]+条/],
  [4, /^ *\d{1,2}(?:[.、]|(?:\.\d{1,2})+)/],
  [5, /^ *(?:\(\d{1,2}\)|\d{1,2}\))/],
  [6, /^ *(?:[①-⑳]|[a-zA-Z][.)]|[-—•·●] )/],
];
const NUMBERING = /^ *(?:[第一二三四五六七八九十(\d①-⑳•·●—-]|[a-zA-Z][.)])/;

/** How deep the numbering of a line stands, or null when the line has none. */
export function lineLevel(line: string): number | null {
  if (!NUMBERING.test(line)) return null;
  for (const [level, pattern] of STEPS) if (pattern.test(line)) return level;
  return null;
}

/**
 * Where the list that a line introduces ends: its items of one kind with what stands deeper. A paragraph without a number
 * belongs to the item above it when another item follows.
 */
export function listBelow(text: string, from: number): number {
  let at = from;
  let level: number | null = null;
  let end = from;
  let loose = 0;
  for (let count = 0; count < 60 && at < text.length && at - from < 4000; count++) {
    let next = text.indexOf('\n', at + 1);
    if (next < 0) next = text.length;
    const line = text.slice(at + 1, Math.min(next, at + 40));
    at = next;
    if (line.trim() === '') continue;
    const own = lineLevel(line);
    if (own === null) {
      if (level === null || ++loose > 6) break;
      continue;
    }
    if (level !== null && own < level) break;
    level ??= own;
    loose = 0;
    end = next;
  }
  return end;
}
