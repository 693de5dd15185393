import { useMemo } from 'react';
import type { DeviceDossier } from '../../api/dossier-types.ts';
import { AppLink, partyPath } from '../../components/app-link.tsx';
import { SourceMark } from '../../components/source-mark.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { CertificateList } from './certificate-list.tsx';
import { FactList } from './fact-list.tsx';
import { IdentifierTable } from './identifier-table.tsx';
import { dossier } from './messages.ts';
import { Outline } from './outline.tsx';
import { ProblemList } from './problem-list.tsx';
import { Section } from './section.tsx';
import { VersionList } from './version-list.tsx';

const SECTIONS = [
  'identity',
  'product',
  'certificate',
  'holder',
  'class',
  'use',
  'storage',
  'packaging',
  'production',
  'record',
] as const;
type SectionName = (typeof SECTIONS)[number];

interface Props {
  readonly file: DeviceDossier;
  readonly path: string;
  readonly changed: ReadonlySet<string>;
}

/** The outline and the sections of a device file; a section without content is left out. */
export function DeviceSections({ file, path, changed }: Props) {
  const t = useText(dossier);
  const pick = usePick();
  const bySection = useMemo(() => {
    const groups = new Map<SectionName | 'other', DeviceDossier['values'][number][]>();
    for (const value of file.values) {
      const name = SECTIONS.find((section) => section === value.section) ?? 'other';
      groups.set(name, [...(groups.get(name) ?? []), value]);
    }
    return groups;
  }, [file.values]);

  const parties = [
    ...(file.holder ? [{ party: file.holder, role: t('holder') }] : []),
    ...(file.agents ?? []).map((party) => ({ party, role: pick(party.role) || t('agents') })),
  ];
  const extra: Readonly<Partial<Record<SectionName, number>>> = {
    packaging: file.identifiers.length,
    certificate: file.certificates.length,
    holder: parties.length,
  };
  const shown = [...SECTIONS, 'other' as const].filter(
    (name) => (bySection.get(name)?.length ?? 0) > 0 || (name !== 'other' && (extra[name] ?? 0) > 0),
  );
  const problems = file.problems ?? [];
  const entries = useMemo(
    () => [
      ...shown.map((name) => ({
        id: name,
        title: t(`section.${name}`),
        count: name === 'packaging' ? file.identifiers.length : undefined,
      })),
      { id: 'problems', title: t('section.problems'), count: problems.length },
      { id: 'versions', title: t('section.versions'), count: file.versions.length },
    ],
    [shown, t, file.identifiers.length, file.versions.length, problems.length],
  );

  return (
    <>
      <Outline entries={entries} />
      <div className="dossier-body">
        {shown.map((name) => (
          <Section key={name} id={name} title={t(`section.${name}`)}>
            {name === 'certificate' && <CertificateList certificates={file.certificates} />}
            {name === 'holder' &&
              parties.map(({ party, role }) => (
                <p key={party.key} className="party-line">
                  <span className="quiet">{role}</span>{' '}
                  <SourceMark src={party.src} label={role} text={party.name ?? ''}>
                    <AppLink to={partyPath(party.key)}>{party.name ?? party.key}</AppLink>
                  </SourceMark>{' '}
                  <span className="mono hint">{party.creditCode}</span>
                </p>
              ))}
            {name === 'packaging' && file.identifiers.length > 0 && <IdentifierTable identifiers={file.identifiers} />}
            <FactList values={bySection.get(name) ?? []} changed={changed} />
          </Section>
        ))}
        <Section id="problems" title={t('section.problems')}>
          <ProblemList problems={problems} values={file.values} />
        </Section>
        <Section id="versions" title={t('section.versions')}>
          <VersionList path={path} versions={file.versions} />
        </Section>
      </div>
    </>
  );
}
