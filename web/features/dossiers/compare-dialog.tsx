import { Modal, Switch } from 'antd';
import { useState } from 'react';
import type { CompareAnswer } from '../../api/dossier-types.ts';
import { useApi } from '../../api/queries.ts';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';
import { plainText, ValueText } from './value-text.tsx';

interface Props {
  readonly path: string;
  readonly from: string;
  readonly to: string;
  onClose(): void;
}

/** Two versions side by side; what differs is marked in the margin. */
export default function CompareDialog({ path, from, to, onClose }: Props) {
  const t = useText(dossier);
  const pick = usePick();
  const [only, setOnly] = useState(true);
  const answer = useApi<CompareAnswer>(`${path}/compare`, { from, to }, { timeless: true });
  const fields = answer.data?.fields ?? [];
  const differs = (field: (typeof fields)[number]) => plainText(field.from) !== plainText(field.to);
  const changed = fields.filter(differs);
  const shown = only ? changed : fields;
  return (
    <Modal open title={t('compareTitle')} footer={null} onCancel={onClose} width={900}>
      {answer.isPending && <PageSkeleton />}
      {answer.error && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data && (
        <div className="stack">
          <div className="row between">
            <span>{changed.length === 0 ? t('noChanges') : t('changedCount', { n: changed.length })}</span>
            <span className="row">
              <Switch size="small" checked={only} onChange={setOnly} aria-label={t('onlyChanges')} /> {t('onlyChanges')}
            </span>
          </div>
          {shown.length > 0 && (
            <div className="table-box">
              <table className="data-table compare-table">
                <thead>
                  <tr>
                    <th scope="col">{''}</th>
                    <th scope="col">{t('from')}</th>
                    <th scope="col">{t('to')}</th>
                  </tr>
                </thead>
                <tbody className="wrap">
                  {shown.map((field) => (
                    <tr key={field.tag} className={differs(field) ? 'differs' : undefined}>
                      <td>{pick(field.label) || field.tag}</td>
                      <td>
                        <ValueText value={field.from} />
                      </td>
                      <td>
                        <ValueText value={field.to} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </div>
      )}
    </Modal>
  );
}
