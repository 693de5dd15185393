/**
 * A text made from another, with the place each character came from. Copied stretches cost one entry, so the map of a
 * text that was hardly changed is short; a place is found by halving.
 */
export interface MappedText {
  readonly text: string;
  /** Place in the source of the character at `index`; the length of the text maps to the end of the source. */
  readonly at: (index: number) => number;
  /** Place in the source just after the character before `index`: the exclusive end of a span. */
  readonly endAt: (index: number) => number;
}

/** Builds a mapped text by copying stretches of the source and putting in words of its own. */
export class TextBuilder {
  readonly #source: string;
  readonly #parts: string[] = [];
  readonly #outAt: number[] = [];
  readonly #sourceAt: number[] = [];
  /** 1: characters go one to one; 0: the whole stretch stands for one place. */
  readonly #even: number[] = [];
  #length = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Copies the source from `start` to `end`. */
  copy(start: number, end: number): void {
    if (end <= start) return;
    this.#entry(start, 1);
    this.#parts.push(this.#source.slice(start, end));
    this.#length += end - start;
  }

  /** Puts words in that stand for the source at `place`. */
  put(words: string, place: number): void {
    if (words === '') return;
    this.#entry(place, 0);
    this.#parts.push(words);
    this.#length += words.length;
  }

  get length(): number {
    return this.#length;
  }

  finish(): MappedText {
    const { text, outAt, sourceAt, even } = {
      text: this.#parts.join(''),
      outAt: Float64Array.from(this.#outAt),
      sourceAt: Float64Array.from(this.#sourceAt),
      even: Uint8Array.from(this.#even),
    };
    const sourceLength = this.#source.length;
    const at = (index: number): number => {
      if (index >= text.length) return sourceLength;
      let low = 0;
      let high = outAt.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((outAt[middle] ?? 0) <= index) low = middle;
        else high = middle - 1;
      }
      const from = sourceAt[low] ?? 0;
      return even[low] === 1 ? from + (Math.max(index, 0) - (outAt[low] ?? 0)) : from;
    };
    const endAt = (index: number): number => (index <= 0 ? at(0) : Math.min(at(index - 1) + 1, sourceLength));
    return { text, at, endAt };
  }

  #entry(place: number, even: number): void {
    const last = this.#outAt.length - 1;
    if (even === 1 && last >= 0 && this.#even[last] === 1) {
      const next = (this.#sourceAt[last] ?? 0) + (this.#length - (this.#outAt[last] ?? 0));
      if (next === place) return;
    }
    this.#outAt.push(this.#length);
    this.#sourceAt.push(place);
    this.#even.push(even);
  }
}

/** The places of a text made from a made text. */
export function chain(outer: MappedText, inner: MappedText): MappedText {
  return {
    text: outer.text,
    at: (index) => inner.at(outer.at(index)),
    endAt: (index) => (index <= 0 ? inner.at(outer.at(0)) : inner.endAt(outer.endAt(index))),
  };
}
