import { useLocation } from 'react-router';
import { AppLink } from '../components/app-link.tsx';
import { usePageTitle } from '../components/page-title.ts';
import { useText } from '../i18n/text.ts';
import { pages } from './areas.ts';
import { frame } from './messages.ts';

export function NotFoundPage() {
  const t = useText(frame);
  const { pathname } = useLocation();
  usePageTitle(t('notFound'));
  return (
    <section className="narrow">
      <h1>{t('notFound')}</h1>
      <p>{t('notFoundDetail', { path: pathname })}</p>
      <ul className="plain-list">
        <li>
          <AppLink to="/">{t('home')}</AppLink>
        </li>
        {pages.map((page) => (
          <li key={page.path}>
            <AppLink to={page.path}>{t(page.key)}</AppLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
