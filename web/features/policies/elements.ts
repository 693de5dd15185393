import type { PolicyDocument, PolicyReading, Span } from './types.ts';

/** Kinds of elements that are marked in a text, in the order of the legend. */
export const ELEMENT_KINDS = [
  'title',
  'issuer',
  'date',
  'section',
  'measure',
  'obligation',
  'eligibility',
  'benefit',
  'figure',
  'cite',
  'attachment',
  'contact',
  'contradiction',
  'damage',
] as const;
export type ElementKind = (typeof ELEMENT_KINDS)[number];

/** One thing that was read out of a text, with its place in it. */
export interface Element extends Span {
  /** Names it within the reading: document, kind, running number, such as `0.date.3`. */
  readonly id: string;
  /** Index of its document in the reading; damage belongs to none. */
  readonly document: number | null;
  readonly kind: ElementKind;
  readonly index: number;
}

/** Names an element of a reading; the same in the address, in the text and in the structure. */
export function elementId(document: number | null, kind: ElementKind, index: number): string {
  return `${document ?? 'x'}.${kind}.${index}`;
}

/** Parts of the conditions a document sets, in one running order. */
export const ELIGIBILITY_PARTS = ['applicants', 'allOf', 'anyOf', 'exclusions'] as const;

/** The conditions of a document one after the other, each with the part it belongs to. */
export function eligibilityOf(document: PolicyDocument) {
  return ELIGIBILITY_PARTS.flatMap((part) => document.eligibility[part].map((said) => ({ ...said, part })));
}

function placesOf(document: PolicyDocument): Readonly<Record<ElementKind, readonly Span[]>> {
  return {
    title: document.titleSpan ? [document.titleSpan] : [],
    issuer: document.issuerDetails,
    date: document.dates,
    section: document.sections,
    measure: document.measures,
    obligation: document.obligations,
    eligibility: eligibilityOf(document),
    benefit: document.benefits,
    figure: document.figures,
    cite: document.cites,
    attachment: document.attachments,
    contact: document.contacts,
    contradiction: document.contradictions,
    damage: [],
  };
}

/** Every marked element of a reading in the order of the text; of two at one place the longer first. */
export function elementsOf(reading: PolicyReading, length: number): readonly Element[] {
  const found: Element[] = [];
  const add = (document: number | null, kind: ElementKind, index: number, { start, end }: Span) => {
    const from = Math.max(0, Math.min(start, length));
    const to = Math.max(from, Math.min(end, length));
    if (to > from) found.push({ id: elementId(document, kind, index), document, kind, index, start: from, end: to });
  };
  reading.documents.forEach((document, number) => {
    const places = placesOf(document);
    for (const kind of ELEMENT_KINDS)
      places[kind].forEach((place, index) => {
        add(number, kind, index, place);
      });
  });
  reading.damage.forEach((place, index) => {
    add(null, 'damage', index, place);
  });
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The sentence around a place: back and forth to the next full stop, semicolon or end of line. */
export function sentenceAt(text: string, { start, end }: Span): Span {
  const stop = /[。；;！？!?\n\r]/;
  let from = start;
  while (from > 0 && start - from < 600 && !stop.test(text[from - 1] ?? '')) from -= 1;
  let to = Math.max(end, start + 1);
  if (!stop.test(text[to - 1] ?? '')) while (to < text.length && to - end < 600 && !stop.test(text[to] ?? '')) to += 1;
  if (/[。；;！？!?]/.test(text[to] ?? '') && !stop.test(text[to - 1] ?? '')) to += 1;
  while (from < to && /\s/.test(text[from] ?? '')) from += 1;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to -= 1;
  return { start: from, end: to };
}

/** The section a place stands in, as it is numbered and headed. */
export function sectionAt(document: PolicyDocument | undefined, start: number): string | null {
  let found: PolicyDocument['sections'][number] | undefined;
  for (const section of document?.sections ?? []) if (section.start <= start) found = section;
  if (!found) return null;
  return /^第.+条$/.test(found.no ?? '') ? found.no : [found.no, found.heading].filter(Boolean).join(' ');
}
