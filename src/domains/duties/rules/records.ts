import type { DoneRecord, Duty } from '../types.ts';
import type { DutyDraft } from './duty-draft.ts';

/** Kinds of records that fulfil an obligation, beside records named after it. */
const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  'self-report-prod': ['annual-self-report', '年度自查报告'],
  'self-report-agent': ['annual-self-report', '年度自查报告'],
  'self-report-dist': ['annual-self-report', '年度自查报告'],
  'self-check-user': ['self-check', '自查报告'],
  'quarter-hear-prod': ['quarterly-hearing', '季度调度记录'],
  'quarter-hear-dist': ['quarterly-hearing', '风险会商会议纪要'],
  'quality-agreement-review': ['quality-agreement-reviewed', '质量协议评审记录'],
  'mr-report': ['management-representative-report'],
  'cert-renew': ['renewal-application', '延续注册申请'],
  'licence-renew': ['licence-renewal-application', '生产许可证延续申请'],
  'dist-licence-renew': ['licence-renewal-application', '经营许可证延续申请'],
  'change-file': ['change-filing', '变更备案'],
  'change-reg': ['change-registration', '变更注册'],
  'ae-death-mah': ['adverse-event-report', '不良事件报告'],
  'ae-serious-mah': ['adverse-event-report', '不良事件报告'],
  'ae-death-user': ['adverse-event-report', '不良事件报告'],
  'ae-serious-user': ['adverse-event-report', '不良事件报告'],
  'ae-abroad': ['adverse-event-report', '不良事件报告'],
  'ae-evaluate-death': ['ae-evaluate', 'adverse-event-evaluation'],
  'ae-evaluate-serious': ['ae-evaluate', 'adverse-event-evaluation'],
  prer: ['periodic-risk-evaluation-report', '定期风险评价报告'],
  'prer-class1': ['periodic-risk-evaluation-report', '定期风险评价报告'],
  'prer-renewed': ['periodic-risk-evaluation-report', '定期风险评价报告'],
  'recall-notify-1': ['recall-notice', '召回通知'],
  'recall-notify-2': ['recall-notice', '召回通知'],
  'recall-notify-3': ['recall-notice', '召回通知'],
  'recall-form': ['recall-report-form', '召回事件报告表'],
  'recall-plan': ['recall-plan-report', '召回计划'],
  'recall-publish': ['recall-announcement', '召回公告'],
  'recall-finish': ['recall-summary', '召回总结评估报告'],
};

/** Whether a record is of an obligation: it names it, or is of a kind that fulfils it. */
export function namesObligation(record: DoneRecord, obligation: string): boolean {
  if (record.obligation) return record.obligation === obligation;
  if (!record.type) return false;
  return record.type === obligation || (ACCEPTED[obligation]?.includes(record.type) ?? false);
}

/**
 * The record that fulfils each duty. A record with `for` goes to the duty of that subject, period, day due or event;
 * one without goes by its date to the first duty it can belong to. Each record fulfils one duty of an obligation.
 */
export function fulfilled(
  drafts: readonly DutyDraft[],
  records: readonly DoneRecord[],
): Map<DutyDraft, NonNullable<Duty['satisfiedBy']>> {
  const out = new Map<DutyDraft, NonNullable<Duty['satisfiedBy']>>();
  const taken = new Set<string>();
  const byDate = records.map((record, i) => ({ record, i })).sort((a, b) => compare(a.record.date, b.record.date));
  const open = drafts
    .filter((draft) => draft.kind !== 'standing' && draft.due !== null)
    .sort((a, b) => compare(a.due ?? '', b.due ?? ''));
  const ofObligation = new Map(
    [...new Set(open.map((draft) => draft.obligation))].map((id) => [
      id,
      byDate.filter(({ record }) => namesObligation(record, id)),
    ]),
  );
  // records that say what they are for come first, so that none of the others takes their place
  for (const named of [true, false])
    for (const draft of open) {
      if (out.has(draft)) continue;
      const hit = ofObligation
        .get(draft.obligation)
        ?.find(
          ({ record, i }) =>
            Boolean(record.for) === named && !taken.has(`${draft.obligation}\n${i}`) && belongs(record, draft),
        );
      if (!hit) continue;
      taken.add(`${draft.obligation}\n${hit.i}`);
      out.set(draft, { date: hit.record.date, late: draft.due !== null && hit.record.date > draft.due });
    }
  return out;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function belongs(record: DoneRecord, draft: DutyDraft): boolean {
  const { from, to } = draft.accepts;
  if (record.for) {
    if (record.for === draft.due || draft.labels.includes(record.for)) return true;
    if (record.for !== draft.subject) return false;
  }
  return (from === null || record.date >= from) && (to === null || record.date <= to);
}
