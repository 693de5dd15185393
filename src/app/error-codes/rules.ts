import type { ErrorLines } from './error-code.ts';

/** Codes of the rulebook explorer. */
export const RULES_ERRORS: ErrorLines = {
  'rules.not-found': [
    '规则库中没有这个编号',
    'the rulebook holds no rule or table of this id',
    '用 xiedang rules list 查编号',
    'find the id with xiedang rules list',
  ],
  'instrument.not-found': [
    '规则库中没有这份文件',
    'the rulebook cites no instrument of this id',
    '在 /api/v1/instruments 中查编号',
    'find the id at /api/v1/instruments',
  ],
  'query.days-reversed': ['起日晚于止日', 'the first day lies after the last', '对调两个日期', 'exchange the two days'],
  'usage.rules-diff': [
    '比较的两项须同为日期或同为规则库文件夹；--cases 只用于文件夹',
    'compare two days or two folders of rulebooks; --cases is for folders',
    '见 xiedang rules diff --help',
    'see xiedang rules diff --help',
  ],
  'rules.no-facts': [
    '文件夹中没有所需的事实文件',
    'the folder does not hold the fact files',
    '用 --facts 指明文件夹，或不带 --facts 只看规则库',
    'name the folder with --facts, or leave it away to see the rulebook alone',
  ],
};
