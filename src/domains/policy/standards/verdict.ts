/** A standard as the list has it. */
export interface ListedStandard {
  readonly number: string;
  readonly year: number | null;
  readonly title: string;
  readonly effective: string | null;
  readonly state: 'current' | 'upcoming' | 'withdrawn';
}

export type StandardState = 'current' | 'upcoming' | 'replaced' | 'withdrawn' | 'not-listed';

export interface StandardVerdict {
  readonly state: StandardState;
  /** The listed standard the citation means; null when the list has none of that number and year. */
  readonly listed: string | null;
  readonly title: string | null;
  /** The listed standard in its place, or the one announced to come. */
  readonly by: string | null;
}

/**
 * How a cited standard stands against the list. Without a year the one in force is meant. A year that the list does not
 * have is replaced by a listed current one that is later; what the list does not know is not listed, never withdrawn.
 */
export function standardVerdict(year: number | null, listed: readonly ListedStandard[]): StandardVerdict {
  const current = listed.find(({ state }) => state === 'current') ?? null;
  const upcoming = listed.find(({ state }) => state === 'upcoming') ?? null;
  const meant = year === null ? (current ?? upcoming) : (listed.find((standard) => standard.year === year) ?? null);
  if (meant)
    return {
      state: meant.state,
      listed: meant.number,
      title: meant.title,
      by:
        meant.state === 'current' && upcoming
          ? upcoming.number
          : meant.state === 'withdrawn'
            ? (current?.number ?? null)
            : null,
    };
  const later = [current, upcoming].find((standard) => standard !== null && (standard.year ?? 0) > (year ?? 9999));
  if (later?.state === 'current') return { state: 'replaced', listed: null, title: later.title, by: later.number };
  return { state: 'not-listed', listed: null, title: null, by: later?.number ?? null };
}
