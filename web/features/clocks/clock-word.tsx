import { useText } from '../../i18n/text.ts';
import { clocks } from './messages.ts';
import type { Clock, ClockStatus } from './types.ts';

/** How a clock stands, told apart further than by its status: what was done after its last day runs no more. */
export type ClockTone = ClockStatus | 'late' | 'unknown';

export function toneOf(clock: Pick<Clock, 'status'> & { readonly doneOn?: string | null }): ClockTone {
  if (clock.status === 'overdue' && clock.doneOn) return 'late';
  return clock.status ?? 'unknown';
}

const TONES: Readonly<Record<ClockTone, string>> = {
  running: 'word-accent',
  stopped: 'word-amber',
  overdue: 'word-red',
  late: 'word-amber',
  met: 'word-green',
  'not-started': 'word-plain',
  unknown: 'word-grey',
};

/** The status of a clock: a word with its colour. */
export function ClockWord({ tone }: { tone: ClockTone }) {
  const t = useText(clocks);
  if (tone === 'unknown') return null;
  return <span className={`word ${TONES[tone]}`}>{t(`status.${tone}`)}</span>;
}
