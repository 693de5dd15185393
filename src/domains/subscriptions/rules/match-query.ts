import { foldText } from '../../devices/index.ts';
import { actNumbersIn, type Question, readQuestion, sameNumber, standardsIn } from '../../policy/index.ts';
import type { ActText, Sentence } from './act-text.ts';

/** What a subscription by words is narrowed to; null and undefined do not narrow. */
export interface QueryFilter {
  /** Kinds of document, any of them. */
  readonly kind?: string | null | undefined;
  /** Part of the name of an issuer. */
  readonly issuer?: string | null | undefined;
  /** Beginning of the region's name; national acts are in 全国. */
  readonly region?: string | null | undefined;
  readonly level?: 'national' | 'province' | 'city' | null | undefined;
}

/** A word of the question and where it, or another word for it, stands. */
export interface Hit {
  readonly typed: string;
  readonly found: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

/** A question taken apart for one answer of yes or no. */
export interface ReadQuery {
  readonly question: Question;
  readonly filter: QueryFilter;
}

/** Words that are asked for, each with its other forms; empty when the text holds nothing to ask for. */
export function wordsAsked({ question }: ReadQuery): { typed: string; others: string[] }[] {
  return [
    ...question.terms.map(({ forms: [typed, ...others] }) => ({
      typed: typed?.text ?? '',
      others: others.map(({ text }) => text),
    })),
    ...question.numbers.map((number) => ({
      typed: `${number.mark ?? ''}${number.year ?? ''} ${number.no}`.trim(),
      others: [],
    })),
    ...question.standards.map(({ id }) => ({ typed: id, others: [] })),
  ];
}

export function readQuery(q: string, filter: QueryFilter = {}): ReadQuery {
  return { question: readQuestion(q), filter };
}

/** Less is the number of another body. */
const SAME = 0.5;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * Every word of the question, or one of its other forms, stands in the title or the text, and the filter holds: then the
 * places where they stand, the title first. Null when the act does not answer. Words of a run of characters that does
 * not stand as a whole are looked for one by one. Pure.
 */
export function matchQuery(act: ActText, { question, filter }: ReadQuery): Hit[] | null {
  if (!passes(act, filter)) return null;
  const hits: Hit[] = [];
  for (const term of question.terms) {
    const found = term.forms.map(({ text }) => find(act, text)).find((one) => one !== null);
    const typed = term.forms[0]?.text ?? '';
    if (found) {
      hits.push({ typed, ...found });
      continue;
    }
    const parts = [...segmenter.segment(typed)].map(({ segment }) => segment).filter((part) => part.length >= 2);
    const each = parts.length >= 2 && parts.join('') === typed ? parts.map((part) => find(act, part)) : [];
    if (each.length === 0 || each.includes(null)) return null;
    hits.push(...each.flatMap((one, i) => (one ? [{ typed: parts[i] as string, ...one }] : [])));
  }
  for (const asked of question.numbers) {
    const at = placesOf(act).find(({ folded }) => actNumbersIn(folded).some((own) => sameNumber(asked, own) >= SAME));
    const own = act.document.docNumber;
    const named = own !== null && actNumbersIn(foldText(own)).some((one) => sameNumber(asked, one) >= SAME);
    if (!at && !named) return null;
    const typed = `${asked.year ?? ''} ${asked.no}`.trim();
    hits.push(hitAt(typed, own ?? typed, at ?? titlePlace(act)));
  }
  for (const asked of question.standards) {
    const at = placesOf(act).find(({ folded }) => standardsIn(folded).some(({ id }) => id === asked.id));
    if (!at) return null;
    hits.push(hitAt(asked.id, asked.id, at));
  }
  return hits;
}

function passes({ document }: ActText, filter: QueryFilter): boolean {
  const { kind, issuer, region, level } = filter;
  if (kind && !kind.split(',').some((one) => one.trim() === document.kind)) return false;
  if (issuer && !document.issuers.some((name) => name.includes(issuer))) return false;
  if (region && !document.region.primary.startsWith(region)) return false;
  return !level || document.region.level === level;
}

function titlePlace(act: ActText): Sentence {
  const { titleSpan, title, span } = act.document;
  return {
    quote: title,
    folded: act.title,
    start: titleSpan?.start ?? span.start,
    end: titleSpan?.end ?? span.start,
  };
}

function placesOf(act: ActText): Sentence[] {
  return [titlePlace(act), ...act.sentences];
}

/** A folded word in the title, else in the text; Latin words and numbers as whole words. */
function find(act: ActText, word: string): Omit<Hit, 'typed'> | null {
  if (!act.whole.includes(word)) return null;
  const latin = /^[\x00-\u024f\u0370-\u03ff]+$/.test(word);
  for (const place of placesOf(act)) {
    for (let at = place.folded.indexOf(word); at >= 0; at = place.folded.indexOf(word, at + 1)) {
      const end = at + word.length;
      if (latin && (isWord(place.folded[at - 1]) || isWord(place.folded[end]))) continue;
      const { typed: _typed, ...hit } = hitAt(word, word, place);
      return hit;
    }
  }
  return null;
}

const isWord = (character: string | undefined) => character !== undefined && /[a-z0-9]/.test(character);

function hitAt(typed: string, found: string, { quote, start, end }: Sentence): Hit {
  return { typed, found, quote, start, end };
}
