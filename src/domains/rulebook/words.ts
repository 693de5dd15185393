import type { DatedValue, Firmness, Unit } from '../../rules/shapes.ts';

/** A text in both languages. */
export interface Pair {
  readonly zh: string;
  readonly en: string;
}

/** GB/T 2260, first two digits: the provinces a value may be set by. */
const PROVINCES: Readonly<Record<string, Pair>> = {
  11: { zh: '北京', en: 'Beijing' },
  12: { zh: '天津', en: 'Tianjin' },
  13: { zh: '河北', en: 'Hebei' },
  14: { zh: '山西', en: 'Shanxi' },
  15: { zh: '内蒙古', en: 'Inner Mongolia' },
  21: { zh: '辽宁', en: 'Liaoning' },
  22: { zh: '吉林', en: 'Jilin' },
  23: { zh: '黑龙江', en: 'Heilongjiang' },
  31: { zh: '上海', en: 'Shanghai' },
  32: { zh: '江苏', en: 'Jiangsu' },
  33: { zh: '浙江', en: 'Zhejiang' },
  34: { zh: '安徽', en: 'Anhui' },
  35: { zh: '福建', en: 'Fujian' },
  36: { zh: '江西', en: 'Jiangxi' },
  37: { zh: '山东', en: 'Shandong' },
  41: { zh: '河南', en: 'Henan' },
  42: { zh: '湖北', en: 'Hubei' },
  43: { zh: '湖南', en: 'Hunan' },
  44: { zh: '广东', en: 'Guangdong' },
  45: { zh: '广西', en: 'Guangxi' },
  46: { zh: '海南', en: 'Hainan' },
  50: { zh: '重庆', en: 'Chongqing' },
  51: { zh: '四川', en: 'Sichuan' },
  52: { zh: '贵州', en: 'Guizhou' },
  53: { zh: '云南', en: 'Yunnan' },
  54: { zh: '西藏', en: 'Tibet' },
  61: { zh: '陕西', en: 'Shaanxi' },
  62: { zh: '甘肃', en: 'Gansu' },
  63: { zh: '青海', en: 'Qinghai' },
  64: { zh: '宁夏', en: 'Ningxia' },
  65: { zh: '新疆', en: 'Xinjiang' },
};

/** The folders below a place, in the order in which a product meets them. */
const SUBJECTS: Readonly<Record<string, Pair>> = {
  registration: { zh: '注册', en: 'registration' },
  'clinical-trial': { zh: '临床试验', en: 'clinical trials' },
  'special-routes': { zh: '特殊程序', en: 'special routes' },
  filing: { zh: '备案', en: 'filing' },
  classification: { zh: '分类', en: 'classification' },
  production: { zh: '生产', en: 'production' },
  distribution: { zh: '经营', en: 'distribution' },
  duties: { zh: '主体义务', en: 'duties' },
  inspection: { zh: '检查', en: 'inspection' },
  supervision: { zh: '监督管理', en: 'supervision' },
  credit: { zh: '信用', en: 'credit' },
  penalties: { zh: '处罚与公示', en: 'penalties and disclosure' },
};
const SUBJECT_ORDER = Object.keys(SUBJECTS);

/** `cn/registration` → 全国 · 注册. An unknown folder keeps its name. */
export function placeTitle(place: string): Pair {
  const [region = '', subject] = place.split('/');
  const where = regionTitle(region);
  const what = subject === undefined ? undefined : (SUBJECTS[subject] ?? { zh: subject, en: subject });
  return what ? { zh: `${where.zh} · ${what.zh}`, en: `${where.en} · ${what.en}` } : where;
}

function regionTitle(region: string): Pair {
  if (region === 'cn') return { zh: '全国', en: 'national' };
  return PROVINCES[region.replace(/^cn-/, '')] ?? { zh: region, en: region };
}

/** National subjects in their order, then the provinces. */
export function placeOrder(place: string): string {
  const [region = '', subject = ''] = place.split('/');
  const at = SUBJECT_ORDER.indexOf(subject);
  return `${region} ${String(at < 0 ? SUBJECT_ORDER.length : at).padStart(2, '0')} ${subject}`;
}

export const KIND_TITLES = {
  'time-limit': { zh: '时限', en: 'time limit' },
  obligation: { zh: '义务', en: 'duty' },
  promise: { zh: '承诺时限', en: 'promise' },
  period: { zh: '期间', en: 'period' },
  count: { zh: '数量', en: 'count' },
  share: { zh: '比例', en: 'share' },
  rule: { zh: '规则', en: 'rule' },
  table: { zh: '表', en: 'table' },
} as const satisfies Readonly<Record<string, Pair>>;
export type RuleKind = keyof typeof KIND_TITLES;

const both = (text: string): Pair => ({ zh: text, en: text });

/** A value with its unit in words; null when there is none. */
export function valueWords(value: DatedValue['value'], unit: Unit | undefined): Pair | null {
  if (value === null) return null;
  if (!unit) return both(Array.isArray(value) ? value.join('–') : String(value));
  switch (unit.kind) {
    case 'moment':
    case 'standing':
      return { zh: unit.zh, en: unit.en };
    case 'rule':
      return typeof value === 'string' && /[\u3400-\u9fff]/.test(value) ? both(value) : { zh: unit.zh, en: unit.en };
    case 'text':
      return both(String(value));
    case 'frequency':
      if (Array.isArray(value) && value.length === 2)
        return {
          zh: value[1] === 1 ? `每年 ${value[0]} 次` : `每 ${value[1]} 年 ${value[0]} 次`,
          en: `${times(Number(value[0]))} ${value[1] === 1 ? 'a year' : `in ${value[1]} years`}`,
        };
      break;
    case 'date':
      return unit.id === 'fixed-date-next-year' && typeof value === 'string'
        ? { zh: `次年 ${value}`, en: `${value} of the next year` }
        : typeof value === 'string' && /\d/.test(value)
          ? both(value)
          : { zh: unit.zh, en: unit.en };
    case 'share':
      if (unit.id === 'percent') return both(`${value}%`);
      if (unit.id === 'of-original-limit') return { zh: `原时限的 ${value} 倍`, en: `${value} of the original limit` };
      break;
  }
  const number = Array.isArray(value) ? value.join('–') : String(value);
  return { zh: chinese(number, unit), en: english(number, unit, value) };
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

function chinese(number: string, unit: Unit): string {
  // the bare unit has no number of its own: before the day, whenever
  if (unit.id === 'before-expiry') return unit.zh;
  if (unit.kind === 'before-expiry') {
    const of = unit.id.startsWith('month') ? '个月' : '个工作日';
    return `有效期届满前 ${number} ${of}`;
  }
  if (unit.kind === 'before-event') return `事前 ${number} 个工作日`;
  if (unit.kind === 'duration-minimum') return `不少于 ${number} ${unit.id.startsWith('year') ? '年' : '个工作日'}`;
  return `${number} ${unit.id === 'workday' ? '个工作日' : unit.zh.replace(/（.*）$/, '')}`;
}

/** Units in English are singular; more than one takes the s that all of them form regularly but few. */
function english(number: string, unit: Unit, value: DatedValue['value']): string {
  const one = value === 1;
  const days = (name: string) => `${number} ${name}${one ? '' : 's'}`;
  if (unit.id === 'before-expiry') return unit.en;
  if (unit.kind === 'before-expiry')
    return `${days(unit.id.startsWith('month') ? 'month' : 'working day')} before expiry`;
  if (unit.kind === 'before-event') return `${days('working day')} before the event`;
  if (unit.kind === 'duration-minimum') return `at least ${days(unit.id.startsWith('year') ? 'year' : 'working day')}`;
  if (unit.kind === 'duration') return days(unit.en);
  return `${number} ${unit.en}`;
}

/** From firm to missing. */
const FIRMNESS_ORDER: readonly Firmness[] = ['primary-text', 'mirror', 'quoted', 'unverified', 'missing'];

/** 0 for a primary text, 4 for a missing one. */
export function firmnessRank(level: Firmness): number {
  return FIRMNESS_ORDER.indexOf(level);
}

/** The weakest of the levels, missing left aside unless nothing else is there: a table stands on its weakest row. */
export function weakest(levels: readonly Firmness[]): Firmness {
  const told = levels.filter((level) => level !== 'missing');
  return told.reduce<Firmness>(
    (weak, level) => (firmnessRank(level) > firmnessRank(weak) ? level : weak),
    told.length > 0 ? 'primary-text' : 'missing',
  );
}
