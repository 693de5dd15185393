import type { Line } from '../reading/lines.ts';
import type { Section } from '../types.ts';

/** Steps of numbering: 章 节 一、 (一) 1. (1); 条 stands beside them. */
const STEPS: readonly (readonly [level: number, pattern: string])[] = [
  [1, '第[一二三四五六七八九十百]+章'],
  [2, '第[一二三四五六七八九十百]+节'],
  [3, '第[一二三四五六七八九十百零〇\\d]+条'],
  [1, '[一二三四五六七八九十]{1,3}、'],
  [2, '\\([一二三四五六七八九十]{1,3}\\)'],
  [3, '\\d{1,2}[.、](?!\\d)'],
  [4, '\\(\\d{1,2}\\)'],
];
const HEAD = new RegExp(`(^|\\n) *(?:${STEPS.map(([, pattern]) => `(${pattern})`).join('|')}) ?`, 'g');
/** In a text of one line headings follow a full stop and a blank. */
const NEVER = '((?!))';
const INLINE = new RegExp(
  `([。;:)!?] ?|^| (?=\\(一\\)))(?:${NEVER}|${NEVER}|${NEVER}|([一二三四五六七八九十]{1,3}、)|(\\([一二三四五六七八九十]{1,3}\\))|${NEVER}|${NEVER}) ?`,
  'g',
);

interface Mark {
  readonly start: number;
  readonly textStart: number;
  readonly no: string;
  readonly level: number;
  readonly kind: number;
}

const LED_BY_HEADING = /^[^。:\n]{2,24}[。:] ?\(一\)/;
const LED_POINT = /(?<=^|[。;:)] ?)(\([一二三四五六七八九十]{1,3}\)) ?/g;
const POINT = /(?<=[。;:)] ?)(\([一二三四五六七八九十]{1,3}\)) ?/g;

/** 三、安排。(一)…(二)…: points that stand in the line of their heading. */
function pointsInLine(text: string, heads: readonly Mark[]): Mark[] {
  const found: Mark[] = [];
  for (const head of heads) {
    if (head.level !== 1 || !LED_BY_HEADING.test(text.slice(head.textStart, head.textStart + 40))) continue;
    const stop = text.indexOf('\n', head.textStart);
    const line = text.slice(head.textStart, stop < 0 ? text.length : stop);
    for (const match of line.matchAll(POINT)) {
      const start = head.textStart + match.index;
      found.push({ start, textStart: start + match[0].length, no: match[1] ?? '', level: 2, kind: 4 });
    }
  }
  return found;
}

/** 重点任务包括:(一)…(二)…: points that run on in the line that leads them in. */
const LED_LINE = /(?:任务|措施|内容|举措|政策|规定)[^。;:\n]{0,8}:(?=\(一\)[^\n]{0,600}\(二\))/g;

function ledPoints(text: string): Mark[] {
  const found: Mark[] = [];
  let stop = -1;
  for (const lead of text.matchAll(LED_LINE)) {
    // one row a line
    if (lead.index < stop) continue;
    const from = lead.index + lead[0].length;
    const end = text.indexOf('\n', from);
    stop = end < 0 ? text.length : end;
    for (const match of text.slice(from, stop).matchAll(LED_POINT)) {
      const start = from + match.index;
      found.push({ start, textStart: start + match[0].length, no: match[1] ?? '', level: 2, kind: 4 });
    }
  }
  return found;
}

export interface Numbered extends Section {
  /** Where the words of the item begin, behind its number. */
  readonly textStart: number;
  /** Where the next item of the same or a higher level begins. */
  readonly itemEnd: number;
}

/** Every numbered item of a text with its heading: the words up to the first full stop or the end of the line. */
export function findSections(text: string, flat: boolean): Numbered[] {
  const found: Mark[] = [];
  for (const match of text.matchAll(flat ? INLINE : HEAD)) {
    for (let kind = 0; kind < STEPS.length; kind++) {
      const sign = match[kind + 2];
      if (sign === undefined || sign === '') continue;
      const start = match.index + match[0].indexOf(sign, (match[1] ?? '').length);
      found.push({
        start,
        textStart: match.index + match[0].length,
        no: sign.replace(/[、.]$/, ''),
        level: STEPS[kind]?.[0] ?? 1,
        kind,
      });
      break;
    }
  }
  if (!flat) {
    const inLine = [...pointsInLine(text, found), ...ledPoints(text)];
    const known = new Set(found.map((mark) => mark.start));
    for (const mark of inLine) {
      if (!known.has(mark.start)) found.push(mark);
      known.add(mark.start);
    }
  }
  found.sort((a, b) => a.start - b.start);
  return found.map((item, index) => {
    let itemEnd = text.length;
    for (let k = index + 1; k < found.length; k++) {
      const next = found[k];
      if (next && next.level <= item.level) {
        itemEnd = next.start;
        break;
      }
    }
    const own = found[index + 1]?.start ?? text.length;
    const piece = text.slice(item.textStart, Math.min(own, item.textStart + 400));
    const stop = piece.search(/[。\n;]/);
    let heading = (stop < 0 ? piece : piece.slice(0, stop)).trim();
    // in one line a blank parts a heading from its text: 三、工作要求 各地要…
    const glued = flat ? /^([\u4e00-\u9fff]{2,12}) (?=[^ ]{8})/.exec(heading)?.[1] : undefined;
    if (glued) heading = glued;
    if (heading.length > 60) heading = heading.split(/[,:]/)[0] ?? heading;
    return {
      level: item.level,
      no: item.no,
      heading: heading.slice(0, 80),
      start: item.start,
      end: Math.min(own, item.textStart + Math.max(heading.length, 1)),
      textStart: item.textStart,
      itemEnd,
    };
  });
}

/** 3.2.1 and a heading: a number alone at the start of its line, words right behind it. */
const DECIMAL = /^(\d{1,2}(?:\.\d{1,2}){1,4})[.、]? ?(?=[\u4e00-\u9fff“《A-Za-z])/;
/** A heading without number is no sentence and no line of a table or list. */
const NO_HEADING = /[。;,:、|]$|^(?:[|*!<•·●—-]|https?:|\[|Source|注[::])|[。|]/;
const LONGEST = 60;
const LONGEST_DECIMAL = 40;

/**
 * The headings of a text: numbered ones, decimal ones (3.2.1), and those without a number that the source marks as
 * headings. `depthOf` tells how deep a line is marked as a heading, 0 for none. A heading without number stands on the
 * level the numbered headings of its depth have.
 */
export function findOutline(
  numbered: readonly Numbered[],
  lines: readonly Line[],
  depthOf: (line: Line) => number,
  titleEnd: number,
): Section[] {
  const known = new Map(numbered.map((item) => [item.start, item]));
  const levels = new Map<number, number>();
  const more: { readonly line: Line; readonly depth: number; readonly decimal: string | null }[] = [];
  for (const line of lines) {
    if (line.text.length > LONGEST) continue;
    const item = known.get(line.start);
    const decimal = item ? null : (DECIMAL.exec(line.text)?.[1] ?? null);
    const depth = depthOf(line);
    if (item) {
      if (depth > 0) levels.set(depth, Math.min(levels.get(depth) ?? item.level, item.level));
      continue;
    }
    if (line.start < titleEnd || line.text.length < 2) continue;
    if (decimal !== null ? isDecimalHeading(line, decimal, depth) : depth > 0 && !NO_HEADING.test(line.text))
      more.push({ line, depth, decimal });
  }
  const sections: Section[] = numbered.map(({ level, no, heading, start, end }) => ({
    level,
    no,
    heading,
    start,
    end,
  }));
  for (const { line, depth, decimal } of more) {
    const heading = line.text
      .slice(decimal === null ? 0 : (DECIMAL.exec(line.text)?.[0].length ?? 0))
      .replace(/。$/, '')
      .trim();
    const level = decimal === null ? (levels.get(depth) ?? Math.max(1, depth - 1)) : decimal.split('.').length + 2;
    sections.push({ level, no: decimal, heading, start: line.start, end: line.end });
  }
  return more.length > 0 ? sections.sort((a, b) => a.start - b.start) : sections;
}

/** A decimal number may open a requirement or a row as well; a heading is short and no sentence, or marked as one. */
function isDecimalHeading(line: Line, decimal: string, depth: number): boolean {
  if (/[。;,:|]$|\|/.test(line.text) && depth === 0) return false;
  if (/^0|\.0/.test(decimal)) return false;
  return depth > 0 || (line.text.length <= LONGEST_DECIMAL && !/应|须|不得|[,。;≤≥=]/.test(line.text));
}
