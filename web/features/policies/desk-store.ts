import type { TextFormat } from './types.ts';

const KEY = 'xiedang.reading-desk';

export interface DeskText {
  readonly text: string;
  readonly format: TextFormat;
  /** The file it was taken from. */
  readonly name: string;
}

/** The text that lies on the desk of this browser. */
export function keptText(): DeskText | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return typeof kept === 'object' && kept !== null && 'text' in kept ? (kept as DeskText) : null;
  } catch {
    return null;
  }
}

/** Keeps the text for the next visit. Answers false when the browser has no room for it. */
export function keepText(desk: DeskText | null): boolean {
  try {
    if (desk === null || desk.text === '') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(desk));
    return true;
  } catch {
    localStorage.removeItem(KEY);
    return false;
  }
}

const PLAIN: Readonly<Record<string, TextFormat>> = {
  txt: 'text',
  md: 'markdown',
  markdown: 'markdown',
  htm: 'html',
  html: 'html',
};

/** A file of characters is read in the browser: UTF-8, else GB 18030. Others (docx, pdf) answer null: the server reads them. */
export async function plainFile(file: File): Promise<DeskText | null> {
  const ending = file.name.toLowerCase().split('.').at(-1) ?? '';
  const format = PLAIN[ending];
  if (!format) return null;
  const bytes = await file.arrayBuffer();
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('gb18030').decode(bytes);
  }
  return { text: text.replaceAll('\r\n', '\n'), format: format === 'text' ? 'auto' : format, name: file.name };
}
