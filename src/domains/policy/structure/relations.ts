import type { Relation } from '../types.ts';

/** Words that govern a title, with how far from it they may stand. The nearest one holds. */
const GOVERNS: readonly (readonly [words: RegExp, relation: Relation, reach: number])[] = [
  [/(?:修订|修改|修正|调整)(?!版|稿|说明)(?:了|后的)?/g, 'amends', 6],
  [/贯彻落实|深入贯彻|落实|贯彻/g, 'implements', 60],
  [/实施|执行/g, 'implements', 6],
  [/根据|依据|按照|依照|遵照/g, 'basis', 80],
  [/参照|参考|符合|满足|纳入|列入|对照|详见|见(?=[^证]|$)/g, 'refers', 20],
  [/按/g, 'refers', 14],
  [/(?:印发|发布|公布|出台|制定)(?:了|实施)?/g, 'issues', 4],
];

/** …同时废止, 停止执行 behind a title. */
export function repeals(after: string): boolean {
  return /^[^。;]{0,60}(?:同时废止|予以废止|即行废止|停止执行)/.test(after);
}

/**
 * How a text stands to an act it names, by the words around the title. `chained` is the relation of the title right
 * before it in a row.
 */
export function relationAt(before: string, after: string, chained: Relation | null): Relation {
  if (repeals(after)) return 'repeals';
  if (/收悉|现批复/.test(after.slice(0, 30))) return 'refers';
  if (/^[^。]{0,20}转发/.test(after)) return 'forwards';
  if (/^[^。]{0,14}(?:印发给|现予(?:以)?(?:公布|发布|印发))/.test(after)) return 'issues';
  if (/^[^。,]{0,12}(?:进行(?:了)?(?:宣贯)?解读|的解读)/.test(after) || /(?:解读|宣贯)[^。,]{0,8}$/.test(before))
    return 'interprets';
  if (chained !== null) return chained;
  const sentence = before.slice(
    Math.max(before.lastIndexOf('。'), before.lastIndexOf(';'), before.lastIndexOf('\n')) + 1,
  );
  const words = sentence.replace(/^[^《》]*》|《[^《》]*》?/g, (title) => '※'.repeat(title.length));
  let nearest = -1;
  let relation: Relation = 'mentions';
  for (const [pattern, sort, reach] of GOVERNS)
    for (const match of words.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (match.index <= nearest || words.length - end > reach) continue;
      // 某局公布的《X》 only says whose it is
      if (sort === 'issues' && /^[^。,]*的/.test(words.slice(end))) continue;
      nearest = match.index;
      relation = sort;
    }
  return relation;
}
