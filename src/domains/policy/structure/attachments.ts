import type { Attachment } from '../types.ts';
import { bodiesIn } from './bodies.ts';
import type { Draft } from './draft.ts';

const FILE_END = /\.(?:docx?|pdf|xlsx?|zip|rar|wps|ofd)$/i;

/** The list of attachments: 附件:1.A 2.B in one line, or one name a line below the word. */
export function findAttachments(draft: Draft): Attachment[] {
  const found: Attachment[] = [];
  const { text, lines } = draft;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (!line) continue;
    const inline = /(?:^|[。 ;|])附 ?件[::][ |]*(?=[^ |])|^附: ?(?=\d{1,2}[.、])/.exec(line.text);
    const head = /^附(?: ?件)?[::]?$/.test(line.text);
    if (!inline && !head) continue;
    let list = '';
    let start = line.start;
    if (inline) {
      start = line.start + inline.index + inline[0].length;
      list = line.text.slice(inline.index + inline[0].length);
    }
    let end = line.end;
    for (let k = i + 1; k < Math.min(lines.length, i + 30); k++) {
      const next = lines[k];
      const row = /^\| ?附 ?件[::][ |]*(?=[^ |])/.exec(next?.text ?? '')?.[0].length ?? 0;
      if (!next || next.text.length > 120) break;
      if (row === 0 && !/^\d{1,2}[.、]/.test(next.text) && !FILE_END.test(next.text)) break;
      list += `\n${next.text.slice(row)}`;
      end = next.end;
    }
    // a signature may be glued to the last name
    const dated = /(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s*$/.exec(list.slice(-40));
    const beforeDate = dated ? list.slice(0, Math.max(0, list.length - 40) + dated.index) : list;
    const tail = Math.max(0, beforeDate.length - 60);
    const signer = dated ? bodiesIn(`${beforeDate.slice(tail)} `).at(-1) : undefined;
    const signed = (signer ? beforeDate.slice(0, tail + signer.start) : beforeDate).slice(0, 6000);
    const parts = signed
      .split(/(?:^|[\n ;])(?=\d{1,2}[.、](?!\d))|\n/)
      .map((part) => part.trim())
      .filter(Boolean);
    for (const part of parts) {
      const no = /^(\d{1,2})[.、]/.exec(part);
      const title = part
        .replace(/^\d{1,2}[.、] ?/, '')
        .replace(/[ |]+$/, '')
        .replace(FILE_END, '')
        .trim();
      if (title.length < 2 || title.length > 120) continue;
      const at = text.indexOf(title, start);
      found.push({
        no: no ? Number(no[1]) : null,
        title,
        start: at < 0 ? start : at,
        end: at < 0 ? end : at + title.length,
      });
    }
    if (found.length > 0) break;
  }
  return [...found, ...annexes(draft, found)];
}

/** A line that opens an annex: 附件2, 附1, 附表 X, 附件5-1 some table. */
const ANNEX =
  /^(附(?:件|表|录)?) ?(\d{1,2}(?:-\d{1,2})?|[A-Z])?(?:(?:(?<=\d)(?![\d所份中的为及至和、列给])|[: ]) ?(\S.{0,58}))?$/;
/** A text may itself be the annex its first lines name. */
const HEAD_LINES = 8;
const MOST_ANNEXES = 40;

/** Annexes that follow in the text and are not in the list of attachments. */
function annexes(draft: Draft, listed: readonly Attachment[]): Attachment[] {
  const found: Attachment[] = [];
  const { lines } = draft;
  for (let i = HEAD_LINES; i < lines.length && found.length < MOST_ANNEXES; i++) {
    const line = lines[i];
    if (line?.text[0] !== '附' || line.text.length > 70) continue;
    const match = ANNEX.exec(line.text);
    if (!match || /[。;,:]$/.test(line.text)) continue;
    const [, word = '', mark, name] = match;
    if (mark === undefined && word === '附') continue;
    const no = mark !== undefined && /^\d+$/.test(mark) ? Number(mark) : null;
    if (no !== null ? listed.some((item) => item.no === no) : mark === undefined && listed.length > 0) continue;
    const next = lines[i + 1];
    const below =
      next && next.text.length <= 60 && !/[。;:|]|^[\d(一二三四五六七八九十]+[.、)]/.test(next.text) ? next : null;
    const own = name ?? below?.text;
    const title = no === null && mark !== undefined ? `${word}${mark}${own ? ` ${own}` : ''}` : (own ?? line.text);
    if (found.some((item) => item.no === no && item.title === title)) continue;
    found.push({ no, title, start: line.start, end: name === undefined && below ? below.end : line.end });
  }
  return found;
}
