import { useCallback } from 'react';
import { useText } from '../../i18n/text.ts';
import { clocks } from './messages.ts';
import type { ListedCase } from './types.ts';
import { numberOf } from './work-days.ts';

type Told = Pick<NonNullable<ListedCase['next']>, 'status' | 'remaining'> & {
  readonly doneOn?: string | null;
  readonly due?: string | null;
  readonly window?: { readonly to: string };
};

/** "余 37 个工作日", "已超 3 个工作日", "2026-07-10 完成"; days of the calendar where a limit does not count working days. */
export function useLeft(): (clock: Told, asOf?: string) => string {
  const t = useText(clocks);
  return useCallback(
    (clock, asOf) => {
      if (clock.doneOn && clock.due && clock.doneOn > clock.due)
        return t('metLate', { date: clock.doneOn, n: numberOf(clock.doneOn) - numberOf(clock.due) });
      if (clock.status === 'met' || clock.doneOn)
        return clock.doneOn ? t('metOn', { date: clock.doneOn }) : t('status.met');
      if (clock.remaining === null || clock.remaining === undefined) {
        const last = clock.window?.to ?? clock.due;
        if (!clock.status || clock.status === 'not-started' || !asOf || !last)
          return clock.status ? t(`status.${clock.status}`) : '';
        const n = numberOf(last) - numberOf(asOf);
        return n < 0 ? t('overDays', { n: -n }) : n === 0 ? t('lastDay') : t('leftDays', { n });
      }
      if (clock.remaining < 0) return t('over', { n: -clock.remaining });
      return clock.remaining === 0 ? t('lastDay') : t('left', { n: clock.remaining });
    },
    [t],
  );
}
