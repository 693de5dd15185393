import { useText } from '../../i18n/text.ts';
import { subscriptions as words } from './messages.ts';
import type { EventKind } from './types.ts';

const TONES: Readonly<Record<EventKind, string>> = {
  added: 'word-green',
  changed: 'word-amber',
  cited: 'word-plain',
  amended: 'word-amber',
  repealed: 'word-red',
  interpreted: 'word-plain',
  corrected: 'word-plain',
};

/** What happened to an act, in a word. */
export function EventWord({ kind }: { kind: EventKind }) {
  const t = useText(words);
  return <span className={`word ${TONES[kind] ?? 'word-plain'}`}>{t(`event.${kind}`)}</span>;
}
