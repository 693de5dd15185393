import type { Issuer } from '../types.ts';
import { isBodyName } from './bodies.ts';
import type { Draft } from './draft.ts';
import { scanNumbers } from './numbers.ts';

/** A line that says who issued the document under which number: 某某局2021年第24号通告. */
export interface HeadLine {
  readonly body: string;
  readonly number: string;
  readonly start: number;
  readonly end: number;
}

const SORT = /(?:公告|通告|通知|令)$/;

/** The line under the title that gives body, number and sort of document, when it holds nothing else. */
export function headLine(draft: Draft): HeadLine | null {
  for (const line of draft.lines.slice(0, 8)) {
    if (line.text.length > 60 || /^[(《]|[。;]$/.test(line.text)) continue;
    const found = scanNumbers(line.text)[0];
    if (found?.style !== 'serial') continue;
    const before = line.text.slice(0, found.start).replace(SORT, '').trim();
    const after = line.text.slice(found.end).trim();
    if (!(after === '' || SORT.test(after)) || after.length > 2 || !isBodyName(before)) continue;
    return { body: before, number: found.number, start: line.start, end: line.start + line.text.length };
  }
  return null;
}

/** The number of the document itself: in the head, behind the title, in the page's table; never one it only cites. */
export function findDocNumber(
  draft: Draft,
  title: { readonly words: string; readonly end: number },
  issuers: readonly Issuer[],
  subject: string | null,
): { number: string; start: number; end: number } | null {
  const stated = draft.page?.info.get('number');
  if (stated) {
    const number = scanNumbers(stated.value)[0];
    if (number) return { number: number.number, start: 0, end: 0 };
  }
  const titleLine = title.words;
  const inTitle = scanNumbers(titleLine).at(-1);
  if (inTitle && inTitle.end >= titleLine.length - 4 && bracketed(titleLine, inTitle.start))
    return { number: inTitle.number, start: 0, end: titleLine.length };
  const head = headLine(draft);
  if (head) return head;
  // in a notice of one line the number follows the title
  if (title.end > 0) {
    const behind = draft.text.slice(title.end, title.end + 50);
    const next = scanNumbers(behind)[0];
    if (next && next.style !== 'order' && /^[ (〔【]*$/.test(behind.slice(0, next.start)))
      return { number: next.number, start: title.end + next.start, end: title.end + next.end };
  }
  for (const line of draft.lines.slice(0, 12)) {
    // a summary opens with the number: 某药监规〔2025〕3号,2025年7月17日印发,…
    const opening = scanNumbers(line.text.slice(0, 60))[0];
    if (
      opening?.style === 'code' &&
      opening.start === 0 &&
      /^[,;] ?(?:19|20)\d{2}年/.test(line.text.slice(opening.end))
    )
      return { number: opening.number, start: line.start, end: line.start + opening.end };
    if (line.text.length > 60) {
      if (line.text.length > 130) break;
      continue;
    }
    const found = scanNumbers(line.text).at(-1);
    if (!found) continue;
    const rest = (line.text.slice(0, found.start) + line.text.slice(found.end)).replace(/[()〔〕【】 ]/g, '');
    const order =
      found.style === 'order' &&
      /公布|发布/.test(line.text) &&
      !/修订/.test(
        draft.text
          .slice(0, line.end + 200)
          .split('\n')
          .slice(0, 8)
          .join(''),
      );
    if (
      rest.length === 0 ||
      order ||
      (found.style !== 'order' && /^(?:公告|通告|文号:?|发文字号:?|通知)$/.test(rest)) ||
      isBodyName(rest)
    ) {
      return {
        number: order && found.number.length < 6 ? `${issuers[0]?.name ?? ''}${found.number}` : found.number,
        start: line.start,
        end: line.end,
      };
    }
  }
  // a report gives the number of the act it is about in brackets behind its title
  if (subject) {
    const at = draft.text.indexOf(`《${subject}》(`);
    const bracket = at < 0 ? undefined : /^\(([^()]{4,40})/.exec(draft.text.slice(at + subject.length + 2))?.[1];
    const number = bracket ? scanNumbers(bracket)[0] : undefined;
    if (number?.style === 'code') return { number: number.number, start: at, end: at };
  }
  const tender = /(?:采购|招标|项目)(?:文件)?编号[:] ?([A-Z]{2,}[A-Z0-9-]*\d{4}[-A-Z0-9]*)/.exec(
    draft.text.slice(0, 3000),
  );
  if (tender) return { number: tender[1] ?? '', start: tender.index, end: tender.index + tender[0].length };
  // 某某局2019年第72号通告附件.doc: the file of the attachment carries the number of its notice
  const file = /((?:19|20)\d{2}年第\d{1,4}号)(?:公告|通告)附件\S{0,10}\.(?:docx?|pdf|xlsx?|zip|rar|wps)/.exec(
    draft.text,
  );
  return file ? { number: file[1] ?? '', start: file.index, end: file.index + file[0].length } : null;
}

function bracketed(line: string, start: number): boolean {
  return (
    /[(〔【 ]$/.test(line.slice(0, start)) || /(?:书|通知|公告|通告|意见|函)$/.test(line.slice(0, start)) || start === 0
  );
}
