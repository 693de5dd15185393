const MARKUP =
  /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)|<\/?[a-zA-Z][^<>]{0,4000}>|<![a-zA-Z][^<>]{0,400}>/g;
const BREAKS = /^<\/?(?:p|br|div|li|tr|h[1-6]|section|article|table|ul|ol)\b/i;

/** True when the text is the source of a page and not only words with a sign in them. */
function isMarkup(text: string): boolean {
  return /<(?:html|body|div|p|br|span|table|h[1-6])\b[^<>]{0,400}>/i.test(text.slice(0, 200_000));
}

const MARKDOWN = /^#{1,6} +|\*\*|^> ?/gm;

/** True when lines begin with the signs of Markdown headings. */
function isMarkdown(text: string): boolean {
  return /^#{1,6} +\S/m.test(text.slice(0, 200_000));
}

/** Where tags stand in the source of a page, and which of them begin a line; likewise the signs of Markdown. Plain text has none. */
export function markupOf(text: string): readonly (readonly [start: number, end: number, breaks: boolean])[] {
  if (!isMarkup(text))
    return isMarkdown(text)
      ? Array.from(text.matchAll(MARKDOWN), (found) => [found.index, found.index + found[0].length, false])
      : [];
  return Array.from(text.matchAll(MARKUP), (found) => [
    found.index,
    found.index + found[0].length,
    BREAKS.test(found[0]),
  ]);
}
