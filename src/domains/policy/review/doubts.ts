import type { DocumentKind, PolicyDocument, PolicyReading } from '../types.ts';

/** Why a person should look at what was extracted, heaviest first. */
export const DOUBTS = [
  'contradiction',
  'damage',
  'no-issuer',
  'no-date',
  'derived-title',
  'inferred-year',
  'duty-without-actor',
  'nothing-found',
] as const;
export type Doubt = (typeof DOUBTS)[number];

/** A text of so many characters in which nothing was found was hardly read at all. */
const LONG = 600;
/** Share of duties without an actor that is no accident. */
const MANY = 0.5;

/** Kinds whose text ends with the body and the day. */
const SIGNED: readonly DocumentKind[] = ['notice', 'consultation', 'opinion-act', 'penalty', 'recall'];

/** What is doubtful in a document. News and fragments bind nobody: what they lack is no doubt. */
export function doubtsOf(document: PolicyDocument, reading: Pick<PolicyReading, 'damage'>): Doubt[] {
  const found: Doubt[] = [];
  const { span } = document;
  if (document.contradictions.length > 0) found.push('contradiction');
  if (reading.damage.some(({ start }) => start >= span.start && start < span.end)) found.push('damage');
  if (!document.isPolicy) return found;
  // a guideline or a catalogue comes with a notice that says who issued it and when; its own text seldom does
  const signed = document.partOf === null && SIGNED.includes(document.kind);
  if (document.issuers.length === 0 && signed) found.push('no-issuer');
  if (document.issueDate === null && document.publishDate === null && signed) found.push('no-date');
  if (document.titleSource === 'derived') found.push('derived-title');
  if (document.dates.some((item) => item.yearInferred && item.kind !== 'mentioned')) found.push('inferred-year');
  const { obligations } = document;
  // what a guideline asks of a product names nobody
  if (
    document.kind !== 'guideline' &&
    obligations.length >= 4 &&
    obligations.filter(({ actor }) => actor === null).length > obligations.length * MANY
  )
    found.push('duty-without-actor');
  const items = obligations.length + document.measures.length + document.sections.length + document.cites.length;
  if (items === 0 && span.end - span.start > LONG) found.push('nothing-found');
  return found;
}
