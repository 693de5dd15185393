import { ACT_ENDS } from '../data/bodies.ts';
import type { Cite, Span } from '../types.ts';
import { scanAliases } from './aliases.ts';
import { bodiesIn } from './bodies.ts';
import { scanBookMarks } from './book-marks.ts';
import { type FoundNumber, scanNumbers } from './numbers.ts';
import { listedWorks } from './references.ts';
import { relationAt, repeals } from './relations.ts';

export { scanBookMarks };

const ENDS = new RegExp(`(?:${ACT_ENDS.join('|')})$`);
const STANDARD = /^(?:GB|YY|ISO|IEC|WS|T\/)[ /]?/;
const BRACKETS_AT_END = /(?:[(〔][^()〔〕]{1,30}[)〕])+$/;

/** A part of a work: 第二部分:试验设计. */
const PART_OF_WORK = / ?第[一二三四五六七八九十\d]+部分.{0,40}$/;
/** A way of doing something is no law. */
const WAY = /[方疗手用算做看书语文]法$/;
/** Names of papers of a product or an enterprise, which no body issues. */
const OWN_PAPER =
  /^(?:.{0,8}(?:技术|性能|质量|安全|功能)要求|(?:国家|行业|企业|地方|团体|产品|强制性|推荐性|相关)*标准|.{0,5}格式)$/;

/** An act, or a list that acts refer to: not a licence, form, report, journal or standard. */
export function isActTitle(title: string): boolean {
  const bare = title.replace(PART_OF_WORK, '').replace(BRACKETS_AT_END, '');
  if (bare.length < 2 || STANDARD.test(title) || !ENDS.test(bare) || WAY.test(bare)) return false;
  return !/(?:要求|标准|格式)$/.test(bare) || (bare.length >= 8 && !OWN_PAPER.test(bare));
}

/** 《通知》 and the like name an act that was named in full before. */
function isAliasWord(title: string): boolean {
  return (
    title.length <= 4 &&
    ENDS.test(title) &&
    !/^(?:民法典|刑法|宪法|药典|广告法|专利法|商标法|标准化法|[^通公办规条意方决细措目指]{1,3}法)$/.test(title)
  );
}

const ARTICLE =
  /^[,,]?(?:的)?(第[一二三四五六七八九十百零〇\d]+条(?:(?:之[一二三四五六七八九十]+)?(?:第[一二三四五六七八九十\d]+款)?(?:第?[((]?[一二三四五六七八九十\d]+[))]?项)?)(?:[、和及至到—-]+第[一二三四五六七八九十百零〇\d]+条)*)/;

/** A title without issuer, 关于, 的, blanks and punctuation: two that agree name one act. */
export const plainKey = (title: string): string =>
  title
    .replace(/[\s〔〕[\]()【】《》〈〉<>“”"‘’,,、。.:;·-]/g, '')
    .replace(/^(?:国务院办公厅|国务院|国家药监局|国家药品监督管理局|国家市场监督管理总局)/, '')
    .replace(/关于|的/g, '');

export interface FoundCites {
  readonly cites: readonly Cite[];
  readonly aliases: readonly (Span & { readonly alias: string; readonly means: string })[];
}

type Known = { -readonly [K in keyof Cite]: Cite[K] };

const EDITION = /[(〔][^()〔〕]{0,12}(?:版|修订|修正|试行|暂行)[^()〔〕]{0,6}[)〕]$/;
/** The number of a standard right before its name. */
const STANDARD_BEFORE =
  /(?:GB|YY|WS|ISO|IEC|JJ[GF]|DB\d{0,4}|T)(?:\/[A-Z]{1,8})? ?\d[\d.]*(?:[-—:]\d{2,4})?(?:标准)?[ |,]*$/;
const STANDARD_AFTER = /^ ?\(?(?:GB|YY|WS)(?:\/[TZ])? ?\d/;
/** A work that a list of references marks as an article, a book or a standard. */
const PUBLICATION = /^[^\n。]{0,30}\[[JMSDCN](?:\/OL)?\]/;
/** What a number is governed by, and what follows it, when an act is named by its number alone. */
const BY_NUMBER = /(?:根据|依据|按照?|依照|参照|参考|执行|落实|符合|遵照)[^,。;《》]{0,40}$/;
const SORT_AFTER = /^(?:公告|通告|文件|文|通知|令)/;
const SORT_BEFORE = /(?:公告|通告|通知|令)$/;

/**
 * The acts a text names, each once: merged by number, else by title without issuer, 关于 and 的. Read are titles in book
 * marks, works of a list of references, acts in quotation marks with their number, and acts named by number alone. `own`
 * are titles that mean the document itself or what it carries, `ownNumber` its number; they are not citations.
 */
export function findCites(text: string, own: readonly string[], ownNumber: string | null = null): FoundCites {
  const aliases = scanAliases(text);
  const byKey = new Map<string, Known>();
  const byNumber = new Map<string, Known>();
  const ownKeys = new Set(own.map(plainKey));
  const note = (cite: Known): void => {
    const bare = cite.title.replace(EDITION, '');
    const key = plainKey(bare);
    const same = byKey.get(plainKey(cite.title)) ?? byKey.get(key);
    // one title with and without its edition is one act, two editions are two
    const fits = same && sameEdition(same.title, cite.title) ? same : undefined;
    const known = fits ?? (cite.number ? byNumber.get(cite.number) : undefined);
    if (known) {
      known.mentions++;
      known.number ??= cite.number;
      known.issuer ??= cite.issuer;
      for (const article of cite.articles)
        if (!known.articles.includes(article)) known.articles = [...known.articles, article];
    } else byKey.set(same ? plainKey(cite.title) : key, cite);
    const kept = known ?? cite;
    if (kept.number && !byNumber.has(kept.number)) byNumber.set(kept.number, kept);
  };
  const aliasOf = (title: string): Known | undefined => {
    const bare = title.replace(EDITION, '');
    const alias = aliases.find((other) => other.alias === title || other.alias === bare);
    return alias?.targets.map((target) => byKey.get(plainKey(target.replace(EDITION, '')))).find((cite) => cite);
  };
  const aliasNames = new Set(aliases.map((alias) => alias.alias));
  let last: { end: number; cite: Known | null } = { end: -1, cite: null };
  for (const quoted of scanBookMarks(text)) {
    const { title, start, end } = quoted;
    const after = text.slice(end, end + 90);
    const before = text.slice(Math.max(0, start - 90), start);
    // (以下简称《办法》) gives the short name and is no mention
    if (/(?:简|统|下)称(?:为)?$/.test(before.slice(-4))) continue;
    if (aliasNames.has(title) || aliasNames.has(title.replace(EDITION, '')) || isAliasWord(title)) {
      const known = aliasOf(title);
      if (known) {
        known.mentions++;
        const article = ARTICLE.exec(after)?.[1];
        if (article && !known.articles.includes(article)) known.articles = [...known.articles, article];
      }
      continue;
    }
    if (!isActTitle(title) || /^\((?:以下|下)(?:简|统)称/.test(before.slice(-6))) continue;
    if (
      (ownKeys.has(plainKey(title)) && !repeals(after)) ||
      /^\((?:详?见|附)附件|^\(附件/.test(after) ||
      STANDARD_BEFORE.test(before.slice(-40)) ||
      STANDARD_AFTER.test(after) ||
      PUBLICATION.test(after)
    )
      continue;
    const bracket = /^(?:\([^()]{0,12}(?:征求意见稿|试行|暂行|草案|版)\))?,?[(〔]([^()]{4,60})[)〕]/.exec(after)?.[1];
    const number = bracket ? (scanNumbers(bracket)[0]?.number ?? null) : null;
    const article = ARTICLE.exec(after.replace(/^\([^()]*\)/, ''))?.[1];
    const lead = before.slice(-40).replace(/(?:联合)?(?:发布|公布|印发|制定|出台)(?:实施)?的$/, '');
    const nearest = bodiesIn(lead).at(-1);
    // 《A》《B》和《C》: what governs the first governs all
    const chained = last.cite && last.end > start - 70 && CHAIN.test(text.slice(last.end, start)) ? last.cite : null;
    const cite: Known = {
      start,
      end,
      title,
      number,
      issuer: nearest && nearest.end >= lead.length - 3 ? nearest.text : null,
      relation: relationAt(before, after, chained?.relation ?? null),
      articles: article ? [article] : [],
      mentions: 1,
    };
    note(cite);
    last = { end, cite };
  }
  for (const work of listedWorks(text))
    if (isActTitle(work.title) && !ownKeys.has(plainKey(work.title)))
      note({ ...work, relation: 'refers', articles: [], mentions: 1 });
  for (const found of scanNumbers(text)) {
    if (found.number === ownNumber) continue;
    const cite = byNumberAlone(text, found);
    // an act named before under its title is not counted again for a number in brackets
    if (cite && !byNumber.has(found.number)) note(cite);
  }
  const cites = [...byKey.values()].sort((a, b) => a.start - b.start);
  return { cites, aliases: aliases.map(({ alias, means, start, end }) => ({ alias, means, start, end })) };
}

const CHAIN = /^(?:\([^()]{0,60}\)|〔[^〕]{0,20}〕)?(?:[、和与及或,]|以及)*$/;

function sameEdition(a: string, b: string): boolean {
  const [x, y] = [EDITION.exec(a)?.[0], EDITION.exec(b)?.[0]];
  return x === undefined || y === undefined || x === y;
}

/** “关于…的通知”(某发〔2019〕7号), and 按照某局2021年第121号公告: an act without book marks. */
function byNumberAlone(text: string, found: FoundNumber): Known | null {
  const before = text.slice(Math.max(0, found.start - 100), found.start);
  const after = text.slice(found.end, found.end + 8);
  const quoted = /“([^“”]{6,90}(?:通知|公告|通告|意见|决定|办法|规定|方案|函))”\($/.exec(before)?.[1];
  const number = found.number;
  if (quoted !== undefined) {
    const start = found.start - 2 - quoted.length;
    const relation = relationAt(before.slice(0, -quoted.length - 3), after, null);
    return {
      start,
      end: start + quoted.length,
      title: quoted,
      number,
      issuer: null,
      relation,
      articles: [],
      mentions: 1,
    };
  }
  if (/[《》“”(〔]$/.test(before) || !BY_NUMBER.test(before)) return null;
  const sort = SORT_AFTER.exec(after)?.[0] ?? '';
  if (sort === '' && !SORT_BEFORE.test(before) && found.style === 'serial') return null;
  const lead = before.replace(SORT_BEFORE, '').slice(-40);
  const body = bodiesIn(`${lead} `).at(-1);
  const issuer = body && body.end >= lead.length ? body.text : null;
  const sortBefore = SORT_BEFORE.exec(before)?.[0] ?? '';
  const start = found.start - sortBefore.length - (issuer?.length ?? 0);
  const end = found.end + sort.length;
  const relation = relationAt(text.slice(Math.max(0, start - 90), start), after, null);
  return { start, end, title: text.slice(start, end), number, issuer, relation, articles: [], mentions: 1 };
}
