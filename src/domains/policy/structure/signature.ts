import type { Line } from '../reading/lines.ts';
import { bodiesOfLine, closingBodies, isNational, regionOfBody } from './bodies.ts';
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
  /^\(?(?:(?:19|20)\d{2}|[一二][一二三四五六七八九〇○零OΟ]{3}) ?[年.\-/] ?[\d一二三四五六七八九十]{1,3} ?[月.\-/] ?[\d一二三四五六七八九十]{1,3} ?日?\)?(?: *(?:发布|印发|印))?(?: ?\((?:此件|公开|主动|信息公开|依申请)[^()]{0,20}\))?$/;
/** What may follow a signature inside a line. */
const AFTER_SIGNATURE = /^ *(?:$|附件|抄送|\n|\()/;
/** Names that stand for the body above: the seal of another office, in brackets. */
const SEAL = /^\([^()]{3,40}(?:代章|代|盖章|印章)\)$/;
/** A unit that is named below the body it belongs to. */
const UNIT = /(?:中心|司|处|所|办公室)$/;

/** The lines of names above a date, the date of signing. */
export function findSignature(draft: Draft): Signed | null {
  const { lines } = draft;
  let bare: Signed | null = null;
  // dates and lines stand in the same order
  let nextDate = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line;
    if (line.text.length > 45) {
      while (nextDate < draft.dates.length && (draft.dates[nextDate]?.start ?? 0) < line.start) nextDate++;
      const glued = gluedSignature(draft, line, i, nextDate);
      if (glued && (line.text.length <= 500 || i >= lines.length - 3)) return glued;
      if (line.text.length > 500) continue;
    }
    if (DATE_LINE.test(line.text)) {
      const date = dayIn(line.text);
      if (!date) continue;
      const bodies: Signed['bodies'][number][] = [];
      for (let k = i - 1; k >= 0 && k >= i - 20; k--) {
        const above = lines[k] as Line;
        if (SEAL.test(above.text)) continue;
        const names = bodiesOfLine(above.text);
        if (names.length === 0) break;
        bodies.unshift(...names.map((text) => ({ text, start: above.start, end: above.end })));
      }
      joinUnit(bodies);
      // names right under the top of the page are a head, not a signature
      const signed = { date, start: line.start, end: line.end, bodies, line: i };
      if (bodies.length > 0 && i > 1) return signed;
      // no names above: the date closes the text, or the words of issue before an attached plan
      const closes = /。$/.test(lines[i - 1]?.text ?? '') && isTitleLine(lines[i + 1]?.text ?? '');
      if (i > 1 && (i > lines.length * 0.6 || closes)) bare ??= signed;
      continue;
    }
    const same = /^(.{4,80}?) ?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)$/.exec(line.text);
    if (same && i > 1 && bodiesOfLine((same[1] ?? '').trim()).length > 0) {
      const date = dayIn(same[2] ?? '');
      if (date) {
        const bodies = bodiesOfLine((same[1] ?? '').trim()).map((text) => ({ text, start: line.start, end: line.end }));
        return { date, start: line.start, end: line.end, bodies, line: i };
      }
    }
  }
  return bare;
}

/** 国家某局 above 某审评中心: a unit below its body is one name. */
function joinUnit(bodies: Signed['bodies'][number][]): void {
  const [body, unit] = bodies;
  if (bodies.length !== 2 || !body || !unit || body.start === unit.start) return;
  if (!UNIT.test(unit.text) || /联盟|联合/.test(unit.text) || regionOfBody(unit.text) || isNational(unit.text)) return;
  if (!/[局委会厅部]$/.test(body.text)) return;
  bodies.splice(0, 2, { text: body.text + unit.text, start: body.start, end: unit.end });
}

/**
 * A signature run together with the text before it: …附件:清单某某局2025年6月4日. In a text of one line what it carries may
 * follow behind a blank.
 */
function gluedSignature(draft: Draft, line: Line, index: number, firstDate: number): Signed | null {
  const flat = draft.lines.length === 1 || (draft.lines.length <= 4 && line.text.length >= 150);
  for (let k = firstDate; k < draft.dates.length; k++) {
    const date = draft.dates[k];
    if (!date || date.end > line.end) break;
    if (date.date === null || draft.text[date.end - 1] !== '日') continue;
    if (!/[局委会部厅室心院府司处办署盟] *$/.test(draft.text.slice(date.start - 8, date.start))) continue;
    const after = draft.text.slice(date.end, date.end + 8);
    if (!AFTER_SIGNATURE.test(after) && !(flat && after.startsWith(' '))) continue;
    if (!flat && date.end < line.end) continue;
    const from = Math.max(line.start, date.start - 180);
    const bodies = closingBodies(draft.text.slice(from, date.start));
    if (bodies.length === 0) continue;
    return {
      date: date.date,
      start: date.start,
      end: date.end,
      bodies: bodies.map(({ text, start, end }) => ({ text, start: from + start, end: from + end })),
      line: index,
    };
  }
  return null;
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
