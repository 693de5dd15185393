import { useApi } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { formatInstant } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { about } from './messages.ts';

interface Health {
  readonly status: string;
  readonly store?: { readonly kind: string; readonly version: string } | null;
  readonly version?: string;
  readonly startedAt?: string;
}

const CREDITS = ['nmpa', 'gudid', 'eudamed', 'gs1', 'rasaas'] as const;

export default function AboutPage() {
  const t = useText(about);
  const health = useApi<Health>('/health', {}, { timeless: true });
  usePageTitle(t('title'));
  return (
    <div className="narrow about">
      <h1>{t('title')}</h1>
      <p>{t('what')}</p>
      <p className="quiet">{t('notLaw')}</p>
      {health.data && (
        <dl className="facts">
          <div className="fact">
            <dt>{t('version')}</dt>
            <dd>{health.data.version}</dd>
          </div>
          {health.data.store && (
            <div className="fact">
              <dt>{t('store')}</dt>
              <dd>
                {health.data.store.kind} {health.data.store.version}
              </dd>
            </div>
          )}
          {health.data.startedAt && (
            <div className="fact">
              <dt>{t('startedAt')}</dt>
              <dd>{formatInstant(health.data.startedAt)}</dd>
            </div>
          )}
        </dl>
      )}
      <h2>{t('interfaces')}</h2>
      <p>{t('apiNote')}</p>
      <ul>
        <li>
          <a href="/api/docs">{t('apiDocs')}</a>
        </li>
        <li>
          <a href="/api/openapi.json">{t('openapi')}</a>
        </li>
      </ul>
      <h2>{t('keyboard')}</h2>
      <p>{t('keyboardNote')}</p>
      <h2>{t('data')}</h2>
      <ul>
        {CREDITS.map((credit) => (
          <li key={credit}>{t(credit)}</li>
        ))}
      </ul>
      <p>
        {t('dataNote')} <AppLink to="/sources">{t('sourcesLink')}</AppLink>
      </p>
      <h2>{t('software')}</h2>
      <p>{t('licence')}</p>
      <p>{t('libraries')}</p>
    </div>
  );
}
