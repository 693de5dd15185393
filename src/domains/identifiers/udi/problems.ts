import type { Severity, UdiProblem } from './types.ts';

export type ProblemLanguage = 'zh' | 'en';

type Texts = Readonly<Record<string, readonly [en: string, zh: string]>>;

/** Texts that say the same for every agency, by what follows the point of the code. */
const SHARED: Texts = {
  charset: ['character not allowed', '含有不允许的字符'],
  date: ['impossible date or time', '日期或时间不存在'],
  length: ['part too long or too short', '数据段长度错误'],
  'empty-value': ['value is empty', '数据为空'],
  'unknown-ai': ['unknown application identifier', '未知的应用标识符'],
};

/** The others by code, in English and Chinese. Codes are published and stay as they are. */
const TEXTS: Texts = {
  'input.type': ['the code is not text', '编码不是文本'],
  'input.empty': ['no data', '没有数据'],
  'input.form': ['unknown form', '未知的编码形式'],
  'input.too-long': ['longer than any barcode can carry', '超过任何条码的容量'],
  'input.more-problems': ['further problems left out', '其余问题从略'],
  'input.blanks': ['blanks left aside', '首尾空白未计入'],
  'input.unrecognised': ['no known kind of device code', '不属于已知的器械编码'],
  'input.drug-trace-code': [
    'Chinese drug trace code (20 digits beginning with 8), not a device code',
    '药品追溯码（以8开头的20位数字），不是医疗器械编码',
  ],
  'field.repeated': ['given twice with different values', '同一数据出现两次且值不同'],
  'gs1.symbology': ['symbology not used for GS1 data', '该条码符号不用于GS1数据'],
  'gs1.too-short': ['value too short', '数据长度不足'],
  'gs1.too-long': ['value too long, or a separator is missing', '数据过长，或缺少分隔符'],
  'gs1.check-digit': ['check digit wrong', '校验码错误'],
  'gs1.value': ['value not allowed', '不允许此值'],
  'gs1.day-not-given': [
    'day 00 gives the month only; healthcare items need the day since 2025',
    '日为00，只表示月份；自2025年起医疗产品应给出日',
  ],
  'gs1.bracket': ['brackets not well formed', '括号格式错误'],
  'gs1.required': ['needs another application identifier', '缺少必须同时出现的应用标识符'],
  'gs1.excluded': ['must not stand together', '应用标识符不得同时出现'],
  'gs1.repeated': ['repeated with a different value', '应用标识符重复且值不同'],
  'gs1.serial-component': [
    'key beside a digital signature (8030) lacks its serial component',
    '与数字签名（8030）同用的标识缺少序列部分',
  ],
  'gs1.gmn': ['8013 is the Basic UDI-DI, not for labels', '8013为基本UDI-DI，不应印在标签上'],
  'gs1.no-device-data': ['neither device nor production identifier', '没有产品标识或生产标识'],
  'gs1.gtin-length': ['a GTIN has 8, 12, 13 or 14 digits', 'GTIN应为8、12、13或14位数字'],
  'gs1.gtin-padded': ['GTIN shorter than 14 digits', 'GTIN不足14位'],
  'dl.scheme': ['scheme must be http or https in one case', '协议须为全小写或全大写的http(s)'],
  'dl.domain': ['host name missing or not well formed', '缺少主机名或主机名格式错误'],
  'dl.no-key': ['no GS1 primary key in the path', '路径中没有GS1主键'],
  'dl.null': ['percent-encoded null', '含有编码的空字符'],
  'dl.qualifiers': ['key qualifiers not allowed here or in the wrong order', '限定符不允许或顺序错误'],
  'dl.repeated': ['given twice', '重复出现'],
  'dl.not-attribute': ['not allowed in the query', '不得作为查询参数'],
  'dl.belongs-in-path': ['belongs in the path', '应写在路径中'],
  'hibc.start': ['HIBC data begin with +', 'HIBC数据须以+开头'],
  'hibc.check': ['check character wrong', '校验字符错误'],
  'hibc.link': ['link character does not match the primary code', '链接字符与主编码的校验字符不一致'],
  'hibc.structure': ['not the structure of an HIBC code', '不符合HIBC结构'],
  'hibc.provider': ['provider standard (+/), not a device code', '供应方标准（+/），不是器械编码'],
  'hibc.print': ['signs of the printed text left aside', '印刷文字的附加符号未计入'],
  'hibc.ambiguous-check': [
    'last character read as check character, may be part of the number',
    '末位按校验字符处理，也可能属于编号',
  ],
  'isbt.structure': ['unknown data structure', '未知的数据结构'],
  'isbt.no-di': ['no device identifier (=/ or =))', '没有产品标识（=/ 或 =)）'],
  'isbt.count': ['count of structures differs from the header', '结构数与复合信息头不符'],
  'ifa.envelope': ['format envelope not well formed', '格式信封（ISO/IEC 15434）不完整'],
  'ifa.structure': ['not the structure of a PPN', '不符合PPN结构'],
  'ifa.check-digits': ['check digits wrong', '校验码错误'],
  'ifa.pzn-check': ['check digit of the PZN wrong', 'PZN校验位错误'],
  'ifa.no-di': ['no device identifier (9N or 8P)', '没有产品标识（9N或8P）'],
  'ifa.two-dis': ['both 9N and 8P', '同时含有9N和8P'],
  'ifa.unknown-field': ['data identifier not used for devices', '数据标识符不属于器械数据'],
  'ma.head': ['MA codes begin with MA. in capitals', 'MA码须以大写MA.开头'],
  'ma.structure': ['part missing or of wrong length', '缺少组成部分或长度错误'],
  'ma.empty-unit': ['empty unit', '生产标识单元为空'],
  'ma.unknown-unit': ['unknown unit letter', '未知的生产标识字母'],
  'ma.industry': ['industry code is not that of devices (M0)', '行业代码不是医疗器械（M0）'],
  'ma.check': ['check character does not hold (advisory)', '校验码不符（仅供参考）'],
  'ma.check-last': ['the check unit C must be the last', '校验单元C须在最后'],
  'ahm.opaque': ['layout of AHM codes is not public: compare with the database', 'AHM码结构未公开：须与数据库记录比对'],
  'build.agency': ['agency missing or unknown', '缺少发码机构或发码机构未知'],
  'build.di': ['device identifier missing', '缺少产品标识'],
  'build.field': ['this kind of code has no place for it', '该类编码不能表示此数据'],
  'build.date': ['this kind of code cannot write the date', '该类编码不能表示此日期'],
};

/** Text of a problem code in the language asked for; the code itself when it is not known. */
export function udiProblemText(code: string, language: ProblemLanguage, detail?: string): string {
  const shared = code.slice(code.indexOf('.') + 1);
  const texts = Object.hasOwn(TEXTS, code) ? TEXTS[code] : Object.hasOwn(SHARED, shared) ? SHARED[shared] : undefined;
  const text = texts ? texts[language === 'zh' ? 1 : 0] : code;
  if (!detail) return text;
  return language === 'zh' ? `${text}：${detail}` : `${text}: ${detail}`;
}

/** Makes a problem with its English text. */
export function problem(code: string, severity: Severity, at: number, detail?: string): UdiProblem {
  const message = udiProblemText(code, 'en', detail);
  return detail === undefined ? { code, severity, message, at } : { code, severity, message, at, detail };
}
