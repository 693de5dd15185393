import type { Line } from '../reading/lines.ts';
import type { Page } from '../reading/page.ts';
import type { FoundDate } from './dates.ts';

/**
 * One document while it is read: its own text without the page around it. Places are counted from the start of `text`;
 * the caller moves them to the text as it was given.
 */
export interface Draft {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly page: Page | null;
  readonly dates: readonly FoundDate[];
  /** Year of dates that have none, from the neighbourhood; null when nothing fixes it. */
  readonly year: number | null;
}
