import { useText } from '../../i18n/text.ts';
import { releaseText } from './messages.ts';

const tones: Readonly<Record<string, string>> = {
  published: 'green',
  running: 'amber',
  queued: 'amber',
  interrupted: 'amber',
  failed: 'red',
  revoked: 'red',
};

export function ReleaseState({ state }: { state: string }) {
  const t = useText(releaseText);
  const key = `state.${state}` as keyof typeof releaseText;
  return <span className={`word word-${tones[state] ?? 'grey'}`}>{key in releaseText ? t(key) : state}</span>;
}
