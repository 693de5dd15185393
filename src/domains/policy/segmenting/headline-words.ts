import { scanBookMarks } from '../structure/citations.ts';
import { headlineKey } from './contents.ts';
import { MARKER } from './marks.ts';

/** 1.2 before a headline that the list of contents announced. */
export const STEPPED = /^\d{1,2}(?:\.\d{1,2}){1,3} ?(?=[\u4e00-\u9fff《“])/;
/** 一、 or (二) before a headline that the list of contents announced. */
const LISTED = /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)) ?/;

/** A headline without its number, sign and closing bracket. */
export function bareHeadline(text: string): string {
  return text.replace(STEPPED, '').replace(LISTED, '').replace(MARKER, '').replace(/】$/, '');
}

/** Whether the paragraph below takes up the words of a headline. */
export function sharesWords(headline: string, paragraph: string): boolean {
  const words = headline.replace(/[^\u4e00-\u9fffA-Za-z0-9]/g, '');
  const lead = paragraph.slice(0, 160);
  let shared = 0;
  for (let i = 0; i + 1 < words.length; i++) if (lead.includes(words.slice(i, i + 2))) shared++;
  return words.length >= 8 && shared >= (words.length - 1) * 0.5;
}

/** The names a line gives to what it carries: titles in book marks, attachments. */
export function noteNames(text: string, names: Set<string>): void {
  if (text.includes('《')) for (const mark of scanBookMarks(text)) names.add(headlineKey(mark.title));
  const attached = /^附 ?件 ?\d{0,2}[:. ] ?(.{4,100})$/.exec(text);
  if (attached) names.add(headlineKey(attached[1] ?? ''));
}
