import { addDays, addMonths, type LocalDate } from '../../../kernel/local-date.ts';
import type { UsedValue } from '../../../rules/rulebook.ts';
import type { Question } from '../../../rules/shapes.ts';
import type { ClockAnswer, ClockStatus } from '../types.ts';
import { blank, type Draft, statusOf } from './answer.ts';
import type { CaseFacts } from './facts.ts';
import type { Start } from './limit-rule.ts';
import { promisesOf } from './promises.ts';
import { basisWords, provisionalWords } from './words.ts';

/** The open question of every period of months or years: no rule found moves a last day that is no working day. */
const MOVES: Question = {
  id: 'month-period-ends-on-day-off',
  zh: '期限最后一日为休息日时是否顺延至下一个工作日，所依规定未见明文；两个日期并列，较早者稳妥',
  en: 'No rule found says whether a period that ends on a day off moves to the next working day; both days are shown, the earlier is safe',
};

/** A period of months or years, to the same day number. */
export function months(draft: Draft, start: Start, used: UsedValue, count: number): ClockAnswer {
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
      ...(moved && {
        questions: [...(draft.parameter?.questions ?? []), ...(draft.rule.questions?.(facts) ?? []), MOVES],
      }),
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

/** Calendar days. */
export function plainDays(draft: Draft, start: Start, used: UsedValue, count: number): ClockAnswer {
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
export function beforeExpiry(draft: Draft, start: Start, used: UsedValue): ClockAnswer {
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
      ...(moved && {
        questions: [...(draft.parameter?.questions ?? []), ...(draft.rule.questions?.(facts) ?? []), MOVES],
      }),
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
