import { lazy, Suspense, useState } from 'react';
import type { DossierRecord, Subject, VersionRow } from '../../api/dossier-types.ts';
import type { Nested } from '../../api/types.ts';
import { formatInstant } from '../../frame/dates.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';
import { recordAnswer, recordField } from './record-words.ts';
import { plainText, ValueText } from './value-text.tsx';
import { versionName } from './version-list.tsx';

const RecordDialog = lazy(() => import('./record-dialog.tsx'));

interface Props {
  readonly records: readonly DossierRecord[];
  /** Whose file this is, for corrections. */
  readonly subject: Subject;
  readonly versions?: readonly VersionRow[];
  readonly presence?: readonly { readonly onDate: string; readonly present: boolean }[];
}

interface Entry {
  readonly key: string;
  readonly on: string;
  readonly title: string;
  readonly tone: string;
  readonly record?: DossierRecord;
}

const tones: Readonly<Record<string, string>> = { recall: 'red', 'sampling-test': 'amber', note: 'grey' };

/** The answers of a record with their names. */
function RecordBody({ body }: { body: Nested }) {
  const { lang } = usePreferences();
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return <ValueText value={body} />;
  return (
    <dl className="record-body">
      {Object.entries(body).map(([name, value]) => (
        <div key={name}>
          <dt>{recordField(name, lang)}</dt>
          <dd>
            {typeof value === 'string' ? <ValueText value={recordAnswer(value, lang)} /> : <ValueText value={value} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What happened to the subject of a file, latest first. */
export function Timeline({ records, subject, versions = [], presence = [] }: Props) {
  const t = useText(dossier);
  const pick = usePick();
  const [correcting, setCorrecting] = useState<DossierRecord | null>(null);
  const entries: Entry[] = [
    ...records.map((record) => {
      const known = `kind.${record.kind}` as keyof typeof dossier;
      const title = record.label ? pick(record.label) : known in dossier ? t(known) : record.kind;
      return { key: `r${record.id}`, on: record.occurredOn, title, tone: tones[record.kind] ?? 'grey', record };
    }),
    ...versions.map((version) => ({
      key: `v${version.versionNo}-${version.correctionNo}-${version.releaseId}`,
      on: version.validFrom,
      title: versionName(version, t),
      tone: 'line',
    })),
    ...presence.map((seen) => ({
      key: `p${seen.onDate}-${seen.present}`,
      on: seen.onDate,
      title: seen.present ? t('kind.present') : t('kind.absent'),
      tone: seen.present ? 'green' : 'red',
    })),
  ].sort((a, b) => b.on.localeCompare(a.on));
  return (
    <aside className="timeline" aria-label={t('timeline')}>
      <h2>{t('timeline')}</h2>
      {records.length === 0 && <p className="hint">{t('noRecords')}</p>}
      <ol className="plain-list">
        {entries.map((entry) => (
          <li key={entry.key} className={`moment moment-${entry.tone}`}>
            <time dateTime={entry.on}>{entry.on.slice(0, 10)}</time>
            <div>
              <b>{entry.title}</b>
              {entry.record && (
                <>
                  {entry.record.correctedBy && <p className="word word-grey">{t('corrected')}</p>}
                  {entry.record.corrects && <p className="hint">{t('corrects')}</p>}
                  {plainText(entry.record.body) !== '' && (
                    <div className="moment-body">
                      <RecordBody body={entry.record.body} />
                    </div>
                  )}
                  {!entry.record.correctedBy && (
                    <button
                      type="button"
                      className="link hint no-print"
                      onClick={() => setCorrecting(entry.record ?? null)}
                    >
                      {t('correctThis')}
                    </button>
                  )}
                  {entry.record.recordedAt && (
                    <p className="hint">{t('recorded', { date: formatInstant(entry.record.recordedAt) })}</p>
                  )}
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
      {correcting && (
        <Suspense fallback={null}>
          <RecordDialog subject={subject} corrects={correcting} onClose={() => setCorrecting(null)} />
        </Suspense>
      )}
    </aside>
  );
}
