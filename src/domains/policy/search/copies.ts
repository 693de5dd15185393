/**
 * Copies of one text, found by sampling: of all runs of eight letters the ones with the smallest hashes are kept, so two
 * texts that share most of their runs share most of the sample. One pass over the text and a look-up by `COPY_BANDS`
 * numbers for each document; no document is compared with all others.
 */
const RUN = 8;
const SLOTS = 64;
const ROWS = 4;
/** Share of slots that must agree; an estimate of the share of common runs. */
const SAME = 0.8;
/** Shorter texts are copies only when equal. */
const SHORT = 200;

/** One number for each of 64 slots: the smallest hash of a run that falls into the slot's stream. */
export function textSketch(folded: string): Uint32Array {
  const text = folded.replace(/[^\p{L}\p{N}]/gu, '');
  const sketch = new Uint32Array(SLOTS).fill(0xffffffff);
  if (text.length < SHORT) {
    // a short text has one mark: its own hash
    sketch.fill(hash(text, 0, text.length));
    return sketch;
  }
  for (let i = 0; i + RUN <= text.length; i++) {
    const h = hash(text, i, i + RUN);
    const slot = h & (SLOTS - 1);
    const value = h >>> 6;
    if (value < (sketch[slot] as number)) sketch[slot] = value;
  }
  return sketch;
}

function hash(text: string, from: number, to: number): number {
  let h = 0x811c9dc5;
  for (let i = from; i < to; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Numbers under which copies meet: equal in at least one of them, when texts are near-identical. */
export function sketchBands(sketch: Uint32Array): number[] {
  const bands: number[] = [];
  for (let band = 0; band < SLOTS / ROWS; band++) {
    let h = 0x811c9dc5 ^ band;
    for (let row = 0; row < ROWS; row++) h = Math.imul(h ^ (sketch[band * ROWS + row] as number), 0x01000193);
    bands.push(h | 0);
  }
  return bands;
}

/** Whether two sketches are of near-identical texts. */
export function sameText(a: Uint32Array, b: Uint32Array): boolean {
  let same = 0;
  for (let i = 0; i < SLOTS; i++) if (a[i] === b[i]) same++;
  return same >= SAME * SLOTS;
}

/**
 * The name translations of one document share: `x/name.zh.md`, `x/name.en.md`, `x/name.md`. A text in another language
 * has no runs in common, so a translation is known by this name alone; texts of one language never are.
 */
export function translationStem(key: string): string {
  return key.replace(/\.(?:zh|en|zh-cn|zh-hans|zh-hant|zh-tw)(?=\.[a-z]+$)/i, '').replace(/\.(?:md|txt|html?)$/i, '');
}
