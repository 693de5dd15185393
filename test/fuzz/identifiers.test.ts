import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_FORMS,
  ALL_KINDS,
  anyInput,
  bestTime,
  longInput,
  randomFrom,
  readAll,
  TIME_LIMIT,
  timedParsers,
} from './identifier-fuzzing.ts';

describe('identifier parsers on damaged input', () => {
  it('never throw and keep the promises of their answers', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        readAll(anyInput(randomFrom(seed)), ALL_FORMS, ALL_KINDS);
      }),
      { numRuns: 1500 },
    );
  });

  it('answer a megabyte, and everything shorter, in under 50 ms', () => {
    const random = randomFrom(20261101);
    const slow: string[] = [];
    for (let i = 0; i < 12; i++) {
      const input = longInput(random, [1_000_000, 8_000, 2_000][i % 3] as number);
      for (const [name, call] of timedParsers(input)) {
        const time = bestTime(call);
        if (time > TIME_LIMIT) slow.push(`${name} ${time.toFixed(0)} ms: ${JSON.stringify(input.slice(0, 40))}`);
      }
    }
    expect(slow).toEqual([]);
  });
});
