import { foldText } from '../../devices/index.ts';
import { regionNamed } from '../../policy/index.ts';
import type { ActDay, Bearing, Match, Pathway, Reason, Role } from '../types.ts';
import { type ActText, type Sentence, sentenceAt, titleSentence } from './act-text.ts';
import type { ReadProfile } from './profile.ts';
import { ANY_ENTERPRISE, PATHWAY_WORDS, ROLE_WORDS, TITLE_ROLES } from './words.ts';

type Class = 'I' | 'II' | 'III';
/** Reasons of one kind that are shown. */
const SHOWN = 3;
const DEVICE = /器械|体外诊断|诊断试剂|唯一标识|\budi\b|medical device/;
/** Sentences that say to what an act applies. */
const SCOPE = /适用(?:于|范围|本)|本(?:办法|规定|通知|公告|通告|指南|指导原则|细则)所称/;
const CLASS_WORDS =
  /第?((?:一|二|三|iii|ii|i|[123])(?:(?:类?、|类?和|类?及|类?或)第?(?:一|二|三|iii|ii|i|[123]))*)类(?=医疗器械|体外诊断|诊断试剂|器械|产品|管理|的|、|和|及|有源|无源|植入)/g;
const CLASSES: Readonly<Record<string, Class>> = {
  一: 'I',
  i: 'I',
  '1': 'I',
  二: 'II',
  ii: 'II',
  '2': 'II',
  三: 'III',
  iii: 'III',
  '3': 'III',
};
/** Words of titles of guidelines that name no product; longer ones first. */
const GENERAL_WORDS =
  /医疗器械|体外诊断试剂|诊断试剂|注册单元|申报资料|临床评价|临床试验|网络安全|动物试验|唯一标识|质量管理体系|质量管理|适用范围|电磁兼容|人工智能|真实世界|指导原则|国家药监局|器审中心|综合司|分类界定|同品种|辅助检测|辅助决策|有效期|稳定性|可用性|生物学|说明书|第\d?[一二三四五六七八九十]*部分|产品|注册|备案|技术|审查|审评|指南|要点|关于|发布|公布|征求|意见|稿|修订版?|试行|编写|要求|通告|公告|通知|临床|软件|灭菌|包装|人因|标签|划分|数据|变更|延续|分类|目录|评价|的|等|项|和|及|与|\d+(?![a-z\d])|[《》:,、.—-]/g;

/**
 * Does an act concern an enterprise, and why? Pure. What the profile leaves out is unknown: where an act depends on it,
 * the answer is `undetermined` and names it. Every reason carries the sentence it rests on.
 */
export function matchProfile(act: ActText, profile: ReadProfile): Match {
  const { document } = act;
  const bearing = bearingOf(act);
  const title = titleSentence(act);
  if (bearing === 'none')
    return {
      fits: 'no',
      bearing,
      reasons: [reason('kind', false, title, '不是政策文件，不产生要求', 'no policy: it asks for nothing')],
      missing: [],
      days: [],
    };
  const kind = {
    binding: null,
    draft: reason('kind', null, title, '草案，尚无效力', 'a draft: not in force'),
    consultation: reason('kind', null, title, '征求意见，尚无效力', 'a consultation: not in force'),
    interpretation: reason('kind', null, title, '解读，本身不设要求', 'an interpretation: it asks for nothing itself'),
  }[bearing];
  const found = new Findings();
  if (kind) found.note(kind);
  region(act, profile, found);
  subject(act, profile, found);
  classes(act, profile, found);
  origin(act, profile, found);
  products(act, profile, found);
  pathways(act, profile, found);
  const { duties } = factsOf(act);
  roles(act, duties, profile, found);
  eligibility(act, profile, found);
  const fits = found.verdict(document.eligibility);
  return {
    fits,
    bearing,
    reasons: found.reasons,
    missing: fits === 'no' ? [] : [...found.missing],
    days: fits === 'no' ? [] : daysOf(act, duties, profile, bearing),
  };
}

/** What an act says whoever asks, found once: many profiles are held against it. */
interface ActFacts {
  /** Title and sentences of scope with the classes they name. */
  readonly limits: readonly { readonly at: Sentence; readonly classes: ReadonlySet<Class> }[];
  /** Other sentences that name classes. */
  readonly classed: readonly { readonly at: Sentence; readonly classes: ReadonlySet<Class> }[];
  readonly device: Sentence | null;
  readonly duties: readonly BoundDuty[];
}

const known = new WeakMap<ActText, ActFacts>();

function factsOf(act: ActText): ActFacts {
  const found = known.get(act);
  if (found) return found;
  const withClasses = (at: Sentence) => ({ at, classes: classesIn(at.folded) });
  const facts: ActFacts = {
    limits: limiting(act).map(withClasses),
    classed: act.sentences.map(withClasses).filter(({ classes }) => classes.size > 0),
    device: act.sentences.find((one) => DEVICE.test(one.folded)) ?? null,
    duties: dutiesOf(act),
  };
  known.set(act, facts);
  return facts;
}

/** What an act is: only policies in their final form bind. */
export function bearingOf({ document }: ActText): Bearing {
  if (!document.isPolicy || document.kind === 'penalty') return 'none';
  if (document.kind === 'draft' || document.kind === 'consultation' || document.kind === 'interpretation')
    return document.kind;
  return 'binding';
}

/** Reasons as they are found, and what they add up to. */
class Findings {
  readonly reasons: Reason[] = [];
  readonly missing = new Set<string>();

  note(...reasons: readonly Reason[]): void {
    this.reasons.push(...reasons);
  }

  lacks(...names: readonly string[]): void {
    for (const name of names) this.missing.add(name);
  }

  #any(about: Reason['about'], holds: boolean | null): boolean {
    return this.reasons.some((one) => one.about === about && one.holds === holds);
  }

  /** What shuts out decides first, then a duty of one's own, then who may apply, then what the act is about. */
  verdict(eligibility: { readonly allOf: readonly unknown[]; readonly anyOf: readonly unknown[] }): Match['fits'] {
    const against = (['region', 'class', 'origin', 'subject', 'product'] as const).some((about) =>
      this.#any(about, false),
    );
    if (against) return 'no';
    const bound = this.#any('role', true);
    if (!bound) {
      if (this.#any('applicants', false) && !this.#any('applicants', true)) return 'no';
      if (this.#any('exclusion', true)) return 'no';
      if (this.#any('condition', false) && (eligibility.allOf.length > 0 || !this.#any('condition', null))) return 'no';
    }
    const named = (['product', 'pathway', 'applicants'] as const).some((about) => this.#any(about, true));
    // a class that the text names does not make others' business one's own
    if (this.#any('role', false) && !named) return 'no';
    const evidence = bound || named || this.#any('class', true);
    // whoever is bound is bound, whether or not it could also apply for something
    if (bound) for (const name of this.missing) if (name.startsWith('condition: ')) this.missing.delete(name);
    if (this.missing.size > 0) return 'undetermined';
    return evidence || this.#any('subject', true) ? 'yes' : 'undetermined';
  }
}

function reason(about: Reason['about'], holds: boolean | null, at: Sentence, zh: string, en: string): Reason {
  return { about, holds, zh, en, quote: at.quote, start: at.start, end: at.end };
}

function region(act: ActText, profile: ReadProfile, found: Findings): void {
  const { document } = act;
  const at = sentenceAt(act, document.issuerDetails[0]?.start ?? document.titleSpan?.start ?? document.span.start);
  if (document.region.level === 'national') {
    // where no issuer is known, nothing is known of the region either
    if (document.issuers.length > 0) found.note(reason('region', true, at, '全国适用', 'applies in the whole country'));
    return;
  }
  const { primary } = document.region;
  const own = regionNamed(primary);
  if (!profile.region) {
    found.note(
      reason('region', null, at, `适用于${primary}；企业所在地未填`, `applies in ${primary}; the region is not given`),
    );
    found.lacks('profile.region');
  } else if (own?.province !== profile.region.province)
    found.note(reason('region', false, at, `适用于${primary}，企业不在该地`, `applies in ${primary} only`));
  else if (own.city && !profile.region.city) {
    found.note(
      reason('region', null, at, `适用于${primary}；企业所在城市未填`, `applies in ${primary}; the city is not given`),
    );
    found.lacks('profile.region.city');
  } else if (own.city && own.city !== profile.region.city)
    found.note(reason('region', false, at, `适用于${primary}，企业不在该市`, `applies in ${primary} only`));
  else
    found.note(
      reason('region', true, at, `适用于企业所在的${primary}`, `applies in ${primary}, where the enterprise is`),
    );
}

/** An act of other trades concerns nobody here; one that names devices in its title is about them. */
function subject(act: ActText, profile: ReadProfile, found: Findings): void {
  const title = titleSentence(act);
  if (DEVICE.test(act.title)) {
    const own = factsOf(act).device ?? title;
    found.note(reason('subject', true, own, '标题涉及医疗器械', 'the title names medical devices'));
    return;
  }
  const inText = factsOf(act).device;
  if (inText) found.note(reason('subject', null, inText, '文中涉及医疗器械', 'the text names medical devices'));
  else if (productOfTitle(act.title) || /器审|器械/.test(act.document.issuers.join(''))) return;
  else if (!profile.products.some((word) => act.whole.includes(foldText(word))))
    found.note(reason('subject', false, title, '全文未涉及医疗器械', 'the text does not speak of medical devices'));
}

/** Titles and sentences of scope say to what an act is limited. */
function limiting(act: ActText): Sentence[] {
  const title = { ...titleSentence(act), folded: act.title };
  return [title, ...act.sentences.filter((one) => SCOPE.test(one.folded)).slice(0, 20)];
}

function classesIn(folded: string): Set<Class> {
  const found = new Set<Class>();
  for (const [, list = ''] of folded.matchAll(CLASS_WORDS))
    for (const [one] of list.matchAll(/一|二|三|iii|ii|i|[123]/g)) {
      const cls = CLASSES[one];
      if (cls) found.add(cls);
    }
  return found;
}

function classes(act: ActText, profile: ReadProfile, found: Findings): void {
  const limits = factsOf(act).limits.filter((one) => one.classes.size > 0);
  const named = new Set(limits.flatMap((one) => [...one.classes]));
  const first = limits[0]?.at;
  if (!first) {
    if (profile.classes.size === 0) return;
    const inText = factsOf(act).classed.find((one) => [...one.classes].some((cls) => profile.classes.has(cls)))?.at;
    if (inText)
      found.note(reason('class', true, inText, '文中写明企业的产品类别', 'the text names a class of the enterprise'));
    return;
  }
  const list = [...named].sort().join('、');
  if (profile.classes.size === 0) {
    found.note(
      reason('class', null, first, `针对${list}类；企业产品类别未填`, `for class ${list}; the classes are not given`),
    );
    found.lacks('profile.classes');
  } else if ([...profile.classes].some((cls) => named.has(cls)))
    found.note(
      reason('class', true, first, `针对${list}类，含企业的类别`, `for class ${list}, one of the enterprise's`),
    );
  else found.note(reason('class', false, first, `只针对${list}类`, `for class ${list} only`));
}

function origin(act: ActText, profile: ReadProfile, found: Findings): void {
  const at = { ...titleSentence(act), folded: act.title };
  const imported = /进口/.test(at.folded);
  const domestic = /境内(?!代理|责任)|国产/.test(at.folded);
  if (imported === domestic) return;
  const [zh, en] = imported ? ['进口产品', 'imported devices'] : ['境内产品', 'domestic devices'];
  if (profile.origin === null) {
    found.note(reason('origin', null, at, `针对${zh}；企业产品来源未填`, `for ${en}; the origin is not given`));
    found.lacks('profile.origin');
    return;
  }
  const holds = profile.origin === 'both' || (profile.origin === 'imported') === imported;
  found.note(reason('origin', holds, at, holds ? `针对${zh}` : `只针对${zh}`, holds ? `for ${en}` : `for ${en} only`));
}

/** The product a guideline is about, in the words of its title; empty for one that is about all. */
function productOfTitle(title: string): string {
  if (!/指导原则|审评要点|审查要点|注册要点/.test(title)) return '';
  const named = (/《([^》]+)》/.exec(title)?.[1] ?? title).replace(/\([^()]*\)/g, '');
  const rest = named.replace(GENERAL_WORDS, '').trim();
  return rest.length >= 2 ? rest : '';
}

function products(act: ActText, profile: ReadProfile, found: Findings): void {
  const title = titleSentence(act);
  const words = profile.products.map((word) => ({ word, folded: foldText(word) }));
  const inTitle = words.find(({ folded }) => act.title.includes(folded));
  if (inTitle) {
    const own = act.sentences.find((one) => one.folded.includes(inTitle.folded)) ?? title;
    found.note(reason('product', true, own, `标题写明“${inTitle.word}”`, `the title names ${inTitle.word}`));
    return;
  }
  const inText = words.flatMap(({ word, folded }) => {
    const at = act.whole.includes(folded) && act.sentences.find((one) => one.folded.includes(folded));
    return at ? [{ word, at }] : [];
  });
  const product = productOfTitle(act.title);
  if (inText.length > 0) {
    for (const { word, at } of inText.slice(0, SHOWN))
      found.note(reason('product', product ? null : true, at, `文中写明“${word}”`, `the text names ${word}`));
    if (product) found.lacks('profile.products');
  } else if (product && words.length > 0)
    found.note(
      reason('product', false, title, `针对“${product}”，不是企业的产品`, `about ${product}: none of the products`),
    );
  else if (product) {
    found.note(
      reason('product', null, title, `针对“${product}”；企业产品未填`, `about ${product}; the products are not given`),
    );
    found.lacks('profile.products');
  }
}

function pathways(act: ActText, profile: ReadProfile, found: Findings): void {
  const title = titleSentence(act);
  for (const id of profile.pathways) {
    const [pattern, words] = PATHWAY_WORDS[id as Pathway];
    if (!pattern.test(act.title)) continue;
    const own = act.sentences.find((one) => pattern.test(one.folded)) ?? title;
    found.note(reason('pathway', true, own, `标题涉及${words.zh}`, `the title is about ${words.en}`));
  }
}

/** A duty of an act with those it binds. */
interface BoundDuty {
  readonly at: Sentence;
  readonly roles: readonly Role[];
  /** Binds enterprises without naming a role. */
  readonly anyone: boolean;
  readonly actor: string | null;
  readonly action: string;
  readonly deadline: string | null;
}

function dutiesOf(act: ActText): BoundDuty[] {
  return act.document.obligations.map((duty) => {
    const at = sentenceAt(act, duty.start);
    const actor = foldText(duty.actor ?? '');
    const before = at.folded.split(duty.modal, 1)[0] ?? '';
    const inActor = rolesIn(actor);
    const roles = inActor.length > 0 ? inActor : rolesIn(before);
    const anyone = roles.length === 0 && ANY_ENTERPRISE.test(actor || before);
    // who applies, in an act about registration, applies for registration
    if (
      anyone &&
      /注册|审评|申报/.test(act.title) &&
      (act.document.kind === 'guideline' || /申请人/.test(actor || before))
    )
      return { at, roles: APPLICANTS, anyone: false, actor: duty.actor, action: duty.action, deadline: duty.deadline };
    return { at, roles, anyone, actor: duty.actor, action: duty.action, deadline: duty.deadline };
  });
}

const APPLICANTS: readonly Role[] = ['registrant', 'import-agent'];

/** Whose business an act is by its title; several may be. */
function rolesOfTitle(title: string): Set<Role> {
  return new Set(TITLE_ROLES.flatMap(([pattern, roles]) => (pattern.test(title) ? roles : [])));
}

function rolesIn(folded: string): Role[] {
  return ROLE_WORDS.flatMap(([role, pattern]) => (pattern.test(folded) ? [role] : []));
}

function roles(act: ActText, duties: readonly BoundDuty[], profile: ReadProfile, found: Findings): void {
  const named = duties.filter((duty) => duty.roles.some((role) => role !== 'provincial-authority'));
  const wordsOf = (list: Iterable<Role>) => {
    const held = new Set(list);
    const words = ROLE_WORDS.filter(([role]) => held.has(role)).map(([, , one]) => one);
    return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
  };
  if (profile.roles.size === 0) {
    const [first] = named;
    if (!first) return;
    const words = wordsOf(named.flatMap((duty) => duty.roles));
    found.note(
      reason('role', null, first.at, `义务在于${words.zh}；企业角色未填`, `binds ${words.en}; the roles are not given`),
    );
    found.lacks('profile.roles');
    return;
  }
  const mine = duties.filter((duty) => duty.roles.some((role) => profile.roles.has(role)));
  if (mine.length > 0) {
    for (const duty of mine.slice(0, SHOWN)) {
      const words = wordsOf(duty.roles.filter((role) => profile.roles.has(role)));
      found.note(reason('role', true, duty.at, `${words.zh}的义务`, `a duty of ${words.en}`));
    }
    return;
  }
  const titled = rolesOfTitle(act.title);
  if (titled.size > 0 && ![...titled].some((role) => profile.roles.has(role))) {
    const words = wordsOf(titled);
    found.note(reason('role', false, titleSentence(act), `标题所涉为${words.zh}`, `by its title for ${words.en}`));
    return;
  }
  // a hospital and an authority are no enterprises
  const enterprise = [...profile.roles].some((role) => !/^user|authority$/.test(role));
  const anyone = duties.filter((duty) => duty.anyone);
  if (enterprise && anyone[0]) {
    found.note(reason('role', true, anyone[0].at, '各企业的义务', 'a duty of every enterprise concerned'));
    return;
  }
  // an act without a known scope that binds others alone
  const [first] = named;
  if (first && !factsOf(act).limits.some(({ at }) => rolesIn(at.folded).some((role) => profile.roles.has(role)))) {
    const words = wordsOf(named.flatMap((duty) => duty.roles));
    found.note(reason('role', false, first.at, `义务在于${words.zh}`, `binds ${words.en}`));
  }
}

/** Whether words of an eligibility clause hold for the enterprise; null where that cannot be told. */
function clauseHolds(words: string, profile: ReadProfile): boolean | null {
  const named = classesIn(words);
  if (named.size > 0 && profile.classes.size > 0 && ![...named].some((cls) => profile.classes.has(cls))) return false;
  const asked = rolesIn(words);
  if (asked.length > 0 && profile.roles.size > 0) return asked.some((role) => profile.roles.has(role)) ? null : false;
  return null;
}

function eligibility(act: ActText, profile: ReadProfile, found: Findings): void {
  const { applicants, allOf, anyOf, exclusions } = act.document.eligibility;
  const user = profile.roles.has('user');
  for (const one of applicants.slice(0, 10)) {
    const words = foldText(one.text);
    const asked = rolesIn(words);
    const at = sentenceAt(act, one.start);
    const holds =
      profile.roles.size === 0
        ? null
        : asked.some((role) => profile.roles.has(role)) ||
          (/企业|单位|法人/.test(words) && !(user && profile.roles.size === 1));
    found.note(reason('applicants', holds, at, `申报主体：${one.text}`, `who may apply: ${one.text}`));
    if (holds === null) found.lacks('profile.roles');
  }
  for (const one of exclusions.slice(0, SHOWN)) {
    found.note(
      reason(
        'exclusion',
        null,
        sentenceAt(act, one.start),
        `排除：${one.text}（须自行核对）`,
        `excluded: ${one.text} (to be checked)`,
      ),
    );
  }
  const clauses = [...allOf.map((one) => ({ one, any: false })), ...anyOf.map((one) => ({ one, any: true }))];
  const open: string[] = [];
  const anyHolds: (boolean | null)[] = [];
  for (const { one, any } of clauses.slice(0, 40)) {
    const words = foldText(one.text);
    const holds = clauseHolds(words, profile);
    if (any) anyHolds.push(holds);
    // one of several may fail as long as another may hold
    if (holds !== false || !any)
      found.note(
        reason(
          'condition',
          holds,
          sentenceAt(act, one.start),
          `条件：${one.text}`,
          `${any ? 'one of several conditions' : 'condition'}: ${one.text}`,
        ),
      );
    if (holds === null) open.push(one.text);
  }
  if (anyHolds.length > 0 && anyHolds.every((holds) => holds === false) && anyOf[0])
    found.note(
      reason('condition', false, sentenceAt(act, anyOf[0].start), '所列条件无一符合', 'none of the conditions holds'),
    );
  if (open.length > 0) found.lacks(...open.slice(0, 10).map((words) => `condition: ${words.slice(0, 80)}`));
}

/** Days the act sets: of duties that bind the enterprise, of consultations and filings, of its force. */
function daysOf(act: ActText, duties: readonly BoundDuty[], profile: ReadProfile, bearing: Bearing): ActDay[] {
  const days: ActDay[] = [];
  const { document } = act;
  const binding = bearing === 'binding';
  const foreign: Sentence[] = [];
  for (const duty of duties) {
    const known = duty.roles.length > 0;
    const mine = profile.roles.size === 0 || duty.roles.some((role) => profile.roles.has(role));
    if (known && !mine) foreign.push(duty.at);
    else if (binding && duty.deadline)
      days.push(dayOf(duty.deadline, 'duty', duty.at, duty.action, 'to be done', duty.actor));
  }
  for (const item of document.dates) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(item.date)) continue;
    const at = sentenceAt(act, item.start);
    if (item.kind === 'consultation-end')
      days.push(dayOf(item.date, 'consultation-end', at, '意见反馈截止', 'last day for comments'));
    else if (!binding) continue;
    else if (
      item.kind === 'deadline' &&
      !foreign.includes(at) &&
      !days.some((day) => day.kind === 'duty' && day.date === item.date)
    )
      days.push(dayOf(item.date, 'filing-deadline', at, '截止日', 'last day'));
    else if (item.kind === 'effective' && item.date === document.effectiveDate)
      days.push(dayOf(item.date, 'effective', at, '施行', 'in force'));
    else if (item.kind === 'expiry' && item.date === document.expiry)
      days.push(dayOf(item.date, 'expiry', at, '失效', 'expires'));
  }
  const seen = new Set<string>();
  return days
    .filter(({ date, kind, start }) => {
      const key = `${date} ${kind} ${start}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.start - b.start));
}

function dayOf(
  date: string,
  kind: ActDay['kind'],
  at: Sentence,
  zh: string,
  en: string,
  actor: string | null = null,
): ActDay {
  return { date, kind, zh, en, actor, quote: at.quote, start: at.start, end: at.end };
}
