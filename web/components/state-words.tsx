import { useText } from '../i18n/text.ts';
import { parts } from './messages.ts';

const tones: Readonly<Record<string, 'green' | 'red' | 'amber' | 'grey'>> = {
  valid: 'green',
  withdrawn: 'red',
  absent: 'red',
  expired: 'red',
  revoked: 'red',
  'renewed-as': 'amber',
  'not-yet': 'amber',
  unknown: 'grey',
};

function useStateName(state: string): string {
  const t = useText(parts);
  const key = `state.${state}`;
  return key in parts ? t(key as keyof typeof parts) : state;
}

/** A state in a list: a word with its colour. */
export function StateWord({ state }: { state: string }) {
  return <span className={`word word-${tones[state] ?? 'grey'}`}>{useStateName(state)}</span>;
}

/** The state on the cover of a file. */
export function StateStamp({ state }: { state: string }) {
  return (
    <span className={`stamp stamp-${tones[state] ?? 'grey'}`} data-testid="state-stamp">
      {useStateName(state)}
    </span>
  );
}

/** Marks rows of the demonstration data. */
export function DemoWord({ demo }: { demo: boolean }) {
  const t = useText(parts);
  return demo ? <span className="word word-amber">{t('demo')}</span> : null;
}
