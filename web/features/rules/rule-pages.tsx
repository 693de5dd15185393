import { NavLink } from 'react-router';
import { useHref } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { rules } from './messages.ts';

const PAGES = [
  ['title', '/rules'],
  ['changesTitle', '/rules/changes'],
  ['instrumentsTitle', '/instruments'],
] as const;

/** The pages of the rulebook beside each other. */
export function RulePages() {
  const t = useText(rules);
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
