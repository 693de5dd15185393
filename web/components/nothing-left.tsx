import { useQueries } from '@tanstack/react-query';
import { getJson, type Query } from '../api/client.ts';
import type { Page } from '../api/types.ts';
import { useDates } from '../frame/dates.ts';
import { formatNumber, useText } from '../i18n/text.ts';
import { parts } from './messages.ts';

export interface NamedCondition {
  readonly name: string;
  /** "来源：gudid" */
  readonly words: string;
}

interface Props {
  readonly path: string;
  readonly query: Query;
  readonly conditions: readonly NamedCondition[];
  onRemove(name: string): void;
}

/** No results: says which condition removed everything, by asking again without each one. */
export function NothingLeft({ path, query, conditions, onRemove }: Props) {
  const t = useText(parts);
  const dates = useDates();
  const without = useQueries({
    queries: conditions.map(({ name }) => {
      const asked = { ...dates.query, ...query, [name]: undefined, limit: 1 };
      return {
        queryKey: [path, 'without', asked],
        queryFn: ({ signal }: { signal: AbortSignal }) => getJson<Page<unknown>>(path, asked, signal),
        enabled: conditions.length > 1,
      };
    }),
  });
  if (conditions.length === 0)
    return (
      <div className="empty">
        <h2>{t('noCondition')}</h2>
      </div>
    );
  return (
    <div className="empty" data-testid="empty">
      <h2>{t('nothing')}</h2>
      <p>
        {conditions.length === 1 ? t('nothingWithOne', { condition: conditions[0]?.words ?? '' }) : t('nothingWith')}
      </p>
      <ul>
        {conditions.map(({ name, words }, index) => {
          const total = without[index]?.data?.total;
          return (
            <li key={name}>
              <button type="button" className="link" onClick={() => onRemove(name)}>
                {t('without', { condition: words })}
              </button>
              {total && (
                <span>
                  {' — '}
                  {total.value === 0
                    ? t('stillNothing')
                    : t('wouldBe', { n: `${total.relation === 'exact' ? '' : '≈ '}${formatNumber(total.value)}` })}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
