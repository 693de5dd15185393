import { addDays, type LocalDate } from '../../../kernel/local-date.ts';
import type { UsedValue } from '../../../rules/rulebook.ts';
import type { CaseEvent, ClockAnswer, ClockStatus } from '../types.ts';
import { blank, type Draft, statusOf } from './answer.ts';
import { countWithStops } from './count.ts';
import { type Extension, extensionOf, extensionWords } from './extensions.ts';
import type { CaseFacts } from './facts.ts';
import type { LimitRule, Start } from './limit-rule.ts';
import { beforeExpiry, months, plainDays } from './periods.ts';
import { promisesOf } from './promises.ts';
import { type Interval, intervalsOf, missingBeginnings, STOP_ARTICLES } from './stops.ts';
import { basisWords, provisionalWords, stopWords } from './words.ts';

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
      status: null,
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

function workdays(draft: Draft, start: Start, used: UsedValue, base: number): ClockAnswer {
  const { rule, facts } = draft;
  const { calendar } = facts;
  const handed = rule.handedOver?.(facts, start);
  const done = handed?.asked ?? rule.end?.(facts, start);
  const withdrawn = facts.first('withdrawn');
  const unknown = missingBeginnings(facts, rule.stops ?? [], start.date, done?.date);
  if (unknown.length > 0)
    return blank(
      draft,
      {
        from: start.date,
        determinable: false,
        missing: unknown,
        status: null,
        doneOn: done?.date ?? null,
        words: [
          `${start.words}（${start.date}）`,
          basisWords(used, facts.rulebook.titleOf(used.source)),
          `记录了停止的结束而未记录其开始（缺少${unknown.join('、')}），应扣除的时间不明，无法判定届满日`,
        ],
      },
      used,
    );
  const open = intervalsFor(rule, facts, start, done, handed !== undefined);
  const extended = rule.extendable && facts.first('extended') !== undefined;
  const plain = extended ? countWithStops(calendar, start.date, base, open, () => '').due : null;
  const extension = extended ? extensionOf(draft, start, base, { done, due: plain }) : undefined;
  const total = base + (extension?.granted ?? 0);
  const articleOf = (interval: Interval) => rule.stopArticles?.[interval.kind] ?? STOP_ARTICLES[interval.kind];
  const counted = countWithStops(calendar, start.date, total, open, articleOf);
  const undecided = extension !== undefined && extension.granted === null;
  const due = undecided ? null : counted.due;
  const sign = done ? undefined : rule.signs && facts.first(rule.signs, start.date);
  const status: ClockStatus | null = rule.minimum
    ? due !== null && facts.asOf > due
      ? 'met'
      : 'running'
    : sign
      ? due !== null && sign.date <= due
        ? 'met'
        : null
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
        ...(sign
          ? [
              `未记录完成日；${sign.date}的后续记录表明至迟当日已完成${due !== null && sign.date <= due ? '' : '，是否按期不明'}`,
            ]
          : []),
        ...(done && !handed ? [`${done.date}完成${due && done.date > due ? '，已逾期' : ''}`] : []),
        ...(status === 'overdue' && !done && rule.lapsed ? [rule.lapsed(facts, start) ?? ''] : []),
        ...(certain.uncertainFrom ? [provisionalWords(certain.uncertainFrom)] : []),
      ].filter((line) => line !== '');
  const promises = promisesOf(draft, start, open, articleOf);
  return blank(
    draft,
    {
      from: start.date,
      due: withdrawn && status === 'stopped' ? null : due,
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

/** Working days from the day asked for to the last day; negative when it has passed. */
function remainingOf(facts: CaseFacts, due: LocalDate, withdrawn: CaseEvent | undefined): number {
  return facts.calendar.count(withdrawn?.date ?? facts.asOf, due);
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
  if (!draft.rule.calendarDaysAreSafe || typeof used.value !== 'number') return {};
  return { safeDue: addDays(start.date, used.value) };
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
