import { udiProblemText } from '../identifiers/index.ts';

/** Names of the ledger's codes; the published list is docs/reference/codes.md. */
const LABELS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'certificate.not-a-device': ['不是医疗器械的批准文号', 'not a device certificate'],
  'certificate.several-rows': ['同一证号有多行', 'several rows for one certificate'],
  'certificate.unknown-form': ['证号形式未知', 'certificate number of unknown form'],
  'date.after-release': ['日期晚于发布日', 'date after the release'],
  'date.impossible': ['日期不存在', 'impossible date'],
  'date.reversed': ['日期前后颠倒', 'dates in reversed order'],
  'date.serial': ['日期写成表格序号', 'date given as a serial number'],
  'field.missing': ['必填字段缺失', 'mandatory field missing'],
  'field.missing-conditional': ['条件必填字段缺失', 'conditional field missing'],
  'field.repeated': ['字段重复出现', 'field repeated'],
  'fill-rate.drift': ['填报率较上一批次显著变化', 'fill rate drifted since the last release'],
  'identifier.shared': ['一个标识用于多个器械', 'identifier used by more than one device'],
  'package.broken-chain': ['包装层级断开', 'package chain broken'],
  'package.dangling': ['包装指向不存在的标识', 'package points at an unknown identifier'],
  'package.loop': ['包装层级成环', 'package chain loops'],
  'package.missing-di': ['包装缺少标识', 'package without identifier'],
  'package.quantity': ['包装数量无效', 'package quantity not valid'],
  'source.contradiction': ['同一含义的两处取值不同', 'two columns contradict each other'],
  'source.malformed': ['记录格式错误', 'malformed record'],
  'source.missing-di': ['缺少产品标识', 'device identifier missing'],
  'source.missing-field': ['缺少应有的字段', 'expected field missing'],
  'source.missing-key': ['缺少记录主键', 'record key missing'],
  'source.placeholder': ['占位文字', 'placeholder text'],
  'source.repeated-field': ['字段重复出现', 'field repeated'],
  'source.unknown-content': ['未知内容', 'unknown content'],
  'source.unknown-field': ['未知字段', 'unknown field'],
  'source.unknown-value': ['未知取值', 'unknown value'],
  'text.not-utf8': ['文本不是有效的 UTF-8', 'text is not valid UTF-8'],
  'xml.bare-ampersand': ['未转义的 & 符号', 'bare ampersand'],
  'xml.illegal-character': ['XML 不允许的字符', 'character forbidden in XML'],
  'xml.stray-text': ['标签之间的多余文字', 'stray text between elements'],
  'xml.unexpected-attribute': ['意外的属性', 'unexpected attribute'],
};

/** Name of a code in both languages; faults of identifiers carry the names of the identifiers library. */
export function codeLabel(code: string): { zh: string; en: string } {
  const label = LABELS[code];
  if (label) return { zh: label[0], en: label[1] };
  if (code.startsWith('di.')) {
    const inner = code.slice(3);
    return { zh: udiProblemText(inner, 'zh'), en: udiProblemText(inner, 'en') };
  }
  return { zh: code, en: code };
}
