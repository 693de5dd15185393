import { useText } from '../../i18n/text.ts';
import { clocks } from './messages.ts';
import type { ClockStatus } from './types.ts';

const TONES: Readonly<Record<ClockStatus, string>> = {
  running: 'word-accent',
  stopped: 'word-amber',
  overdue: 'word-red',
  met: 'word-green',
  'not-started': 'word-plain',
};

/** The status of a clock: a word with its colour. */
export function ClockWord({ status }: { status: ClockStatus | null }) {
  const t = useText(clocks);
  if (status === null) return null;
  return <span className={`word ${TONES[status]}`}>{t(`status.${status}`)}</span>;
}
