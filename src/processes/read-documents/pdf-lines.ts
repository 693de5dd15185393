/** A run of characters on a page. The origin is the lower left corner; all lengths in points. */
export interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

interface PageLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

const HAN_OR_MARK = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF〔〕]/u;
/** Ends of sentences and of entries: a line that ends so is never run on. */
const SENTENCE_END = /[。！？；：:;!?]["”’）)]?$/;
/** What only stands at the beginning of a paragraph. */
const PARAGRAPH_START =
  /^(?:第[一二三四五六七八九十百零〇\d]+[章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|附件\s*\d*[：:]?|#)/;
const PAGE_NUMBER = /^[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*(?:页|\/\s*\d{1,4}))?[-—–－·\s]*$/;

/** Runs that stand on one height are one line; gaps wider than two characters part cells. */
function linesOfPage(runs: readonly Run[]): PageLine[] {
  const rows: Run[][] = [];
  for (const run of [...runs].filter(({ text }) => text.trim() !== '').sort((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && Math.abs(first.y - run.y) <= Math.max(first.size, run.size) * 0.4) row.push(run);
    else rows.push([run]);
  }
  return rows.map((row) => {
    const ordered = row.sort((a, b) => a.x - b.x);
    let text = '';
    let end = Number.NaN;
    for (const run of ordered) {
      const gap = run.x - end;
      if (gap > run.size * 2) text += '\t';
      else if (gap > run.size * 0.2 && !(HAN_OR_MARK.test(text.at(-1) ?? '') && HAN_OR_MARK.test(run.text[0] ?? '')))
        text += ' ';
      text += run.text;
      end = run.x + run.width;
    }
    return {
      text: text.trim(),
      left: Math.min(...ordered.map(({ x }) => x)),
      right: end,
      y: ordered[0]?.y ?? 0,
      size: Math.max(...ordered.map(({ size }) => size)),
    };
  });
}

/** Lines that stand at the same height of most pages: running heads and feet. */
function runningLines(pages: readonly (readonly PageLine[])[]): ReadonlySet<string> {
  const times = new Map<string, number>();
  for (const page of pages)
    for (const line of new Set(
      [...page.slice(0, 2), ...page.slice(-2)].filter(({ text }) => !SENTENCE_END.test(text)).map(placeOf),
    ))
      times.set(line, (times.get(line) ?? 0) + 1);
  return new Set(
    [...times].filter(([, count]) => pages.length >= 4 && count > pages.length * 0.6).map(([line]) => line),
  );
}

function placeOf({ text, y }: PageLine): string {
  return `${Math.round(y / 4)} ${text.replace(/\d+/g, '#')}`;
}

/**
 * The text of pages as paragraphs: a line that reaches the right edge goes on in the next unless that one begins a
 * paragraph; page numbers and running heads are left out. A paragraph may go on over a page.
 */
export function textOfPages(pages: readonly (readonly Run[])[]): string {
  const lines = pages.map(linesOfPage);
  const running = runningLines(lines);
  const paragraphs: string[] = [];
  let open = false;
  for (const page of lines) {
    const body = page.filter(
      (line, i) => !running.has(placeOf(line)) && !((i === 0 || i >= page.length - 2) && PAGE_NUMBER.test(line.text)),
    );
    if (body.length === 0) continue;
    const right = edge(body.map((line) => line.right));
    const left = edge(body.map((line) => -line.left)) * -1;
    for (const line of body) {
      const indented = line.left > left + line.size * 1.2;
      const before = paragraphs.at(-1);
      if (open && before !== undefined && !indented && !PARAGRAPH_START.test(line.text) && !line.text.includes('\t')) {
        const glue = HAN_OR_MARK.test(before.at(-1) ?? '') || HAN_OR_MARK.test(line.text[0] ?? '') ? '' : ' ';
        paragraphs[paragraphs.length - 1] = before + glue + line.text;
      } else paragraphs.push(line.text);
      open = line.right >= right - line.size * 2.5 && !SENTENCE_END.test(line.text) && !line.text.includes('\t');
    }
  }
  return paragraphs.join('\n');
}

/** The edge most lines reach: the widest is often a table or a stamp. */
function edge(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * 0.85))] ?? 0;
}
