import type { Line } from '../reading/lines.ts';

/** A list of contents at the head of a digest: its lines and the headlines it announces. */
export interface Contents {
  readonly firstLine: number;
  /** The first line of the text proper. */
  readonly endLine: number;
  readonly keys: ReadonlySet<string>;
}

const HEADS = /^(?:目 *录|本期(?:目录|要点|导读|内容)|内容提要|导 *读|CONTENTS)[::]?$/i;

/** A headline without numbering, leaders and page number. */
export function headlineKey(text: string): string {
  return text
    .replace(/(?:[.…·\-—_ ]{2,}|\s|(?<=[\u4e00-\u9fff》)]))\d{1,4}$/, '')
    .replace(
      /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,3}[.、:]?|[■●◆★▲▶•※【◎○])\s*/,
      '',
    )
    .replace(/[\s,。、:;!?“”"《》【】()[\]·.\-—]/g, '')
    .slice(0, 60);
}

/** Dots, or a dash, that lead from a title to its page. */
const LEADER = /(?:[.…·_]{2,}|[-—]{2,}| {2,}) *\d{1,4}$/;
/** A line so long is a paragraph of an article. */
const LONG = 120;
const ABSTRACT = /^(?:摘要|内容提要|提要|导读)[::]/;
const FEWEST_ENTRIES = 3;
/** Lines an entry may be apart from the next: its abstract, the rest of a long title, the name of a part. */
const MOST_BETWEEN = 5;

/** Finds the list of contents; it ends with its last page number, or where a line it announced comes again. */
export function findContents(lines: readonly Line[]): Contents | null {
  const first = lines.slice(0, 80).findIndex((line) => HEADS.test(line.text));
  if (first < 0) return null;
  const led = contentsWithPages(lines, first);
  if (led) return led;
  const seen = new Map<string, number>();
  for (let i = first + 1; i < lines.length; i++) {
    const { text } = lines[i] as Line;
    // articles have begun, and no line announced came again: the list announces in other words
    if (text.length >= LONG && /。/.test(text)) return { firstLine: first, endLine: first + 1, keys: new Set() };
    const key = headlineKey(text);
    if (key.length < 5) continue;
    if (seen.has(key) && i - (seen.get(key) ?? 0) > 1) {
      const keys = new Set([...seen].filter(([, at]) => at < i).map(([word]) => word));
      return { firstLine: first, endLine: i, keys };
    }
    if ((lines[i]?.text.length ?? 0) <= 120) seen.set(key, i);
  }
  return null;
}

function contentsWithPages(lines: readonly Line[], first: number): Contents | null {
  const entries: number[] = [];
  for (let i = first + 1; i < lines.length; i++) {
    if (i - (entries.at(-1) ?? first) > MOST_BETWEEN) break;
    if (LEADER.test(lines[i]?.text ?? '')) entries.push(i);
  }
  const last = entries.at(-1);
  if (last === undefined || entries.length < FEWEST_ENTRIES) return null;
  let end = last + 1;
  while (end < lines.length && ABSTRACT.test(lines[end]?.text ?? '')) end++;
  const keys = entries.flatMap((i) => {
    const own = headlineKey(lines[i]?.text ?? '');
    // a long title may have begun on the line before
    const before = lines[i - 1]?.text ?? '';
    const whole = LEADER.test(before) || ABSTRACT.test(before) ? own : headlineKey(before + (lines[i]?.text ?? ''));
    return [own, whole];
  });
  return { firstLine: first, endLine: end, keys: new Set(keys.filter((key) => key.length >= 5)) };
}

/** Whether the list of contents announces a headline: word for word, or nearly so, since such lists shorten and are cut. */
export function isAnnounced(key: string, announced: ReadonlySet<string>): boolean {
  if (announced.has(key)) return true;
  if (key.length < 8 || announced.size > MOST_ANNOUNCED) return false;
  const pairs = pairsOf(key);
  for (const other of announced) {
    if (other.length < 8) continue;
    const shorter = Math.min(other.length, key.length);
    if (shorter >= 12 && (key.startsWith(other) || other.startsWith(key))) return true;
    const others = pairsOf(other);
    let common = 0;
    for (const pair of pairs) if (others.has(pair)) common++;
    if ((2 * common) / (pairs.size + others.size) >= NEARLY) return true;
  }
  return false;
}

const NEARLY = 0.75;
/** A longer list is no list of contents of one digest; comparing all with all would take its square. */
const MOST_ANNOUNCED = 300;

function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < text.length; i++) pairs.add(text.slice(i, i + 2));
  return pairs;
}
