import { z } from 'zod';
import { ROLES } from '../duties/index.ts';

/** Occasions an enterprise may be concerned with, by the words that name them in titles and texts. */
export const PATHWAYS = [
  'innovative',
  'priority',
  'emergency',
  'conditional',
  'first-registration',
  'renewal',
  'change',
  'filing',
  'entrusted',
  'clinical-trial',
  'procurement',
  'insurance',
] as const;
export type Pathway = (typeof PATHWAYS)[number];

/** What happens to an act of the library. */
export const EVENT_KINDS = ['added', 'changed', 'cited', 'amended', 'repealed', 'interpreted', 'corrected'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

const word = z.string().trim().min(1).max(200);

/** An enterprise as acts are held against it. What is left out is unknown, not absent. */
export const profileShape = z.strictObject({
  region: z
    .strictObject({
      /** Name, short name, or the first two digits of GB/T 2260. */
      province: word,
      city: word.nullish(),
    })
    .nullish(),
  /** Words of the duty calendar: `registrant` … or their Chinese names. */
  roles: z.array(word).max(50).nullish(),
  classes: z.array(z.enum(['I', 'II', 'III'])).nullish(),
  /** Words for what is made or traded, as they would stand in a notice. */
  products: z.array(word).max(200).nullish(),
  pathways: z.array(z.enum(PATHWAYS)).nullish(),
  origin: z.enum(['domestic', 'imported', 'both']).nullish(),
});
export type Profile = z.infer<typeof profileShape>;

export type Role = (typeof ROLES)[number];
export { ROLES };

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export type ReasonAbout =
  | 'kind'
  | 'region'
  | 'role'
  | 'class'
  | 'origin'
  | 'product'
  | 'pathway'
  | 'applicants'
  | 'condition'
  | 'exclusion'
  | 'subject';

/** A sentence of the act and what it says for or against. */
export interface Reason extends Words {
  readonly about: ReasonAbout;
  /** Speaks for (true), against (false), or cannot be told (null). */
  readonly holds: boolean | null;
  readonly quote: string;
  /** Place of the quotation in the text as given. */
  readonly start: number;
  readonly end: number;
}

/** A day an act sets to those it concerns. */
export interface ActDay extends Words {
  readonly date: string;
  readonly kind: 'duty' | 'consultation-end' | 'filing-deadline' | 'effective' | 'expiry';
  readonly actor: string | null;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

/** What an act is to those who read it: only what binds can make a duty. */
export type Bearing = 'binding' | 'draft' | 'consultation' | 'interpretation' | 'none';

export interface Match {
  readonly fits: 'yes' | 'no' | 'undetermined';
  readonly bearing: Bearing;
  readonly reasons: readonly Reason[];
  /** What would have to be known: fields of the profile, or conditions of the act. */
  readonly missing: readonly string[];
  readonly days: readonly ActDay[];
}
