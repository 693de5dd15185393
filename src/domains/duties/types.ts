import { z } from 'zod';
import type { LocalDate } from '../../kernel/local-date.ts';
import type { Decision } from '../../rules/decision.ts';
import { daySchema, type Firmness, type Question } from '../../rules/shapes.ts';

/** Roles that bear duties, with the narrower ones that some duties name. */
export const ROLES = [
  'registrant',
  'registrant-class2',
  'registrant-class3',
  'registrant-conditional',
  'filer',
  'contract-manufacturer',
  'manufacturer',
  'import-agent',
  'distributor',
  'distributor-class3',
  'online-seller',
  'user',
  'user-grade2plus',
  'provincial-authority',
] as const;
export type Role = (typeof ROLES)[number];

const day = daySchema;
const word = z.string().trim().min(1).max(200);
const deviceClass = z.enum(['I', 'II', 'III']);

export const certificateShape = z.object({
  number: word.nullish(),
  class: deviceClass.nullish(),
  expires: day.nullish(),
  /** Day of the first registration (class I: of the filing), not of the latest renewal. */
  firstRegistered: day.nullish(),
  /** Day printed on a certificate granted under conditions. */
  conditionalUntil: day.nullish(),
});

export const licenceShape = z.object({
  kind: z.enum(['production', 'distribution']),
  number: word.nullish(),
  expires: day.nullish(),
});

export const partyShape = z.object({
  name: word.nullish(),
  /** Words of `ROLES` or their Chinese names. */
  roles: z.array(word).max(50),
  classes: z.array(deviceClass).nullish(),
  origin: z.enum(['domestic', 'imported']).nullish(),
  /** GB/T 2260. */
  province: z
    .string()
    .regex(/^\d{2}(\d{2})?(\d{2})?$/, 'a GB/T 2260 code such as 44')
    .nullish(),
  /** City of the enterprise, for policies of cities. */
  city: word.nullish(),
  /** Words for products, as they stand in notices; read for policies only. */
  words: z.array(word).max(200).nullish(),
  /** Occasions policies are looked at for: innovative, renewal, procurement … */
  pathways: z.array(word).max(50).nullish(),
  conditional: z.boolean().nullish(),
  implant: z.boolean().nullish(),
  /** Whether products are contract-made; false leaves out what rests on a quality agreement. */
  entrusts: z.boolean().nullish(),
  /** Grade of a hospital. */
  grade: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullish(),
  /** Recurring duties of periods that ended before this day are left out. */
  since: day.nullish(),
  certificates: z.array(certificateShape).max(10_000).nullish(),
  licences: z.array(licenceShape).max(1_000).nullish(),
  /** Products made or traded; only their class is read here. */
  products: z
    .array(z.looseObject({ class: deviceClass.nullish() }))
    .max(100_000)
    .nullish(),
});

export const dutyEventShape = z.object({
  /** A word of `EVENT_TYPES`, one of its aliases, or the id of an obligation. */
  type: word,
  date: day,
  /** Time of day in Asia/Shanghai; limits in hours need it. */
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'a time of day such as 09:30')
    .nullish(),
  level: z.union([z.number(), word]).nullish(),
  severity: word.nullish(),
  result: word.nullish(),
  abroad: z.boolean().nullish(),
  /** For an added product: whether it changes the conditions of production. */
  changesConditions: z.boolean().nullish(),
  /** For something that expires: what it is. */
  of: z.enum(['certificate', 'production', 'distribution']).nullish(),
  obligation: word.nullish(),
  subject: word.nullish(),
});
export type DutyEvent = z.infer<typeof dutyEventShape>;

export const recordShape = z.object({
  type: word.nullish(),
  obligation: word.nullish(),
  date: day,
  /** Subject, period (`2026`, `2026Q1`), day due or day of the event that it is for. */
  for: word.nullish(),
});

export const questionShape = z.object({
  party: partyShape,
  events: z.array(dutyEventShape).max(2_000).nullish(),
  records: z.array(recordShape).max(2_000).nullish(),
  from: day,
  to: day,
  asOf: day.nullish(),
  knownAt: day.nullish(),
});

export type DeviceClass = z.infer<typeof deviceClass>;
export type Party = z.infer<typeof partyShape>;
export type Certificate = z.infer<typeof certificateShape>;
export type Licence = z.infer<typeof licenceShape>;
export type DoneRecord = z.infer<typeof recordShape>;

/** A question that was read: days exist, words of roles are resolved, absent lists are empty. */
export interface DutyQuestion {
  readonly party: Party & { readonly held: ReadonlySet<Role> };
  readonly events: readonly DutyEvent[];
  readonly records: readonly DoneRecord[];
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly asOf: LocalDate;
  readonly knownAt: LocalDate | null;
  /** What was given and is read by nothing. */
  readonly notes: readonly string[];
}

export type DutyKind = 'recurring' | 'event' | 'standing' | 'policy';
export type DutyStatus = 'open' | 'overdue' | 'satisfied' | 'upcoming' | 'standing';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Days from … to …, both included; `to` null where there is no end. */
export interface Span {
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** Where in an act a day was read. */
export interface PolicyPlace {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
  readonly path: string;
  readonly day: 'duty' | 'consultation-end' | 'filing-deadline';
  /** The sentence, and its place in the text as given. */
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

/** One duty. Days are `YYYY-MM-DD`; null where nothing can be said, and `missing` names what would have to be known. */
export interface Duty {
  /** Id of the obligation in the rulebook, or `<table>/<row>` for duties kept in a table. */
  readonly obligation: string;
  readonly title: Words;
  readonly kind: DutyKind;
  readonly due: LocalDate | null;
  /** Instant with +08:00, for limits in hours. */
  readonly dueAt?: string;
  /** Within which it must be done, both days included; `due` is its last day. */
  readonly window?: { readonly from: LocalDate; readonly to: LocalDate };
  /** The earlier day that is safe under every reading of an ambiguous rule. */
  readonly safeDue?: LocalDate;
  /** From this day on one should act. */
  readonly warnFrom?: LocalDate;
  readonly determinable: boolean;
  readonly missing: readonly string[];
  readonly trigger: Words | null;
  readonly article: string | null;
  readonly firmness: Firmness;
  /** Id of the instrument. */
  readonly source: string | null;
  readonly consequence: string | null;
  readonly recipient: Words | null;
  readonly status: DutyStatus | null;
  /** The record that fulfils it; late when dated after the last day. */
  readonly satisfiedBy?: { readonly date: LocalDate; readonly late: boolean };
  readonly subject?: string;
  readonly period?: Span;
  /** The count reaches days whose State Council calendar is not known. */
  readonly provisional: boolean;
  readonly uncertainFrom: LocalDate | null;
  readonly questions: readonly Question[];
  readonly words: readonly string[];
  /** Of a duty of kind `policy`: the act and the sentence it was read in, to be checked there. */
  readonly policy?: PolicyPlace;
}

export interface DutiesAnswer {
  readonly duties: readonly Duty[];
  /** What was given and led to nothing, with the reason. */
  readonly notes: readonly string[];
}

export type DutiesDecision = Decision<DutiesAnswer>;
