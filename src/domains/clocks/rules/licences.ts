import { standingApplication } from './acceptance.ts';
import { type CaseFacts, isNegative } from './facts.ts';
import { type Begin, type LimitRule, startAt } from './limit-rule.ts';
import { acceptLimit, fromAcceptance } from './registration.ts';

/** Limits of production and distribution licences and filings (令53 第十一至二十三条; 令54 第十一至二十二条). */

const RECTIFICATION = { production: '令53第十三条', distribution: '令54第十三、十五条' } as const;

/** 行政许可法第四十五条: hearing, expert review and the like are outside every licensing limit. */
const EXPERT = '行政许可法第四十五条';

function decide(limit: string, accept: string, branch: keyof typeof RECTIFICATION): LimitRule {
  return {
    limit,
    begin: (facts) => fromAcceptance(facts, accept),
    end: (facts, start) => facts.first('decided', start.date),
    stops: ['rectification', 'expert'],
    stopArticles: { rectification: RECTIFICATION[branch], expert: EXPERT },
  };
}

function issue(limit: string): LimitRule {
  return {
    limit,
    begin: (facts) => {
      const decided = facts.last('decided');
      return decided && !isNegative(decided) ? startAt(decided, '作出准予许可的决定') : undefined;
    },
    end: (facts, start) => start.event && facts.after(start.event, 'delivered'),
  };
}

function expiry(facts: CaseFacts): Begin {
  const expires = facts.last('expires');
  if (expires) return startAt(expires, '许可证有效期届满日');
  return facts.first('received') ? { missing: 'event:expires' } : undefined;
}

function window(limit: string): LimitRule {
  // an application before the window is none in the window
  return { limit, begin: expiry, endSince: standingApplication };
}

export const productionLicence: readonly LimitRule[] = [
  acceptLimit('prod-accept'),
  decide('prod-decide', 'prod-accept', 'production'),
  issue('prod-issue'),
  {
    limit: 'prod-validity',
    begin: (facts) => {
      const effective = facts.last('effective');
      if (effective) return startAt(effective, '许可证生效');
      const decided = facts.last('decided');
      // the facts name no start for the five years
      return decided && !isNegative(decided) ? { missing: 'event:effective' } : undefined;
    },
  },
];

export const productionLicenceRenewal: readonly LimitRule[] = [window('prod-renew-window')];

export const productionChange: readonly LimitRule[] = [
  {
    limit: 'prod-register-change',
    begin: (facts) => startAt(facts.last('changed'), '登记事项发生变更'),
    end: (facts, start) => start.event && facts.after(start.event, 'received'),
  },
  {
    limit: 'prod-register-change-authority',
    begin: (facts) => startAt(facts.last('received'), '收到变更申请'),
    end: (facts, start) => start.event && facts.after(start.event, 'decided'),
  },
];

export const productionFiling: readonly LimitRule[] = [
  {
    limit: 'prod-filing-check',
    begin: (facts) => startAt(facts.first('received'), '办理备案'),
    end: (facts, start) => start.event && facts.after(start.event, 'qms-finished'),
  },
  {
    limit: 'prod-filing-change',
    begin: (facts) => startAt(facts.last('changed'), '备案内容发生变化'),
    end: (facts, start) => start.event && facts.after(start.event, 'received'),
  },
];

export const distributionLicence: readonly LimitRule[] = [
  acceptLimit('dist-accept'),
  decide('dist-decide', 'dist-accept', 'distribution'),
  issue('dist-issue'),
];

export const distributionLicenceRenewal: readonly LimitRule[] = [window('dist-renew-window')];

export const distributionChange: readonly LimitRule[] = [
  acceptLimit('dist-accept'),
  decide('dist-decide', 'dist-accept', 'distribution'),
];

export const distributionFiling: readonly LimitRule[] = [
  {
    limit: 'dist-filing-check',
    begin: (facts) => startAt(facts.first('received'), '办理备案（必要时开展现场检查）'),
    end: (facts, start) => start.event && facts.after(start.event, 'qms-finished'),
  },
];
