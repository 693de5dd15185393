import { parseLocalDate } from '../../../kernel/local-date.ts';
import { citedStandards } from './cited.ts';

/** A line of a published list of standards. */
export interface StandardLine {
  readonly number: string;
  readonly key: string;
  readonly year: number | null;
  readonly title: string;
  readonly approved: string | null;
  readonly effective: string | null;
  readonly state: 'current' | 'upcoming' | 'withdrawn';
  readonly replaces: readonly string[];
}

const STATES: Readonly<Record<string, StandardLine['state']>> = {
  现行: 'current',
  active: 'current',
  current: 'current',
  即将实施: 'upcoming',
  upcoming: 'upcoming',
  废止: 'withdrawn',
  已废止: 'withdrawn',
  withdrawn: 'withdrawn',
};

/** A line of JSON of the list, or why it is none. */
export function readStandardLine(line: string): StandardLine | { readonly code: string; readonly message: string } {
  let row: Record<string, unknown>;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no object');
    row = value as Record<string, unknown>;
  } catch (error) {
    return { code: 'policy.bad-line', message: `the line is not a JSON object: ${(error as Error).message}` };
  }
  const word = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);
  const day = (value: unknown) => {
    const text = word(value);
    return text !== null && parseLocalDate(text) ? text : null;
  };
  const number = word(row.number)?.replace(/\s+/g, ' ') ?? null;
  const [read] = number === null ? [] : citedStandards(number, 0, number.length);
  if (number === null || !read) return { code: 'policy.no-standard', message: 'the line has no number of a standard' };
  const state = STATES[word(row.status_zh) ?? word(row.status) ?? word(row.state) ?? ''];
  if (!state)
    return {
      code: 'policy.no-standard',
      message: `the state of ${number} is none of ${Object.keys(STATES).join(', ')}`,
    };
  const replaces = Array.isArray(row.replaces) ? row.replaces : [row.replaces];
  return {
    number,
    key: read.key,
    year: read.year,
    title: word(row.title_zh) ?? word(row.title) ?? number,
    approved: day(row.approval_date),
    effective: day(row.effective_date),
    state,
    replaces: replaces.map(word).filter((text) => text !== null),
  };
}
