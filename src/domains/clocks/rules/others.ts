import { isNegative } from './facts.ts';
import { type LimitRule, startAt } from './limit-rule.ts';
import { runLimit } from './machine.ts';
import {
  acceptLimit,
  objectionLimit,
  qmsLimits,
  reviewLimits,
  supplementLimit,
  transferLimit,
} from './registration.ts';

/** Trials, filings, the special routes and the limits that stand alone. */

const trialReviews: readonly LimitRule[] = reviewLimits('review-trial').map(
  (rule) =>
    ({
      ...rule,
      end: (facts, start) => facts.first(['opinion-issued', 'decided'], start.date),
      lapsed: () => '期限内未通知的，视为同意开展临床试验',
    }) satisfies LimitRule,
);

export const clinicalTrial: readonly LimitRule[] = [
  acceptLimit('accept-defect-notice'),
  transferLimit,
  ...trialReviews,
  supplementLimit,
  {
    limit: 'trial-start',
    begin: (facts) => {
      const decided = facts.last('decided') ?? facts.last('opinion-issued');
      if (decided) return isNegative(decided) ? undefined : startAt(decided, '批准开展临床试验');
      // deemed agreed by silence: the law names no day on which that approval begins
      const silent = trialReviews.some((rule) => {
        const clock = runLimit(rule, facts, []);
        return clock.status === 'overdue' && clock.doneOn === null;
      });
      return silent ? { missing: 'event:decided' } : undefined;
    },
    end: (facts, start) => start.event && facts.after(start.event, 'trial-started'),
    lapsed: () => '三年内未有受试者签署知情同意书的，该许可自行失效',
  },
];

export const filingClassI: readonly LimitRule[] = [
  {
    limit: 'publish-filing',
    begin: (facts) => startAt(facts.first('received'), '收到备案资料'),
    end: (facts, start) => start.event && facts.after(start.event, 'published'),
  },
];

export const changeFiling: readonly LimitRule[] = [
  {
    limit: 'change-filing',
    // 第九十九条 makes it working days, many guides read calendar days
    calendarDaysAreSafe: true,
    begin: (facts) => startAt(facts.last('changed'), '发生变化'),
    end: (facts, start) => start.event && facts.after(start.event, 'received'),
  },
];

export const innovationReview: readonly LimitRule[] = [
  {
    limit: 'innov-patent',
    begin: (facts) => startAt(facts.first('patent-granted'), '专利授权公告'),
    end: (facts, start) => facts.first('received', start.date),
    lapsed: () => '超过五年不再符合该条件；专利已公开并有检索报告的情形另计',
  },
  {
    limit: 'innov-first-exam',
    applies: (facts) => facts.case.origin !== 'imported',
    begin: (facts) => startAt(facts.first('received'), '收到创新审查申请'),
    end: (facts, start) => start.event && facts.after(start.event, ['accepted', 'rejected', 'opinion-issued']),
  },
  {
    limit: 'innov-exam',
    begin: (facts) => startAt(facts.first('accepted'), '受理创新审查申请'),
    end: (facts, start) => start.event && facts.after(start.event, ['opinion-issued', 'decided']),
  },
  {
    limit: 'innov-publicity',
    minimum: true,
    begin: (facts) => startAt(facts.first('published'), '开始公示'),
  },
];

export const priorityReview: readonly LimitRule[] = [
  {
    limit: 'prio-check',
    begin: (facts) => startAt(facts.first('received'), '收到优先审批申请'),
    end: (facts, start) =>
      start.event && facts.after(start.event, ['accepted', 'rejected', 'opinion-issued', 'published', 'decided']),
  },
  {
    limit: 'prio-publicity',
    minimum: true,
    begin: (facts) => startAt(facts.first('published'), '开始公示'),
  },
  {
    limit: 'prio-objection',
    begin: (facts) => startAt(facts.last('objected'), '收到异议'),
    end: (facts, start) => start.event && facts.after(start.event, ['objection-decided', 'opinion-issued', 'decided']),
  },
];

export const emergencyReview: readonly LimitRule[] = [
  {
    limit: 'emergency',
    begin: (facts) => startAt(facts.first('received') ?? facts.first('accepted'), '应急审批申请'),
    end: (facts) => facts.first('decided'),
  },
];

export const reissue: readonly LimitRule[] = [
  {
    limit: 'reissue',
    begin: (facts) => startAt(facts.first('received') ?? facts.first('accepted'), '收到补发申请'),
    end: (facts, start) => start.event && facts.after(start.event, ['decided', 'delivered']),
  },
];

export const retest: readonly LimitRule[] = [
  {
    limit: 'retest',
    // the party receives the result: recorded as delivery of the result, or as receipt
    begin: (facts) => startAt(facts.first('delivered') ?? facts.first('received'), '收到检验结果'),
    end: (facts, start) => start.event && facts.after(start.event, ['objected', 'received', 'recheck-asked']),
  },
];

export const objection: readonly LimitRule[] = [
  {
    ...objectionLimit,
    begin: (facts) => startAt(facts.last('opinion-issued') ?? facts.last('delivered'), '被告知拟不通过的审评结论'),
  },
];

export const qmsCheck: readonly LimitRule[] = qmsLimits(
  (facts) => facts.case.class !== 'II' && facts.case.class !== 'I' && facts.case.origin !== 'imported',
);

export const classification: readonly LimitRule[] = [
  {
    limit: 'classify',
    // silence accepts registrations and licences; of classification nothing of the kind is recorded
    begin: (facts) => startAt(facts.first('accepted'), '受理类别确认申请'),
    end: (facts, start) => facts.first(['decided', 'opinion-issued'], start.date),
  },
];

export const classChange: readonly LimitRule[] = [
  {
    limit: 'class-up',
    begin: (facts) => startAt(facts.last('class-changed'), '类别调整公告'),
    end: (facts, start) => start.event && facts.after(start.event, 'received'),
  },
  {
    limit: 'class-down-renew',
    begin: (facts) => startAt(facts.last('expires'), '注册证有效期届满日'),
    end: (facts) => facts.first('received'),
  },
];

export const flightInspection: readonly LimitRule[] = [
  {
    limit: 'flight-report',
    begin: (facts) => startAt(facts.last('qms-finished'), '飞行检查结束'),
    end: (facts, start) => start.event && facts.after(start.event, ['reported', 'opinion-issued']),
  },
];
