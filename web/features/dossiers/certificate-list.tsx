import type { CertificateSummary } from '../../api/dossier-types.ts';
import { AppLink, certificatePath } from '../../components/app-link.tsx';
import { SourceMark } from '../../components/source-mark.tsx';
import { StateWord } from '../../components/state-words.tsx';
import { useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';

export function certificateState(certificate: CertificateSummary): string | null {
  if (!certificate.status) return null;
  return typeof certificate.status === 'string' ? certificate.status : certificate.status.outcome;
}

/** Certificates with their state and their time. */
export function CertificateList({ certificates }: { certificates: readonly CertificateSummary[] }) {
  const t = useText(dossier);
  return (
    <ul className="plain-list lines">
      {certificates.map((certificate) => {
        const state = certificateState(certificate);
        const from = certificate.validFrom ?? certificate.issuedOn;
        return (
          <li key={certificate.number}>
            <SourceMark src={certificate.src} label={certificate.number} text={certificate.number}>
              <AppLink to={certificatePath(certificate.number)}>{certificate.number}</AppLink>
            </SourceMark>
            <span className="row">
              {(from || certificate.validTo) && (
                <span className="hint">
                  {from} – {certificate.validTo}
                </span>
              )}
              {certificate.devices !== undefined && (
                <span className="hint">{t('devicesCount', { n: certificate.devices })}</span>
              )}
              {state && <StateWord state={state} />}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
