import { addDays, addMonths, type LocalDate } from '../../../kernel/local-date.ts';
import { articlesOf, type UsedValue } from '../../../rules/rulebook.ts';
import type { Firmness, Parameter, Question } from '../../../rules/shapes.ts';
import type { CaseEvent, ClockAnswer, ClockPromise, ClockStatus } from '../types.ts';
import { countWithStops } from './count.ts';
import type { CaseFacts } from './facts.ts';
import type { LimitRule, Start } from './limit-rule.ts';
import { type Interval, intervalsOf, STOP_ARTICLES } from './stops.ts';
import { basisWords, provisionalWords, stopWords, unitWords } from './words.ts';

/** The open question of every period of months or years: no rule found moves a last day that is no working day. */
const MOVES: Question = {
  id: 'month-period-ends-on-day-off',
  zh: '期限最后一日为休息日时是否顺延至下一个工作日，所依规定未见明文；两个日期并列，较早者稳妥',
  en: 'No rule found says whether a period that ends on a day off moves to the next working day; both days are shown, the earlier is safe',
};

interface Draft {
  readonly rule: LimitRule;
  readonly parameter: Parameter | undefined;
  readonly facts: CaseFacts;
  readonly used: UsedValue[];
}

/** Answers one limit of a case. Pure: the same facts and rulebook give the same answer. */
export function runLimit(rule: LimitRule, facts: CaseFacts, used: UsedValue[]): ClockAnswer {
  const parameter = facts.rulebook.parameters.get(rule.limit);
  const draft: Draft = { rule, parameter, facts, used };
  const begin = rule.begin(facts);
  if (begin === undefined) return blank(draft, { status: 'not-started', words: ['尚未开始'] });
  if ('missing' in begin)
    return blank(draft, {
      determinable: false,
      missing: [begin.missing],
      status: null,
      words: [`缺少${begin.missing}，无法计算`],
    });
  if (rule.special) return special(draft, begin);
  const found = facts.value(rule.limit, begin.date);
  if (!found.found) {
    const done = rule.end?.(facts, begin);
    const why =
      found.reason === 'before'
        ? `${begin.date}时该规定尚未施行，此前的规定未收录`
        : found.reason === 'ceased'
          ? `${begin.date}时该规定已失效，此后的规定未收录`
          : found.reason === 'not-known'
            ? '所选知悉日当时尚未收录该规定'
            : '该期限的数值未找到';
    return blank(draft, {
      from: begin.date,
      determinable: false,
      missing: [rule.limit],
      status: done ? null : 'running',
      doneOn: done?.date ?? null,
      words: [`${begin.words}（${begin.date}）`, `${why}：${parameter?.title.zh ?? rule.limit}，无法判定`],
    });
  }
  used.push(found.used);
  const { unit, value } = found.used;
  if (unit.endsWith('-before-expiry')) return beforeExpiry(draft, begin, found.used);
  if (unit === 'workday' || unit === 'workday-minimum') return workdays(draft, begin, found.used, Number(value));
  if (unit === 'month' || unit === 'year')
    return months(draft, begin, found.used, Number(value) * (unit === 'year' ? 12 : 1));
  if (unit === 'day') return plainDays(draft, begin, found.used, Number(value));
  return blank(draft, {
    from: begin.date,
    determinable: false,
    missing: [rule.limit],
    status: 'running',
    words: [`${begin.words}（${begin.date}）`, `期限单位“${unit}”不能换算为日期`],
  });
}

type Part = Partial<ClockAnswer> & { readonly words: readonly string[] };

function blank(draft: Draft, part: Part, used?: UsedValue): ClockAnswer {
  const { parameter, rule } = draft;
  const value = used ?? shown(draft);
  return {
    limit: rule.limit,
    title: parameter?.title ?? { zh: rule.limit, en: rule.limit },
    determinable: true,
    missing: [],
    from: null,
    due: null,
    status: null,
    doneOn: null,
    remaining: null,
    unit: value?.unit ?? parameter?.unit ?? '',
    value: (value?.value ?? null) as ClockAnswer['value'],
    article: value?.article ?? null,
    source: value?.source ?? null,
    firmness: value?.firmness ?? ('missing' as Firmness),
    stops: [],
    provisional: false,
    uncertainFrom: null,
    questions: parameter?.questions ?? [],
    effect: parameter?.effect?.zh ?? null,
    ...part,
  };
}

/** For clocks that have not begun: the number that would hold today, to be read beside it. */
function shown(draft: Draft): UsedValue | undefined {
  const found = draft.facts.value(draft.rule.limit, draft.facts.asOf);
  if (found.found) return found.used;
  const last = draft.parameter?.values.at(-1);
  const source = last?.sources[0];
  if (!last || !source) return undefined;
  return {
    name: draft.rule.limit,
    value: null,
    unit: draft.parameter?.unit ?? '',
    from: last.from,
    until: last.until,
    source: source.instrument,
    article: articlesOf(last.sources, draft.facts.rulebook.titleOf),
    firmness: 'missing',
    recorded: last.recorded,
    overlay: null,
  };
}

function statusOf(facts: CaseFacts, due: LocalDate | null, done: CaseEvent | undefined, held: boolean): ClockStatus {
  if (done) return due === null || done.date <= due ? 'met' : 'overdue';
  const withdrawn = facts.first('withdrawn');
  // a withdrawal ends what runs; what had run out before stays overdue
  if (withdrawn) return due !== null && withdrawn.date > due ? 'overdue' : 'stopped';
  if (held) return 'stopped';
  return due !== null && facts.asOf > due ? 'overdue' : 'running';
}

function workdays(draft: Draft, start: Start, used: UsedValue, base: number): ClockAnswer {
  const { rule, facts } = draft;
  const { calendar } = facts;
  const handed = rule.handedOver?.(facts, start);
  const done = handed?.asked ?? rule.end?.(facts, start);
  const withdrawn = facts.first('withdrawn');
  const extension = rule.extendable ? extensionOf(draft, start, base, done) : undefined;
  const total = base + (extension?.granted ?? 0);
  const open = intervalsFor(rule, facts, start, done, handed !== undefined);
  const articleOf = (interval: Interval) => rule.stopArticles?.[interval.kind] ?? STOP_ARTICLES[interval.kind];
  const counted = countWithStops(calendar, start.date, total, open, articleOf);
  const undecided = extension !== undefined && extension.granted === null;
  const due = undecided ? null : counted.due;
  const sign = done ? undefined : rule.signs && facts.first(rule.signs, start.date);
  const status = rule.minimum
    ? due !== null && facts.asOf > due
      ? 'met'
      : 'running'
    : sign
      ? 'met'
      : undecided
        ? undecidedStatus(facts, counted.due, latestDue(draft, start, base, extension, open, articleOf), done)
        : statusOf(facts, counted.due, done, counted.held !== null);
  const certain = calendar.certainty(start.date, counted.due ?? counted.held?.on ?? start.date);
  const remaining =
    done || sign
      ? null
      : counted.held
        ? counted.held.remaining
        : due === null || rule.minimum
          ? null
          : remainingOf(facts, due, withdrawn);
  const words = facts.quiet
    ? []
    : [
        `${start.words}（${start.date}），当日不计，自其后第一个工作日起算`,
        basisWords(used, facts.rulebook.titleOf(used.source)),
        ...counted.stops.map(stopWords),
        ...extensionWords(extension),
        ...(due ? [`届满日 ${due}`] : []),
        ...(counted.held && !withdrawn ? [`时限自${counted.held.on}停止，尚余${counted.held.remaining}个工作日`] : []),
        ...(withdrawn && !done ? [`申请已于${withdrawn.date}撤回，时限终止`] : []),
        ...(handed
          ? [`${handed.asked.date}发出补正通知；${handed.answered.date}收到补正资料，另起补正后审评时限`]
          : []),
        ...(sign ? [`未记录完成日；${sign.date}的后续记录表明该步骤已完成`] : []),
        ...(done && !handed ? [`${done.date}完成${due && done.date > due ? '，已逾期' : ''}`] : []),
        ...(status === 'overdue' && !done && rule.lapsed ? [rule.lapsed(facts, start) ?? ''] : []),
        ...(certain.uncertainFrom ? [provisionalWords(certain.uncertainFrom)] : []),
      ].filter((line) => line !== '');
  const promises = promisesOf(draft, start, open, articleOf);
  return blank(
    draft,
    {
      from: start.date,
      due,
      determinable: !undecided,
      missing: undecided ? ['event:extended.length'] : [],
      status,
      doneOn: done?.date ?? null,
      remaining,
      stops: counted.stops,
      ...(extension && { extension: { asked: extension.asked, granted: extension.granted, cap: extension.cap } }),
      ...(promises.length > 0 && { promises }),
      ...safeReading(draft, start, used),
      ...certain,
      words,
    },
    used,
  );
}

/** Stops that hold this clock: those of its kinds, and, while a supplement is awaited, the supplement. */
function intervalsFor(
  rule: LimitRule,
  facts: CaseFacts,
  start: Start,
  done: CaseEvent | undefined,
  handed: boolean,
): Interval[] {
  const out: Interval[] = [];
  for (const kind of rule.stops ?? []) {
    if (kind === 'supplement' && handed) continue;
    for (const interval of intervalsOf(facts, kind)) {
      if (interval.to !== null && interval.to <= start.date) continue;
      if (kind === 'supplement' && interval.from < start.date) continue;
      // what began after the step was done does not concern it; what was still open then ended with it
      if (done && interval.from >= done.date) continue;
      out.push(done && (interval.to === null || interval.to > done.date) ? { ...interval, to: done.date } : interval);
    }
  }
  return out;
}

interface Extension {
  readonly asked: number | null;
  readonly granted: number | null;
  readonly cap: number;
  readonly on: LocalDate;
}

/** Extensions written for this limit while it ran: in sum at most the share of the original limit (第九十六条). */
function extensionOf(draft: Draft, start: Start, base: number, done: CaseEvent | undefined): Extension | undefined {
  const { facts, rule } = draft;
  const events = facts
    .all('extended')
    .filter((e) => e.date >= start.date && (!done || e.date <= done.date) && targetOf(facts, e) === rule.limit);
  const first = events[0];
  if (!first) return undefined;
  const share = facts.value('extension', first.date);
  if (!share.found || typeof share.used.value !== 'number')
    return { asked: null, granted: null, cap: 0, on: first.date };
  draft.used.push(share.used);
  const cap = Math.floor(base * share.used.value);
  if (events.some((e) => e.length === undefined || e.length === null))
    return { asked: null, granted: null, cap, on: first.date };
  const asked = events.reduce((sum, e) => sum + (e.length ?? 0), 0);
  return { asked, granted: Math.min(asked, cap), cap, on: first.date };
}

/** The limit an extension is for: the one it names, else the review that runs on that day, else the check. */
export function targetOf(facts: CaseFacts, event: CaseEvent): string | undefined {
  if (event.of) return event.of;
  const supplemented = facts.events.some((e) => e.type === 'supplement-received' && e.date <= event.date);
  const trial = facts.case.procedure === 'clinical-trial';
  const review = trial ? 'review-trial' : `review-${facts.case.class}`;
  if (facts.case.procedure === 'qms-check') return 'qms-check';
  return supplemented ? `${review}-supp` : review;
}

function extensionWords(extension: Extension | undefined): string[] {
  if (!extension) return [];
  const { asked, granted, cap, on } = extension;
  if (granted === null)
    return [`${on}书面告知延长时限，延长天数未记录；最多可延长${cap}个工作日（原时限的二分之一，第九十六条）`];
  if (asked !== null && asked > granted)
    return [`${on}延长${asked}个工作日，超过原时限的二分之一，按${granted}个工作日计（第九十六条）`];
  return [`${on}延长${granted}个工作日（第九十六条，不超过原时限的二分之一即${cap}个工作日）`];
}

/** Working days from the day asked for to the last day; negative when it has passed. */
function remainingOf(facts: CaseFacts, due: LocalDate, withdrawn: CaseEvent | undefined): number {
  return facts.calendar.count(withdrawn && withdrawn.date < due ? withdrawn.date : facts.asOf, due);
}

/** The last day if the whole of an extension was granted whose length is not on record. */
function latestDue(
  draft: Draft,
  start: Start,
  base: number,
  extension: Extension | undefined,
  open: readonly Interval[],
  articleOf: (interval: Interval) => string,
): LocalDate | null {
  return countWithStops(draft.facts.calendar, start.date, base + (extension?.cap ?? 0), open, articleOf).due;
}

/** With an extension of unknown length: what can be said is what holds for none and for the longest alike. */
function undecidedStatus(
  facts: CaseFacts,
  earliest: LocalDate | null,
  latest: LocalDate | null,
  done: CaseEvent | undefined,
): ClockStatus | null {
  const one = statusOf(facts, earliest, done, earliest === null);
  return one === statusOf(facts, latest, done, latest === null) ? one : null;
}

/** An ambiguous "日": the calendar-day reading is the safe one, the working-day reading the outer limit. */
function safeReading(draft: Draft, start: Start, used: UsedValue): { safeDue?: LocalDate } {
  const ambiguous = draft.parameter?.questions.some((question) => question.id.includes('day'));
  if (draft.rule.limit !== 'change-filing' || !ambiguous || typeof used.value !== 'number') return {};
  return { safeDue: addDays(start.date, used.value) };
}

/** Promises that are days; shares and averages are none. */
const PROMISE_UNITS = new Set(['workday', 'day', 'same-day', 'month']);

/** What a province promised beside the statutory limit: same start, same stops, its own number. */
function promisesOf(
  draft: Draft,
  start: Start,
  open: readonly Interval[],
  articleOf: (interval: Interval) => string,
): ClockPromise[] {
  const { facts, rule } = draft;
  const province = facts.case.province?.slice(0, 2);
  if (facts.quiet || !province || facts.case.class !== 'II' || facts.case.origin === 'imported') return [];
  const out: ClockPromise[] = [];
  for (const parameter of facts.rulebook.parameters.values()) {
    const promise = parameter.promise;
    if (promise?.of !== rule.limit || promise.province !== province) continue;
    if (!PROMISE_UNITS.has(parameter.unit)) continue;
    if (promise.procedures && !promise.procedures.includes(facts.case.procedure)) continue;
    if (promise.condition !== 'none' && promise.condition !== facts.case.route) continue;
    const found = facts.value(parameter.id, start.date);
    if (!found.found || typeof found.used.value !== 'number') continue;
    draft.used.push(found.used);
    const { value } = found.used;
    const due =
      parameter.unit === 'workday'
        ? countWithStops(facts.calendar, start.date, value, open, articleOf).due
        : parameter.unit === 'month'
          ? addMonths(start.date, value)
          : addDays(start.date, value);
    out.push({
      id: parameter.id,
      value,
      unit: parameter.unit,
      due,
      firmness: found.used.firmness,
      scope: promise.scope?.zh ?? null,
    });
  }
  return out;
}

function months(draft: Draft, start: Start, used: UsedValue, count: number): ClockAnswer {
  const { rule, facts } = draft;
  const due = addMonths(start.date, count);
  const done = rule.end?.(facts, start);
  const status = statusOf(facts, due, done, false);
  const moved = movedDay(facts, due);
  const promises = promisesOf(draft, start, [], () => '');
  return blank(
    draft,
    {
      from: start.date,
      due,
      ...(moved && { dueIfMoved: moved }),
      status,
      doneOn: done?.date ?? null,
      ...(promises.length > 0 && { promises }),
      ...dayOffKnown(facts, due, moved),
      questions: moved ? [...(draft.parameter?.questions ?? []), MOVES] : (draft.parameter?.questions ?? []),
      words: [
        `${start.words}（${start.date}）`,
        basisWords(used, facts.rulebook.titleOf(used.source)),
        `届满日 ${due}（月末无对应日的，以该月最后一日为准）`,
        ...(moved ? [`${due}为休息日；若顺延则为${moved}。${MOVES.zh}`] : []),
        ...(done ? [`${done.date}完成${done.date > due ? '，已逾期' : ''}`] : []),
        ...(status === 'overdue' && !done && rule.lapsed ? [rule.lapsed(facts, start) ?? ''] : []),
      ].filter((line) => line !== ''),
    },
    used,
  );
}

/** Whether the last day is a day off is known only for years with a notice. */
function dayOffKnown(facts: CaseFacts, due: LocalDate, moved: LocalDate | undefined) {
  return facts.calendar.certainty(addDays(due, -1), moved ?? due);
}

/** The next working day when a day is none; undefined when the day is a working day. */
function movedDay(facts: CaseFacts, day: LocalDate): LocalDate | undefined {
  return facts.calendar.isWorkday(day) ? undefined : facts.calendar.add(day, 1);
}

function plainDays(draft: Draft, start: Start, used: UsedValue, count: number): ClockAnswer {
  const due = addDays(start.date, count);
  const done = draft.rule.end?.(draft.facts, start);
  return blank(
    draft,
    {
      from: start.date,
      due,
      status: statusOf(draft.facts, due, done, false),
      doneOn: done?.date ?? null,
      words: [
        `${start.words}（${start.date}），当日不计`,
        basisWords(used, draft.facts.rulebook.titleOf(used.source)),
        `届满日 ${due}（自然日）`,
      ],
    },
    used,
  );
}

/** Counted back from a day of expiry, which is not counted itself: a last day, or a window with both days included. */
function beforeExpiry(draft: Draft, start: Start, used: UsedValue): ClockAnswer {
  const { rule, facts } = draft;
  const basis = basisWords(
    { ...used, unit: used.unit.replace('-before-expiry', '') },
    facts.rulebook.titleOf(used.source),
  );
  if (Array.isArray(used.value)) {
    const [most, least] = used.value as number[];
    const from = facts.calendar.add(start.date, -(most as number));
    const to = facts.calendar.add(start.date, -(least as number));
    if (!facts.value(rule.limit, to).found) return actedBefore(draft, start, to);
    const done = rule.endSince?.(facts, from);
    const early = rule.endSince?.(facts);
    const certain = facts.calendar.certainty(start.date, from);
    const status: ClockStatus = done
      ? done.date > to
        ? 'overdue'
        : 'met'
      : facts.asOf < from
        ? 'not-started'
        : facts.asOf > to
          ? 'overdue'
          : 'running';
    return blank(
      draft,
      {
        from: start.date,
        window: { from, to },
        status,
        doneOn: done?.date ?? null,
        remaining: done || status === 'not-started' ? null : facts.calendar.count(facts.asOf, to),
        ...certain,
        words: [
          `${start.words}（${start.date}），当日不计，向前数工作日`,
          basis,
          `可申请期间 ${from} 至 ${to}，首尾两日均在内`,
          ...(early && early.date < from ? [`${early.date}提出，早于可申请期间，不是在期间内提出`] : []),
          ...(done && done.date > to ? [`${done.date}提出，已晚于期间末日`] : []),
          ...(certain.uncertainFrom ? [provisionalWords(certain.uncertainFrom)] : []),
        ],
      },
      used,
    );
  }
  const due = addMonths(start.date, -Number(used.value));
  if (!facts.value(rule.limit, due).found) return actedBefore(draft, start, due);
  const done = rule.end?.(facts, start);
  const moved = movedDay(facts, due);
  const warnFrom = addMonths(due, -1);
  return blank(
    draft,
    {
      from: start.date,
      due,
      ...(moved && { dueIfMoved: moved }),
      warnFrom,
      status: statusOf(facts, due, done, false),
      doneOn: done?.date ?? null,
      ...dayOffKnown(facts, due, moved),
      questions: moved ? [...(draft.parameter?.questions ?? []), MOVES] : (draft.parameter?.questions ?? []),
      words: [
        `${start.words}（${start.date}）向前数${used.value}个月；该月无对应日的，以该月最后一日为准`,
        basis,
        `最迟 ${due}（当日为最后稳妥日），建议自 ${warnFrom} 起办理`,
        ...(moved ? [`${due}为休息日；若顺延则为${moved}。${MOVES.zh}`] : []),
        ...(done ? [`${done.date}已申请${done.date > due ? '，逾期，不予延续（第八十三条(一)）' : ''}`] : []),
      ],
    },
    used,
  );
}

/** The day to act lay before the rule was in force: what held then is not in the rulebook. */
function actedBefore(draft: Draft, start: Start, day: LocalDate): ClockAnswer {
  return blank(draft, {
    from: start.date,
    determinable: false,
    missing: [draft.rule.limit],
    status: null,
    words: [
      `${start.words}（${start.date}）`,
      `应当申请之日${day}时该规定尚未施行，此前的规定未收录：${draft.parameter?.title.zh ?? draft.rule.limit}，无法判定`,
    ],
  });
}

function special(draft: Draft, start: Start): ClockAnswer {
  const { rule, facts } = draft;
  const answer = rule.special?.(facts, start);
  if (!answer) return blank(draft, { status: 'not-started', words: ['尚未开始'] });
  const found = facts.value(rule.limit, start.date);
  if (found.found) draft.used.push(found.used);
  return blank(
    draft,
    {
      from: answer.from,
      due: answer.due,
      determinable: answer.missing.length === 0,
      missing: answer.missing,
      doneOn: answer.done?.date ?? null,
      status: answer.missing.length > 0 && !answer.done ? 'running' : statusOf(facts, answer.due, answer.done, false),
      words: answer.words,
    },
    found.found ? found.used : undefined,
  );
}

/** "3个月" and the like, for those who compose their own words. */
export function amountWords(value: number, unit: string): string {
  return `${value}${unitWords(unit)}`;
}
