import { foldText } from '../../devices/index.ts';
import { readText } from '../reading/read.ts';
import { type ActNumber, actNumbersIn, actNumbersOfKey, numberTerm, standardsIn } from './act-numbers.ts';
import { tokensOf } from './tokens.ts';

/** A document as it is taken in. */
export interface SourceDocument {
  /** Path in its collection, or file name. */
  readonly key: string;
  readonly title: string | null;
  /** Title in another language. */
  readonly otherTitle: string | null;
  readonly number: string | null;
  readonly url: string | null;
  readonly language: string | null;
  readonly text: string;
}

/** What the search knows of a document; everything here can be made anew from the document. */
export interface ReadDocument {
  /** Title to show: the given one, else the line that looks like one. */
  readonly title: string;
  readonly language: 'zh' | 'en';
  /** Says only that a text is to come. */
  readonly stub: boolean;
  /** Text without markup and without the title block, as shown in snippets. */
  readonly body: string;
  readonly fields: Fields;
}

/** Folded fields and counts the ranking works on. */
export interface Fields {
  readonly title: string;
  /** Share of the title's words that the text bears out; a title over another text counts for less. */
  readonly trust: number;
  /** The text's own head: the first lines below the title block. */
  readonly lead: string;
  readonly headings: string;
  readonly numbers: readonly ActNumber[];
  /** Other acts' numbers in the text: term → times. */
  readonly cited: Readonly<Record<string, number>>;
  /** Standards: id → [in sentences, in lists]. */
  readonly standards: Readonly<Record<string, readonly [number, number]>>;
  readonly length: number;
}

const STUB = /^\s*(?:<!--[\s\S]*?-->\s*)*#?\s*\[Translation needed\]/i;
const LEAD = 240;
/** Lines of the head in which a document's own number, place of origin and the like may stand. */
const HEAD_LINES = 14;
const HEADING =
  /^(?:第[一二三四五六七八九十百零〇\d]+[章节编]|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[)）]|附(?:件|录|表)|\d{1,2}(?:\.\d{1,2}){0,3}[\s.、．]|[A-Z][\w ,/&-]+$)/;
const LONGEST_HEADING = 40;
/** Words of titles that say the kind of text and not its matter. */
const KIND_WORDS =
  /注册|技术|审查|审评|指导原则|指南|要点|医疗器械|产品|修订版|试行|年|关于|通知|公告|通告|规定|办法|管理|第|部分|[\d()（）〔〕\s]/g;

/** Reads a document for the search: markup out, title block apart from the text, numbers and standards found. */
export function readDocument(source: SourceDocument): ReadDocument {
  const plain = readText(source.text.replace(/<!--[\s\S]*?-->/g, '')).text;
  const lines = plain.split('\n');
  const given = cleanTitle(source.title);
  const start = bodyStart(lines, given);
  const bodyLines = lines.slice(start);
  const body = bodyLines.join('\n').trim();
  const stub = STUB.test(source.text);
  const folded = foldText(body);
  const title = given ?? derivedTitle(bodyLines) ?? source.key;
  const other = cleanTitle(source.otherTitle);
  const titles = other && other !== title && !stub ? `${title}\n${other}` : title;
  const foldedTitle = foldText(titles);
  const head = lines.slice(0, Math.max(start, HEAD_LINES));
  return {
    title,
    language: isEnglish(folded) ? 'en' : 'zh',
    stub,
    body,
    fields: {
      title: foldedTitle,
      trust: given ? trustOf(foldText(given), folded) : 1,
      lead: folded.slice(0, LEAD),
      headings: headingsOf(folded),
      numbers: ownNumbers(source, head, foldText(given ?? '')),
      cited: citedNumbers(folded),
      standards: standardCounts(folded),
      length: folded.length,
    },
  };
}

function cleanTitle(title: string | null): string | null {
  const clean = title?.replace(/^\[Translation needed\]\s*/i, '').trim();
  return clean || null;
}

function isEnglish(folded: string): boolean {
  const sample = folded.slice(0, 4000);
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = sample.match(/[a-z]/g)?.length ?? 0;
  return latin > 5 * han && latin > 40;
}

const letters = (text: string) => foldText(text).replace(/[^\p{L}\p{N}]/gu, '');

/** Line where the text begins: after a title block closed by a rule (`---`), else after the line that is the title. */
function bodyStart(lines: readonly string[], title: string | null): number {
  const near = lines.slice(0, 16);
  const rule = near.findIndex((line) => /^-{3,}\s*$/.test(line));
  if (rule > 0 && near.slice(0, rule).every((line) => line.trim().length < 300)) return rule + 1;
  if (title === null) return 0;
  const wanted = letters(title);
  const first = near.findIndex((line) => line.trim() !== '');
  return first >= 0 && letters(near[first] as string) === wanted ? first + 1 : 0;
}

const TITLE_END =
  /(?:指导原则|指南|要点|办法|规定|规范|条例|通知|公告|通告|意见|方案|目录|细则|程序|要求|解释|函|决定|清单|措施|计划|规则)(?:[（(][^()（）]{1,20}[)）])?$/;

/** The first line that ends as titles do, with the line before it where the title is broken in two. */
function derivedTitle(lines: readonly string[]): string | null {
  const near = lines
    .slice(0, 40)
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, 10);
  for (const [i, line] of near.entries()) {
    if (line.length > 80 || !TITLE_END.test(line)) continue;
    const before = near[i - 1];
    const short = line.length <= 6 && before && before.length <= 60 && !/^附/.test(before);
    return short ? `${before}${line}` : line;
  }
  return near.find((line) => line.length >= 4 && line.length <= 80 && !/^附件/.test(line)) ?? null;
}

function trustOf(title: string, body: string): number {
  const matter = title.replace(KIND_WORDS, ' ');
  const tokens = new Set([...tokensOf(matter)].filter((token) => token.length > 1));
  if (tokens.size === 0 || body.length === 0) return 1;
  const enough = body.length > 2000 ? 2 : 1;
  let borne = 0;
  for (const token of tokens) {
    const first = body.indexOf(token);
    if (first >= 0 && (enough === 1 || body.indexOf(token, first + 1) >= 0)) borne++;
  }
  const share = borne / tokens.size;
  return share >= 0.6 ? 1 : share / 2;
}

function headingsOf(folded: string): string {
  const out: string[] = [];
  for (const line of folded.split('\n')) {
    const text = line.trim();
    if (text.length >= 3 && text.length <= LONGEST_HEADING && HEADING.test(text) && !/[。；;|]$/.test(text))
      out.push(text);
    if (out.length >= 400) break;
  }
  return out.join('\n');
}

/** Numbers of the document itself: given with it, in its title block or first lines, or in its name. */
function ownNumbers(source: SourceDocument, head: readonly string[], title: string): ActNumber[] {
  const own: ActNumber[] = [];
  const add = ({ year, no, mark, issuer, kind }: ActNumber) => {
    if (!own.some((o) => o.year === year && o.no === no && o.mark === mark && o.issuer === issuer))
      own.push({ year, no, mark, issuer, kind });
  };
  for (const number of actNumbersIn(foldText(source.number ?? ''))) add(number);
  for (const line of head) {
    const folded = foldText(line.trim());
    // a sentence names numbers of others
    if (folded.length > 70 || /根据|依据|按照|贯彻|现将|《/.test(folded)) continue;
    for (const number of actNumbersIn(folded)) add(number);
  }
  for (const number of actNumbersIn(title)) add(number);
  for (const number of actNumbersOfKey(source.key)) add(number);
  return own;
}

function citedNumbers(folded: string): Record<string, number> {
  const cited: Record<string, number> = {};
  for (const number of actNumbersIn(folded)) {
    const term = numberTerm(number);
    cited[term] = (cited[term] ?? 0) + 1;
  }
  return cited;
}

/** A standard at the start of a line or in a table is listed; in a sentence it is used. */
function standardCounts(folded: string): Record<string, [number, number]> {
  const counts: Record<string, [number, number]> = {};
  for (const line of folded.split('\n')) {
    if (line.length < 4) continue;
    const table = line.includes('|');
    for (const standard of standardsIn(line)) {
      const before = line.slice(0, standard.start).replace(/^[\s[\]\d().、【】〔〕|*-]+/, '');
      const listed = table || before.length < 3 || /\[s\]/.test(line.slice(standard.end));
      const count = counts[standard.id] ?? [0, 0];
      count[listed ? 1 : 0]++;
      counts[standard.id] = count;
    }
  }
  return counts;
}
