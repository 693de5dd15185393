import type { Element } from './elements.ts';

/** A stretch of text under one set of marks. */
export interface Piece {
  readonly start: number;
  readonly text: string;
  /** The elements over it, the longest first. */
  readonly over: readonly Element[];
}

/** Some paragraphs of a text that are drawn together. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** Lines in it, to guess its height before it is drawn. */
  readonly lines: number;
  /** The elements that touch it, in the order of the text. */
  readonly elements: readonly Element[];
}

const CHUNK = 2400;
/** A line of a text without line breaks is cut here all the same. */
const LONGEST = 8000;
const LINE = 42;

/**
 * Cuts a text into chunks of whole lines with the elements that touch each, in linear time. The chunks joined are the
 * text; elements in the order of their start.
 */
export function chunksOf(text: string, elements: readonly Element[]): readonly Chunk[] {
  const bounds: number[] = [];
  let from = 0;
  while (from < text.length) {
    let to = Math.min(from + CHUNK, text.length);
    if (to < text.length) {
      const line = text.indexOf('\n', to);
      to = line === -1 ? text.length : line + 1;
      if (to - from > LONGEST) {
        const stop = text.slice(from + CHUNK, from + LONGEST).search(/[。；;]/);
        to = from + (stop === -1 ? LONGEST : CHUNK + stop + 1);
      }
    }
    bounds.push(to);
    from = to;
  }
  let first = 0;
  let open: Element[] = [];
  return bounds.map((end, number) => {
    const start = bounds[number - 1] ?? 0;
    open = open.filter((element) => element.end > start);
    const touching = [...open];
    for (; first < elements.length; first += 1) {
      const element = elements[first];
      if (!element || element.start >= end) break;
      if (element.end <= start) continue;
      touching.push(element);
      if (element.end > end) open.push(element);
    }
    let lines = 0;
    for (const line of text.slice(start, end).split('\n')) lines += Math.max(1, Math.ceil(line.length / LINE));
    return { start, end, lines: Math.max(1, lines - 1), elements: touching };
  });
}

/** Cuts a chunk at every place where an element begins or ends. The pieces joined are its text. */
export function piecesOf(text: string, chunk: Chunk, shown: (element: Element) => boolean): readonly Piece[] {
  const elements = chunk.elements.filter(shown);
  const cuts = new Set([chunk.start, chunk.end]);
  for (const { start, end } of elements) {
    if (start > chunk.start) cuts.add(start);
    if (end < chunk.end) cuts.add(end);
  }
  const places = [...cuts].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let next = 0;
  let open: Element[] = [];
  for (let index = 0; index + 1 < places.length; index += 1) {
    const start = places[index] as number;
    const end = places[index + 1] as number;
    open = open.filter((element) => element.end > start);
    for (; next < elements.length; next += 1) {
      const element = elements[next];
      if (!element || element.start > start) break;
      if (element.end > start) open.push(element);
    }
    const over = open.length < 2 ? [...open] : [...open].sort((a, b) => b.end - b.start - (a.end - a.start));
    pieces.push({ start, text: text.slice(start, end), over });
  }
  return pieces;
}
