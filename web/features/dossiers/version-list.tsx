import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import type { VersionRow } from '../../api/dossier-types.ts';
import { SourceMark } from '../../components/source-mark.tsx';
import { formatInstant } from '../../frame/dates.ts';
import { type Translate, useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';

const CompareDialog = lazy(() => import('./compare-dialog.tsx'));

/** The name of a version in addresses and in the API. */
export function versionId(version: VersionRow): string {
  return String(version.versionId ?? version.id ?? `${version.validFrom}:${version.recordedAt}`);
}

/** "第 3 版 · 第 1 次更正"; sources that do not number their versions have none. */
export function versionName(version: VersionRow, t: Translate<typeof dossier>): string {
  const correction = version.correctionNo ? t('kind.correction', { n: version.correctionNo }) : '';
  return [version.versionNo ? t('version', { n: version.versionNo }) : t('versionPlain'), correction]
    .filter(Boolean)
    .join(' · ');
}

/** All versions of a record; two of them can be compared, and the choice stands in the address. */
export function VersionList({ path, versions }: { path: string; versions: readonly VersionRow[] }) {
  const t = useText(dossier);
  const [search, setSearch] = useSearchParams();
  const from = search.get('from') ?? '';
  const to = search.get('to') ?? '';
  const comparing = search.get('compare') === '1' && from !== '' && to !== '';
  const change = (changes: Readonly<Record<string, string | undefined>>) =>
    setSearch(
      () => {
        // two quick choices: the second begins where the first has led, not where the page was last drawn
        const after = new URLSearchParams(window.location.search);
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  const choose = (name: 'from' | 'to', version: VersionRow) => (
    <input
      type="radio"
      name={`version-${name}`}
      aria-label={`${t(name)}: ${versionName(version, t)} ${version.validFrom}`}
      checked={(name === 'from' ? from : to) === versionId(version)}
      onChange={() => change({ [name]: versionId(version) })}
    />
  );
  return (
    <>
      <div className="table-box">
        <table className="data-table version-table">
          <caption className="visually-hidden">{t('section.versions')}</caption>
          <thead>
            <tr>
              {versions.length > 1 && (
                <>
                  <th scope="col" className="no-print">
                    {t('from')}
                  </th>
                  <th scope="col" className="no-print">
                    {t('to')}
                  </th>
                </>
              )}
              <th scope="col">{t('section.versions')}</th>
              <th scope="col">{t('validFrom')}</th>
              <th scope="col">{t('published')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={versionId(version)} className={version.current ? 'current' : undefined}>
                {versions.length > 1 && (
                  <>
                    <td className="no-print">{choose('from', version)}</td>
                    <td className="no-print">{choose('to', version)}</td>
                  </>
                )}
                <td>
                  {versionName(version, t)}{' '}
                  {version.current && <span className="word word-green">{t('currentVersion')}</span>}
                </td>
                <td>
                  <SourceMark src={version.src} label={t('validFrom')} text={version.validFrom}>
                    {version.validFrom}
                  </SourceMark>
                </td>
                <td>
                  {version.releasedOn} <span className="hint">{formatInstant(version.recordedAt)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {versions.length > 1 && (
        <p className="row no-print">
          <Button disabled={from === '' || to === '' || from === to} onClick={() => change({ compare: '1' })}>
            {t('compare')}
          </Button>
          <span className="hint">{t('pickTwo')}</span>
        </p>
      )}
      {comparing && (
        <Suspense fallback={null}>
          <CompareDialog path={path} from={from} to={to} onClose={() => change({ compare: undefined })} />
        </Suspense>
      )}
    </>
  );
}
