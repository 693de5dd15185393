import { compareAllNumbers, type NamedNumber } from './numbers.ts';
import { likeness, namesOneAct, type Version } from './titles.ts';

/** A citation as it is looked up, with what is known of the act that cites. */
export interface Naming {
  readonly key: string | null;
  readonly inner: string | null;
  readonly version: Version;
  readonly numbers: readonly NamedNumber[];
  /** Bodies said to have issued it, as written. */
  readonly issuers: readonly string[];
  /** Day told with it. */
  readonly day: string | null;
  readonly citing: {
    readonly document: string;
    readonly ordinal: number;
    readonly group: string | null;
    readonly day: string | null;
    readonly year: number | null;
    /** Latest year of what it names: it is no earlier than that. */
    readonly seen: number | null;
    readonly region: string;
    readonly level: string;
  };
}

/** An act that may be meant. */
export interface Aim {
  readonly document: string;
  readonly ordinal: number;
  /** Shared by copies and translations. */
  readonly group: string;
  readonly key: string;
  readonly inner: string | null;
  readonly version: Version;
  readonly numbers: readonly NamedNumber[];
  readonly issuers: readonly string[];
  readonly day: string | null;
  readonly year: number | null;
  readonly seen: number | null;
  readonly draft: boolean;
  readonly region: string;
  readonly level: string;
  readonly language: string;
  readonly documentKey: string;
}

export interface Resolved {
  readonly aim: Aim | null;
  readonly by: 'number' | 'title' | null;
  /** Acts between which the words do not tell. */
  readonly candidates: readonly Aim[];
}

/** Most acts handed on as candidates. */
const MOST_CANDIDATES = 20;
/** Share of pairs of characters two titles of one number must have in common. */
const LIKE = 0.84;

interface Fit {
  readonly aim: Aim;
  /** Lower is better. */
  readonly rank: number;
  /** Its number agrees. */
  readonly numbered: boolean;
}

/**
 * The act a citation means, or none: by a number that agrees, with a title that does not contradict it; else by the
 * title alone when exactly one act can be meant. Never an act later than the one that cites, of another number, another
 * version, a draft in place of the act, or of another province.
 */
export function resolve(naming: Naming, aims: readonly Aim[]): Resolved {
  const fits = aims.flatMap((aim) => fitOf(naming, aim) ?? []);
  // one number may be borne by several works: a title that is only alike tells none of them
  const sole = new Set(fits.filter(({ numbered }) => numbered).map(({ aim }) => aim.group)).size <= 1;
  const sure = fits.filter(({ rank }) => rank < DOUBTED && (rank !== ALIKE || sole));
  if (sure.length === 0) return { aim: null, by: null, candidates: candidates(fits) };
  const best = Math.min(...sure.map(({ rank }) => rank));
  const ranked = sure.filter(({ rank }) => rank === best);
  const chosen = oneGroup(
    naming,
    ranked.map(({ aim }) => aim),
  );
  if (chosen) return { aim: chosen, by: best <= ALIKE ? 'number' : 'title', candidates: [] };
  return { aim: null, by: null, candidates: candidates(ranked) };
}

function candidates(fits: readonly Fit[]): Aim[] {
  const byGroup = new Map<string, Aim[]>();
  for (const { aim, rank } of fits)
    if (rank !== NUMBER_ONLY) byGroup.set(aim.group, [...(byGroup.get(aim.group) ?? []), aim]);
  return [...byGroup.values()].map(canonical).slice(0, MOST_CANDIDATES);
}

/** Ranks of fits: by number with the title, with a title alike; by the title; the rest is not sure. */
const ALIKE = 2;
const DOUBTED = 5;
const NUMBER_ONLY = 9;

function fitOf(naming: Naming, aim: Aim): Fit | null {
  const { citing } = naming;
  if (aim.document === citing.document || aim.group === citing.group) return null;
  if (naming.version.draft !== aim.draft) return null;
  const number = compareAllNumbers(naming.numbers, aim.numbers);
  if (number === 'different') return null;
  const title = titleFit(naming, aim);
  const order = time(aim, citing);
  if (number === 'same') {
    if (order === 'later') return null;
    if (title === 'same') return { aim, rank: 0, numbered: true };
    if (title === 'carries') return { aim, rank: 1, numbered: true };
    if (title === 'like' && !otherBody(naming, aim)) return { aim, rank: ALIKE, numbered: true };
    // a number with its agency's mark belongs to one act
    const marked = naming.key === null && naming.numbers.some(({ mark }) => mark !== null);
    return { aim, rank: marked ? ALIKE : NUMBER_ONLY, numbered: true };
  }
  if (title !== 'same' && title !== 'carries') return null;
  if (order === 'later') return null;
  if (!namesOneAct(title === 'same' ? aim.key : (shortOf(naming, aim) ?? ''))) return null;
  if (!sameVersion(naming, aim) || otherBody(naming, aim) || otherPlace(naming, aim)) return null;
  if (naming.day && aim.year !== null && Math.abs(Number(naming.day.slice(0, 4)) - aim.year) > 1) return null;
  const rank = title === 'same' ? 3 : 4;
  const sure = order === 'before' && !(unchecked(naming, aim) && REISSUED.test(aim.key));
  return { aim, rank: sure ? rank : DOUBTED, numbered: false };
}

/** Acts that are made anew under their old title; guidelines say in the title that they are revised. */
const REISSUED = /(?:法|条例|办法|规定|规则|规范|细则|目录|程序|公告|通告|通知|要求)$/;

/** A number is told that cannot be held against one of the act, nor its year. */
function unchecked(naming: Naming, aim: Aim): boolean {
  if (naming.numbers.length === 0 || aim.numbers.length > 0) return false;
  return !naming.numbers.some(({ year }) => year !== null && year === aim.year);
}

function titleFit(naming: Naming, aim: Aim): 'same' | 'carries' | 'like' | null {
  if (naming.key === null) return null;
  if (naming.key === aim.key) return 'same';
  if (naming.inner === aim.key || (aim.inner !== null && aim.inner === naming.key)) return 'carries';
  return likeness(naming.key, aim.key) >= LIKE && Math.min(naming.key.length, aim.key.length) >= 8 ? 'like' : null;
}

function shortOf(naming: Naming, aim: Aim): string | null {
  return naming.inner === aim.key ? naming.inner : aim.inner;
}

/**
 * Whether an act came before the one that cites it. One without a day is no earlier than the latest of what it names;
 * where even that is too early the order is not known.
 */
function time(aim: Aim, citing: Naming['citing']): 'before' | 'later' | 'unknown' {
  if (aim.day !== null && citing.day !== null) return aim.day > citing.day ? 'later' : 'before';
  // a year taken from a number may be that of an earlier version: the text is no earlier than what it names
  const year = citing.day === null && citing.year !== null ? Math.max(citing.year, citing.seen ?? 0) : citing.year;
  if (aim.year === null) return aim.seen !== null && year !== null && aim.seen > year ? 'later' : 'before';
  if (year !== null) return aim.year > year ? 'later' : 'before';
  return citing.seen !== null && aim.year <= citing.seen ? 'before' : 'unknown';
}

/**
 * Whether the versions can be one. A year that only one side names is borne out when the other is of that year or later;
 * a trial version is not the one that followed it.
 */
function sameVersion(naming: Naming, aim: Aim): boolean {
  const asked = naming.version;
  const own = aim.version;
  if (asked.trial && !own.trial) return false;
  if (asked.year !== null && own.year !== null) return asked.year === own.year;
  if (asked.year !== null) return aim.year !== null && Math.abs(aim.year - asked.year) <= 1;
  // a plain title in a text of unknown day may mean the version before
  if (own.year !== null) return (naming.citing.year ?? naming.citing.seen ?? 0) >= own.year;
  return true;
}

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/器审中心|器械技术审评中心/, '器审中心'],
  [/核查中心|审核查验中心/, '核查中心'],
  [/^(?:原)?国务院/, '国务院'],
  [/^(?:原)?(?:国家)?市场监(?:督管理|管)总局/, '市场监管总局'],
  [
    /^(?:原)?(?:国家药监局|国家药品监督管理局|国家食品药品监(?:督管理|管)(?:总)?局|食品药品监(?:督管理|管)总局|国家局|总局|国家食药监)/,
    '国家药监局',
  ],
  [/^(?:原)?(?:国家)?(?:医保局|医疗保障局)/, '国家医保局'],
  [/^(?:原)?(?:国家)?(?:卫健委|卫生健康委|卫计委|卫生和计划生育委|卫生计生委|卫生部)/, '卫生健康委'],
  [/全国人民代表大会|全国人大/, '全国人大'],
];

/** A body with its predecessors, departments counted with it. */
function familyOf(name: string): string {
  for (const [pattern, family] of FAMILIES) if (pattern.test(name)) return family;
  return name.replace(/^原/, '');
}

function otherBody(naming: Naming, aim: Aim): boolean {
  if (naming.issuers.length === 0 || aim.issuers.length === 0) return false;
  const own = aim.issuers.map(familyOf);
  return !naming.issuers.some((name) => {
    const family = familyOf(name);
    return own.some((other) => other === family || other.endsWith(family) || family.endsWith(other));
  });
}

/** An act of a province or city is meant only by its own people, or where its body is named. */
function otherPlace(naming: Naming, aim: Aim): boolean {
  if (aim.level === 'national') return false;
  if (naming.issuers.length > 0 && aim.issuers.length > 0) return false;
  return (
    naming.citing.level === 'national' ||
    !(naming.citing.region.startsWith(aim.region) || aim.region.startsWith(naming.citing.region))
  );
}

/** The one act among copies and translations of it; of several with days, the last before the one that cites. */
function oneGroup(naming: Naming, aims: readonly Aim[]): Aim | null {
  const groups = new Map<string, Aim[]>();
  for (const aim of aims) groups.set(aim.group, [...(groups.get(aim.group) ?? []), aim]);
  const [first, ...others] = [...groups.values()];
  if (!first) return null;
  if (others.length === 0) return canonical(first);
  if (naming.citing.day === null) return null;
  // versions of one act, each with its day: the one in force when the other was written
  const dated = [...groups.values()].map((group) => canonical(group));
  const bodies = new Set(dated.map(({ issuers }) => issuers.map(familyOf).join()));
  if (bodies.size > 1 || dated.some(({ day }) => day === null)) return null;
  const [last, before] = dated.sort((a, b) => ((a.day as string) < (b.day as string) ? 1 : -1));
  return last && last.day !== before?.day ? last : null;
}

/** Of copies the one in Chinese with the plainest name stands for all. */
function canonical(aims: readonly Aim[]): Aim {
  return [...aims].sort(
    (a, b) =>
      Number(a.language !== 'zh') - Number(b.language !== 'zh') ||
      a.documentKey.length - b.documentKey.length ||
      (a.documentKey < b.documentKey ? -1 : 1) ||
      a.ordinal - b.ordinal,
  )[0] as Aim;
}
