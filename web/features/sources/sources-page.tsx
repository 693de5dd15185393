import { useApi } from '../../api/queries.ts';
import type { SourceInfo } from '../../api/types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { formatNumber, pick, useText } from '../../i18n/text.ts';
import { sourcesText } from './messages.ts';

function titleOf(source: SourceInfo, lang: 'zh' | 'en'): string {
  if (source.title) return pick(source.title, lang);
  return (lang === 'zh' ? source.titleZh : source.titleEn) ?? source.id;
}

export default function SourcesPage() {
  const t = useText(sourcesText);
  const { lang } = usePreferences();
  const answer = useApi<{ items: readonly SourceInfo[] }>('/sources', {}, { timeless: true });
  usePageTitle(t('title'));
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      {answer.isPending && <PageSkeleton rows={8} />}
      {answer.error && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data?.items.length === 0 && <p className="empty">{t('none')}</p>}
      {answer.data?.items.map((source) => (
        <section key={source.id} className="panel">
          <div className="panel-head">
            <h2>{titleOf(source, lang)}</h2>
            <span className="mono hint">{source.id}</span>
          </div>
          <div className="panel-body">
            <dl className="facts">
              <div className="fact">
                <dt>{t('publisher')}</dt>
                <dd>{source.publisher}</dd>
              </div>
              <div className="fact">
                <dt>{t('licence')}</dt>
                <dd>{source.licence}</dd>
              </div>
              {source.url && (
                <div className="fact">
                  <dt>{t('address')}</dt>
                  <dd>
                    <a href={source.url} target="_blank" rel="noreferrer">
                      {source.url}
                    </a>
                  </dd>
                </div>
              )}
              {source.devices !== undefined && (
                <div className="fact">
                  <dt>{t('devices')}</dt>
                  <dd>{formatNumber(source.devices)}</dd>
                </div>
              )}
              {source.releases !== undefined && (
                <div className="fact">
                  <dt>{t('releases')}</dt>
                  <dd>{formatNumber(source.releases)}</dd>
                </div>
              )}
              {source.latestReleasedOn && (
                <div className="fact">
                  <dt>{t('latest')}</dt>
                  <dd>{source.latestReleasedOn}</dd>
                </div>
              )}
            </dl>
            <p className="row">
              <AppLink to={`/devices?source=${encodeURIComponent(source.id)}`}>{t('showDevices')}</AppLink>
              <AppLink to={`/quality?source=${encodeURIComponent(source.id)}`}>{t('showProblems')}</AppLink>
            </p>
          </div>
        </section>
      ))}
    </div>
  );
}
