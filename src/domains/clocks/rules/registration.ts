import { addDays, addMonths } from '../../../kernel/local-date.ts';
import type { Question } from '../../../rules/shapes.ts';
import { acceptance, lastRound, silenceUnknown, standingApplication } from './acceptance.ts';
import { asksRectification, type CaseFacts, isNegative } from './facts.ts';
import { type Begin, type LimitRule, type Start, startAt } from './limit-rule.ts';

/**
 * Limits of registration, its change and its renewal (注册与备案管理办法 第五十三条以下、第九十一条至第九十九条).
 */

const REVIEW_STOPS = [
  'supplement',
  'rectification',
  'applicant-delay',
  'expert',
  'suspension',
  'qms-check',
  'objection',
] as const;

/** Days on which the review body demonstrably held the file. */
const REVIEW_SIGNS = ['deficiency-notified', 'expert-started', 'extended', 'opinion-issued', 'decided'] as const;

function domesticIII(facts: CaseFacts): boolean {
  return facts.case.class === 'III' && facts.case.origin !== 'imported';
}

/** Acceptance as the start of a limit. */
export function fromAcceptance(facts: CaseFacts, limit = 'accept-defect-notice'): Begin {
  const accepted = acceptance(facts, limit);
  if (!accepted) return silenceUnknown(facts, limit) ? { missing: limit } : undefined;
  return {
    date: accepted.date,
    words: accepted.silent
      ? `逾期未告知补正，自收到申请资料之日起即为受理${accepted.late ? `（${accepted.late}补发的受理通知不改变起算日）` : ''}`
      : '受理',
  };
}

/** Notice of everything to correct, or acceptance: within the limit from receipt. */
export function acceptLimit(limit: string): LimitRule {
  return {
    limit,
    begin: (facts) => startAt(lastRound(facts, limit)?.received, '收到申请资料'),
    end: (facts) => lastRound(facts, limit)?.answer,
    lapsed: (_facts, start) => `未在期限内一次告知补正，自收到申请资料之日（${start.date}）起即为受理`,
  };
}

export const transferLimit: LimitRule = {
  limit: 'transfer-to-review',
  begin: (facts) => fromAcceptance(facts),
  end: (facts, start) => facts.first('transferred', start.date),
  signs: REVIEW_SIGNS,
};

/** Review of one class: from acceptance, and afresh from the receipt of a supplement. */
export function reviewLimits(
  limit: string,
  applies?: (facts: CaseFacts) => boolean,
  end = ['opinion-issued'] as const,
): LimitRule[] {
  return [
    {
      limit,
      ...(applies && { applies }),
      begin: (facts) => fromAcceptance(facts),
      end: (facts, start) => facts.first(end, start.date),
      handedOver: (facts, start) => {
        const answered = facts.first('supplement-received', start.date);
        if (!answered) return undefined;
        const asked = facts.events.findLast(
          (e, i) => e.type === 'deficiency-notified' && e.date >= start.date && i < facts.at(answered),
        );
        return asked && { asked, answered };
      },
      signs: ['decided'],
      stops: REVIEW_STOPS,
      extendable: true,
    },
    {
      limit: `${limit}-supp`,
      ...(applies && { applies }),
      begin: (facts) => {
        const accepted = fromAcceptance(facts);
        if (!accepted || 'missing' in accepted) return undefined;
        const supplement = facts.last('supplement-received');
        if (!supplement || supplement.date < accepted.date) return undefined;
        const asked = facts.events.some((e, i) => e.type === 'deficiency-notified' && i < facts.at(supplement));
        return asked ? startAt(supplement, '收到补正资料，重新起算') : { missing: 'event:deficiency-notified' };
      },
      end: (facts, start) => start.event && facts.after(start.event, end),
      signs: ['decided'],
      questions: severalNotices,
      stops: REVIEW_STOPS,
      extendable: true,
    },
  ];
}

/** One notice, one reply (第五十四条): a second notice has no place in the text. */
function severalNotices(facts: CaseFacts): Question[] {
  if (facts.all('deficiency-notified').length < 2) return [];
  return [
    {
      id: 'one-notice-one-reply',
      zh: '第五十四条只规定一次补正通知、一次提交补正资料；记录了多次，以最后一次推算，其依据有疑',
      en: 'Article 54 knows one notice of deficiencies and one reply; several are on record, the last one is counted, on doubtful ground',
    },
  ];
}

export const supplementLimit: LimitRule = {
  limit: 'supplement',
  questions: severalNotices,
  begin: (facts) => startAt(facts.last('deficiency-notified'), '收到补正通知'),
  end: (facts, start) => start.event && facts.after(start.event, 'supplement-received'),
  lapsed: () => '逾期未补正，终止审评，不予注册',
};

export const objectionLimit: LimitRule = {
  limit: 'objection',
  begin: (facts) => {
    const opinion = facts.last('opinion-issued');
    return opinion && isNegative(opinion) ? startAt(opinion, '被告知拟不通过的审评结论') : undefined;
  },
  end: (facts, start) => start.event && facts.after(start.event, 'objected'),
};

/** The check of the quality system before registration, for domestic class III. */
export function qmsLimits(applies: (facts: CaseFacts) => boolean): LimitRule[] {
  return [
    {
      limit: 'qms-notify',
      applies,
      begin: (facts) => fromAcceptance(facts),
      end: (facts, start) => facts.first('qms-notified', start.date),
      signs: ['qms-started', 'qms-finished', 'decided'],
    },
    {
      limit: 'qms-check',
      applies,
      begin: (facts) => startAt(facts.first('qms-notified'), '收到启动体系核查的通知'),
      end: (facts, start) => start.event && facts.after(start.event, 'qms-finished'),
      stops: ['applicant-delay', 'suspension'],
      extendable: true,
    },
    {
      limit: 'qms-rectify',
      begin: (facts) => {
        const asked = facts.last('rectification-asked');
        const finished = facts.events.findLast(
          (e) => e.type === 'qms-finished' && (asked ? e.date <= asked.date : asksRectification(e)),
        );
        if (!asked && !finished) return undefined;
        return startAt(finished ?? asked, finished ? '体系核查结束，结论为整改后复查' : '要求整改（未记录核查结束日）');
      },
      end: (facts, start) => start.event && facts.after(start.event, 'recheck-asked'),
      lapsed: () => '逾期未完成整改的，结论为整改后未通过核查',
    },
    {
      limit: 'qms-recheck',
      applies,
      begin: (facts) => startAt(facts.last('recheck-asked'), '收到复查申请'),
      end: (facts, start) => start.event && facts.after(start.event, 'qms-finished'),
      stops: ['applicant-delay'],
    },
  ];
}

export const decisionLimits: LimitRule[] = [
  {
    limit: 'decision',
    begin: (facts) => {
      const opinion = facts.last('opinion-issued');
      if (opinion) return startAt(opinion, '收到审评意见');
      return facts.first('decided') ? { missing: 'event:opinion-issued' } : undefined;
    },
    end: (facts, start) => start.event && facts.after(start.event, 'decided'),
    // 第九十八条 leaves these times out of every related limit, not of the review alone
    stops: ['rectification', 'applicant-delay', 'expert', 'suspension', 'qms-check', 'objection'],
  },
  {
    limit: 'deliver',
    begin: (facts) => approvalStart(facts),
    end: (facts, start) => start.event && facts.after(start.event, 'delivered'),
  },
  {
    limit: 'publish-registration',
    begin: (facts) => approvalStart(facts),
    end: (facts, start) => start.event && facts.after(start.event, 'published'),
  },
];

export function approvalStart(facts: CaseFacts): Start | undefined {
  const decided = facts.last('decided');
  return decided && !isNegative(decided) ? startAt(decided, '准予注册') : undefined;
}

const validity: LimitRule = {
  limit: 'cert-validity',
  begin: (facts) => {
    const effective = facts.last('effective');
    if (effective) return startAt(effective, '注册证生效');
    return approvalStart(facts) ? { missing: 'event:effective' } : undefined;
  },
};

/** What first registration, change and renewal have in common. */
function common(): LimitRule[] {
  return [
    acceptLimit('accept-defect-notice'),
    transferLimit,
    ...reviewLimits('review-II', (facts) => facts.case.class !== 'III'),
    ...reviewLimits('review-III', (facts) => facts.case.class !== 'II'),
    supplementLimit,
    ...qmsLimits(domesticIII),
    objectionLimit,
    ...decisionLimits,
  ];
}

export const registrationFirst: readonly LimitRule[] = [...common(), validity];
export const registrationChange: readonly LimitRule[] = common();

function expiry(facts: CaseFacts): Begin {
  const expires = facts.last('expires');
  if (expires) return startAt(expires, '注册证有效期届满日');
  return facts.first('received') ? { missing: 'event:expires' } : undefined;
}

export const registrationRenewal: readonly LimitRule[] = [
  {
    limit: 'renewal-apply',
    begin: expiry,
    end: (facts) => standingApplication(facts),
    lapsed: () => '逾期未申请，不予延续（第八十三条(一)）',
  },
  {
    limit: 'renewal-decide',
    begin: expiry,
    special: (facts, start) => {
      const decided = facts.last('decided');
      const inTime = renewalInTime(facts);
      const lapsed = facts.asOf > start.date && !decided;
      return {
        from: start.date,
        due: start.date,
        done: decided,
        missing: [],
        words: [
          `应在有效期届满（${start.date}）前作出准予延续的决定（第八十二条）`,
          ...(decided ? [`${decided.date}作出决定${decided.date > start.date ? '，在届满之后' : ''}`] : []),
          ...(lapsed && inTime ? ['届满前未作决定，视为准予延续（第八十三条所列情形除外）'] : []),
          ...(lapsed && !inTime ? ['未按期申请，不适用视为准予延续（第八十三条(一)）'] : []),
        ],
      };
    },
  },
  ...common(),
  {
    limit: 'renewal-start',
    begin: expiry,
    special: (facts, start) => {
      const refused = facts.last('decided');
      if (refused && isNegative(refused)) return undefined;
      const decided = approvalStart(facts);
      if (!decided) {
        if (facts.asOf <= start.date) return undefined;
        return {
          from: null,
          due: null,
          done: undefined,
          missing: ['event:decided'],
          words: ['第八十四条只规定批准日在届满前后的两种情形；尚无批准决定，起始日无法判定'],
        };
      }
      const inTime = decided.date <= start.date;
      const from = inTime ? nextDay(start.date) : decided.date;
      return {
        from,
        due: null,
        done: decided.event,
        missing: [],
        words: [
          inTime
            ? `批准日${decided.date}不晚于原证届满日${start.date}：新有效期自届满次日${from}起（第八十四条）`
            : `批准日${decided.date}晚于原证届满日${start.date}：新有效期自批准日起，其间为空档（第八十四条）`,
        ],
      };
    },
  },
];

function nextDay(date: Start['date']): Start['date'] {
  return addDays(date, 1);
}

/** Whether the application to renew was handed in by its last day; undefined when the certificate's day is unknown. */
export function renewalInTime(facts: CaseFacts): boolean {
  const expires = facts.last('expires');
  const received = standingApplication(facts);
  if (!expires || !received || facts.first('withdrawn')) return false;
  const found = facts.value('renewal-apply', expires.date);
  if (!found.found || typeof found.used.value !== 'number') return false;
  return received.date <= addMonths(expires.date, -found.used.value);
}
