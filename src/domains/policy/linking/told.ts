import { fold } from '../reading/fold.ts';
import { dayIn } from '../structure/dates.ts';
import type { Relation } from '../types.ts';
import { type NamedNumber, numbersOf } from './numbers.ts';
import { joinVersions, NO_VERSION, type Version, versionOf } from './titles.ts';

/** What the words of a citation say of the act it names, beside its title. */
export interface Told {
  readonly numbers: readonly NamedNumber[];
  readonly version: Version;
  /** Body that issued it, as written. */
  readonly issuer: string | null;
  /** Day on which it was made known or took effect. */
  readonly day: string | null;
}

const NEAR = 80;
const SENTENCE = 240;
/** Characters of a list of acts before the word that repeals them all. */
const LONGEST_LIST = 1_200;

/** Words before the book mark that give the number or the day: 2014年7月30日原某总局令第4号公布的《…》. */
const BEFORE =
  /((?:(?:19|20)\d\d)年\d{1,2}月\d{1,2}日)?[^。;《》,]{0,40}?(令 ?第 ?\d{1,4} ?号|〔(?:19|20)\d\d〕 ?\d{1,5} ?号|(?:19|20)\d\d年 ?第? ?\d{1,4} ?号)?(?:\))?(?:公告|通告|通知)?(?:公布|发布|印发|颁布|制定|起施行|施行)(?:实施)?的?[^。;《》]{0,24}$/;
const BRACKETS = /^(?: ?[(〔][^()〔〕《》]{1,70}(?:〔[^〔〕]*〕[^()《》]{0,30})?[)〕])+/;

/**
 * Reads the words around a citation. `start` and `end` are its place, with its book marks, in the text as given; only a
 * short stretch is looked at.
 */
export function toldOf(source: string, start: number, end: number, issuer: string | null, number: string | null): Told {
  const after = fold(source.slice(end, end + NEAR)).text;
  const before = fold(source.slice(Math.max(0, start - NEAR), start)).text;
  let version: Version = NO_VERSION;
  const numbers: NamedNumber[] = [];
  const brackets = BRACKETS.exec(after)?.[0] ?? '';
  for (const part of brackets.matchAll(/[(〔]((?:[^()〔〕]|〔[^〔〕]*〕)+)[)〕]/g)) {
    const words = (part[1] ?? '').trim();
    const said = versionOf(words);
    if (said) version = joinVersions(version, said);
    else numbers.push(...numbersOf(words));
  }
  // 《关于调整…的公告》: 2020年第147号
  if (brackets === '')
    numbers.push(...numbersOf(/^ ?[:,] ?((?:19|20)\d\d年 ?第 ?\d{1,4} ?号)/.exec(after)?.[1] ?? null));
  const stated = BEFORE.exec(before.slice(before.lastIndexOf('《') + 1));
  if (numbers.length === 0 && stated?.[2]) numbers.push(...numbersOf(stated[0]).slice(-1));
  if (numbers.length === 0) numbers.push(...numbersOf(number));
  const body = /(?:原)?((?:国家|国务院)[\u4e00-\u9fff]{2,16}?(?:总局|局|委员会|委))[^。;《》]{0,24}$/.exec(before)?.[1];
  return {
    numbers,
    version,
    issuer: issuer ?? body ?? null,
    day: stated?.[1] ? dayIn(stated[1]) : null,
  };
}

/** The sentence around a place, on one line; cut where it is long. */
export function quoteOf(source: string, start: number, end: number): string {
  let from = start;
  while (from > 0 && start - from < SENTENCE && !'。；;！!？?\n'.includes(source[from - 1] as string)) from--;
  let to = end;
  while (to < source.length && to - end < SENTENCE && !'。；;！!？?\n'.includes(source[to] as string)) to++;
  if (to < source.length && source[to] !== '\n') to++;
  // a cut may leave half a character
  const words = source
    .slice(from, to)
    .replace(/\p{Surrogate}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return `${from > 0 && start - from >= SENTENCE ? '…' : ''}${words}${to - end >= SENTENCE ? '…' : ''}`;
}

/**
 * The relation as far as the words bear it out: 《…(2022年修订版)》 before a citation, or 新修订的, amends nothing. What
 * is not borne out is a mention.
 */
export function borneOut(relation: Relation, source: string, start: number, end: number): Relation {
  if (relation === 'repeals') return repealBorneOut(source, start, end);
  if (relation !== 'amends') return relation;
  const before = fold(source.slice(Math.max(0, start - 40), start)).text;
  const after = fold(source.slice(end, end + 60)).text;
  const clause = before.slice(
    Math.max(before.lastIndexOf('》'), before.lastIndexOf('。'), before.lastIndexOf(';')) + 1,
  );
  const amends =
    (/(?:修订|修改|修正)(?:了)?$/.test(clause) && !/新(?:修订|修改|修正)$/.test(clause)) ||
    (/(?:对|将)[^。]{0,24}$/.test(clause) &&
      /^[^。;《]{0,24}(?:作出|进行|予以|作)?(?:如下)?(?:修改|修订|修正)/.test(after)) ||
    (/(?:决定|现)[^。]{0,8}(?:修改|修订|修正|调整)$/.test(clause) && !/调整$/.test(clause));
  return amends ? 'amends' : 'mentions';
}

/** What is repealed has the word in its own sentence. */
function repealBorneOut(source: string, start: number, end: number): Relation {
  const before = fold(source.slice(Math.max(0, start - NEAR), start)).text;
  const after = fold(source.slice(end, end + LONGEST_LIST)).text.split(/[。\n]/)[0] ?? '';
  const clause = before.slice(before.lastIndexOf('。') + 1);
  const word = /废止|停止执行|停止施行|失效/;
  if (word.test(after) || word.test(clause)) return 'repeals';
  return /(?:根据|依据|按照|依照|遵照)[^。;]*$/.test(clause) ? 'basis' : 'mentions';
}
