import type { PolicyState } from './types.ts';
import { useWord } from './words.ts';

const tones: Readonly<Record<PolicyState, string>> = {
  'in-force': 'green',
  'not-yet': 'amber',
  repealed: 'red',
  expired: 'red',
  draft: 'amber',
  'no-act': 'plain',
  unknown: 'grey',
};

/** Is the act in force: a word with its colour; not determinable is dashed. */
export function PolicyStateWord({ state }: { state: PolicyState | null | undefined }) {
  const word = useWord();
  if (!state) return null;
  return <span className={`word word-${tones[state] ?? 'grey'}`}>{word('state', state)}</span>;
}

/** The state on the cover of a policy. */
export function PolicyStamp({ state }: { state: PolicyState }) {
  const word = useWord();
  const tone = tones[state] ?? 'grey';
  return (
    <span className={`stamp stamp-${tone === 'plain' ? 'grey' : tone}`} data-testid="state-stamp">
      {word('state', state)}
    </span>
  );
}
