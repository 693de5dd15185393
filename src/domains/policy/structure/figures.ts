import { UNITS } from '../data/field-words.ts';
import type { Contradiction, Figure } from '../types.ts';

const UNIT = [...UNITS].sort((a, b) => b.length - a.length).join('|');
/** A number with its unit; the lower end of a range stands in the first group and shares the unit. */
const FIGURE = new RegExp(
  `(?<![\\dA-Za-z.\\-/〔×:])(?:(\\d+(?:\\.\\d+)?)(?:%|[千万亿]?元?|个?)[-~至到])?(\\d{1,3}(?:,\\d{3})+|\\d+)(\\.\\d+)?(余|多)?(百万|千万|百|千|万|亿)?(余|多)?(?:个(?=工作日))?(%|个百分点|‰|(?:${UNIT})(?:/年|/人)?)`,
  'g',
);
const BEFORE_OP: readonly (readonly [RegExp, Figure['op']])[] = [
  [/(?:不低于|不少于|至少|达到?)$/, '>='],
  [/(?:不超过|不高于|最高|最多|以内|上限为?|累计不超过)$/, '<='],
  [/(?:超过|突破|逾|高于)$/, '>'],
  [/(?:近|不足|低于)$/, '<'],
  [/(?:约|大约|左右)$/, '~'],
];

/** Numbers with a unit that measure something; numbers in names, dates, limits of days and numbering are none. */
export function findFigures(text: string): Figure[] {
  const found: Figure[] = [];
  for (const match of text.matchAll(FIGURE)) {
    const start = match.index;
    const end = start + match[0].length;
    const measured = match[7] ?? '';
    const unit = (match[5] ?? '') + measured;
    const after = text.slice(end, end + 8);
    const before = text.slice(Math.max(0, start - 24), start);
    const year = Number(match[2]) > 1900 || Number(match[1]) > 1900;
    if (/^年/.test(measured) && (year || /^(?:\d|第|月|度|版|[上下]半年|底|初|末|来|代|-|~|至\d)/.test(after)))
      continue;
    if (measured === '日' || (measured === '次' && before.endsWith('第'))) continue;
    if (/[第〔]$|附件$|[A-Z]$/.test(before) || /^[A-Za-z+×]/.test(after)) continue;
    if (measured === '个' && /^月(?!度)/.test(after)) continue;
    // a number inside a name: “4个1+2”模式, 《…2项…》
    const open = before.lastIndexOf('“');
    if (open >= 0 && before.lastIndexOf('”') < open && text.slice(end, end + 10).includes('”')) continue;
    const wide = text.slice(Math.max(0, start - 80), start);
    if (wide.lastIndexOf('《') > wide.lastIndexOf('》')) continue;
    let op: Figure['op'] = match[4] || match[6] ? '>' : '=';
    if (/^(?:以上|及以上)/.test(after)) op = '>=';
    else if (/^(?:以下|以内|及以下)/.test(after)) op = '<=';
    else for (const [pattern, sign] of BEFORE_OP) if (pattern.test(before)) op = sign;
    const clause = Math.max(
      before.lastIndexOf(','),
      before.lastIndexOf('。'),
      before.lastIndexOf(';'),
      before.lastIndexOf('\n'),
    );
    const tail = /^[^,。;、\n(]{0,16}/.exec(text.slice(end, end + 16))?.[0] ?? '';
    const of = `${before.slice(clause + 1)}…${tail}`;
    if (match[1] !== undefined) found.push({ start, end, value: Number(match[1]), unit, of, op: '>=' });
    const value = Number((match[2] ?? '').replace(/,/g, '') + (match[3] ?? ''));
    found.push({ start, end, value, unit, of, op: match[1] === undefined ? op : '<=' });
  }
  return found;
}

/** Totals whose parts, named in the same breath, do not add up. Both are told; neither is mended. */
export function findContradictions(text: string, figures: readonly Figure[]): Contradiction[] {
  const found: Contradiction[] = [];
  for (let i = 0; i + 2 < figures.length; i++) {
    const [total, a, b] = [figures[i], figures[i + 1], figures[i + 2]];
    if (!total || !a || !b || total.unit !== a.unit || a.unit !== b.unit || total.op !== '=') continue;
    const between = text.slice(total.end, a.start);
    if (b.end - total.start > 160 || !/其中|包括|分别为|合格|符合/.test(between) || /[。\n]{2}/.test(between)) continue;
    if (figures[i + 3] && figures[i + 3]?.unit === b.unit && (figures[i + 3]?.start ?? 0) - b.end < 30) continue;
    if (/不符合|不合格|其余|另/.test(text.slice(a.end, b.start)) && Math.abs(a.value + b.value - total.value) > 1e-9) {
      found.push({ start: total.start, end: b.end, reason: 'sum', text: text.slice(total.start, b.end) });
    }
  }
  return found;
}
