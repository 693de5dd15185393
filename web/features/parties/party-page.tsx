import { useParams } from 'react-router';
import type { PartyFile } from '../../api/dossier-types.ts';
import { useApi } from '../../api/queries.ts';
import { partyPath } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { useRemember } from '../../components/recent-files.ts';
import { Sources } from '../../components/source-mark.tsx';
import { DemoWord } from '../../components/state-words.tsx';
import { useText } from '../../i18n/text.ts';
import '../../styles/dossier.css';
import { DeviceTable } from '../devices/device-table.tsx';
import { CertificateList } from '../dossiers/certificate-list.tsx';
import { FactList } from '../dossiers/fact-list.tsx';
import { FileActions } from '../dossiers/file-actions.tsx';
import { Section } from '../dossiers/section.tsx';
import { Timeline } from '../dossiers/timeline.tsx';
import { parties } from './messages.ts';
import { countOf } from './party-list-page.tsx';

export default function PartyPage() {
  const t = useText(parties);
  const { key = '' } = useParams();
  const path = `/parties/${encodeURIComponent(key)}`;
  const answer = useApi<PartyFile>(path, {}, { keep: true });
  const file = answer.data;
  const name = file?.name ?? file?.nameAlt ?? t('unnamed');
  usePageTitle(file ? name : t('file'));
  useRemember(file && { path: partyPath(key), label: name, detail: file.creditCode ?? '' });
  if (answer.error) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!file) return <PageSkeleton rows={10} />;
  const certificates = (file.certificates ?? []).map((one) => (typeof one === 'string' ? { number: one } : one));
  const subject = { type: 'party', key: file.key } as const;
  return (
    <Sources value={file.sources ?? []}>
      <article className="dossier">
        <header className="dossier-cover">
          <div className="cover-tab">
            <span>{t('file')}</span>
            <DemoWord demo={file.demo ?? false} />
          </div>
          <div className="cover-body">
            <div className="cover-main">
              <h1>{name}</h1>
              {file.nameAlt && file.nameAlt !== name && <p className="cover-subtitle">{file.nameAlt}</p>}
              <dl className="cover-lines">
                {file.creditCode && (
                  <div>
                    <dt>{t('creditCode')}</dt>
                    <dd className="mono">{file.creditCode}</dd>
                  </div>
                )}
                <div>
                  <dt>{t('devices')}</dt>
                  <dd>{countOf(file.deviceCount)}</dd>
                </div>
              </dl>
            </div>
            <div className="cover-actions row no-print">
              <FileActions subject={subject} />
            </div>
          </div>
        </header>
        <div className="dossier-columns dossier-columns-two">
          <div className="dossier-body">
            {(file.values?.length ?? 0) > 0 && (
              <Section id="facts" title={t('file')}>
                <FactList values={file.values ?? []} />
              </Section>
            )}
            <Section id="certificates" title={t('certificates')}>
              {certificates.length === 0 ? (
                <p className="quiet">{t('noCertificates')}</p>
              ) : (
                <CertificateList certificates={certificates} />
              )}
            </Section>
            <Section id="devices" title={t('allDevices')}>
              <DeviceTable
                id="party-devices"
                path="/devices"
                query={{ holder: key }}
                without={['holder']}
                empty={<p className="quiet">{t('noCertificates')}</p>}
              />
            </Section>
          </div>
          <Timeline subject={subject} records={file.records ?? []} />
        </div>
      </article>
    </Sources>
  );
}
