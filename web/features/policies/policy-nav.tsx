import { NavLink } from 'react-router';
import { useHref } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { policies } from './messages.ts';

const PAGES = [
  ['feedTitle', '/policies'],
  ['deskTitle', '/policies/read'],
  ['compareTitle', '/policies/compare'],
  ['reviewTitle', '/policies/review'],
  ['subscriptionsTitle', '/subscriptions'],
] as const;

/** The pages of the policy desk beside each other. */
export function PolicyPages() {
  const t = useText(policies);
  const href = useHref();
  return (
    <nav className="rule-pages" aria-label={t('pages')}>
      {PAGES.map(([key, path]) => (
        <NavLink key={path} to={href(path)} end>
          {t(key)}
        </NavLink>
      ))}
    </nav>
  );
}
