import { useApi } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { todayInShanghai } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import '../../styles/clocks.css';
import { ClockWord } from './clock-word.tsx';
import { clocks as words } from './messages.ts';
import type { ListedCase } from './types.ts';
import { useLeft } from './use-left.ts';

const SHOWN = 5;

/** The kept cases that fall due first; nothing while there are none. */
export default function ClocksAtRisk() {
  const t = useText(words);
  const pick = usePick();
  const left = useLeft();
  const list = useApi<{ items: readonly ListedCase[] }>('/clocks/cases', { limit: SHOWN }, { timeless: true });
  const items = (list.data?.items ?? []).filter((one) => one.next?.due);
  if (items.length === 0) return null;
  return (
    <div data-testid="clocks-at-risk">
      <h2>{t('atRisk')}</h2>
      <ul className="plain-list lines">
        {items.map((one) => (
          <li key={one.id}>
            <AppLink to={`/clocks/cases/${one.id}`}>{one.title}</AppLink>
            {one.next && (
              <span className="row">
                <span className="hint">{pick(one.next.title)}</span>
                <span>{one.next.due}</span>
                {one.next.status === 'overdue' ? (
                  <ClockWord tone="overdue" />
                ) : (
                  <span className="hint">{left(one.next, todayInShanghai())}</span>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      <AppLink to="/clocks/cases">{t('allCases')}</AppLink>
    </div>
  );
}
