import { addMonths, type LocalDate } from '../../kernel/local-date.ts';
import type { Rulebook, UsedValue } from '../../rules/rulebook.ts';
import type { Certainty } from '../../rules/work-calendar.ts';
import { basisWords, provisionalWords } from './rules/words.ts';
import type { Procedure } from './types.ts';

/** A chain of authority limits that follow one another, first to last. */
const CHAINS: Readonly<
  Partial<Record<Procedure, Readonly<Record<'II' | 'III' | 'any', readonly string[] | undefined>>>>
> = {
  'registration-first': registration(),
  'registration-change': registration(),
  'registration-renewal': registration(),
  'production-licence': licence('prod'),
  'distribution-licence': licence('dist'),
};

function registration() {
  const of = (review: string) => ['accept-defect-notice', review, 'decision', 'deliver'];
  return { II: of('review-II'), III: of('review-III'), any: undefined };
}

function licence(branch: string) {
  return { II: undefined, III: undefined, any: [`${branch}-accept`, `${branch}-decide`, `${branch}-issue`] };
}

export interface PlanQuestion {
  readonly procedure: Procedure;
  readonly class?: 'I' | 'II' | 'III' | null | undefined;
  /** The day on which the new certificate or licence must be in hand. */
  readonly target: LocalDate;
  /** The day printed as the end of the present certificate, for renewals. */
  readonly expires?: LocalDate | null | undefined;
}

export interface PlanStep {
  readonly limit: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly value: number | null;
  readonly article: string | null;
  /** The step must begin by this day and be done by the next one. */
  readonly begin: LocalDate | null;
  readonly end: LocalDate;
}

export interface Plan extends Certainty {
  readonly determinable: boolean;
  readonly missing: readonly string[];
  /** The last day to hand in so that every authority may use its whole time and the target still holds. */
  readonly handInBy: LocalDate | null;
  /** The last day the law allows, where it names one (renewal). */
  readonly lawfulBy: LocalDate | null;
  /** The earlier of the two: the day to go by. */
  readonly latest: LocalDate | null;
  readonly window: { readonly from: LocalDate; readonly to: LocalDate } | null;
  readonly steps: readonly PlanStep[];
  readonly words: readonly string[];
  readonly values: readonly UsedValue[];
}

/**
 * Counts back from a day: when must the application be handed in at the latest? Every authority is given the whole of
 * its time and no stop is foreseen (a supplement or a check makes it longer; the words say so). Rules are those in force
 * on `asOf`.
 */
export function planBack(question: PlanQuestion, rulebook: Rulebook, asOf: LocalDate, knownAt?: LocalDate): Plan {
  const calendar = rulebook.calendar(knownAt);
  const values: UsedValue[] = [];
  const missing: string[] = [];
  const words: string[] = [];
  const steps: PlanStep[] = [];
  const chains = CHAINS[question.procedure];
  const chain = chains && (chains.any ?? chains[question.class === 'III' ? 'III' : 'II']);
  if (chain && !chains?.any && question.class !== 'II' && question.class !== 'III') missing.push('class');
  let at: LocalDate | null = question.target;
  for (const limit of [...(chain ?? [])].reverse()) {
    const found = rulebook.valueOn(limit, asOf, knownAt);
    const end: LocalDate = at ?? question.target;
    const days: number | null = found.found && typeof found.used.value === 'number' ? found.used.value : null;
    if (found.found) {
      values.push(found.used);
      words.push(
        `${rulebook.parameters.get(limit)?.title.zh}：${basisWords(found.used, rulebook.titleOf(found.used.source))}`,
      );
    } else missing.push(limit);
    at = at !== null && days !== null ? calendar.add(end, -days) : null;
    steps.unshift({
      limit,
      title: rulebook.parameters.get(limit)?.title ?? { zh: limit, en: limit },
      value: days,
      article: found.found ? found.used.article : null,
      begin: at,
      end,
    });
  }
  const handInBy = chain && missing.length === 0 ? at : null;
  if (handInBy) words.push(`各环节用足时限且不发生补正、核查等停止，最迟${handInBy}递交`);
  const lawful = lawfulOf(question, rulebook, { calendar, asOf, knownAt, values, words, missing });
  const latest = [handInBy, lawful.by].filter((day): day is LocalDate => day !== null).sort()[0] ?? null;
  if (!chain && lawful.by === null && missing.length === 0) missing.push(`plan:${question.procedure}`);
  const certain = latest ? calendar.certainty(question.target, latest) : { provisional: false, uncertainFrom: null };
  if (certain.uncertainFrom) words.push(provisionalWords(certain.uncertainFrom));
  return {
    determinable: missing.length === 0,
    missing,
    handInBy,
    lawfulBy: lawful.by,
    latest: missing.length === 0 ? latest : null,
    window: lawful.window,
    steps,
    words,
    values,
    ...certain,
  };
}

interface Sheet {
  readonly calendar: ReturnType<Rulebook['calendar']>;
  readonly asOf: LocalDate;
  readonly knownAt: LocalDate | undefined;
  readonly values: UsedValue[];
  readonly words: string[];
  readonly missing: string[];
}

const RENEWALS: Readonly<Partial<Record<Procedure, string>>> = {
  'registration-renewal': 'renewal-apply',
  'production-licence-renewal': 'prod-renew-window',
  'distribution-licence-renewal': 'dist-renew-window',
};

function lawfulOf(
  question: PlanQuestion,
  rulebook: Rulebook,
  sheet: Sheet,
): { by: LocalDate | null; window: { from: LocalDate; to: LocalDate } | null } {
  const limit = RENEWALS[question.procedure];
  if (!limit) return { by: null, window: null };
  const expires = question.expires ?? question.target;
  const found = rulebook.valueOn(limit, sheet.asOf, sheet.knownAt);
  if (!found.found) {
    sheet.missing.push(limit);
    return { by: null, window: null };
  }
  sheet.values.push(found.used);
  const { value } = found.used;
  if (Array.isArray(value)) {
    const [early, late] = value as number[];
    const window = {
      from: sheet.calendar.add(expires, -(early as number)),
      to: sheet.calendar.add(expires, -(late as number)),
    };
    sheet.words.push(
      `可申请期间 ${window.from} 至 ${window.to}，首尾两日均在内（自届满日${expires}向前数工作日，当日不计）`,
    );
    return { by: window.to, window };
  }
  const by = addMonths(expires, -Number(value));
  sheet.words.push(`法定最迟 ${by}（届满日${expires}前${value}个月；该月无对应日的取月末）`);
  if (!sheet.calendar.isWorkday(by))
    sheet.words.push(`${by}为休息日，是否顺延未见明文，宜在其前的工作日${sheet.calendar.add(by, -1)}前递交`);
  return { by, window: null };
}
