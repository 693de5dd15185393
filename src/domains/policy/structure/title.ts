import { TITLE_ENDS } from '../data/bodies.ts';
import type { Line } from '../reading/lines.ts';
import type { DocumentKind } from '../types.ts';
import { bodiesIn, isBodyName } from './bodies.ts';
import { scanBookMarks } from './book-marks.ts';
import type { Draft } from './draft.ts';
import { scanNumbers } from './numbers.ts';

export interface FoundTitle {
  readonly title: string;
  readonly source: 'given' | 'derived';
  readonly start: number;
  readonly end: number;
  /** Number of lines it takes from the top; what stands below is text. */
  readonly lines: number;
}

const ENDS = [...TITLE_ENDS].sort((a, b) => b.length - a.length);
const END_PATTERN = new RegExp(`(?:${ENDS.join('|')})》?(?:的解读)?(?:[(〔][^()〔〕]{1,30}[)〕])*$`);
const NUMBERED =
  /^(?:[一二三四五六七八九十]+、|[(][一二三四五六七八九十\d]+[)]|第[一二三四五六七八九十百\d]+[章节条]|\d+[.、]|附件)/;
const NOT_TITLE =
  /[。;!?]$|^(?:各|市各|有关|当事人|为|根据|依据|按照|近日|日前|原文链接|来源|发布|http)|:$|^\d{4}[-年]|^【?字体|^\|/;

/** The kind word a title ends with: 通知, 管理办法, 行政处罚决定书; null when it ends with none. */
export function titleEnd(title: string): string | null {
  const bare = title
    .replace(/[》)〕]*$/, '')
    .replace(/[(〔][^()〔〕]{1,40}$/, '')
    .replace(/[》]$/, '')
    .replace(/[(〔][^()〔〕]{1,40}[)〕]$/, '');
  return ENDS.find((end) => bare.endsWith(end)) ?? null;
}

/** A line that could stand over a document: ends with a kind word and holds no sentence. */
export function isTitleLine(text: string): boolean {
  return (
    text.length >= 6 && text.length <= 110 && END_PATTERN.test(text) && !NUMBERED.test(text) && !NOT_TITLE.test(text)
  );
}

/** A note of an editor in Latin letters before a title: [Draft translation]. */
const EDITORIAL = /^ *\[[A-Za-z][A-Za-z ,.'-]{2,40}\] */;

/** Takes a document number in brackets, or glued on, off the end of a title. */
export function bareTitle(given: string): string {
  const title = given.replace(EDITORIAL, '');
  const numbers = scanNumbers(title);
  const last = numbers.at(-1);
  if (!last || last.end < title.length - 5) return title.trim();
  const before = title.slice(0, last.start).replace(/[(〔【 ]+$/, '');
  // a number that is part of the sentence of the title (关于废止2014年第43号公告的公告) stays
  const after = title.slice(last.end);
  if (before.length < 6 || !/^(?:公告|通告|通知)?[)〕】]?\s*$/.test(after)) return title.trim();
  return before.trim();
}

/** The headline as given, if the text or its page has one. */
export function givenTitle(draft: Draft): FoundTitle | null {
  const { lines, page } = draft;
  const top = lines.slice(0, 8);
  for (let i = 0; i < top.length; i++) {
    const line = top[i] as Line;
    if (line.text.length > 130) break;
    const skipped =
      scanNumbers(line.text).some((n) => n.start === 0 && n.end >= line.text.length - 1) ||
      isBodyName(line.text) ||
      /^通 *[告知]$|^公 *告$/.test(line.text);
    if (skipped) continue;
    const joined = joinHeadline(top, i);
    if (joined) return joined;
    if (i === 0 && !page?.headline && isPlainHeadline(line.text, lines[1]?.text)) {
      return { title: bareTitle(line.text), source: 'given', start: line.start, end: line.end, lines: 1 };
    }
    if (line.text.length > 60 && !/》$/.test(line.text)) break;
  }
  return null;
}

const SAYS_ITSELF =
  /^本(?:指导原则|指南|指引|规范|办法|规定|规则|细则|程序|要点|要求|目录|标准|条例|原则|准则|制度|规程)/;

/**
 * The title that stands right above the words with which a text speaks of itself (本指导原则…). A page may carry the
 * headline of another work of the same issue over it; the text knows better what it is.
 */
export function ownTitle(draft: Draft, given: FoundTitle): FoundTitle | null {
  if (!STANDING.test(titleEnd(given.title) ?? '')) return null;
  const { lines } = draft;
  for (let i = Math.max(1, given.lines); i < Math.min(lines.length - 1, 16); i++) {
    const line = lines[i] as Line;
    const title = line.text.replace(/^附件 ?\d{0,2}[:. ] ?/, '');
    if (!isTitleLine(title) || scanNumbers(title).length > 0) continue;
    const next = lines[i + 1]?.text ?? '';
    const edition = /^[(〔].{2,16}[)〕]$/.test(next) ? next : '';
    if (!SAYS_ITSELF.test(edition ? (lines[i + 2]?.text ?? '') : next)) continue;
    const plain = (words: string): string => words.replace(/[(〔][^()〔〕]{1,30}[)〕]|\s/g, '');
    // the same name once more: the headline may carry the edition
    if (plain(title) === plain(given.title)) return null;
    const start = line.end - title.length;
    return { title: bareTitle(title) + edition, source: 'given', start, end: line.end, lines: i + 1 };
  }
  return null;
}

/** 某局关于…的通知 at the beginning of a line that holds the whole notice. */
const OPENS_LINE =
  /^[^。,;:]{6,110}?(?:的|》)(?:通知|公告|通告|意见|决定|公示|通报|批复|函)(?:[(〔][^()〔〕]{1,24}[)〕])?(?= )/;

/** The headline of a notice of one line, when the line begins with one. */
export function titleInLine(draft: Draft): FoundTitle | null {
  const found = OPENS_LINE.exec(draft.text.slice(0, 160))?.[0];
  if (!found || NUMBERED.test(found) || /^(?:近日|日前|根据|按照|为|据)/.test(found)) return null;
  return { title: bareTitle(found), source: 'given', start: 0, end: found.length, lines: 0 };
}

/** A headline that ends with no kind word: a short line above a text. */
function isPlainHeadline(text: string, next: string | undefined): boolean {
  return (
    text.length >= 6 &&
    text.length <= 60 &&
    next !== undefined &&
    !NUMBERED.test(text) &&
    !NOT_TITLE.test(text) &&
    !/,$/.test(text) &&
    !isBodyName(text)
  );
}

/** A headline broken over up to four lines. */
function joinHeadline(lines: readonly Line[], from: number): FoundTitle | null {
  let title = '';
  let whole: FoundTitle | null = null;
  const first = lines[from] as Line;
  if (NUMBERED.test(first.text) || NOT_TITLE.test(first.text)) return null;
  for (let i = from; i < Math.min(lines.length, from + 4); i++) {
    const line = lines[i] as Line;
    if (i > from && (NUMBERED.test(line.text) || NOT_TITLE.test(line.text) || line.text.length > 80)) return whole;
    const joinedBodies = i > from && isBodyName(line.text) && isBodyName(lines[i - 1]?.text ?? '');
    title += joinedBodies ? ` ${line.text}` : line.text;
    const bare = bareTitle(title);
    const open = (title.match(/《/g)?.length ?? 0) > (title.match(/》/g)?.length ?? 0);
    if (!open && isTitleLine(bare)) {
      const found: FoundTitle = { title: bare, source: 'given', start: first.start, end: line.end, lines: i + 1 };
      // 关于… runs on to 的 and a kind; a word such as 制度 before that is not the end
      if (!bare.includes('关于') || /的[^的]{0,16}$/.test(bare) || /》[^》]{0,6}$/.test(bare)) return found;
      whole ??= found;
    }
    if (line.text.length < 8 && !isBodyName(line.text)) return whole;
  }
  return whole;
}

const VERBS =
  '制定发布|制定印发|印发|发布上线|发布|出台|公布|开通|上线|启动|召开|举办|开展|推出|部署|制定|组织|通报|征集|公示|转发|修订|批准';
const LEAD_ACT = new RegExp(`(?:${VERBS})(?:了)?([^。;]{0,40}?)([《“][^。;]{2,80}?[》”](?:[^,。;:(\\s“《]{0,16}))`);
const NOW_ABOUT =
  /现(?:就|将|对)?(?:有关|相关)?([^。,:;]{0,60}?)(?:有关|相关|具体)?(?:事项|事宜|要求|工作|问题|内容|情况|信息)?(通知|通告|公告|公示|通报|批复|解释|规定|函告)如下/;

/** 《X》政策解读 at the beginning of the line. */
const READING = /^《[^》]{4,100}》的?(?:政策)?(?:解读|问答|答记者问)(?=[ \n一二三:])/;
/** 决定废止…, 对下列文件予以废止或者宣布失效. */
const REPEALS =
  /(?:决定|现)(?:对[^。《》:]{2,24}?)?(?:予以)?((?:废止|宣布失效)(?:(?:和|、|或者|或)(?:废止|宣布失效|修改))?)|(停止执行)(?=《)/;
/** To whom the line is addressed: 各市某局,有关单位: */
const ADDRESSED = /^(?:各|有关|相关)[^。《》]{2,120}?: ?/;
/** Clauses that lead up to what is told. */
const SETTING =
  /^(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日|^(?:近日|日前|近期|据|记者|为|受|随着|根据|按照|依据|在|自|由于|经)|获悉$|(?:影响|背景)下?$/;

/** A title made from the words of the lead, when no headline stands over the text. */
export function derivedTitle(draft: Draft, kind: string | null, signer: string | null): FoundTitle {
  const lead = draft.text.slice(0, 700);
  const make = (title: string): FoundTitle => ({
    title: title.replace(/\s+/g, ''),
    source: 'derived',
    start: 0,
    end: Math.min(lead.length, 200),
    lines: 0,
  });
  const told = READING.exec(lead);
  if (told) return make(told[0]);
  const about = NOW_ABOUT.exec(lead);
  if (about) {
    let subject = (about[1] ?? '').replace(/^(?:就|将|对)/, '').replace(/(?:有关|相关)$/, '');
    if (subject.length < 4) {
      // the matter stands in the clause before: 需将…迁移至…。现就有关事项通告如下
      const before = lead.slice(0, about.index).replace(/[。,;\s]+$/, '');
      subject = (before.split(/[。;]/).at(-1)?.split(',').at(-1) ?? '').replace(/^(?:需|拟|决定|将)+/, '');
    }
    if (subject.length >= 4) return make(`关于${subject}有关事项的${about[2]}`);
  }
  const forwarded = /现将《([^》]+)》(?:\([^)]*\))?转发/.exec(lead);
  if (forwarded) return make(`转发${forwarded[1]}`);
  const handed = /现将(?:[^《。,]{0,24})《([^》]+)》[^。;]{0,24}?(印发|发布|公布)/.exec(lead);
  if (handed) return make(`关于${handed[2]}《${handed[1]}》的${kind ?? '通知'}`);
  const swept = REPEALS.exec(lead);
  if (swept) {
    const works = scanBookMarks(lead.slice(swept.index)).map((mark) => mark.title);
    const what = works.length === 1 ? `《${works[0]}》` : '部分文件';
    return make(`${signer ?? ''}关于${swept[1] ?? swept[2]}${what}的${kind ?? '公告'}`);
  }
  const points = draft.text.match(/(?:^|\n) *(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+条)/g)?.length ?? 0;
  const whole = /^[^。]{0,40}《([^》]+)》[^。]{0,40}现(?:予)?(?:以)?(?:印发|公布|发布)/.exec(lead);
  // the work itself follows under a few words of issue: it gives its name
  if (whole && points >= 2 && !/《/.test((whole[0] ?? '').slice(0, whole[0].indexOf('《'))))
    return make(whole[1] ?? '');
  const issued = /(?:现将)?《([^》]+)》[^。]{0,40}现(?:予)?(?:以)?(印发|公布|发布)/.exec(lead);
  if (issued) return make(`关于${issued[2]}《${issued[1]}》的${kind ?? '通知'}`);
  const asked = /(?:起草|修订|拟订|拟定|形成)(?:形成|制定)?了?《([^》]+)》[^。]{0,60}征求[^。]{0,16}意见/.exec(lead);
  if (asked) return make(`${signer ?? ''}关于公开征求《${asked[1]}》意见的通知`);
  const act = LEAD_ACT.exec(lead);
  const before = act ? lead.slice(0, act.index) : '';
  const opening = before.slice(Math.max(before.lastIndexOf('。'), before.lastIndexOf('\n')) + 1);
  const body = bodiesIn(opening.replace(/《[^》]*》/g, (quote) => '　'.repeat(quote.length)))[0]?.text ?? '';
  // a name in quotation marks is that of something new only when a body brings it in
  if (act && (body || act[2]?.startsWith('《'))) {
    const verb = act[0].slice(0, act[0].search(/[《“]/));
    const tail = act[2] ?? '';
    return make(`${body}${verb}${tail.replace(/(?:[,。;:(].*)$/, '')}`);
  }
  const quoted = scanBookMarks(lead).find((mark) => END_PATTERN.test(mark.title));
  const sentence = (lead.replace(ADDRESSED, '').split(/[。\n]/)[0] ?? '').split(/[,;:]/);
  const actor = bodiesIn(lead.slice(0, 200))[0];
  const plain = sentence.filter((part) => part.length >= 6 && !SETTING.test(part));
  const clause =
    (actor ? plain.find((part) => part.includes(actor.text)) : undefined) ?? plain[0] ?? sentence.at(-1) ?? '';
  if (clause.length >= 6) return make(clause.slice(0, 60));
  return make(quoted ? quoted.title : lead.slice(0, 30));
}

const MARKET =
  /(?:股价|股份|融资|上市公司|营收|净利润|涨幅|市值|市场规模|销售额|估值|募资|IPO|排行榜|中标价|厂商|财报)/g;
const OFFICIAL = /(?:药监局|药品监督管理局|医保局|卫生健康委|市场监管|人民政府|国务院|监管部门|委员会)/g;
const APPLY = /(?:填报|申报|报名|征集|遴选|推荐)(?:条件|要求|主体|对象|范围|方式|程序|时间|材料)/;

/** The same as a heading: a report may speak of 申报材料 without calling for applications. */
const HEADED_APPLY = new RegExp(`(?:[一二三四五六七八九]、|\\n) *[^。:;,\\n]{0,4}${APPLY.source}`);

/** What sort of document it is, by title, head and closing words. Only policies can bind. */
export function kindOf(
  draft: Draft,
  title: string,
  given: boolean,
  embedded: boolean,
  signed: boolean,
): { kind: DocumentKind; docType: string | null } {
  const { text } = draft;
  const end = given ? titleEnd(title) : null;
  const lead = text.slice(0, 1500);
  if (/^附件[:: \d]/.test(text) && text.length < 800 && !/[。]/.test(text.replace(/。$/, '')))
    return { kind: 'fragment', docType: null };
  if (
    /征求意见|征集意见/.test(title) ||
    (!embedded &&
      /(?:公开|现向社会|社会)[^。]{0,12}征求意见|征求(?:社会)?(?:公众)?意见/.test(lead) &&
      /反馈|意见建议|邮箱|电子邮件|E-?mail/i.test(text.slice(0, 6000)))
  ) {
    return embedded || (/征求意见稿/.test(title) && !/(?:通知|公告|通告|函|公开征求.*意见)/.test(title))
      ? { kind: 'draft', docType: '征求意见稿' }
      : { kind: 'consultation', docType: '征求意见' };
  }
  if (
    /解读|答记者问|一图读懂|问答$|图解|政策问答|(?:编制|起草|编写)说明$/.test(title) ||
    (!given && READING.test(text))
  )
    return { kind: 'interpretation', docType: '政策解读' };
  if (/处罚决定/.test(title) || /^.{0,40}行政处罚决定书/.test(text))
    return { kind: 'penalty', docType: '行政处罚决定书' };
  if (!/(?:通知|公告|通告|决定)$/.test(end ?? '') && asksAndAnswers(text))
    return { kind: 'interpretation', docType: '政策问答' };
  const asksOthers = /(?:通知|意见|方案)(?:\([^()]*\))?$/.test(title) && !/召回/.test(title);
  if (!asksOthers && /主动召回|召回级别/.test(lead) && text.length < 1500)
    return { kind: 'recall', docType: '召回信息' };
  const closing =
    /(?:特此|专此)(?:公告|通告|通知|通报|函告|函复)|现予(?:以)?(?:公布|发布|公示)|现(?:就|将|对)[^。]{0,80}(?:如下|印发|转发)|此复|现印发|现转发/.exec(
      text,
    );
  // 某局印发某方案 over a report is a headline of the press, not the name of an act
  const told = given && isNewsTitle(title) && (!closing || isReport(text.slice(title.length, 700)));
  const part = /(?:指导原则|审查要点|审评要点|技术规范) ?第?[\d一二三四五六七八九十]+部分/.test(title);
  if ((end !== null || part) && !told && (part || STANDING.test(end ?? ''))) {
    const sort = end ?? '指导原则';
    const kind: DocumentKind = /目录|清单|名录|名单/.test(sort)
      ? 'catalogue'
      : /指|要点|原则/.test(sort)
        ? 'guideline'
        : /方案|计划|规划|纲要/.test(sort)
          ? 'plan'
          : 'rule';
    if (text.length > 400 || closing || isStub(text, title) || /第[一二三四五六七八九十]+条|[一二三]、/.test(text))
      return { kind, docType: sort };
  }
  if (end !== null && !told && /意见$/.test(end)) return { kind: 'opinion-act', docType: '意见' };
  if (end !== null && /(?:通知|公告|通告|公报|公示|通报|决定|决议|令|批复|函|纪要)$/.test(end) && !told)
    return { kind: 'notice', docType: end };
  const wording = /(?:特此|专此)(公告|通告|通知|通报)|(通知|通告|公告|公示|通报)如下/.exec(text);
  if (closing && (wording || !isReport(lead))) return { kind: 'notice', docType: wording?.[1] ?? wording?.[2] ?? null };
  if (isReport(lead) ? HEADED_APPLY.test(text) : APPLY.test(text)) return { kind: 'notice', docType: '申报通知' };
  const markets = lead.match(MARKET)?.length ?? 0;
  const officials = lead.match(OFFICIAL)?.length ?? 0;
  if (markets >= 2 && markets > officials) return { kind: 'market', docType: null };
  if (/(?:笔者|本文作者|在我看来|我认为|业内人士认为)/.test(lead) && officials < 2)
    return { kind: 'opinion', docType: null };
  if (text.length < 40) return { kind: 'fragment', docType: null };
  // the press signs nothing
  if (signed) return { kind: 'notice', docType: wording?.[1] ?? wording?.[2] ?? null };
  return { kind: 'news', docType: null };
}

/** A title over nothing: the text of the act is missing, and its title alone says what it is. */
function isStub(text: string, title: string): boolean {
  const letters = (words: string): number => words.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  return text.length <= 400 && letters(text) <= letters(title) + 10;
}

/** 问:…答:…, Q1:…A:…, 问题一:…: at least two questions and an answer. */
function asksAndAnswers(text: string): boolean {
  const asked = text.match(/(?:^|[\n。?!;、 ])(?:问(?:题?[一二三四五六七八九十\d]{1,3})?|Q ?\d{0,2}) ?:/g)?.length ?? 0;
  return asked >= 2 && /(?:^|[\n。?!;、 ])(?:答|A ?\d{0,2}) ?:/.test(text);
}

/** Kinds that stand by themselves: rules, guidelines, plans, lists. */
const STANDING =
  /政策$|条例|办法|规定|规则|细则|规范|原则|程序|目录|清单|名录|方案|计划|规划|纲要|措施|标准|制度|规程|准则|指南|指引|要点|解释|要求|要求及说明|体系|章程|大纲|基准|法$/;

const NEWS_VERB = /发布|印发|出台|公布|开展|召开|启动|举办|开通|推出|部署|调研|约谈|通过/;

/** Whether a headline tells what somebody did: its verb stands before 关于, or there is none. */
function isNewsTitle(title: string): boolean {
  const verb = title.replace(/《[^》]*》/g, '').search(NEWS_VERB);
  const about = title.indexOf('关于');
  return (
    verb > 0 &&
    (about < 0 || verb < about) &&
    !/的(?:通知|公告|通告|公示|决定|函|批复|通报)$/.test(about < 0 ? title : '')
  );
}

/** Words of a report about somebody else's act. */
function isReport(lead: string): boolean {
  return (
    /^(?:近日|日前|\d{1,2}月\d{1,2}日)|(?:近日|日前|近期),/.test(lead.slice(0, 200)) ||
    /记者|获悉|表示/.test(lead.slice(0, 300))
  );
}

/** Kinds that bind or bear on the law; the others are kept for search only. */
export function isPolicyKind(kind: DocumentKind): boolean {
  return !['market', 'fragment', 'opinion', 'news'].includes(kind);
}
