import { type Line, linesOf } from '../reading/lines.ts';
import { bodiesIn, isBodyName } from '../structure/bodies.ts';
import { scanBookMarks } from '../structure/citations.ts';
import { scanNumbers } from '../structure/numbers.ts';
import { isTitleLine } from '../structure/title.ts';
import { findContents, headlineKey } from './contents.ts';

/** A stretch of the text that is one document. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Several paragraphs run together in one line: headings stand inside it. */
  readonly flat: boolean;
  /** The headline a digest gives it, without numbering and marks. */
  readonly headline?: { readonly text: string; readonly start: number; readonly end: number };
}

const JOINED = /[。;:!?] +(?=[\u4e00-\u9fff“《(])/;
const NUMBERED =
  /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十百零\d]+[章节条]|[①-⑳])/;
const OPENING =
  /^(?:近日|日前|近期|今日|昨日|目前|为(?:了|进一步|贯彻|落实|深入|推动|规范|加强|做好|回应|切实|保障|全面|加快|持续|促进)|根据|按照|依据|各[^:]{2,60}[::]|本报讯|记者|据|(?:\d{4}年)?\d{1,2}月\d{1,2}日)/;
const SOURCE =
  /^(?:来源|信息来源|文章来源|稿件来源|转自|原文(?:链接|标题)?|作者|编辑|发布时间|发布日期|时间|日期) ?[::|丨]|^(?:19|20)\d{2}[-年./]\d{1,2}[-月./]\d{1,2}日?(?: ?\d{1,2}:\d{2}(?::\d{2})?)?$/;
/** A number alone on its line opens an article. */
const COUNT = /^(?:NO\.? ?)?\d{1,2}[.、]?$|^[一二三四五六七八九十]{1,3}$/i;
const PATH = /^您?(?:当前|现在)?(?:所在)?的?位置[:: ]/;
const BACK = /^\[?[【(]?返回(?:目录|顶部|首页)[】)\]]?$/;
const RULE = /^[-—=*_~·]{3,}$/;
const ADVERT =
  /(?:扫码|二维码|公众号|加微信|微信号|欢迎(?:订阅|关注|投稿|加入)|广告|课程|培训班|限时|优惠|报名热线|长按|点击(?:阅读|关注)|商务合作|转发分享)/;
/** 一、 or (二) before a headline that the list of contents announced. */
const LISTED = /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)) ?/;
const MARKER = /^(?:[■●◆★▲▶•※◎]|【|\d{1,2}[.、:](?!\d))\s*/;

/** One notice a line: long lines, hardly any short one, each beginning anew or with its paragraphs run together. */
function isFeed(lines: readonly Line[]): boolean {
  if (lines.length < 2) return false;
  const long = lines.filter((line) => line.text.length >= 100);
  if (long.length < 2 || long.length < lines.length * 0.6) return false;
  const joined = long.filter((line) => JOINED.test(line.text)).length;
  const anew = long.filter((line) => OPENING.test(line.text) || bodiesIn(line.text.slice(0, 80)).length > 0).length;
  const numbered = lines.filter((line) => NUMBERED.test(line.text)).length;
  return joined >= long.length * 0.4 && anew >= long.length * 0.5 && numbered <= lines.length * 0.1;
}

/** Sentences, lists, tables, files and references are no headlines. */
const NOT_HEADLINE =
  /[。;,、]$|^(?:附件|附表|注[::]|表 ?\d|图 ?\d|\(|\||https?:|\[\d|\d{1,2}\.\d)|\.(?:docx?|pdf|xlsx?|zip|wps)$|\|.*\||^\d{1,3}[.、] ?《|出版社/;
/** 1.2 before a headline that the list of contents announced. */
const STEPPED = /^\d{1,2}(?:\.\d{1,2}){1,3} ?(?=[\u4e00-\u9fff《“])/;
/** A line of a list below a rule, such as the works a guideline refers to. */
const FORMULA = /[=≤≥±]|\[[JMS]\]/;

interface Headline {
  readonly line: number;
  readonly score: number;
}

/** Lines that stand over an article of a digest, by what they are and what stands around them. */
function headlines(
  lines: readonly Line[],
  from: number,
  announced: ReadonlySet<string> | null,
  marked: (line: Line) => boolean,
): Headline[] {
  const found: Headline[] = [];
  let articleStart = from;
  let quoted = new Set<string>();
  let articleKey = '';
  const weak: Headline[] = [];
  for (let i = from; i < lines.length; i++) {
    const line = lines[i] as Line;
    const text = line.text;
    if (text.length > 100) {
      noteNames(text, quoted);
      continue;
    }
    const bare = text.replace(STEPPED, '').replace(MARKER, '').replace(/】$/, '');
    const isHead = marked(line);
    const key = headlineKey(text);
    const inContents = announced?.has(key) ?? false;
    if (
      bare.length < 8 ||
      (NUMBERED.test(text) && !inContents) ||
      (/[::]$/.test(text) && !isHead) ||
      (NOT_HEADLINE.test(text) && !(inContents && STEPPED.test(text))) ||
      isBodyName(text) ||
      SOURCE.test(text) ||
      BACK.test(text) ||
      RULE.test(text) ||
      FORMULA.test(bare)
    ) {
      noteNames(text, quoted);
      continue;
    }
    let score = inContents ? 3 : 0;
    const title = isTitleLine(bare) || (isHead && scanNumbers(bare).length > 0);
    if (title && /关于|印发|发布|公布|废止|转发/.test(bare)) score += 2;
    else if (title || isHead) score += 1;
    const next = lines.slice(i + 1, i + 4);
    if (next.slice(0, 2).some((other) => SOURCE.test(other.text))) score += 2;
    const before = lines[i - 1]?.text ?? '';
    if (i > from && (SOURCE.test(before) || BACK.test(before) || RULE.test(before) || COUNT.test(before))) score += 2;
    else if (i === from || /[。!?”)]$/.test(before) || /\d日$/.test(before)) score += 1;
    if (score > 0) {
      const body = next.find((other) => !SOURCE.test(other.text) && other.text.length > 25);
      if (body && (OPENING.test(body.text) || bodiesIn(body.text.slice(0, 60)).length > 0)) score += 1;
      if (/发布|印发|通报|公示|征求意见|解读/.test(bare) || bodiesIn(`${bare} `).length > 0) score += 1;
      if (MARKER.test(text) && !/^\d/.test(text)) score += 1;
    }
    const followed = next.some((other) => other.text.length >= 60 || /[。:]$/.test(other.text));
    // the plan that a notice issues carries its own headline: it belongs to the notice
    const attached =
      i > articleStart && !inContents && (quoted.has(key) || articleKey.includes(key) || /^附件/.test(before));
    if (score >= 3 && followed && !attached) {
      found.push({ line: i, score });
      articleStart = i;
      quoted = new Set();
      articleKey = key;
    } else if (
      score >= 1 &&
      followed &&
      !attached &&
      text.length <= 60 &&
      (COUNT.test(before) || sharesWords(bare, lines[i + 1]?.text ?? ''))
    ) {
      weak.push({ line: i, score });
    }
    noteNames(text, quoted);
  }
  // in a plain collection a line whose words the next paragraph takes up is a headline too
  if (found.filter((head) => head.score >= 4).length >= 2) found.push(...weak);
  return found.sort((a, b) => a.line - b.line);
}

/** Whether a paragraph takes up the words of the line above it, as the report under a headline does. */
function sharesWords(headline: string, paragraph: string): boolean {
  if (paragraph.length < 40) return false;
  const words = headline.replace(/[^\u4e00-\u9fffA-Za-z0-9]/g, '');
  const lead = paragraph.slice(0, 160);
  let shared = 0;
  for (let i = 0; i + 1 < words.length; i++) if (lead.includes(words.slice(i, i + 2))) shared++;
  return words.length >= 8 && shared >= (words.length - 1) * 0.5;
}

/** The names a line gives to what it carries: titles in book marks, attachments. */
function noteNames(text: string, names: Set<string>): void {
  if (text.includes('《')) for (const mark of scanBookMarks(text)) names.add(headlineKey(mark.title));
  const attached = /^附 ?件 ?\d{0,2}[:. ] ?(.{4,100})$/.exec(text);
  if (attached) names.add(headlineKey(attached[1] ?? ''));
}

/** Ends of articles that are no text: source bars stay, marks of the site and headings of a department do not. */
function lastLineOf(lines: readonly Line[], from: number, to: number): number {
  let last = to;
  while (last > from) {
    const text = lines[last]?.text ?? '';
    const rubric =
      text.length <= 14 &&
      last < lines.length - 1 &&
      !/[。:\d]$/.test(text) &&
      !isBodyName(text) &&
      !SOURCE.test(text) &&
      last === to;
    if (BACK.test(text) || RULE.test(text) || COUNT.test(text) || rubric || (ADVERT.test(text) && text.length < 160))
      last--;
    else break;
  }
  return last;
}

/**
 * Parts a text into documents: one notice a line, a digest of articles, or one document (a page, a notice with what it
 * issues). `marked` says whether a line was a heading in the source.
 */
export function segment(text: string, marked: (line: Line) => boolean): Segment[] {
  const lines = linesOf(text);
  const first = lines[0];
  const last = lines.at(-1);
  if (!first || !last) return [];
  if (isFeed(lines)) {
    return (
      lines
        // an attachment list that stands alone is kept as the fragment it is
        .filter(
          (line) =>
            (line.text.length >= 60 || (/^附件/.test(line.text) && line.text.length >= 16)) &&
            !(ADVERT.test(line.text) && line.text.length < 200),
        )
        .map((line) => ({ start: line.start, end: line.end, flat: true }))
    );
  }
  const flat =
    lines.filter((line) => line.text.length >= 180 && JOINED.test(line.text)).length >=
      Math.max(1, lines.length * 0.5) && lines.length <= 4;
  const whole: Segment = { start: first.start, end: last.end, flat };
  const contents = findContents(lines);
  const from = contents?.endLine ?? 0;
  const heads = headlines(lines, from, contents?.keys ?? null, marked);
  const strong = heads.filter((head) => head.score >= 4).length;
  // one page of a site is one document unless it is plainly a collection
  const page = lines.slice(0, 200).some((line) => PATH.test(line.text));
  if (heads.length < (page ? 3 : 2) || strong < Math.max(1, heads.length * 0.3)) return [whole];
  const parts: Segment[] = [];
  const push = (a: number, b: number, headed: boolean): void => {
    const end = lastLineOf(lines, a, b);
    const start = lines[a];
    const stop = lines[end];
    if (!start || !stop || stop.end - start.start < 40) return;
    const words = text.slice(start.start, stop.end);
    if (!/[。:]/.test(words)) return;
    if (words.length < 300 && ADVERT.test(words) && !isTitleLine(start.text)) return;
    const bare = start.text.replace(STEPPED, '').replace(LISTED, '').replace(MARKER, '').replace(/】$/, '');
    const at = start.start + start.text.indexOf(bare);
    const headline = headed ? { headline: { text: bare, start: at, end: at + bare.length } } : {};
    parts.push({ start: start.start, end: stop.end, flat: false, ...headline });
  };
  const firstHead = heads[0]?.line ?? 0;
  if (firstHead > from) {
    const preface = text.slice(lines[from]?.start ?? 0, lines[firstHead - 1]?.end ?? 0);
    if ((preface.match(/。/g)?.length ?? 0) >= 2 && preface.length > 150) push(from, firstHead - 1, false);
  }
  heads.forEach((head, index) => {
    push(head.line, (heads[index + 1]?.line ?? lines.length) - 1, true);
  });
  return parts.length >= 2 ? parts : [whole];
}
