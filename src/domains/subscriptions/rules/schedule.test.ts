import { expect, it } from 'vitest';
import { backoff, lastDigest, MOST_FAILURES } from './schedule.ts';

const iso = (times: Parameters<typeof lastDigest>[0], now: string) =>
  lastDigest(times, new Date(now))?.toISOString() ?? null;

it('a daily digest is due at its hour of Shanghai, whatever the zone of the machine', () => {
  const daily = { when: 'daily', hour: 8, weekday: 1 } as const;
  // 08:00 in Shanghai is midnight UTC
  expect(iso(daily, '2026-11-22T23:59:59Z')).toBe('2026-11-22T00:00:00.000Z');
  expect(iso(daily, '2026-11-23T00:00:00Z')).toBe('2026-11-23T00:00:00.000Z');
  expect(iso({ ...daily, hour: 0 }, '2026-12-31T16:00:00Z')).toBe('2026-12-31T16:00:00.000Z');
  expect(iso({ ...daily, hour: 0 }, '2026-12-31T15:59:59Z')).toBe('2026-12-30T16:00:00.000Z');
  expect(iso({ ...daily, hour: 23 }, '2026-03-01T00:00:00Z')).toBe('2026-02-28T15:00:00.000Z');
});

it('a weekly digest is due on its day of the week in Shanghai', () => {
  const monday = { when: 'weekly', hour: 8, weekday: 1 } as const;
  // 2026-11-22 is a Sunday
  expect(iso(monday, '2026-11-22T12:00:00Z')).toBe('2026-11-16T00:00:00.000Z');
  expect(iso(monday, '2026-11-23T00:00:00Z')).toBe('2026-11-23T00:00:00.000Z');
  expect(iso({ ...monday, weekday: 7 }, '2026-11-22T12:00:00Z')).toBe('2026-11-22T00:00:00.000Z');
  // Monday 00:30 in Shanghai is still Sunday in UTC
  expect(iso({ ...monday, hour: 0 }, '2026-11-22T16:30:00Z')).toBe('2026-11-22T16:00:00.000Z');
});

it('mail at once knows no hour', () => {
  expect(iso({ when: 'at-once', hour: 8, weekday: 1 }, '2026-11-22T12:00:00Z')).toBeNull();
});

it('waits double up to six hours; a weekend is shorter than all of them', () => {
  const minutes = Array.from({ length: MOST_FAILURES - 1 }, (_, i) => backoff(i + 1) / 60_000);
  expect(minutes.slice(0, 5)).toEqual([0.5, 1, 2, 4, 8]);
  expect(Math.max(...minutes)).toBe(360);
  expect(minutes.reduce((sum, one) => sum + one, 0) / 60).toBeGreaterThan(60);
});
