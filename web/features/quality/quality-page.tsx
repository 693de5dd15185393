import { Select } from 'antd';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useApi } from '../../api/queries.ts';
import type { QualityCount } from '../../api/types.ts';
import { ExportMenu } from '../../components/export-menu.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { useSourceName } from '../../components/source-name.ts';
import { useText } from '../../i18n/text.ts';
import '../../styles/releases.css';
import { quality } from './messages.ts';
import { QualityCounts } from './quality-counts.tsx';
import { QualityRows } from './quality-rows.tsx';

export default function QualityPage() {
  const t = useText(quality);
  const sourceName = useSourceName();
  const [search, setSearch] = useSearchParams();
  const source = search.get('source') ?? undefined;
  const release = search.get('release') ?? undefined;
  const code = search.get('code') ?? undefined;
  usePageTitle(code ? `${code} · ${t('title')}` : t('title'));
  // the whole ledger is small: one answer feeds the counts and the choices above them
  const ledger = useApi<{ items: readonly QualityCount[] }>('/quality', {}, { keep: true });
  const items = ledger.data?.items ?? [];
  const shown = items.filter((item) => (!source || item.source === source) && (!release || item.release === release));
  const sources = useMemo(() => [...new Set(items.map((item) => item.source))], [items]);
  const releases = useMemo(
    () =>
      new Map(
        items
          .filter((item) => !source || item.source === source)
          .map((item) => [item.release, item.releaseName ?? item.release]),
      ),
    [items, source],
  );
  const change = (changes: Readonly<Record<string, string | undefined>>) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value) after.set(name, value);
        else after.delete(name);
      }
      return after;
    });
  if (code && release)
    return (
      <QualityRows
        release={release}
        code={code}
        count={items.find((item) => item.release === release && item.code === code)}
        onBack={() => change({ code: undefined })}
      />
    );
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      <div className="table-tools">
        <div className="row">
          <Select
            aria-label={t('source')}
            className="mode-choice"
            value={source ?? ''}
            onChange={(value: string) => change({ source: value, release: undefined })}
            options={[
              { value: '', label: t('allSources') },
              ...sources.map((value) => ({ value, label: sourceName(value) })),
            ]}
          />
          <Select
            aria-label={t('release')}
            className="mode-choice"
            value={release ?? ''}
            onChange={(value: string) => change({ release: value })}
            options={[
              { value: '', label: t('allReleases') },
              ...[...releases].map(([value, label]) => ({ value, label })),
            ]}
          />
        </div>
        <ExportMenu
          path="/quality"
          query={{ source, release }}
          total={{ value: shown.length, relation: 'exact' }}
          formats={['csv', 'ndjson']}
        />
      </div>
      {ledger.isPending && <PageSkeleton rows={8} />}
      {ledger.error && <Failure error={ledger.error} onRetry={() => void ledger.refetch()} />}
      {ledger.data && shown.length === 0 && (
        <div className="empty">
          <h2>{t('none')}</h2>
          {(source || release) && <p>{t('noneWith')}</p>}
        </div>
      )}
      {shown.length > 0 && (
        <QualityCounts items={shown} onOpen={(item) => change({ release: item.release, code: item.code })} />
      )}
    </div>
  );
}
