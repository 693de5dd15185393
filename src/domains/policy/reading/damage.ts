import type { Damage } from '../types.ts';

const SIGNS =
  /\*{2,}(?=[〕\]年月日号万元%\d])|[〔(]\*{2,}[〕)]|\uFFFD+|(?:19|20)\d{2}月\d{1,2}月\d{1,2}日|(?:19|20)\d{2}年(?:1[3-9]|[2-9]\d|0{1,2})月|\d{1,2}月(?:3[2-9]|[4-9]\d)日|〔(?:19|20)\d{3,8}(?![〕\d年])|,{2,}|,[ ]?,/g;

/** Places that cannot be read for sure. Nothing is mended: what is masked or impossible stays unknown. */
export function findDamage(
  text: string,
  place: (start: number, end: number) => { start: number; end: number },
): Damage[] {
  const found: Damage[] = [];
  for (const match of text.matchAll(SIGNS)) {
    const sign = match[0];
    const kind: Damage['kind'] = sign.includes('*')
      ? 'masked'
      : sign[0] === '\uFFFD'
        ? 'replacement-character'
        : sign[0] === ','
          ? 'doubled-mark'
          : sign[0] === '〔'
            ? 'broken-number'
            : 'impossible-date';
    found.push({ ...place(match.index, match.index + sign.length), kind, text: sign });
    if (found.length >= 1000) break;
  }
  return found;
}
