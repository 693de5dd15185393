import type { Message } from '../../i18n/text.ts';

/** How a code is written, in words. */
export const FORMS: Readonly<Record<string, Message>> = {
  element: ['GS1 元素串', 'GS1 element string'],
  scan: ['GS1 扫描输出', 'GS1 scanner output'],
  bracketed: ['GS1 带括号文本', 'GS1 bracketed text'],
  'digital-link': ['GS1 数字链接', 'GS1 Digital Link'],
  gtin: ['GTIN', 'GTIN'],
  hibc: ['HIBC', 'HIBC'],
  'hibc-secondary': ['HIBC 次级码', 'HIBC secondary'],
  'hibc-multi': ['HIBC 多段', 'HIBC, several symbols'],
  'hibc-di': ['HIBC 产品标识', 'HIBC device identifier'],
  isbt128: ['ISBT 128', 'ISBT 128'],
  ppn: ['IFA 数据载体', 'IFA data carrier'],
  'ppn-code': ['PPN', 'PPN'],
  ma: ['MA 码（IDcode）', 'MA (IDcode)'],
  ahm: ['AHM 码', 'AHM'],
};
