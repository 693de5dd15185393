import type { TextFormat } from '../types.ts';
import { type MappedText, TextBuilder } from './offset-map.ts';

const HTML_SIGN = /<(?:!doctype html|html|body|div|p|br|span|table|td|section|article|h[1-6])(?=[\s>/])/gi;
const BLOCK =
  /^(?:p|div|br|li|ul|ol|tr|table|h[1-6]|section|article|header|footer|blockquote|pre|hr|title|center|dd|dt|thead|tbody)$/;
const CELL = /^(?:td|th)$/;
/** What stands between these tags is no text of the page. */
const DROPPED = /^(?:script|style|noscript|template|svg|iframe|object|head)$/;
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '\u00A0',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  mdash: '—',
  ndash: '–',
  middot: '·',
  hellip: '…',
  times: '×',
  ensp: ' ',
  emsp: '\u3000',
  copy: '©',
  bull: '•',
};

/** Whether a text is HTML, Markdown or plain: by its own signs, never by a file name. */
export function formatOf(text: string): Exclude<TextFormat, 'auto'> {
  const head = text.slice(0, 200_000);
  if (/^\s*<(?:!doctype|html)/i.test(head) || (head.match(HTML_SIGN)?.length ?? 0) >= 3) return 'html';
  return /^#{1,6} |^<!--|\*\*|^\d+\\\./m.test(head) ? 'markdown' : 'text';
}

function entity(name: string): string | undefined {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0xffff && (code < 0xd800 || code > 0xdfff) ? String.fromCharCode(code) : '';
  }
  return ENTITIES[name];
}

function copyText(out: TextBuilder, source: string, start: number, end: number): void {
  const pattern = /&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi;
  pattern.lastIndex = start;
  let from = start;
  // a slice keeps the search from running past the tag
  const piece = source.slice(start, end);
  for (const found of piece.matchAll(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi)) {
    const word = entity((found[1] ?? '').toLowerCase());
    if (word === undefined) continue;
    const place = start + found.index;
    out.copy(from, place);
    out.put(word, place);
    from = place + found[0].length;
  }
  out.copy(from, end);
}

/** The text of an HTML page. Nothing is run or fetched: tags become line ends or vanish, what is left is plain text. */
export function fromHtml(source: string): MappedText {
  const out = new TextBuilder(source);
  // a head that is never closed hides nothing
  const lastHead = source.toLowerCase().lastIndexOf('</head');
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    if (open < 0) break;
    copyText(out, source, at, open);
    if (source.startsWith('<!--', open)) {
      const close = source.indexOf('-->', open + 4);
      at = close < 0 ? source.length : close + 3;
      continue;
    }
    const name = /^<\/?([a-z][a-z0-9]*)/i.exec(source.slice(open, open + 24))?.[1]?.toLowerCase();
    if (name === undefined && !/^<[!?]/.test(source.slice(open, open + 2))) {
      out.copy(open, open + 1);
      at = open + 1;
      continue;
    }
    const close = source.indexOf('>', open);
    if (close < 0) {
      out.copy(open, source.length);
      at = source.length;
      break;
    }
    at = close + 1;
    if (name === undefined) continue;
    if (DROPPED.test(name) && source[open + 1] !== '/' && source[close - 1] !== '/') {
      const end = name === 'head' && at > lastHead ? at : endOf(source, name, at);
      at = end < 0 ? source.length : end;
    } else if (BLOCK.test(name)) out.put('\n', open);
    else if (CELL.test(name) && source[open + 1] === '/') out.put('| ', open);
  }
  copyText(out, source, at, source.length);
  return out.finish();
}

function endOf(source: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}\\s*>`, 'gi');
  pattern.lastIndex = from;
  const found = pattern.exec(source);
  return found ? found.index + found[0].length : -1;
}

/** Digits or a bracket beside `**` say that digits were masked, not that words are bold. */
const MASK_BEFORE = /[〔﹝[\d年月第至]$/;
const MASK_AFTER = /^[〕﹞\]\d年月日号万元%]/;
const SIGN = /[#>*\\[<]/g;
const ESCAPABLE = '.()-_#*+![]';
const LINK = /\[([^\]\n]{0,200})\]\([^)\s]{1,500}\)/y;

/** Markdown with its signs taken out; a heading keeps its line. */
export function fromMarkdown(source: string): MappedText {
  const out = new TextBuilder(source);
  let from = 0;
  // nothing closes behind this place, and looking for it again and again would take for ever
  const lastComment = source.lastIndexOf('-->');
  const lastClose = source.lastIndexOf('>');
  const drop = (start: number, end: number): void => {
    out.copy(from, start);
    from = end;
  };
  SIGN.lastIndex = 0;
  for (let found = SIGN.exec(source); found; found = SIGN.exec(source)) {
    const place = found.index;
    const sign = found[0];
    let next = place + 1;
    if (sign === '#' || sign === '>') {
      // only the last few characters are looked at: the line may have no beginning for megabytes
      const near = source.slice(Math.max(0, place - 8), place);
      const lineStart = near.lastIndexOf('\n') + 1;
      if ((lineStart === 0 && place > 7) || near.slice(lineStart).trim() !== '') continue;
      while (sign === '#' && source[next] === '#') next++;
      if (sign === '#' && (next - place > 6 || !/[ \t]/.test(source[next] ?? ''))) continue;
      while (source[next] === ' ' || source[next] === '\t') next++;
      drop(place, next);
    } else if (sign === '*') {
      while (source[next] === '*') next++;
      const marks = next - place;
      if (marks >= 2 && !(marks === 2 && isMask(source, place, next))) drop(place, next);
    } else if (sign === '\\') {
      if (ESCAPABLE.includes(source[next] ?? ' ')) drop(place, next);
    } else if (sign === '[') {
      LINK.lastIndex = place;
      const link = LINK.exec(source);
      if (!link) continue;
      const words = link[1] ?? '';
      drop(source[place - 1] === '!' && from < place ? place - 1 : place, place + 1);
      out.copy(from, place + 1 + words.length);
      next = place + link[0].length;
      from = next;
    } else if (place < lastComment && source.startsWith('!--', next)) {
      const close = source.indexOf('-->', next);
      drop(place, close + 3);
      next = close + 3;
    } else if (place < lastClose && source.startsWith('http', next)) {
      const close = source.indexOf('>', next);
      if (close - next > 500 || /\s/.test(source.slice(next, close))) continue;
      drop(place, next);
      drop(close, close + 1);
      next = close + 1;
    }
    SIGN.lastIndex = Math.max(next, place + 1);
  }
  out.copy(from, source.length);
  return out.finish();
}

/** `**` that stands for digits left out by a mirror, not for bold words. */
function isMask(source: string, place: number, next: number): boolean {
  const before = source[place - 1] ?? '';
  const after = source[next] ?? '';
  return MASK_AFTER.test(after) && (MASK_BEFORE.test(before) || /[年月日号〕﹞]/.test(after));
}
