import type { TextFormat } from '../types.ts';
import { fold } from './fold.ts';
import { formatOf, fromHtml, fromMarkdown } from './markup.ts';
import { chain, type MappedText } from './offset-map.ts';
import { withoutPageBreaks } from './page-breaks.ts';

/** The text as it is matched, with the way back to the text as it was given. */
export function readText(source: string, format: TextFormat = 'auto'): MappedText & { readonly format: TextFormat } {
  const kind = format === 'auto' ? formatOf(source) : format;
  if (kind === 'text') return { ...foldPages(source), format: kind };
  const plain = kind === 'html' ? fromHtml(source) : fromMarkdown(source);
  return { ...chain(foldPages(plain.text), plain), format: kind };
}

function foldPages(text: string): MappedText {
  const folded = fold(text);
  const { text: pages, changed } = withoutPageBreaks(folded);
  return changed ? chain(pages, folded) : folded;
}
