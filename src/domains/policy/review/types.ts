import { z } from 'zod';
import { daySchema } from '../../../rules/shapes.ts';

/** What a person says of one element of a document, in place of what was extracted. */

const words = (most: number) => z.string().trim().min(1).max(most);
const day = daySchema;
/** A day, or a month or year where no day is stated. */
const dayOrPart = z.union([day, z.string().regex(/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/)]);

export const KINDS = [
  'notice',
  'rule',
  'guideline',
  'opinion-act',
  'consultation',
  'draft',
  'interpretation',
  'plan',
  'catalogue',
  'penalty',
  'recall',
  'news',
  'opinion',
  'market',
  'fragment',
] as const;

const RELATIONS = [
  'basis',
  'implements',
  'amends',
  'repeals',
  'forwards',
  'issues',
  'interprets',
  'refers',
  'mentions',
] as const;

/** Elements that have one value: it is set as a whole; null says that the text does not state it. */
export const SINGLE_SHAPES = {
  kind: z.enum(KINDS),
  docType: words(40).nullable(),
  title: words(300),
  docNumber: words(80).nullable(),
  issueDate: dayOrPart.nullable(),
  publishDate: dayOrPart.nullable(),
  effectiveDate: dayOrPart.nullable(),
  expiry: dayOrPart.nullable(),
  region: z.strictObject({ primary: words(40), level: z.enum(['national', 'province', 'city']) }),
  issuers: z.array(words(100)).max(60),
  deadlines: z.array(day).max(60),
  addressees: z.array(words(300)).max(60),
} as const;

/** Elements that are lists of items, each with its place in the text. */
export const ITEM_SHAPES = {
  cites: z.strictObject({
    title: words(300),
    number: words(80).nullable(),
    issuer: words(100).nullable(),
    relation: z.enum(RELATIONS),
    articles: z.array(words(60)).max(100),
  }),
  measures: z.strictObject({
    no: words(20).nullable(),
    heading: words(400),
    departments: z.array(words(100)).max(60),
  }),
  obligations: z.strictObject({
    actor: words(200).nullable(),
    modal: words(20),
    action: words(1_000),
    deadline: day.nullable(),
    within: words(100).nullable(),
    condition: words(400).nullable(),
    exception: words(400).nullable(),
    consequence: words(400).nullable(),
  }),
  figures: z.strictObject({
    value: z.number(),
    unit: words(30),
    of: z.string().trim().max(200),
    op: z.enum(['=', '>=', '<=', '>', '<', '~']),
  }),
  benefits: z.strictObject({
    text: words(600),
    amount: z.number().nullable(),
    unit: words(30).nullable(),
    cap: z.boolean(),
  }),
  contacts: z.strictObject({
    email: words(200).optional(),
    phone: words(60).optional(),
    postcode: words(10).optional(),
  }),
  attachments: z.strictObject({ no: z.number().int().nullable(), title: words(300) }),
  dates: z.strictObject({
    date: dayOrPart,
    kind: z.enum([
      'issued',
      'adopted',
      'promulgated',
      'published',
      'effective',
      'deadline',
      'consultation-end',
      'expiry',
      'phase-start',
      'as-of',
      'mentioned',
    ]),
  }),
} as const;

export type SingleElement = keyof typeof SINGLE_SHAPES;
export type ItemElement = keyof typeof ITEM_SHAPES;
export const SINGLE_ELEMENTS = Object.keys(SINGLE_SHAPES) as SingleElement[];
export const ITEM_ELEMENTS = Object.keys(ITEM_SHAPES) as ItemElement[];

/** The place an item has in the text, and the words that stand there: by them it is found again in another reading. */
export interface Anchor {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  /** A few words before and after: by them `5年` is told from the end of `2025年`. */
  readonly lead: string;
  readonly trail: string;
}

/** Characters kept on either side of a place. */
const AROUND = 16;

/** The anchor of a place in a text. */
export function anchorAt(text: string, { start, end }: { readonly start: number; readonly end: number }): Anchor {
  return {
    start,
    end,
    quote: text.slice(start, end),
    lead: text.slice(Math.max(0, start - AROUND), start),
    trail: text.slice(end, end + AROUND),
  };
}

interface Written {
  readonly id: string;
  /** Which document of the reading, counted from 0. */
  readonly ordinal: number;
}

/**
 * One correction. `before` is the item as it was extracted when the person looked: of several at one place it tells
 * which is meant.
 */
export type Correction =
  | (Written & { readonly op: 'set'; readonly element: SingleElement; readonly value: unknown })
  | (Written & { readonly op: 'add'; readonly element: ItemElement; readonly anchor: Anchor; readonly value: unknown })
  | (Written & {
      readonly op: 'change';
      readonly element: ItemElement;
      readonly anchor: Anchor;
      readonly before: unknown;
      readonly value: unknown;
    })
  | (Written & {
      readonly op: 'remove';
      readonly element: ItemElement;
      readonly anchor: Anchor;
      readonly before: unknown;
    });
