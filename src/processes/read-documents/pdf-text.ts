import { getDocumentProxy } from 'unpdf';
import { AppError } from '../../kernel/app-error.ts';
import { type Run, textOfPages } from './pdf-lines.ts';
import type { DocumentText } from './types.ts';

/** More pages are a book or an attack. */
const MOST_PAGES = 3_000;
/** Characters on a page below which it is a picture of one: a scan may carry a page number in text. */
const FEWEST_SIGNS = 8;

/**
 * The text layer of a PDF as paragraphs.
 * @throws AppError `policy.locked` (asks for a password), `policy.scanned` (pictures of pages), `policy.unreadable`
 */
export async function pdfText(bytes: Uint8Array): Promise<DocumentText> {
  const pdf = await open(bytes);
  if (pdf.numPages > MOST_PAGES) throw new AppError('policy.too-long', `${pdf.numPages} pages; at most ${MOST_PAGES}`);
  const pages: Run[][] = [];
  const empty: number[] = [];
  for (let no = 1; no <= pdf.numPages; no++) {
    const page = await pdf.getPage(no);
    const { items } = await page.getTextContent();
    const runs = items.flatMap((item): Run[] => {
      if (!('str' in item)) return [];
      const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[];
      return [{ text: item.str, x, y, width: item.width, size: item.height || Math.hypot(a, b) || 10 }];
    });
    if (runs.reduce((sum, { text }) => sum + text.trim().length, 0) < FEWEST_SIGNS) empty.push(no);
    pages.push(runs);
    page.cleanup();
  }
  if (empty.length === pages.length)
    throw new AppError(
      'policy.scanned',
      `none of the ${pages.length} pages holds text: they are pictures, which are not read here; recognise the text first and give that`,
      { pages: pages.length },
    );
  return {
    text: textOfPages(pages),
    from: 'pdf',
    pages: pages.length,
    notices: empty.length ? [{ kind: 'pages-without-text', pages: empty }] : [],
  };
}

async function open(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(bytes, { isEvalSupported: false, useSystemFonts: false, verbosity: 0 });
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'PasswordException') throw new AppError('policy.locked', 'the PDF asks for a password');
    throw new AppError('policy.unreadable', `the PDF cannot be read: ${message}`);
  }
}
