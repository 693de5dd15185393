import { useApi } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { useText } from '../../i18n/text.ts';
import { newPolicies as words } from './home-messages.ts';
import type { PolicyPage } from './types.ts';
import { policyPath } from './words.ts';

/** What enterprises act on: no penalties and recalls of single products. */
const KINDS = 'notice,rule,guideline,opinion-act,consultation,draft,plan,catalogue';

/** The latest acts on the home page, and what of one's subscriptions is unread. */
export default function NewPolicies() {
  const t = useText(words);
  const latest = useApi<PolicyPage>(
    '/policies',
    { kind: KINDS, policyOnly: true, sort: 'newest', limit: 6 },
    { timeless: true },
  );
  const inbox = useApi<{ unread: number }>('/inbox', { unread: true, limit: 1 }, { timeless: true });
  const unread = inbox.data?.unread ?? 0;
  if (!latest.data || (latest.data.items.length === 0 && unread === 0)) return null;
  return (
    <div>
      <h2>{t('title')}</h2>
      {unread > 0 && (
        <p>
          <AppLink to="/subscriptions?unread=true">{t('unread', { n: unread })}</AppLink>
        </p>
      )}
      <ul className="plain-list lines">
        {latest.data.items.map((row) => (
          <li key={row.id} lang="zh-CN">
            <AppLink to={policyPath(row.id)}>{row.title}</AppLink>
            <span className="hint">{row.issuedOn ?? row.publishedOn ?? row.year}</span>
          </li>
        ))}
      </ul>
      <AppLink to="/policies">{t('all')}</AppLink>
    </div>
  );
}
