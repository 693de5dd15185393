import { type LocalDate, parseLocalDate } from '../../../src/kernel/local-date.ts';

export interface NoticeText {
  readonly holidays: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  readonly makeUp: readonly string[];
}

const NAME =
  /^[\s　]*(?:[一二三四五六七八九十]+[、.．]|[(（]?[一二三四五六七八九十\d]+[)）、.．])?[\s　]*([^：:，。\d]{2,12})[：:]/;
const SPAN =
  /(\d{1,2})月(\d{1,2})日(?:[（(][^）)]*[）)])?(?:至(?:(\d{1,2})月)?(\d{1,2})日(?:[（(][^）)]*[）)])?)?[^。；;]*?放假/;
const WORKED =
  /((?:\d{1,2}月)?\d{1,2}日(?:[（(][^）)]*[）)])?(?:[、和及](?:\d{1,2}月)?\d{1,2}日(?:[（(][^）)]*[）)])?)*)上班/g;

/**
 * Reads the items of the State Council's notice: `元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。` Days
 * belong to the year given; a stretch that begins in December of the year before is cut at the new year.
 */
export function readNotice(text: string, year: number): NoticeText {
  const holidays: { name: string; from: string; to: string }[] = [];
  const makeUp: string[] = [];
  const day = (month: number, date: number): LocalDate | undefined =>
    parseLocalDate(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`);
  for (const line of text.split(/\r?\n/)) {
    const name = NAME.exec(line)?.[1]?.trim();
    if (!name) continue;
    const span = SPAN.exec(line);
    if (!span) continue;
    const month = Number(span[1]);
    const first = day(month, Number(span[2]));
    const last = span[4] === undefined ? first : day(Number(span[3] ?? month), Number(span[4]));
    if (first && last && last >= first) holidays.push({ name, from: first, to: last });
    for (const [, written = ''] of line.matchAll(WORKED)) {
      let of = month;
      for (const [, m, d] of written.matchAll(/(?:(\d{1,2})月)?(\d{1,2})日/g)) {
        of = m === undefined ? of : Number(m);
        const worked = day(of, Number(d));
        if (worked) makeUp.push(worked);
      }
    }
  }
  return { holidays, makeUp: makeUp.sort() };
}
