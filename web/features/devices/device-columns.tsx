import { useMemo } from 'react';
import type { DeviceHit } from '../../api/types.ts';
import { AppLink, certificatePath, devicePath, partyPath } from '../../components/app-link.tsx';
import { useSourceName } from '../../components/source-name.ts';
import { DemoWord, StateWord } from '../../components/state-words.tsx';
import type { Column } from '../../components/table/columns.ts';
import { type Translate, useText } from '../../i18n/text.ts';
import { devices } from './messages.ts';

/** The text of a field, with what was asked for marked. */
function Marked({ hit, field, text }: { hit: DeviceHit; field: string; text: string | null }) {
  if (hit.highlight?.field !== field) return text;
  return hit.highlight.text.map(([piece, asked], index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
    asked ? <mark key={index}>{piece}</mark> : piece,
  );
}

function Name({ hit, t }: { hit: DeviceHit; t: Translate<typeof devices> }) {
  const name = hit.name ?? hit.brand ?? t('unnamed');
  const field = hit.name === null && hit.brand !== null ? 'brand' : 'name';
  // a brand that was asked for stands first, where it is not cut off
  const brand = hit.brand && field === 'name' && (
    <span className="hint">
      <Marked hit={hit} field="brand" text={hit.brand} />{' '}
    </span>
  );
  return (
    <>
      {hit.highlight?.field === 'brand' && brand}
      <AppLink to={devicePath(hit.source, hit.recordKey)} title={[name, hit.brand].filter(Boolean).join(' · ')}>
        <Marked hit={hit} field={field} text={name} />
      </AppLink>{' '}
      {hit.highlight?.field !== 'brand' && brand}
      <DemoWord demo={hit.demo} />
    </>
  );
}

/** 第一类, 第二类, 第三类 are the classes of Chinese law; other laws keep their own notation. */
function riskName(risk: string | null, t: Translate<typeof devices>): string | null {
  const key = `risk.${risk}`;
  return key in devices ? t(key as keyof typeof devices) : risk;
}

/** The columns of a list of devices; those of `without` say the same in every row and are shown only when chosen. */
export function useDeviceColumns(without: readonly string[] = []): readonly Column<DeviceHit>[] {
  const t = useText(devices);
  const sourceName = useSourceName();
  const left = without.join();
  const all = useMemo<readonly Column<DeviceHit>[]>(
    () => [
      {
        key: 'name',
        title: t('name'),
        width: 212,
        sort: 'name',
        always: true,
        render: (hit) => <Name hit={hit} t={t} />,
      },
      {
        key: 'model',
        title: t('model'),
        width: 110,
        render: (hit) => (
          <span title={hit.model ?? ''}>
            <Marked hit={hit} field="model" text={hit.model} />
          </span>
        ),
      },
      {
        key: 'di',
        title: t('di'),
        width: 126,
        sort: 'di',
        render: (hit) => (
          <span className="mono">
            <Marked hit={hit} field="di" text={hit.di} />
          </span>
        ),
      },
      {
        key: 'holder',
        title: t('holderColumn'),
        width: 140,
        render: (hit) =>
          hit.holderKey && hit.holder ? (
            <AppLink to={partyPath(hit.holderKey)} title={hit.holder}>
              <Marked hit={hit} field="holder" text={hit.holder} />
            </AppLink>
          ) : (
            hit.holder
          ),
      },
      {
        key: 'certificates',
        title: t('certificates'),
        width: 152,
        render: (hit) => {
          const [first, ...others] = hit.certificates;
          return first ? (
            <>
              <AppLink to={certificatePath(first)}>{first}</AppLink>
              {others.length > 0 && <span className="hint"> {t('moreCertificates', { n: others.length })}</span>}
            </>
          ) : null;
        },
      },
      { key: 'status', title: t('statusColumn'), width: 70, render: (hit) => <StateWord state={hit.status} /> },
      {
        key: 'publishedOn',
        title: t('publishedOn'),
        width: 96,
        sort: 'publishedOn',
        falling: true,
        render: (hit) => hit.publishedOn,
      },
      {
        key: 'classCode',
        title: t('classCode'),
        width: 92,
        extra: true,
        render: (hit) => <span className="mono">{hit.classCode}</span>,
      },
      { key: 'brand', title: t('brand'), width: 130, extra: true, render: (hit) => hit.brand },
      { key: 'catalogNo', title: t('catalogNo'), width: 120, extra: true, render: (hit) => hit.catalogNo },
      { key: 'category', title: t('category'), width: 110, extra: true, render: (hit) => hit.category },
      { key: 'risk', title: t('riskColumn'), width: 72, extra: true, render: (hit) => riskName(hit.riskClass, t) },
      { key: 'agency', title: t('agency'), width: 80, extra: true, render: (hit) => hit.agency },
      { key: 'source', title: t('source'), width: 130, extra: true, render: (hit) => sourceName(hit.source) },
      {
        key: 'versionNo',
        title: t('versionNo'),
        width: 64,
        extra: true,
        numeric: true,
        render: (hit) => hit.versionNo,
      },
      { key: 'validFrom', title: t('validFrom'), width: 104, extra: true, render: (hit) => hit.validFrom },
      {
        key: 'recordKey',
        title: t('recordKey'),
        width: 200,
        extra: true,
        render: (hit) => <span className="mono">{hit.recordKey}</span>,
      },
    ],
    [t, sourceName],
  );
  return useMemo(() => {
    const names = left.split(',');
    return all.map((column) => (names.includes(column.key) ? { ...column, extra: true } : column));
  }, [all, left]);
}
