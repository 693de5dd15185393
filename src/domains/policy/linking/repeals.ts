import { readText } from '../reading/read.ts';
import { scanBookMarks } from '../structure/citations.ts';
import { scanNumbers } from '../structure/numbers.ts';
import type { Span } from '../types.ts';

/** An act that a text says is repealed. */
export interface Repeal extends Span {
  /** Null when only a number is given. */
  readonly title: string | null;
  readonly number: string | null;
}

// a part may fail (失效) too: of acts it is said with one of these words
const WORD =
  /(?:同时|一并|即行|予以|宣布|自行|自动|相应|均|决定)?(?:废止|停止执行|停止施行)|(?:同时|一并|即行|宣布|自行|自动)失效/g;
/** Longest sentence of repeal, in characters. */
const LONGEST = 1_500;
/** Words that speak of repealing without doing it. */
const ONLY_SPOKEN =
  /^(?:前|后|的(?!规范性文件|文件|通知|公告|有关|规定|部分)|日期|时间|原因|程序|情形|或者|、修改|和修改|修改)|^[^。]{0,8}建议/;
const NOT_DONE =
  /(?:关于|未|不|尚未|没有|可以?|应当|是否|需要|建议|拟|方可|不得|申请|依法|文件|制定、修改|修改、|清理、?|修订或者?|或者?|已被?|已经|被)$/;

/** Marks and numbers of a stretch as repeals. A number in the brackets behind a title belongs to that title. */
function named(
  text: string,
  from: number,
  to: number,
): { title: string | null; number: string | null; start: number; end: number }[] {
  const part = text.slice(from, to);
  const marks = scanBookMarks(part);
  const found: { title: string | null; number: string | null; start: number; end: number }[] = [];
  const taken: { start: number; end: number }[] = [];
  for (const mark of marks) {
    const behind = part.slice(mark.end, mark.end + 70);
    const bracket = /^ ?[(〔]((?:[^()〔〕]|〔[^〔〕]*〕){3,60})[)〕]/.exec(behind);
    const number = bracket ? (scanNumbers(bracket[1] ?? '').at(-1)?.number ?? null) : null;
    taken.push({ start: mark.start, end: mark.end + (bracket?.[0].length ?? 0) });
    found.push({ title: mark.title, number, start: from + mark.start, end: from + mark.end });
  }
  for (const number of scanNumbers(part)) {
    if (taken.some(({ start, end }) => number.start < end && start < number.end)) continue;
    // 原某局令第4号公布的《…》 names one act
    const next = marks.find((mark) => mark.start >= number.end && mark.start - number.end < 14);
    if (next && /公布|发布|印发|颁布/.test(part.slice(number.end, next.start))) continue;
    found.push({ title: null, number: number.number, start: from + number.start, end: from + number.end });
  }
  return found;
}

/**
 * Acts a text repeals: named in the sentence before 废止 (or after it), or on the list of a notice that is about
 * repealing. Reads the text once; a text without such a word costs nothing.
 */
export function findRepeals(source: string, title: string): Repeal[] {
  if (!/废止|停止执行|停止施行|失效/.test(source)) return [];
  const mapped = readText(source);
  const { text } = mapped;
  const found = new Map<string, { title: string | null; number: string | null; start: number; end: number }>();
  const add = (items: ReturnType<typeof named>) => {
    for (const item of items) found.set(`${item.start}`, item);
  };
  // what one word of repeal was read with is not read again for the next
  let read = 0;
  for (const match of text.matchAll(WORD)) {
    const at = match.index;
    const end = at + match[0].length;
    const after = text.slice(end, end + 12);
    const before = text.slice(Math.max(0, at - 8), at);
    if (ONLY_SPOKEN.test(after) || NOT_DONE.test(before) || at < read) continue;
    let from = at;
    while (
      from > read &&
      at - from < LONGEST &&
      !'。;!?'.includes(text[from - 1] as string) &&
      !paragraphEnds(text, from)
    )
      from--;
    const backward = named(text, from + basisEnd(text.slice(from, at)), at);
    read = end;
    if (backward.length > 0) {
      add(backward);
      continue;
    }
    // 决定废止《甲》《乙》; 本办法废止,新的《甲》施行 repeals nothing it names
    if (!/决定|宣布|予以/.test(match[0]) && !/(?:决定|现|现将|一并)$/.test(before)) continue;
    if (!/^(?:了)?(?:以下|下列)?[^《\d。;]{0,30}(?:《|[\u4e00-\u9fff]{2,12}〔)/.test(text.slice(end, end + 60)))
      continue;
    let to = end;
    while (to < text.length && to < end + LONGEST && !'。;!?'.includes(text[to] as string)) to++;
    add(named(text, end, to));
    read = to;
  }
  if (/(?:废止|失效)/.test(title) && !/修改|修订|修正|继续有效|有效.{0,4}目录/.test(title)) add(listed(text));
  return [...found.values()].map((item) => ({
    title: item.title,
    number: item.number,
    start: mapped.at(item.start),
    end: mapped.endAt(item.end),
  }));
}

function paragraphEnds(text: string, at: number): boolean {
  return text[at - 1] === '\n' && !/[\u4e00-\u9fff,、《]/.test(text[at - 2] ?? '');
}

/** Where the acts on which the repeal is based end: 根据《条例》,《甲》同时废止. */
function basisEnd(clause: string): number {
  const basis = /^[^《]{0,20}(?:根据|依据|按照|依照|为贯彻|为落实|经研究|鉴于)[^,]*,/.exec(clause);
  const force = clause.search(/(?:自|于)[^,。《]{0,24}(?:起|日)(?:正式)?(?:施行|实施|执行|生效)/);
  return Math.max(basis?.[0].length ?? 0, force > 0 ? force : 0);
}

/** Entries of the list of a notice about repealing: numbered lines and rows of tables below its first sentences. */
function listed(text: string): ReturnType<typeof named> {
  const found: ReturnType<typeof named> = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const entry = /^\s*(?:\|\s*)?(?:[(（]?\d{1,3}[)）.、．|]?|[一二三四五六七八九十]{1,3}、)[\s|]*/.exec(line);
    if (entry && !/根据|依据|按照|修改|修订/.test(line)) {
      const items = named(text, at, at + line.length);
      if (items.length > 0) found.push(...items);
    }
    at += line.length + 1;
  }
  return found;
}
