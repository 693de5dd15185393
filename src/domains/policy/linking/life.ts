import type { LocalDate } from '../../../kernel/local-date.ts';

/** What became of an act by a day. */
export type ActState = 'in-force' | 'not-yet' | 'repealed' | 'expired' | 'draft' | 'no-act' | 'unknown';

export const ACT_STATES: readonly ActState[] = [
  'in-force',
  'not-yet',
  'repealed',
  'expired',
  'draft',
  'no-act',
  'unknown',
];

/** An act as its life is told. */
export interface LivingAct {
  readonly kind: string;
  readonly isPolicy: boolean;
  readonly number: string | null;
  readonly issued: string | null;
  readonly published: string | null;
  readonly effective: string | null;
  readonly expiry: string | null;
  readonly year: number | null;
  readonly starts: string | null;
  readonly repealed: boolean;
  readonly repealedFrom: string | null;
  readonly followed: boolean;
}

/** Another act that did something to this one. */
export interface Deed {
  readonly relation: 'amends' | 'repeals' | 'interprets' | 'follows';
  readonly by: { readonly id: string; readonly ordinal: number; readonly title: string };
  /** From when the other act has effect; null when that is not known. */
  readonly from: string | null;
  readonly quote: string;
}

export interface LifeStep {
  readonly zh: string;
  readonly en: string;
  readonly date: string | null;
  readonly by: { readonly id: string; readonly ordinal: number; readonly title: string } | null;
  readonly quote: string | null;
}

export interface Life {
  readonly state: ActState;
  readonly asOf: LocalDate;
  readonly steps: readonly LifeStep[];
  /** What would have to be known to tell the state. */
  readonly missing: readonly string[];
}

/** Kinds that say something of acts and are none: they have no force to lose. */
const NO_ACTS = ['interpretation', 'recall', 'penalty'];

/**
 * The day from which an act has effect, as far as it can be known: the day it names, else the day of issue
 * or publication. Where only the year of its number is known, it
 * has effect at the latest when that year has ended.
 */
export function startOf(act: {
  readonly effective: string | null;
  readonly issued: string | null;
  readonly published: string | null;
  readonly year: number | null;
}): string | null {
  return act.effective ?? act.issued ?? act.published ?? (act.year === null ? null : `${act.year}-12-31`);
}

/** The state on a day; the same as the SQL function `policy_state`. */
export function stateOf(act: LivingAct, asOf: LocalDate): ActState {
  if (act.kind === 'draft' || act.kind === 'consultation') return 'draft';
  if (!act.isPolicy || NO_ACTS.includes(act.kind)) return 'no-act';
  if (act.repealedFrom !== null && act.repealedFrom <= asOf) return 'repealed';
  if (act.expiry !== null && act.expiry < asOf) return 'expired';
  const dated = act.effective !== null || act.issued !== null || act.published !== null;
  // of one that is known by its year alone, the day may have come or not
  if (act.starts !== null && act.starts > asOf) return dated ? 'not-yet' : 'unknown';
  if (act.starts === null || (act.repealed && act.repealedFrom === null) || act.followed) return 'unknown';
  return 'in-force';
}

const own = (zh: string, en: string, date: string | null): LifeStep => ({ zh, en, date, by: null, quote: null });

/**
 * The life of an act by a day: its own days, then what other acts of the library did to it, each with the sentence that
 * says so. In force means that nothing here says otherwise; what is not in the library cannot be known.
 */
export function lifeOf(act: LivingAct, deeds: readonly Deed[], asOf: LocalDate): Life {
  const state = stateOf(act, asOf);
  const steps: LifeStep[] = [];
  if (act.issued) steps.push(own('成文', 'issued', act.issued));
  if (act.published && act.published !== act.issued) steps.push(own('发布', 'published', act.published));
  if (!act.issued && !act.published && act.year !== null && act.number)
    steps.push(own(`编号属${act.year}年，日期不详`, `numbered in ${act.year}, day unknown`, null));
  if (state === 'draft') steps.push(own('征求意见，尚未施行', 'open to comments, not in force', null));
  else if (state !== 'no-act') {
    if (act.effective) steps.push(own('施行', 'takes effect', act.effective));
    else if (act.starts && (act.issued ?? act.published))
      steps.push(
        own('未写明施行日期，自成文或发布之日起算', 'names no day of effect: counted from its issue', act.starts),
      );
    if (act.expiry) steps.push(own('有效期届满', 'expires', act.expiry));
  }
  for (const deed of deeds) steps.push(stepOf(deed));
  const missing: string[] = [];
  if (state === 'unknown') {
    if (act.starts === null || act.starts > asOf) missing.push('effective-date');
    if (act.repealed && act.repealedFrom === null) missing.push('repeal-date');
    if (act.followed && !act.repealed) missing.push('repeal-statement');
  }
  return { state, asOf, steps: sorted(steps), missing };
}

function stepOf(deed: Deed): LifeStep {
  const words: Record<Deed['relation'], readonly [zh: string, en: string]> = {
    amends: ['被修改', 'amended'],
    repeals: ['被废止', 'repealed'],
    interprets: ['有解读', 'interpreted'],
    follows: ['同名文件在后，未见废止说明', 'a later act of the same title; nothing says this one was repealed'],
  };
  const [zh, en] = words[deed.relation];
  return { zh, en, date: deed.from, by: deed.by, quote: deed.quote || null };
}

/** By day; what has none keeps its place behind what has. */
function sorted(steps: readonly LifeStep[]): LifeStep[] {
  return steps
    .map((step, at) => ({ step, at }))
    .sort((a, b) => (a.step.date ?? '9999').localeCompare(b.step.date ?? '9999') || a.at - b.at)
    .map(({ step }) => step);
}
