import { createHash } from 'node:crypto';
import { addDays, type LocalDate } from '../../kernel/local-date.ts';
import type { Duty, PolicyPlace } from '../duties/index.ts';
import type { CalendarDay } from './days.pg.ts';

const WHAT: Readonly<Record<PolicyPlace['day'], { zh: string; en: string }>> = {
  duty: { zh: '政策要求', en: 'asked for by a policy' },
  'consultation-end': { zh: '意见反馈截止', en: 'last day for comments' },
  'filing-deadline': { zh: '政策所定截止日', en: 'last day set by a policy' },
};
const LONGEST = 60;

/**
 * Days of acts as duties of their own kind, never firmer than the words they were read in. What is past is neither
 * fulfilled nor overdue: nobody knows, unless a record names the duty.
 */
export function policyDuties(
  days: readonly CalendarDay[],
  on: LocalDate,
  records: readonly { readonly obligation?: unknown; readonly date?: unknown }[],
): Duty[] {
  return days.map(({ id, ordinal, title, number, match, day }) => {
    const kind = day.kind as PolicyPlace['day'];
    const due = day.date as LocalDate;
    // the sentence names the duty: its place moves when the text above it changes
    const sentence = createHash('sha256').update(`${day.date} ${day.quote}`).digest('hex').slice(0, 12);
    const obligation = `policy/${id}/${ordinal}/${sentence}`;
    const record = records.find((one) => one.obligation === obligation && typeof one.date === 'string');
    const action = kind === 'duty' ? day.zh : title;
    const short = action.length > LONGEST ? `${action.slice(0, LONGEST)}…` : action;
    const path = `/policies/${id}`;
    return {
      obligation,
      title: { zh: `${WHAT[kind].zh}：${short}`, en: `${WHAT[kind].en}: ${short}` },
      kind: 'policy',
      due,
      warnFrom: addDays(due, -7),
      determinable: match.fits === 'yes',
      missing: match.missing,
      trigger: null,
      article: null,
      firmness: 'unverified',
      source: null,
      consequence: null,
      recipient: null,
      status: record ? 'satisfied' : due < on ? null : 'open',
      ...(record ? { satisfiedBy: { date: record.date as LocalDate, late: (record.date as string) > due } } : {}),
      subject: `《${title}》${number ? `（${number}）` : ''}`,
      provisional: match.fits !== 'yes',
      uncertainFrom: null,
      questions: [],
      words: [
        `“${day.quote}”`,
        '摘自政策原文，须核对 / from the text of a policy: to be checked',
        ...(match.missing.length > 0 ? [`待补充 missing: ${match.missing.join('、')}`] : []),
        path,
      ],
      policy: { id, ordinal, title, number, path, day: kind, quote: day.quote, start: day.start, end: day.end },
    };
  });
}
