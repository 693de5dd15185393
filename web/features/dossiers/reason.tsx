import { useState } from 'react';
import type { Decision } from '../../api/dossier-types.ts';
import { AppLink, certificatePath } from '../../components/app-link.tsx';
import { copyText } from '../../components/copy-text.ts';
import { NotDeterminable } from '../../components/not-determinable.tsx';
import { SourceMark } from '../../components/source-mark.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';
import { plainText, ValueText } from './value-text.tsx';

/** A decision with its reason, its steps and the values it used. */
export function Reason({ decision }: { decision: Decision }) {
  const t = useText(dossier);
  const pick = usePick();
  const [copied, setCopied] = useState(false);
  const steps = (decision.steps ?? []).map((step) => pick(step));
  const values = decision.values ?? [];
  const text = [
    pick(decision.reason),
    ...steps,
    ...values.map((value) => `${pick(value.label ?? value.name)}：${plainText(value.value)}`),
  ]
    .filter(Boolean)
    .join('\n');
  return (
    <div className="stack">
      {!decision.determinable && <p>{<NotDeterminable missing={decision.missing ?? []} />}</p>}
      {decision.reason && <p>{pick(decision.reason)}</p>}
      {decision.renewedAs && (
        <p>
          {t('renewedAs')} <AppLink to={certificatePath(decision.renewedAs)}>{decision.renewedAs}</AppLink>
        </p>
      )}
      {steps.length > 0 && (
        <ol className="steps">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      {values.length > 0 && (
        <dl className="facts">
          {values.map((value) => {
            const label = pick(value.label ?? value.name);
            return (
              <div key={value.name} className="fact">
                <dt>{label}</dt>
                <dd>
                  <SourceMark src={value.src} label={label} text={plainText(value.value)}>
                    <ValueText value={value.value} /> {value.unit}
                  </SourceMark>
                  {value.article && <span className="hint"> {value.article}</span>}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {text !== '' && (
        <p className="no-print">
          <button type="button" className="link hint" onClick={async () => setCopied(await copyText(text))}>
            {copied ? t('copied') : t('copyText')}
          </button>
        </p>
      )}
    </div>
  );
}
