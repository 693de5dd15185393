import mammoth from 'mammoth';
import { AppError } from '../../kernel/app-error.ts';
import type { DocumentText, FileNotice } from './types.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };
const MOST_NOTICES = 20;

/**
 * The text of a Word file: a paragraph a line, rows of tables with tabs between their cells. Deleted words of tracked
 * changes are left out and inserted ones taken, as the file would be printed.
 * @throws AppError `policy.unreadable`
 */
export async function docxText(bytes: Buffer): Promise<DocumentText> {
  let html: string;
  let messages: readonly { readonly message: string }[];
  try {
    const found = await mammoth.convertToHtml(
      { buffer: bytes },
      { convertImage: mammoth.images.imgElement(async () => ({ src: '' })), includeDefaultStyleMap: true },
    );
    html = found.value;
    messages = found.messages;
  } catch (error) {
    throw new AppError('policy.unreadable', `the Word file cannot be read: ${(error as Error).message}`);
  }
  const notices: FileNotice[] = [];
  const numbered = html.match(/<ol>/g)?.length ?? 0;
  if (numbered) notices.push({ kind: 'automatic-numbers', count: html.match(/<li>/g)?.length ?? 0 });
  const left = messages
    .map(({ message }) => message)
    .filter((message) => !/style|Unrecognised (?:paragraph|run) /i.test(message));
  for (const what of [...new Set(left)].slice(0, MOST_NOTICES)) notices.push({ kind: 'left-out', what });
  return { text: plainText(html), from: 'docx', pages: null, notices };
}

/** The library's own well-formed HTML as lines; this is no reader of foreign pages. */
function plainText(html: string): string {
  return html
    .replace(
      /<(?:td|th)[^>]*>((?:(?!<\/?t[dh]).)*)<\/(?:td|th)>/gs,
      (_, cell: string) => `${cell.replace(/<\/p>\s*<p>/g, ' ').replace(/<\/?p>/g, '')}\t`,
    )
    .replace(/<br ?\/?>|<\/(?:p|h[1-6]|li|tr)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\t+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
