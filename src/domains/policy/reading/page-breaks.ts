import { type MappedText, TextBuilder } from './offset-map.ts';

/** The number of a page on a line of its own. */
const PAGE = /^(?:第 ?\d{1,4} ?页(?:[,/ ]*共 ?\d{1,4} ?页)?|[-—] ?\d{1,4} ?[-—])$/;
/** Heads and feet of pages are short and no sentences. */
const LONGEST_HEAD = 60;
/** What begins a paragraph, so that the line before it ended one. */
const BEGINS =
  /^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|第[一二三四五六七八九十百零〇\d]+[章节条]|\d{1,2}[.、](?!\d)|附件|#|\||[①-⑳])/;
/** A line that was cut: it ends inside a sentence and is no headline. */
const CUT = /[\u4e00-\u9fffA-Za-z\d,、《“(]$/;
const SHORTEST_CUT = 20;

interface Row {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Takes out what a page break put into a text: numbers of pages, and heads and feet that stand beside them again and
 * again. A sentence cut by the break is whole again. A text without numbered pages is handed back as it is.
 */
export function withoutPageBreaks(folded: MappedText): { readonly text: MappedText; readonly changed: boolean } {
  const source = folded.text;
  if (!/^ *(?:第 ?\d|[-—] ?\d)/m.test(source)) return { text: folded, changed: false };
  const rows = rowsOf(source);
  const pages = rows.map(({ text }) => PAGE.test(text));
  if (!pages.includes(true)) return { text: folded, changed: false };
  const heads = runningHeads(rows, pages);
  const out = new TextBuilder(source);
  let from = 0;
  for (let i = 0; i < rows.length; i++) {
    if (!pages[i]) continue;
    let first = i;
    let last = i;
    while (first > 0 && (pages[first - 1] || heads.has(rows[first - 1]?.text ?? ''))) first--;
    while (last + 1 < rows.length && (pages[last + 1] || heads.has(rows[last + 1]?.text ?? ''))) last++;
    const before = rows[first - 1];
    const after = rows[last + 1];
    const start = before?.end ?? 0;
    const end = after?.start ?? source.length;
    out.copy(from, start);
    if (before && after && !isCut(before.text, after.text)) out.put('\n', start);
    from = end;
    i = last;
  }
  out.copy(from, source.length);
  return { text: out.finish(), changed: true };
}

function isCut(before: string, after: string): boolean {
  if (BEGINS.test(after)) return false;
  const open = before.lastIndexOf('《') > before.lastIndexOf('》');
  return open || (before.length >= SHORTEST_CUT && CUT.test(before));
}

function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  for (const found of text.matchAll(/[^\n]+/g)) {
    const words = found[0].trim();
    if (words === '') continue;
    const start = found.index + (found[0].length - found[0].trimStart().length);
    rows.push({ start, end: start + words.length, text: words });
  }
  return rows;
}

/** Lines that stand beside the number of a page more than once. A mark that leads back to the contents ends an article. */
function runningHeads(rows: readonly Row[], pages: readonly boolean[]): ReadonlySet<string> {
  const times = new Map<string, number>();
  rows.forEach((row, i) => {
    if (pages[i] || row.text.length > LONGEST_HEAD || /[。;:]$|返回(?:目录|顶部|首页)/.test(row.text)) return;
    if (pages[i - 1] || pages[i + 1]) times.set(row.text, (times.get(row.text) ?? 0) + 1);
  });
  return new Set([...times].filter(([, count]) => count >= 2).map(([text]) => text));
}
