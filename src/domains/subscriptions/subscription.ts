import { z } from 'zod';
import type { Hit } from './rules/match-query.ts';
import { EVENT_KINDS, type EventKind, type Match, profileShape, type Words } from './types.ts';

const filterShape = z.strictObject({
  kind: z.string().trim().max(200).nullish(),
  issuer: z.string().trim().max(100).nullish(),
  region: z.string().trim().max(100).nullish(),
  level: z.enum(['national', 'province', 'city']).nullish(),
});

export const aboutShape = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('query'),
    q: z.string().trim().max(500),
    filter: filterShape.default({}),
  }),
  z.strictObject({
    type: z.literal('profile'),
    profile: profileShape.default({}),
    /** A kept enterprise of the duty calendar; what it says goes before the profile. */
    enterprise: z.uuid().nullish(),
    /** Also acts of which it cannot be told whether they fit. */
    undetermined: z.boolean().default(true),
  }),
  z.strictObject({ type: z.literal('act'), id: z.uuid(), ordinal: z.number().int().min(0).default(0) }),
]);
export type About = z.infer<typeof aboutShape>;

export const mailShape = z.strictObject({
  to: z.email().max(300),
  when: z.enum(['at-once', 'daily', 'weekly']),
  hour: z.number().int().min(0).max(23).default(8),
  weekday: z.number().int().min(1).max(7).default(1),
});

export const subscriptionShape = z.strictObject({
  name: z.string().trim().min(1).max(200),
  about: aboutShape,
  events: z.array(z.enum(EVENT_KINDS)).min(1).max(EVENT_KINDS.length).optional(),
  mail: mailShape.nullish(),
  webhook: z.strictObject({ url: z.string().trim().min(1).max(2_000) }).nullish(),
});

/** What is kept of a subscription. */
export interface Content {
  readonly about: About;
  readonly events: readonly EventKind[];
  readonly mail: z.infer<typeof mailShape> | null;
  readonly webhook: { readonly url: string } | null;
}

/** Kinds of events that are told unless others are chosen. */
export function usualEvents(about: About): EventKind[] {
  return about.type === 'act'
    ? ['changed', 'cited', 'amended', 'repealed', 'interpreted', 'corrected']
    : ['added', 'changed', 'amended', 'repealed'];
}

/** An act as a message names it. */
export interface NamedAct {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
  readonly kind: string | null;
  readonly docType: string | null;
  readonly isPolicy: boolean;
  readonly issuers: readonly string[];
  readonly region: { readonly primary: string; readonly level: string } | null;
  readonly issuedOn: string | null;
  readonly effectiveOn: string | null;
  readonly path: string;
}

/** What a message says, but for its number. */
export interface Told {
  readonly event: { readonly no: number; readonly kind: EventKind; readonly at: string };
  readonly words: Words;
  readonly act: NamedAct;
  /** The act that cites, amends, repeals or interprets. */
  readonly about: (NamedAct & { readonly quote: string | null }) | null;
  readonly match: Match | null;
  readonly hits: readonly Hit[] | null;
  /** Further documents of the same text that answer, such as other articles of a digest. */
  readonly others: readonly { readonly ordinal: number; readonly title: string; readonly fits: Match['fits'] | null }[];
}

/** A message as it is handed out: numbered without a gap, so that a lost one shows. */
export interface Message extends Told {
  readonly seq: number;
  readonly previousSeq: number | null;
  readonly at: string;
}
