import type { Page } from '../../api/types.ts';
import type { Bilingual } from '../../i18n/text.ts';

/** What of an enterprise a policy is held against. Empty is "not said". */
export interface MatchProfile {
  readonly region: { readonly province: string; readonly city: string | null } | null;
  readonly roles: readonly string[];
  readonly classes: readonly string[];
  readonly products: readonly string[];
  readonly pathways: readonly string[];
  readonly origin: 'domestic' | 'imported' | 'both' | null;
}

export const NO_PROFILE: MatchProfile = {
  region: null,
  roles: [],
  classes: [],
  products: [],
  pathways: [],
  origin: null,
};

interface NamedWord extends Bilingual {
  readonly id: string;
}

export const PATHWAYS: readonly NamedWord[] = [
  { id: 'first-registration', zh: '首次注册', en: 'First registration' },
  { id: 'renewal', zh: '延续注册', en: 'Renewal' },
  { id: 'change', zh: '变更注册', en: 'Change of registration' },
  { id: 'filing', zh: '备案', en: 'Filing' },
  { id: 'innovative', zh: '创新特别审查', en: 'Innovative devices' },
  { id: 'priority', zh: '优先审批', en: 'Priority approval' },
  { id: 'emergency', zh: '应急审批', en: 'Emergency approval' },
  { id: 'conditional', zh: '附条件批准', en: 'Conditional approval' },
  { id: 'clinical-trial', zh: '临床试验', en: 'Clinical trial' },
  { id: 'entrusted', zh: '委托生产', en: 'Entrusted production' },
  { id: 'procurement', zh: '集中采购', en: 'Volume-based procurement' },
  { id: 'insurance', zh: '医保支付', en: 'Insurance payment' },
];

export interface SubscriptionWords {
  readonly roles: readonly string[];
  readonly pathways: readonly NamedWord[];
  readonly events: readonly NamedWord[];
  readonly channels: {
    readonly mail: { readonly configured: boolean; readonly why: Bilingual | null };
    readonly feed: { readonly publicUrl: string | null };
  };
  readonly provinces: readonly { readonly name: string; readonly cities: readonly string[] }[];
}

export interface MatchReason extends Bilingual {
  readonly about: string;
  /** Speaks for it, against it, or cannot be told. */
  readonly holds: boolean | null;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

export interface MatchDay extends Bilingual {
  readonly date: string;
  readonly kind: string;
  readonly actor: string | null;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

export interface Match {
  readonly fits: 'yes' | 'no' | 'undetermined';
  readonly bearing: 'binding' | 'draft' | 'consultation' | 'interpretation' | 'none';
  readonly reasons: readonly MatchReason[];
  readonly missing: readonly string[];
  readonly days: readonly MatchDay[];
}

export interface MatchedDocument extends Match {
  readonly ordinal: number;
  readonly title: string;
  readonly kind: string;
  readonly docType: string | null;
  readonly isPolicy: boolean;
  readonly number: string | null;
}

export type About =
  | {
      readonly type: 'query';
      readonly q: string;
      readonly filter: Readonly<Partial<Record<'kind' | 'issuer' | 'region' | 'level', string>>>;
    }
  | {
      readonly type: 'profile';
      readonly profile: MatchProfile;
      readonly enterprise?: string;
      readonly undetermined: boolean;
    }
  | { readonly type: 'act'; readonly id: string; readonly ordinal: number };

export const EVENT_KINDS = ['added', 'changed', 'cited', 'amended', 'repealed', 'interpreted', 'corrected'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface Mail {
  readonly to: string;
  readonly when: 'at-once' | 'daily' | 'weekly';
  readonly hour?: number;
  readonly weekday?: number;
}

export interface SubscriptionBody {
  readonly name: string;
  readonly about: About;
  readonly events: readonly EventKind[];
  readonly mail: Mail | null;
  readonly webhook: { readonly url: string } | null;
}

export interface Channel {
  readonly channel: 'mail' | 'webhook';
  readonly state: 'idle' | 'waiting' | 'retrying' | 'paused' | 'off';
  readonly deliveredSeq: number;
  readonly pending: number;
  readonly failures: number;
  readonly nextAttemptAt: string | null;
  readonly reason: string | null;
  readonly lastAt: string | null;
}

export interface Subscription extends SubscriptionBody {
  readonly id: string;
  readonly version: string;
  readonly feed: boolean;
  readonly recordedAt: string;
  readonly messages: number;
  readonly unread: number;
  readonly lastSeq: number;
  readonly lastAt: string | null;
  readonly target: { readonly title: string; readonly number: string | null } | null;
  readonly channels: readonly Channel[];
  readonly webhookSecret?: string;
}

export interface Attempt {
  readonly channel: string;
  readonly fromSeq: number | null;
  readonly toSeq: number | null;
  readonly attempt: number;
  readonly outcome: 'delivered' | 'failed' | 'trial';
  readonly note: string | null;
  readonly at: string;
}

export interface WholeSubscription extends Subscription {
  readonly versions: readonly { readonly id: string; readonly recordedAt: string }[];
  readonly attempts: readonly Attempt[];
}

interface NamedAct {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
  readonly path: string;
}

export interface Message {
  readonly seq: number;
  /** One less than `seq`, unless something is lost; null for the first. */
  readonly previousSeq: number | null;
  readonly at: string;
  readonly read: boolean;
  readonly event: { readonly no: number; readonly kind: EventKind; readonly at: string };
  readonly words: Bilingual;
  readonly act: NamedAct & {
    readonly kind: string;
    readonly docType: string | null;
    readonly isPolicy: boolean;
    readonly issuers: readonly string[];
    readonly issuedOn: string | null;
    readonly effectiveOn: string | null;
  };
  readonly about: (NamedAct & { readonly quote: string | null }) | null;
  readonly match: Match | null;
  readonly hits: readonly { readonly typed: string; readonly found: string; readonly quote: string }[] | null;
}

export type InboxMessage = Message & { readonly subscription: { readonly id: string; readonly name: string } };

export interface Inbox extends Page<InboxMessage> {
  readonly unread: number;
}

export interface Preview {
  readonly days: number;
  readonly events: number;
  readonly matches: number;
  readonly words?: readonly { readonly typed: string; readonly others: readonly string[] }[];
  readonly items: readonly Omit<Message, 'seq' | 'previousSeq' | 'read'>[];
}
