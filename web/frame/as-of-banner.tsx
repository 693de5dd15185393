import { useText } from '../i18n/text.ts';
import { formatInstant, todayInShanghai, useDates } from './dates.ts';
import { useHotkey } from './hotkeys.ts';
import { frame } from './messages.ts';

/** The slim amber line that says the page shows another day than today. */
export function AsOfBanner() {
  const t = useText(frame);
  const dates = useDates();
  useHotkey('t', () => dates.set(undefined, undefined), !dates.now);
  if (dates.now) return null;
  const values = { asOf: dates.asOf ?? todayInShanghai(), knownAt: formatInstant(dates.knownAt) };
  const words = dates.asOf && dates.knownAt ? 'asOfBoth' : dates.asOf ? 'asOfLegal' : 'asOfKnown';
  return (
    <div className="as-of" role="status" data-testid="as-of-banner">
      <span>{t(words, values)}</span>
      <button type="button" className="link" onClick={() => dates.set(undefined, undefined)}>
        {t('backToToday')} <kbd>t</kbd>
      </button>
    </div>
  );
}
