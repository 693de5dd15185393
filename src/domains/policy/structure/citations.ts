import { ACT_ENDS } from '../data/bodies.ts';
import type { Cite, Relation, Span } from '../types.ts';
import { bodiesIn } from './bodies.ts';
import { scanNumbers } from './numbers.ts';

/** Words in book marks, nested marks inside. */
export interface Quoted extends Span {
  readonly title: string;
}

/** Everything in book marks; a mark that is not closed within 150 characters is none. */
export function scanBookMarks(text: string): Quoted[] {
  const found: Quoted[] = [];
  let at = text.indexOf('《');
  while (at >= 0) {
    let depth = 0;
    let close = -1;
    for (let i = at; i < Math.min(text.length, at + 152); i++) {
      const sign = text[i];
      if (sign === '《' || sign === '<' || sign === '〈') depth++;
      else if (sign === '》' || sign === '>' || sign === '〉') {
        depth--;
        if (depth === 0 || (sign === '》' && text[i + 1] !== '》' && depth <= 1)) {
          close = i;
          break;
        }
      }
    }
    if (close < 0) {
      at = text.indexOf('《', at + 1);
      continue;
    }
    found.push({
      start: at,
      end: close + 1,
      title: text
        .slice(at + 1, close)
        .replace(/\n/g, '')
        .trim(),
    });
    at = text.indexOf('《', close);
  }
  return found;
}

const ENDS = new RegExp(`(?:${ACT_ENDS.join('|')})$`);
const STANDARD = /^(?:GB|YY|ISO|IEC|WS|T\/)[ /]?/;
const BRACKETS_AT_END = /(?:[(〔][^()〔〕]{1,30}[)〕])+$/;

/** An act, or a list that acts refer to: not a licence, form, report, journal or standard. */
export function isActTitle(title: string): boolean {
  const bare = title
    .replace(BRACKETS_AT_END, '')
    .replace(/[-—“”"].{0,8}$/, (tail) => (/[”"]$/.test(tail) ? tail : tail));
  if (bare.length < 2 || STANDARD.test(title)) return false;
  return ENDS.test(bare);
}

/** 《通知》 and the like name an act that was named in full before. */
function isAliasWord(title: string): boolean {
  return (
    title.length <= 4 &&
    ENDS.test(title) &&
    !/^(?:民法典|刑法|宪法|药典|广告法|专利法|商标法|标准化法|[^通公办规条意方决细措目指]{1,3}法)$/.test(title)
  );
}

export interface AliasOf extends Span {
  readonly alias: string;
  readonly means: string;
}

/** (以下简称《办法》), (下称“两个档案”). */
export function scanAliases(text: string): AliasOf[] {
  const found: AliasOf[] = [];
  for (const match of text.matchAll(
    /\((?:以下|下)(?:统?称|简称)(?:为)?[“《"]?([^()《》“”"]{1,30})[”》"]?(?:[,,][^()]{0,12})?\)/g,
  )) {
    const before = text.slice(Math.max(0, match.index - 160), match.index);
    const title = /《((?:[^《》]|《[^《》]*》)+)》(?:\([^()]*\))?$/.exec(before)?.[1];
    const means = title ?? /[“"]([^“”"]+)[”"]$/.exec(before)?.[1] ?? /([^,。;:、\s]{2,30})$/.exec(before)?.[1] ?? '';
    found.push({ start: match.index, end: match.index + match[0].length, alias: match[1] ?? '', means });
  }
  return found;
}

const ARTICLE =
  /^[,,]?(?:的)?(第[一二三四五六七八九十百零〇\d]+条(?:(?:之[一二三四五六七八九十]+)?(?:第[一二三四五六七八九十\d]+款)?(?:第?[((]?[一二三四五六七八九十\d]+[))]?项)?)(?:[、和及至到—-]+第[一二三四五六七八九十百零〇\d]+条)*)/;

function relationAt(before: string, after: string): Relation {
  if (/^[^。;]{0,60}(?:同时废止|予以废止|即行废止|停止执行)/.test(after)) return 'repeals';
  if (/收悉|现批复/.test(after.slice(0, 30))) return 'refers';
  if (/^[^。]{0,20}转发/.test(after)) return 'forwards';
  if (/^[^。]{0,14}(?:印发给|现予(?:以)?(?:公布|发布|印发))/.test(after)) return 'issues';
  if (/^[^。,]{0,12}(?:进行(?:了)?(?:宣贯)?解读|的解读)/.test(after) || /(?:解读|宣贯)[^。,]{0,8}$/.test(before))
    return 'interprets';
  if (/(?:修订|修改|修正|调整)(?:了|后的)?[^。,;]{0,6}$/.test(before)) return 'amends';
  if (/(?:贯彻落实|深入贯彻|落实|贯彻|实施)[^。;]{0,60}$/.test(before)) return 'implements';
  if (/(?:根据|依据|按照|依照|遵照|参照)[^。;]{0,80}$/.test(before)) return 'basis';
  if (/(?:印发|发布|公布|出台|制定)(?:了|的)?[^。,;]{0,6}$/.test(before)) return 'issues';
  if (/(?:纳入|列入|符合|按)[^。,;]{0,14}$/.test(before)) return 'refers';
  return 'mentions';
}

/** A title without issuer, 关于, 的, blanks and punctuation: two that agree name one act. */
export const plainKey = (title: string): string =>
  title
    .replace(/[\s〔〕[\]()【】《》〈〉<>“”"‘’,,、。.:;·-]/g, '')
    .replace(/^(?:国务院办公厅|国务院|国家药监局|国家药品监督管理局|国家市场监督管理总局)/, '')
    .replace(/关于|的/g, '');

export interface FoundCites {
  readonly cites: readonly Cite[];
  readonly aliases: readonly AliasOf[];
}

/**
 * The acts a text names, each once: merged by number, else by title without issuer, 关于 and 的. `own` are titles that
 * mean the document itself or what it carries; they are not citations.
 */
export function findCites(text: string, own: readonly string[]): FoundCites {
  const aliases = scanAliases(text);
  const aliasNames = new Set(aliases.map((alias) => alias.alias));
  const byKey = new Map<string, { -readonly [K in keyof Cite]: Cite[K] }>();
  const ownKeys = new Set(own.map(plainKey));
  for (const quoted of scanBookMarks(text)) {
    const { title, start, end } = quoted;
    const after = text.slice(end, end + 90);
    const before = text.slice(Math.max(0, start - 90), start);
    // (以下简称《办法》) gives the short name and is no mention
    if (/(?:简|统|下)称(?:为)?$/.test(before.slice(-4))) continue;
    if (aliasNames.has(title) || isAliasWord(title)) {
      const target = aliases.find((alias) => alias.alias === title)?.means;
      const known = target === undefined ? undefined : byKey.get(plainKey(target));
      if (known) {
        known.mentions++;
        const article = ARTICLE.exec(after)?.[1];
        if (article && !known.articles.includes(article)) known.articles = [...known.articles, article];
      }
      continue;
    }
    if (!isActTitle(title) || /^\((?:以下|下)(?:简|统)称/.test(before.slice(-6))) continue;
    if (
      (ownKeys.has(plainKey(title)) && !/^[^。;]{0,60}(?:同时废止|予以废止|即行废止)/.test(after)) ||
      /^\((?:详?见|附)附件|^\(附件/.test(after)
    )
      continue;
    const bracket = /^(?:\([^()]{0,12}(?:征求意见稿|试行|暂行|草案)\))?[(〔]([^()]{4,60})[)〕]/.exec(
      after.replace(/[()]/g, (sign) => sign),
    )?.[1];
    const number = bracket ? (scanNumbers(bracket)[0]?.number ?? null) : null;
    const article = ARTICLE.exec(after.replace(/^\([^()]*\)/, ''))?.[1];
    const key = plainKey(title);
    const known = byKey.get(key) ?? (number ? [...byKey.values()].find((cite) => cite.number === number) : undefined);
    if (known) {
      known.mentions++;
      known.number ??= number;
      if (article && !known.articles.includes(article)) known.articles = [...known.articles, article];
      continue;
    }
    const lead = before.slice(-40);
    const bodies = bodiesIn(lead);
    const nearest = bodies.at(-1);
    byKey.set(key, {
      start,
      end,
      title,
      number,
      issuer: nearest && nearest.end >= lead.length - 3 ? nearest.text : null,
      relation: relationAt(before, after),
      articles: article ? [article] : [],
      mentions: 1,
    });
  }
  return { cites: [...byKey.values()], aliases };
}
