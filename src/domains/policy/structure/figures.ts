import { UNITS } from '../data/field-words.ts';
import type { Contradiction, Figure } from '../types.ts';

const UNIT = [...UNITS].sort((a, b) => b.length - a.length).join('|');
const FIGURE = new RegExp(
  `(?<![\\dA-Za-z.\\-/〔第年月号×:])(\\d{1,3}(?:,\\d{3})+|\\d+)(\\.\\d+)?(余|多)?(百|千|万|亿|百万|千万)?(余|多)?(%|个百分点|‰|(?:${UNIT})(?:/年|/人)?)`,
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
    const unit = (match[4] ?? '') + (match[6] ?? '');
    const after = text.slice(end, end + 8);
    const before = text.slice(Math.max(0, start - 24), start);
    if (
      /^[年日]/.test(match[6] ?? '') &&
      (/^(?:\d|第|月|度|版|[上下]半年|底|初|末|来|代|-|~|至\d)/.test(after) || Number(match[1]) > 1900)
    )
      continue;
    if (match[6] === '日' || (match[6] === '次' && /第$/.test(before))) continue;
    if (/[第〔]$|附件$|[A-Z]$/.test(before) || /^[A-Za-z+×]/.test(after)) continue;
    if (/^(?:月)/.test(after) && match[6] === '个' && !/以上/.test(after)) continue;
    // a number inside a quoted name: “4个1+2”模式; “5G”
    const open = before.lastIndexOf('“');
    if (open >= 0 && before.lastIndexOf('”') < open && text.slice(end, end + 10).includes('”')) continue;
    const book = text.lastIndexOf('《', start);
    if (book >= 0 && start - book < 80 && text.lastIndexOf('》', start) < book) continue;
    // limits of days belong to duties
    if (
      /工作日|自然日/.test(match[6] ?? '') ||
      (/^(?:日|天|个月|年|小时)$/.test(match[6] ?? '') && /^(?:内|之内|以内|后|前)/.test(after))
    )
      continue;
    let op: Figure['op'] = match[3] || match[5] ? '>' : '=';
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
    found.push({
      start,
      end,
      value: Number((match[1] ?? '').replace(/,/g, '') + (match[2] ?? '')),
      unit,
      of: `${before.slice(clause + 1)}…${tail}`,
      op,
    });
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
