import { type Line, linesOf } from '../reading/lines.ts';
import { bodiesIn } from '../structure/bodies.ts';
import { findContents } from './contents.ts';
import { type Article, Digest, OPENING } from './digest.ts';
import { bareHeadline } from './headline-words.ts';
import { ADVERT, isFoot, isSigned } from './line-kinds.ts';

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
/** A heading inside a line. */
const INSIDE = /[。;::] ?[一二三四]、/;
const NUMBERED =
  /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十百零\d]+[章节条]|[①-⑳])/;
const PATH = /^您?(?:当前|现在)?(?:所在)?的?位置[:: ]/;
/** Attachments named one after another in one line. */
const LIST_OF_FILES = /^附件 ?[::] ?1[.、].{2,80}2[.、]/;

/** One notice a line: long lines, hardly any short one, each beginning anew or with its paragraphs run together. */
function isFeed(lines: readonly Line[]): boolean {
  if (lines.length < 2) return false;
  const long = lines.filter((line) => line.text.length >= 100);
  if (long.length < 2 || long.length < lines.length * 0.6) return false;
  const joined = long.filter((line) => JOINED.test(line.text) || INSIDE.test(line.text)).length;
  const anew = long.filter((line) => OPENING.test(line.text) || bodiesIn(line.text.slice(0, 80)).length > 0).length;
  const numbered = lines.filter((line) => NUMBERED.test(line.text)).length;
  return joined >= long.length * 0.4 && anew >= long.length * 0.5 && numbered <= lines.length * 0.1;
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
  const gapBefore = (i: number) => /\n[ ]*\n/.test(text.slice(lines[i - 1]?.end ?? 0, lines[i]?.start ?? 0));
  // one page of a site is one document unless it is plainly a collection
  const page = lines.slice(0, 200).some((line) => PATH.test(line.text));
  const articles = new Digest(lines, { from, announced: contents?.keys ?? null, gapBefore }, marked).articles(
    page ? 3 : 2,
  );
  if (!articles) return [whole];
  const parts: Segment[] = [];
  const preface = prefaceOf(lines, from, articles[0]?.first ?? from);
  if (preface) parts.push(...segmentOf(text, lines, preface));
  for (const article of articles)
    for (const part of withoutForeignFiles(lines, article)) parts.push(...segmentOf(text, lines, part));
  return parts.length >= 2 ? parts : [whole];
}

/** What stands before the first headline, when it is text and no greeting. */
function prefaceOf(lines: readonly Line[], from: number, end: number): Article | null {
  const words = lines
    .slice(from, end)
    .map((line) => line.text)
    .filter((line) => !ADVERT.test(line))
    .join('\n');
  if ((words.match(/。/g)?.length ?? 0) < 2 || words.length <= 150) return null;
  return { first: from, last: end - 1, title: -1, titleEnd: -1 };
}

/** A list of files after the end of a notice that has named its own belongs to another: it is a fragment of its own. */
function withoutForeignFiles(lines: readonly Line[], article: Article): Article[] {
  const official = lines.slice(article.first, article.last + 1).some(({ text }) => isSigned(text));
  for (let i = article.first + 2; i <= article.last; i++) {
    const text = lines[i]?.text ?? '';
    const inLine = LIST_OF_FILES.test(text);
    // a report has no attachments: a list of them below it is what is left of another document
    const below =
      !official && (inLine || (/^附件 ?[::] ?1[.、]/.test(text) && /^2[.、]/.test(lines[i + 1]?.text ?? '')));
    if (!below && !(inLine && isFoot(lines[i - 1]?.text ?? ''))) continue;
    let end = i;
    while (!inLine && end < article.last && /^\d{1,2}[.、]/.test(lines[end + 1]?.text ?? '')) end++;
    const rest: Article = { first: i, last: end, title: -1, titleEnd: -1 };
    const after: Article[] =
      end < article.last ? [{ first: end + 1, last: article.last, title: -1, titleEnd: -1 }] : [];
    return [{ ...article, last: i - 1 }, rest, ...after];
  }
  return [article];
}

function segmentOf(text: string, lines: readonly Line[], article: Article): Segment[] {
  const start = lines[article.first];
  const stop = lines[article.last];
  if (!start || !stop || stop.end - start.start < 40) return [];
  const whole = text.slice(start.start, stop.end);
  if (!/[。:]/.test(whole)) return [];
  const part = { start: start.start, end: stop.end, flat: false };
  const over = lines[article.title];
  if (!over) return whole.length < 300 && ADVERT.test(whole) ? [] : [part];
  const bare = bareHeadline(over.text);
  const at = over.start + over.text.indexOf(bare);
  const second = article.titleEnd > article.title ? lines[article.titleEnd] : undefined;
  const words = second ? bare + second.text : bare;
  return [{ ...part, headline: { text: words, start: at, end: second?.end ?? at + bare.length } }];
}
