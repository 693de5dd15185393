import { useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { Failure } from '../../components/failure.tsx';
import { formatInstant } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { useFieldName } from './correction-form.tsx';
import { useMended } from './correction-tools.tsx';
import { review } from './review-messages.ts';
import type { Correction, PolicyFile } from './types.ts';

function plain(value: unknown): string {
  if (value === null || value === undefined) return '—';
  if (Array.isArray(value)) return value.map(plain).join('、');
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([, one]) => one !== null && one !== '' && !(Array.isArray(one) && one.length === 0))
      .map(([, one]) => plain(one))
      .join(' · ');
  return String(value);
}

/** Who changed what of the reading, when and why; each can be withdrawn. */
export function CorrectionHistory({ file }: { file: PolicyFile }) {
  const t = useText(review);
  const nameOf = useFieldName();
  const mended = useMended(file);
  const [failure, setFailure] = useState<unknown>(null);
  const corrections = file.corrections ?? [];
  const elementName = (element: string) => {
    const key = `element.${element}`;
    return key in review ? t(key as keyof typeof review) : nameOf(element);
  };
  const withdraw = async (correction: Correction) => {
    setFailure(null);
    try {
      await sendJson('POST', `/policies/${encodeURIComponent(file.id)}/corrections/${correction.id}/withdraw`, {});
      await mended();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <section aria-labelledby="corrections-title">
      <div className="section-head">
        <h2 id="corrections-title">
          {t('history')} <span className="hint">{corrections.length}</span>
        </h2>
      </div>
      {corrections.length === 0 && <p className="hint">{t('noHistory')}</p>}
      {failure !== null && <Failure error={failure} />}
      <ol className="plain-list lines" data-testid="corrections">
        {corrections.map((one) => (
          <li key={one.id} className={one.withdrawnAt ? 'correction-past' : undefined}>
            <span lang="zh-CN">
              <b>{elementName(one.element)}</b> {t(`op.${one.op}`)}{' '}
              {one.op !== 'add' && one.before !== null && <del>{plain(one.before)}</del>}{' '}
              {one.op !== 'remove' && <ins>{plain(one.value)}</ins>}
              {one.quote && <span className="hint"> “{one.quote.slice(0, 60)}”</span>}
              {one.note && <span className="quiet"> {one.note}</span>}
            </span>
            <span className="row">
              {one.orphan && <span className="word word-amber">{t('orphan')}</span>}
              {one.withdrawnAt ? (
                <span className="word word-grey">{t('withdrawn')}</span>
              ) : (
                <button type="button" className="link no-print" onClick={() => void withdraw(one)}>
                  {t('withdraw')}
                </button>
              )}
              <span className="hint">
                {one.actor} · {formatInstant(one.recordedAt)}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
