import { foldText } from '../../devices/index.ts';
import { isBodyName } from '../structure/bodies.ts';
import { type NamedNumber, numbersOf } from './numbers.ts';

/** A title taken apart, so that two ways of writing it compare equal and two versions do not. */
export interface ReadTitle {
  /** Without issuer, fill words, version and marks. */
  readonly key: string;
  /** Of a title that only hands over a work (关于发布《X》的公告): the key of the work. */
  readonly inner: string | null;
  readonly version: Version;
  /** Bodies named before 关于. */
  readonly issuers: readonly string[];
  /** A document number that stands in the title. */
  readonly numbers: readonly NamedNumber[];
}

/** What a title says of its version. */
export interface Version {
  readonly year: number | null;
  readonly trial: boolean;
  readonly draft: boolean;
}

const VERSION_WORDS =
  /^(?:(?<year>(?:19|20)\d\d)年?(?:第?.{0,3}(?:修订|修正|修改|版|增补)(?:稿|版|本)?)?|(?:修订|修正|修改)(?:稿|版|本)?|第[一二三四五六]版|(?<trial>试行|暂行)(?:稿|版)?|(?<draft>(?:公开)?征求意见稿|征求意见|草案|送审稿|修订草案|意见稿|讨论稿|.{0,6}征求意见稿))$/;
const LAST_BRACKET = /[(〔[【]([^()〔〕[\]【】]{2,40})[)〕\]】]$/;

/** Reads what a bracket behind a title says of the version; null when it speaks of something else. */
export function versionOf(words: string): Version | null {
  const found = VERSION_WORDS.exec(words.replace(/\s/g, ''));
  if (!found) return null;
  const { year, trial, draft } = found.groups as { year?: string; trial?: string; draft?: string };
  return { year: year ? Number(year) : null, trial: trial !== undefined, draft: draft !== undefined };
}

export const NO_VERSION: Version = { year: null, trial: false, draft: false };

/** Two things said of one version, as one. */
export function joinVersions(a: Version, b: Version): Version {
  return { year: a.year ?? b.year, trial: a.trial || b.trial, draft: a.draft || b.draft };
}

const HANDED =
  /^(?:转发|关于)?(?:重新|修订)?(?:发布|印发|公布|颁布|颁发|实施|施行|下发|转发)(?:实施|施行)?(?<work>.{4,})(?:的|等\S{0,8}的)?(?:公告|通告|通知|决定|令|函)$/;

/** Names too short for a body elsewhere, that titles begin with. */
const SHORT_BODY = /^(?:总局|国家局|药监局|国办)$/;

/** Letters and digits of a folded title, without words that come and go. */
function plain(folded: string): string {
  return folded
    .replace(/中华人民共和国(?=.{2,})/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/关于|的/g, '');
}

/** Takes a title apart. */
export function readTitle(title: string): ReadTitle {
  let words = foldText(title).replace(/\s+/g, ' ').trim();
  const numbers: NamedNumber[] = [];
  let version = NO_VERSION;
  for (let bracket = LAST_BRACKET.exec(words); bracket; bracket = LAST_BRACKET.exec(words)) {
    const inside = bracket[1] as string;
    const own = versionOf(inside);
    const found = own ? [] : numbersOf(inside);
    if (!own && found.length === 0) break;
    if (own) version = joinVersions(version, own);
    numbers.push(...found);
    words = words.slice(0, bracket.index).trim();
  }
  const issuers: string[] = [];
  const about = words.search(/关于|转发|印发/);
  if (about > 1) {
    const names = words
      .slice(0, about)
      .trim()
      .split(/[ 、]+/);
    if (names.every((name) => isBodyName(name) || SHORT_BODY.test(name))) {
      issuers.push(...names);
      words = words.slice(about);
    }
  }
  const handed = HANDED.exec(words.replace(/\s/g, ''));
  const work = handed?.groups?.work?.replace(/的$/, '');
  let inner: string | null = null;
  // 公开征求…意见 hands over a draft and no act; two works in one notice are not told apart
  if (work && !/征求意见|意见稿|》.*《|、《/.test(work)) {
    const bare = readTitle(work.replace(/[《》]/g, ''));
    if (bare.key.length >= SHORTEST && !bare.version.draft) {
      inner = bare.key;
      version = joinVersions(version, { ...bare.version, draft: false });
    }
  }
  return { key: plain(words), inner, version, issuers, numbers };
}

/** Shorter titles (工作方案) are borne by too many acts to name one. */
const SHORTEST = 5;

/** Whether a title names one act: long enough, or the name of a law. */
export function namesOneAct(key: string): boolean {
  return key.length >= SHORTEST + 1 || (key.length >= 3 && /(?:法|药典|条例)$/.test(key));
}

/** How much two keys have in common, 0 to 1, by pairs of characters. */
export function likeness(a: string, b: string): number {
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = new Set<string>();
  for (let i = 0; i + 2 <= a.length; i++) pairs.add(a.slice(i, i + 2));
  let found = 0;
  for (let i = 0; i + 2 <= b.length; i++) if (pairs.has(b.slice(i, i + 2))) found++;
  return (2 * found) / (a.length + b.length - 2);
}
