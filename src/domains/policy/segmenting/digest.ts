import type { Line } from '../reading/lines.ts';
import { bodiesIn, isBodyName } from '../structure/bodies.ts';
import { scanNumbers } from '../structure/numbers.ts';
import { isTitleLine } from '../structure/title.ts';
import { headlineKey, isAnnounced } from './contents.ts';
import { bareHeadline, noteNames, STEPPED, sharesWords } from './headline-words.ts';
import {
  BACK,
  COUNT,
  isAbstract,
  isBetween,
  isFoot,
  isNoise,
  isNumberLine,
  isQuestion,
  isReport,
  isSignature,
  isSigned,
  mayEnd,
  RULE,
  repeatedLines,
  SOURCE,
} from './line-kinds.ts';
import { type CountedLines, countedLines, MARKER, usualSigns } from './marks.ts';

/** An article of a digest: its lines, both inclusive, and the line its title stands in. */
export interface Article {
  readonly first: number;
  readonly last: number;
  /** -1 when the article has no headline. */
  readonly title: number;
  /** A headline may run on in a second line. */
  readonly titleEnd: number;
}

const NUMBERED =
  /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十百零\d]+[章节条]|[①-⑳])/;
/** How articles begin. */
export const OPENING =
  /^(?:近日|日前|近期|今日|昨日|目前|为(?:了|进一步|贯彻|落实|深入|推动|规范|加强|做好|回应|切实|保障|全面|加快|持续|促进)|根据|按照|依据|各[^:]{2,60}[::]|本报讯|记者|据|(?:\d{4}年)?\d{1,2}月\d{1,2}日)/;
/** Sentences, lists, tables, files and references are no headlines. */
const NOT_HEADLINE =
  /[。;,、]$|^(?:附件|附表|注[::]|表 ?\d|图 ?\d|\(|\||https?:|\[\d|\d{1,2}\.\d)|\.(?:docx?|pdf|xlsx?|zip|wps)$|\|.*\||^\d{1,3}[.、] ?《[^》]*》(?:\([^()]*\))?$|出版社/;
/** A line of a list below a rule, such as the works a guideline refers to. */
const FORMULA = /[=≤≥±]|\[[JMS]\]|^\d{0,3} ?(?:GB|YY|WS|JJF|ISO|IEC|T\/)[ /]?[A-Z]{0,3} ?\d/;
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
/** The second line of a headline is what did not fit into the first. */
const LONGEST_SECOND = 50;
/** The name of a part of the collection: 一、国家政策. */
const LONGEST_RUBRIC = 24;
/** Marks, or announced headlines, from which a collection is known by them. */
const FEWEST_KNOWN = 3;
/** Share of the articles of a collection that show by themselves that they are articles. */
const PLAIN_SHARE = 0.6;
/** Where more lines stand below an empty one, paragraphs are parted so. */
const MOST_GAPS = 0.4;

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
  readonly #gapBefore: (i: number) => boolean;
  #repeated: ReadonlySet<string> = new Set();
  #counted: CountedLines = { sure: new Set(), likely: new Set() };
  #signs: ReadonlySet<string> = new Set();
  /** Lines below an empty one, where empty lines part articles and not paragraphs. */
  #gaps: ReadonlySet<number> = new Set();

  constructor(
    lines: readonly Line[],
    contents: {
      readonly from: number;
      readonly announced: ReadonlySet<string> | null;
      readonly gapBefore: (i: number) => boolean;
    },
    marked: (line: Line) => boolean,
  ) {
    this.#lines = lines;
    this.#from = contents.from;
    this.#announced = contents.announced;
    this.#marked = marked;
    this.#gapBefore = contents.gapBefore;
  }

  /** Looks at the collection as a whole: what stands again and again, what counts, what parts. */
  #survey(): void {
    const lines = this.#lines;
    const from = this.#from;
    this.#repeated = repeatedLines(lines);
    this.#counted = countedLines(lines, from);
    this.#signs = usualSigns(lines, from);
    const gaps = lines.flatMap((_, i) => (i > from && this.#gapBefore(i) ? [i] : []));
    this.#gaps = gaps.length < (lines.length - from) * MOST_GAPS ? new Set(gaps) : new Set();
  }

  /** Whether two lines show that articles stand here: most texts are one document and need no closer look. */
  #mayBeOne(): boolean {
    if (this.#announced !== null && this.#announced.size > 0) return true;
    let shown = 0;
    for (let i = this.#from; i < this.#lines.length && shown < 2; i++) {
      const text = this.#text(i);
      if (
        isFoot(text) ||
        BACK.test(text) ||
        isQuestion(text) ||
        isReport(text) ||
        this.#isOfficial(i, this.#titleEnd(i))
      )
        shown++;
    }
    return shown >= 2;
  }

  /** The articles, or null when fewer than `fewest` headlines stand over articles. */
  articles(fewest: number): Article[] | null {
    if (!this.#mayBeOne()) return null;
    this.#survey();
    const heads = this.#withoutSubheads(this.#headlines());
    const strong = heads.filter((head) => head.score >= STRONG).length;
    if (heads.length < fewest || strong < Math.max(1, heads.length * 0.3)) return null;
    const starts = this.#starts(heads);
    const articles = starts.map(({ first, title, titleEnd }, i) => ({
      first,
      title,
      titleEnd,
      last: this.#lastLine(first, (starts[i + 1]?.first ?? this.#lines.length) - 1),
    }));
    const plain = articles.filter((article) => this.#isArticle(article)).length;
    return plain >= Math.max(2, articles.length * PLAIN_SHARE) ? articles : null;
  }

  /**
   * Shows by itself that it was written apart from the others: a source, the title of an act, a signature, the opening of
   * a report, an entry in the contents. The chapters of one guideline show nothing of that.
   */
  #isArticle({ first, last, title, titleEnd }: Article): boolean {
    if (this.#afterMark(first) || this.#inContents(headlineKey(this.#text(title)))) return true;
    if (this.#isOfficial(title, titleEnd)) return true;
    const head = this.#lines.slice(titleEnd + 1, titleEnd + 1 + MOST_BETWEEN).map(({ text }) => text);
    if (head.some((text) => SOURCE.test(text) || isReport(text))) return true;
    const foot = this.#lines.slice(Math.max(titleEnd + 1, last - 2), last + 1).map(({ text }) => text);
    return foot.some((text) => isSigned(text) || SOURCE.test(text)) || head.some((text) => isQuestion(text));
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
    const inContents = this.#announced !== null && this.#inContents(headlineKey(text));
    return !(
      (NUMBERED.test(text) && !inContents) ||
      (/[::]$/.test(text) && !this.#marked(line)) ||
      (NOT_HEADLINE.test(text) && !(inContents && STEPPED.test(text))) ||
      (isSignature(text) && !this.#isBodiesOver(i)) ||
      (isNumberLine(text) && !inContents) ||
      SOURCE.test(text) ||
      isNoise(text) ||
      isAbstract(text) ||
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
      const inContents = this.#inContents(key);
      const score = this.#score(i, inContents);
      const next = lines.slice(i + 1, i + (this.#isOfficial(i, this.#titleEnd(i)) ? 6 : 4));
      const followed = next.some(({ text: other }) => other.length >= 60 || /[。:]$/.test(other) || isQuestion(other));
      const before = this.#text(i - 1);
      // the plan that a notice issues carries its own headline: it belongs to the notice
      const attached =
        i > articleStart &&
        // the list of contents may name the plan instead of the notice that issues it
        (!inContents || (quoted.has(key) && articleKey.includes(key) && /印发|发布/.test(articleKey))) &&
        !this.#counted.sure.has(i) &&
        !this.#counted.likely.has(i) &&
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
    if (this.#counted.sure.has(i)) score += 4;
    else if (this.#counted.likely.has(i)) score += 2;
    const end = this.#titleEnd(i);
    const broken = end > i && this.#isOfficial(i, end);
    const title = broken || isTitleLine(bare) || (isHead && scanNumbers(bare).length > 0);
    if (title && /关于|印发|发布|公布|废止|转发/.test(bare)) score += 2;
    else if (title || isHead) score += 1;
    const next = this.#lines.slice(i + 1, i + 4);
    if (next.slice(0, 2).some((other) => SOURCE.test(other.text))) score += 2;
    const before = this.#text(i - 1);
    if (i > this.#from && (SOURCE.test(before) || BACK.test(before) || RULE.test(before) || COUNT.test(before)))
      score += 2;
    else if (i === this.#from || /[。!?”)]$/.test(before) || /\d日$/.test(before) || isNoise(before)) score += 1;
    if (this.#signs.has(text.charAt(0))) score += 2;
    if (this.#afterMark(i)) score += 2;
    if (score > 0) {
      const body = next.find((other) => !SOURCE.test(other.text) && other.text.length > 25);
      if (body && (OPENING.test(body.text) || bodiesIn(body.text.slice(0, 60)).length > 0)) score += 1;
      if (/发布|印发|通报|公示|征求意见|解读/.test(bare) || bodiesIn(`${bare} `).length > 0) score += 1;
      if (MARKER.test(text) && !/^\d/.test(text)) score += 1;
    }
    return score;
  }

  /** A report, or after a signature any text, begins right below, and what stands above has come to its end. */
  #overReport(i: number): boolean {
    const body = this.#text(i + 1);
    const before = this.#text(i - 1);
    if (this.#gaps.has(i) && isSigned(before) && body.length >= 60) return true;
    if (body.length < 40 || !isReport(body)) return false;
    return isFoot(before) || isNoise(before) || /^附件/.test(before) || (this.#gaps.has(i) && mayEnd(before));
  }

  /**
   * Where articles begin, and the line of their title: a digest often sets its own headline over the title of the act,
   * and both belong to one article.
   */
  #starts(heads: readonly Headline[]): { first: number; title: number; titleEnd: number }[] {
    const starts: { first: number; title: number; titleEnd: number }[] = [];
    for (const { line } of heads) {
      const before = starts.at(-1);
      if (before && line <= before.titleEnd) continue;
      if (before && line - before.titleEnd <= MOST_BETWEEN && this.#onlyBetween(before.titleEnd + 1, line)) {
        // the name of the collection stands over its first headline
        if (this.#isMarked(line) && !this.#isMarked(before.first)) before.first = line;
        if (this.#isOfficial(line, this.#titleEnd(line)) || before.title < before.first) {
          before.title = line;
          before.titleEnd = this.#titleEnd(line);
        }
        continue;
      }
      const title = this.#officialBelow(line);
      starts.push({
        first: this.#overline(line, before?.titleEnd ?? this.#from - 1),
        title,
        titleEnd: this.#titleEnd(title),
      });
    }
    return starts;
  }

  /** The last line of a headline that is broken in two. */
  #titleEnd(i: number): number {
    const text = this.#text(i);
    const next = this.#text(i + 1);
    if (next === '' || next.length > LONGEST_SECOND || !this.#isCandidateText(i + 1)) return i;
    const joined = bareHeadline(text) + next;
    if (!this.#isOfficial(i, i) && isTitleLine(joined) && OFFICIAL.test(joined) && /关于|《/.test(text)) return i + 1;
    const plain = !isTitleLine(bareHeadline(text)) && !isTitleLine(next) && !MARKER.test(next);
    const after = this.#text(i + 2);
    return plain && !/[。!?:]$/.test(text) && !OPENING.test(next) && (SOURCE.test(after) || isReport(after))
      ? i + 1
      : i;
  }

  #isMarked(i: number): boolean {
    return this.#counted.sure.has(i) || this.#counted.likely.has(i) || this.#signs.has(this.#text(i).charAt(0));
  }

  #onlyBetween(from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (!isBetween(this.#text(i))) return false;
    return true;
  }

  #isOfficial(i: number, end = i): boolean {
    const bare = bareHeadline(this.#text(i)) + (end > i ? this.#text(end) : '');
    return isTitleLine(bare) && OFFICIAL.test(bare);
  }

  /** The bodies of a joint notice over the rest of its title. */
  #isBodiesOver(i: number): boolean {
    const next = this.#text(i + 1);
    return next.startsWith('关于') && isTitleLine(this.#text(i) + next);
  }

  #inContents(key: string): boolean {
    return this.#announced !== null && isAnnounced(key, this.#announced);
  }

  /** As the second line of a headline: shorter than a headline may be, and no number or sign in front. */
  #isCandidateText(i: number): boolean {
    const text = this.#text(i);
    return !(
      text.length < 3 ||
      NUMBERED.test(text) ||
      NOT_HEADLINE.test(text.replace(/^\(/, '')) ||
      isBetween(text) ||
      isSignature(text) ||
      isQuestion(text) ||
      /^各/.test(text) ||
      this.#marked(this.#lines[i] as Line)
    );
  }

  /**
   * In a collection whose articles are announced or end with a mark of their own, a headline that is neither announced
   * nor stands after such a mark is a heading inside an article.
   */
  #withoutSubheads(heads: readonly Headline[]): readonly Headline[] {
    const backs = this.#lines.filter(({ text }) => BACK.test(text)).length;
    const announced = heads.filter(({ line }) => this.#inContents(headlineKey(this.#text(line))));
    const known = (this.#announced?.size ?? 0) >= FEWEST_KNOWN && announced.length >= heads.length * 0.5;
    if (!known && backs < FEWEST_KNOWN) return heads;
    return heads.filter(
      ({ line, score }) =>
        announced.some((head) => head.line === line) ||
        this.#isMarked(line) ||
        this.#afterMark(line) ||
        (score > STRONG && this.#isOfficial(line, this.#titleEnd(line))) ||
        (score >= STRONG &&
          this.#lines.slice(line + 1, line + 3).some(({ text }) => SOURCE.test(text) || isReport(text))),
    );
  }

  /** Stands after the mark that ends an article, with nothing but names of rubrics between. */
  #afterMark(i: number): boolean {
    for (let k = i - 1; k >= this.#from && k >= i - MOST_BETWEEN; k--) {
      const text = this.#text(k);
      if (BACK.test(text)) return true;
      if (text.length > LONGEST_RUBRIC && !isNoise(text)) return false;
    }
    return false;
  }

  /** A headline of the digest over the title of the act: the article begins with it. */
  #overline(title: number, after: number): number {
    if (!this.#isOfficial(title, this.#titleEnd(title))) return title;
    for (let i = title - 1; i > after && i >= title - MOST_BETWEEN; i--) {
      const text = this.#text(i);
      if (this.#isCandidate(i) && !this.#isOfficial(i) && mayEnd(this.#text(i - 1)) && !mayEnd(text)) return i;
      if (!isBetween(text) || isFoot(text) !== SOURCE.test(text)) break;
    }
    return title;
  }

  /** The title of the act below a headline of the digest. */
  #officialBelow(head: number): number {
    if (this.#isOfficial(head, this.#titleEnd(head))) return head;
    for (let i = this.#titleEnd(head) + 1; i <= head + MOST_BETWEEN; i++) {
      if (this.#isCandidate(i) && this.#isOfficial(i, this.#titleEnd(i))) return i;
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
