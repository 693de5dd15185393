import type { Total } from '../api/types.ts';
import { usePreferences } from '../frame/preferences.tsx';
import { roundedCount, useText } from '../i18n/text.ts';
import { parts } from './messages.ts';

/** "共 203,221 条", or "约 20 万条（估计）" when the server did not count to the end. */
export function useTotalWords(): (total: Total | undefined) => string {
  const t = useText(parts);
  const { lang } = usePreferences();
  return (total) => {
    if (!total) return '';
    return total.relation === 'exact'
      ? t('exact', { n: total.value })
      : t('estimate', { n: roundedCount(total.value, lang) });
  };
}

export function TotalWords({ total }: { total: Total | undefined }) {
  const words = useTotalWords();
  return (
    <span className="total" data-testid="total" aria-live="polite">
      {words(total)}
    </span>
  );
}
