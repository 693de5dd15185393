import { useMemo } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { CertificateDossier } from '../../api/dossier-types.ts';
import { useApi } from '../../api/queries.ts';
import { AppLink, certificatePath, partyPath } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { useRemember } from '../../components/recent-files.ts';
import { SourceMark, Sources } from '../../components/source-mark.tsx';
import { useTotalWords } from '../../components/total.tsx';
import { ValidityBar } from '../../components/validity-bar.tsx';
import { todayInShanghai, useDates } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import '../../styles/dossier.css';
import { DeviceTable } from '../devices/device-table.tsx';
import { Cover } from './cover.tsx';
import { FactList } from './fact-list.tsx';
import { FileActions } from './file-actions.tsx';
import { dossier } from './messages.ts';
import { Outline } from './outline.tsx';
import { ProblemList } from './problem-list.tsx';
import { Reason } from './reason.tsx';
import { Section } from './section.tsx';
import { Timeline } from './timeline.tsx';
import { plainText } from './value-text.tsx';

/** The first value of these names that the status was computed from. */
function dateOf(file: CertificateDossier, names: readonly string[]): string | null {
  const used = file.status.values?.find((value) => names.includes(value.name) && plainText(value.value) !== '');
  const published = file.values?.find((value) => names.includes(value.tag) && plainText(value.value) !== '');
  const found = used ?? published;
  return found ? plainText(found.value) : null;
}

const FROM = ['validFrom', 'approvedOn', 'issuedOn', 'approvalDate', 'approval_date'];
const TO = ['validTo', 'validUntil', 'expiresOn', 'expiryDate', 'expiry_date', 'valid_until'];

export default function CertificatePage() {
  const t = useText(dossier);
  const pick = usePick();
  const dates = useDates();
  const words = useTotalWords();
  const { number = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const path = `/dossiers/certificates/${encodeURIComponent(number)}`;
  const answer = useApi<CertificateDossier>(path, {}, { keep: true });
  const file = answer.data;
  usePageTitle(number);
  useRemember(file && { path: certificatePath(number), label: number, detail: file.holder?.name ?? '' });
  const problems = file?.problems ?? [];
  const entries = useMemo(
    () =>
      (['status', 'history', 'certificate', 'devices', 'problems'] as const)
        .filter((id) => {
          if (id === 'history') return (file?.history?.length ?? 0) > 0;
          if (id === 'certificate') return (file?.values?.length ?? 0) > 0;
          return true;
        })
        .map((id) => ({ id, title: t(`section.${id}`) })),
    [file, t],
  );
  if (answer.error) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!file) return <PageSkeleton rows={12} />;
  const has = (id: string) => entries.some((entry) => entry.id === id);
  const count = file.devices?.count;
  const total = typeof count === 'number' ? { value: count, relation: 'exact' as const } : count;
  const subject = { type: 'certificate', key: file.number } as const;
  return (
    <Sources value={file.sources}>
      <article className="dossier">
        <Cover
          tab={t('certificateFile')}
          title={file.number}
          subtitle={
            file.products?.[0]?.name ??
            plainText(file.values?.find((value) => value.tag === 'productName')?.value ?? null)
          }
          state={file.status.outcome}
          lines={[
            {
              label: t('holder'),
              value: file.holder ? (
                <AppLink to={partyPath(file.holder.key)}>{file.holder.name}</AppLink>
              ) : (
                t('noHolder')
              ),
            },
            ...(file.agents ?? []).map((agent) => ({
              label: pick(agent.role) || t('agents'),
              value: <AppLink to={partyPath(agent.key)}>{agent.name}</AppLink>,
            })),
            {
              label: t('devicesOf'),
              value: total?.relation === 'exact' ? t('devicesCount', { n: total.value }) : words(total),
            },
          ]}
          bar={
            <ValidityBar
              from={dateOf(file, FROM)}
              to={dateOf(file, TO)}
              at={dates.asOf ?? todayInShanghai()}
              fromLabel={t('validFrom')}
              toLabel={t('validTo')}
            />
          }
          actions={<FileActions subject={subject} path={path} />}
        />
        <div className="dossier-columns">
          <Outline entries={entries} />
          <div className="dossier-body">
            <Section id="status" title={t('section.status')}>
              <Reason decision={file.status} />
            </Section>
            {has('history') && (
              <Section id="history" title={t('section.history')}>
                <ul className="plain-list lines">
                  {file.history?.map((event) => (
                    <li key={`${event.number}-${event.on}-${event.validFrom}`}>
                      <span>
                        <SourceMark src={event.src} label={t('section.history')} text={event.number ?? ''}>
                          {event.number ?? number} {pick(event.event)}
                        </SourceMark>
                      </span>
                      <span className="hint">
                        {event.on ?? event.validFrom} {event.validTo && `– ${event.validTo}`}
                      </span>
                    </li>
                  ))}
                </ul>
              </Section>
            )}
            {has('certificate') && (
              <Section id="certificate" title={t('section.certificate')}>
                <FactList values={file.values ?? []} />
              </Section>
            )}
            <Section id="devices" title={t('section.devices')}>
              <DeviceTable
                id="certificate-devices"
                path="/devices"
                query={{ certificate: file.number }}
                without={['holder', 'certificates']}
                sort={search.get('sort') ?? undefined}
                onSort={(sort) =>
                  setSearch((before) => {
                    const after = new URLSearchParams(before);
                    if (sort) after.set('sort', sort);
                    else after.delete('sort');
                    return after;
                  })
                }
                empty={<p className="quiet">{t('noDevices')}</p>}
              />
            </Section>
            <Section id="problems" title={t('section.problems')}>
              <ProblemList problems={problems} />
            </Section>
          </div>
          <Timeline subject={subject} records={file.records ?? []} />
        </div>
      </article>
    </Sources>
  );
}
