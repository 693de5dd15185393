import type { TextFormat } from '../types.ts';
import { fold } from './fold.ts';
import { formatOf, fromHtml, fromMarkdown } from './markup.ts';
import { chain, type MappedText } from './offset-map.ts';

/** The text as it is matched, with the way back to the text as it was given. */
export function readText(source: string, format: TextFormat = 'auto'): MappedText & { readonly format: TextFormat } {
  const kind = format === 'auto' ? formatOf(source) : format;
  if (kind === 'text') return { ...fold(source), format: kind };
  const plain = kind === 'html' ? fromHtml(source) : fromMarkdown(source);
  return { ...chain(fold(plain.text), plain), format: kind };
}
