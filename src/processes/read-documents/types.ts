/** What was noticed while a file became text; nothing of it was mended. */
export type FileNotice =
  /** Pages that hold pictures and no text: what they say is missing here. */
  | { readonly kind: 'pages-without-text'; readonly pages: readonly number[] }
  /** Numbers that the word processor counts by itself are not part of the text and so not here. */
  | { readonly kind: 'automatic-numbers'; readonly count: number }
  /** Something the library could not take over, in its own words. */
  | { readonly kind: 'left-out'; readonly what: string };

/** The text of a file. Places of what is read from a Word or PDF file count in this text, not in the file. */
export interface DocumentText {
  readonly text: string;
  readonly from: 'docx' | 'pdf' | 'text';
  readonly pages: number | null;
  readonly notices: readonly FileNotice[];
}
