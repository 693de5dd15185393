/**
 * The number formats as data: pattern, years, article, and the sources cited in `citations.ts`. Kept as a typed table beside the parser, not as a
 * file of the rulebook, so that the library stays loadable in a browser without a file system or a dependency.
 */
import type { NumberFormat, NumberKind } from './types.ts';

/** Province short names in the order of the national list, then the second short names of 贵州 and 云南. */
export const PLACES = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新黔滇';
const P = `[${PLACES}]`;
const HAN = '[\\u4e00-\\u9fa5]';
const CITY = `(?<city>(?!食药|药监)${HAN})`;
const licence = (what: string, city: '' | '?' | '1'): RegExp =>
  new RegExp(
    `^(?<place>${P})${city === '' ? '' : CITY}${city === '?' ? '?' : ''}(?<food>食)?药监械${what}(?<year>20\\d{2})(?<serial>\\d{4})号?$`,
    'u',
  );

export const NUMBER_FORMATS: readonly NumberFormat[] = [
  {
    id: 'registration-cert',
    years: [2014, 2099],
    zh: '医疗器械注册证编号（2014-10-01起）',
    en: 'medical device registration certificate number (from 2014-10-01)',
    pattern: new RegExp(
      `^(?<place>国|${P})械注(?<form>[准进许])(?<year>(?:201[4-9]|20[2-9]\\d))(?<cls>[23])(?<code>\\d{2})(?<serial>\\d{4})$`,
      'u',
    ),
    article: '第一百一十五条',
    sources: ['order47'],
    examples: ['国械注准20223160988', '粤械注准20212070123'],
  },
  {
    id: 'class1-filing',
    years: [2014, 2099],
    zh: '第一类医疗器械备案编号',
    en: 'class I device filing number',
    pattern: new RegExp(
      `^(?<place>国|${P}${HAN}?)械备(?<year>(?:201[4-9]|20[2-9]\\d))(?<serial>\\d{4,6})(?:号)?$`,
      'u',
    ),
    article: '令47第一百一十六条; 2022年第62号公告第八条',
    sources: ['order47', 'notice62'],
    examples: ['国械备20151134', '浙杭械备20210123'],
  },
  {
    id: 'registration-old-2004',
    years: [2004, 2015],
    zh: '旧注册号（2004–2014，令第16号）',
    en: 'former registration number (2004–2014, Order 16)',
    pattern: new RegExp(
      `^(?<place>国|${P}(?:(?!食药|药监)${HAN})?)(?<food>食)?药监械\\((?<form>[准进许])\\)字(?<year>200[4-9]|201[0-5])第(?<cls>[123])(?<code>\\d{2})(?<serial>\\d{3,4})号?(?:\\((?<mark>更)\\))?$`,
      'u',
    ),
    article: '令第16号第五条',
    sources: ['order16'],
    examples: ['国食药监械(准)字2013第3770123号'],
  },
  {
    id: 'production-licence',
    years: [2000, 2099],
    zh: '医疗器械生产许可证编号',
    en: 'device production licence number',
    pattern: licence('生产许', ''),
    article: '2022年第18号通告附件5第二项',
    sources: ['notice18', 'observed'],
    examples: ['苏药监械生产许20230012号'],
  },
  {
    id: 'production-filing',
    years: [2000, 2099],
    zh: '第一类医疗器械生产备案编号',
    en: 'class I device production filing number',
    pattern: licence('生产备', '1'),
    // The rule warns and does not refuse in the four municipalities, which have no prefecture-level city.
    accepted: /^[京津沪渝]食?药监械生产备20\d{6}号?$/u,
    article: '2022年第18号通告附件5（该段未读到，结构按生产许可证与经营备案类推）',
    sources: ['notice18', 'recalled'],
    examples: ['浙杭药监械生产备20230005号'],
  },
  {
    id: 'distribution-licence',
    years: [2000, 2099],
    zh: '医疗器械经营许可证编号（第三类）',
    en: 'device distribution licence number (class III)',
    pattern: licence('经营许', '1'),
    article: '2022年第18号通告附件5（该段未读到）; 实例见公开数据',
    sources: ['notice18', 'observed'],
    examples: ['浙杭药监械经营许20230001号'],
  },
  {
    id: 'distribution-filing',
    years: [2000, 2099],
    zh: '第二类医疗器械经营备案编号',
    en: 'class II device distribution filing number',
    pattern: licence('经营备', '?'),
    article: '备案号规则（食药监时期）; 2022年第18号通告附件5',
    sources: ['filingRule', 'notice18', 'observed'],
    examples: ['浙杭药监械经营备20250018号'],
  },
  {
    id: 'online-platform-filing',
    years: [2000, 2099],
    zh: '医疗器械网络交易服务第三方平台备案凭证编号',
    en: 'third-party online device trading platform filing number',
    pattern: new RegExp(
      `^[(（](?<place>${P})[)）]网械平台备字[〔(（\\[](?<year>20\\d{2})[〕)）\\]]第(?<serial>\\d{5})号$`,
      'u',
    ),
    article: '编号写法见各平台公示，令38附件未读到',
    sources: ['order38', 'observed'],
    examples: ['(京)网械平台备字(2018)第00005号'],
  },
  {
    id: 'online-seller-info',
    zh: '医疗器械网络销售信息（入驻类、自建类）备案',
    en: 'online device seller information filing (no national number format found)',
    pattern: null,
    sources: ['order38', 'recalled'],
    examples: [],
  },
  {
    id: 'uscc',
    zh: '统一社会信用代码（GB 32100-2015）',
    en: 'unified social credit code (GB 32100-2015)',
    pattern: /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/u,
    sources: ['gb32100'],
    examples: ['91350100M000100Y43'],
  },
  {
    id: 'doc-number',
    years: [1900, 2099],
    zh: '发文字号',
    en: 'official document number',
    pattern: /^(?<organ>[\u4e00-\u9fa5]{2,12})〔(?<year>(?:19|20)\d{2})〕(?<no>[1-9]\d{0,4})号$/u,
    sources: ['gb9704'],
    examples: ['国办发〔2024〕53号'],
  },
  {
    id: 'announcement-number',
    years: [2000, 2099],
    zh: '公告/通告/令 编号',
    en: 'announcement, circular or order number',
    pattern:
      /^(?:(?<organ>[\u4e00-\u9fa5]+?))?(?:(?<kind>公告|通告)(?<year>20\d{2})年第(?<no>\d{1,3})号|(?<year2>20\d{2})年第(?<no2>\d{1,3})号(?<kind2>公告|通告)|令第(?<order>\d{1,4})号)$/u,
    sources: ['derived'],
    examples: ['国家药监局公告2025年第107号', '国家市场监督管理总局令第47号'],
  },
  {
    id: 'udi-di-gtin',
    zh: 'UDI-DI（GS1 GTIN-14）',
    en: 'UDI-DI (GS1 GTIN-14)',
    pattern: /^\d{14}$/u,
    sources: ['recalled'],
    examples: ['06901234567892'],
  },
  {
    id: 'code20',
    zh: '医保医用耗材分类与代码（20位）',
    en: 'medical insurance consumable code (20 characters)',
    pattern: /^C(\d{6})(\d{3})(\d{2})(\d{3})(\d{5})$/u,
    sources: ['forum', 'importReport'],
    examples: ['C0901010100000006626'],
  },
  {
    id: 'code27',
    zh: '医保医用耗材代码（27位，到单件产品）',
    en: 'medical insurance consumable code (27 characters, single product)',
    pattern: /^C\d{19}\d{7}$/u,
    sources: ['importReport'],
    examples: ['C09010101000000066260000001'],
  },
];

const byId = new Map<string, NumberFormat>(NUMBER_FORMATS.map((format) => [format.id, format]));

/** The format of that id, or undefined. */
export function findNumberFormat(id: string): NumberFormat | undefined {
  return byId.get(id);
}

/** True when the text conforms to the format's pattern (or to the form its notes accept) as written. */
export function conformsTo(id: NumberKind, text: string): boolean {
  const format = byId.get(id);
  return format?.pattern?.test(text) === true || format?.accepted?.test(text) === true;
}
