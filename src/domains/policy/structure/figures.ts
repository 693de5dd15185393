import { SUBSTANCE, TECHNICAL_UNITS, UNITS, WORDS_AFTER_UNIT } from '../data/field-words.ts';
import type { Contradiction, Figure } from '../types.ts';

const longestFirst = (a: string, b: string): number => b.length - a.length;
const UNIT = [...UNITS].sort(longestFirst).join('|');
/** A technical unit is written in letters; no further letter may follow it. */
const TECHNICAL = [...TECHNICAL_UNITS].sort(longestFirst).join('|');
/** A number with its unit; the lower end of a range stands in the first group and shares the unit. */
const FIGURE = new RegExp(
  `(?<![\\dA-Za-z.\\-/〔×:])(?:(\\d+(?:\\.\\d+)?)(?:%|[千万亿]?元?|个?| ?(?:${TECHNICAL}))[-~至到])?(\\d{1,3}(?:,\\d{3})+|\\d+)(\\.\\d+)?(余|多)?(百万|千万|百|千|万|亿)?(余|多)?(?:个(?=工作日))?(%|个百分点|‰|(?:${UNIT})(?:/(?:年|人|月|天|次|台|例|个|股|件|套|支|盒|mL|ml|L|g|kg|cm²|m²|m³|h))?| ?(?:${TECHNICAL})(?![A-Za-z0-9]))`,
  'g',
);
/** What a qualifier before the number says; the nearest one to the number holds, words of negation included. */
const QUALIFIED: readonly (readonly [RegExp, Figure['op']])[] = [
  [
    /(?:[≤≦]|<=|不(?:得|应|宜|可|能)?(?:超过|超出|高于|大于|多于|长于|晚于)|不超|最高|最多|至多|上限为?|控制在)[^,。;:、\d]{0,14}$/,
    '<=',
  ],
  [/(?:[≥≧]|>=|不(?:得|应|宜|可|能)?(?:低于|少于|小于|短于)|至少|达到?)[^,。;:、\d]{0,14}$/, '>='],
  [/(?:[>]|超过|突破|逾|高于|大于|多于)[^,。;:、\d]{0,8}$/, '>'],
  [/(?:[<]|(?<![附最靠临接])近|不足|低于|少于|小于)[^,。;:、\d]{0,6}$/, '<'],
  [/(?:约|大约)$/, '~'],
];
const NEAR = /[^,。;:、\d]$/;
const QUALIFIER = /[≤≦≥≧<>不最至上达超突逾高大多近低少小约控]/;

/** The sign that the words before and behind a number give it. */
function opOf(before: string, after: string): Figure['op'] | null {
  const behind = /^(?:\((?:含|不含)[^()]{0,6}\))?(?:及)?(以上|以下|以内|左右|上下)/.exec(after)?.[1];
  if (behind === '以上') return '>=';
  if (behind === '以下' || behind === '以内') return '<=';
  if (behind !== undefined) return '~';
  if (!QUALIFIER.test(before) || (!NEAR.test(before) && before !== '')) return null;
  let nearest = -1;
  let op: Figure['op'] | null = null;
  for (const [pattern, sign] of QUALIFIED) {
    const at = pattern.exec(before)?.index ?? -1;
    // 不超过 begins before the 超过 inside it and takes it up
    if (at < 0 || (nearest >= 0 && at <= nearest + 2)) continue;
    nearest = at;
    op = sign;
  }
  return op;
}

/** A number that counts pictures or parts of the text: 图1所示, 附2所列. */
const LABEL = /(?:图|表|附录|附件|附|公式|注|式|步骤|阶段|类型|型号|编号|第)$/;
const COUNTED_LABEL = /^(?:份|张|幅|页|个|套)$/;
/** 等5项指导原则的通告, and works of a list of references: the number belongs to a name. */
const IN_TITLE = /^[^,。;]{0,40}?(?:的(?:公告|通告|通知|决定)|指导原则(?:的)?(?:公告|通告)?(?:\d{4}年)?第\d)/;
const IN_STANDARD = /(?:GB|YY|WS|ISO|IEC|JJG)(?:\/[TZ])? ?[\d.]+(?:-\d{4})?[ |]?[^,。;:|\n中的应按时用\d]{1,30}$/;
const REFERENCE = /^ *(?:\[\d{1,3}\]|\d{1,3}[.、] ?[^\n]{0,160}\[[A-Z]\])|\[[A-Z](?:\/OL)?\]/;

/** Numbers with a unit that measure something; numbers in names, dates, limits of days and numbering are none. */
export function findFigures(text: string): Figure[] {
  const found: Figure[] = [];
  let line = { start: 0, end: -1, reference: false };
  const isReference = (at: number): boolean => {
    if (at >= line.end || at < line.start) {
      const from = text.lastIndexOf('\n', at - 1) + 1;
      const next = text.indexOf('\n', at);
      const to = next < 0 ? text.length : next;
      line = { start: from, end: to + 1, reference: to - from < 400 && REFERENCE.test(text.slice(from, to)) };
    }
    return line.reference;
  };
  for (const match of text.matchAll(FIGURE)) {
    const start = match.index;
    const end = start + match[0].length;
    const measured = (match[7] ?? '').trim();
    const unit = (match[5] ?? '') + measured;
    const after = text.slice(end, end + 8);
    const before = text.slice(Math.max(0, start - 24), start);
    const year = Number(match[2]) > 1900 || Number(match[1]) > 1900;
    if (/^年/.test(measured) && (year || /^(?:\d|第|月|度|版|[上下]半年|底|初|末|来|代|-|~|至\d)/.test(after)))
      continue;
    // a term of days counts, a day of the month does not
    if (measured === '日' && (!/^(?:之|以)?[内后]/.test(after) || /[月季年次个] ?$/.test(before))) continue;
    if (measured === '次' && before.endsWith('第')) continue;
    if (/[第〔]$|附件$|[A-Z]$/.test(before) || /^[A-Za-z+×]/.test(after)) continue;
    if (measured === '个' && /^月(?!度)/.test(after)) continue;
    // a number inside a name: “4个1+2”模式, 《…2项…》
    const open = before.lastIndexOf('“');
    if (open >= 0 && before.lastIndexOf('”') < open && text.slice(end, end + 10).includes('”')) continue;
    const wide = text.slice(Math.max(0, start - 80), start);
    if (wide.lastIndexOf('《') > wide.lastIndexOf('》')) continue;
    if (LABEL.test(before) && !COUNTED_LABEL.test(measured)) continue;
    // 3.2支架, 4.6分析: a heading, or the beginning of another word
    const lineBefore = text[start - 1];
    if (match[3] !== undefined && (lineBefore === undefined || lineBefore === '\n') && !/^[%‰℃]/.test(measured))
      continue;
    if (WORDS_AFTER_UNIT[measured]?.test(after)) continue;
    if (measured === '分' && !/^(?:[^\u4e00-\u9fff]|以上|以下|以内|及|的|$)/.test(after)) continue;
    if (/等$/.test(before) && IN_TITLE.test(text.slice(end, end + 60))) continue;
    if (measured === '%' && (SUBSTANCE.test(text.slice(end, end + 16)) || IN_STANDARD.test(before))) continue;
    if (isReference(start)) continue;
    const op: Figure['op'] = opOf(before, text.slice(end, end + 12)) ?? (match[4] || match[6] ? '>' : '=');
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
