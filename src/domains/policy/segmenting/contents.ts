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
