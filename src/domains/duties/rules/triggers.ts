import type { DutyEvent } from '../types.ts';

/**
 * Which event calls up which obligations. A trigger that depends on more than the kind of event says so: true, false, or
 * the name of the fact that would have to be known.
 */
export interface Trigger {
  readonly obligation: string;
  readonly when?: (event: DutyEvent) => boolean | string;
  /** Counts from the report of the event, not from the event: the obligation whose record, or report event, is meant. */
  readonly afterReport?: string;
}

/** What happened, in words, for each canonical type of event. */
export const EVENT_WORDS = {
  'adverse-event': '发现或者获知可疑不良事件',
  'adverse-event-reported': '已报告不良事件',
  'group-adverse-event': '发现群体不良事件',
  'recall-decided': '作出召回决定',
  'recall-completed': '召回完成',
  'recall-form-received': '收到召回事件报告表',
  'management-representative-appointed': '确定管理者代表',
  'management-representative-unable': '管理者代表不能有效履职',
  'product-added': '增加产品品种',
  'production-resumed': '重新生产',
  'distribution-resumed': '恢复经营',
  'line-change': '车间、生产线改造',
  'conditions-lost': '不再符合质量管理体系要求',
  'licence-item-changed': '生产许可证登记事项变更',
  'registered-item-changed': '注册证所列其他事项变化',
  'substantive-change': '可能影响安全、有效的实质性变化',
  'entrusted-party-changed': '变更受托生产',
  'entrust-stopped': '委托终止',
  'first-registered': '首次注册',
  'first-filed': '首次备案',
  'renewal-applied': '延续注册申请',
  'certificate-expires': '注册证有效期届满',
  'licence-expires': '许可证有效期届满',
  expires: '有效期届满',
  'condition-date': '注册证载明的附条件完成日期',
} as const;
export type EventType = keyof typeof EVENT_WORDS;
export const EVENT_TYPES = Object.keys(EVENT_WORDS) as readonly EventType[];

const ALIASES: Readonly<Record<string, EventType>> = {
  ae: 'adverse-event',
  'adverse-event-found': 'adverse-event',
  不良事件: 'adverse-event',
  'ae-reported': 'adverse-event-reported',
  'group-event': 'group-adverse-event',
  群体不良事件: 'group-adverse-event',
  recall: 'recall-decided',
  'recall-decision': 'recall-decided',
  召回: 'recall-decided',
  召回决定: 'recall-decided',
  'recall-finished': 'recall-completed',
  召回完成: 'recall-completed',
  'management-representative-changed': 'management-representative-appointed',
  'mr-appointed': 'management-representative-appointed',
  'mr-unable': 'management-representative-unable',
  'new-product': 'product-added',
  'product-variety-added': 'product-added',
  'production-resume': 'production-resumed',
  重新生产: 'production-resumed',
  'distribution-resume': 'distribution-resumed',
  恢复经营: 'distribution-resumed',
  'line-changed': 'line-change',
  'line-reconstruction': 'line-change',
  'licence-changed': 'licence-item-changed',
  'certificate-item-changed': 'registered-item-changed',
  'entrust-switched': 'entrusted-party-changed',
  'contract-manufacturer-changed': 'entrusted-party-changed',
  'entrustment-ended': 'entrust-stopped',
  registered: 'first-registered',
  filed: 'first-filed',
  'certificate-expiry': 'certificate-expires',
  'licence-expiry': 'licence-expires',
  expiry: 'expires',
};

/** The canonical type behind a word; undefined when there is none. */
export function eventTypeOf(word: string): EventType | undefined {
  return EVENT_TYPES.find((type) => type === word) ?? (Object.hasOwn(ALIASES, word) ? ALIASES[word] : undefined);
}

/** Words that say the event and its gravity or level at once: `adverse-event-death`, `recall-level-1`, 死亡事件, 一级召回. */
const TOGETHER: readonly (readonly [pattern: RegExp, type: EventType, of: 'severity' | 'level'])[] = [
  [/^(?:adverse-event|ae)-(death|serious|serious-injury|other|group|abroad)$/, 'adverse-event', 'severity'],
  [/^(death|serious-injury)(?:-event)?$/, 'adverse-event', 'severity'],
  [/^(死亡|严重伤害|境外)(?:不良)?事件$/, 'adverse-event', 'severity'],
  [/^recall-(?:level-|class-)?([123]|I{1,3})$/, 'recall-decided', 'level'],
  [/^([一二三]级)召回$/, 'recall-decided', 'level'],
];

/** An event with its gravity or level taken out of the word of its type; the event itself where the word holds none. */
export function takenApart(event: DutyEvent): DutyEvent {
  for (const [pattern, type, of] of TOGETHER) {
    const word = pattern.exec(event.type)?.[1];
    if (word !== undefined) return { ...event, type, [of]: event[of] ?? word };
  }
  return event;
}

type Severity = 'death' | 'serious' | 'other' | 'group' | 'abroad';

const SEVERITIES: Readonly<Record<string, Severity>> = {
  death: 'death',
  死亡: 'death',
  serious: 'serious',
  'serious-injury': 'serious',
  严重: 'serious',
  严重伤害: 'serious',
  'possible-death': 'serious',
  'possible-serious': 'serious',
  可能导致死亡: 'serious',
  可能导致严重伤害: 'serious',
  other: 'other',
  minor: 'other',
  其他: 'other',
  group: 'group',
  群体: 'group',
  abroad: 'abroad',
  境外: 'abroad',
};

/** How grave an adverse event is; undefined when the event does not say, null when its word is not known. */
export function severityOf(event: DutyEvent): Severity | undefined | null {
  if (!event.severity) return undefined;
  return Object.hasOwn(SEVERITIES, event.severity) ? SEVERITIES[event.severity] : null;
}

const LEVELS: Readonly<Record<string, 1 | 2 | 3>> = {
  '1': 1,
  '2': 2,
  '3': 3,
  I: 1,
  II: 2,
  III: 3,
  一级: 1,
  二级: 2,
  三级: 3,
};

/** Level of a recall; undefined when the event does not say, null when its word is not known. */
export function levelOf(event: DutyEvent): 1 | 2 | 3 | undefined | null {
  if (event.level === undefined || event.level === null) return undefined;
  const word = String(event.level);
  return Object.hasOwn(LEVELS, word) ? LEVELS[word] : null;
}

function home(...grave: readonly Severity[]): (event: DutyEvent) => boolean | string {
  return (event) => {
    const severity = severityOf(event);
    if (event.abroad || severity === 'abroad') return false;
    return severity ? grave.includes(severity) : 'severity';
  };
}

/** Reports of single events of any gravity: not those abroad, and not group events, which have limits of their own. */
function single(event: DutyEvent): boolean {
  const severity = severityOf(event);
  return !event.abroad && severity !== 'abroad' && severity !== 'group';
}

function abroad(event: DutyEvent): boolean | string {
  const severity = severityOf(event);
  if (severity === 'abroad') return true;
  if (!event.abroad) return false;
  return severity === undefined ? 'severity' : severity === 'death' || severity === 'serious';
}

function level(wanted: 1 | 2 | 3): (event: DutyEvent) => boolean | string {
  return (event) => levelOf(event) === wanted || (levelOf(event) === undefined ? 'level' : false);
}

const isGroup = (event: DutyEvent) => severityOf(event) === 'group' && !event.abroad;
const GROUP = ['ae-group-12h', 'ae-group-24h', 'ae-group-7d', 'ae-group-user-24h'] as const;

/** Where an event does not say what expires, `of` is missing (unless the party can mean one thing only). */
function expires(what: 'certificate' | 'production' | 'distribution'): (event: DutyEvent) => boolean | string {
  return (event) => (event.of ? event.of === what : 'of');
}

export const TRIGGERS: Readonly<Record<EventType, readonly Trigger[]>> = {
  'adverse-event': [
    { obligation: 'ae-death-mah', when: home('death') },
    { obligation: 'ae-serious-mah', when: home('serious') },
    { obligation: 'ae-tell-holder', when: single },
    { obligation: 'ae-death-user', when: home('death') },
    { obligation: 'ae-serious-user', when: home('serious') },
    { obligation: 'ae-abroad', when: abroad },
    { obligation: 'ae-evaluate-death', when: home('death'), afterReport: 'ae-death-mah' },
    { obligation: 'ae-evaluate-serious', when: home('serious'), afterReport: 'ae-serious-mah' },
    ...GROUP.map((obligation) => ({ obligation, when: isGroup })),
  ],
  'adverse-event-reported': [
    { obligation: 'ae-evaluate-death', when: home('death') },
    { obligation: 'ae-evaluate-serious', when: home('serious') },
  ],
  'group-adverse-event': GROUP.map((obligation) => ({ obligation })),
  'recall-decided': [
    { obligation: 'recall-notify-1', when: level(1) },
    { obligation: 'recall-notify-2', when: level(2) },
    { obligation: 'recall-notify-3', when: level(3) },
    { obligation: 'recall-form' },
    { obligation: 'recall-publish' },
    { obligation: 'recall-plan' },
    { obligation: 'recall-progress' },
  ],
  'recall-completed': [{ obligation: 'recall-finish' }],
  'recall-form-received': [{ obligation: 'recall-province-up' }],
  'management-representative-appointed': [{ obligation: 'mr-report' }],
  'management-representative-unable': [{ obligation: 'mr-replace' }],
  'product-added': [
    { obligation: 'product-variety' },
    { obligation: 'condition-change-new-product', when: (event) => event.changesConditions ?? 'changesConditions' },
  ],
  'production-resumed': [{ obligation: 'resume' }],
  'distribution-resumed': [{ obligation: 'resume-dist' }],
  'line-change': [{ obligation: 'line-change' }],
  'conditions-lost': [{ obligation: 'condition-lost' }],
  'licence-item-changed': [{ obligation: 'licence-item-change' }],
  'registered-item-changed': [{ obligation: 'change-file' }],
  'substantive-change': [{ obligation: 'change-reg' }],
  'entrusted-party-changed': [{ obligation: 'entrust-switch' }],
  'entrust-stopped': [{ obligation: 'entrust-stop' }],
  'first-registered': [{ obligation: 'prer' }],
  'first-filed': [{ obligation: 'prer-class1' }],
  'renewal-applied': [{ obligation: 'prer-renewed' }],
  'certificate-expires': [{ obligation: 'cert-renew' }],
  'licence-expires': [
    { obligation: 'licence-renew', when: expires('production') },
    { obligation: 'dist-licence-renew', when: expires('distribution') },
  ],
  expires: [
    { obligation: 'cert-renew', when: expires('certificate') },
    { obligation: 'licence-renew', when: expires('production') },
    { obligation: 'dist-licence-renew', when: expires('distribution') },
  ],
  'condition-date': [{ obligation: 'conditional' }],
};

/** Triggers of an obligation that stands for two, split by the gravity of the event. */
export const SPLIT: Readonly<Record<string, readonly Trigger[]>> = {
  'ae-evaluate': TRIGGERS['adverse-event-reported'],
};
