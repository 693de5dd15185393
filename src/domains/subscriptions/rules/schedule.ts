/** When mail goes out: as things happen, or together at an hour of Asia/Shanghai. */
export interface MailTimes {
  readonly when: 'at-once' | 'daily' | 'weekly';
  /** 0 to 23. */
  readonly hour: number;
  /** 1 Monday … 7 Sunday; weekly only. */
  readonly weekday: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Asia/Shanghai is eight hours ahead all year. */
const SHANGHAI = 8 * HOUR;

/**
 * The latest instant, not after `now`, at which a digest goes out: what was told before it belongs to the digest. Null
 * for mail that is sent at once.
 */
export function lastDigest({ when, hour, weekday }: MailTimes, now: Date): Date | null {
  if (when === 'at-once') return null;
  const local = now.getTime() + SHANGHAI;
  let at = Math.floor(local / DAY) * DAY + hour * HOUR;
  if (at > local) at -= DAY;
  if (when === 'weekly') {
    // 1970-01-01 was a Thursday
    const day = ((Math.floor(at / DAY) + 3) % 7) + 1;
    at -= ((day - weekday + 7) % 7) * DAY;
  }
  return new Date(at - SHANGHAI);
}

const FIRST = 30_000;
const LONGEST = 6 * HOUR;
/** Attempts that may fail in a row before a channel pauses. */
export const MOST_FAILURES = 20;

/** Milliseconds to wait after so many failures in a row: half a minute, doubled each time, six hours at most. */
export function backoff(failures: number): number {
  return Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1));
}
