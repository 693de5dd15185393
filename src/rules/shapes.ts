import { z } from 'zod';
import { type LocalDate, parseLocalDate } from '../kernel/local-date.ts';

/**
 * The shapes of the files of the rulebook. Unknown and missing keys are errors: what a file says and nobody reads is a
 * rule that does not hold.
 */

/** How firm a value is: read in the instrument, in a copy, quoted by others, not verified, not found. */
export const FIRMNESS = ['primary-text', 'mirror', 'quoted', 'unverified', 'missing'] as const;
export type Firmness = (typeof FIRMNESS)[number];

/** A day `YYYY-MM-DD` that exists, from outside. */
export const daySchema = z
  .string()
  .refine((text) => parseLocalDate(text) !== undefined, 'not a day YYYY-MM-DD that exists')
  .transform((text) => text as LocalDate);
const day = daySchema;
const id = z.string().regex(/^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/, 'letters, digits and hyphens');
const text = z.string().trim().min(1);
const pair = z.strictObject({ zh: text, en: text });
const firmness = z.enum(FIRMNESS);
const pointers = z.array(z.string().regex(/^[a-z-]+(\/[^/\s][^/]*)+$/));

const source = z.strictObject({ instrument: id, article: text.nullable(), firmness });
const question = z.strictObject({ id, zh: text, en: text });
const sign = { by: text.optional(), why: text.optional() };

const value = z.strictObject({
  from: day.nullable(),
  until: day.nullable(),
  value: z.union([z.number(), z.string(), z.array(z.number()).min(1), z.array(z.string()).min(1), z.null()]),
  recorded: day,
  firmness,
  sources: z.array(source).min(1, 'a value names its source'),
  note: pair.nullable(),
  ...sign,
});

export const DUTY_PATTERNS = [
  'yearly-fixed-date',
  'quarterly',
  'yearly',
  'event',
  'standing',
  'renewal',
  'anniversary',
] as const;

const duty = z.strictObject({
  actors: z.array(id).min(1),
  trigger: pair,
  recipient: pair.nullable(),
  pattern: z.enum(DUTY_PATTERNS),
  penalty: text.nullable(),
});

const promise = z.strictObject({
  province: z.string().regex(/^\d{2}$/),
  of: id.nullable(),
  scope: pair.nullable(),
  condition: z.enum(['none', 'priority', 'innovation', 'emergency']),
  /** Procedures it is made for; without them every one that has the limit. */
  procedures: z.array(id).optional(),
});

export const parameterShape = z.strictObject({
  id,
  kind: z.enum(['time-limit', 'obligation', 'promise', 'period', 'count', 'share', 'rule']),
  title: pair,
  unit: id,
  scope: pair.nullable(),
  starts: pair.nullable(),
  effect: pair.nullable(),
  questions: z.array(question),
  facts: pointers,
  duty: duty.optional(),
  promise: promise.optional(),
  values: z.array(value).min(1),
});

/** What an overlay file may hold for a parameter that exists: values of its own, with who set them and why. */
export const overlayShape = z.strictObject({
  id,
  /** The unit of the number, where the rulebook has neither number nor unit. */
  unit: id.optional(),
  values: z.array(value.extend({ by: text, why: text })).min(1),
});

export const instrumentShape = z.strictObject({
  id,
  title: pair,
  number: text.nullable(),
  issuer: text.nullable(),
  published: day.nullable(),
  from: day.nullable(),
  until: day.nullable(),
  urls: z.array(text),
  firmness,
  amends: z.array(id),
  amendedBy: z.array(z.strictObject({ instrument: id, from: day.nullable() })),
  replaces: z.array(id),
  note: pair.nullable(),
  recorded: day,
  ...sign,
});

const cell = z.union([pair, z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(z.number()), z.null()]);

export const tableShape = z.strictObject({
  id,
  title: pair,
  columns: z
    .array(
      z.strictObject({ id: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]*$/), zh: text, en: text, unit: id.nullable() }),
    )
    .min(1),
  facts: pointers,
  questions: z.array(question).optional(),
  note: pair.nullable().optional(),
  rows: z.array(
    z
      .object({
        id: text,
        from: day.nullable().optional(),
        until: day.nullable().optional(),
        firmness,
        sources: z.array(source),
        facts: pointers.optional(),
      })
      .catchall(cell),
  ),
});

export const unitsShape = z.array(z.strictObject({ id, zh: text, en: text, kind: id }));

/** Our five words with their meaning, and the words of the researched facts that stand for each. */
export const firmnessShape = z.strictObject({
  levels: z
    .array(z.strictObject({ id: firmness, rank: z.number().int(), title: pair, meaning: pair }))
    .length(FIRMNESS.length),
  words: z.record(text, firmness),
});

export const coverageShape = z.array(z.strictObject({ pointer: text, reason: pair }));

export const calendarShape = z.strictObject({
  year: z.number().int().min(1949).max(2200),
  firmness,
  notice: z.strictObject({ zh: text, en: text, url: z.url({ protocol: /^https?$/ }).nullable() }),
  published: day.nullable(),
  recorded: day,
  off: z.record(text, z.array(day).min(1)),
  makeUp: z.array(day),
  facts: pointers,
  ...sign,
});

export type Source = z.infer<typeof source>;
export type Question = z.infer<typeof question>;
export type DatedValue = z.infer<typeof value> & { readonly overlay?: true };
export type Parameter = Omit<z.infer<typeof parameterShape>, 'values'> & {
  readonly values: readonly DatedValue[];
  /** Folder under `parameters/`, such as `cn/registration`. */
  readonly place: string;
  readonly file: string;
};
export type Instrument = z.infer<typeof instrumentShape>;
export type Table = z.infer<typeof tableShape> & { readonly file: string };
export type FirmnessTable = z.infer<typeof firmnessShape>;
export type Unit = z.infer<typeof unitsShape>[number];
export type CalendarYear = z.infer<typeof calendarShape> & { readonly overlay?: true };
