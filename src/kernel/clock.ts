import { type LocalDate, shanghaiDay } from './local-date.ts';

/** Where "now" comes from; tests give their own. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Today in Asia/Shanghai, whatever the zone of the machine. */
export function today(clock: Clock): LocalDate {
  return shanghaiDay(clock.now());
}
