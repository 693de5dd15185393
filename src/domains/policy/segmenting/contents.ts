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

/** Finds the list of contents; it ends where a line it announced comes again. */
export function findContents(lines: readonly Line[]): Contents | null {
  const first = lines.slice(0, 80).findIndex((line) => HEADS.test(line.text));
  if (first < 0) return null;
  const seen = new Map<string, number>();
  for (let i = first + 1; i < lines.length; i++) {
    const key = headlineKey(lines[i]?.text ?? '');
    if (key.length < 5) continue;
    if (seen.has(key) && i - (seen.get(key) ?? 0) > 1) {
      const keys = new Set([...seen].filter(([, at]) => at < i).map(([word]) => word));
      return { firstLine: first, endLine: i, keys };
    }
    if ((lines[i]?.text.length ?? 0) <= 120) seen.set(key, i);
  }
  return null;
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
