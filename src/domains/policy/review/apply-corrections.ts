import { isPolicyKind } from '../structure/title.ts';
import type { DocumentKind, PolicyDocument, PolicyReading, Span } from '../types.ts';
import type { Anchor, Correction, ItemElement } from './types.ts';

/** A reading with what persons said of it, and the corrections that no longer have a place in the text. */
export interface CorrectedReading {
  readonly reading: PolicyReading;
  readonly orphans: readonly string[];
}

type Item = Span & Record<string, unknown>;

/**
 * Lays corrections over a reading, oldest first. They were made on an earlier reading, perhaps of an earlier text: an
 * item is found by its words, the nearest to where they stood. A changed item that is not extracted any more is put in,
 * since a person saw it; a correction whose words are gone from the text is an orphan and changes nothing.
 */
export function applyCorrections(
  reading: PolicyReading,
  corrections: readonly Correction[],
  text: string,
): CorrectedReading {
  if (corrections.length === 0) return { reading, orphans: [] };
  const documents: PolicyDocument[] = [...reading.documents];
  const orphans: string[] = [];
  for (const correction of corrections) {
    const document = documents[correction.ordinal];
    const corrected = document && correctedDocument(document, correction, text);
    if (corrected) documents[correction.ordinal] = corrected;
    else orphans.push(correction.id);
  }
  return { reading: { ...reading, documents }, orphans };
}

function correctedDocument(document: PolicyDocument, correction: Correction, text: string): PolicyDocument | null {
  if (correction.op === 'set') return withValue(document, correction.element, correction.value);
  const place = placeOf(correction.anchor, text);
  if (!place) return null;
  const items = itemsOf(document, correction.element);
  if (correction.op === 'add')
    return withItems(document, correction.element, [...items, itemAt(correction.value, place)]);
  const at = indexOfItem(items, place, correction.before);
  if (correction.op === 'remove')
    return at < 0 ? document : withItems(document, correction.element, items.toSpliced(at, 1));
  const changed = itemAt(correction.value, place);
  return withItems(
    document,
    correction.element,
    at < 0 ? [...items, changed] : items.with(at, { ...items[at], ...changed }),
  );
}

function withValue(document: PolicyDocument, element: string, value: unknown): PolicyDocument {
  if (element === 'kind') {
    const kind = value as DocumentKind;
    return { ...document, kind, isPolicy: isPolicyKind(kind) };
  }
  // a title a person gave stands in the text or not; either way it is no longer derived by rule
  if (element === 'title') return { ...document, title: String(value), titleSource: 'given' };
  return { ...document, [element]: value };
}

function itemsOf(document: PolicyDocument, element: ItemElement): Item[] {
  return [...(document[element] as unknown as readonly Item[])];
}

/** Items in the order of the text. */
function withItems(document: PolicyDocument, element: ItemElement, items: readonly Item[]): PolicyDocument {
  const ordered = [...items].sort((a, b) => a.start - b.start || a.end - b.end);
  return { ...document, [element]: ordered };
}

function itemAt(value: unknown, place: Span): Item {
  const item = { ...(value as Record<string, unknown>), start: place.start, end: place.end };
  return 'relation' in item && !('mentions' in item) ? { ...item, mentions: 1 } : item;
}

/** Words so long stand for themselves; shorter ones need some of the words around them. */
const LONG_QUOTE = 12;
const LEAST_AROUND = 6;
/** Places of one wording looked at: a text of nothing but `1` shall not take for ever. */
const MOST_PLACES = 2_000;

/** Where the words stand now, told by what stands around them and then by nearness; null when they are gone. */
function placeOf(anchor: Anchor, text: string): Span | null {
  const { start, quote, lead, trail } = anchor;
  if (quote === '') return null;
  const enough = quote.length >= LONG_QUOTE ? 0 : Math.min(LEAST_AROUND, lead.length + trail.length);
  let best: { at: number; around: number } | null = null;
  let at = text.indexOf(quote);
  for (let n = 0; at >= 0 && n < MOST_PLACES; n++, at = text.indexOf(quote, at + 1)) {
    const around = commonEnd(text, at, lead) + commonStart(text, at + quote.length, trail);
    if (around < enough) continue;
    const nearer = best !== null && around === best.around && Math.abs(at - start) < Math.abs(best.at - start);
    if (best === null || around > best.around || nearer) best = { at, around };
  }
  return best && { start: best.at, end: best.at + quote.length };
}

function commonEnd(text: string, at: number, lead: string): number {
  let n = 0;
  while (n < lead.length && at - n > 0 && text[at - 1 - n] === lead[lead.length - 1 - n]) n++;
  return n;
}

function commonStart(text: string, at: number, trail: string): number {
  let n = 0;
  while (n < trail.length && text[at + n] === trail[n]) n++;
  return n;
}

/** The item at a place; of several the one most like what the person saw. */
function indexOfItem(items: readonly Item[], place: Span, before: unknown): number {
  let best = -1;
  let most = 0;
  items.forEach((item, i) => {
    const common = Math.min(item.end, place.end) - Math.max(item.start, place.start);
    const shorter = Math.min(item.end - item.start, place.end - place.start);
    if (common <= 0 || common < shorter / 2) return;
    const likeness = 1 + sameFields(item, before);
    if (likeness > most) {
      most = likeness;
      best = i;
    }
  });
  return best;
}

function sameFields(item: Item, before: unknown): number {
  if (typeof before !== 'object' || before === null) return 0;
  const entries = Object.entries(before).filter(([name]) => name !== 'start' && name !== 'end');
  if (entries.length === 0) return 0;
  const same = entries.filter(([name, value]) => JSON.stringify(item[name]) === JSON.stringify(value));
  return same.length / entries.length;
}
