import { foldText } from '../../devices/index.ts';
import { type PolicyDocument, type PolicyReading, readText, type TextFormat } from '../../policy/index.ts';

/** A sentence of an act: as it reads, as it is compared, and its place in the text as given. */
export interface Sentence {
  readonly quote: string;
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** An act with its sentences. */
export interface ActText {
  readonly document: PolicyDocument;
  /** Title as it is compared. */
  readonly title: string;
  readonly sentences: readonly Sentence[];
  /** All of it as it is compared, title first, a line a sentence: what does not stand here stands nowhere. */
  readonly whole: string;
}

const ENDS = /[。;!?\n]/g;

/** The acts of a reading with their sentences; markup is out of the quotations, places are those of the source. */
export function actTexts(source: string, reading: PolicyReading, format: TextFormat = 'auto'): ActText[] {
  const mapped = readText(source, format);
  const indexOf = (place: number): number => {
    let low = 0;
    let high = mapped.text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (mapped.at(middle) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return reading.documents.map((document) => {
    const from = Math.min(
      indexOf(document.bodySpan.start),
      indexOf(document.titleSpan?.start ?? Number.MAX_SAFE_INTEGER),
    );
    const to = indexOf(document.bodySpan.end);
    const sentences: Sentence[] = [];
    for (let start = from; start < to; ) {
      ENDS.lastIndex = start;
      const end = Math.min(ENDS.exec(mapped.text)?.index ?? to, to);
      const words = mapped.text.slice(start, end);
      const lead = words.length - words.trimStart().length;
      const quote = words.trim();
      if (quote)
        sentences.push({
          quote,
          folded: foldText(quote),
          start: mapped.at(start + lead),
          end: mapped.endAt(start + lead + quote.length),
        });
      start = end + 1;
    }
    const title = foldText(document.title);
    return { document, title, sentences, whole: [title, ...sentences.map(({ folded }) => folded)].join('\n') };
  });
}

/** The sentence in which a place of the source lies; the first one where none does. */
export function sentenceAt(act: ActText, place: number): Sentence {
  const { sentences, document } = act;
  let low = 0;
  let high = sentences.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sentences[middle]?.start ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  const found = sentences[low];
  if (found && place >= found.start && place < found.end) return found;
  const title = document.titleSpan;
  return (
    sentences.find((sentence) => title !== null && sentence.start >= title.start) ?? {
      quote: document.title,
      folded: act.title,
      start: document.span.start,
      end: document.span.start,
    }
  );
}

/** The sentence that holds the title. */
export function titleSentence(act: ActText): Sentence {
  return sentenceAt(act, act.document.titleSpan?.start ?? act.document.span.start);
}
