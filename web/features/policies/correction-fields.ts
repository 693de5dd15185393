import type { ElementKind } from './elements.ts';
import type { PolicyDocument } from './types.ts';

/** How a field of an element is filled in. */
export interface CorrectionField {
  readonly name: string;
  readonly type: 'text' | 'long' | 'number' | 'day' | 'list' | 'choice' | 'flag';
  readonly choices?: readonly string[];
  /** Group of words for the choices. */
  readonly words?: 'relation' | 'date' | 'kind' | 'level';
  readonly needed?: boolean;
}

export interface CorrectionForm {
  /** Name of the list in the reading and in the API. */
  readonly element: string;
  readonly fields: readonly CorrectionField[];
}

export const RELATIONS = [
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

const DATE_KINDS = [
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
] as const;

/** Items of a text that can be mended, with their fields. */
export const ITEM_FORMS: Readonly<Partial<Record<ElementKind, CorrectionForm>>> = {
  obligation: {
    element: 'obligations',
    fields: [
      { name: 'actor', type: 'text' },
      { name: 'modal', type: 'text', needed: true },
      { name: 'action', type: 'long', needed: true },
      { name: 'deadline', type: 'day' },
      { name: 'within', type: 'text' },
      { name: 'condition', type: 'text' },
      { name: 'exception', type: 'text' },
      { name: 'consequence', type: 'text' },
    ],
  },
  measure: {
    element: 'measures',
    fields: [
      { name: 'no', type: 'text' },
      { name: 'heading', type: 'text', needed: true },
      { name: 'departments', type: 'list' },
    ],
  },
  cite: {
    element: 'cites',
    fields: [
      { name: 'title', type: 'text', needed: true },
      { name: 'number', type: 'text' },
      { name: 'issuer', type: 'text' },
      { name: 'relation', type: 'choice', choices: RELATIONS, words: 'relation' },
      { name: 'articles', type: 'list' },
    ],
  },
  date: {
    element: 'dates',
    fields: [
      { name: 'date', type: 'day', needed: true },
      { name: 'kind', type: 'choice', choices: DATE_KINDS, words: 'date' },
    ],
  },
  figure: {
    element: 'figures',
    fields: [
      { name: 'op', type: 'choice', choices: ['=', '>=', '<=', '>', '<', '~'] },
      { name: 'value', type: 'number', needed: true },
      { name: 'unit', type: 'text' },
      { name: 'of', type: 'text' },
    ],
  },
  benefit: {
    element: 'benefits',
    fields: [
      { name: 'text', type: 'long', needed: true },
      { name: 'amount', type: 'number' },
      { name: 'unit', type: 'text' },
      { name: 'cap', type: 'flag' },
    ],
  },
  attachment: {
    element: 'attachments',
    fields: [
      { name: 'no', type: 'number' },
      { name: 'title', type: 'text', needed: true },
    ],
  },
  contact: {
    element: 'contacts',
    fields: [
      { name: 'email', type: 'text' },
      { name: 'phone', type: 'text' },
      { name: 'postcode', type: 'text' },
    ],
  },
};

/** What a document has once. */
export const FACT_FIELDS: readonly CorrectionField[] = [
  { name: 'title', type: 'long', needed: true },
  {
    name: 'kind',
    type: 'choice',
    words: 'kind',
    choices: [
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
    ],
  },
  { name: 'docType', type: 'text' },
  { name: 'docNumber', type: 'text' },
  { name: 'issuers', type: 'list' },
  { name: 'issueDate', type: 'day' },
  { name: 'publishDate', type: 'day' },
  { name: 'effectiveDate', type: 'day' },
  { name: 'expiry', type: 'day' },
  { name: 'deadlines', type: 'list' },
  { name: 'addressees', type: 'list' },
];

type Values = Readonly<Record<string, string>>;

/** The fields of an item as they are typed; absent is empty. */
export function typedOf(item: Readonly<Record<string, unknown>>, fields: readonly CorrectionField[]): Values {
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const value = item[name];
      if (value === null || value === undefined) return [name, ''];
      if (type === 'list' && Array.isArray(value)) return [name, value.join('\n')];
      return [name, String(value)];
    }),
  );
}

/** What was typed as the API takes it: lists by lines, numbers without separators, empty as null. Contacts leave out what is empty. */
export function takenOf(typed: Values, fields: readonly CorrectionField[], sparse = false): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const { name, type, choices } of fields) {
    const text = (typed[name] ?? '').trim();
    if (text === '' && sparse) continue;
    if (type === 'list')
      value[name] = text
        .split(/[\n、]/)
        .map((one) => one.trim())
        .filter(Boolean);
    else if (type === 'flag') value[name] = text === 'true';
    else if (type === 'number') value[name] = text === '' ? null : Number(text.replaceAll(/[,，\s]/g, ''));
    else if (type === 'choice') value[name] = text === '' ? (choices?.[0] ?? null) : text;
    else value[name] = text === '' && name !== 'unit' && name !== 'of' ? null : text;
  }
  return value;
}

/** The first field that must be filled in and is not, or a number that is none. */
export function faultOf(typed: Values, fields: readonly CorrectionField[]): string | null {
  for (const { name, type, needed } of fields) {
    const text = (typed[name] ?? '').trim();
    if (needed && text === '') return name;
    if (type === 'number' && text !== '' && !Number.isFinite(Number(text.replaceAll(/[,，\s]/g, '')))) return name;
    if (type === 'day' && text !== '' && !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text)) return name;
  }
  return null;
}

/** An item of a document by its list, as it is shown. */
export function itemOf(document: PolicyDocument, element: string, index: number): Readonly<Record<string, unknown>> {
  const list = (document as unknown as Readonly<Record<string, unknown>>)[element];
  return (Array.isArray(list) ? (list[index] as Record<string, unknown>) : undefined) ?? {};
}
