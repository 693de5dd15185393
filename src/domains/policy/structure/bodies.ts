import { BODY_END, BODY_WORDS, CENTRAL_BODIES } from '../data/bodies.ts';
import { leadingRegion, PROVINCE_PATTERN, type Region, regionStarts } from './regions.ts';

const CENTRAL = Object.entries(CENTRAL_BODIES).sort((a, b) => b[0].length - a[0].length);
const NATIONAL = /^(?:国家|国务院|中华人民共和国|最高人民|中共中央|中央|全国|中国)/;
/** Short forms of the region of the document: 我省, 本市, 省, 市, 自治区 before the name of a body. */
const OWN_REGION = /^(?:我|本)?(省|自治区|市)(?=[\u4e00-\u9fff])/;

/**
 * The official full name of a body from a short form. A short form that no rule covers stays as written; 省/市/自治区 take
 * the region of the document, and nothing is put in when that is unknown.
 */
export function fullBodyName(written: string, region: Region | null): string {
  const name = written.replace(/\s+/g, '').replace(/[(（][^()（）]*[)）]?$/, '');
  if (CENTRAL_BODIES[name]) return CENTRAL_BODIES[name];
  for (const [short, full] of CENTRAL) {
    // 国家卫生健康委 begins the full name itself
    if (!name.startsWith(short) || name.length <= short.length || name.startsWith(full) || full.startsWith(name))
      continue;
    const rest = name.slice(short.length);
    // a unit of a central body that is known by a short name of its own
    const unit = CENTRAL_BODIES[rest];
    if (unit?.startsWith(full)) return unit;
    return full + rest;
  }
  for (const [short, full] of CENTRAL) {
    // 国家药品监督管理局器审中心: the parent is already written in full
    const parent = full.slice(0, full.indexOf('局') + 1);
    if (/[心院]$/.test(short) && parent && name === parent + short) return full;
  }
  let expanded = name;
  for (const [short, full] of BODY_WORDS) {
    const at = expanded.indexOf(short);
    if (
      at >= 0 &&
      expanded.slice(Math.max(0, at + short.length - full.length), at + short.length) !== full &&
      !expanded.includes(full)
    ) {
      expanded = expanded.slice(0, at) + full + expanded.slice(at + short.length);
      break;
    }
  }
  const lead = leadingRegion(expanded);
  if (lead) return withFullRegion(expanded, lead);
  // 省际联盟 is of no one province
  const own = expanded.startsWith('省际') ? null : OWN_REGION.exec(expanded);
  if (own && region) {
    const rest = expanded.slice(own[0].length);
    if (own[1] === '市')
      return region.city ? region.city + rest : region.province.endsWith('市') ? region.province + rest : expanded;
    return region.province + rest;
  }
  return expanded;
}

function withFullRegion(name: string, lead: Region & { readonly length: number }): string {
  if (lead.city !== null || name.startsWith(lead.province)) return name;
  return lead.province + name.slice(lead.length);
}

/** The region a body acts for, or null for a central one and for one that does not say. */
export function regionOfBody(name: string): Region | null {
  return NATIONAL.test(name) ? null : leadingRegion(name);
}

export function isNational(name: string): boolean {
  return NATIONAL.test(name) || /^[\u4e00-\u9fff]{2,12}部$/.test(name);
}

const WHOLE = new RegExp(`^(?:原)?[\\u4e00-\\u9fff、()]{2,38}?(?:${BODY_END})(?:\\([\\u4e00-\\u9fff]{2,12}\\))?$`);
const NO_BODY = /^(?:附件|各|请|特此|联系|抄送|关于|第|有关|相关|现|以上|主送)|(?:通知|公告|通告|办法)$|[的了]/;

/** Whether a line, or one name in a line, is the name of a public body and nothing else. */
export function isBodyName(text: string): boolean {
  return text.length >= 3 && text.length <= 40 && WHOLE.test(text) && !NO_BODY.test(text);
}

/** The bodies of a line of signatures: names set apart by blanks; 、 inside one name does not part it. */
export function bodiesOfLine(text: string): string[] {
  // (某中心代章) says whose seal stands there
  const names = text
    .replace(/\([^()]{2,40}代(?:章)?\)$/, '')
    .split(/ {1,}/)
    .filter(Boolean);
  // a name set wide, one letter apart
  if (names.length > 2 && names.every((name) => name.length === 1))
    return isBodyName(names.join('')) ? [names.join('')] : [];
  return names.length > 0 && names.every(isBodyName) ? names : [];
}

/** A name ends here and another begins: its own region in full, or a central body. */
const NATIONAL_START =
  /(?<=[局委会部厅室心院府司处办署])(?=国家|国务院|最高人民|中国|中共|工业和信息化部|教育部|公安部|财政部)/g;

/** Names of bodies run together without a blank between; empty when the stretch is anything else. */
function namesRunTogether(stretch: string): { text: string; start: number }[] {
  const own = leadingRegion(stretch);
  const region = own ? stretch.slice(0, own.length) : null;
  const cuts = new Set<number>([0]);
  for (const at of regionStarts(stretch)) if (/[局委会部厅室心院府司处办署]/.test(stretch[at - 1] ?? '')) cuts.add(at);
  for (const match of stretch.matchAll(NATIONAL_START)) cuts.add(match.index);
  if (region && region.length >= 3)
    for (let at = stretch.indexOf(region, 1); at > 0; at = stretch.indexOf(region, at + 1))
      if (/[局委会部厅室心院府司处办署]/.test(stretch[at - 1] ?? '')) cuts.add(at);
  const starts = [...cuts].sort((a, b) => a - b);
  const names = starts.map((start, i) => ({ text: stretch.slice(start, starts[i + 1] ?? stretch.length), start }));
  return names.every((name) => isBodyName(name.text)) ? names : [];
}

/** Words before a name that make it part of a sentence, not a signature. */
const IN_SENTENCE = /(?:由|经|与|和|及|对|向|据|根据|按照|在|会同|联合|报|至|送|[、,])$/;

/**
 * The bodies that sign at the very end of a stretch of text, with blanks between them or run together, also when the first
 * is glued to the words before it. Places are counted from the start of the stretch.
 */
export function closingBodies(stretch: string): NamedBody[] {
  const tail = stretch.trimEnd();
  const open = /[^。;::!?)》”\n]*$/.exec(tail);
  const from = open?.index ?? 0;
  const found: NamedBody[] = [];
  const chunks = [...tail.slice(from).matchAll(/[^ ]+/g)].reverse();
  for (const chunk of chunks) {
    const at = from + chunk.index;
    const put = (names: readonly { text: string; start: number }[], shift: number): void => {
      found.unshift(
        ...names.map(({ text, start }) => ({ text, start: at + shift + start, end: at + shift + start + text.length })),
      );
    };
    const whole = namesRunTogether(chunk[0]);
    if (whole.length > 0 && !(chunk.index === 0 && startsInWords(chunk[0]))) {
      put(whole, 0);
      continue;
    }
    if (found.length === 0 || !IN_SENTENCE.test(chunk[0])) {
      const starts = [...regionStarts(chunk[0]), ...[...chunk[0].matchAll(/国家|国务院/g)].map((match) => match.index)];
      for (const start of starts.sort((a, b) => a - b)) {
        if (start === 0 || IN_SENTENCE.test(chunk[0].slice(0, start))) continue;
        const names = namesRunTogether(chunk[0].slice(start));
        if (names.length === 0) continue;
        put(names, start);
        break;
      }
    }
    break;
  }
  return found;
}

/** 清单甲市财政局: the name of an attachment runs on to the region of the body that signs. */
function startsInWords(chunk: string): boolean {
  const own = leadingRegion(chunk);
  // 甲省…自查表甲省财政局: the attachment names the region as well
  const first = regionStarts(chunk).find((at) => at >= (own?.length ?? 0)) ?? chunk.search(/国家|国务院/);
  return first > 0 && /[单表书件案见法定则知稿录划告板式图明函]$/.test(chunk.slice(0, first));
}

const AFTER =
  '(?=[、,。:;\\s(《“]|联合|会同|共同|部署|通报|约谈|下发|发出|举行|集中|公示|对外|制定|制订|印发|发布|组织|出台|关于|在|将|近日|日前|开展|启动|公布|召开|与|和|及|决定|开通|建立|于|深入|积极|认真|举办|正式|起草|牵头|转发|等|负责|指导|按|依|为|通过|对|已|官网|网站|修订|推出|上线|签署|聚焦|围绕|立足|针对|坚持|同意|拟|现|就|向|主办|批准|公开|获悉|了解|\\d|$)';
const NAMED = new RegExp(
  `(?:原)?(?:国家|最高|中共中央|国务院|中国|器审|核查|药审|中检|(?:${PROVINCE_PATTERN})|[\\u4e00-\\u9fff]{2,4}[市州盟县区旗](?=[\\u4e00-\\u9fff]))[\\u4e00-\\u9fff]{0,22}?(?:${BODY_END})${AFTER}`,
  'g',
);

export interface NamedBody {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Bodies named in a short stretch of text (a title, a lead); not meant for whole documents. */
export function bodiesIn(text: string): NamedBody[] {
  const found: NamedBody[] = [];
  for (const match of text.matchAll(NAMED)) {
    let name = match[0];
    let start = match.index;
    // a date or an opening may be glued before the name
    const glued =
      /^(?:近日|日前|近期|今年|联合|会同|共同|协同|根据|按照|由|经|以及|记者|和|与|及|据|从|为|在|月|日)+/.exec(
        name,
      )?.[0].length ?? 0;
    name = name.slice(glued);
    start += glued;
    if (name.length < 3 || /[的了]|^各|^该/.test(name)) continue;
    found.push({ start, end: start + name.length, text: name });
  }
  return found;
}

/** The office of a body signs for it; the body is another name. */
const OFFICE = /(?:办公厅|办公室|综合司)$/;

/** The signatory a short form such as 市科委 stands for: one whose name holds its characters in order. */
export function matchSignatory(short: string, signatories: readonly string[]): string | null {
  const core = short.replace(/^(?:省|市|自治区|区|县)/, '');
  if (core.length < 2 || (NATIONAL.test(short) && !signatories.includes(short))) return null;
  const fits = signatories.filter((name) => {
    const lead = leadingRegion(name);
    const rest = lead ? name.slice(lead.length) : name;
    if (rest[0] !== core[0] || (OFFICE.test(name) && !/[办厅室司]$/.test(core))) return false;
    let at = 0;
    for (const letter of rest) if (letter === core[at]) at++;
    return at === core.length;
  });
  return fits.length === 1 ? (fits[0] ?? null) : null;
}
