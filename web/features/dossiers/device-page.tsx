import { useMemo } from 'react';
import { useParams } from 'react-router';
import type { CompareAnswer, DeviceDossier } from '../../api/dossier-types.ts';
import { useApi } from '../../api/queries.ts';
import { AppLink, certificatePath, devicePath, partyPath } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { useRemember } from '../../components/recent-files.ts';
import { Sources } from '../../components/source-mark.tsx';
import { ValidityBar } from '../../components/validity-bar.tsx';
import { todayInShanghai, useDates } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import '../../styles/dossier.css';
import { Cover } from './cover.tsx';
import { DeviceSections } from './device-sections.tsx';
import { FileActions } from './file-actions.tsx';
import { dossier } from './messages.ts';
import { Timeline } from './timeline.tsx';
import { plainText } from './value-text.tsx';
import { versionId } from './version-list.tsx';

/** The tags that the version shown changed against the one before it. */
function useChangedTags(path: string, file: DeviceDossier | undefined): ReadonlySet<string> {
  const versions = file?.versions ?? [];
  const ordered = [...versions].sort((a, b) => a.validFrom.localeCompare(b.validFrom));
  const at = ordered.findIndex((version) => version.current);
  const before = ordered[at - 1];
  const now = ordered[at];
  const compared = useApi<CompareAnswer>(
    `${path}/compare`,
    { from: before && versionId(before), to: now && versionId(now) },
    { enabled: before !== undefined && now !== undefined, timeless: true },
  );
  return useMemo(
    () =>
      new Set(
        (compared.data?.fields ?? [])
          .filter((field) => plainText(field.from) !== plainText(field.to))
          .map((field) => field.tag),
      ),
    [compared.data],
  );
}

export default function DevicePage() {
  const t = useText(dossier);
  const pick = usePick();
  const dates = useDates();
  const { source = '', recordKey = '' } = useParams();
  const path = `/dossiers/devices/${encodeURIComponent(source)}/${encodeURIComponent(recordKey)}`;
  const answer = useApi<DeviceDossier>(path, {}, { keep: true });
  const file = answer.data;
  const changed = useChangedTags(path, file);
  const device = file?.device;
  const title = device?.name ?? device?.brand ?? recordKey;
  usePageTitle(device ? title : t('deviceFile'));
  useRemember(device && { path: devicePath(source, recordKey), label: title, detail: device.model ?? device.di ?? '' });
  if (answer.error) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!file || !device) return <PageSkeleton rows={14} />;
  const asOf = dates.asOf ?? file.asOf ?? todayInShanghai();
  const subject = { type: 'device', key: `${source}/${recordKey}` } as const;
  return (
    <Sources value={file.sources}>
      <article className="dossier">
        <Cover
          tab={`${t('deviceFile')} · ${pick(file.sources[0]?.sourceTitle) || source}`}
          title={title}
          subtitle={device.model}
          state={device.status}
          demo={device.demo ? t('demoFile') : undefined}
          lines={[
            { label: t('di'), value: <span className="mono">{device.di}</span> },
            {
              label: t('holder'),
              value:
                device.holderKey && device.holder ? (
                  <AppLink to={partyPath(device.holderKey)}>{device.holder}</AppLink>
                ) : (
                  device.holder
                ),
            },
            ...(device.certificates.length === 0
              ? []
              : [
                  {
                    label: t('certificate'),
                    value: device.certificates.map((number) => (
                      <AppLink key={number} className="cover-number" to={certificatePath(number)}>
                        {number}
                      </AppLink>
                    )),
                  },
                ]),
          ]}
          bar={
            <ValidityBar
              from={device.publishedOn ?? device.validFrom}
              to={device.withdrawnOn}
              at={asOf}
              fromLabel={t('published')}
              toLabel={device.withdrawnOn ? t('withdrawn') : t('validTo')}
              ended={device.withdrawnOn !== null && device.withdrawnOn <= asOf}
            />
          }
          actions={<FileActions subject={subject} path={path} />}
        />
        {file.note && <p className="notice notice-amber">{pick(file.note)}</p>}
        <p className="print-only hint">{t('printed', { date: todayInShanghai() })}</p>
        <div className="dossier-columns">
          <DeviceSections file={file} path={path} changed={changed} />
          <Timeline
            subject={subject}
            records={file.records ?? []}
            versions={file.versions}
            presence={file.presence ?? []}
          />
        </div>
      </article>
    </Sources>
  );
}
