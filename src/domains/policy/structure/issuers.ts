import { PROVINCE_LETTERS } from '../data/bodies.ts';
import type { DocumentKind, Issuer } from '../types.ts';
import { bodiesIn, fullBodyName, isBodyName, regionOfBody } from './bodies.ts';
import { headLine } from './doc-number.ts';
import type { Draft } from './draft.ts';
import { scanNumbers } from './numbers.ts';
import { firstRegion, leadingRegion, PROVINCE_PATTERN, type Region } from './regions.ts';
import { headText, type Signed, undatedSignature } from './signature.ts';

/** The region that 我省, 本市 or a bare 省药监局 of the document means. */
export function homeRegion(draft: Draft, title: string): Region | null {
  const own = regionOfBody(title) ?? firstRegion(title);
  if (own) return own;
  // 问答:上海…怎么做
  for (const part of title.split(/[:丨|]/).slice(1)) {
    const named = leadingRegion(part);
    if (named) return named;
  }
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
    // 某局等5部门关于…: the others sign below
    const lead = title
      .slice(0, at)
      .replace(/等(?:\d+|[一二三四五六七八九十]+)?个?(?:部门|单位|机关|委办局)?(?:联合)?$/, '')
      .trim();
    const names = lead.split(/ +/);
    if (names.every(isBodyName)) return names;
    const named = bodiesIn(`${lead} `);
    if (named.length === 1 && named[0]?.text.length === lead.length) return [named[0].text];
  }
  const decision = /^(.{4,30}?局)行政处罚决定书/.exec(title)?.[1];
  if (decision) return [decision];
  return [];
}

const LEAD_VERB =
  /^(?:等(?:\d+|[一二三四五六七八九十]+)?(?:个)?(?:部门|单位)?)?,?(?:近日|日前|近期|(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日)?,?(?:牵头|联合|会同|共同|正式|组织|制定|制订|印发|发布|出台|公布|开通|上线|启动|召开|举办|开展|推出|部署|转发|修订|公开|起草|举行|下发|批准|印送|关于|于\d|通报|约谈|集中公布|举行|下发|对外|消息|公示|对[^,。]{2,40}(?:开展|进行|作出|实施|立案|约谈)|决定|在[^,。]{2,20}(?:召开|举办|发布|启动|开展|上线|开通|推出|部署|签署|成立|推行)|签署|建成|(?:聚焦|围绕|立足|针对|坚持)[^。]{2,40}?,(?:推出|出台|印发|制定|建立|实施|开展|上线|发布))/;

/** 陕西、甘肃、青海三省药监局: one body of each province named. */
const OF_EACH = new RegExp(
  `((?:(?:${PROVINCE_PATTERN})(?:、|和|与)){1,9}(?:${PROVINCE_PATTERN}))(?:等)?(?:[两二三四五六七八九十]|\\d{1,2})(?:个)?(?:省|地|市)(?:\\(区、市\\)|\\(区\\)|\\(市\\)|区市|区|市)?(药监局|药品监督管理局|医保局|医疗保障局|卫生健康委|市场监管局|市场监督管理局)`,
);

function bodiesOfEach(lead: string): { text: string; start: number; end: number }[] {
  const found = OF_EACH.exec(lead);
  if (!found) return [];
  const at = { start: found.index, end: found.index + found[0].length };
  return (found[1] ?? '').split(/[、和与]/).flatMap((name) => {
    const region = leadingRegion(name);
    return region ? [{ text: region.province + (found[2] ?? ''), ...at }] : [];
  });
}

/** The bodies a report names as those who acted: before the verb of its first sentences. */
function leadIssuers(draft: Draft): { text: string; start: number; end: number }[] {
  const lead = draft.text.slice(0, 420);
  const covered = lead.replace(/《[^》]*》|\([^()]*\)/g, (quote) => '※'.repeat(quote.length));
  const each = bodiesOfEach(draft.text.slice(0, 420));
  if (each.length > 1) return each;
  const named = bodiesIn(covered);
  for (let i = 0; i < named.length; i++) {
    const body = named[i];
    if (!body) continue;
    const before = covered.slice(Math.max(0, body.start - 14), body.start);
    if (/落实|贯彻|根据|按照|依据|经|据|由$/.test(before) && !/,[^,]*$/.test(before)) continue;
    const after = covered.slice(body.end, body.end + 30);
    if (/记者.{0,4}从$/.test(before) && /^(?:获悉|了解到|获得)/.test(after)) return [body];
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

const SHORT_BODY =
  '((?:国家|省|市|自治区|[\\u4e00-\\u9fff]{2,4}[省市])[\\u4e00-\\u9fff]{2,14}?(?:局|委员会|委|厅|部|政府))';
/** Who made the act that questions and answers are about; failing that, whom they tell to ask. */
const OF_ACT: readonly RegExp[] = [
  // 省某局某处有关负责人就…作了解答
  new RegExp(
    `${SHORT_BODY}(?:[\\u4e00-\\u9fff]{2,10}?[处司科室])?(?:有关|相关|主要)?(?:负责人|负责同志)[^。;]{0,40}(?:答|解读|介绍|回应)`,
  ),
  new RegExp(
    `${SHORT_BODY}(?:(?:联合|会同)[^。;]{2,30}?)?(?:组织|研究)?(?:起草|制定|制订|印发|出台|发布|修订)了?(?:本|该|这|《)`,
  ),
  new RegExp(`(?:咨询|致电|拨打|联系)(?:电话)?[:]?${SHORT_BODY}`),
];

/** 请将意见反馈至某省某局某处: the office that collects comments, with the body it belongs to. */
const RECEIVES =
  /(?:反馈|寄|寄送|发送|报送|传真|送|提交|邮寄)(?:至|到|给)((?:国家|[\u4e00-\u9fff]{2,8}[省市州])[\u4e00-\u9fff]{2,14}?(?:局|委员会|委|厅))(?=[\u4e00-\u9fff]{0,16}(?:处|司|科|室|中心)?[,。;( ])/;

/** Answers on the own site of a body (来源:某省药监局网站) are its own. */
function siteOf(draft: Draft): { text: string; start: number; end: number } | null {
  const found =
    /来源[:] ?([\u4e00-\u9fff]{3,24}?(?:局|委员会|委|厅))(?:(?:官方)?(?:网站|官网|门户网站)|(?=[ \n]))/.exec(
      draft.text.slice(0, 300),
    );
  const name = found?.[1];
  if (!found || !name || !isBodyName(name)) return null;
  const start = found.index + found[0].indexOf(name);
  return { text: name, start, end: start + name.length };
}

function bodyOfAct(text: string): { text: string; start: number; end: number } | null {
  for (const pattern of OF_ACT) {
    const found = pattern.exec(text.slice(0, 8000));
    const name = found?.[1]?.replace(/^.*(?:由|经|落实|,)/, '');
    if (!found || !name || !isBodyName(name)) continue;
    const start = found.index + found[0].indexOf(name);
    return { text: name, start, end: start + name.length };
  }
  return null;
}

/** Who issued the document, by signature, title, head, page or words; empty when nothing says it. */
export function findIssuers(
  draft: Draft,
  title: { title: string; start: number; end: number; source: string },
  signed: Signed | null,
  report: boolean,
  kind: DocumentKind,
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
  const stamped = headLine(draft);
  if (stamped)
    return make([{ text: stamped.body, start: stamped.start, end: stamped.start + stamped.body.length }], 'head');
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
    const maker = kind === 'interpretation' ? (siteOf(draft) ?? bodyOfAct(draft.text)) : null;
    if (maker) return make([maker], 'text');
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
  if (kind === 'consultation') {
    // nobody signs: comments go to the body that drafts
    const asked = RECEIVES.exec(draft.text);
    const name = asked?.[1];
    if (asked && name && isBodyName(name)) {
      const start = asked.index + asked[0].indexOf(name);
      return make([{ text: name, start, end: start + name.length }], 'text');
    }
  }
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
