import { foldText } from '../../devices/index.ts';

/** A document number as it is compared: the same however it is written. */
export interface ActNumber {
  readonly year: number | null;
  readonly no: number;
  /** Characters before the year that are the sender's own mark: 粤药监械业, 食药监办械函. */
  readonly mark: string | null;
  readonly issuer: IssuerFamily | null;
  readonly kind: string | null;
}

/** Who gives numbers of a series; predecessors of one body are one family, since people mix their names up. */
type IssuerFamily = 'cmde' | 'cfdi' | 'nmpa' | 'samr' | 'state-council' | 'nhsa' | 'nhc' | 'other';

/** Longer names first: the centre's full name contains the name of the administration. */
const ISSUERS: readonly (readonly [RegExp, IssuerFamily])[] = [
  [/器审中心|器械技术审评中心|cmde/, 'cmde'],
  [/核查中心|审核查验中心|cfdi/, 'cfdi'],
  [/国务院|state council/, 'state-council'],
  [/市场监管总局|市场监督管理总局|samr/, 'samr'],
  [/医保局|医疗保障局|nhsa/, 'nhsa'],
  [/卫健委|卫生健康委|卫计委|卫生和计划生育委|卫生部|\bnhc\b/, 'nhc'],
  [/省|市|自治区/, 'other'],
  [
    /国家药监局|国家药品监督管理局|食品药品监督管理|食品药品监管|食药监总局|国家局|总局|\bnmpa\b|\bcfda\b|\bsfda\b/,
    'nmpa',
  ],
];

const KINDS = /通告|公告|通知|令|order|notice|announcement/;

function issuerOf(text: string): IssuerFamily | null {
  for (const [pattern, family] of ISSUERS) if (pattern.test(text)) return family;
  return null;
}

const HAN = '\\p{Script=Han}';
/** 粤药监械业〔2020〕381号; read backwards from 号. */
const BRACKETED = new RegExp(
  `(${HAN}{1,16})\\s*[〔\\[(【]\\s*((?:19|20)\\d\\d)\\s*[〕\\])】]\\s*第?\\s*(\\d{1,5})\\s*$`,
  'u',
);
/** 国家药监局2021年第126号公告, 公告（2022年第28号）, 2017年187号通告 */
const YEARLY = new RegExp(`(${HAN}{0,24})[\\s(〔]{0,2}((?:19|20)\\d\\d)\\s*年\\s*第?\\s*(\\d{1,4})\\s*$`, 'u');
/** 国务院令第739号 */
const ORDER = new RegExp(`(${HAN}{0,16})令\\s*[(〔]?\\s*第?\\s*(\\d{1,4})\\s*$`, 'u');
/** Longest stretch before 号 that belongs to a number. */
const BEFORE = 44;
/** 粤药监械业2020-381, as people type it */
const DASHED = new RegExp(`(${HAN}{2,16})\\s*((?:19|20)\\d\\d)\\s*[-–—/]\\s*(\\d{1,5})(?!\\d)`, 'gu');
const ENGLISH: readonly RegExp[] = [
  /(?<who>[a-z ]{0,40})(?:no\.?|number|#)\s*(?<no>\d{1,4})\s*(?:of|,|\()\s*(?<year>(?:19|20)\d\d)/g,
  /(?<who>[a-z ]{0,40})(?<year>(?:19|20)\d\d)\s*[, ]?\s*(?:no\.?|number|#)\s*(?<no>\d{1,4})/g,
  /(?<who>[a-z ]{0,40})(?:order|decree)\s*(?:no\.?|number|#)?\s*(?<no>\d{1,4})(?!\d)/g,
];
/** Words before a bracketed year that are no mark: 公告（2022）28号. */
const NO_MARK = /(?:公告|通告|通知|令|局|委|部|中心|院)$/;

/** A place in a question that is a number, with what it says. */
export interface FoundNumber extends ActNumber {
  readonly start: number;
  readonly end: number;
}

/** Numbers in folded text. `typed` also reads what only people write in a search box (粤药监械业2020-381). */
export function actNumbersIn(folded: string, typed = false): FoundNumber[] {
  const found: FoundNumber[] = [];
  const add = (start: number, length: number, number: ActNumber) => {
    const end = start + length;
    // a text may name thousands; only the last can overlap what is read from left to right
    if (!found.slice(-4).some((f) => start < f.end && f.start < end)) found.push({ ...number, start, end });
  };
  const kindOf = (text: string) => KINDS.exec(text)?.[0] ?? null;
  for (let sign = folded.indexOf('号'); sign >= 0; sign = folded.indexOf('号', sign + 1)) {
    const from = Math.max(0, sign - BEFORE);
    const before = folded.slice(from, sign);
    if (!/\d\s*$/.test(before)) continue;
    let m = BRACKETED.exec(before);
    if (m) {
      const mark = NO_MARK.test(m[1] as string) ? null : markOf(m[1] as string);
      const issuer = mark ? null : issuerOf(m[1] as string);
      const number = { year: Number(m[2]), no: Number(m[3]), mark, issuer, kind: kindOf(m[1] as string) };
      add(from + m.index, m[0].length + 1, number);
      continue;
    }
    m = YEARLY.exec(before);
    if (m) {
      const after = folded.slice(sign + 1, sign + 6);
      const number = { year: Number(m[2]), no: Number(m[3]), mark: null, issuer: issuerOf(m[1] as string) };
      add(from + m.index, m[0].length + 1, { ...number, kind: kindOf(`${m[1]}${after}`) });
      continue;
    }
    m = ORDER.exec(before);
    if (m) {
      const number = { year: null, no: Number(m[2]), mark: null, issuer: issuerOf(m[1] as string), kind: '令' };
      add(from + m.index, m[0].length + 1, number);
    }
  }
  if (typed) {
    for (const m of folded.matchAll(DASHED)) {
      const before = m[1] as string;
      const mark = NO_MARK.test(before) ? null : markOf(before);
      add(m.index, m[0].length, {
        year: Number(m[2]),
        no: Number(m[3]),
        mark,
        issuer: mark ? null : issuerOf(before),
        kind: kindOf(before),
      });
    }
    for (const pattern of ENGLISH)
      for (const m of folded.matchAll(pattern)) {
        const { who = '', year, no } = m.groups as { who?: string; year?: string; no: string };
        add(m.index, m[0].length, {
          year: year ? Number(year) : null,
          no: Number(no),
          mark: null,
          issuer: issuerOf(who),
          kind: /order|decree/.test(m[0]) ? '令' : null,
        });
      }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The mark without 字 and without the words of a sentence before it. */
function markOf(before: string): string {
  return before.replace(/^.*(?:依据|根据|按照|转发|关于|文号|《|为)/u, '').replaceAll('字', '');
}

/** Numbers a file name carries: `cmde-2022-28`, `samr-order-47`. The name says the series only of an order. */
export function actNumbersOfKey(key: string): ActNumber[] {
  const name = foldText(key.slice(key.lastIndexOf('/') + 1));
  const yearly = /(?:^|[a-z-])((?:19|20)\d\d)-(\d{1,4})(?=[-._]|$)/.exec(name);
  if (yearly) return [{ year: Number(yearly[1]), no: Number(yearly[2]), mark: null, issuer: null, kind: null }];
  const order = /([a-z-]*)order-(\d{1,4})(?=[-._]|$)/.exec(name);
  if (order) {
    const issuer = issuerOf((order[1] as string).replaceAll('-', ' '));
    return [{ year: null, no: Number(order[2]), mark: null, issuer, kind: '令' }];
  }
  return [];
}

/** How well a number that is asked for is the number of an act: 0 no, 1 in every part. */
export function sameNumber(asked: ActNumber, own: ActNumber): number {
  if (asked.no !== own.no) return 0;
  if (asked.year !== null && own.year !== null && asked.year !== own.year) return 0;
  if (asked.year !== null && own.year === null && own.kind !== '令') return 0;
  if (asked.year === null && own.year !== null && asked.kind === '令') return 0;
  if (asked.mark !== null || own.mark !== null) {
    if (asked.mark === null || own.mark === null) return asked.mark === null && asked.issuer === null ? 0.5 : 0;
    return asked.mark === own.mark ? 1 : own.mark.endsWith(asked.mark) || asked.mark.endsWith(own.mark) ? 0.9 : 0;
  }
  let fit = 1;
  if (asked.issuer !== null) fit *= own.issuer === null ? 0.8 : own.issuer === asked.issuer ? 1 : 0.2;
  if (asked.kind !== null && own.kind !== null && asked.kind !== own.kind) fit *= 0.8;
  return fit;
}

/** A key that finds a number in an index, whoever gave it: `2022/28`, `/739`. */
export function numberTerm(number: ActNumber): string {
  return `n:${number.year ?? ''}/${number.no}`;
}

/** A standard as it is compared: letters and number without year and part letters. */
export interface Standard {
  /** `gb9706.1`, `yy0664`: T for recommended is left out, as texts and people do. */
  readonly id: string;
  readonly year: number | null;
  readonly start: number;
  readonly end: number;
}

const STANDARD =
  /(?<![a-z])(gb|yy|iso|iec|astm|en|ws|jj[fg]|ys|hg|din|aami|ansi|iso\/iec|clsi|gbz|cb|yb|ccgf)\s*(?:[/ ]?\s*[tz])?[\s:]*([a-z]?\d{2,6}(?:[.-]\d{1,3}(?!\d))*)(?:\s*[-:—–]\s*((?:19|20)\d\d))?/g;

/** Standards named in folded text. */
export function standardsIn(folded: string): Standard[] {
  const found: Standard[] = [];
  for (const m of folded.matchAll(STANDARD))
    found.push({
      id: `${m[1]}${m[2]}`.replace('/', ''),
      year: m[3] ? Number(m[3]) : null,
      start: m.index,
      end: m.index + m[0].length,
    });
  return found;
}
