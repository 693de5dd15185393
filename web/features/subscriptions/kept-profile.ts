import { type MatchProfile, NO_PROFILE } from './types.ts';

const KEY = 'xiedang.match-profile';

/** The enterprise that was last asked about in this browser. */
export function keptProfile(): MatchProfile {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return typeof kept === 'object' && kept !== null ? { ...NO_PROFILE, ...(kept as MatchProfile) } : NO_PROFILE;
  } catch {
    return NO_PROFILE;
  }
}

export function keepProfile(profile: MatchProfile): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(profile));
  } catch {
    // without storage it is filled in again
  }
}
