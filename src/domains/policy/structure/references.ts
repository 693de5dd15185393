import { scanNumbers } from './numbers.ts';

/** A work of a list of references. */
export interface ListedWork {
  readonly title: string;
  readonly number: string | null;
  readonly issuer: string | null;
  readonly start: number;
  readonly end: number;
}

/** Issuer and a stop before the title. */
const ISSUER =
  /^((?:原|中华人民共和国)?[\u4e00-\u9fff、]{2,40}?(?:局|委员会|委|部|院|会|中心|政府))[.。;,] ?(?=[\u4e00-\u9fff])/;
const LONGEST = 320;

/**
 * Acts of a list of references without book marks: 国务院.某条例:国务院令第1号[Z]. The mark [Z] says that a line names a
 * collection of rules; lines with book marks are read elsewhere, and give only what they hold besides.
 */
export function listedWorks(text: string): ListedWork[] {
  const found: ListedWork[] = [];
  for (let at = text.indexOf('[Z'); at >= 0; at = text.indexOf('[Z', at + 2)) {
    const near = Math.max(0, at - LONGEST);
    const begins = text.slice(near, at).lastIndexOf('\n') + 1;
    if (begins === 0 && near > 0) continue;
    const from = near + begins;
    const line = text.slice(from, at);
    if (line.includes('《')) continue;
    let start = /^ *(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.、])? */.exec(line)?.[0].length ?? 0;
    const issuer = ISSUER.exec(line.slice(start));
    start += issuer?.[0].length ?? 0;
    const rest = line.slice(start);
    const title = (/^[^:;,.。]{2,120}/.exec(rest)?.[0] ?? '').trimEnd();
    if (title === '') continue;
    found.push({
      title,
      number: scanNumbers(rest.slice(title.length))[0]?.number ?? null,
      issuer: issuer?.[1] ?? null,
      start: from + start,
      end: from + start + title.length,
    });
  }
  return found;
}
