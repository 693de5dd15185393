import type { Line } from '../reading/lines.ts';
import { bodiesIn, bodiesOfLine, isBodyName } from './bodies.ts';
import { dayIn } from './dates.ts';
import type { Draft } from './draft.ts';
import { isTitleLine } from './title.ts';

/** The names under a text with the date they signed. */
export interface Signed {
  readonly date: string;
  readonly start: number;
  readonly end: number;
  readonly bodies: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  /** Where the signature ends: what follows is attached. */
  readonly line: number;
}

const DATE_LINE =
  /^\(?(?:(?:19|20)\d{2}|[一二][一二三四五六七八九〇○零OΟ]{3}) ?[年.\-/] ?[\d一二三四五六七八九十]{1,3} ?[月.\-/] ?[\d一二三四五六七八九十]{1,3} ?日?\)?(?: *(?:发布|印发|印))?$/;
const GLUED =
  /([\u4e00-\u9fff、]{4,40}?(?:局|委|会|部|厅|室|中心|院|府|司|处|办))((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*$/;

/** The lines of names above a date, the date of signing. */
export function findSignature(draft: Draft): Signed | null {
  const { lines } = draft;
  let bare: Signed | null = null;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line;
    if (line.text.length > 500) {
      const glued = gluedSignature(line, i);
      if (glued && i >= lines.length - 3) return glued;
      continue;
    }
    if (DATE_LINE.test(line.text)) {
      const date = dayIn(line.text);
      if (!date) continue;
      const bodies: Signed['bodies'][number][] = [];
      for (let k = i - 1; k >= 0 && k >= i - 20; k--) {
        const above = lines[k] as Line;
        const names = bodiesOfLine(above.text);
        if (names.length === 0) break;
        bodies.unshift(...names.map((text) => ({ text, start: above.start, end: above.end })));
      }
      // names right under the top of the page are a head, not a signature
      const signed = { date, start: line.start, end: line.end, bodies, line: i };
      if (bodies.length > 0 && i > 1) return signed;
      // no names above: the date closes the text, or the words of issue before an attached plan
      const closes = /。$/.test(lines[i - 1]?.text ?? '') && isTitleLine(lines[i + 1]?.text ?? '');
      if (i > 1 && (i > lines.length * 0.6 || closes)) bare ??= signed;
      continue;
    }
    const same = /^(.{4,40}?) ?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)$/.exec(line.text);
    if (same && i > 1 && bodiesOfLine((same[1] ?? '').trim()).length > 0) {
      const date = dayIn(same[2] ?? '');
      if (date) {
        const bodies = bodiesOfLine((same[1] ?? '').trim()).map((text) => ({ text, start: line.start, end: line.end }));
        return { date, start: line.start, end: line.end, bodies, line: i };
      }
    }
    const glued = line.text.length > 45 ? gluedSignature(line, i) : null;
    if (glued) return glued;
  }
  return bare;
}

/** …(企业端)某某局2025年6月4日: signature run together with the text before it. */
function gluedSignature(line: Line, index: number): Signed | null {
  if (!line.text.endsWith('日')) return null;
  const tail = line.text.slice(-70);
  const match = GLUED.exec(tail);
  if (!match) return null;
  const date = dayIn(match[2] ?? '');
  if (!date) return null;
  let name = match[1] ?? '';
  const named = bodiesIn(`${name} `).at(-1);
  if (named) name = named.text;
  if (!isBodyName(name)) return null;
  const end = line.end;
  const start = end - (match[2] ?? '').length;
  return { date, start, end, bodies: [{ text: name, start: start - name.length, end: start }], line: index };
}

/** More names below a text are a list. */
const MOST_SIGNATORIES = 100;

/** Signatures without a date at the foot of a text: the last lines are names. */
export function undatedSignature(draft: Draft): Signed['bodies'] {
  const bodies: Signed['bodies'][number][] = [];
  for (let k = draft.lines.length - 1; k >= 0; k--) {
    const line = draft.lines[k] as Line;
    if (bodies.length === 0 && (/\*/.test(line.text) || /^\(此件|^附件/.test(line.text)) && k > draft.lines.length - 4)
      continue;
    const names = bodiesOfLine(line.text);
    if (names.length === 0 || bodies.length + names.length > MOST_SIGNATORIES) break;
    bodies.unshift(...names.map((text) => ({ text, start: line.start, end: line.end })));
  }
  return bodies;
}

/** The lines above the first paragraph. */
export function headText(draft: Draft): string {
  const long = draft.lines.findIndex((line, index) => index > 0 && line.text.length > 130);
  const last = draft.lines[Math.min(long < 0 ? draft.lines.length - 1 : long - 1, 10)];
  return last ? draft.text.slice(0, last.end) : '';
}
