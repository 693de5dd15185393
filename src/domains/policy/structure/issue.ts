import { addDays, addMonths, type LocalDate } from '../../../kernel/local-date.ts';
import { PROVINCE_LETTERS } from '../data/bodies.ts';
import type { Line } from '../reading/lines.ts';
import type { DatedItem, DateKind, DocumentKind, Issuer } from '../types.ts';
import { bodiesIn, bodiesOfLine, fullBodyName, isBodyName, regionOfBody } from './bodies.ts';
import { dayIn, type FoundDate, scanDates } from './dates.ts';
import type { Draft } from './draft.ts';
import { scanNumbers } from './numbers.ts';
import { firstRegion, type Region } from './regions.ts';
import { isTitleLine } from './title.ts';

interface Signed {
  readonly date: string;
  readonly start: number;
  readonly end: number;
  readonly bodies: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  /** Where the signature ends: what follows is attached. */
  readonly line: number;
}

const DATE_LINE =
  /^\(?(?:(?:19|20)\d{2}|[一二][一二三四五六七八九〇○零OΟ]{3}) ?[年.\-/] ?[\d一二三四五六七八九十]{1,3} ?[月.\-/] ?[\d一二三四五六七八九十]{1,3} ?日?\)?(?: *(?:发布|印发|印))?$/;
const GLUED =
  /([\u4e00-\u9fff、]{4,40}?(?:局|委|会|部|厅|室|中心|院|府|司|处|办))((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*$/;

/** The lines of names above a date, the date of signing. */
export function findSignature(draft: Draft): Signed | null {
  const { lines } = draft;
  let bare: Signed | null = null;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line;
    if (line.text.length > 500) {
      const glued = gluedSignature(line, i);
      if (glued && i >= lines.length - 3) return glued;
      continue;
    }
    if (DATE_LINE.test(line.text)) {
      const date = dayIn(line.text);
      if (!date) continue;
      const bodies: Signed['bodies'][number][] = [];
      for (let k = i - 1; k >= 0 && k >= i - 20; k--) {
        const above = lines[k] as Line;
        const names = bodiesOfLine(above.text);
        if (names.length === 0) break;
        bodies.unshift(...names.map((text) => ({ text, start: above.start, end: above.end })));
      }
      // names right under the top of the page are a head, not a signature
      const signed = { date, start: line.start, end: line.end, bodies, line: i };
      if (bodies.length > 0 && i > 1) return signed;
      // no names above: the date closes the text, or the words of issue before an attached plan
      const closes = /。$/.test(lines[i - 1]?.text ?? '') && isTitleLine(lines[i + 1]?.text ?? '');
      if (i > 1 && (i > lines.length * 0.6 || closes)) bare ??= signed;
      continue;
    }
    const same = /^(.{4,40}?) ?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)$/.exec(line.text);
    if (same && i > 1 && bodiesOfLine((same[1] ?? '').trim()).length > 0) {
      const date = dayIn(same[2] ?? '');
      if (date) {
        const bodies = bodiesOfLine((same[1] ?? '').trim()).map((text) => ({ text, start: line.start, end: line.end }));
        return { date, start: line.start, end: line.end, bodies, line: i };
      }
    }
    const glued = line.text.length > 45 ? gluedSignature(line, i) : null;
    if (glued) return glued;
  }
  return bare;
}

/** …(企业端)某某局2025年6月4日: signature run together with the text before it. */
function gluedSignature(line: Line, index: number): Signed | null {
  if (!line.text.endsWith('日')) return null;
  const tail = line.text.slice(-70);
  const match = GLUED.exec(tail);
  if (!match) return null;
  const date = dayIn(match[2] ?? '');
  if (!date) return null;
  let name = match[1] ?? '';
  const named = bodiesIn(`${name} `).at(-1);
  if (named) name = named.text;
  if (!isBodyName(name)) return null;
  const end = line.end;
  const start = end - (match[2] ?? '').length;
  return { date, start, end, bodies: [{ text: name, start: start - name.length, end: start }], line: index };
}

/** Signatures without a date at the foot of a text: the last lines are names. */
function undatedSignature(draft: Draft): Signed['bodies'] {
  const bodies: Signed['bodies'][number][] = [];
  for (let k = draft.lines.length - 1; k >= 0; k--) {
    const line = draft.lines[k] as Line;
    if (bodies.length === 0 && (/\*/.test(line.text) || /^\(此件|^附件/.test(line.text)) && k > draft.lines.length - 4)
      continue;
    const names = bodiesOfLine(line.text);
    if (names.length === 0) break;
    bodies.unshift(...names.map((text) => ({ text, start: line.start, end: line.end })));
  }
  return bodies;
}

/** The region that 我省, 本市 or a bare 省药监局 of the document means. */
export function homeRegion(draft: Draft, title: string): Region | null {
  const own = regionOfBody(title) ?? firstRegion(title);
  if (own) return own;
  const head = draft.text.slice(0, 3000);
  const tail = draft.text.slice(-600);
  if (/我省|我市|我区|本省|本市|本自治区|全省|全市|全区|自治区/.test(head))
    return firstRegion(head) ?? firstRegion(tail) ?? regionOfCodes(head);
  return null;
}

/** 新医保〔2020〕136号 in a text that speaks of 自治区: the agency code begins with the short name of the region. */
function regionOfCodes(head: string): Region | null {
  for (const found of scanNumbers(head)) {
    if (found.style !== 'code') continue;
    const province = PROVINCE_LETTERS[found.number[0] ?? ''];
    if (province && /自治区$/.test(province) === /自治区/.test(head)) return { province, city: null };
  }
  return null;
}

/** Title words before 关于: the bodies that issue, one after another with a blank between. */
function titleIssuers(title: string): string[] {
  const at = title.search(/关于|转发|印发|发布/);
  if (at >= 3) {
    const names = title.slice(0, at).trim().split(/ +/);
    if (names.every(isBodyName)) return names;
    const named = bodiesIn(`${title.slice(0, at)} `);
    if (named.length === 1 && named[0]?.text.length === title.slice(0, at).trim().length) return [named[0].text];
  }
  const decision = /^(.{4,30}?局)行政处罚决定书/.exec(title)?.[1];
  if (decision) return [decision];
  return [];
}

const LEAD_VERB =
  /^(?:等(?:\d+|[一二三四五六七八九十]+)?(?:个)?(?:部门|单位)?)?,?(?:近日|日前|近期)?,?(?:联合|会同|共同|正式|组织|制定|制订|印发|发布|出台|公布|开通|上线|启动|召开|举办|开展|推出|部署|转发|修订|公开|起草|举行|下发|批准|印送|关于|于\d|对[^,。]{2,30}(?:开展|进行)|决定|在[^,。]{2,20}(?:召开|举办|发布|启动|开展))/;

/** The bodies a report names as those who acted: before the verb of its first sentences. */
function leadIssuers(draft: Draft): { text: string; start: number; end: number }[] {
  const lead = draft.text.slice(0, 420);
  const covered = lead.replace(/《[^》]*》|\([^()]*\)/g, (quote) => '※'.repeat(quote.length));
  const named = bodiesIn(covered);
  for (let i = 0; i < named.length; i++) {
    const body = named[i];
    if (!body) continue;
    const before = covered.slice(Math.max(0, body.start - 14), body.start);
    if (/落实|贯彻|根据|按照|依据|经|据|由$/.test(before) && !/,[^,]*$/.test(before)) continue;
    const after = covered.slice(body.end, body.end + 30);
    if (!LEAD_VERB.test(after) && !/^[、和与及]/.test(after)) continue;
    const group: { text: string; start: number; end: number }[] = [body];
    let last: { text: string; start: number; end: number } = body;
    for (;;) {
      const rest = covered.slice(last.end, last.end + 40);
      const gap = /^(?:、|和|与|及|,?联合|,?会同|共同)+/.exec(rest)?.[0] ?? '';
      if (gap === '') break;
      const next =
        named.find((other) => other.start === last.end + gap.length) ??
        shortBody(rest.slice(gap.length), last.end + gap.length);
      if (!next) break;
      group.push(next);
      last = next;
    }
    if (
      LEAD_VERB.test(covered.slice(last.end, last.end + 40)) ||
      group.length > 1 ||
      /^[^。,]{0,24}(?:发布|印发|出台|公布|开通|启动|制定)/.test(covered.slice(last.end))
    ) {
      return group;
    }
  }
  return [];
}

/** A body of a list without its region: 上海市经信委、市药监局. */
function shortBody(text: string, at: number): { text: string; start: number; end: number } | null {
  const name =
    /^(?:省|市|自治区)?[\u4e00-\u9fff]{2,10}?(?:委员会|委|局|厅|部|办|中心)(?=[、,和与及]|联合|近日|日前|共同|印发|发布|制定|出台|等)/.exec(
      text,
    )?.[0];
  return name && isBodyName(name) ? { text: name, start: at, end: at + name.length } : null;
}

const IN_TEXT: readonly RegExp[] = [
  /本(?:办法|规定|规范|规则|细则|通知|通告|公告|程序|指南|指导原则|措施|方案|意见|目录)由([\u4e00-\u9fff、]{4,60}?)(?:负责)?解释/,
  /((?:国家|国务院)[\u4e00-\u9fff]{2,16}?(?:总局|局|委员会|委))(?:组织)?(?:制定|制订|修订|起草|研究制定|编制)了/,
  /(?:。|\n|条 *)((?:国家|国务院)[\u4e00-\u9fff]{2,16}?(?:总局|局|委员会))(?:负责(?:组织)?(?:实施|指导|监督|统一)?全国|指导全国|主管全国)/,
  /((?:国家)[\u4e00-\u9fff]{2,16}?(?:总局|局|委员会|委))(?:经研究)?决定/,
  /,((?:国家|原国家)[\u4e00-\u9fff]{2,16}?(?:总局|局))对/,
];
const STAFF_OF_DEPUTIES =
  /((?:[\u4e00-\u9fff]{2,10}?(?:省|市|自治区|自治州|自治县))(?:第[一二三四五六七八九十]+届)?人民代表大会(?:常务委员会)?)(?:第[一二三四五六七八九十]+次会议)?[^\n]{0,30}(?:通过|修正|批准)/;

/** Who issued the document, by signature, title, head, page or words; empty when nothing says it. */
export function findIssuers(
  draft: Draft,
  title: { title: string; start: number; end: number; source: string },
  signed: Signed | null,
  report: boolean,
): Issuer[] {
  const home = homeRegion(draft, title.title);
  const make = (names: readonly { text: string; start: number; end: number }[], from: Issuer['from']): Issuer[] => {
    const seen = new Set<string>();
    return names.flatMap(({ text, start, end }) => {
      const name = fullBodyName(text, home);
      if (seen.has(name)) return [];
      seen.add(name);
      return [{ name, asWritten: text, from, start, end }];
    });
  };
  const at = { start: title.start, end: title.end };
  const given = title.source === 'given' ? titleIssuers(title.title).map((text) => ({ text, ...at })) : [];
  if (signed && signed.bodies.length > 0 && given.length <= signed.bodies.length)
    return make(signed.bodies, 'signature');
  if (given.length > 0) return make(given, 'title');
  const undated = undatedSignature(draft);
  if (undated.length > 0) return make(undated, 'signature');
  const head = headText(draft);
  const deputies = STAFF_OF_DEPUTIES.exec(head);
  if (deputies) {
    const name = (deputies[1] ?? '').replace(/第[一二三四五六七八九十]+届/, '');
    return make([{ text: name, start: deputies.index, end: deputies.index + (deputies[1] ?? '').length }], 'head');
  }
  const order =
    /(?<![《》(][^\n]{0,2})((?:中华人民共和国)?国务院|国家[\u4e00-\u9fff]{2,16}?局|[\u4e00-\u9fff]{2,12}部|[\u4e00-\u9fff]{2,10}人民政府)令 ?第 ?\d+ ?号(?=[^\n]{0,8}(?:公布|发布|\n|$))/.exec(
      head,
    );
  if (order) {
    const name = (order[1] ?? '').replace(/^中华人民共和国/, '').replace(/^.*日/, '');
    return make([{ text: name, start: order.index, end: order.index + (order[1] ?? '').length }], 'head');
  }
  const decided = /(?:决定的行政机关|处罚机关|作出决定机关)[^\u4e00-\u9fff]{1,6}([\u4e00-\u9fff]{4,24}局)/.exec(
    draft.text,
  );
  if (decided)
    return make([{ text: decided[1] ?? '', start: decided.index, end: decided.index + decided[0].length }], 'text');
  if (report) {
    const lead = leadIssuers(draft);
    if (lead.length > 0) return make(lead, 'lead');
  }
  const owner = /^((?:[\u4e00-\u9fff]{0,12}(?:局|总局|国家药监局))?医疗器械技术审评中心)/.exec(title.title)?.[1];
  if (owner) return make([{ text: owner, ...at }], 'title');
  if (!report) {
    for (const pattern of IN_TEXT) {
      const found = pattern.exec(draft.text);
      if (!found) continue;
      const start = found.index + found[0].indexOf(found[1] ?? '');
      const names = (found[1] ?? '').split(/会同|商|、|和(?=国家|国务院)/).filter(isBodyName);
      if (names.length > 0)
        return make(
          names.map((text) => ({ text, start, end: start + (found[1] ?? '').length })),
          'text',
        );
    }
  }
  const stated = draft.page?.info.get('issuer');
  if (stated && !report) {
    const names = stated.value.split(/[,、 ]+/).filter(isBodyName);
    return make(
      names.map((text) => ({ text, start: 0, end: 0 })),
      'page',
    );
  }
  const acting = report ? [] : leadIssuers(draft);
  if (acting.length > 0) return make(acting, 'lead');
  const governed = /(?:已经|经)(市|省|区|县)(?:人民)?政府(?:常务会议)?(?:研究)?(?:审议)?(?:同意|通过|批准)/.exec(
    draft.text.slice(0, 1500),
  );
  if (governed && home) {
    const place = home.city ?? home.province;
    return make(
      [{ text: `${place}人民政府`, start: governed.index, end: governed.index + governed[0].length }],
      'text',
    );
  }
  return [];
}

/** The lines above the first paragraph. */
function headText(draft: Draft): string {
  const long = draft.lines.findIndex((line, index) => index > 0 && line.text.length > 130);
  const last = draft.lines[Math.min(long < 0 ? draft.lines.length - 1 : long - 1, 10)];
  return last ? draft.text.slice(0, last.end) : '';
}

/** The number of the document itself: in the head, behind the title, in the page's table; never one it only cites. */
export function findDocNumber(
  draft: Draft,
  titleLine: string,
  issuers: readonly Issuer[],
): { number: string; start: number; end: number } | null {
  const stated = draft.page?.info.get('number');
  if (stated) {
    const number = scanNumbers(stated.value)[0];
    if (number) return { number: number.number, start: 0, end: 0 };
  }
  const inTitle = scanNumbers(titleLine).at(-1);
  if (inTitle && inTitle.end >= titleLine.length - 4 && bracketed(titleLine, inTitle.start))
    return { number: inTitle.number, start: 0, end: titleLine.length };
  for (const line of draft.lines.slice(0, 12)) {
    if (line.text.length > 60) {
      if (line.text.length > 130) break;
      continue;
    }
    const found = scanNumbers(line.text).at(-1);
    if (!found) continue;
    const rest = (line.text.slice(0, found.start) + line.text.slice(found.end)).replace(/[()〔〕【】 ]/g, '');
    const order =
      found.style === 'order' &&
      /公布|发布/.test(line.text) &&
      !/修订/.test(
        draft.text
          .slice(0, line.end + 200)
          .split('\n')
          .slice(0, 8)
          .join(''),
      );
    if (
      rest.length === 0 ||
      order ||
      (found.style !== 'order' && /^(?:公告|通告|文号:?|发文字号:?|通知)$/.test(rest)) ||
      isBodyName(rest)
    ) {
      return {
        number: order && found.number.length < 6 ? `${issuers[0]?.name ?? ''}${found.number}` : found.number,
        start: line.start,
        end: line.end,
      };
    }
  }
  const tender = /(?:采购|招标|项目)(?:文件)?编号[:] ?([A-Z]{2,}[A-Z0-9-]*\d{4}[-A-Z0-9]*)/.exec(
    draft.text.slice(0, 3000),
  );
  if (tender) return { number: tender[1] ?? '', start: tender.index, end: tender.index + tender[0].length };
  // 某某局2019年第72号通告附件.doc: the file of the attachment carries the number of its notice
  const file = /((?:19|20)\d{2}年第\d{1,4}号)(?:公告|通告)附件\S{0,10}\.(?:docx?|pdf|xlsx?|zip|rar|wps)/.exec(
    draft.text,
  );
  return file ? { number: file[1] ?? '', start: file.index, end: file.index + file[0].length } : null;
}

function bracketed(line: string, start: number): boolean {
  return (
    /[(〔【 ]$/.test(line.slice(0, start)) || /(?:书|通知|公告|通告|意见|函)$/.test(line.slice(0, start)) || start === 0
  );
}

export interface FoundDates {
  readonly issueDate: string | null;
  readonly publishDate: string | null;
  readonly effectiveDate: string | null;
  readonly effectiveRule: string | null;
  readonly expiry: string | null;
  /** The last days, at each place where one is set. */
  readonly deadlines: readonly { readonly date: string; readonly start: number }[];
  readonly dates: readonly DatedItem[];
}

const IN_FORCE =
  /(?:自|从|于)?\s*(?:DATE)(?:0时|零时)?(?:之日)?(?:起|开始)?,?(?:正式|全面|同步|在全国范围内|在全国)*(?:施行|实施|执行|生效|启用)(?!的)/;
const FORCE_PATTERN = new RegExp(IN_FORCE.source.replace('DATE', '(?:19|20)\\d{2}年\\d{1,2}月\\d{1,2}日'), 'g');
const OWN_SUBJECT =
  /本(?:办法|规定|规范|规则|细则|通知|通告|公告|程序|指南|指导原则|措施|方案|意见|目录|条例|解释|决定|标准|法|制度|政策|文件)|现予(?:以)?(?:公布|发布)|现印发|现公布|决定/;

function sentenceAround(text: string, start: number, end: number): { before: string; after: string } {
  let from = start;
  while (from > 0 && !'。;!?\n'.includes(text[from - 1] ?? '')) from--;
  let to = end;
  while (to < text.length && !'。;!?\n'.includes(text[to] ?? '')) to++;
  return { before: text.slice(from, start), after: text.slice(end, to) };
}

/** The date the document takes effect: its own, not that of an act it names. */
function effective(
  draft: Draft,
  relays: boolean,
): { date: string | null; rule: string | null; start: number; end: number } {
  const { text } = draft;
  const foreign = new Map<string, { start: number; end: number }>();
  let own: { date: string; start: number; end: number } | null = null;
  for (const match of text.matchAll(FORCE_PATTERN)) {
    const date = dayIn(match[0]);
    if (!date) continue;
    const { before } = sentenceAround(text, match.index, match.index);
    // a document says its own force with 本…, or with words of issue; else the sentence is about the act it names
    if (OWN_SUBJECT.test(before) || (!/[》]/.test(before) && before.length < 40)) {
      own = { date, start: match.index, end: match.index + match[0].length };
    } else foreign.set(date, { start: match.index, end: match.index + match[0].length });
  }
  if (own) return { ...own, rule: null };
  // a report has no force of its own; what it gives is that of the act it is about
  if (relays && foreign.size === 1) {
    const [day] = foreign;
    if (day) return { date: day[0], rule: null, start: day[1].start, end: day[1].end };
  }
  const rule = /自(?:发布|公布|公告|印发|通告|下发|签发)之?日起(?:正式)?(?:施行|实施|执行|生效)/.exec(text);
  if (rule) return { date: null, rule: rule[0], start: rule.index, end: rule.index + rule[0].length };
  const head = /(?:^|\n)((?:19|20)\d{2}年\d{1,2}月\d{1,2}日) *(?:起)?(?:施行|实施)/.exec(text.slice(0, 800));
  if (head) return { date: dayIn(head[1] ?? ''), rule: null, start: head.index, end: head.index + head[0].length };
  // a notice whose first point begins with 自…起 starts on that day
  const first = /(?:^|[\s。:;])一、(自((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)起),/.exec(text);
  if (first) {
    const date = dayIn(first[2] ?? '');
    if (date && !foreign.has(date)) return { date, rule: null, start: first.index, end: first.index + first[0].length };
  }
  return { date: null, rule: null, start: 0, end: 0 };
}

const BEFORE_WORDS = /^ ?(?:\([^()]{1,8}\))?(?:[上下]午)?(?:\d{1,2}[:时点]\d{0,2}分?)?(?:之前|以前|前|止|截止)/;
const UNTIL =
  /(?:截止(?:日期|时间)?(?:为|是|到|至|:)?|截至|截止至|时间(?:截止|截至)(?:到|至)?|反馈时间(?:为|至)?[^。]{0,20}至|(?:征求意见|公示)(?:时间|期限?)[^。]{0,30}至)[^\d。,;]{0,6}$/;
/** 申报时间: … 至 …: the last day of a span that a heading announces. */
const SPAN_END =
  /(?:申报|填报|报名|报送|征集|征求意见|公示|反馈|提交|受理)[^。;]{0,8}(?:时间|期限|日期|期)[^。;]{0,40}(?:至|到|-|—|~)+ ?$/;
const ASKED =
  /应当|应|必须|须|请|反馈|报送|提交|完成|申报|报名|递交|上传|补充|公示|征求|缴纳|缴费|送达|办理|登记|整改|备案|上报/;

/** The last days a document sets, by the words around its dates. */
function deadlineDates(draft: Draft): { date: string; start: number; end: number; inferred: boolean }[] {
  const found: { date: string; start: number; end: number; inferred: boolean }[] = [];
  const { text } = draft;
  draft.dates.forEach((date: FoundDate, index: number) => {
    const after = text.slice(date.end, date.end + 14);
    const before = text.slice(Math.max(0, date.start - 64), date.start);
    const spanEnd = SPAN_END.test(before);
    if (!spanEnd && !BEFORE_WORDS.test(after) && !UNTIL.test(before)) return;
    const around = sentenceAround(text, date.start, date.end);
    const clause = around.after.slice(0, 60);
    if (
      /^(?:之前|以前|前)?,?[^,。]{0,24}(?:已|未)(?!完成)[^,。]{0,8}/.test(clause) &&
      !/应当|须|请/.test(clause.split(',')[0] ?? '')
    )
      return;
    if (/^(?:之前|以前|前)(?:的|生产|上市|获|取得|批准|发布|受理|申请|注册|提交的|参保)/.test(clause)) return;
    if (/每年$/.test(before.slice(-3)) || /《[^》]*$/.test(before)) return;
    if (!spanEnd && !ASKED.test(around.before.slice(-60) + clause)) return;
    let day = date.date;
    let inferred = false;
    if (!day && date.monthDay) {
      const earlier = draft.dates
        .slice(0, index)
        .reverse()
        .find((other) => other.year !== null && other.start > date.start - 40);
      const year = earlier?.year ?? draft.year;
      if (year === null || year === undefined) return;
      day = `${year}-${date.monthDay}`;
      inferred = !earlier;
    }
    if (day) found.push({ date: day, start: date.start, end: date.end, inferred });
  });
  return found;
}

/** Every date with what it is: signed, published on the page, in force, last day, expiry, merely named. */
export function findDates(draft: Draft, signed: Signed | null, report: boolean, kind: DocumentKind): FoundDates {
  const { text, page } = draft;
  const dates: DatedItem[] = [];
  const note = (date: string, kind: DateKind, start: number, end: number, more: Partial<DatedItem> = {}): void => {
    dates.push({ date, kind, start, end, ...more });
  };
  const info = (label: 'published' | 'effective' | 'expiry' | 'issued'): string | null => {
    const value = page?.info.get(label)?.value;
    return value ? dayIn(value) : null;
  };
  let issueDate: string | null = signed?.date ?? null;
  if (signed) note(signed.date, 'issued', signed.start, signed.end);
  const head = headText(draft);
  const rewritten = /修订/.test(head);
  if (!issueDate && !rewritten) {
    const passed =
      /((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[^\n。]{0,40}?(人民代表大会|国务院令|令 ?第|常务会议)[^\n。]{0,40}?(通过|公布)/g;
    let adopted: string | null = null;
    for (const match of head.matchAll(passed)) {
      const day = dayIn(match[1] ?? '');
      if (!day) continue;
      const kind = match[3] === '公布' ? 'promulgated' : 'adopted';
      note(day, kind, match.index, match.index + match[0].length);
      if (kind === 'promulgated') issueDate ??= day;
      else if (match[2] === '人民代表大会') adopted ??= day;
    }
    issueDate ??= adopted;
  }
  const decided = /作出[^\n]{0,16}决定的?日期[^\d\n]{0,6}((?:19|20)\d{2}[年-]\d{1,2}[月-]\d{1,2}日?)/.exec(text);
  if (!issueDate && decided) issueDate = dayIn(decided[1] ?? '');
  issueDate ??= info('issued');
  if (!issueDate && report) {
    const lead = text.slice(0, 400);
    const event = scanDates(lead).find((date) => date.date !== null || date.monthDay !== null);
    if (event) {
      const day = event.date ?? (draft.year === null ? null : `${draft.year}-${event.monthDay}`);
      const after = lead.slice(event.end, event.end + 60);
      if (day) {
        const issues = /^,?[^。,《]{2,30}?(?:制定|联合)?(?:发布|印发|出台|公布)(?:了|实施)?《/.test(after);
        if (issues) issueDate = day;
        note(day, issues ? 'issued' : 'mentioned', event.start, event.end, event.date ? {} : { yearInferred: true });
      }
    }
  }
  const publishDate = info('published');
  if (publishDate) note(publishDate, 'published', 0, 0);
  const force = effective(draft, kind === 'news');
  let effectiveDate = force.date ?? info('effective');
  if (!effectiveDate && force.rule && issueDate) effectiveDate = issueDate;
  if (effectiveDate && force.end > 0)
    note(effectiveDate, 'effective', force.start, force.end, force.date ? {} : { derived: true });
  let expiry = info('expiry');
  const until = /有效期(?:至|到|截至)((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)/.exec(text);
  if (!expiry && until) expiry = dayIn(until[1] ?? '');
  // a licence has a term too: only the words that set the document in force, or name it, give its own
  const term =
    /(?:(?:施行|实施|执行|生效|之日起)[,;]?|本(?:通知|公告|通告|办法|规定|细则|措施|政策|意见|方案|决定|规范|标准|目录)(?:的)?)有效期(?:为|暂定)?([\d一二三四五六七八九十两]{1,2})年/.exec(
      text,
    );
  if (!expiry && term && effectiveDate) {
    const years =
      '一二三四五六七八九'.indexOf(term[1] ?? '') + 1 ||
      (term[1] === '两' ? 2 : term[1] === '十' ? 10 : Number(term[1]));
    if (years > 0 && years < 50) {
      expiry = addDays(addMonths(effectiveDate as LocalDate, years * 12), -1);
      note(expiry, 'expiry', term.index, term.index + term[0].length, { derived: true });
    }
  }
  const lastDays = deadlineDates(draft).filter(({ date }) => date !== effectiveDate);
  for (const { date, start, end, inferred } of lastDays)
    note(
      date,
      kind === 'consultation' ? 'consultation-end' : 'deadline',
      start,
      end,
      inferred ? { yearInferred: true } : {},
    );
  const known = new Set(dates.map((date) => date.start));
  for (const date of draft.dates) {
    const day = date.date ?? date.month;
    if (day && !known.has(date.start))
      note(
        day,
        /截至|截止/.test(text.slice(Math.max(0, date.start - 3), date.start)) ? 'as-of' : 'mentioned',
        date.start,
        date.end,
      );
  }
  return {
    issueDate,
    publishDate,
    effectiveDate,
    effectiveRule: force.rule,
    expiry,
    deadlines: lastDays.map(({ date, start }) => ({ date, start })),
    dates: dates.sort((a, b) => a.start - b.start),
  };
}
