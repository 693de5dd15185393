import type { Line } from '../reading/lines.ts';
import { bodiesIn, isBodyName } from '../structure/bodies.ts';
import { scanBookMarks } from '../structure/citations.ts';
import { scanNumbers } from '../structure/numbers.ts';
import { isTitleLine } from '../structure/title.ts';
import { headlineKey } from './contents.ts';
import {
  BACK,
  COUNT,
  isBetween,
  isFoot,
  isNoise,
  isNumberLine,
  isQuestion,
  isReport,
  isSignature,
  mayEnd,
  RULE,
  repeatedLines,
  SOURCE,
} from './line-kinds.ts';
import { countedLines, MARKER, usualSigns } from './marks.ts';

/** An article of a digest: its lines, both inclusive, and the line its title stands in. */
export interface Article {
  readonly first: number;
  readonly last: number;
  /** -1 when the article has no headline. */
  readonly title: number;
}

const NUMBERED =
  /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十百零\d]+[章节条]|[①-⑳])/;
/** How articles begin. */
export const OPENING =
  /^(?:近日|日前|近期|今日|昨日|目前|为(?:了|进一步|贯彻|落实|深入|推动|规范|加强|做好|回应|切实|保障|全面|加快|持续|促进)|根据|按照|依据|各[^:]{2,60}[::]|本报讯|记者|据|(?:\d{4}年)?\d{1,2}月\d{1,2}日)/;
/** 一、 or (二) before a headline that the list of contents announced. */
const LISTED = /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)) ?/;
/** Sentences, lists, tables, files and references are no headlines. */
const NOT_HEADLINE =
  /[。;,、]$|^(?:附件|附表|注[::]|表 ?\d|图 ?\d|\(|\||https?:|\[\d|\d{1,2}\.\d)|\.(?:docx?|pdf|xlsx?|zip|wps)$|\|.*\||^\d{1,3}[.、] ?《|出版社/;
/** 1.2 before a headline that the list of contents announced. */
const STEPPED = /^\d{1,2}(?:\.\d{1,2}){1,3} ?(?=[\u4e00-\u9fff《“])/;
/** A line of a list below a rule, such as the works a guideline refers to. */
const FORMULA = /[=≤≥±]|\[[JMS]\]/;
/** The whole name of an act, as it stands over it. */
const OFFICIAL =
  /(?:关于.{4,}的?|《.{4,}》的?|^[^,]{8,}?(?:采购|招标)?)(?:通知|公告|通告|通报|决定|意见|函|批复|办法|规定|细则|方案|措施|程序)(?:\([^()]{1,20}\))*$/;
/** A headline of a few characters is the name of a rubric. */
const SHORTEST = 8;
const LONGEST = 100;
const STRONG = 4;
const ENOUGH = 3;
/** Lines a source, a number or a mark may take between a headline and what it stands over. */
const MOST_BETWEEN = 3;

/** A headline without its number, sign and closing bracket. */
export function bareHeadline(text: string): string {
  return text.replace(STEPPED, '').replace(LISTED, '').replace(MARKER, '').replace(/】$/, '');
}

interface Headline {
  readonly line: number;
  readonly score: number;
}

/** Reads the lines of one text as a digest, or finds that they are none. */
export class Digest {
  readonly #lines: readonly Line[];
  readonly #from: number;
  readonly #announced: ReadonlySet<string> | null;
  readonly #marked: (line: Line) => boolean;
  readonly #repeated: ReadonlySet<string>;
  readonly #counted: ReadonlySet<number>;
  readonly #signs: ReadonlySet<string>;

  constructor(
    lines: readonly Line[],
    contents: { readonly from: number; readonly announced: ReadonlySet<string> | null },
    marked: (line: Line) => boolean,
  ) {
    this.#lines = lines;
    this.#from = contents.from;
    this.#announced = contents.announced;
    this.#marked = marked;
    this.#repeated = repeatedLines(lines);
    this.#counted = countedLines(lines, contents.from);
    this.#signs = usualSigns(lines, contents.from);
  }

  /** The articles, or null when fewer than `fewest` headlines stand over articles. */
  articles(fewest: number): Article[] | null {
    const heads = this.#headlines();
    const strong = heads.filter((head) => head.score >= STRONG).length;
    if (heads.length < fewest || strong < Math.max(1, heads.length * 0.3)) return null;
    const starts = this.#starts(heads);
    return starts.map(({ first, title }, i) => ({
      first,
      title,
      last: this.#lastLine(first, (starts[i + 1]?.first ?? this.#lines.length) - 1),
    }));
  }

  #text(i: number): string {
    return this.#lines[i]?.text ?? '';
  }

  /** Could stand over an article: short, no sentence, no part of a list, nothing of the page. */
  #isCandidate(i: number): boolean {
    const line = this.#lines[i];
    if (!line) return false;
    const { text } = line;
    const bare = bareHeadline(text);
    if (text.length > LONGEST || bare.length < SHORTEST) return false;
    const inContents = this.#announced?.has(headlineKey(text)) ?? false;
    return !(
      (NUMBERED.test(text) && !inContents) ||
      (/[::]$/.test(text) && !this.#marked(line)) ||
      (NOT_HEADLINE.test(text) && !(inContents && STEPPED.test(text))) ||
      isSignature(text) ||
      isNumberLine(text) ||
      SOURCE.test(text) ||
      isNoise(text) ||
      isQuestion(text) ||
      this.#repeated.has(text) ||
      FORMULA.test(bare)
    );
  }

  /** Lines that stand over an article, by what they are and what stands around them. */
  #headlines(): Headline[] {
    const lines = this.#lines;
    const found: Headline[] = [];
    const weak: Headline[] = [];
    let articleStart = this.#from;
    let quoted = new Set<string>();
    let articleKey = '';
    for (let i = this.#from; i < lines.length; i++) {
      const text = this.#text(i);
      if (!this.#isCandidate(i)) {
        noteNames(text, quoted);
        continue;
      }
      const key = headlineKey(text);
      const inContents = this.#announced?.has(key) ?? false;
      const score = this.#score(i, inContents);
      const next = lines.slice(i + 1, i + 4);
      const followed = next.some((other) => other.text.length >= 60 || /[。:]$/.test(other.text));
      const before = this.#text(i - 1);
      // the plan that a notice issues carries its own headline: it belongs to the notice
      const attached =
        i > articleStart &&
        // the list of contents may name the plan instead of the notice that issues it
        (!inContents || (quoted.has(key) && articleKey.includes(key) && /印发|发布/.test(articleKey))) &&
        !this.#counted.has(i) &&
        (quoted.has(key) || articleKey.includes(key) || /^附件 ?\d*$/.test(before));
      if (score >= ENOUGH && followed && !attached) {
        found.push({ line: i, score });
        articleStart = i;
        quoted = new Set();
        articleKey = key;
      } else if (
        score >= 1 &&
        followed &&
        !attached &&
        text.length <= 60 &&
        (COUNT.test(before) || sharesWords(bareHeadline(text), this.#text(i + 1)) || this.#overReport(i))
      ) {
        weak.push({ line: i, score });
      }
      noteNames(text, quoted);
    }
    // in a plain collection a line whose words the next paragraph takes up is a headline too
    if (found.filter((head) => head.score >= STRONG).length >= 2) found.push(...weak);
    return found.sort((a, b) => a.line - b.line);
  }

  #score(i: number, inContents: boolean): number {
    const line = this.#lines[i] as Line;
    const { text } = line;
    const bare = bareHeadline(text);
    const isHead = this.#marked(line);
    let score = inContents ? 3 : 0;
    if (this.#counted.has(i)) score += 4;
    const title = isTitleLine(bare) || (isHead && scanNumbers(bare).length > 0);
    if (title && /关于|印发|发布|公布|废止|转发/.test(bare)) score += 2;
    else if (title || isHead) score += 1;
    const next = this.#lines.slice(i + 1, i + 4);
    if (next.slice(0, 2).some((other) => SOURCE.test(other.text))) score += 2;
    const before = this.#text(i - 1);
    if (i > this.#from && (SOURCE.test(before) || BACK.test(before) || RULE.test(before) || COUNT.test(before)))
      score += 2;
    else if (i === this.#from || /[。!?”)]$/.test(before) || /\d日$/.test(before) || isNoise(before)) score += 1;
    if (this.#signs.has(text.charAt(0))) score += 2;
    if (score > 0) {
      const body = next.find((other) => !SOURCE.test(other.text) && other.text.length > 25);
      if (body && (OPENING.test(body.text) || bodiesIn(body.text.slice(0, 60)).length > 0)) score += 1;
      if (/发布|印发|通报|公示|征求意见|解读/.test(bare) || bodiesIn(`${bare} `).length > 0) score += 1;
      if (MARKER.test(text) && !/^\d/.test(text)) score += 1;
    }
    return score;
  }

  /** A report begins right below, and what stands above has come to its end. */
  #overReport(i: number): boolean {
    const body = this.#text(i + 1);
    return (
      body.length >= 40 &&
      isReport(body) &&
      (isFoot(this.#text(i - 1)) || isNoise(this.#text(i - 1)) || /^附件/.test(this.#text(i - 1)))
    );
  }

  /**
   * Where articles begin, and the line of their title: a digest often sets its own headline over the title of the act,
   * and both belong to one article.
   */
  #starts(heads: readonly Headline[]): { first: number; title: number }[] {
    const starts: { first: number; title: number }[] = [];
    for (const { line } of heads) {
      const before = starts.at(-1);
      if (before && line - before.title <= MOST_BETWEEN && this.#onlyBetween(before.title + 1, line)) {
        // the name of the collection stands over its first headline
        if (this.#isMarked(line) && !this.#isMarked(before.first)) before.first = line;
        if (this.#isOfficial(line) || before.title < before.first) before.title = line;
        continue;
      }
      starts.push({ first: this.#overline(line, before?.title ?? this.#from - 1), title: this.#officialBelow(line) });
    }
    return starts;
  }

  #isMarked(i: number): boolean {
    return this.#counted.has(i) || this.#signs.has(this.#text(i).charAt(0));
  }

  #onlyBetween(from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (!isBetween(this.#text(i))) return false;
    return true;
  }

  #isOfficial(i: number): boolean {
    const bare = bareHeadline(this.#text(i));
    return isTitleLine(bare) && OFFICIAL.test(bare);
  }

  /** A headline of the digest over the title of the act: the article begins with it. */
  #overline(title: number, after: number): number {
    if (!this.#isOfficial(title)) return title;
    for (let i = title - 1; i > after && i >= title - MOST_BETWEEN; i--) {
      const text = this.#text(i);
      if (this.#isCandidate(i) && !this.#isOfficial(i) && mayEnd(this.#text(i - 1)) && !mayEnd(text)) return i;
      if (!isBetween(text) || isFoot(text) !== SOURCE.test(text)) break;
    }
    return title;
  }

  /** The title of the act below a headline of the digest. */
  #officialBelow(head: number): number {
    if (this.#isOfficial(head)) return head;
    for (let i = head + 1; i <= head + MOST_BETWEEN; i++) {
      if (this.#isOfficial(i) && this.#isCandidate(i)) return i;
      if (!isBetween(this.#text(i))) break;
    }
    return head;
  }

  /** Ends of articles that are no text: source bars stay, marks of the site and headings of a department do not. */
  #lastLine(from: number, to: number): number {
    let last = to;
    while (last > from) {
      const text = this.#text(last);
      const rubric =
        text.length <= 14 &&
        last < this.#lines.length - 1 &&
        !/[。:\d]$/.test(text) &&
        !isBodyName(text) &&
        !isFoot(text) &&
        last === to;
      if (isNoise(text) || COUNT.test(text) || rubric || this.#repeated.has(text)) last--;
      else break;
    }
    return last;
  }
}

function sharesWords(headline: string, paragraph: string): boolean {
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
