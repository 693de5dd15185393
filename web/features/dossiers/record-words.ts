import type { Message } from '../../i18n/text.ts';

/** Fields and answers of the record kinds in both languages; the schema of the server names them in Chinese. */
const FIELDS: Readonly<Record<string, Message>> = {
  text: ['内容', 'Text'],
  level: ['召回级别', 'Recall level (召回级别)'],
  initiative: ['主动或责令', 'Voluntary or ordered'],
  reason: ['召回原因', 'Reason'],
  scope: ['涉及范围（型号、批号）', 'Scope (models, lots)'],
  measures: ['处理措施', 'Measures'],
  announcedOn: ['公布日期', 'Announced on'],
  reference: ['公告名称或文号', 'Notice'],
  url: ['网址', 'Address'],
  result: ['检验结果', 'Result'],
  items: ['不符合项目', 'Items that failed'],
  lot: ['批号或序列号', 'Lot or serial number'],
  sampledFrom: ['被抽样单位', 'Sampled at'],
  testedBy: ['检验机构', 'Tested by'],
  testedOn: ['检验日期', 'Tested on'],
};

const ANSWERS: Readonly<Record<string, string>> = {
  一级: 'level 1 (一级)',
  二级: 'level 2 (二级)',
  三级: 'level 3 (三级)',
  主动: 'voluntary (主动)',
  责令: 'ordered (责令)',
  符合: 'conforms (符合)',
  不符合: 'does not conform (不符合)',
};

/** The name of a field of a record; fields of later kinds keep the title their schema gives. */
export function recordField(name: string, lang: 'zh' | 'en', title?: string): string {
  const known = FIELDS[name];
  if (lang === 'zh') return title ?? known?.[0] ?? name;
  return known?.[1] ?? title ?? name;
}

/** An answer out of a fixed list, in the language of the person. */
export function recordAnswer(value: string, lang: 'zh' | 'en'): string {
  return lang === 'en' ? (ANSWERS[value] ?? value) : value;
}
