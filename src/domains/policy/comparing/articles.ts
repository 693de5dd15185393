import { readText } from '../reading/read.ts';

/** One article, point or paragraph of a text that is compared. */
export interface Article {
  /** 第十二条, 一、, (三), 2.1; null for a paragraph without a number. */
  readonly no: string | null;
  readonly heading: string;
  /** Its words on one line, as given. */
  readonly text: string;
  /** Its place in the text as given. */
  readonly start: number;
  readonly end: number;
}

const LAW = /^ *(第[一二三四五六七八九十百零〇\d]+条(?:之[一二三四五六七八九十]+)?)[ 　]*/;
const CHAPTER = /^ *第[一二三四五六七八九十百零〇\d]+[编章节] */;
const POINT =
  /^ *((?:[一二三四五六七八九十]{1,3}[、.])|(?:[(（][一二三四五六七八九十]{1,3}[)）])|(?:\d{1,2}(?:\.\d{1,2}){0,3}[.、 ](?!\d)))[ 　]*/;
/** Law texts are compared by article from so many articles on. */
const FEWEST = 3;

/**
 * Parts a text by its articles (第…条), else by its points (一、 (一) 1.), else by paragraphs. What stands before the
 * first number is parted by paragraph.
 */
export function articlesOf(source: string): Article[] {
  const mapped = readText(source);
  const plain = mapped.format === 'text';
  const lines: { text: string; start: number; end: number }[] = [];
  let at = 0;
  for (const text of mapped.text.split('\n')) {
    if (text.trim() !== '') lines.push({ text, start: at, end: at + text.length });
    at += text.length + 1;
  }
  const law = lines.filter(({ text }) => LAW.test(text)).length >= FEWEST;
  const pattern = law ? LAW : POINT;
  const numbered = law || lines.filter(({ text }) => POINT.test(text)).length >= FEWEST;
  const parts: { no: string | null; start: number; end: number }[] = [];
  let open = false;
  for (const { text, start, end } of lines) {
    const no = numbered ? (pattern.exec(text)?.[1]?.trim() ?? null) : null;
    const last = parts.at(-1);
    if (no !== null) open = true;
    // the paragraphs of an article belong to it; a chapter's headline does not
    if (no === null && open && last && !(law && CHAPTER.test(text))) last.end = end;
    else parts.push({ no, start, end });
  }
  return parts.map(({ no, start, end }) => {
    const place = { start: mapped.at(start), end: mapped.endAt(end) };
    const words = plain ? source.slice(place.start, place.end) : mapped.text.slice(start, end);
    const text = words.replace(/\s+/g, ' ').trim();
    return { no, heading: headingOf(text, no), text, ...place };
  });
}

function headingOf(text: string, no: string | null): string {
  const rest = no === null ? text : text.replace(law(no), '').trim();
  const first = rest.split(/[。；;：:，,]/)[0] ?? '';
  return first.length <= 40 ? first : `${first.slice(0, 40)}…`;
}

/** The number as written stands at the beginning, in either width. */
function law(no: string): RegExp {
  return new RegExp(`^.{0,${no.length}}`);
}
