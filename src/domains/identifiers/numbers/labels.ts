/** Words for a page: what a part of a number is called, and what its value means. */
import { englishOfReading } from './catalogues-en.ts';
import type { NumberReading } from './types.ts';

export type Language = 'zh' | 'en';

const PARTS: Readonly<Record<string, readonly [string, string]>> = {
  place: ['审批或备案部门所在地简称', 'office'],
  office: ['部门层级', 'level of the office'],
  province: ['省、自治区、直辖市', 'province'],
  city: ['设区的市（直辖市为区）', 'city (district in a municipality)'],
  food: ['食药监时期编号', 'numbered in the time of the food and drug administration'],
  form: ['注册形式', 'form of registration'],
  origin: ['来源', 'origin'],
  year: ['年份', 'year'],
  cls: ['管理类别（数字）', 'class (digit)'],
  class: ['管理类别', 'management class'],
  code: ['产品分类编码', 'product category code'],
  serial: ['流水号', 'serial'],
  mark: ['变更标记', 'mark of a change'],
  organ: ['发文机关', 'issuing office'],
  no: ['序号', 'running number'],
  kind: ['公告或通告', 'series'],
  order: ['令号', 'order number'],
  department: ['登记管理部门码', 'registering department'],
  organisationType: ['机构类别码', 'organisation type'],
  division: ['登记管理机关行政区划码', 'division of the registering office'],
  organisation: ['主体标识码（组织机构代码）', 'organisation code'],
  check: ['校验码', 'check character'],
  indicator: ['包装指示符', 'packaging indicator'],
  item: ['厂商与项目代码', 'company and item'],
  level1: ['学科类别（一级）', 'level 1'],
  level2: ['用途（二级）', 'level 2'],
  level3: ['部位、功能（三级）', 'level 3'],
  genericName: ['通用名码', 'generic name'],
  material: ['材质', 'material'],
  specification: ['规格、特征', 'specification'],
  enterprise: ['生产企业码（注册人或备案人）', 'enterprise (certificate holder)'],
  code20: ['20位分类与代码', '20-character code'],
  sequence: ['规格型号流水号', 'specification sequence'],
};

const VALUES: Readonly<Record<string, readonly [string, string]>> = {
  'form:准': ['境内医疗器械', 'made in the mainland of China'],
  'form:进': ['进口医疗器械', 'imported'],
  'form:许': ['香港、澳门、台湾地区医疗器械', 'from Hong Kong, Macao or Taiwan'],
  'origin:domestic': ['境内', 'domestic'],
  'origin:imported': ['进口', 'imported'],
  'origin:hk-macao-taiwan': ['港澳台', 'Hong Kong, Macao, Taiwan'],
  'office:national': ['国家', 'national'],
  'office:provincial': ['省级', 'provincial'],
  'office:municipal': ['设区的市级', 'prefecture-level city'],
  'class:I': ['第一类', 'class I'],
  'class:II': ['第二类', 'class II'],
  'class:III': ['第三类', 'class III'],
  'kind:公告': ['公告', 'announcement'],
  'kind:通告': ['通告', 'circular'],
  'mark:更': ['变更', 'changed'],
};

const PROVINCES: Readonly<Record<string, readonly [string, string]>> = Object.fromEntries(
  (
    '京北京|Beijing 津天津|Tianjin 冀河北|Hebei 晋山西|Shanxi 蒙内蒙古|Inner_Mongolia 辽辽宁|Liaoning 吉吉林|Jilin ' +
    '黑黑龙江|Heilongjiang 沪上海|Shanghai 苏江苏|Jiangsu 浙浙江|Zhejiang 皖安徽|Anhui 闽福建|Fujian 赣江西|Jiangxi ' +
    '鲁山东|Shandong 豫河南|Henan 鄂湖北|Hubei 湘湖南|Hunan 粤广东|Guangdong 桂广西|Guangxi 琼海南|Hainan 渝重庆|Chongqing ' +
    '川四川|Sichuan 贵贵州|Guizhou 云云南|Yunnan 藏西藏|Tibet 陕陕西|Shaanxi 甘甘肃|Gansu 青青海|Qinghai 宁宁夏|Ningxia ' +
    '新新疆|Xinjiang 黔贵州|Guizhou 滇云南|Yunnan'
  )
    .split(' ')
    .map((entry) => {
      const [zh = '', en = ''] = entry.slice(1).split('|');
      return [entry[0], [zh, en.replace('_', ' ')]];
    }),
);

/** The name of a part for people; the part's own name when it has no words. */
export function describeNumberPart(name: string, lang: Language): string {
  return PARTS[name]?.[lang === 'zh' ? 0 : 1] ?? name;
}

/** What the value of a part means, or undefined where the value speaks for itself or no table is known. */
export function explainNumberPart(name: string, value: string, lang: Language): string | undefined {
  const index = lang === 'zh' ? 0 : 1;
  if (name === 'province') return PROVINCES[value]?.[index];
  return VALUES[`${name}:${value}`]?.[index];
}

/** The name of a reading: a category of a catalogue, or the series of a document. */
export function explainNumberReading(reading: NumberReading, lang: Language): string {
  return lang === 'zh' ? reading.zh : englishOfReading(reading);
}
